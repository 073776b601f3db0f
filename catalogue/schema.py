"""The database brought to the newest shape, or to an older one."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"
ONE_AT_A_TIME = 4_215_101
"""The advisory lock that keeps two processes from migrating at once."""


def migrate(owner: Engine, revision: str = "head") -> None:
    """Up to a revision; what is there already is left alone."""
    with owner.begin() as connection:
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({ONE_AT_A_TIME})")
        command.upgrade(configuration(connection), revision)


def unmigrate(owner: Engine, revision: str) -> None:
    """Down to a revision, `base` for an empty database."""
    with owner.begin() as connection:
        command.downgrade(configuration(connection), revision)


def revision(connection: Connection) -> str | None:
    """Where the database is; None before its first migration."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def configuration(connection: object) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(SCRIPTS))
    configuration.attributes["connection"] = connection
    return configuration
