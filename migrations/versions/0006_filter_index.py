"""One index that holds what most searches ask about, in place of the one on hectares alone."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("listing_public", "listing_registered")
INCLUDED = (
    "x, y, municipality, status, site_type, suitable_for, readiness, power_now_mw, "
    "power_by_year, drinking_water_m3_day, process_water_m3_day, sewage_m3_day, "
    "distance_e_road_km, distance_rail_km, distance_port_km, distance_airport_km, "
    "distance_terminal_km, distance_substation_km, detaljplan_status, bidding_area, "
    "not_applicable"
)


def upgrade() -> None:
    for table in TABLES:
        op.execute(
            f"create index ix_{table}_filter on {table} (area_gross_ha, reference) "
            f"include ({INCLUDED})"
        )
        op.execute(f"drop index ix_{table}_area_gross_ha")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"create index ix_{table}_area_gross_ha on {table} (area_gross_ha, reference)")
        op.execute(f"drop index ix_{table}_filter")
