"""Sessions of people who have signed in: opened, recognised, listed, ended."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.accounts import actor_of, hashed
from catalogue.database import Actor
from catalogue.errors import NotFound
from catalogue.settings import Settings
from catalogue.tables import account, sign_in_session
from geo.texts import Text

PENDING_LIFE = timedelta(minutes=5)
"""Between the password and the code."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last use of a session is noted; writing it each time would cost a write a page."""


@dataclass(frozen=True)
class SessionLife:
    """How long a session lasts unused, and in all."""

    idle: timedelta
    whole: timedelta


def session_life(settings: Settings) -> SessionLife:
    return SessionLife(
        idle=timedelta(minutes=settings.session_idle_minutes),
        whole=timedelta(hours=settings.session_hours),
    )


@dataclass(frozen=True)
class OpenSession:
    """A session as its holder sees it; `number` names it in forms."""

    number: int
    device: str
    created_at: datetime
    seen_at: datetime
    is_this: bool


def start(
    session: Session,
    actor: Actor,
    device: str = "",
    *,
    is_pending: bool = False,
    is_strong: bool = False,
    provider_id: int | None = None,
) -> str:
    """A new session's secret, for the cookie. One that is pending opens nothing but the question
    for the second factor; one that is strong has answered it."""
    secret = secrets.token_urlsafe(32)
    session.execute(
        insert(sign_in_session).values(
            token_hash=hashed(secret),
            account_id=actor.account_id,
            device=device,
            is_pending=is_pending,
            is_strong=is_strong,
            provider_id=provider_id,
        )
    )
    return secret


def renew(session: Session, actor: Actor, device: str, *, is_strong: bool) -> str:
    """A new secret in place of every session of the account: what they may do has changed."""
    end_all(session, actor.account_id)
    return start(session, actor, device, is_strong=is_strong)


def end(session: Session, secret: str) -> int | None:
    """The number of the identity provider it was opened by, if it was."""
    return session.scalars(
        delete(sign_in_session)
        .where(sign_in_session.c.token_hash == hashed(secret))
        .returning(sign_in_session.c.provider_id)
    ).first()


def end_all(session: Session, account_id: int, *, but: str = "") -> None:
    """Every session of the account, but for the one whose secret is given."""
    session.execute(
        delete(sign_in_session).where(
            sign_in_session.c.account_id == account_id,
            sign_in_session.c.token_hash != hashed(but),
        )
    )


def end_one(session: Session, actor: Actor, number: int) -> None:
    """Raises `NotFound` where the actor has no such session."""
    ended = session.scalars(
        delete(sign_in_session)
        .where(sign_in_session.c.account_id == actor.account_id, sign_in_session.c.number == number)
        .returning(sign_in_session.c.number)
    ).first()
    if ended is None:
        raise NotFound(Text("Den sessionen är redan avslutad.", "That session has already ended."))


def opened(
    session: Session, actor: Actor, secret: str, now: datetime, life: SessionLife
) -> Sequence[OpenSession]:
    """The actor's sessions, the one of `secret` first and then by last use."""
    columns = sign_in_session.c
    rows = session.execute(
        select(
            columns.number,
            columns.device,
            columns.created_at,
            columns.seen_at,
            (columns.token_hash == hashed(secret)).label("is_this"),
        )
        .where(columns.account_id == actor.account_id, *alive(now, life))
        .order_by((columns.token_hash == hashed(secret)).desc(), columns.seen_at.desc())
    )
    return [OpenSession(*row) for row in rows]


@dataclass(frozen=True)
class Entered:
    """Who has come in by a session, and whether by more than a password."""

    actor: Actor
    is_strong: bool


def entered(session: Session, secret: str, now: datetime, life: SessionLife) -> Entered | None:
    """Who holds the session's secret; None when it is unknown, pending, idle too long or too old."""
    row = (
        session.execute(
            select(account, sign_in_session.c.seen_at, sign_in_session.c.is_strong)
            .join(sign_in_session, sign_in_session.c.account_id == account.c.id)
            .where(
                sign_in_session.c.token_hash == hashed(secret), account.c.active, *alive(now, life)
            )
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    if now - row["seen_at"] > SEEN_EVERY:
        session.execute(
            update(sign_in_session)
            .where(sign_in_session.c.token_hash == hashed(secret))
            .values(seen_at=now)
        )
    return Entered(actor_of(row), row["is_strong"])


def pending(session: Session, secret: str, now: datetime) -> Actor | None:
    """Who has given the password, and is asked for the second factor."""
    row = (
        session.execute(
            select(account)
            .join(sign_in_session, sign_in_session.c.account_id == account.c.id)
            .where(
                sign_in_session.c.token_hash == hashed(secret),
                account.c.active,
                sign_in_session.c.is_pending,
                sign_in_session.c.created_at > now - PENDING_LIFE,
            )
        )
        .mappings()
        .first()
    )
    return actor_of(row) if row else None


def alive(now: datetime, life: SessionLife) -> tuple[ColumnElement[bool], ...]:
    return (
        ~sign_in_session.c.is_pending,
        sign_in_session.c.created_at > now - life.whole,
        sign_in_session.c.seen_at > now - life.idle,
    )


def remove_ended(session: Session, now: datetime, life: SessionLife) -> None:
    session.execute(
        delete(sign_in_session).where(
            (sign_in_session.c.created_at <= now - life.whole)
            | (sign_in_session.c.seen_at <= now - life.idle)
        )
    )
