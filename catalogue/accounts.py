"""Accounts, passwords, sessions and tokens; only hashes of secrets are stored."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import get_args

from pwdlib import PasswordHash
from sqlalchemy import RowMapping, delete, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.database import AccountRole, Actor
from catalogue.errors import Fault, Invalid, NotFound, NotSignedIn, WrongSignIn
from catalogue.settings import Settings
from catalogue.tables import access_token, account, sign_in_session
from geo.texts import Text

PASSWORDS = PasswordHash.recommended()
ROLES: tuple[AccountRole, ...] = get_args(AccountRole)
SHORTEST_PASSWORD = 12
SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last use of a session is noted; writing it each time would cost a write a page."""

ROLE_LABELS: dict[str, Text] = {
    "editor": Text("Redaktör", "Editor"),
    "publisher": Text("Publicerare", "Publisher"),
    "project": Text("Projektkontor", "Project office"),
    "investor": Text("Registrerad läsare", "Registered reader"),
    "admin": Text("Administratör", "Administrator"),
}


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


def hashed(secret: str) -> str:
    """Random secrets of 256 bits need no salt or slow hash."""
    return sha256(secret.encode()).hexdigest()


def actor_of(row: RowMapping) -> Actor:
    return Actor(row["id"], row["name"], row["email"], row["role"], row["municipality"])


def add(
    session: Session,
    email: str,
    name: str,
    role: AccountRole,
    municipality: str | None,
    password: str,
) -> int:
    """A new account; raises `Invalid` for a short password, a bad role or an address in use."""
    email = email.strip().lower()
    faults = []
    if "@" not in email:
        faults.append(Fault("email", Text("Ange en e-postadress.", "Give an e-mail address.")))
    if len(password) < SHORTEST_PASSWORD:
        faults.append(
            Fault(
                "password",
                Text("Minst {n} tecken.", "At least {n} characters.").format(n=SHORTEST_PASSWORD),
            )
        )
    if role not in ROLES or (role in ("editor", "publisher")) != (municipality is not None):
        faults.append(
            Fault(
                "role",
                Text(
                    "Redaktör och publicerare hör till en kommun, övriga roller inte.",
                    "Editors and publishers belong to a municipality, other roles do not.",
                ),
            )
        )
    taken = session.scalars(select(account.c.id).where(account.c.email == email)).first()
    if taken is not None:
        faults.append(Fault("email", Text("Adressen används redan.", "The address is in use.")))
    if faults:
        raise Invalid(faults)
    return int(
        session.scalars(
            insert(account)
            .values(
                email=email,
                name=name,
                role=role,
                municipality=municipality,
                password_hash=PASSWORDS.hash(password),
            )
            .returning(account.c.id)
        ).one()
    )


def everyone(session: Session) -> list[RowMapping]:
    return list(session.execute(select(account).order_by(account.c.email)).mappings())


def disable(session: Session, email: str) -> None:
    """No more sign-ins, sessions or tokens for the account; raises `NotFound`."""
    found = session.scalars(
        update(account)
        .where(account.c.email == email.strip().lower())
        .values(active=False)
        .returning(account.c.id)
    ).first()
    if found is None:
        raise NotFound(
            Text("Det finns inget konto {email}.", "There is no account {email}.").format(
                email=email
            )
        )
    session.execute(delete(sign_in_session).where(sign_in_session.c.account_id == found))
    session.execute(
        update(access_token)
        .where(access_token.c.account_id == found, access_token.c.revoked_at.is_(None))
        .values(revoked_at=func.now())
    )


def check_password(session: Session, email: str, password: str) -> Actor:
    """The account that the address and password open; raises `WrongSignIn`.

    An unknown address costs as much time as a wrong password, so that it does not show.
    """
    row = (
        session.execute(select(account).where(account.c.email == email.strip().lower()))
        .mappings()
        .first()
    )
    known = row is not None and row["active"] and row["password_hash"]
    if not known or row is None:
        PASSWORDS.hash(password)
        raise WrongSignIn
    if not PASSWORDS.verify(password, row["password_hash"]):
        raise WrongSignIn
    return actor_of(row)


def open_session(session: Session, actor: Actor) -> str:
    """A new session's secret, for the cookie."""
    secret = secrets.token_urlsafe(32)
    session.execute(
        insert(sign_in_session).values(token_hash=hashed(secret), account_id=actor.account_id)
    )
    return secret


def close_session(session: Session, secret: str) -> None:
    session.execute(delete(sign_in_session).where(sign_in_session.c.token_hash == hashed(secret)))


def actor_of_session(
    session: Session, secret: str, now: datetime, life: SessionLife
) -> Actor | None:
    """Who holds the session's secret; None when it is unknown, idle too long or too old."""
    row = (
        session.execute(
            select(account, sign_in_session.c.seen_at)
            .join(sign_in_session, sign_in_session.c.account_id == account.c.id)
            .where(
                sign_in_session.c.token_hash == hashed(secret),
                account.c.active,
                sign_in_session.c.created_at > now - life.whole,
                sign_in_session.c.seen_at > now - life.idle,
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
    return actor_of(row)


def remove_ended_sessions(session: Session, now: datetime, life: SessionLife) -> None:
    session.execute(
        delete(sign_in_session).where(
            (sign_in_session.c.created_at <= now - life.whole)
            | (sign_in_session.c.seen_at <= now - life.idle)
        )
    )


def add_token(session: Session, email: str, name: str, expires_at: datetime | None = None) -> str:
    """A new token's secret for the account; it is shown once. Raises `NotFound`."""
    found = session.scalars(
        select(account.c.id).where(account.c.email == email.strip().lower(), account.c.active)
    ).first()
    if found is None:
        raise NotFound(
            Text("Det finns inget konto {email}.", "There is no account {email}.").format(
                email=email
            )
        )
    secret = f"sf_{secrets.token_urlsafe(32)}"
    session.execute(
        insert(access_token).values(
            token_hash=hashed(secret), account_id=found, name=name, expires_at=expires_at
        )
    )
    return secret


def tokens(session: Session, email: str) -> list[RowMapping]:
    """An account's tokens, oldest first: number, name and times, never the secret."""
    statement = (
        select(access_token)
        .join(account, access_token.c.account_id == account.c.id)
        .where(account.c.email == email.strip().lower())
        .order_by(access_token.c.id)
    )
    return list(session.execute(statement).mappings())


def revoke_token(session: Session, token_id: int) -> None:
    found = session.scalars(
        update(access_token)
        .where(access_token.c.id == token_id, access_token.c.revoked_at.is_(None))
        .values(revoked_at=func.now())
        .returning(access_token.c.id)
    ).first()
    if found is None:
        raise NotFound(
            Text("Det finns ingen nyckel {id}.", "There is no token {id}.").format(id=str(token_id))
        )


def actor_of_token(session: Session, secret: str, now: datetime) -> Actor:
    """Who holds the token; raises `NotSignedIn` when it is unknown, revoked or out of date."""
    row = (
        session.execute(
            select(account)
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
    )
    if row is None:
        raise NotSignedIn
    return actor_of(row)
