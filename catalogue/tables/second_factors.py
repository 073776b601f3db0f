"""The second factor of an account, and the codes that stand in for it."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Table, Text

from catalogue.tables.accounts import account
from catalogue.tables.columns import metadata

second_factor = Table(
    "second_factor",
    metadata,
    Column("account_id", BigInteger, ForeignKey(account.c.id), primary_key=True),
    Column("secret", Text, nullable=False),
    Column("confirmed_at", DateTime(timezone=True), nullable=False),
    Column("last_step", BigInteger, nullable=False),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("account_id", BigInteger, ForeignKey(account.c.id), primary_key=True),
    Column("code_hash", Text, primary_key=True),
    Column("used_at", DateTime(timezone=True)),
)
