"""How far one municipality has come since the baseline: compared with itself only."""

from datetime import date

from sqlalchemy.orm import Session

from catalogue.hours.hours import ProjectPlan, known_on
from catalogue.progress import figure_definitions as means
from catalogue.progress.figure_numbers import counted_numbers
from catalogue.progress.figures import FIGURES
from catalogue.progress.progress import Row
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

    before = min(since, today)
    found = counted_numbers(
        session, FIGURES, [before, today], [code], shelf_life, code, weights=plan.weights
    )
    for day in (before, today):
        found[day, code][means.PUT_IN.key] = known_on(session, day).get(code, 0.0)
        found[day, code][means.TARGET.key] = plan.target(day)
    return Row(code, Text("", ""), found[today, code], found[before, code])
