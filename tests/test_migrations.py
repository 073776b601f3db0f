"""The database's shape: up, down and up again, and the same as the code believes."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, make_url, text

from catalogue.schema import migrate, unmigrate
from catalogue.tables import metadata
from migrations.names import is_ours


@pytest.fixture
def empty(database_url: str) -> Iterator[Engine]:
    """An empty database beside the others, dropped afterwards."""
    name = "sitefinder_migrations"
    server = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine = create_engine(make_url(database_url).set(database=name))
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"drop database {name}"))
    server.dispose()


def tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(
            connection.scalars(text("select tablename from pg_tables where schemaname = 'public'"))
        ) - {"spatial_ref_sys"}


def test_every_step_can_be_undone_and_done_again(empty: Engine) -> None:
    migrate(empty)
    there = tables(empty)

    unmigrate(empty, "base")
    left = tables(empty)
    migrate(empty)

    assert left <= {"alembic_version"}
    assert tables(empty) == there


def test_the_migrations_make_the_tables_that_the_code_describes(empty: Engine) -> None:
    migrate(empty)

    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        differences = compare_metadata(context, metadata)

    assert differences == []
