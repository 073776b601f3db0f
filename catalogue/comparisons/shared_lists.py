"""Shortlists shared by a link: made, opened, taken back. What they show is always what holds now.

Nobody can look for them. The database shows one to whoever holds its link, or the one its maker
was given to manage it; of both only the hash is stored.
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.accounts import hashed
from catalogue.accounts.passwords import PASSWORDS
from catalogue.database import AccountRole, Actor, Audience
from catalogue.errors import NoSuchSharedList, SharedListOver
from catalogue.tables import account
from catalogue.tables import shared_list as table

MAY_SHOW_REGISTERED: tuple[AccountRole, ...] = ("project", "admin")
"""Who may let others than registered readers see what is kept for those."""
KEPT_AFTER = timedelta(days=30)
"""How long a link says that it has run out, before it is as if it had never been."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One site as it was shared: the note on it, and what it said then as `prints`."""

    reference: str
    note: str = ""
    version: int = 0
    prints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody asks to share, and how; `password` is empty where the link is enough."""

    items: Sequence[Item]
    title: str = ""
    shared_by: str = ""
    days: int = 30
    password: str = ""
    audience: Audience = "public"


@dataclass(frozen=True, kw_only=True)
class SharedList:
    id: int
    title: str
    shared_by: str
    items: Sequence[Item]
    audience: Audience
    password_hash: str | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def is_over(self, now: datetime) -> bool:
        return self.revoked_at is not None or self.expires_at <= now


def token_of(secret: str) -> str:
    """The link's token, worked out from the secret of whoever manages it, and not back again."""
    return urlsafe_b64encode(sha256(f"shared list {secret}".encode()).digest()).decode().rstrip("=")


def share(session: Session, actor: Actor | None, wish: Wish, now: datetime) -> str:
    """Keep the list; the secret that manages it and that its link's token is worked out from."""
    secret = secrets.token_urlsafe(32)
    hold(session, secret)
    session.execute(
        insert(table).values(
            token_hash=hashed(token_of(secret)),
            manage_hash=hashed(secret),
            account_id=actor.account_id if actor else None,
            audience=wish.audience,
            title=wish.title,
            shared_by=wish.shared_by,
            items=[
                {
                    "reference": one.reference,
                    "note": one.note,
                    "version": one.version,
                    "prints": dict(one.prints),
                }
                for one in wish.items
            ],
            password_hash=PASSWORDS.hash(wish.password) if wish.password else None,
            created_at=now,
            expires_at=now + timedelta(days=wish.days),
        )
    )
    return secret


def hold(session: Session, secret: str) -> None:
    """Show the database which link is held, for this transaction only."""
    session.execute(select(func.set_config("sitefinder.link", hashed(secret), True)))


def opened(session: Session, token: str, now: datetime) -> SharedList:
    """The list behind a link; raises `NoSuchSharedList` and `SharedListOver`.

    What is kept for registered readers is shown as long as its maker may still see it.
    """
    hold(session, token)
    found = one(session, table.c.token_hash == hashed(token))
    if found.is_over(now):
        raise SharedListOver
    return found


def managed(session: Session, secret: str) -> SharedList:
    """The list that a secret manages, also when it is over; raises `NoSuchSharedList`."""
    hold(session, secret)
    return one(session, table.c.manage_hash == hashed(secret))


def one(session: Session, which: Any) -> SharedList:
    """Any: a condition."""
    row = session.execute(readable().where(which)).mappings().first()
    if row is None:
        raise NoSuchSharedList
    return from_row(row)


def own(session: Session, actor: Actor) -> list[SharedList]:
    """The actor's own, the newest first."""
    rows = session.execute(
        readable().where(table.c.account_id == actor.account_id).order_by(table.c.id.desc())
    )
    return [from_row(row) for row in rows.mappings()]


def readable() -> Any:
    """The lists, and whether their makers may show what registered readers see. Any: columns."""
    trusted = account.c.active & account.c.role.in_(MAY_SHOW_REGISTERED)
    return select(table, func.coalesce(trusted, False).label("is_trusted")).outerjoin(
        account, account.c.id == table.c.account_id
    )


def from_row(row: RowMapping) -> SharedList:
    is_registered = row["audience"] == "registered" and row["is_trusted"]
    plain = ("id", "title", "shared_by", "password_hash", "created_at", "expires_at", "revoked_at")
    return SharedList(
        **{name: row[name] for name in plain},
        items=[Item(**said) for said in row["items"]],
        audience="registered" if is_registered else "public",
    )


def revoke(session: Session, secret: str, now: datetime) -> None:
    """Take the list back by the secret that manages it; raises `NoSuchSharedList`."""
    hold(session, secret)
    end(session, table.c.manage_hash == hashed(secret), now)


def revoke_own(session: Session, actor: Actor, number: int, now: datetime) -> None:
    """Take back a list of one's own; raises `NoSuchSharedList`."""
    end(session, (table.c.id == number) & (table.c.account_id == actor.account_id), now)


def end(session: Session, which: Any, now: datetime) -> None:
    """Nothing of what was shared is kept. Any: a condition."""
    gone = session.scalars(
        update(table)
        .where(which)
        .values(
            revoked_at=func.coalesce(table.c.revoked_at, now),
            items=[],
            password_hash=None,
            shared_by="",
        )
        .returning(table.c.id)
    ).first()
    if gone is None:
        raise NoSuchSharedList


def opens(password: str, shared: SharedList) -> bool:
    return shared.password_hash is None or PASSWORDS.verify(password, shared.password_hash)


def proof(token: str, shared: SharedList) -> str:
    """What a browser keeps of a right password; of no use once that has changed."""
    return sha256(f"opened {token} {shared.password_hash}".encode()).hexdigest()


def is_proven(given: str, token: str, shared: SharedList) -> bool:
    return shared.password_hash is None or compare_digest(given, proof(token, shared))


def remove_old(session: Session, now: datetime) -> int:
    """How many were removed: those that have been over for a while."""
    return session.scalar(select(func.remove_old_shared_lists(now - KEPT_AFTER))) or 0
