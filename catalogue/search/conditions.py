"""The filter as SQL: each condition is true, false, or unknown (NULL) for a site.

`AND` over such conditions is three-valued in SQL already: true means the site meets the filter,
NULL that nothing fails but something is unknown, false that it fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from geoalchemy2.shape import from_shape
from sqlalchemy import (
    ColumnElement,
    FromClause,
    all_,
    and_,
    any_,
    case,
    cast,
    func,
    literal,
    not_,
    or_,
    true,
)
from sqlalchemy import Date as DateType
from sqlalchemy import Integer as IntegerType
from sqlalchemy.dialects.postgresql import ARRAY, REAL
from sqlalchemy.types import Text as TextType

from catalogue import power
from catalogue.fields import SITE
from catalogue.provenance import BASIS_RANK, MEASURED
from catalogue.search.filter_texts import Box, Near
from catalogue.search.filters import Condition, PowerWanted, SiteFilter
from catalogue.search.words import mentioned
from geo.reference_systems import SWEREF99TM, WGS84
from geo.web_mercator import mercator_x, mercator_y

Truth = ColumnElement[bool]
POWER_NOW_KEY = "power_now_mw"
POWER_BY_YEAR_KEY = "power_timeline"
PLAN_STEP_KEY = "detaljplan_status"
PLAN_DAY_KEY = "detaljplan_in_force_expected"
LEADING_KEY = "area_gross_ha"
"""What the index that holds the usual conditions is sorted by."""
MARGIN_M = 2.0
"""Of web Mercator: twice what a middle is rounded by."""


@dataclass(frozen=True)
class Term:
    """One condition as SQL; `key` is the field it may be unknown for, empty where it never is."""

    names: tuple[str, ...]
    """The parameters of the filter that it stands for."""
    key: str
    holds: Truth


def terms(wanted: SiteFilter, table: FromClause) -> list[Term]:
    """Every condition of the filter; those that are never unknown come first."""
    found = [
        Term((name,), "", holds)
        for name, holds in (
            ("municipality", any_text(table.c.municipality, wanted.municipality)),
            ("status", any_text(table.c.status, wanted.status)),
            ("text", mentions(table, wanted.text)),
            ("box", meets_box(table, wanted.box)),
            ("within", meets_area(table, wanted)),
            ("near", is_near(table, wanted.near)),
        )
        if holds is not None
    ]
    if wanted.power:
        key = POWER_NOW_KEY if wanted.power.year is None else POWER_BY_YEAR_KEY
        holds = qualified(table, has_power(table, wanted.power), key, wanted)
        names = ("power_mw_min", "power_mw_max", "power_year", "power_firm")
        found.append(Term(names, key, holds))
    found += [
        Term((one.parameter.name,), one.key, asked_of_field(table, one, wanted))
        for one in wanted.conditions
    ]
    return found


def asked_of_field(table: FromClause, one: Condition, wanted: SiteFilter) -> Truth:
    """One field's condition. A plan that is in force is in force by any day that is asked for."""
    holds = qualified(table, compare(table, one), one.key, wanted)
    if one.key != PLAN_DAY_KEY or one.parameter.operator != "max":
        return holds
    in_force = table.c[PLAN_STEP_KEY] == "laga_kraft"
    return or_(qualified(table, in_force, PLAN_STEP_KEY, wanted), holds)


def fit(some: list[Term]) -> Truth:
    """Whether a site meets all of them: true, false, or NULL where something is unknown."""
    return and_(true(), *(term.holds for term in some))


def accepted(some: list[Term], wanted: SiteFilter) -> Truth:
    """Which rows to return. Each condition stands by itself, so that an index can serve it."""
    if wanted.unknown == "exclude":
        return fit(some)
    return and_(true(), *(term.holds.is_not(False) if term.key else term.holds for term in some))


def stretches(wanted: SiteFilter, table: FromClause) -> list[Truth]:
    """Conditions no two of which hold for the same site, and one of which holds for all that pass.

    Each is a stretch of the index that holds the usual conditions: few sites pass by their size,
    and no others need be read. One that always holds where that index is of no help.
    """
    limits = [
        compare(table, one)
        for one in wanted.conditions
        if one.key == LEADING_KEY and one.parameter.operator in ("min", "max")
    ]
    is_placed = wanted.text or wanted.box or wanted.area or wanted.near
    # With those, a size that fails may yet count as unknown.
    is_relative = wanted.basis_min or wanted.fresh
    if not limits or is_placed or is_relative:
        return [true()]
    known = and_(*limits)
    return [known] if wanted.unknown == "exclude" else [known, table.c[LEADING_KEY].is_(None)]


def qualified(table: FromClause, holds: Truth, key: str, wanted: SiteFilter) -> Truth:
    """A condition as far as the value can be relied on.

    A field that is not applicable fails. With `basis_min` or `fresh`, a value less sure or older
    than asked for counts as unknown. What is computed does not age; what is measured on maps is an
    estimate, and what follows from rules has no basis.
    """
    # Asked only where there is no value: comparing with a list costs more than the condition.
    column = table.c.power_by_year if key == POWER_BY_YEAR_KEY else table.c[key]
    applies = or_(column.is_not(None), literal(key, TextType) != all_(table.c.not_applicable))
    sure: list[Truth] = []
    field, given = SITE[key], table.c.trust[key]
    if wanted.basis_min and field.factual:
        rank = (
            literal(BASIS_RANK[MEASURED]) if field.computed else cast(given[0].astext, IntegerType)
        )
        sure.append(func.coalesce(rank, 0) >= BASIS_RANK[wanted.basis_min])
    if wanted.fresh and not field.computed:
        last_day = cast(given[1].astext, DateType)
        sure.append(func.coalesce(last_day >= func.current_date(), False))
    if sure:
        holds = case((and_(*sure), holds), else_=None)
    return and_(holds, applies)


