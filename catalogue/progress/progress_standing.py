"""How many sites stand at each status and level of readiness on a day."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from catalogue.progress.progress_sites import sites_on

Standing = tuple[str, int | None]
"""A status and a level of readiness; no level is a site not yet assessed."""


def standings(session: Session, day: date, codes: Collection[str]) -> Counter[Standing]:
    """The sites of these municipalities as they were known at the end of a day."""
    return Counter(
        (site.status, site.readiness.level)
        for site in sites_on(session, day)
        if site.municipality in codes
    )
