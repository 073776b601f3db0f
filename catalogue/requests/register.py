"""The register of requests for information: what came in, what was offered, what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import Changed, Fault, Invalid, NoSuchClientRequest, NotAllowed
from catalogue.requests.register_input import RUNNING, Given
from catalogue.tables import account
from catalogue.tables import client_request as table
from catalogue.tables import client_request_version as versions
from geo.texts import Text

READERS = frozenset({"project", "admin"})


@dataclass(frozen=True, kw_only=True)
class ClientRequest:
    """One request as it stands."""

    id: int
    code_name: str
    sector: str | None
    size: str | None
    received_on: date
    due_on: date | None
    answered_on: date | None
    text: str
    requirements: Sequence[Mapping[str, Any]]
    """As `Requirement.model_dump` gives them. Any: JSON."""
    sites: Sequence[str]
    """References of those offered."""
    outcome: str
    lost_because: str | None
    closed_on: date | None
    handler: str
    note: str
    version: int
    created_at: datetime
    updated_at: datetime
    updated_by: str

    def days_open(self, today: date) -> int:
        """From the day it came to the answer; to today while there is none."""
        return ((self.answered_on or self.closed_on or today) - self.received_on).days

    def is_late(self, today: date) -> bool:
        """Past its day without an answer."""
        waits = self.answered_on is None and self.outcome in RUNNING
        return waits and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class Version:
    """One change of a request."""

    version: int
    recorded_at: datetime
    who: str
    changed: Sequence[str]


def may_read(actor: Actor) -> None:
    """Raises `NotAllowed` for anybody but the project office and administrators."""
    if actor.role not in READERS:
        raise NotAllowed(
            Text(
                "Registret över förfrågningar är projektkontorets.",
                "The register of requests is the project office's.",
            )
        )


def from_row(row: RowMapping) -> ClientRequest:
    return ClientRequest(**row)


def find(session: Session, number: int) -> ClientRequest:
    """Raises `NoSuchClientRequest` also where the actor may not read it."""
    row = session.execute(select(table).where(table.c.id == number)).mappings().first()
    if row is None:
        raise NoSuchClientRequest(number)
    return from_row(row)


def chosen(
    session: Session,
    held: Sequence[ColumnElement[bool]] = (),
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[ClientRequest]:
    """The latest first."""
    rows = session.execute(
        select(table)
        .where(*held)
        .order_by(table.c.received_on.desc(), table.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [from_row(row) for row in rows.mappings()]


def count_by_outcome(session: Session, held: Sequence[ColumnElement[bool]] = ()) -> dict[str, int]:
    rows = session.execute(
        select(table.c.outcome, func.count()).where(*held).group_by(table.c.outcome)
    )
    return {outcome: count for outcome, count in rows}


def history(session: Session, number: int) -> list[Version]:
    """The latest change first."""
    rows = session.execute(
        select(
            versions.c.version,
            versions.c.recorded_at,
            func.coalesce(account.c.name, versions.c.actor).label("who"),
            versions.c.changed,
        )
        .outerjoin(account, account.c.email == versions.c.actor)
        .where(versions.c.request_id == number)
        .order_by(versions.c.version.desc())
    )
    return [Version(**row) for row in rows.mappings()]


def add(session: Session, actor: Actor, given: Given) -> ClientRequest:
    """Raises `NotAllowed`, and `Invalid` for a code name that is taken."""
    may_read(actor)
    values = {"handler": actor.email, **given.values}
    refuse_taken(session, str(values["code_name"]), 0)
    written = session.execute(insert(table).values(values).returning(table))
    return from_row(written.mappings().one())


def change(
    session: Session, actor: Actor, number: int, given: Given, expected_version: int
) -> ClientRequest:
    """Raises `NotAllowed`, `NoSuchClientRequest`, `Changed` where somebody was first, and `Invalid`."""
    may_read(actor)
    before = find(session, number)
    refuse_taken(session, str(given.values.get("code_name", before.code_name)), number)
    written = session.execute(
        update(table)
        .where(table.c.id == number, table.c.version == expected_version)
        .values(**given.values)
        .returning(table)
    )
    row = written.mappings().first()
    if row is None:
        raise Changed(before.code_name, before.version, before.updated_by)
    return from_row(row)


def refuse_taken(session: Session, code_name: str, number: int) -> None:
    taken = session.scalar(
        select(table.c.id).where(table.c.code_name == code_name, table.c.id != number)
    )
    if taken is not None:
        text = Text("Kodnamnet finns redan.", "The code name is taken.")
        raise Invalid([Fault("code_name", text)])
