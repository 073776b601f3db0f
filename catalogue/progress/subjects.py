"""Figures of any days: those that SQL counts, and those of subjects that a day is read for."""

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


def numbers_on(
    reading: Reading,
    days: Sequence[date],
    figures: Sequence[Figure] = FIGURES,
    municipality: str | None = None,
) -> Found:
    """Figures at the end of each day; today is a day like any other.

    With a municipality, only its sites are counted. What was stale on a day stays so, though the
    shelf life has been changed since.
    """
    return counted_numbers(
        reading.session, figures, days, reading.names, reading.shelf_life, municipality,
        reading.plan,
    )  # fmt: skip
