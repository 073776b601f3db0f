"""The days that figures are counted for, as SQL: any number of them at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Numeric,
    Text,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from catalogue.completeness import LEVELS, Weights
from catalogue.provenance import ShelfLife

Places = str | Sequence[str] | None
"""One municipality, some, or all that the reader may see."""

DAYS = bindparam("days", type_=ARRAY(Date))
POWER_DAYS = bindparam("power_days", type_=Integer)
OTHER_DAYS = bindparam("other_days", type_=Integer)
"""The shelf lives of days on which none was on record."""
WEIGHT_NAMES = tuple(f"weight_{level}" for level in LEVELS)
WEIGHTS = {name: bindparam(name, type_=Numeric) for name in WEIGHT_NAMES}
"""The weights of the levels of fields, of days on which none was on record."""
PLACES = bindparam("places", type_=ARRAY(Text))
"""The municipalities whose sites are counted, where it is not all of them."""


def parameters(
    days: Sequence[date],
    shelf_life: ShelfLife,
    municipality: Places = None,
    *,
    weights: Weights = Weights(),
) -> dict[str, Any]:
    """What a statement over days is executed with. Any: they differ in type."""
    found: dict[str, Any] = {
        "days": list(days),
        "power_days": shelf_life.power_days,
        "other_days": shelf_life.other_days,
        **{f"weight_{level}": weights.of(level) for level in LEVELS},
    }
    if municipality is None:
        return found
    places = [municipality] if isinstance(municipality, str) else list(municipality)
    return {**found, "places": places}


def days_cte() -> CTE:
    """Each day, the moment it ended in Sweden, which values were stale – those whose date is
    `…_stale_to` or before – and the weights of the levels of fields. A change of these settings
    leaves the days before it as they were."""
    day = func.unnest(DAYS).column_valued("day")
    ends = select(
        day, func.timezone("Europe/Stockholm", cast(day + 1, DateTime)).label("ends_at")
    ).subquery("ends")
    return select(
        ends.c.day,
        ends.c.ends_at,
        stale_to(ends, "shelf_life_power_days", POWER_DAYS).label("power_stale_to"),
        stale_to(ends, "shelf_life_days", OTHER_DAYS).label("other_stale_to"),
        *(
            held(ends, f"weight_level_{level}", WEIGHTS[name], Numeric).label(name)
            for level, name in zip(LEVELS, WEIGHT_NAMES, strict=True)
        ),
    ).cte("days")


def stale_to(ends: FromClause, setting: str, usual: ColumnElement[int]) -> ColumnElement[Any]:
    return ends.c.day - held(ends, setting, usual, Integer) - 1


def held(
    ends: FromClause, setting: str, usual: ColumnElement[Any], kind: type[Integer | Numeric[Any]]
) -> ColumnElement[Any]:
    """What a setting was at the end of each day. Any: settings differ in type."""
    said = cast(func.setting_on(setting, ends.c.ends_at, type_=JSONB), kind)
    return func.coalesce(said, usual)
