"""Sites as they were known at the end of each of some days, as SQL over the counted versions.

Three relations are made of them: `nodes`, the power of a substation on a day; `ages`, how old the
values of a day were; `waited`, how long its questions had waited.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnClause,
    ColumnElement,
    Date,
    DateTime,
    Double,
    FromClause,
    Integer,
    Numeric,
    Select,
    Subquery,
    TableClause,
    Text,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from catalogue.progress.days import WEIGHT_NAMES, days_cte, is_chosen
from catalogue.progress.relation import Columns, Relation
from catalogue.progress.version_counts import rules
from catalogue.tables import counted_version as counted
from catalogue.tables.counted_versions import TIMES

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
OF_DAY = ("power_stale_to", "other_stale_to", *WEIGHT_NAMES)


def known_cte(used: Columns, *, of_one: bool) -> CTE:
    """A version was the last on the days that ended after it was recorded, up to the next one:
    found by their numbers, since comparing each version with each day takes long."""
    names = [one.name for one in counted.columns if one.name in used | {"municipality"}]
    days = days_cte()
    spans = select(
        *[counted.c[name] for name in names],
        counted.c.recorded_at.label("known_from"),
        func.lead(counted.c.recorded_at)
        .over(partition_by=counted.c.site_id, order_by=counted.c.version)
        .label("known_until"),
    ).where(counted.c.rules == rules())
    if of_one:
        spans = spans.where(is_chosen(counted.c.municipality))
    span = spans.cte("spans")
    ends = select(func.array_agg(aggregate_order_by(days.c.ends_at, days.c.number)))
    of_day = [days.c[name] for name in OF_DAY if name in used]
    held = select(
        *[span.c[name] for name in names],
        func.generate_series(
            func.width_bucket(span.c.known_from, ends.scalar_subquery()) + 1,
            func.width_bucket(func.coalesce(span.c.known_until, NEVER), ends.scalar_subquery()),
        ).label("number"),
    ).cte("held")
    return (
        select(days.c.day, *of_day, *[held.c[name] for name in names])
        .join_from(held, days, held.c.number == days.c.number)
        .cte("known")
    )


def known_ctes(used: Columns, of_one: bool) -> list[CTE]:
    return [known_cte(used, of_one=of_one)]


SITES = Relation(KNOWN, known_ctes, has_steps=True)

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
    """Sites that name no substation share none: they are summed, a row for all of a place."""
    wanted = [name for name in MW_COLUMNS if name in used]
    named = in_places("named", wanted, func.max, (KNOWN.c.node,), KNOWN.c.node != "")
    alone = in_places("alone", wanted, func.sum, (), KNOWN.c.node == "")
    rows = union_all(select(named), select(alone)).cte("nodes")
    needed = {"bidding_area", "node", "is_available", *wanted}
    return [known_cte(needed, of_one=of_one), rows]


def in_places(
    name: str,
    wanted: Sequence[str],
    together: Callable[[ColumnElement[Any]], ColumnElement[Any]],
    keys: Sequence[ColumnElement[Any]],
    held: ColumnElement[bool],
) -> Subquery:
    """MW taken together by day and key in each place; first in the smallest of them."""
    place = (KNOWN.c.day, KNOWN.c.municipality, KNOWN.c.bidding_area)
    mw = [together(func.coalesce(KNOWN.c[one], 0)).label(one) for one in wanted]
    own = (
        select(*place, *keys, *mw)
        .where(IS_AVAILABLE, held)
        .group_by(*place, *keys)
        .subquery(f"{name}_here")
    )
    code, area = own.c.municipality, own.c.bidding_area
    sets = func.grouping_sets(tuple_(code, area), tuple_(code), tuple_(area), tuple_())
    others = [own.c[str(one.key)] for one in keys]
    totals = [together(own.c[one]).label(one) for one in wanted]
    return select(own.c.day, code, area, *totals).group_by(own.c.day, *others, sets).subquery(name)


POWER = Relation(NODES, nodes_ctes, has_totals=True)


def age_columns() -> list[ColumnClause[Any]]:
    numbers = (column(name, Integer) for name in ("age", "upto", "every"))
    return [column("day", Date), column("municipality", Text), *numbers]


AGES: TableClause = table("ages", *age_columns())
WAITED: TableClause = table("waited", *age_columns())
"""A row for each day, municipality (and all) and age in days: how many are of that age or less, of
how many."""


def ages_ctes(_: Columns, of_one: bool) -> list[CTE]:
    value = (
        func.unnest(KNOWN.c.value_dates, KNOWN.c.value_counts)
        .table_valued(column("as_of", Date), column("times", Integer))
        .render_derived(name="value")
    )
    rows = by_age(value.c.as_of, func.sum(value.c.times), KNOWN.join(value, true()))
    needed = {"is_kept", "value_dates", "value_counts"}
    return [known_cte(needed, of_one=of_one), rows.cte("ages")]


def waited_ctes(_: Columns, of_one: bool) -> list[CTE]:
    question = (
        func.unnest(KNOWN.c.asked_on)
        .table_valued(column("asked_on", Date))
        .render_derived(name="question")
    )
    rows = by_age(question.c.asked_on, func.count(), KNOWN.join(question, true()))
    return [known_cte({"is_kept", "asked_on"}, of_one=of_one), rows.cte("waited")]


def by_age(since: ColumnElement[Any], times: ColumnElement[Any], rows: FromClause) -> Select[Any]:
    """How many are of each age, and of that age or less, in each municipality and in all."""
    place = (KNOWN.c.day, KNOWN.c.municipality)
    own = (
        select(*place, since.label("since"), times.label("times"))
        .select_from(rows)
        .where(IS_KEPT)
        .group_by(*place, since)
        .subquery("own")
    )
    counts = (
        select(
            own.c.day,
            own.c.municipality,
            (own.c.day - own.c.since).label("age"),
            func.sum(own.c.times).label("times"),
        )
        .group_by(own.c.day, own.c.since, func.grouping_sets(tuple_(own.c.municipality), tuple_()))
        .subquery("counts")
    )
    partition = (counts.c.day, counts.c.municipality)
    upto = func.sum(counts.c.times).over(partition_by=partition, order_by=counts.c.age)
    every = func.sum(counts.c.times).over(partition_by=partition)
    return select(*partition, counts.c.age, upto.label("upto"), every.label("every"))


VALUES = Relation(AGES, ages_ctes, has_totals=True)
QUESTIONS = Relation(WAITED, waited_ctes, has_totals=True)
