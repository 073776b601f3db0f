"""Figures over time: any number of days, the ends of months as a rule, at the cost of a few reads.

The page of one day and a series show the same numbers, since one day is a series of one.
"""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import NoSuchMunicipality
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figure import Figure
from catalogue.progress.figure_numbers import Found
from catalogue.progress.progress import WHOLE_READERS, readable_names
from catalogue.progress.readings import Reading, numbers_on
from catalogue.provenance import ShelfLife
from geo.texts import Text


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which days, figures and municipality a series is of."""

    days: Sequence[date]
    """Rising."""
    figures: Sequence[Figure]
    municipality: str = ""
    """Empty for every one, and all of them together."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """The numbers of figures on some days, by municipality and in all."""

    days: Sequence[date]
    figures: Sequence[Figure]
    places: Mapping[str, Text]
    """By code, in alphabetical order; an empty code, last, is all of them together."""
    found: Found

    def of(self, key: str, code: str = "") -> list[float | None]:
        """The numbers of one figure, a day each."""
        return [self.found[day, code][key] for day in self.days]


def series(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    plan: ProjectPlan,
    shelf_life: ShelfLife,
) -> Series:
    """As far as the actor may see it; raises `NotAllowed` or `NoSuchMunicipality`."""
    names = readable_names(session, actor)
    if wanted.municipality:
        if wanted.municipality not in names:
            raise NoSuchMunicipality(wanted.municipality)
        names = {wanted.municipality: names[wanted.municipality]}
    is_whole = actor.role in WHOLE_READERS and not wanted.municipality
    reading = Reading(session, names, plan, shelf_life, is_part=not is_whole)
    found = numbers_on(reading, wanted.days, wanted.figures)
    places = {code: Text(name, name) for code, name in names.items()}
    if is_whole:
        places[""] = Text("Alla kommuner", "All municipalities")
    return Series(days=wanted.days, figures=wanted.figures, places=places, found=found)


def month_ends(first: date, last: date, today: date) -> list[date]:
    """The last day of each month from one day's to another's; today where that is later."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    firsts = [date(number // 12, number % 12 + 1, 1) for number in numbers]
    ends = [day.replace(day=calendar.monthrange(day.year, day.month)[1]) for day in firsts]
    return sorted({min(end, today) for end in ends})
