"""The hours register, and what hours can be spent on."""

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
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY

from catalogue.tables.columns import metadata
from catalogue.tables.sites import municipality

activity = Table(
    "activity",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("label_sv", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("retired", Boolean, nullable=False, server_default="false"),
)
"""Offered in the order of `id`; one retired is offered no more."""

hours_entry = Table(
    "hours_entry",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False, index=True),
    Column("month", Date, nullable=False),
    Column("role", Text, nullable=False),
    Column("person", Text, nullable=False, server_default=""),
    Column("hours", Double, nullable=False),
    Column("activity", Text, ForeignKey(activity.c.code), nullable=False),
    Column("sites", ARRAY(Text), nullable=False, server_default="{}"),
    Column("note", Text, nullable=False, server_default=""),
    Column("entered_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("entered_by", Text, nullable=False, server_default=""),
    Column("attested_by", Text),
    Column("attested_at", DateTime(timezone=True)),
    CheckConstraint("extract(day from month) = 1", name="first_of_month"),
    CheckConstraint("abs(hours) <= 744 and hours * 2 = floor(hours * 2)", name="half_hours"),
)
