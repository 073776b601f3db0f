"""Ways into an account: links in letters, and what was tried."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Table,
    Text,
)

from catalogue.tables.accounts import account
from catalogue.tables.columns import metadata

account_link = Table(
    "account_link",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("account_id", BigInteger, ForeignKey(account.c.id), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("purpose in ('invitation', 'reset')", name="purpose"),
)

sign_in_event = Table(
    "sign_in_event",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("account_id", BigInteger, ForeignKey(account.c.id), index=True),
    Column("address_fingerprint", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("network", Text, nullable=False),
    Column("device", Text, nullable=False),
    CheckConstraint("outcome in ('failed', 'succeeded', 'locked', 'continued')", name="outcome"),
    Index("ix_sign_in_event_address_fingerprint", "address_fingerprint", "at"),
    Index("ix_sign_in_event_at", "at"),
)
