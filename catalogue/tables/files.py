"""Photos and documents of sites and municipalities: what they are and who added them.

The bytes are kept elsewhere.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    column,
    func,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from catalogue.tables.columns import metadata
from catalogue.tables.sites import municipality, site

site_file = Table(
    "site_file",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("site_id", BigInteger, ForeignKey(site.c.id)),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False),
    Column("kind", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("pages", Integer),
    Column("previews", JSONB, nullable=False, server_default="{}"),
    Column("caption_sv", Text, nullable=False, server_default=""),
    Column("caption_en", Text, nullable=False, server_default=""),
    Column("alt_sv", Text, nullable=False, server_default=""),
    Column("alt_en", Text, nullable=False, server_default=""),
    Column("day", Date),
    Column("visibility", Text, nullable=False, server_default="internal"),
    Column("position", Integer, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("added_by", Text, nullable=False, server_default=""),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("updated_by", Text, nullable=False, server_default=""),
    Column("removed_at", DateTime(timezone=True)),
    CheckConstraint("kind in ('photo', 'document')", name="kind"),
    CheckConstraint("visibility in ('public', 'registered', 'internal')", name="visibility"),
    CheckConstraint(
        "kind = 'document' or visibility = 'internal' or alt_sv <> ''", name="described_when_seen"
    ),
    Index("ix_site_file_site_id", "site_id", "position"),
    Index("ix_site_file_hash", "hash"),
    Index(
        "ix_site_file_municipality",
        "municipality",
        "position",
        postgresql_where=column("site_id").is_(None),
    ),
)
"""Without a `site_id` a file belongs to the municipality's own profile. `previews` holds the hash of
each smaller picture under its width in pixels."""

site_file_version = Table(
    "site_file_version",
    metadata,
    Column("file_id", BigInteger, ForeignKey(site_file.c.id), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("site_id", BigInteger),
    Column("municipality", Text, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("actor", Text, nullable=False),
    Column("changed", ARRAY(Text), nullable=False),
    Column("state", JSONB, nullable=False),
    Index("ix_site_file_version_site_id", "site_id", "recorded_at"),
    Index(
        "ix_site_file_version_municipality",
        "municipality",
        "recorded_at",
        postgresql_where=column("site_id").is_(None),
    ),
)

SEEN_COLUMNS = ("hash", "name", "media_type", "previews", "visibility")
file_public = table("file_public", *(column(name) for name in SEEN_COLUMNS))
file_registered = table("file_registered", *(column(name) for name in SEEN_COLUMNS))
"""Views: what each audience may fetch. They are what a replica can answer from."""
