"""The log of what registered investors have seen: added to with every answer, changed by nobody."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.database import Actor
from catalogue.tables import registered_view as table

Kind = Literal["page", "api", "map", "file", "fact_sheet"]
MOST_SITES = 1_000
"""So many of an answer's sites are named for each municipality; `total` counts all."""


@dataclass(frozen=True, kw_only=True)
class View:
    """One answer, as far as one municipality's sites stood in it."""

    at: datetime
    account_id: int
    email: str
    kind: Kind
    municipality: str | None
    sites: Sequence[str]
    total: int


def reference_pattern(prefix: str) -> re.Pattern[bytes]:
    """A site's reference in an answer's bytes; its municipality's code is the group."""
    return re.compile(rb"%s-(\d{4})-\d{3,6}" % prefix.encode())


def note(
    session: Session, actor: Actor, kind: Kind, references: Iterable[str], now: datetime
) -> None:
    """That the actor was answered with these sites; none where the answer does not tell which."""
    by_code: dict[str | None, list[str]] = {}
    for reference in sorted(set(references)):
        by_code.setdefault(reference.split("-")[1], []).append(reference)
    # A reference in running text may name a municipality that is not here.
    known = municipalities.names(session)
    rows = [
        {"municipality": code, "sites": some[:MOST_SITES], "total": len(some)}
        for code, some in by_code.items()
        if code in known
    ] or [{"municipality": None, "sites": [], "total": 0}]
    common = {"at": now, "account_id": actor.account_id, "email": actor.email, "kind": kind}
    # Inline: an investor adds to the log and does not read it.
    session.execute(insert(table).inline(), [{**common, **row} for row in rows])


def sites_of_file(session: Session, digest: str) -> list[str]:
    """The sites that a stored file belongs to."""
    return list(session.scalars(select(func.sites_of_file(digest))))


def chosen(
    session: Session, held: Sequence[ColumnElement[bool]], *, limit: int, offset: int = 0
) -> list[View]:
    """Those that the actor may read, the latest first."""
    columns = [table.c[name] for name in View.__dataclass_fields__]
    rows = session.execute(
        select(*columns).where(*held).order_by(table.c.id.desc()).limit(limit).offset(offset)
    )
    return [View(**row) for row in rows.mappings()]


def count(session: Session, held: Sequence[ColumnElement[bool]]) -> int:
    return session.scalars(select(func.count()).select_from(table).where(*held)).one()


def remove_old(owner: Session, now: datetime, days: int) -> None:
    """As the owner of the database, who alone can."""
    owner.execute(delete(table).where(table.c.at < now - timedelta(days=days)))
