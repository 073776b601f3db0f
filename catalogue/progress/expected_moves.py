"""Sites that can reach their next level within three months, as SQL over any days.

`progress_moves` tells, for one day, what is expected of each.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    FromClause,
    FunctionElement,
    Integer,
    TableClause,
    Text,
    cast,
    column,
    exists,
    func,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.types import TypeEngine

from catalogue.progress.days import days_cte
from catalogue.progress.figure_definitions_moves import ANSWERED_WITHIN_DAYS
from catalogue.progress.known_sites import KNOWN, known_ctes
from catalogue.progress.relation import Columns, Relation
from catalogue.tables import question

EXPECTED: TableClause = table(
    "expected",
    column("day", Date),
    column("municipality", Text),
    column("site_id", BigInteger),
    column("version", Integer),
)
"""A row for each day and site that could move."""
MONTHS_AHEAD = 3


def expected_ctes(used: Columns, of_one: bool) -> list[CTE]:
    letters = letters_cte()
    asked = KNOWN.c.asked_days.op("||", return_type=JSONB)(
        func.coalesce(letters.c.asked, func.jsonb_build_object(type_=JSONB))
    )
    # Few have anything under way, and only those are worth a look at what each way needs.
    oldest = KNOWN.c.day - ANSWERED_WITHIN_DAYS
    is_asked = asked_by(KNOWN.c.day) > asked_by(cast(oldest - 1, Date))
    is_under_way = letters.c.asked.is_not(None) | is_asked | has_plan()
    told = {"site_id", "version"} & used
    rows = (
        select(KNOWN.c.day, KNOWN.c.municipality, *[KNOWN.c[name] for name in sorted(told)])
        .join_from(
            KNOWN,
            letters,
            (letters.c.day == KNOWN.c.day) & (letters.c.reference == KNOWN.c.reference),
            isouter=True,
        )
        .where(KNOWN.c.ways.is_not(None), is_under_way, every_way_is_open(asked))
    )
    needed = {"reference", "ways", "asked_days", "asked_on", "plan_expected", *told}
    return [*known_ctes(needed, of_one), letters, rows.cte("expected")]


def asked_by(day: ColumnElement[Any]) -> ColumnElement[int]:
    """How many of a site's questions had been asked."""
    return func.width_bucket(day, KNOWN.c.asked_on)


def letters_cte() -> CTE:
    """By day and reference: when each field was asked about in a letter that waits, as JSON."""
    days = days_cte()
    key = items(func.unnest(question.c["keys"]), "key", Text())
    in_order = aggregate_order_by(func.to_jsonb(question.c.asked_on), question.c.id)
    return (
        select(
            days.c.day,
            question.c.reference,
            func.jsonb_object_agg(key.c.item, in_order).label("asked"),
        )
        .join_from(days, question, question.c.asked_at < days.c.ends_at)
        .join(key, true())
        .where(question.c.reference != "", waits(days.c.ends_at))
        .group_by(days.c.day, question.c.reference)
        .cte("waiting")
    )


def waits(ends_at: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a letter was neither answered nor withdrawn when a day ended."""
    first = func.least(question.c.answered_at, question.c.withdrawn_at)
    return func.coalesce(first >= ends_at, True)


def every_way_is_open(asked: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether each requirement has its plan coming, or all its questions asked of late."""
    day = KNOWN.c.day
    way = items(func.jsonb_array_elements(KNOWN.c.ways), "way", JSONB())
    some = items(func.jsonb_array_elements(way.c.item["answers"]), "some", JSONB())
    key = items(func.jsonb_array_elements_text(some.c.item), "key", Text())
    asked_on = cast(asked[key.c.item].astext, Date)
    is_late = func.coalesce(~asked_on.between(day - ANSWERED_WITHIN_DAYS, day), True)
    waits_in_vain = any_of(key, is_late)
    is_asked = any_of(some, ~waits_in_vain)
    by_plan = func.coalesce(cast(way.c.item["plan"], Boolean) & has_plan(), False)
    return ~any_of(way, ~by_plan & ~is_asked)


def has_plan() -> ColumnElement[bool]:
    """Whether the detailed plan is expected in force within the months ahead."""
    day = KNOWN.c.day
    ahead = cast(cast(day + 1, Date) + func.make_interval(0, MONTHS_AHEAD), Date) - 1
    return (KNOWN.c.plan_expected > day) & (KNOWN.c.plan_expected <= ahead)


def any_of(rows: FromClause, held: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether it holds for one of the rows; all else it names is that of the row outside."""
    return exists(select(1).select_from(rows).where(held).correlate_except(rows))


def items(function: FunctionElement[Any], name: str, kind: TypeEngine[Any]) -> FromClause:
    """A function's values as rows with an `item`."""
    return function.table_valued(column("item", kind)).render_derived(name=name)


MOVING = Relation(EXPECTED, expected_ctes, has_base=True)
