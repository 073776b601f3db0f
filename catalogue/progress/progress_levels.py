"""How many sites stand at each status and level of readiness on a day."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from catalogue.progress.counted_versions import count_missing
from catalogue.progress.days import parameters
from catalogue.progress.known_sites import KNOWN, SITES
from catalogue.provenance import ShelfLife

StatusAndLevel = tuple[str, int | None]
"""No level is a site not yet assessed."""


def levels_on(
    session: Session, day: date, codes: Collection[str], shelf_life: ShelfLife
) -> Counter[StatusAndLevel]:
    """The sites of these municipalities as they were known at the end of a day."""
    count_missing(session)
    rows = session.execute(statement(), parameters([day], shelf_life, list(codes)))
    return Counter({(status, level): count for status, level, count in rows})


@cache
def statement() -> Select[Any]:
    """Any: columns differ in type."""
    place = {"status": KNOWN.c.status, "level": KNOWN.c.level}
    rows = SITES.rows_with({**place, "sites": func.count()}, of_one=True)
    return rows.group_by(*place.values())
