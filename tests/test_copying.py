"""What is copied into a table comes out of it again, whatever kinds of values it holds."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, REAL
from sqlalchemy.orm import Session

from catalogue.copying import copy_rows
from catalogue.database import Databases

table = Table(
    "copied",
    MetaData(),
    Column("words", Text),
    Column("sure", Boolean),
    Column("small", SmallInteger),
    Column("whole", Integer),
    Column("large", BigInteger),
    Column("exact", Double),
    Column("rough", REAL),
    Column("day", Date),
    Column("moment", DateTime(timezone=True)),
    Column("said", JSONB),
    Column("names", ARRAY(Text)),
    Column("years", ARRAY(Integer)),
    Column("levels", ARRAY(REAL)),
    prefixes=["temporary"],
)
SUMMER = timezone(timedelta(hours=2))


def copied(databases: Databases, name: str, value: Any) -> Any:
    """Any: columns differ in type."""
    with Session(databases.owner) as session:
        table.create(session.connection())
        copy_rows(session, table, [{name: value}])
        return session.scalars(select(table.c[name])).one()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("words", "Gävle\tÅ\\N\n”ö” \U0001f332"),
        ("words", ""),
        ("words", "långt " * 40),
        ("sure", True),
        ("sure", False),
        ("small", -7),
        ("whole", 2_000_000_000),
        ("large", 9_000_000_000_000),
        ("exact", 0.1),
        ("rough", 12.5),
        ("day", date(1999, 12, 31)),
        ("day", date(2026, 11, 25)),
        ("moment", datetime(1998, 5, 1, 12, 30, 15, 123_456, tzinfo=UTC)),
        ("moment", datetime(2026, 7, 1, 0, 30, tzinfo=SUMMER)),
        ("said", {"källa": 'Ellevio "skriftligt" \\', "mw": [120, None, 12.5]}),
        ("names", ["Gävle", "", "a,b", '"{}\\']),
        ("names", []),
        ("years", [10, 130, 400]),
        ("levels", [None, 0.0, 120.0]),
        ("levels", None),
    ],
)
def test_a_value_copied_is_read_back(databases: Databases, name: str, value: Any) -> None:
    assert copied(databases, name, value) == value
