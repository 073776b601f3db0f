"""Files of geodata that somebody has uploaded and not yet chosen from; each is one account's."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    func,
)

from catalogue.tables.accounts import account
from catalogue.tables.columns import metadata

geodata_upload = Table(
    "geodata_upload",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("account_id", BigInteger, ForeignKey(account.c.id), nullable=False),
    Column("reference", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("ix_geodata_upload_account_id", "account_id", "reference"),
)
