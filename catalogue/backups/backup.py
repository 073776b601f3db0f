"""Everything a catalogue consists of, written into one archive."""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine, func, make_url, select, table, text

from catalogue import schema, tables
from catalogue.backups.archive import (
    DATABASE,
    FILES,
    Manifest,
    NewArchive,
    new_archive,
    refuse_existing,
)
from catalogue.backups.programs import EXCLUDED_DATA, Programs
from catalogue.errors import NotPossible
from catalogue.files.stored_files import NotStored, StoredFiles, open_files, place
from catalogue.settings import Settings
from geo.texts import Text

PROJECT = Path(__file__).resolve().parent.parent.parent / "pyproject.toml"
FILES_TOLD_AT_ONCE = 100

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Contents:
    """Of a database, all of one moment."""

    snapshot: str
    """By which another connection sees the same moment."""
    revision: str
    rows: dict[str, int]
    files: dict[str, bool]
    """Whether each content must be in the store, by hash; that of a removed file may be gone."""
    postgresql: str
    postgis: str


def back_up(settings: Settings, where: Path, programs: Programs, tell: Tell) -> Path:
    """The archive written, in the folder under a name of its own or under the name given.

    The database comes first and is of one moment; then the contents that its files name. What is
    added meanwhile is in the next backup. Raises `NotPossible`.
    """
    now = datetime.now(UTC)
    target = where / f"sitefinder-{now:%Y-%m-%dT%H%M%SZ}.zip" if where.is_dir() else where
    refuse_existing(target)
    url = make_url(settings.database_url)
    with new_archive(target, now) as archive:
        with (
            _one_moment(settings) as contents,
            programs.dump(url, contents.snapshot) as chunks,
        ):
            dumped = archive.add(DATABASE, chunks)
        tell(f"Database: {sum(contents.rows.values())} rows, {megabytes(dumped.size_bytes)}")
        missing = _add_files(archive, open_files(settings), contents.files, tell)
        manifest = Manifest(
            version=product_version(),
            revision=contents.revision,
            made_at=now,
            county=settings.county,
            postgresql=contents.postgresql,
            postgis=contents.postgis,
            rows=contents.rows,
            parts=tuple(archive.parts),
            missing=tuple(missing),
        )
        archive.add_manifest(manifest)
    return target


@contextmanager
def _one_moment(settings: Settings) -> Iterator[Contents]:
    """Open until the dump is made: the moment ends with the transaction."""
    owner = create_engine(make_url(settings.database_url), isolation_level="REPEATABLE READ")
    try:
        with owner.connect() as connection:
            revision = schema.revision(connection)
            if revision is None:
                raise NotPossible(
                    Text("Databasen är tom: det finns inget att säkerhetskopiera.",
                         "The database is empty: there is nothing to back up.")
                )  # fmt: skip
            yield Contents(
                snapshot=connection.scalars(select(func.pg_export_snapshot())).one(),
                revision=revision,
                rows=rows_of(connection),
                files=_files_of(connection),
                postgresql=connection.scalars(select(func.current_setting("server_version"))).one(),
                postgis=connection.scalars(select(func.postgis_lib_version())).one(),
            )
    finally:
        owner.dispose()


def rows_of(connection: Connection) -> dict[str, int]:
    """How many rows each table has, of those whose rows are backed up.

    Text: PostgreSQL's own tables are asked. What an extension fills itself is not ours.
    """
    names = connection.scalars(
        text("""
            select relname from pg_class
            where relkind = 'r' and relnamespace = 'public'::regnamespace and not exists (
                select from pg_depend
                where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
            order by relname
        """)
    ).all()
    return {
        name: connection.scalars(select(func.count()).select_from(table(name))).one()
        for name in names
        if name not in EXCLUDED_DATA
    }


def _files_of(connection: Connection) -> dict[str, bool]:
    file = tables.site_file
    files: dict[str, bool] = {}
    for row in connection.execute(select(file.c.hash, file.c.previews, file.c.removed_at)):
        for digest in (row.hash, *row.previews.values()):
            files[digest] = files.get(digest, False) or row.removed_at is None
    return files


def _add_files(
    archive: NewArchive, stored: StoredFiles, files: dict[str, bool], tell: Tell
) -> list[str]:
    """Those that should have been there and were not."""
    missing = []
    for number, (digest, is_needed) in enumerate(sorted(files.items()), 1):
        try:
            archive.add(FILES + place(digest), stored.read(digest).chunks)
        except NotStored:
            if is_needed:
                missing.append(digest)
        if number % FILES_TOLD_AT_ONCE == 0:
            tell(f"Photos and documents: {number} of {len(files)} contents")
    size = sum(part.size_bytes for part in archive.parts[1:])
    tell(f"Photos and documents: {len(archive.parts) - 1} contents, {megabytes(size)}")
    return missing


def product_version() -> str:
    version: str = tomllib.loads(PROJECT.read_text())["project"]["version"]
    return version


def megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1_000_000:.1f} MB"