def compare(table: FromClause, one: Condition) -> Truth:
    """One field against its operand, by the field's kind."""
    column, operand, operator = table.c[one.key], one.operand, one.parameter.operator
    kind = one.parameter.field.kind
    if kind == "integers" and operator != "any":
        most = cast(operand, IntegerType)
        return most <= any_(column) if operator == "min" else most >= any_(column)
    if kind in ("codes", "list", "integers"):
        element = IntegerType if kind == "integers" else TextType
        shares = column.bool_op("&&")(cast(list(entries(operand)), ARRAY(element)))
        return not_(shares) if operator == "not" else shares
    if isinstance(operand, tuple):
        return column.in_(operand)
    if kind == "span":
        return column[1] >= operand if operator == "min" else column[2] <= operand
    if operator == "any":
        return column == operand
    return column >= operand if operator == "min" else column <= operand


def entries(operand: object) -> tuple[object, ...]:
    return operand if isinstance(operand, tuple) else (operand,)


def power_sources(
    table: FromClause, wanted: PowerWanted
) -> tuple[ColumnElement[float] | None, ColumnElement[float]]:
    """MW by the timeline in the year wanted, None where none is; and MW today.

    Without a point in the timeline by that year, today's power is what counts.
    """
    now: ColumnElement[float] = table.c.power_now_mw
    years = table.c.firm_power_by_year if wanted.firm else table.c.power_by_year
    if wanted.firm:
        now = case((table.c.power_type == "flexible", 0.0), else_=now)
    if wanted.year is None:
        return None, now
    place = min(max(wanted.year, power.FIRST_YEAR), power.LAST_YEAR) - power.FIRST_YEAR + 1
    return years[place], now


def has_power(table: FromClause, wanted: PowerWanted) -> Truth:
    """MW by a year, or now; power there already is there later too."""
    then, now = power_sources(table, wanted)
    held: list[Truth] = []
    for limit, is_met in (
        (wanted.mw_min, lambda mw, edge: mw >= edge),
        (wanted.mw_max, lambda mw, edge: mw <= edge),
    ):
        if limit is not None:
            held.append(powered(then, now, limit, is_met))
    return and_(true(), *held)


def power_in(table: FromClause, wanted: PowerWanted) -> ColumnElement[float]:
    """The MW known to be there in the year that is asked about, or now."""
    then, now = power_sources(table, wanted)
    return now if then is None else func.coalesce(then, now)


def powered(
    then: ColumnElement[float] | None,
    now: ColumnElement[float],
    limit: float,
    is_met: Callable[[ColumnElement[float], Any], Truth],
) -> Truth:
    """Any: the limit as the column keeps numbers, which is in single precision by year."""
    if then is None:
        return is_met(now, limit)
    by_year = is_met(then, cast(limit, REAL))
    return or_(by_year, and_(then.is_(None), is_met(now, limit)))


def any_text(column: ColumnElement[str], values: tuple[str, ...]) -> Truth | None:
    return column.in_(values) if values else None


def mentions(table: FromClause, text: str | None) -> Truth | None:
    return mentioned(table, text) if text else None


def meets_box(table: FromClause, box: Box | None) -> Truth | None:
    if box is None:
        return None
    west, south, east, north = box
    if west <= east:
        return touches(table, west, south, east, north)
    return or_(
        touches(table, west, south, 180.0, north), touches(table, -180.0, south, east, north)
    )


def touches(table: FromClause, west: float, south: float, east: float, north: float) -> Truth:
    """An outline with its middle inside needs no closer look, for which it would be fetched.

    The middle lies within the outline and is kept in whole metres, hence the margin.
    """
    frame = func.ST_MakeEnvelope(west, south, east, north, WGS84)
    middle_inside = and_(
        table.c.x.between(mercator_x(west) + MARGIN_M, mercator_x(east) - MARGIN_M),
        table.c.y.between(mercator_y(south) + MARGIN_M, mercator_y(north) - MARGIN_M),
    )
    return and_(
        table.c.outline.op("&&")(frame),
        or_(middle_inside, func.ST_Intersects(table.c.outline, frame)),
    )


def meets_area(table: FromClause, wanted: SiteFilter) -> Truth | None:
    if wanted.area is None:
        return None
    return func.ST_Intersects(table.c.outline, from_shape(wanted.area, srid=WGS84))


def is_near(table: FromClause, near: Near | None) -> Truth | None:
    """Within so many kilometres on the ellipsoid; a box first, so that the index serves."""
    if near is None:
        return None
    point = func.ST_SetSRID(func.ST_MakePoint(near.longitude, near.latitude), WGS84)
    reach = func.ST_Transform(
        func.ST_Expand(func.ST_Transform(point, SWEREF99TM), near.km * 1_010), WGS84
    )
    return and_(
        table.c.outline.op("&&")(reach),
        func.ST_DWithin(func.geography(table.c.outline), func.geography(point), near.km * 1_000),
    )
