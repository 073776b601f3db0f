"""Which sites can reach their next level within three months on what is already under way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from catalogue.hours.hours import end_of, last_day, month_number
from catalogue.progress.counted_versions import count_missing
from catalogue.progress.days import parameters
from catalogue.progress.expected_moves import EXPECTED, MONTHS_AHEAD, MOVING, waits
from catalogue.progress.figure_definitions_moves import ANSWERED_WITHIN_DAYS
from catalogue.progress.progress_sites import KnownSite, known_versions
from catalogue.progress.ways import PLAN_EXPECTED, ways_ahead
from catalogue.provenance import ShelfLife
from catalogue.readiness import LEVELS, Requirement
from catalogue.tables import question
from geo.texts import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one requirement that is missing is expected to hold soon."""

    text: Text
    """The requirement."""
    expected_on: date | None
    """The day its detailed plan is expected in force; None where an answer is what it waits for."""
    asked: str = ""
    asked_on: date | None = None

    @property
    def because(self) -> Text:
        if self.expected_on:
            text = Text("laga kraft väntas {day}", "in force expected {day}")
            return text.format(day=self.expected_on)
        text = Text("{asked} tillfrågad {day}", "{asked} asked {day}")
        return text.format(asked=self.asked, day=self.asked_on or "")


@dataclass(frozen=True, slots=True)
class Move:
    """A site that can reach its next level within three months."""

    reference: str
    name: Text
    municipality: str
    level: int | None
    next_level: int
    reasons: Sequence[Reason]
    """One for each requirement that is missing."""

    @property
    def next_name(self) -> Text:
        return LEVELS[self.next_level]


@dataclass(frozen=True, slots=True)
class Question:
    """Who was asked about a field, and when."""

    asked: str
    asked_on: date


Questions = Mapping[str, Mapping[str, Question]]
"""By a site's reference and the key of a field."""


def last_day_ahead(day: date) -> date:
    """Three months on, less a day: from the end of a quarter to the end of the next."""
    first = day + timedelta(days=1)
    number = month_number(first) + MONTHS_AHEAD
    month = date(number // 12, number % 12 + 1, 1)
    return month.replace(day=min(first.day, last_day(month).day)) - timedelta(days=1)


COLUMNS = [
    question.c[name]
    for name in ("reference", "keys", "receiver_organisation", "receiver_name", "asked_on")
]


def letters_on(session: Session, day: date) -> dict[str, dict[str, Question]]:
    """Questions sent with a link about sites, that the actor may read and that wait that day."""
    end = literal(end_of(day))
    statement = select(*COLUMNS).where(
        question.c.asked_at < end, question.c.reference != "", waits(end)
    )
    found: dict[str, dict[str, Question]] = {}
    for row in session.execute(statement.order_by(question.c.id)).mappings():
        asked = Question(row["receiver_organisation"] or row["receiver_name"], row["asked_on"])
        found.setdefault(row["reference"], {}).update(dict.fromkeys(row["keys"], asked))
    return found


def move_of(site: KnownSite, letters: Questions, day: date) -> Move:
    """What is expected of a site that the figure counts."""
    judged = site.readiness
    missing = judged.missing
    ways = ways_ahead(site.state, missing, has_outline=site.has_outline) or ()
    asked = fresh_questions(site, letters.get(site.reference, {}), missing, day)
    plan_on = plan_expected(site, day)
    return Move(
        site.reference,
        site.name,
        site.municipality,
        judged.level,
        missing[0].level,
        [
            reason_of(requirement, way, asked, plan_on)
            for requirement, way in zip(missing, ways, strict=True)
        ],
    )


def fresh_questions(
    site: KnownSite, letters: Mapping[str, Question], missing: Iterable[Requirement], day: date
) -> dict[str, Question]:
    """By key: the questions about what is missing that have not waited too long."""
    found = dict(letters)
    for key in {key for requirement in missing for key in requirement.keys}:
        said = site.said.get(key, {})
        if said.get("state") == "unknown" and said.get("asked_on"):
            asked_on = date.fromisoformat(said["asked_on"])
            found.setdefault(key, Question(said.get("asked", ""), asked_on))
    oldest = day - timedelta(days=ANSWERED_WITHIN_DAYS)
    return {key: one for key, one in found.items() if oldest <= one.asked_on <= day}


def plan_expected(site: KnownSite, day: date) -> date | None:
    """The day the detailed plan is expected in force, if that is within three months."""
    text = site.state.get(PLAN_EXPECTED)
    expected_on = date.fromisoformat(text) if text else None
    return expected_on if expected_on and day < expected_on <= last_day_ahead(day) else None


def reason_of(
    requirement: Requirement,
    way: Mapping[str, Any],
    asked: Mapping[str, Question],
    plan_on: date | None,
) -> Reason:
    """Why the requirement is expected to hold: the plan, or the first way whose answers are all
    asked for. Any: JSON.
    """
    if plan_on and way["plan"]:
        return Reason(requirement.text, plan_on)
    keys = next(keys for keys in way["answers"] if all(key in asked for key in keys))
    first = min((asked[key] for key in keys), key=lambda one: one.asked_on)
    return Reason(requirement.text, None, first.asked, first.asked_on)


def moves_on(session: Session, day: date, *, is_counted: bool = False) -> list[Move]:
    """The sites that the figure counts and the actor may read, by municipality and reference;
    `is_counted` where the versions have just been."""
    if not is_counted:
        count_missing(session)
    columns = {name: EXPECTED.c[name] for name in ("site_id", "version")}
    counted = MOVING.rows_with(columns, of_one=False)
    letters = letters_on(session, day)
    # No value's age is looked at, so any shelf life will do.
    known = known_versions(session, counted, parameters([day], ShelfLife()))
    return [move_of(site, letters, day) for site in known]
