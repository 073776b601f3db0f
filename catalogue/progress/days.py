"""The days that figures are counted for, as SQL: any number of them at once."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    DateTime,
    Double,
    FromClause,
    Integer,
    Numeric,
    Select,
    Text,
    any_,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from catalogue.completeness import LEVELS, Weights
from catalogue.hours.hours import ProjectPlan
from catalogue.provenance import ShelfLife
from catalogue.working_days import holidays

Places = str | Sequence[str] | None
"""One municipality, some, or all that the reader may see."""

DAYS = bindparam("days", type_=ARRAY(Date))
POWER_DAYS = bindparam("power_days", type_=Integer)
OTHER_DAYS = bindparam("other_days", type_=Integer)
"""The shelf lives of days on which none was on record."""
WEIGHT_NAMES = tuple(f"weight_{level}" for level in LEVELS)
WEIGHTS = {name: bindparam(name, type_=Numeric) for name in WEIGHT_NAMES}
"""The weights of the levels of fields, of days on which none was on record."""
OF_DAY = ("power_stale_to", "other_stale_to", *WEIGHT_NAMES)
"""What differs from day to day, whatever is counted."""
PLACES = bindparam("places", type_=ARRAY(Text))
"""The municipalities that are counted, where it is not all of them."""
PROJECT_START = bindparam("project_start", type_=Date)
PROJECT_END = bindparam("project_end", type_=Date)
HOURS_PER_MONTH = bindparam("hours_per_month", type_=Double)
HOLIDAYS = bindparam("holidays", type_=ARRAY(Date))
"""Days off that can fall on a Monday to Friday, of the years from the first of the service on."""
FIRST_YEAR = 2020


def parameters(
    days: Sequence[date],
    shelf_life: ShelfLife,
    municipality: Places = None,
    plan: ProjectPlan | None = None,
    *,
    weights: Weights = Weights(),
) -> dict[str, Any]:
    """What a statement over days is executed with. Any: they differ in type."""
    last = max(days, default=date.min).year
    found: dict[str, Any] = {
        "days": list(days),
        "power_days": shelf_life.power_days,
        "other_days": shelf_life.other_days,
        "holidays": [day for year in range(FIRST_YEAR, last + 1) for day in sorted(holidays(year))],
        **{f"weight_{level}": weights.of(level) for level in LEVELS},
    }
    if plan is not None:
        found |= {
            "project_start": plan.start,
            "project_end": plan.end,
            "hours_per_month": plan.hours_per_month,
        }
    if municipality is None:
        return found
    places = [municipality] if isinstance(municipality, str) else list(municipality)
    return {**found, "places": places}


@cache
def days_cte() -> CTE:
    """Each day, its number among them, the moment it ended in Sweden, which values were stale – those
    whose date is `…_stale_to` or before – and the weights of the levels of fields. A change of
    these settings leaves the days before it as they were."""
    wanted = (
        func.unnest(DAYS)
        .table_valued(column("day", Date), with_ordinality="number")
        .render_derived(name="wanted")
    )
    ends_at = func.timezone("Europe/Stockholm", cast(wanted.c.day + 1, DateTime))
    ends = select(wanted.c.day, wanted.c.number, ends_at.label("ends_at")).subquery("ends")
    found = select(
        ends.c.day,
        ends.c.number,
        ends.c.ends_at,
        stale_to(ends, "shelf_life_power_days", POWER_DAYS).label("power_stale_to"),
        stale_to(ends, "shelf_life_days", OTHER_DAYS).label("other_stale_to"),
        *(
            held(ends, f"weight_level_{level}", WEIGHTS[name], Numeric).label(name)
            for level, name in zip(LEVELS, WEIGHT_NAMES, strict=True)
        ),
    ).cte("days")
    # Worked out once, not for each row that a day is compared with.
    return found.prefix_with("materialized")


def on_each_day(
    rows: FromClause,
    columns: Sequence[ColumnElement[Any]],
    of_day: Sequence[ColumnElement[Any]] = (),
) -> Select[Any]:
    """Columns of rows that have the numbers of a `first` and a `last` day, once for each day between
    them, with the day and some of its own. Any: columns differ in type."""
    days = days_cte()
    number = func.generate_series(rows.c.first, rows.c.last).label("number")
    each = select(*columns, number).select_from(rows).subquery("spread")
    of_rows = [one for one in each.c if one.name != "number"]
    return select(days.c.day, *of_day, *of_rows).join_from(
        each, days, each.c.number == days.c.number
    )


def is_chosen(code: ColumnElement[Any]) -> ColumnElement[bool]:
    return code == any_(PLACES)


def day_in_sweden(moment: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.timezone("Europe/Stockholm", moment), Date)


def median(amount: ColumnElement[Any]) -> ColumnElement[Any]:
    """Of the values that there are; between the two in the middle where their number is even."""
    return func.percentile_cont(0.5).within_group(amount)


def stale_to(ends: FromClause, setting: str, usual: ColumnElement[int]) -> ColumnElement[Any]:
    return ends.c.day - held(ends, setting, usual, Integer) - 1


def held(
    ends: FromClause, setting: str, usual: ColumnElement[Any], kind: type[Integer | Numeric[Any]]
) -> ColumnElement[Any]:
    """What a setting was at the end of each day. Any: settings differ in type."""
    said = cast(func.setting_on(setting, ends.c.ends_at, type_=JSONB), kind)
    return func.coalesce(said, usual)
