"""One requirement as SQL: whether a site meets it, with which value, and how far it is from the mark.

Whether it is met is the filter's own condition; here stands only what a filter does not tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Double, FromClause, Numeric, and_, cast, func, literal, null
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text as TextType

from catalogue.requests import requirements
from catalogue.requests.requirements import Requirement
from catalogue.search import conditions
from catalogue.search.conditions import Truth
from catalogue.search.filters import Condition, PowerWanted

Number = ColumnElement[Any]
"""Any: whole numbers or not."""
DAYS_FAR = 3_650
"""A date so far from the mark is as far off as a number that misses it altogether."""
NOTHING: Number = cast(null(), Double)
STEPS_FAR = 10
"""So many steps of an ordered vocabulary are as far: one step is a tenth."""


@dataclass(frozen=True)
class Judged:
    """A requirement over the rows of a listing."""

    requirement: Requirement
    holds: Truth
    """True, false, or NULL where the value is unknown."""
    value: ColumnElement[Any]
    """As JSON; NULL where it is unknown. Any: values differ in type."""
    gap: Number
    """What is missing to the mark, in the field's unit, days or steps of its vocabulary; negative
    where there is a margin, NULL where no distance can be told."""
    distance: Number
    """The gap beside the mark itself: 0.02 for 98 of 100 MW."""


def judged(requirement: Requirement, table: FromClause, names: Mapping[str, str]) -> Judged:
    """`names` are the municipalities' by code."""
    wanted = requirements.wanted(requirement, names)
    holds = and_(*(term.holds for term in conditions.terms(wanted, table)))
    if wanted.power:
        return of_power(requirement, holds, wanted.power, table)
    if not wanted.conditions:
        return of_place(requirement, holds, table)
    condition = wanted.conditions[0]
    gap, far = distances(condition, table)
    value = func.to_jsonb(table.c[condition.key])
    return Judged(requirement, holds, value, rounded(gap), far)


def of_place(requirement: Requirement, holds: Truth, table: FromClause) -> Judged:
    """Somewhere on the map: met or not, and what is told of the site is its municipality."""
    return Judged(requirement, holds, func.to_jsonb(table.c.municipality), NOTHING, NOTHING)


def of_power(
    requirement: Requirement, holds: Truth, wanted: PowerWanted, table: FromClause
) -> Judged:
    then, now = conditions.power_sources(table, wanted)
    value = func.to_jsonb(now)
    if then is not None:
        # As JSON each is read as it was written, whichever precision its column has.
        value = func.coalesce(func.to_jsonb(then), value)
    mw = cast(cast(value, TextType), Double)
    if wanted.mw_min is not None:
        gap, limit = wanted.mw_min - mw, wanted.mw_min
    else:
        limit = wanted.mw_max or 0.0
        gap = mw - limit
    return Judged(requirement, holds, value, rounded(gap), gap / (float(limit) or 1.0))


def distances(condition: Condition, table: FromClause) -> tuple[Number, Number]:
    """The gap, and the gap beside the mark, before rounding."""
    operator, operand = condition.parameter.operator, condition.operand
    field = condition.parameter.field
    column: ColumnElement[Any] = table.c[condition.key]
    if operator == "any":
        return NOTHING, NOTHING
    if field.kind == "span":
        column = column[1 if operator == "min" else 2]
    if field.kind == "code" and isinstance(operand, tuple):
        order = field.code_order
        limit: Any = order.index(str(operand[0] if operator == "min" else operand[-1])) + 1
        column = func.array_position(cast(list(order), ARRAY(TextType)), column)
        scale = float(STEPS_FAR)
    elif isinstance(operand, date):
        limit, scale = literal(operand), float(DAYS_FAR)
    elif field.kind in ("number", "integer", "span") and isinstance(operand, int | float):
        limit, scale = operand, abs(float(operand)) or 1.0
    else:
        return NOTHING, NOTHING
    gap: Number = cast(limit - column if operator == "min" else column - limit, Double)
    return gap, gap / scale


def rounded(gap: Number) -> Number:
    """Three decimals, so that what is stored in single precision reads as it was written."""
    return cast(func.round(cast(gap, Numeric), 3), Double)
