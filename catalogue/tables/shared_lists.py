"""Shortlists that somebody shared by a link; whoever holds the link, or its maker's, reaches it."""

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
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from catalogue.tables.accounts import account
from catalogue.tables.columns import metadata

shared_list = Table(
    "shared_list",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("manage_hash", Text, nullable=False, unique=True),
    Column("account_id", BigInteger, ForeignKey(account.c.id, ondelete="CASCADE")),
    Column("audience", Text, nullable=False, server_default="public"),
    Column("title", Text, nullable=False, server_default=""),
    Column("shared_by", Text, nullable=False, server_default=""),
    Column("items", JSONB, nullable=False),
    Column("password_hash", Text),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    CheckConstraint("audience in ('public', 'registered')", name="audience"),
    Index("ix_shared_list_account_id", "account_id"),
    Index("ix_shared_list_expires_at", "expires_at"),
)
