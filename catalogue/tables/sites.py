"""The write side: municipalities and sites with their versions, guarded by row-level security."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
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
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from catalogue.fields import PROFILE_FIELDS, SITE_FIELDS
from catalogue.tables.columns import metadata, value_columns
from geo.reference_systems import SWEREF99TM

municipality = Table(
    "municipality",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("county", Text, nullable=False),
    Column("outline", Geometry("MULTIPOLYGON", SWEREF99TM, spatial_index=False), nullable=False),
    Column("last_site_number", Integer, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("updated_by", Text, nullable=False, server_default=""),
    Column("provenance", JSONB, nullable=False, server_default="{}"),
    Column("uploads", JSONB, nullable=False, server_default="{}"),
    *value_columns(PROFILE_FIELDS),
    Index("ix_municipality_outline", "outline", postgresql_using="gist"),
)

municipality_area = table(
    "municipality_area",
    column("code", Text),
    column("name", Text),
    column("county", Text),
    column("outline", Geometry("MULTIPOLYGON", SWEREF99TM)),
)
"""A view: names and borders of all, also for those who may not read every profile."""

site = Table(
    "site",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False, index=True),
    Column("status", Text, nullable=False, server_default="draft"),
    Column("is_example", Boolean, nullable=False, server_default="false"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("updated_by", Text, nullable=False, server_default=""),
    Column("published_at", DateTime(timezone=True)),
    Column("outline", Geometry("MULTIPOLYGON", SWEREF99TM, spatial_index=False)),
    Column("provenance", JSONB, nullable=False, server_default="{}"),
    Column("uploads", JSONB, nullable=False, server_default="{}"),
    Column("unread", JSONB, nullable=False, server_default="{}"),
    *value_columns(SITE_FIELDS),
    CheckConstraint(
        "status in ('draft','in_review','published','reserved','established','withdrawn')",
        name="status",
    ),
    Index("ix_site_outline", "outline", postgresql_using="gist"),
)

site_version = Table(
    "site_version",
    metadata,
    Column("site_id", BigInteger, ForeignKey(site.c.id), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("municipality", Text, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changed", ARRAY(Text), nullable=False),
    Column("state", JSONB, nullable=False),
    Column("outline", Geometry("MULTIPOLYGON", SWEREF99TM, spatial_index=False)),
    Index("ix_site_version_recorded_at", "recorded_at"),
    # What people did: the last of it is looked up for each municipality and day.
    Index(
        "ix_site_version_activity",
        "municipality",
        "recorded_at",
        postgresql_where=text("actor not in ('', 'sitefinder')"),
    ),
)

municipality_version = Table(
    "municipality_version",
    metadata,
    Column("code", Text, ForeignKey(municipality.c.code), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changed", ARRAY(Text), nullable=False),
    Column("state", JSONB, nullable=False),
)
