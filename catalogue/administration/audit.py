"""The log of what administrators have done: added to only, by triggers and by what has no row.

Who acted, when and for which reason is filled in by the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

from catalogue.hours.hours import end_of
from catalogue.rules import SWEDEN
from catalogue.tables import audit_event as table

Said = Mapping[str, Any]
"""Any: JSON."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something done that changed no row of its own; never a secret."""

    kind: str
    action: str
    subject: str
    before: Said | None = None
    after: Said | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AuditEvent:
    id: int
    at: datetime
    actor: str
    """The address of whoever acted; empty for what the installation did by itself."""
    kind: str
    action: str
    subject: str
    before: Said | None
    after: Said | None
    reason: str


def note(session: Session, done: Note) -> None:
    session.execute(insert(table).values(**vars(done)))


def events(
    session: Session, *wanted: ColumnElement[bool], limit: int | None = None, offset: int = 0
) -> list[AuditEvent]:
    """The latest first."""
    statement = select(table).where(*wanted).order_by(table.c.id.desc()).limit(limit).offset(offset)
    return [AuditEvent(**row) for row in session.execute(statement).mappings()]


def count(session: Session, *wanted: ColumnElement[bool]) -> int:
    return session.scalars(select(func.count()).select_from(table).where(*wanted)).one()


@dataclass(frozen=True, kw_only=True)
class AuditSearch:
    """Which events; what is empty is no condition."""

    kind: str = ""
    actor: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        held: list[ColumnElement[bool]] = []
        if self.kind:
            held.append(table.c.kind == self.kind)
        if self.actor:
            held.append(table.c.actor.icontains(self.actor, autoescape=True))
        if self.subject:
            held.append(table.c.subject.icontains(self.subject, autoescape=True))
        if self.since:
            held.append(table.c.at >= datetime.combine(self.since, time(), SWEDEN))
        if self.until:
            held.append(table.c.at < end_of(self.until))
        return held
