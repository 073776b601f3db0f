"""Figures of any days: those that SQL counts, and those of subjects that a day is read for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.administration.adjustments import shelf_life_at
from catalogue.anchoring.standing import town_standings
from catalogue.hours import hours
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figure import Figure
from catalogue.progress.figure_numbers import Found, counted_numbers
from catalogue.progress.figures import ANCHORING_FIGURES, FIGURES
from catalogue.progress.progress_anchoring import anchoring_numbers
from catalogue.progress.progress_counts import Numbers
from catalogue.provenance import ShelfLife

ByPlace = dict[str, Numbers]
"""By municipality code; an empty code is all of them together."""


@dataclass(frozen=True)
class Reading:
    """What figures are read with, and of which municipalities, by code."""

    session: Session
    names: Mapping[str, str]
    plan: ProjectPlan
    shelf_life: ShelfLife
    is_part: bool = False
    """Whether the names are some that were chosen: what belongs to none of them is left out."""


@dataclass(frozen=True)
class Subject:
    """The keys of its figures, and how they are read for the end of a day."""

    keys: frozenset[str]
    read: Callable[[Reading, date], ByPlace]


def keys(figures: Sequence[Figure]) -> frozenset[str]:
    return frozenset(figure.key for figure in figures)


def read_anchoring(reading: Reading, day: date) -> ByPlace:
    end = hours.end_of(day)
    held = shelf_life_at(reading.session, end, reading.shelf_life)
    towns = town_standings(reading.session, day, reading.names, held, end)
    found = {code: anchoring_numbers({code: one}) for code, one in towns.items()}
    return {**found, "": anchoring_numbers(towns)}


SUBJECTS: tuple[Subject, ...] = (Subject(keys(ANCHORING_FIGURES), read_anchoring),)


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
    found = counted_numbers(
        reading.session,
        figures,
        days,
        reading.names,
        reading.shelf_life,
        municipality or (list(reading.names) if reading.is_part else None),
        reading.plan,
    )
    wanted = keys(figures)
    for subject in SUBJECTS:
        if subject.keys & wanted:
            for day in days:
                for code, numbers in subject.read(reading, day).items():
                    found[day, code].update(numbers)
    return found
