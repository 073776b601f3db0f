"""Snapshots of progress: added to only, each sealed together with the one before."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from catalogue.tables.columns import metadata

snapshot = Table(
    "snapshot",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("note", Text, nullable=False, server_default=""),
    Column("as_of", Date, nullable=False),
    Column("since", Date, nullable=False),
    Column("taken_at", DateTime(timezone=True), nullable=False),
    Column("taken_by", Text, nullable=False),
    Column("catalogue_version", BigInteger, nullable=False),
    Column("definitions_version", Text, nullable=False),
    Column("before_seal", Text, nullable=False),
    Column("seal", Text, nullable=False, unique=True),
    CheckConstraint("number >= 1", name="counted_from_one"),
    CheckConstraint("since <= as_of", name="days_in_order"),
)

snapshot_file = Table(
    "snapshot_file",
    metadata,
    Column("snapshot", Integer, ForeignKey(snapshot.c.number), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

reporting_reminder = Table(
    "reporting_reminder",
    metadata,
    Column("day", Date, primary_key=True),
    Column("sent_at", DateTime(timezone=True), nullable=False),
)
"""The reporting dates that letters have told of, so that each is told of once."""
