"""Uploaded files of geodata kept while their sender chooses from them: a day, for them alone."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from catalogue.accounts.accounts import hashed
from catalogue.database import Actor
from catalogue.errors import NotFound
from catalogue.tables import geodata_upload
from geo.geodata_parsing import ParsedFile
from geo.texts import Text

KEPT_FOR = timedelta(days=1)
"""The database's own rule says the same."""


class NoSuchUpload(NotFound):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "Filen finns inte kvar. Den sparas i ett dygn; ladda upp den igen.",
                "The file is no longer here. It is kept for a day; upload it again.",
            )
        )


def keep(session: Session, actor: Actor, reference: str, parsed: ParsedFile) -> str:
    """The secret by which the file is found again; an earlier one for the site is dropped."""
    forget(session, actor, reference)
    secret = secrets.token_urlsafe(32)
    session.execute(
        insert(geodata_upload).values(
            token_hash=hashed(secret),
            account_id=actor.account_id,
            reference=reference,
            name=parsed.name,
            kind=parsed.kind,
            packed=parsed.packed(),
        )
    )
    return secret


def find(session: Session, actor: Actor, reference: str, secret: str) -> ParsedFile:
    """Raises `NoSuchUpload`, also for what is another's or too old."""
    table = geodata_upload.c
    row = session.execute(
        select(table.name, table.kind, table.packed).where(
            table.token_hash == hashed(secret),
            table.account_id == actor.account_id,
            table.reference == reference,
            table.created_at > func.now() - KEPT_FOR,
        )
    ).first()
    if row is None:
        raise NoSuchUpload
    return ParsedFile.from_packed(row.name, row.kind, row.packed)


def forget(session: Session, actor: Actor, reference: str) -> None:
    session.execute(
        delete(geodata_upload).where(
            geodata_upload.c.account_id == actor.account_id,
            geodata_upload.c.reference == reference,
        )
    )


def remove_expired(session: Session) -> None:
    session.execute(
        delete(geodata_upload).where(geodata_upload.c.created_at < func.now() - KEPT_FOR)
    )
