"""Sites as they were known at the end of each of some days, as SQL over the counted versions.

A version is the last of its site on days that follow each other, three months as a rule: what does
not depend on the day is taken together by the first and the last of them, and told for each day
after that. Of what is known, `nodes` is the power of a substation on a day, `ages` how old the
values of a day were, `waited` how long its questions had waited.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnClause,
    ColumnElement,
    Date,
    DateTime,
    Double,
    Integer,
    Numeric,
    Select,
    TableClause,
    Text,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    tuple_,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from catalogue.progress.days import OF_DAY, WEIGHT_NAMES, days_cte, is_chosen, on_each_day
from catalogue.progress.relation import Columns, Relation
from catalogue.progress.version_counts import rules
from catalogue.tables import counted_version as counted
from catalogue.tables.counted_versions import TIMES

SPAN = ("first", "last")
HELD: TableClause = table(
    "held",
    *(column(name, Integer) for name in SPAN),
    *(column(one.name, one.type) for one in counted.columns),
)
"""A row for each version that was its site's last before some of the days ended in Sweden, with the
numbers of the first and the last of those days."""
KNOWN: TableClause = table(
    "known",
    column("day", Date),
    column("power_stale_to", Date),
    column("other_stale_to", Date),
    *(column(name, Numeric) for name in WEIGHT_NAMES),
    *(column(one.name, one.type) for one in counted.columns),
)
"""A row for each day and site: the last version before the day ended in Sweden."""
IS_KEPT: ColumnElement[bool] = KNOWN.c.is_kept
IS_AVAILABLE: ColumnElement[bool] = KNOWN.c.is_available
"""What an investor can still have: hectares, power and water are summed over these."""
NEVER = cast(literal_column("'infinity'"), DateTime(timezone=True))
"""As text, since no moment of Python's is later than every other."""


def held_cte(used: Columns, *, of_one: bool) -> CTE:
    """A version was the last on the days that ended after it was recorded, up to the next one:
    found by their numbers, since comparing each version with each day takes long."""
    names = counted_names(used)
    days = days_cte()
    ends = select(func.array_agg(aggregate_order_by(days.c.ends_at, days.c.number)))
    next_at = func.lead(counted.c.recorded_at).over(
        partition_by=counted.c.site_id, order_by=counted.c.version
    )
    first = func.width_bucket(counted.c.recorded_at, ends.scalar_subquery()) + 1
    last = func.width_bucket(func.coalesce(next_at, NEVER), ends.scalar_subquery())
    columns = [counted.c[name] for name in names]
    spans = select(*columns, first.label("first"), last.label("last"))
    spans = spans.where(counted.c.rules == rules())
    if of_one:
        spans = spans.where(is_chosen(counted.c.municipality))
    span = spans.cte("spans")
    return select(span).where(span.c.first <= span.c.last).cte("held")


def known_cte(used: Columns) -> CTE:
    columns = [HELD.c[name] for name in counted_names(used)]
    of_day = [days_cte().c[name] for name in OF_DAY if name in used]
    return on_each_day(HELD, columns, of_day).cte("known")


def counted_names(used: Columns) -> list[str]:
    return [one.name for one in counted.columns if one.name in used | {"municipality"}]


def known_ctes(used: Columns, of_one: bool) -> list[CTE]:
    return [held_cte(used, of_one=of_one), known_cte(used)]


SITES = Relation(KNOWN, known_ctes, has_steps=True, spans=HELD, has_base=True)

MW_COLUMNS = tuple(f"{kind}_mw_{time}" for kind in ("all", "firm") for time in TIMES)
NODES: TableClause = table(
    "nodes",
    column("day", Date),
    column("municipality", Text),
    column("bidding_area", Text),
    *(column(name, Double) for name in MW_COLUMNS),
)
"""A row for each day and substation, in each municipality, in each bidding area, in each bidding
area of a municipality and in all; MW of the largest of its sites."""


