"""The hours register, what hours can be spent on, and which months are closed."""

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
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

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
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False),
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
    Column("corrects", BigInteger, ForeignKey("hours_entry.id"), index=True),
    Column("concerns", Date, nullable=False),
    Column("import_id", BigInteger, ForeignKey("hours_import.id"), index=True),
    CheckConstraint("extract(day from month) = 1", name="first_of_month"),
    CheckConstraint("abs(hours) <= 744 and hours * 2 = floor(hours * 2)", name="half_hours"),
    Index("ix_hours_entry_entered_at", "municipality", "entered_at"),
)
"""Added to only; of a row that is there, only a name can be removed and an attest be given, once.
`concerns` is the month that a correction is about, else the entry's own; the database sees to it."""

hours_lock = Table(
    "hours_lock",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False),
    Column("month", Date, nullable=False),
    Column("is_locked", Boolean, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("by", Text, nullable=False, server_default=""),
    CheckConstraint("extract(day from month) = 1", name="first_of_month"),
    Index("ix_hours_lock_month", "municipality", "month", "id"),
)
"""Added to only: the latest row of a municipality's month says whether it is locked."""

hours_import = Table(
    "hours_import",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False, index=True),
    Column("file_name", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("entries", JSONB, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("hours", Double, nullable=False),
    Column("checked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("checked_by", Text, nullable=False),
    Column("read_at", DateTime(timezone=True)),
    Column("read_by", Text),
    Column("taken_back_at", DateTime(timezone=True)),
    Column("taken_back_by", Text),
    Index(
        "uq_hours_import_in_force",
        "municipality",
        "content_hash",
        unique=True,
        postgresql_where=text("read_at is not null and taken_back_at is null"),
    ),
)
"""A workbook of hours: checked, read into the register, perhaps taken back. `entries` are kept
until they are read in, and no longer."""

hours_reminder = Table(
    "hours_reminder",
    metadata,
    Column("municipality", Text, ForeignKey(municipality.c.code), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("sent_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
"""That a municipality has been reminded of a month without hours."""
