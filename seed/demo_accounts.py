"""Demo accounts for every role, with random passwords and tokens in a file for its owner only."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from catalogue.accounts import tokens
from catalogue.database import AccountRole
from catalogue.tables import account
from seed.demo_people import email, staff

FILE = "logins.json"
OFFICES: tuple[tuple[AccountRole, str, str], ...] = (
    ("project", "projektkontor@example.se", "Maja Ahlgren"),
    ("investor", "investerare@example.se", "Tomas Lindqvist"),
    ("admin", "admin@example.se", "Ulrika Fahlén"),
)
QUICK = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8_192, parallelism=1),))
"""A random password cannot be guessed however fast the guesses are; people's own get the slow way."""

Login = dict[str, str | None]


def add_accounts(session: Session, municipalities: Mapping[str, str]) -> list[Login]:
    """An editor and a publisher for each municipality (names by code) and one of each other role.

    Nothing where there are accounts already.
    """
    if session.scalars(select(func.count()).select_from(account)).one():
        return []
    logins = []
    for code, name in municipalities.items():
        people = staff(code)
        logins.append(add(session, "editor", email("editor", name), people.editor.name, code))
        logins.append(
            add(session, "publisher", email("publisher", name), people.publisher.name, code)
        )
    logins.extend(add(session, role, address, name, None) for role, address, name in OFFICES)
    return logins


def add(
    session: Session, role: AccountRole, address: str, name: str, municipality: str | None
) -> Login:
    password = secrets.token_urlsafe(18)
    session.execute(
        insert(account).values(
            email=address,
            name=name,
            role=role,
            municipality=municipality,
            attests_hours=role == "publisher",
            password_hash=QUICK.hash(password),
        )
    )
    return {
        "email": address,
        "password": password,
        "role": role,
        "municipality": municipality,
        "token": tokens.add(session, address, "demo"),
    }


def write_logins(folder: Path, logins: list[Login]) -> Path:
    """The file, readable by its owner alone from the moment it exists."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished, file = folder / f"{FILE}.unfinished", folder / FILE
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as output:
        json.dump(logins, output, ensure_ascii=False, indent=1)
    unfinished.rename(file)
    return file
