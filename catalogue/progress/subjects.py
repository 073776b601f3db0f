"""Figures that are worked out from few rows, by subject: each is read only where it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from catalogue.administration.adjustments import shelf_life_at
from catalogue.anchoring.standing import town_standings
from catalogue.hours import hours
from catalogue.hours.hours import ProjectPlan
from catalogue.progress import figure_definitions as means
from catalogue.progress.figure import Figure
from catalogue.progress.figure_definitions_moves import EXPECTED
from catalogue.progress.figure_numbers import Found, counted_numbers
from catalogue.progress.figures import (
    ANCHORING_FIGURES,
    ENQUIRY_FIGURES,
    FIGURES,
    LETTER_FIGURES,
    PROFILE_FIGURES,
    REQUEST_FIGURES,
)
from catalogue.progress.progress_anchoring import anchoring_numbers
from catalogue.progress.progress_counts import Numbers
from catalogue.progress.progress_enquiries import enquiries_by, enquiry_numbers
from catalogue.progress.progress_moves import moves_on
from catalogue.progress.progress_profiles import profile_numbers, profiles_on
from catalogue.progress.progress_questions import question_numbers, sent_by
from catalogue.progress.progress_requests import offered, request_numbers, requests_on
from catalogue.provenance import ShelfLife


class HasPlace(Protocol):
    @property
    def municipality(self) -> str: ...


Placed = TypeVar("Placed", bound=HasPlace)
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

    def kept(self, some: Sequence[Placed]) -> Sequence[Placed]:
        if not self.is_part:
            return some
        return [one for one in some if one.municipality in self.names]


@dataclass(frozen=True)
class Subject:
    """The keys of its figures, and how they are read for the end of a day."""

    keys: frozenset[str]
    read: Callable[[Reading, date], ByPlace]


def read_hours(reading: Reading, day: date) -> ByPlace:
    put_in, target = hours.known_on(reading.session, day), reading.plan.target(day)
    found: ByPlace = {
        code: {means.PUT_IN.key: put_in.get(code, 0.0), means.TARGET.key: target}
        for code in reading.names
    }
    in_all: Numbers = {
        means.PUT_IN.key: sum(put_in.get(code, 0.0) for code in reading.names),
        means.TARGET.key: target * len(reading.names),
    }
    return {**found, "": in_all}


def read_letters(reading: Reading, day: date) -> ByPlace:
    asked = sent_by(reading.session, day)
    found = {
        code: question_numbers([one for one in asked if one.municipality == code], day)
        for code in reading.names
    }
    return {**found, "": question_numbers(reading.kept(asked), day)}


def read_profiles(reading: Reading, day: date) -> ByPlace:
    profiles = profiles_on(reading.session, day, reading.names)
    held = shelf_life_at(reading.session, hours.end_of(day), reading.shelf_life)
    found = {code: profile_numbers([one], day, held) for code, one in profiles.items()}
    return {**found, "": profile_numbers(list(profiles.values()), day, held)}


def read_enquiries(reading: Reading, day: date) -> ByPlace:
    came = enquiries_by(reading.session, day)
    found = {
        code: enquiry_numbers([one for one in came if one.municipality == code])
        for code in reading.names
    }
    return {**found, "": enquiry_numbers(reading.kept(came))}


def read_requests(reading: Reading, day: date) -> ByPlace:
    came = requests_on(reading.session, day)
    found = {code: request_numbers(offered(came, code) if came else None) for code in reading.names}
    in_all = offered(came, *reading.names) if reading.is_part else came
    return {**found, "": request_numbers(in_all or None)}


def read_moves(reading: Reading, day: date) -> ByPlace:
    moves = moves_on(reading.session, day)
    found: ByPlace = {
        code: {EXPECTED.key: sum(one.municipality == code for one in moves)}
        for code in reading.names
    }
    return {**found, "": {EXPECTED.key: len(reading.kept(moves))}}


def read_anchoring(reading: Reading, day: date) -> ByPlace:
    end = hours.end_of(day)
    held = shelf_life_at(reading.session, end, reading.shelf_life)
    towns = town_standings(reading.session, day, reading.names, held, end)
    found = {code: anchoring_numbers({code: one}) for code, one in towns.items()}
    return {**found, "": anchoring_numbers(towns)}


def keys(figures: Sequence[Figure]) -> frozenset[str]:
    return frozenset(figure.key for figure in figures)


SUBJECTS: tuple[Subject, ...] = (
    Subject(frozenset((means.PUT_IN.key, means.TARGET.key)), read_hours),
    Subject(keys(LETTER_FIGURES), read_letters),
    Subject(keys(PROFILE_FIGURES), read_profiles),
    Subject(keys(ENQUIRY_FIGURES), read_enquiries),
    Subject(keys(REQUEST_FIGURES), read_requests),
    Subject(frozenset((EXPECTED.key,)), read_moves),
    Subject(keys(ANCHORING_FIGURES), read_anchoring),
)


def numbers_on(
    reading: Reading,
    days: Sequence[date],
    figures: Sequence[Figure] = FIGURES,
    municipality: str | None = None,
) -> Found:
    """Figures at the end of each day; today is a day like any other.

    With a municipality, or where the reading is of part of them, only its sites are counted. What was stale on a day stays so, though the
    shelf life has been changed since.
    """
    found = counted_numbers(
        reading.session,
        figures,
        days,
        reading.names,
        reading.shelf_life,
        municipality or (list(reading.names) if reading.is_part else None),
        weights=reading.plan.weights,
    )
    wanted = keys(figures)
    for subject in SUBJECTS:
        if subject.keys & wanted:
            for day in days:
                for code, numbers in subject.read(reading, day).items():
                    found[day, code].update(numbers)
    return found
