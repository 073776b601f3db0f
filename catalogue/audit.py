"""The log of what administrators have done: added to only, by triggers and by what has no row.

Who acted, when and for which reason is filled in by the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

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
