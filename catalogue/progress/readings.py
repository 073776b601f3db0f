"""Figures of any days, as some reader sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figure import Figure
from catalogue.progress.figure_numbers import Found, counted_numbers
from catalogue.progress.figures import FIGURES
from catalogue.provenance import ShelfLife


@dataclass(frozen=True)
class Reading:
    """What figures are read with, and of which municipalities, by code."""

    session: Session
    names: Mapping[str, str]
    plan: ProjectPlan
    shelf_life: ShelfLife
    is_part: bool = False
    """Whether the names are some that were chosen: what belongs to none of them is left out."""


def numbers_on(
    reading: Reading,
    days: Sequence[date],
    figures: Sequence[Figure] = FIGURES,
    municipality: str | None = None,
) -> Found:
    """Figures at the end of each day; today is a day like any other.

    With a municipality, or where the reading is of some, in all is what that or those have. What
    was stale on a day stays so, though the shelf life has been changed since.
    """
    return counted_numbers(
        reading.session,
        figures,
        days,
        reading.names,
        reading.shelf_life,
        municipality or (list(reading.names) if reading.is_part else None),
        reading.plan,
    )
