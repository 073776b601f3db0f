"""How the project might be anchored in the municipalities: decisions, people and two years of meetings."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from catalogue.anchoring.parts import Part
from catalogue.database import Actor, act_as
from catalogue.hours.hours import ProjectPlan
from catalogue.rules import Rules
from catalogue.tables import anchoring, meeting, meeting_attendance
from seed.demo_accounts import OFFICES
from seed.demo_people import email, person, staff

LACKING: Mapping[str, tuple[Part, ...]] = {
    "2101": ("deputy",),
    "2104": ("decision", "steering"),
    "2121": ("deputy", "training"),
    "2132": ("person",),
    "2161": ("deputy", "meeting"),
    "2184": ("training",),
}
"""What each municipality has not come to; the others have everything."""
BODIES = ("Kommunstyrelsen", "Kommunfullmäktige", "Kommunstyrelsens arbetsutskott")
MEETINGS: tuple[tuple[str, str, int, int], ...] = (
    ("steering_group", "Styrgruppens möte", 91, 20),
    ("working_group", "Avstämning i arbetsgruppen", 42, 5),
    ("training", "Rita och fylla i platser", 150, 35),
    ("training", "Fråga nätägare och VA-huvudman", 240, 60),
    ("municipal_board", "Information till kommunstyrelsen", 300, 110),
    ("other", "Studiebesök hos ett etablerat företag", 365, 200),
)
"""Kind, subject, days between them, and days from the first day of the two years to the first."""
YEARS = timedelta(days=730)
AWAY = timedelta(days=200)
"""A municipality that no longer comes has not been there for so long."""
# Text SQL: a version's date is written by a trigger, and by nobody else but here.
VERSION_DATE = """
update anchoring_version set recorded_at = least(recorded_at, :at)
where municipality = :code and version = :version
"""


def add_anchoring(
    session: Session, names: Mapping[str, str], rules: Rules, plan: ProjectPlan
) -> None:
    """Nothing where anything is said of it already."""
    if session.scalars(select(func.count()).select_from(anchoring)).one():
        return
    _, address, name = OFFICES[0]
    act_as(session, Actor(0, name, address, "project", None))
    # Rows keep the times and versions they are written with, and versions may be dated back.
    session.execute(text("alter table anchoring disable trigger count_up"))
    session.execute(text("alter table anchoring_version disable trigger keep"))
    for code, town in names.items():
        add_town(session, code, town, rules, plan)
    session.execute(text("alter table anchoring enable trigger count_up"))
    session.execute(text("alter table anchoring_version enable trigger keep"))
    add_meetings(session, list(names), rules, plan)


def add_town(session: Session, code: str, name: str, rules: Rules, plan: ProjectPlan) -> None:
    """One version for the decision, one for each that was appointed after it."""
    steps = [step for step in steps_of(code, name, plan) if step[0] <= rules.today]
    for version, (day, said) in enumerate(steps, start=1):
        at = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC) + timedelta(days=2)
        stamp = {
            "version": version,
            "updated_at": min(at, rules.now()),
            "updated_by": OFFICES[0][1],
        }
        if version == 1:
            session.execute(
                insert(anchoring).values(municipality=code, is_example=True, **said, **stamp)
            )
        else:
            statement = update(anchoring).where(anchoring.c.municipality == code)
            session.execute(statement.values(**said, **stamp))
        session.execute(text(VERSION_DATE), {"at": at, "code": code, "version": version})


def steps_of(code: str, name: str, plan: ProjectPlan) -> Iterator[tuple[date, dict[str, Any]]]:
    """What was said and when, the earliest first. Any: columns differ in type."""
    random, lacking = Random(f"anchoring {code}"), LACKING.get(code, ())
    people, third = staff(code), person(random)
    decided = plan.start + timedelta(days=20 + int(180 * random.random()))
    if "decision" not in lacking:
        yield (
            decided,
            {
                "decided_on": decided,
                "decided_by": random.choice(BODIES),
                "decision_reference": f"KS {decided.year}/{100 + int(700 * random.random())}",
            },
        )
    if "person" not in lacking:
        day = decided + timedelta(days=10 + int(30 * random.random()))
        editor = people.editor
        yield day, seat("person", editor.title, editor.name, day, email("editor", name))
    if "steering" not in lacking:
        day = decided + timedelta(days=45 + int(30 * random.random()))
        chief = people.publisher
        yield day, seat("steering", chief.title, chief.name, day, email("publisher", name))
    if "deputy" not in lacking:
        day = decided + timedelta(days=90 + int(300 * random.random()))
        yield day, seat("deputy", third.title, third.name, day)


def seat(place: str, role: str, name: str, since: date, address: str = "") -> dict[str, Any]:
    """Any: columns differ in type."""
    said = {"role": role, "name": name, "email": address, "since": since}
    return {f"{place}_{part}": value for part, value in said.items()}


def add_meetings(session: Session, codes: list[str], rules: Rules, plan: ProjectPlan) -> None:
    last = min(rules.today - timedelta(days=3), plan.end)
    for held_on, kind, subject in sorted(meetings_until(last, plan)):
        random = Random(f"meeting {held_on} {kind}")
        entered = datetime(held_on.year, held_on.month, held_on.day, 13, tzinfo=UTC)
        number = session.scalars(
            insert(meeting)
            .values(
                held_on=held_on,
                kind=kind,
                subject=subject,
                is_example=True,
                entered_at=entered + timedelta(days=1),
                entered_by=OFFICES[0][1],
            )
            .returning(meeting.c.id)
        ).one()
        there = [code for code in codes if comes(code, kind, last - held_on, random)]
        session.execute(
            insert(meeting_attendance),
            [
                {
                    "meeting_id": number,
                    "municipality": code,
                    "people": 1 + int(4 * random.random()) if kind == "training" else None,
                }
                for code in there or codes[:1]
            ],
        )


def meetings_until(last: date, plan: ProjectPlan) -> Iterator[tuple[date, str, str]]:
    """Those of the last two years of the project, on weekdays."""
    start = max(plan.start, last - YEARS)
    for kind, subject, apart, first in MEETINGS:
        day = start + timedelta(days=first)
        while day <= last:
            yield day - timedelta(days=max(0, day.weekday() - 4)), kind, subject
            day += timedelta(days=apart)


def comes(code: str, kind: str, ago: timedelta, random: Random) -> bool:
    """Most come to most; some have stopped, or never come to trainings."""
    is_there = random.random() < (0.75 if kind == "working_group" else 0.85)
    lacking = LACKING.get(code, ())
    if kind == "training":
        return is_there and "training" not in lacking
    return is_there and not ("meeting" in lacking and ago < AWAY)
