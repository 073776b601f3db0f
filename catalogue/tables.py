"""The tables, as SQLAlchemy knows them; `migrations/` makes them, a test holds the two together.

`site` and what belongs to it is the write side, guarded by row-level security. `listing` is the
read side: a table per audience, holding only what that audience may see.
"""

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    desc,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, REAL
from sqlalchemy.types import TypeEngine

from catalogue.fields import PROFILE_FIELDS, SITE_FIELDS, Field
from catalogue.fields.field import Kind
from geo.reference_systems import SWEREF99TM, WEB_MERCATOR, WGS84

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

COLUMN_TYPES: dict[Kind, TypeEngine[Any]] = {
    "text": Text(),
    "long_text": Text(),
    "link": Text(),
    "number": Double(),
    "integer": Integer(),
    "integers": ARRAY(Integer),
    "date": Date(),
    "flag": Boolean(),
    "code": Text(),
    "codes": ARRAY(Text),
    "list": ARRAY(Text),
    "span": ARRAY(Integer),
    "records": JSONB(none_as_null=True),
}
FIXED_WIDTH_KINDS: frozenset[Kind] = frozenset({"number", "integer", "date", "flag"})
UNLISTED_KINDS: frozenset[Kind] = frozenset({"long_text", "link", "records"})
NAME_KEYS = ("name_sv", "name_en")


def value_columns(fields: tuple[Field, ...]) -> list[Column[object]]:
    """A nullable column for each field that has a value of its own."""
    return [Column(field.key, COLUMN_TYPES[field.kind]) for field in fields if not field.structural]


SITE_VALUE_FIELDS: tuple[Field, ...] = tuple(field for field in SITE_FIELDS if not field.structural)


def is_listed(field: Field) -> bool:
    """Whether the read side has a column for the field: what can be filtered or sorted by.

    Running text is not, but words chosen from a list are. The rest stands in the feature only.
    """
    if field.visibility == "internal" or field.kind in UNLISTED_KINDS:
        return False
    return field.kind != "text" or bool(field.reference_list) or field.key in NAME_KEYS


LISTED_FIELDS: tuple[Field, ...] = tuple(
    sorted(
        (field for field in SITE_VALUE_FIELDS if is_listed(field)),
        key=lambda field: field.kind not in FIXED_WIDTH_KINDS,
    )
)
"""Columns of fixed width first: PostgreSQL reaches those without walking through texts."""

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
    *value_columns(PROFILE_FIELDS),
    Index("ix_municipality_outline", "outline", postgresql_using="gist"),
)

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


FILTER_INDEX = (
    "x", "y", "municipality", "status", "site_type", "suitable_for", "readiness", "power_now_mw",
    "power_by_year", "drinking_water_m3_day", "process_water_m3_day", "sewage_m3_day",
    "distance_e_road_km", "distance_rail_km", "distance_port_km", "distance_airport_km",
    "distance_terminal_km", "distance_substation_km", "detaljplan_status", "bidding_area",
    "not_applicable",
)  # fmt: skip
"""What most searches ask about: kept in one index, so that counting need not read the rows."""


def listing_table(name: str) -> Table:
    """The read side as one audience sees it."""
    return Table(
        name,
        metadata,
        Column("reference", Text, primary_key=True),
        Column("x", REAL, nullable=False),
        Column("y", REAL, nullable=False),
        Column("version", Integer, nullable=False),
        Column("updated_at", DateTime(timezone=True), nullable=False),
        Column("published_at", DateTime(timezone=True)),
        Column("municipality", Text, nullable=False),
        Column("status", Text, nullable=False),
        *value_columns(LISTED_FIELDS),
        Column("power_by_year", ARRAY(REAL)),
        Column("firm_power_by_year", ARRAY(REAL)),
        Column("not_applicable", ARRAY(Text), nullable=False),
        Column("basis_rank", JSONB, nullable=False),
        Column("fresh_until", JSONB, nullable=False),
        Column("outline", Geometry("GEOMETRY", WGS84, spatial_index=False), nullable=False),
        Column("outline_3857", Geometry("GEOMETRY", WEB_MERCATOR, spatial_index=False)),
        Column("search_text", Text, nullable=False),
        Column("feature", Text, nullable=False),
        Column("detail", Text, nullable=False),
        Index(f"ix_{name}_outline", "outline", postgresql_using="gist"),
        Index(f"ix_{name}_outline_3857", "outline_3857", postgresql_using="gist"),
        Index(
            f"ix_{name}_search_text",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
        Index(f"ix_{name}_municipality", "municipality", "reference"),
        Index(f"ix_{name}_filter", "area_gross_ha", "reference", postgresql_include=FILTER_INDEX),
        Index(f"ix_{name}_published_at", desc("published_at"), "reference"),
    )


listing_public = listing_table("listing_public")
listing_registered = listing_table("listing_registered")


def municipality_listing_table(name: str) -> Table:
    """The municipalities' profiles as one audience sees them."""
    return Table(
        name,
        metadata,
        Column("code", Text, primary_key=True),
        Column("name", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Column("profile", Text, nullable=False),
    )


municipality_listing_public = municipality_listing_table("municipality_listing_public")
municipality_listing_registered = municipality_listing_table("municipality_listing_registered")

layer_feature = Table(
    "layer_feature",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("code", Text),
    Column("name", Text, nullable=False),
    Column("accuracy_m", Integer),
    Column("properties", JSONB, nullable=False, server_default="{}"),
    Column("source", Text, nullable=False, server_default=""),
    Column("shape", Geometry("GEOMETRY", SWEREF99TM, spatial_index=False), nullable=False),
    Index("ix_layer_feature_kind", "kind"),
    Index("ix_layer_feature_shape", "shape", postgresql_using="gist"),
)

reference_word = Table(
    "reference_word",
    metadata,
    Column("list", Text, primary_key=True),
    Column("word", Text, primary_key=True),
)

catalogue_state = Table(
    "catalogue_state",
    metadata,
    Column("id", SmallInteger, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("layers_version", BigInteger, nullable=False, server_default="1"),
    Column("has_examples", Boolean, nullable=False, server_default="false"),
    CheckConstraint("id = 1", name="single_row"),
)

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
)

hours_entry = Table(
    "hours_entry",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("municipality", Text, ForeignKey(municipality.c.code), nullable=False, index=True),
    Column("month", Date, nullable=False),
    Column("role", Text, nullable=False),
    Column("person", Text, nullable=False, server_default=""),
    Column("hours", Double, nullable=False),
    Column("activity", Text, nullable=False),
    Column("sites", ARRAY(Text), nullable=False, server_default="{}"),
    Column("note", Text, nullable=False, server_default=""),
    Column("entered_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("entered_by", Text, nullable=False, server_default=""),
    Column("attested_by", Text),
    Column("attested_at", DateTime(timezone=True)),
    CheckConstraint("extract(day from month) = 1", name="first_of_month"),
    CheckConstraint("abs(hours) <= 744 and hours * 2 = floor(hours * 2)", name="half_hours"),
)
