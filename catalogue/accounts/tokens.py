"""Access tokens: what a program shows instead of signing in, and how much it opens."""

import secrets
from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.accounts import actor_of, hashed, no_such_account
from catalogue.database import Actor
from catalogue.errors import CatalogueError, Fault, Invalid, NotFound, NotSignedIn
from catalogue.tables import access_token, account
from geo.texts import Text

Scope = Literal["read", "write", "hours"]
SCOPES: dict[Scope, Text] = {
    "read": Text("Läsa", "Read"),
    "write": Text("Läsa och skriva", "Read and write"),
    "hours": Text("Läsa och skriva in tid", "Read and enter hours"),
}
LONGEST_LIFE_DAYS = 365
USED_EVERY = timedelta(minutes=1)
"""How exactly the last use is noted."""
READING = frozenset({"GET", "HEAD", "OPTIONS"})
HOURS_PATH = "/api/v1/hours"


class TokenTooNarrow(CatalogueError):
    """The token may read, but what it was sent with would change something."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(
            Text(
                "Nyckeln får bara {may}. Använd en nyckel som får skriva.",
                "The token may only {may}. Use one that may write.",
            ).format(may=Text(SCOPES[scope].sv.lower(), SCOPES[scope].en.lower()))
        )


def check(scope: Scope, method: str, path: str) -> None:
    """Raises `TokenTooNarrow` when a token of this scope may not send the request."""
    if scope == "write" or method in READING:
        return
    if scope == "hours" and path == HOURS_PATH:
        return
    raise TokenTooNarrow(scope)


def add(
    session: Session,
    email: str,
    name: str,
    *,
    scope: Scope = "write",
    until: datetime | None = None,
) -> str:
    """A new token's secret for the account; it is shown once. Without `until` it lasts as long as
    any may. Raises `NotFound`."""
    found = session.scalars(
        select(account.c.id).where(account.c.email == email.strip().lower(), account.c.active)
    ).first()
    if found is None:
        raise no_such_account(email)
    secret = f"sf_{secrets.token_urlsafe(32)}"
    session.execute(
        insert(access_token).values(
            token_hash=hashed(secret),
            account_id=found,
            name=name,
            scope=scope,
            expires_at=until or func.now() + timedelta(days=LONGEST_LIFE_DAYS),
        )
    )
    return secret


def add_own(
    session: Session, actor: Actor, *, name: str, scope: str, days: str, now: datetime
) -> str:
    """As `add`, from what was typed; raises `Invalid`."""
    faults = []
    if not 0 < len(name.strip()) <= 80:
        said = Text(
            "Skriv vad nyckeln är till för, högst 80 tecken.",
            "Say what the token is for, in at most 80 characters.",
        )
        faults.append(Fault("name", said))
    if scope not in SCOPES:
        faults.append(Fault("scope", Text("Välj vad nyckeln får göra.", "Choose what it may do.")))
    if not days.isdecimal() or not 1 <= int(days) <= LONGEST_LIFE_DAYS:
        said = Text("Ange 1–{n} dagar.", "Give 1–{n} days.").format(n=LONGEST_LIFE_DAYS)
        faults.append(Fault("days", said))
    if faults:
        raise Invalid(faults)
    known: Scope = next(one for one in get_args(Scope) if one == scope)
    until = now + timedelta(days=int(days))
    return add(session, actor.email, name.strip(), scope=known, until=until)


def of_account(session: Session, email: str) -> list[RowMapping]:
    """An account's tokens, oldest first: number, name, scope and times, never the secret."""
    statement = (
        select(access_token)
        .join(account, access_token.c.account_id == account.c.id)
        .where(account.c.email == email.strip().lower())
        .order_by(access_token.c.id)
    )
    return list(session.execute(statement).mappings())


def revoke(session: Session, number: int, *, of: Actor | None = None) -> None:
    """Raises `NotFound` for a token that is not there, or not `of` that account."""
    statement = update(access_token).where(
        access_token.c.id == number, access_token.c.revoked_at.is_(None)
    )
    if of is not None:
        statement = statement.where(access_token.c.account_id == of.account_id)
    revoked = session.scalars(
        statement.values(revoked_at=func.now()).returning(access_token.c.id)
    ).first()
    if revoked is None:
        raise NotFound(
            Text("Det finns ingen nyckel {id}.", "There is no token {id}.").format(id=str(number))
        )


def holder(session: Session, secret: str, now: datetime) -> tuple[Actor, Scope]:
    """Who holds the token and what it may do; raises `NotSignedIn` when it is unknown, revoked or
    out of date."""
    row = (
        session.execute(
            select(
                account, access_token.c.id.label("number"), access_token.c.scope,
                access_token.c.last_used_at,
            )
            .join(access_token, access_token.c.account_id == account.c.id)
            .where(
                access_token.c.token_hash == hashed(secret),
                account.c.active,
                access_token.c.revoked_at.is_(None),
                func.coalesce(access_token.c.expires_at > now, True),
            )
        )
        .mappings()
        .first()
    )  # fmt: skip
    if row is None:
        raise NotSignedIn
    if row["last_used_at"] is None or now - row["last_used_at"] > USED_EVERY:
        session.execute(
            update(access_token).where(access_token.c.id == row["number"]).values(last_used_at=now)
        )
    return actor_of(row), row["scope"]
