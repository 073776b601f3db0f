"""A catalogue from an archive: made whole in a database beside the present one, which it then
takes the place of in one transaction. Whatever fails before that leaves the present one as it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from psycopg.errors import DuplicateDatabase, InsufficientPrivilege, ObjectInUse
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    func,
    inspect,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import OperationalError, ProgrammingError

from catalogue import schema, tables
from catalogue.backups.archive import Archive
from catalogue.backups.backup import Tell, megabytes, rows_of
from catalogue.backups.programs import Programs
from catalogue.database import READER_ROLES, WRITER_ROLE
from catalogue.errors import NotEmpty, NotPossible
from catalogue.files.stored_files import StoredFiles, open_files
from catalogue.settings import Settings
from geo.texts import Text

EVERY_SERVERS_DATABASE = "postgres"
LONGEST_NAME = 63
"""Of a database, in bytes."""
ATTEMPTS = 5
BEYOND_WHAT_WAS_SEEN = 1_000_000
"""Added to the catalogue's version: what browsers keep is keyed by it, also what they saw after the
backup was made."""


@dataclass(frozen=True)
class Place:
    """The database of the settings, and those that stand beside it for a while."""

    url: URL

    @property
    def name(self) -> str:
        return self.url.database or ""

    @property
    def fresh(self) -> URL:
        return self.url.set(database=self._beside("restoring"))

    def before(self, now: datetime) -> str:
        return self._beside(f"before_{now:%Y%m%d_%H%M%S}")

    def _beside(self, ending: str) -> str:
        return f"{self.name[: LONGEST_NAME - len(ending) - 1]}_{ending}"


def restore(
    settings: Settings, archive: Archive, programs: Programs, tell: Tell, *, replace: bool
) -> str | None:
    """The catalogue of the archive in place of the present one; the database that keeps that, if
    it held anything.

    Raises `NotPossible`, of which `NoArchive` and `NotEmpty` are kinds.
    """
    refuse_newer(archive)
    now_held = Place(make_url(settings.database_url))
    version, is_empty = _present(now_held)
    if not is_empty and not replace:
        raise NotEmpty(now_held.name)
    archive.verify()
    tell(f"Verified: {len(archive.manifest.parts)} parts, {megabytes(archive.manifest.size_bytes)}")
    elsewhere = now_held.url.set(database=EVERY_SERVERS_DATABASE)
    with _opened(elsewhere) as server, _fresh_database(server, now_held) as fresh:
        _fill(fresh, archive, programs, version)
        tell(f"Database: {sum(archive.manifest.rows.values())} rows")
        if archive.manifest.revision != schema.newest_revision():
            tell(f"Brought from {archive.manifest.revision} to {schema.newest_revision()}")
        _put_files(open_files(settings), archive)
        tell(f"Photos and documents: {len(archive.manifest.files)} contents")
        fresh.dispose()
        kept = now_held.before(datetime.now(UTC))
        _swap(server, now_held, kept)
        if is_empty:
            _drop(server, kept)
    return None if is_empty else kept


def refuse_newer(archive: Archive) -> None:
    """Only what this program's migrations lead to can be read by it."""
    try:
        ScriptDirectory(str(schema.SCRIPTS)).get_revision(archive.manifest.revision)
    except CommandError as error:
        raise NotPossible(
            Text(
                "{file} är gjord av SiteFinder {version}, vars databas ({revision}) är nyare än "
                "den här ({own}). Uppdatera först.",
                "{file} was made by SiteFinder {version}, whose database ({revision}) is newer "
                "than this one ({own}). Update first.",
            ).format(
                file=str(archive.path),
                version=archive.manifest.version,
                revision=archive.manifest.revision,
                own=schema.newest_revision() or "–",
            )
        ) from error


def _present(place: Place) -> tuple[int, bool]:
    """The present catalogue's version, and whether it holds neither sites nor accounts."""
    with _opened(place.url) as engine, engine.connect() as connection:
        present = set(inspect(connection).get_table_names())
        state = tables.catalogue_state
        held = [one for one in (tables.site, tables.account) if one.name in present]
        is_empty = not any(
            connection.scalars(select(func.count()).select_from(one)).one() for one in held
        )
        version = connection.scalar(select(state.c.version)) if state.name in present else None
        return version or 0, is_empty


