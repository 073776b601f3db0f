"""Grid owners, water utilities and others by name, how they are reached, and whom they serve."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Table,
    Text,
    UniqueConstraint,
)

from catalogue.tables.columns import metadata
from catalogue.tables.sites import municipality

organisation = Table(
    "organisation",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("contact_name", Text, nullable=False, server_default=""),
    Column("contact_email", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default="sv"),
    Column("retired", Boolean, nullable=False, server_default="false"),
    UniqueConstraint("kind", "name"),
    CheckConstraint("language in ('sv', 'en')", name="language"),
)
"""`kind` is the `reference_list` of the fields that name it; one retired is suggested no more."""

service_area = Table(
    "service_area",
    metadata,
    Column(
        "organisation_id",
        BigInteger,
        ForeignKey(organisation.c.id, ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("municipality", Text, ForeignKey(municipality.c.code), primary_key=True, index=True),
    Column("to_verify", Boolean, nullable=False, server_default="false"),
)
"""Which organisation serves which municipality; `to_verify` until somebody has confirmed it."""
