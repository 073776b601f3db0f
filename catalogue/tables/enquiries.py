"""What visitors have asked about sites or reported of them, one row for each municipality."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from catalogue.tables.columns import metadata
from catalogue.tables.sites import municipality

enquiry = Table(
    "enquiry",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("message_id", Text, nullable=False, index=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("sites", ARRAY(Text), nullable=False),
    Column("site_names", ARRAY(Text), nullable=False),
    Column("field", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default="sv"),
    Column("name", Text, nullable=False, server_default=""),
    Column("organisation", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("message", Text, nullable=False, server_default=""),
    Column("sector", Text),
    Column("size", Text),
    Column("planned_start", Integer),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("confirm_hash", Text, index=True),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("told_at", DateTime(timezone=True)),
    Column("status", Text, nullable=False, server_default="new"),
    Column("handler", Text, nullable=False, server_default=""),
    Column("read_at", DateTime(timezone=True)),
    Column("answered_at", DateTime(timezone=True)),
    Column("closed_at", DateTime(timezone=True)),
    Column("erased_at", DateTime(timezone=True)),
    CheckConstraint("kind in ('enquiry', 'error')", name="kind"),
    CheckConstraint("language in ('sv', 'en')", name="language"),
    CheckConstraint("status in ('new','read','answered','closed','spam')", name="status"),
    CheckConstraint("cardinality(sites) > 0", name="concerns_a_site"),
)
"""Rows with one `message_id` were sent as one message; each municipality answers for its own."""

enquiry_step = Table(
    "enquiry_step",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column(
        "enquiry_id",
        BigInteger,
        ForeignKey(enquiry.c.id, ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
)
"""What was done with an enquiry, by whom, and what they noted."""
