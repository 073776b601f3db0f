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
    Text,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from catalogue.provenance import ShelfLife

Places = str | Sequence[str] | None
"""One municipality, some, or all that the reader may see."""

DAYS = bindparam("days", type_=ARRAY(Date))
POWER_DAYS = bindparam("power_days", type_=Integer)
OTHER_DAYS = bindparam("other_days", type_=Integer)
"""The shelf lives of days on which none was on record."""
PLACES = bindparam("places", type_=ARRAY(Text))
"""The municipalities whose sites are counted, where it is not all of them."""


def parameters(
    days: Sequence[date], shelf_life: ShelfLife, municipality: Places = None
) -> dict[str, Any]:
    """What a statement over days is executed with. Any: they differ in type."""
    found: dict[str, Any] = {
        "days": list(days),
        "power_days": shelf_life.power_days,
        "other_days": shelf_life.other_days,
    }
    if municipality is None:
        return found
    places = [municipality] if isinstance(municipality, str) else list(municipality)
    return {**found, "places": places}


def days_cte() -> CTE:
    """Each day, the moment it ended in Sweden, and which values were stale: those whose date is
    `…_stale_to` or before. A change of the shelf life leaves the days before it as they were."""
    day = func.unnest(DAYS).column_valued("day")
    ends = select(
        day, func.timezone("Europe/Stockholm", cast(day + 1, DateTime)).label("ends_at")
    ).subquery("ends")
    return select(
        ends.c.day,
        ends.c.ends_at,
        stale_to(ends, "shelf_life_power_days", POWER_DAYS).label("power_stale_to"),
        stale_to(ends, "shelf_life_days", OTHER_DAYS).label("other_stale_to"),
    ).cte("days")


def stale_to(ends: FromClause, setting: str, usual: ColumnElement[int]) -> ColumnElement[Any]:
    held = cast(func.setting_on(setting, ends.c.ends_at, type_=JSONB), Integer)
    return ends.c.day - func.coalesce(held, usual) - 1
