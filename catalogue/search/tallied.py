"""Which fields are counted beside their conditions, and into which bars or codes.

Numbers fall into bars, dates into years; codes, words and yes or no are counted as they stand.
"""

import math
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, cast, extract, func, literal
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Double
from sqlalchemy.types import Text as TextType

from catalogue.fields import SITE, Field
from catalogue.search.conditions import power_in
from catalogue.search.filters import PARAMETERS, PowerWanted

FACETS = (
    "municipality", "status", "site_type", "suitable_for", "detaljplan_status", "bidding_area",
    "readiness",
)  # fmt: skip
HISTOGRAMS: dict[str, tuple[float, ...]] = {
    "area_gross_ha": (0, 10, 25, 50, 100, 200, 400),
    "power_now_mw": (0, 5, 20, 50, 100, 200, 400),
    "drinking_water_m3_day": (0, 100, 250, 500, 1_000, 2_500),
    "sewage_m3_day": (0, 100, 250, 500, 1_000, 2_500),
    "distance_rail_km": (0, 2, 5, 10, 25, 50),
}
"""Lower edges of the bars; the last has no upper edge."""
MOST_ASKED = (
    *FACETS, *HISTOGRAMS, "process_water_m3_day", "distance_e_road_km", "distance_port_km",
    "distance_airport_km", "distance_terminal_km", "distance_substation_km",
)  # fmt: skip
"""What is counted however many sites there are: one index holds all of it."""
POWER = "power_mw"
"""The power in the year that is asked for, as `power_mw_min` is; today's where no year is."""
UNCOUNTED = frozenset({"property_designations", "completeness_pct"})
"""A word of its own for every site, or nothing that anybody asks for."""
EVERY_FIELD = tuple(
    dict.fromkeys(
        [
            *MOST_ASKED,
            *(one.field.key for one in PARAMETERS.values() if one.field.key not in UNCOUNTED),
        ]
    )
)
NOTHING = -1
"""Stands for an unknown value in SQL, where `NULL` says that a row counts something else."""


def is_measured(field: Field) -> bool:
    """Whether the field is counted in bars."""
    return field.kind in ("number", "span") or (
        field.kind == "integer" and bool(field.unit.en) and field.key != "readiness"
    )


def is_in_bars(key: str) -> bool:
    return key == POWER or (key in SITE and is_measured(SITE[key]))


def has_few_codes(key: str) -> bool:
    """Whether a site has one of a handful of codes, however many sites there are."""
    return key in ("municipality", "status") or (
        key in SITE and (SITE[key].kind in ("flag", "code") or key == "readiness")
    )


@lru_cache
def edges(key: str) -> tuple[float, ...]:
    """Lower edges of a measured field's bars, made from what is sane for it."""
    if key in HISTOGRAMS:
        return HISTOGRAMS[key]
    if key == POWER:
        return HISTOGRAMS["power_now_mw"]
    if key.startswith("distance_"):
        return HISTOGRAMS["distance_rail_km"]
    low, high = SITE[key].minimum or 0, SITE[key].maximum or 100
    if high / max(low, 1) <= 1_000:
        step = round_step((high - low) / 8)
        first = math.floor(low / step) * step
        return tuple(first + step * place for place in range(math.ceil((high - first) / step)))
    decade = 10 ** (math.floor(math.log10(high)) - 3)
    rising = [decade * 10**power * one for power in range(5) for one in (1, 2, 5)]
    return (0, *(edge for edge in rising if edge < high))


def round_step(size: float) -> float:
    """The nearest of 1, 2, 5, 10, 20 … that is not less."""
    decade: float = 10 ** math.floor(math.log10(size))
    return next(decade * one for one in (1, 2, 5, 10) if decade * one >= size)


def place(key: str, table: FromClause, power: PowerWanted | None) -> ColumnElement[Any]:
    """Where a site is counted: a bar's number, a year, a code, or several; Any: types differ."""
    if key == POWER:
        return bar(key, power_in(table, power or PowerWanted()))
    column = table.c[key]
    if key not in SITE or SITE[key].structural:
        return func.coalesce(column, "")
    field = SITE[key]
    if is_measured(field):
        return bar(key, column[1] if field.kind == "span" else column)
    match field.kind:
        case "date":
            return func.coalesce(cast(extract("year", column), Integer), NOTHING)
        case "flag" | "integer":
            return func.coalesce(cast(column, Integer), NOTHING)
        case "codes" | "list":
            return func.coalesce(column, cast([], ARRAY(TextType)))
        case "integers":  # the highest, which stands last
            return func.coalesce(column[func.cardinality(column)], NOTHING)
    return func.coalesce(column, literal("", TextType))


def bar(key: str, measured: ColumnElement[Any]) -> ColumnElement[int]:
    """The number of the bar that a number falls into, from one; Any: whole or not."""
    limits = literal([float(edge) for edge in edges(key)], ARRAY(Double))
    found = func.width_bucket(cast(measured, Double), limits, type_=Integer)
    return func.coalesce(found, NOTHING)
