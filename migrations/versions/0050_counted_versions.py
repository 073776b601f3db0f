"""What each version of a site adds to the figures of progress, kept beside the versions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0050"
down_revision = "0053"
branch_labels = None
depends_on = None

THEMES = ("identity", "land", "plan", "power", "water", "transport", "permits")
TIMES = ("now", "2028", "2030", "2032", "2035", "2040")
WATER = ("drinking_water_m3_day", "process_water_m3_day", "sewage_m3_day")

RULES = """
alter table counted_version enable row level security;
create policy read_own on counted_version for select to sitefinder_app
    using (may_read_municipality(municipality));
create policy add_own on counted_version for insert to sitefinder_app
    with check (may_read_municipality(municipality));
grant select, insert on counted_version to sitefinder_app;
"""


def upgrade() -> None:
    op.create_table(
        "counted_version",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        text("rules"),
        text("municipality"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *(text(name) for name in ("reference", "name_sv", "name_en", "status")),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("level", sa.SmallInteger()),
        count("missing"),
        sa.Column("plan", sa.Text()),
        sa.Column("has_control", sa.Boolean(), nullable=False),
        sa.Column("has_written_power", sa.Boolean(), nullable=False),
        *(text(name) for name in ("bidding_area", "node", "water_utility")),
        *(
            count(f"{part}_{theme}")
            for part in ("applicable", "filled", "asked")
            for theme in THEMES
        ),
        *(sa.Column(key, sa.Double()) for key in ("area_gross_ha", "area_net_ha", *WATER)),
        *(sa.Column(f"confirmed_{key}", sa.Double()) for key in WATER),
        *(sa.Column(f"{kind}_mw_{time}", sa.Double()) for kind in ("all", "firm") for time in TIMES),
        count("known"),
        count("undated"),
        *(
            dates(name)
            for name in (
                "power_dates", "other_dates", "verified_power_dates", "verified_other_dates",
                "value_dates",
            )
        ),
        sa.Column("value_counts", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        count("questions"),
        dates("asked_on"),
        sa.ForeignKeyConstraint(
            ["site_id", "version"],
            ["site_version.site_id", "site_version.version"],
            name=op.f("fk_counted_version_site_id"),
        ),
        sa.PrimaryKeyConstraint("site_id", "version", "rules", name=op.f("pk_counted_version")),
    )  # fmt: skip
    op.create_index("ix_counted_version_rules", "counted_version", ["rules", "municipality"])
    op.execute(RULES)


def text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=False)


def count(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.SmallInteger(), nullable=False)


def dates(name: str) -> sa.Column[object]:
    return sa.Column(name, postgresql.ARRAY(sa.Date()), nullable=False)


def downgrade() -> None:
    op.drop_table("counted_version")
