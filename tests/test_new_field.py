"""A new field is one entry in the registry and one migration, and is then found everywhere."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, make_url, text


@pytest.fixture
def empty_url(database_url: str) -> Iterator[str]:
    """The address of an empty database, dropped afterwards."""
    server = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("create database sitefinder_new_field"))
    yield (
        make_url(database_url)
        .set(database="sitefinder_new_field")
        .render_as_string(hide_password=False)
    )
    with server.connect() as connection:
        connection.execute(text("drop database sitefinder_new_field"))
    server.dispose()


def test_one_entry_and_one_migration_bring_a_field_everywhere(empty_url: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "tests.new_field", empty_url],
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode == 0, finished.stderr
    places = json.loads(finished.stdout)
    assert [place for place, is_there in places.items() if not is_there] == []
