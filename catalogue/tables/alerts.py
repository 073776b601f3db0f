"""Searches that somebody is told about by letter, and the links by which the letters are ended."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from catalogue.tables.accounts import account
from catalogue.tables.columns import metadata
from catalogue.tables.searches import saved_search

alert = Table(
    "alert",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("email", Text, nullable=False),
    Column("account_id", BigInteger, ForeignKey(account.c.id, ondelete="CASCADE")),
    Column(
        "saved_search_id",
        BigInteger,
        ForeignKey(saved_search.c.id, ondelete="CASCADE"),
        unique=True,
    ),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("frequency", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("confirm_hash", Text, index=True),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("looked_on", Date, nullable=False),
    Column("state", JSONB, nullable=False),
    CheckConstraint("language in ('sv', 'en')", name="language"),
    CheckConstraint("frequency in ('daily', 'weekly')", name="frequency"),
    CheckConstraint("(saved_search_id is null) = (account_id is null)", name="account_has_search"),
)
"""`state` is what the search found when it was last looked at, on `looked_on`."""

alert_link = Table(
    "alert_link",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column(
        "alert_id",
        BigInteger,
        ForeignKey(alert.c.id, ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name="is_hash"),
)
"""One for each letter; each ends the alert as long as it lives."""
