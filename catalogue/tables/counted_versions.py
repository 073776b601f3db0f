"""What each version of a site adds to the figures of progress, counted once and kept."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from catalogue.completeness import LEVELS, counted_fields
from catalogue.power import CHOSEN_YEARS
from catalogue.tables.columns import metadata
from catalogue.tables.sites import site_version

THEMES = tuple(dict.fromkeys(field.theme for field in counted_fields()))
PARTS = ("applicable", "filled", "asked")
TIMES: tuple[str, ...] = ("now", *(str(year) for year in CHOSEN_YEARS))
AMOUNT_KEYS = (
    "area_gross_ha", "area_net_ha",
    "drinking_water_m3_day", "process_water_m3_day", "sewage_m3_day",
)  # fmt: skip
"""Fields whose values are summed."""
WATER_KEYS = AMOUNT_KEYS[2:]
"""Those of them that a utility confirms."""

counted_version = Table(
    "counted_version",
    metadata,
    Column("site_id", BigInteger, primary_key=True),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, primary_key=True),
    Column("missing", SmallInteger, nullable=False),
    *(
        Column(f"{part}_{theme}", SmallInteger, nullable=False)
        for part in PARTS
        for theme in THEMES
    ),
    Column("known", SmallInteger, nullable=False),
    Column("undated", SmallInteger, nullable=False),
    Column("questions", SmallInteger, nullable=False),
    *(
        Column(f"{part}_{theme}_{level}", SmallInteger, nullable=False)
        for part in PARTS
        for theme in THEMES
        for level in LEVELS
    ),
    Column("is_example", Boolean, nullable=False),
    Column("has_control", Boolean, nullable=False),
    Column("has_written_power", Boolean, nullable=False),
    Column("is_kept", Boolean, nullable=False),
    Column("is_available", Boolean, nullable=False),
    *(Column(key, Double) for key in AMOUNT_KEYS),
    *(Column(f"confirmed_{key}", Double) for key in WATER_KEYS),
    *(Column(f"{kind}_mw_{time}", Double) for kind in ("all", "firm") for time in TIMES),
    Column("plan_expected", Date),
    Column("level", SmallInteger),
    Column("rules", Text, primary_key=True),
    Column("municipality", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("name_sv", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("bidding_area", Text, nullable=False),
    Column("node", Text, nullable=False),
    Column("water_utility", Text, nullable=False),
    Column("power_dates", ARRAY(Date), nullable=False),
    Column("other_dates", ARRAY(Date), nullable=False),
    Column("verified_power_dates", ARRAY(Date), nullable=False),
    Column("verified_other_dates", ARRAY(Date), nullable=False),
    Column("value_dates", ARRAY(Date), nullable=False),
    Column("value_counts", ARRAY(SmallInteger), nullable=False),
    Column("asked_on", ARRAY(Date), nullable=False),
    Column("asked_days", JSONB, nullable=False),
    Column("plan", Text),
    Column("ways", JSONB(none_as_null=True)),
    ForeignKeyConstraint(["site_id", "version"], [site_version.c.site_id, site_version.c.version]),
    Index("ix_counted_version_rules", "rules", "municipality"),
)
"""Added to, never changed: `rules` names the program's rules of counting that a row was made by.

Columns that are never null and always as wide come first, where PostgreSQL reaches them fastest.

`is_kept` is false for what is withdrawn, `is_available` true for what an investor can still have.
`ways` is what would bring the site to its next level, by requirement; none where nothing can soon.
`asked_days` is when who knows a field was asked about it, by its key.
Fields are counted by theme, and once more by theme and level. `missing` is how many requirements of the next level do not hold. `undated` counts known values
without a date; each array of dates rises. `value_dates` are the days of all known values, once
each, and `value_counts` how many values carry each. `node` is the substation in small letters,
`confirmed_…` an amount that is known in writing.
"""
