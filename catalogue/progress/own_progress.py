"""How far one municipality has come since the baseline: compared with itself only."""

from datetime import date

from sqlalchemy.orm import Session

from catalogue.hours.hours import ProjectPlan, known_on
from catalogue.progress.progress import Row
from catalogue.progress.progress_counts import Numbers, numbers
from catalogue.progress.progress_sites import count_site, first_fresh_days, sites_on
from catalogue.provenance import ShelfLife
from geo.texts import Text


def own_progress(
    session: Session,
    code: str,
    since: date,
    today: date,
    plan: ProjectPlan,
    shelf_life: ShelfLife,
) -> Row:
    """The figures of progress of one municipality, today and on the day compared with."""

    def on(day: date) -> Numbers:
        first_fresh = first_fresh_days(day, shelf_life)
        counts = [count_site(site, first_fresh) for site in sites_on(session, day, code)]
        return numbers(counts, day, known_on(session, day).get(code, 0.0), plan.target(day))

    return Row(code, Text("", ""), on(today), on(min(since, today)))
