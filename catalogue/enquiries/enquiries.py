"""The register of enquiries: what came in, how far it has got, and how long the answer took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import ColumnElement, RowMapping, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import NoSuchEnquiry, NotPossible
from catalogue.fields import SITE
from catalogue.rules import SWEDEN, Rules
from catalogue.tables import account, enquiry_step
from catalogue.tables import enquiry as table
from catalogue.working_days import working_days
from geo.texts import Language, Text

Kind = Literal["enquiry", "error"]
Status = Literal["new", "read", "answered", "closed", "spam"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = get_args(Status)
STATUS_WORDS: Mapping[str, Text] = {
    "new": Text("Nya", "New"),
    "read": Text("Lästa", "Read"),
    "answered": Text("Besvarade", "Answered"),
    "closed": Text("Avslutade", "Closed"),
    "spam": Text("Skräp", "Spam"),
}
SECTORS: Mapping[str, Text] = {one.code: one.label for one in SITE["suitable_for"].codes}
SIZES: Mapping[str, Text] = {
    "under_10": Text("Under 10 ha", "Under 10 ha"),
    "10_50": Text("10–50 ha", "10–50 ha"),
    "50_100": Text("50–100 ha", "50–100 ha"),
    "over_100": Text("Över 100 ha", "Over 100 ha"),
}
RECEIVED: ColumnElement[bool] = table.c.confirmed_at.is_not(None)
"""What counts; the rest waits for its sender to confirm it."""
REAL: ColumnElement[bool] = RECEIVED & (table.c.status != "spam")


@dataclass(frozen=True, kw_only=True)
class Enquiry:
    """One municipality's part of a message; what was personal is empty once it is erased."""

    id: int
    message_id: str
    municipality: str
    kind: Kind
    sites: Sequence[str]
    """References."""
    site_names: Sequence[str]
    field: str
    """The field that an error was reported in; empty for the whole site."""
    language: Language
    name: str
    organisation: str
    email: str
    phone: str
    message: str
    sector: str | None
    size: str | None
    planned_start: int | None
    """A year."""
    received_at: datetime
    status: Status
    handler: str
    """The address of whoever answers."""
    read_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    erased_at: datetime | None

    @property
    def sender(self) -> str:
        return self.organisation or self.name or self.email

    def days_to_answer(self, now: datetime) -> int:
        """Working days from its day to that of the answer; to now while there is none."""
        until = self.answered_at or self.closed_at or now
        return working_days(
            self.received_at.astimezone(SWEDEN).date(), until.astimezone(SWEDEN).date()
        )


@dataclass(frozen=True, kw_only=True)
class Step:
    """What somebody did with an enquiry."""

    at: datetime
    who: str
    status: Status
    note: str


COLUMNS = [table.c[name] for name in Enquiry.__dataclass_fields__]


def of_row(row: RowMapping) -> Enquiry:
    return Enquiry(**row)


def find(session: Session, number: int) -> Enquiry:
    """One that the actor may read; raises `NoSuchEnquiry`."""
    found = chosen(session, [table.c.id == number])
    if not found:
        raise NoSuchEnquiry(number)
    return found[0]


def chosen(
    session: Session,
    held: Sequence[ColumnElement[bool]] = (),
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[Enquiry]:
    """Those that the actor may read, the latest first."""
    rows = session.execute(
        select(*COLUMNS)
        .where(RECEIVED, *held)
        .order_by(table.c.received_at.desc(), table.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [of_row(row) for row in rows.mappings()]


def count_by_status(session: Session, held: Sequence[ColumnElement[bool]] = ()) -> dict[str, int]:
    rows = session.execute(
        select(table.c.status, func.count()).where(RECEIVED, *held).group_by(table.c.status)
    )
    return {status: count for status, count in rows}


def others(session: Session, one: Enquiry) -> list[Enquiry]:
    """The other municipalities' parts of the same message, as far as the actor may read them."""
    same = table.c.message_id == one.message_id
    return chosen(session, [same, table.c.id != one.id])


def steps(session: Session, number: int) -> list[Step]:
    """What was done with an enquiry, in order."""
    step = enquiry_step.c
    rows = session.execute(
        select(step.at, func.coalesce(account.c.name, step.actor).label("who"), step.status,
               step.note)
        .outerjoin(account, account.c.email == step.actor)
        .where(step.enquiry_id == number)
        .order_by(step.id)
    )  # fmt: skip
    return [Step(**row) for row in rows.mappings()]


@dataclass(frozen=True)
class Doing:
    """A step about to be taken."""

    status: Status
    note: str = ""


def take_step(session: Session, actor: Actor, before: Enquiry, doing: Doing, rules: Rules) -> None:
    """A new status, or the same with a note; whoever reads or answers becomes its handler.

    Raises `NotPossible` where the step says nothing.
    """
    number, status, note = before.id, doing.status, doing.note.strip()
    if before.status == status and not note:
        raise NotPossible(
            Text("Skriv en anteckning eller välj ett steg.", "Write a note or choose a step.")
        )
    values: dict[str, object] = {"status": status}
    if status in ("read", "answered") and before.status != status:
        values["handler"] = actor.email
    if status != "new":
        values["read_at"] = before.read_at or rules.now()
    if status == "answered":
        values["answered_at"] = before.answered_at or rules.now()
    elif status in ("new", "read"):
        values["answered_at"] = None
    values["closed_at"] = (before.closed_at or rules.now()) if status == "closed" else None
    session.execute(update(table).where(table.c.id == number).values(values))
    session.execute(
        insert(enquiry_step).values(
            enquiry_id=number,
            municipality=before.municipality,
            at=rules.now(),
            actor=actor.email,
            status=status,
            note=note,
        )
    )
