"""How far one municipality has come since the baseline: compared with itself only."""

from datetime import date

from sqlalchemy.orm import Session

from catalogue.hours.hours import ProjectPlan
from catalogue.progress import figure_definitions as means
from catalogue.progress.figure_numbers import counted_numbers
from catalogue.progress.figures import FIGURES
from catalogue.progress.progress import Row
from catalogue.provenance import ShelfLife
from geo.texts import Text

OWN_FIGURES = [
    one for one in FIGURES if one.counted or one.definition in (means.PUT_IN, means.TARGET)
]
"""Of the sites, and hours."""


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
    found = counted_numbers(session, OWN_FIGURES, [before, today], [code], shelf_life, code, plan)
    return Row(code, Text("", ""), found[today, code], found[before, code])
