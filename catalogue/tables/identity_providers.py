"""Whom people may sign in with instead of a password, and what their groups mean here."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Table,
    Text,
    UniqueConstraint,
)

from catalogue.tables.accounts import account
from catalogue.tables.columns import metadata
from catalogue.tables.sites import municipality

identity_provider = Table(
    "identity_provider",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("label", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("client_secret", Text, nullable=False),
    Column("groups_claim", Text, nullable=False),
    Column("email_claim", Text, nullable=False),
    Column("name_claim", Text, nullable=False),
    Column("trusted_domain", Text, nullable=False, server_default=""),
    Column("asks_second_factor", Boolean, nullable=False, server_default="false"),
    Column("active", Boolean, nullable=False, server_default="true"),
    UniqueConstraint("issuer", "client_id"),
)

claim_mapping = Table(
    "claim_mapping",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("provider_id", BigInteger, ForeignKey(identity_provider.c.id), nullable=False),
    Column("claim_value", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("municipality", Text, ForeignKey(municipality.c.code)),
    UniqueConstraint("provider_id", "claim_value"),
    CheckConstraint("role in ('editor','publisher','project','investor','admin')", name="role"),
    CheckConstraint(
        "(role in ('editor','publisher')) = (municipality is not null)", name="own_municipality"
    ),
)

external_identity = Table(
    "external_identity",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("account_id", BigInteger, ForeignKey(account.c.id), nullable=False, index=True),
    Column("linked_at", DateTime(timezone=True), nullable=False),
)
