"""Stored bytes that no file refers to, removed; and bytes that one refers to and that are missing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from catalogue import tables
from catalogue.database import Databases
from catalogue.files.stored_files import StoredFiles
from catalogue.settings import Settings

STORING = 7_410_011
"""The database's lock between storing bytes and removing those that nothing refers to."""


def wait_for_cleaning(session: Session) -> None:
    """From here to the end of the transaction nothing is removed; uploads do not wait for each other."""
    session.execute(select(func.pg_advisory_xact_lock_shared(STORING)))


def remove_unused(
    databases: Databases, stored: StoredFiles, settings: Settings, now: datetime
) -> int:
    """Bytes that no file refers to any more are removed; how many contents that were.

    Each batch is looked at and removed under the lock that every upload shares: one that has
    stored its bytes and not yet its row is waited for.
    """
    removed_after = now - timedelta(days=settings.removed_files_days)
    unused_before = now - timedelta(hours=settings.unused_files_hours)
    count = 0
    for batch in stored.kept():
        old = [one.hash for one in batch if one.since < unused_before]
        if not old:
            continue
        with databases.writing(None) as session:
            session.execute(select(func.pg_advisory_xact_lock(STORING)))
            unused = sorted(set(old) - in_use(session, old, removed_after))
            stored.remove(unused)
            count += len(unused)
    return count


def in_use(session: Session, digests: Sequence[str], removed_after: datetime) -> set[str]:
    """Those of the contents that a file, or one removed after that time, refers to."""
    asked = func.file_hashes_in_use(cast(list(digests), ARRAY(Text)), removed_after)
    return set(session.scalars(select(asked)))


def missing(session: Session, stored: StoredFiles) -> set[str]:
    """Contents that a file refers to and that are not there; the session sees every file."""
    wanted: set[str] = set()
    table = tables.site_file
    for file in session.execute(
        select(table.c.hash, table.c.previews).where(table.c.removed_at.is_(None))
    ):
        wanted |= {file.hash, *file.previews.values()}
    for batch in stored.kept():
        wanted -= {one.hash for one in batch}
    return wanted
