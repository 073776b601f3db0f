"""The read side: a table per audience, holding only what that audience may see."""

from geoalchemy2 import Geometry
from sqlalchemy import Column, DateTime, Index, Integer, Table, Text, desc, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, REAL

from catalogue.tables.columns import LISTED_FIELDS, metadata, value_columns
from geo.reference_systems import WGS84

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
        # By key: the rank of the basis, and the last day on which the value is not stale.
        Column("trust", JSONB, nullable=False),
        Column("outline", Geometry("GEOMETRY", WGS84, spatial_index=False), nullable=False),
        Column("search_text", Text, nullable=False),
        Column("feature", Text, nullable=False),
        Column("detail", Text, nullable=False),
        Index(f"ix_{name}_outline", "outline", postgresql_using="gist"),
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