@contextmanager
def _fresh_database(server: Engine, place: Place) -> Iterator[Engine]:
    """Gone again unless it has been given another name by the end of the block.

    One that is left from a restore that was killed is in the way, and removed first.
    """
    name = place.fresh.database or ""
    with _alone(server) as connection:
        try:
            connection.exec_driver_sql(f"drop database if exists {quoted(connection, name)}")
            connection.exec_driver_sql(f"create database {quoted(connection, name)}")
        except (OperationalError, ProgrammingError) as error:
            raise NotPossible(_no_database(error, name)) from error
    try:
        with _opened(place.fresh) as fresh:
            yield fresh
    finally:
        _drop(server, name)


def _fill(fresh: Engine, archive: Archive, programs: Programs, version: int) -> None:
    with fresh.begin() as connection:
        _ensure_roles(connection)
    with archive.opened(archive.manifest.parts[0]) as dump:
        programs.restore(fresh.url, dump)
    with fresh.connect() as connection:
        if rows_of(connection) != dict(archive.manifest.rows):
            raise NotPossible(
                Text("Antalet rader stämmer inte med säkerhetskopian: inget är ändrat.",
                     "The numbers of rows are not those of the backup: nothing was changed.")
            )  # fmt: skip
    schema.migrate(fresh)
    state = tables.catalogue_state
    beyond = func.greatest(state.c.version, version) + BEYOND_WHAT_WAS_SEEN
    with fresh.begin() as connection:
        connection.execute(update(state).values(version=beyond))
    with _alone(fresh) as connection:
        # Rows come without the statistics by which PostgreSQL chooses its indexes.
        connection.exec_driver_sql("vacuum (analyze)")


def _ensure_roles(connection: Connection) -> None:
    """Roles belong to the server and are in no dump, which grants to them; see migration 0001."""
    for role in (WRITER_ROLE, *READER_ROLES.values()):
        if not connection.scalar(
            text("select true from pg_roles where rolname = :role"), {"role": role}
        ):
            connection.exec_driver_sql(f"create role {role} nologin")
        connection.exec_driver_sql(f"grant {role} to current_user")


def _put_files(stored: StoredFiles, archive: Archive) -> None:
    """What is there already stays; what a later failure leaves unused, the worker removes."""
    for part in archive.manifest.files:
        with archive.opened(part) as content:
            stored.put(content)


def _swap(server: Engine, place: Place, kept: str) -> None:
    """Both get their new names or neither does.

    Whoever is connected is disconnected first; those who come in between are met by a new attempt.
    """
    for _ in range(ATTEMPTS):
        try:
            with server.begin() as connection:
                connection.execute(
                    text(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                        " where datname = :name and usename = current_user"
                    ),
                    {"name": place.name},
                )
                for name, new_name in (
                    (place.name, kept),
                    (place.fresh.database or "", place.name),
                ):
                    old, new = quoted(connection, name), quoted(connection, new_name)
                    connection.exec_driver_sql(f"alter database {old} rename to {new}")
        except OperationalError as error:
            if not isinstance(error.orig, ObjectInUse):
                raise
        else:
            return
    raise NotPossible(
        Text(
            "Andra program håller databasen upptagen: stoppa `sitefinder serve` och `worker`, och "
            "försök igen. Inget är ändrat.",
            "Other programs keep the database busy: stop `sitefinder serve` and `worker`, and try "
            "again. Nothing was changed.",
        )
    )


def _drop(server: Engine, name: str) -> None:
    with _alone(server) as connection:
        connection.exec_driver_sql(
            f"drop database if exists {quoted(connection, name)} with (force)"
        )


def _alone(server: Engine) -> Connection:
    """What PostgreSQL does in no transaction: make and remove databases, and vacuum."""
    return server.connect().execution_options(isolation_level="AUTOCOMMIT")


def quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)


@contextmanager
def _opened(url: URL) -> Iterator[Engine]:
    engine = create_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _no_database(error: OperationalError | ProgrammingError, name: str) -> Text:
    if isinstance(error.orig, InsufficientPrivilege):
        return Text(
            "Databasens ägare får inte skapa databaser. Ge rätten med `alter role … createdb`.",
            "The owner of the database may not create databases. Grant it with `alter role … "
            "createdb`.",
        )
    if isinstance(error.orig, ObjectInUse | DuplicateDatabase):
        return Text(
            "En annan återställning pågår i databasen {name}.",
            "Another restore is at work in the database {name}.",
        ).format(name=name)
    told = str(error.orig).splitlines()[0]
    return Text(told, told)
