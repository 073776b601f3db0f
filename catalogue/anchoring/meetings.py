"""The register of meetings: each entered once, with the municipalities that took part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, RowMapping, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.anchoring.anchoring import must_be_office
from catalogue.database import Actor
from catalogue.errors import NoSuchMeeting
from catalogue.hours.hours import end_of
from catalogue.tables import meeting as table
from catalogue.tables import meeting_attendance as attendance
from geo.texts import Text

KINDS: Mapping[str, Text] = {
    "steering_group": Text("Styrgrupp", "Steering group"),
    "working_group": Text("Arbetsgrupp", "Working group"),
    "training": Text("Utbildning", "Training"),
    "municipal_board": Text("Kommunens nämnd eller styrelse", "Municipal board or committee"),
    "other": Text("Annat möte", "Other meeting"),
}


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One meeting and who was there, by municipality, as far as the reader may see it."""

    id: int = 0
    held_on: date
    kind: str
    subject: str = ""
    attended: Mapping[str, int | None] = field(default_factory=dict)
    """By code: how many took part, None where only that they did is known."""
    is_example: bool = False
    entered_at: datetime | None = None
    entered_by: str = ""

    @property
    def people(self) -> int:
        return sum(count or 0 for count in self.attended.values())


def add(session: Session, actor: Actor, wanted: Sequence[Meeting]) -> list[int]:
    """Their numbers; raises `NotAllowed`."""
    must_be_office(actor)
    return [add_one(session, actor, one) for one in wanted]


def add_one(session: Session, actor: Actor, wanted: Meeting) -> int:
    number: int = session.scalars(
        insert(table)
        .values(
            held_on=wanted.held_on,
            kind=wanted.kind,
            subject=wanted.subject,
            entered_by=actor.email,
        )
        .returning(table.c.id)
    ).one()
    rows = [
        {"meeting_id": number, "municipality": code, "people": people}
        for code, people in wanted.attended.items()
    ]
    session.execute(insert(attendance), rows)
    return number


def correct(session: Session, actor: Actor, number: int, wanted: Meeting) -> int:
    """A new meeting in the place of one that was wrong; raises `NotAllowed`, `NoSuchMeeting`."""
    withdraw(session, actor, number)
    return add_one(session, actor, wanted)


def withdraw(session: Session, actor: Actor, number: int) -> None:
    """Counted no more from now on; raises `NotAllowed`, and `NoSuchMeeting` also the second time."""
    must_be_office(actor)
    done = session.execute(
        update(table)
        .where(table.c.id == number, table.c.withdrawn_at.is_(None))
        .values(withdrawn_at=func.now(), withdrawn_by=actor.email)
        .returning(table.c.id)
    ).first()
    if done is None:
        raise NoSuchMeeting(number)


def find(session: Session, number: int) -> Meeting:
    """Raises `NoSuchMeeting`, also where it has been withdrawn."""
    found = chosen(session, [table.c.id == number])
    if not found:
        raise NoSuchMeeting(number)
    return found[0]


def chosen(
    session: Session,
    held: Sequence[ColumnElement[bool]] = (),
    *,
    until: datetime | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Meeting]:
    """The latest first; `until` gives them as they stood in the register at that moment."""
    rows = session.execute(
        select(
            table.c.id,
            table.c.held_on,
            table.c.kind,
            table.c.subject,
            table.c.is_example,
            table.c.entered_at,
            table.c.entered_by,
        )
        .where(*held, *known_by(until))
        .order_by(table.c.held_on.desc(), table.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return with_attendance(session, list(rows.mappings()))


def held_by(session: Session, day: date) -> list[Meeting]:
    """Those that the register had when a day ended, the latest first."""
    return chosen(session, [table.c.held_on <= day], until=end_of(day))


def count(session: Session, held: Sequence[ColumnElement[bool]] = ()) -> int:
    statement = select(func.count()).select_from(table).where(*held, *known_by(None))
    return session.scalars(statement).one()


def known_by(until: datetime | ColumnElement[datetime] | None) -> tuple[ColumnElement[bool], ...]:
    """Entered, and not withdrawn, by then."""
    if until is None:
        return (table.c.withdrawn_at.is_(None),)
    stands = table.c.withdrawn_at.is_(None) | (table.c.withdrawn_at >= until)
    return (table.c.entered_at < until, stands)


def with_attendance(session: Session, rows: Sequence[RowMapping]) -> list[Meeting]:
    there: dict[int, dict[str, int | None]] = {row["id"]: {} for row in rows}
    statement = (
        select(attendance.c.meeting_id, attendance.c.municipality, attendance.c.people)
        .where(attendance.c.meeting_id.in_(there))
        .order_by(attendance.c.municipality)
    )
    for number, code, people in session.execute(statement):
        there[number][code] = people
    return [Meeting(attended=there[row["id"]], **row) for row in rows]
