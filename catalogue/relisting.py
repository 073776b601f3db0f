"""The read side made anew in the background, so that changed settings show everywhere.

A site whose completeness comes out otherwise is saved first, as a version of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from catalogue import listing, municipalities, sites
from catalogue.database import Actor, because
from catalogue.rules import Rules
from catalogue.tables import catalogue_state, site
from catalogue.tables import relisting as table

AT_A_TIME = 200
"""Sites listed in one transaction: whoever saves one of them meanwhile waits that long."""

Opened = Callable[[], AbstractContextManager[Session]]
"""Opens a transaction that may write everywhere."""


@dataclass(frozen=True, kw_only=True)
class Relisting:
    """One time through, and how far it has come."""

    id: int
    asked_at: datetime
    asked_by: str
    done: int
    total: int
    ended_at: datetime | None


def ask(session: Session, actor: Actor) -> int:
    """Its number; the job that does it is deferred by whoever asks."""
    total = select(func.count()).select_from(site).scalar_subquery()
    return int(
        session.scalars(
            insert(table).values(asked_by=actor.email, total=total).returning(table.c.id)
        ).one()
    )


def latest(session: Session) -> Relisting | None:
    columns = [table.c[name] for name in Relisting.__dataclass_fields__]
    row = session.execute(select(*columns).order_by(table.c.id.desc()).limit(1)).mappings().first()
    return Relisting(**row) if row else None


def carry_out(opened: Opened, number: int, rules: Rules) -> None:
    """Every site and profile listed anew; begun again, it starts from the first."""
    for done in batches(opened, rules):
        with opened() as session:
            session.execute(update(table).where(table.c.id == number).values(done=done))
    with opened() as session:
        profiles = [municipalities.find(session, code) for code in municipalities.names(session)]
        municipalities.write_listing(session, profiles, rules.shelf_life)
        session.execute(update(table).where(table.c.id == number).values(ended_at=func.now()))


def batches(opened: Opened, rules: Rules) -> Iterator[int]:
    """How many sites are done, after each batch of them."""
    done, last_id = 0, 0
    while True:
        with opened() as session:
            batch = sites.after_id(session, last_id, AT_A_TIME)
            if not batch:
                return
            because(session, "Inställningarna har ändrats")
            if sites.recompute(session, batch, rules):
                batch = sites.after_id(session, last_id, AT_A_TIME)
            listing.write(session, batch, municipalities.names(session), rules)
            session.execute(update(catalogue_state).values(version=catalogue_state.c.version + 1))
        done, last_id = done + len(batch), batch[-1].id
        yield done