def nodes_ctes(used: Columns, of_one: bool) -> list[CTE]:
    """First in the smallest of places, and for all days of a version at once."""
    wanted = [name for name in MW_COLUMNS if name in used]
    key = (HELD.c.municipality, HELD.c.bidding_area, HELD.c.node)
    span = (HELD.c.first, HELD.c.last)
    own = (
        select(*key, *span, *at_node(HELD.c.node, [HELD.c[name] for name in wanted]))
        .where(HELD.c.is_available)
        .group_by(*key, *span)
        .subquery("own")
    )
    each = on_each_day(own, [one for one in own.c if one.name not in SPAN]).subquery("each")
    code, area = each.c.municipality, each.c.bidding_area
    sets = func.grouping_sets(tuple_(code, area), tuple_(code), tuple_(area), tuple_())
    rows = (
        select(each.c.day, code, area, *at_node(each.c.node, [each.c[name] for name in wanted]))
        .group_by(each.c.day, each.c.node, sets)
        .cte("nodes")
    )
    needed = {"bidding_area", "node", "is_available", *wanted}
    return [held_cte(needed, of_one=of_one), rows]


def at_node(
    node: ColumnElement[str], columns: Sequence[ColumnElement[Any]]
) -> list[ColumnElement[Any]]:
    """MW taken together: sites that name no substation share none, and are summed."""
    return [
        case(
            (node == "", func.sum(func.coalesce(one, 0))), else_=func.max(func.coalesce(one, 0))
        ).label(str(one.key))
        for one in columns
    ]


POWER = Relation(NODES, nodes_ctes, has_totals=True, has_base=True)


def age_columns() -> list[ColumnClause[Any]]:
    numbers = (column(name, Integer) for name in ("age", "upto", "every"))
    return [column("day", Date), column("municipality", Text), *numbers]


AGES: TableClause = table("ages", *age_columns())
WAITED: TableClause = table("waited", *age_columns())
"""A row for each day, municipality (and all) and age in days: how many are of that age or less, of
how many."""


def ages_ctes(_: Columns, of_one: bool) -> list[CTE]:
    # Side by side among the columns: a table of them for each version takes twice as long.
    dates, counts = func.unnest(HELD.c.value_dates), func.unnest(HELD.c.value_counts)
    needed = {"is_kept", "value_dates", "value_counts"}
    return [held_cte(needed, of_one=of_one), by_age(dates, counts).cte("ages")]


def waited_ctes(_: Columns, of_one: bool) -> list[CTE]:
    rows = by_age(func.unnest(HELD.c.asked_on), literal(1))
    return [held_cte({"is_kept", "asked_on"}, of_one=of_one), rows.cte("waited")]


def by_age(since: ColumnElement[Any], times: ColumnElement[Any]) -> Select[Any]:
    """How many are of each age, and of that age or less, in each municipality and in all."""
    columns = (HELD.c.municipality, HELD.c.first, HELD.c.last)
    dated = select(*columns, since.label("since"), times.label("times")).where(HELD.c.is_kept)
    some = dated.subquery("dated")
    key = (some.c.municipality, some.c.first, some.c.last, some.c.since)
    own = select(*key, whole(some.c.times)).group_by(*key).subquery("own")
    each = on_each_day(own, [own.c.municipality, own.c.since, own.c.times]).subquery("each")
    counts = (
        select(
            each.c.day,
            each.c.municipality,
            (each.c.day - each.c.since).label("age"),
            whole(each.c.times),
        )
        .group_by(
            each.c.day, each.c.since, func.grouping_sets(tuple_(each.c.municipality), tuple_())
        )
        .subquery("counts")
    )
    partition = (counts.c.day, counts.c.municipality)
    upto = func.sum(counts.c.times).over(partition_by=partition, order_by=counts.c.age)
    every = func.sum(counts.c.times).over(partition_by=partition)
    return select(*partition, counts.c.age, upto.label("upto"), every.label("every"))


def whole(times: ColumnElement[Any]) -> ColumnElement[Any]:
    """Their sum as a whole number: of large ones PostgreSQL makes decimals, which take long."""
    return cast(func.sum(times), Integer).label("times")


VALUES = Relation(AGES, ages_ctes, has_totals=True, has_base=True)
QUESTIONS = Relation(WAITED, waited_ctes, has_totals=True, has_base=True)
