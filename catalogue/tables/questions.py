"""Questions to those who know, the links they are answered through, and the answers."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    LargeBinary,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from catalogue.tables.columns import metadata
from catalogue.tables.sites import municipality, site

question = Table(
    "question",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False, index=True),
    Column("site_id", BigInteger, ForeignKey(site.c.id), index=True),
    Column("reference", Text, nullable=False),
    Column("site_name", Text, nullable=False),
    Column("keys", ARRAY(Text), nullable=False),
    Column("were", JSONB, nullable=False),
    Column("shown", JSONB, nullable=False),
    Column("picture", LargeBinary),
    Column("receiver_name", Text, nullable=False),
    Column("receiver_email", Text, nullable=False),
    Column("receiver_organisation", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default="sv"),
    Column("message", Text, nullable=False, server_default=""),
    Column("reply_by", Date),
    Column("remind_after_days", Integer, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_by_name", Text, nullable=False),
    Column("site_version", Integer),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("reminders", Integer, nullable=False, server_default="0"),
    Column("reminded_at", DateTime(timezone=True)),
    Column("answered_at", DateTime(timezone=True)),
    Column("answered_by", Text, nullable=False, server_default=""),
    Column("remark", Text, nullable=False, server_default=""),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("withdrawn_by", Text, nullable=False, server_default=""),
    Column("settled_at", DateTime(timezone=True)),
    CheckConstraint("language in ('sv', 'en')", name="language"),
    CheckConstraint("(site_id is null) = (reference = '')", name="site_or_profile"),
    CheckConstraint("cardinality(keys) > 0", name="asks_something"),
    CheckConstraint("answered_at is null or withdrawn_at is null", name="answered_or_withdrawn"),
)
"""Without a site, the municipality's profile is meant.

`were` is how each field was stated before; `shown` is what of it the receiver sees.
"""

question_link = Table(
    "question_link",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("question_id", BigInteger, ForeignKey(question.c.id), nullable=False, index=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("token_hash ~ '^[0-9a-f]{64}$'", name="is_hash"),
)
"""One for each letter: a reminder cannot repeat a link of which only the hash is kept."""

question_answer = Table(
    "question_answer",
    metadata,
    Column("question_id", BigInteger, ForeignKey(question.c.id), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("value", JSONB(none_as_null=True)),
    Column("basis", Text),
    Column("as_of", Date),
    Column("other", Text, nullable=False, server_default=""),
    Column("decision", Text),
    Column("decided_at", DateTime(timezone=True)),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("site_version", Integer),
    CheckConstraint("verdict in ('confirmed','corrected','unknown','other')", name="verdict"),
    CheckConstraint("(verdict in ('confirmed','corrected')) = (value is not null)", name="value"),
    CheckConstraint("decision in ('accepted','rejected')", name="decision"),
)

question_document = Table(
    "question_document",
    metadata,
    Column("question_id", BigInteger, ForeignKey(question.c.id), primary_key=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""What came with an answer; kept here whole, since it belongs to that answer alone."""
