"""Every time the status report was sent to the steering group: added to only."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Identity,
    Integer,
    Table,
    Text,
)

from catalogue.tables.columns import metadata

report_sending = Table(
    "report_sending",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("period_end", Date, unique=True),
    Column("as_of", Date, nullable=False),
    Column("since", Date, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("sent_by", Text, nullable=False),
    Column("recipients", Integer, nullable=False),
    CheckConstraint("recipients >= 1", name="reached_somebody"),
    CheckConstraint("since <= as_of", name="days_in_order"),
)
"""`period_end` is the period that it was sent for by itself, once; nothing where it was sent by hand.

How many it went to is kept, not whom: the addresses are a setting with a history of its own.
"""
