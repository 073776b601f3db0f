"""Accounts: who there is, what they may do, and whether a password opens one.

Only hashes of secrets are stored.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import get_args

from sqlalchemy import RowMapping, delete, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.accounts import passwords
from catalogue.accounts.passwords import PASSWORDS
from catalogue.database import AccountRole, Actor
from catalogue.errors import ClosedAccount, Fault, Invalid, NotFound, WrongSignIn
from catalogue.tables import access_token, account, account_link, sign_in_session
from geo.texts import LANGUAGES, Language, Text

ROLES: tuple[AccountRole, ...] = get_args(AccountRole)
ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}")
LONGEST_NAME = 120
WRONG_PASSWORD = Text(
    "Det nuvarande lösenordet stämmer inte.", "The present password is not right."
)
ROLE_LABELS: dict[str, Text] = {
    "editor": Text("Redaktör", "Editor"),
    "publisher": Text("Publicerare", "Publisher"),
    "project": Text("Projektkontor", "Project office"),
    "investor": Text("Registrerad läsare", "Registered reader"),
    "admin": Text("Administratör", "Administrator"),
}


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
    password: str | None,
    language: Language = "sv",
) -> int:
    """A new account's number; without a password nobody can sign in to it yet.

    Raises `Invalid` for a bad password, a bad role or an address in use.
    """
    email = email.strip().lower()
    faults = []
    if not ADDRESS.fullmatch(email):
        faults.append(Fault("email", Text("Ange en e-postadress.", "Give an e-mail address.")))
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        faults.append(Fault("name", Text("Ange för- och efternamn.", "Give first and last name.")))
    if password is not None:
        faults.extend(passwords.faults(password, email, name))
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
                name=name.strip(),
                role=role,
                municipality=municipality,
                password_hash=None if password is None else PASSWORDS.hash(password),
                language=language,
            )
            .returning(account.c.id)
        ).one()
    )


def no_such_account(email: str) -> NotFound:
    return NotFound(
        Text("Det finns inget konto {email}.", "There is no account {email}.").format(email=email)
    )


def names_of(session: Session, emails: Iterable[str]) -> dict[str, str]:
    """The names of the accounts with these addresses, by address."""
    statement = select(account.c.email, account.c.name).where(account.c.email.in_(set(emails)))
    return {email: name for email, name in session.execute(statement)}


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
        raise no_such_account(email)
    session.execute(delete(account_link).where(account_link.c.account_id == found))
    session.execute(delete(sign_in_session).where(sign_in_session.c.account_id == found))
    session.execute(
        update(access_token)
        .where(access_token.c.account_id == found, access_token.c.revoked_at.is_(None))
        .values(revoked_at=func.now())
    )


def check_password(session: Session, email: str, password: str) -> Actor:
    """The account that the address and password open; raises `WrongSignIn`, of an account that
    has been closed `ClosedAccount`.

    An unknown address costs as much time as a wrong password, so that it does not show.
    """
    row = (
        session.execute(select(account).where(account.c.email == email.strip().lower()))
        .mappings()
        .first()
    )
    if row is None or not row["password_hash"]:
        PASSWORDS.hash(password)
        raise WrongSignIn
    if not PASSWORDS.verify(password, row["password_hash"]):
        raise WrongSignIn
    if not row["active"]:
        raise ClosedAccount
    return actor_of(row)


def details(session: Session, actor: Actor) -> RowMapping:
    """The actor's own row."""
    statement = select(account).where(account.c.id == actor.account_id)
    return session.execute(statement).mappings().one()


def change_details(session: Session, actor: Actor, name: str, language: str) -> None:
    """The actor's own name and language; raises `Invalid`."""
    faults = []
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        faults.append(Fault("name", Text("Ange för- och efternamn.", "Give first and last name.")))
    if language not in LANGUAGES:
        faults.append(Fault("language", Text("Välj språk.", "Choose a language.")))
    if faults:
        raise Invalid(faults)
    session.execute(
        update(account)
        .where(account.c.id == actor.account_id)
        .values(name=name.strip(), language=language)
    )


def change_password(session: Session, actor: Actor, old: str, new: str) -> None:
    """Raises `Invalid` where the old one is wrong or the new one will not do."""
    row = details(session, actor)
    if not row["password_hash"] or not PASSWORDS.verify(old, row["password_hash"]):
        raise Invalid([Fault("old_password", WRONG_PASSWORD)])
    set_password(session, actor, new)


def set_password(session: Session, actor: Actor, new: str) -> None:
    """Raises `Invalid` where it will not do."""
    faults = passwords.faults(new, actor.email, actor.name)
    if faults:
        raise Invalid(faults)
    session.execute(
        update(account)
        .where(account.c.id == actor.account_id)
        .values(password_hash=PASSWORDS.hash(new))
    )
