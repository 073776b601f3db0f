"""Indicators of the funding decision: every version and every reading is kept, none is changed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
)

from catalogue.tables.columns import metadata

indicator = Table(
    "indicator",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("is_example", Boolean, nullable=False, server_default="false"),
)
"""What its versions and readings belong to; what it says stands in them."""

indicator_version = Table(
    "indicator_version",
    metadata,
    Column("indicator", BigInteger, ForeignKey(indicator.c.id), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name_sv", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("unit_sv", Text, nullable=False, server_default=""),
    Column("unit_en", Text, nullable=False, server_default=""),
    Column("target", Double, nullable=False),
    Column("target_date", Date, nullable=False),
    Column("start_value", Double, nullable=False, server_default="0"),
    Column("start_date", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("follow_up", Text, nullable=False),
    Column("figure", Text, nullable=False, server_default=""),
    Column("municipality", Text, ForeignKey("municipality.code")),
    Column("retired", Boolean, nullable=False, server_default="false"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("recorded_by", Text, nullable=False, server_default=""),
    CheckConstraint("follow_up in ('value', 'change', 'reading')", name="follow_up"),
    CheckConstraint("(follow_up = 'reading') = (figure = '')", name="figure"),
    CheckConstraint("start_date < target_date", name="days_in_order"),
    CheckConstraint("source <> ''", name="source"),
)

indicator_reading = Table(
    "indicator_reading",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("indicator", BigInteger, ForeignKey(indicator.c.id), nullable=False),
    Column("value", Double, nullable=False),
    Column("read_on", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("entered_at", DateTime(timezone=True), nullable=False),
    Column("entered_by", Text, nullable=False, server_default=""),
    CheckConstraint("source <> ''", name="source"),
    Index("ix_indicator_reading_indicator", "indicator", "read_on"),
)
