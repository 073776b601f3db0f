"""Links in letters that open an account once: made, looked at, used up."""

import secrets
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from catalogue.accounts.accounts import actor_of, hashed
from catalogue.database import Actor
from catalogue.errors import NotFound
from catalogue.tables import account, account_link
from geo.texts import Text

Purpose = Literal["invitation", "reset"]
LIFE: dict[Purpose, timedelta] = {
    "invitation": timedelta(days=7),
    "reset": timedelta(hours=1),
}


class LinkSpent(NotFound):
    """Used, replaced by a newer one, too old, or never made."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Länken har redan använts eller är för gammal.",
                "The link has already been used or is too old.",
            )
        )


def make(session: Session, account_id: int, purpose: Purpose, now: datetime) -> str:
    """A new link's secret; older ones of the same purpose open nothing more."""
    session.execute(
        delete(account_link).where(
            account_link.c.account_id == account_id, account_link.c.purpose == purpose
        )
    )
    secret = secrets.token_urlsafe(32)
    session.execute(
        insert(account_link).values(
            token_hash=hashed(secret),
            account_id=account_id,
            purpose=purpose,
            created_at=now,
            expires_at=now + LIFE[purpose],
        )
    )
    return secret


def is_open(secret: str, purpose: Purpose, now: datetime) -> ColumnElement[bool]:
    return (
        (account_link.c.token_hash == hashed(secret))
        & (account_link.c.purpose == purpose)
        & (account_link.c.expires_at > now)
    )


def holder(session: Session, secret: str, purpose: Purpose, now: datetime) -> Actor:
    """Whose link it is, without using it up; raises `LinkSpent`."""
    row = (
        session.execute(
            select(account)
            .join(account_link, account_link.c.account_id == account.c.id)
            .where(is_open(secret, purpose, now), account.c.active)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise LinkSpent
    return actor_of(row)


def use_up(session: Session, secret: str, purpose: Purpose, now: datetime) -> Actor:
    """Whose link it was; raises `LinkSpent`. Of two at the same time one alone gets it, since
    the row is gone for the other; the account's other links go with it."""
    found = holder(session, secret, purpose, now)
    used = session.scalars(
        delete(account_link)
        .where(is_open(secret, purpose, now))
        .returning(account_link.c.account_id)
    ).first()
    if used is None:
        raise LinkSpent
    session.execute(delete(account_link).where(account_link.c.account_id == used))
    return found


def remove_old(session: Session, now: datetime) -> None:
    session.execute(delete(account_link).where(account_link.c.expires_at <= now))
