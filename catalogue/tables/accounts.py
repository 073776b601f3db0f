"""Who may do what: accounts, their sessions and tokens."""

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
    func,
)

from catalogue.tables.columns import metadata
from catalogue.tables.sites import municipality

account = Table(
    "account",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("municipality", Text, ForeignKey(municipality.c.code)),
    Column("password_hash", Text),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("language", Text, nullable=False, server_default="sv"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("attests_hours", Boolean, nullable=False, server_default="false"),
    CheckConstraint("language in ('sv', 'en')", name="language"),
    CheckConstraint("role in ('editor','publisher','project','investor','admin')", name="role"),
    CheckConstraint(
        "(role in ('editor','publisher')) = (municipality is not null)", name="own_municipality"
    ),
)

sign_in_session = Table(
    "sign_in_session",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("account_id", BigInteger, ForeignKey(account.c.id), nullable=False, index=True),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("seen_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("number", BigInteger, Identity(), nullable=False, unique=True),
    Column("device", Text, nullable=False, server_default=""),
    Column("is_pending", Boolean, nullable=False, server_default="false"),
    Column("is_strong", Boolean, nullable=False, server_default="false"),
    Column("provider_id", BigInteger, ForeignKey("identity_provider.id")),
)

access_token = Table(
    "access_token",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("account_id", BigInteger, ForeignKey(account.c.id), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("expires_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column("scope", Text, nullable=False, server_default="write"),
    Column("last_used_at", DateTime(timezone=True)),
    CheckConstraint("scope in ('read', 'write', 'hours')", name="scope"),
)
