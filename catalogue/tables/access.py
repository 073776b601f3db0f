"""Who has asked to see registered values, who may and until when, and what they have seen."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from catalogue.tables.accounts import account
from catalogue.tables.columns import metadata
from catalogue.tables.sites import municipality

access_request = Table(
    "access_request",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("sites", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("confirm_hash", Text, index=True),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("told_at", DateTime(timezone=True)),
    Column("status", Text, nullable=False, server_default="waiting"),
    Column("decided_at", DateTime(timezone=True)),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("account_id", BigInteger, ForeignKey(account.c.id)),
    CheckConstraint("language in ('sv', 'en')", name="language"),
    CheckConstraint("status in ('waiting', 'approved', 'refused')", name="status"),
)

investor_access = Table(
    "investor_access",
    metadata,
    Column("account_id", BigInteger, ForeignKey(account.c.id), primary_key=True),
    Column("organisation", Text, nullable=False, server_default=""),
    Column("expires_on", Date, nullable=False),
    Column("nda_on", Date),
    Column("nda_reference", Text, nullable=False, server_default=""),
    Column("approved_at", DateTime(timezone=True), nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("warned_for", Date),
)
"""`warned_for` is the last day that the holder has been told of by letter."""

registered_view = Table(
    "registered_view",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("account_id", BigInteger, nullable=False),
    Column("email", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("municipality", Text, ForeignKey(municipality.c.code)),
    Column("sites", ARRAY(Text), nullable=False),
    Column("total", Integer, nullable=False),
    CheckConstraint("kind in ('page', 'api', 'map', 'file', 'fact_sheet')", name="kind"),
    Index("ix_registered_view_account_id", "account_id", "at"),
    Index("ix_registered_view_municipality", "municipality", "at"),
    Index("ix_registered_view_sites", "sites", postgresql_using="gin"),
)
"""A row for each municipality whose sites stood in an answer; none is ever changed. `municipality`
is empty where the answer was a file whose sites its address does not tell."""
