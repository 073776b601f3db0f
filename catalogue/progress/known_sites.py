"""Sites as they were known at the end of each of some days, as SQL over the counted versions.

Three relations are made of them: `nodes`, the power of a substation on a day; `ages`, how old the
values of a day were; `waited`, how long its questions had waited.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnClause,
    ColumnElement,
    Date,
    Double,
    FromClause,
    Integer,
    Numeric,
    Select,
    TableClause,
    Text,
    case,
    cast,
    column,
    func,
    select,
    table,
    true,
    tuple_,
)

from catalogue.progress.days import PLACES, WEIGHT_NAMES, days_cte
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
IS_KEPT: ColumnElement[bool] = KNOWN.c.status != "withdrawn"
IS_AVAILABLE: ColumnElement[bool] = KNOWN.c.status.in_(("published", "reserved"))
"""What an investor can still have: hectares, power and water are summed over these."""
OF_DAY = ("power_stale_to", "other_stale_to", *WEIGHT_NAMES)


def known_cte(used: Columns, *, of_one: bool) -> CTE:
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
        spans = spans.where(counted.c.municipality == func.any(PLACES))
    span = spans.cte("spans")
    of_day = [days.c[name] for name in OF_DAY if name in used]
    is_last = span.c.known_until.is_(None) | (span.c.known_until >= days.c.ends_at)
    return (
        select(days.c.day, *of_day, *[span.c[name] for name in names])
        .join_from(span, days, (span.c.known_from < days.c.ends_at) & is_last)
        .cte("known")
    )


def known_ctes(used: Columns, of_one: bool) -> list[CTE]:
    return [known_cte(used, of_one=of_one)]


SITES = Relation(KNOWN, known_ctes)

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
    """Sites that name no substation have one each."""
    wanted = [name for name in MW_COLUMNS if name in used]
    alone = "site " + cast(KNOWN.c.site_id, Text)
    node = case((KNOWN.c.node != "", KNOWN.c.node), else_=alone)
    place = (KNOWN.c.municipality, KNOWN.c.bidding_area)
    sets = func.grouping_sets(tuple_(*place), tuple_(place[0]), tuple_(place[1]), tuple_())
    largest = [func.max(func.coalesce(KNOWN.c[name], 0)).label(name) for name in wanted]
    rows = (
        select(KNOWN.c.day, *place, *largest).where(IS_AVAILABLE).group_by(KNOWN.c.day, node, sets)
    )
    needed = {"bidding_area", "node", "site_id", "status", *wanted}
    return [known_cte(needed, of_one=of_one), rows.cte("nodes")]


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
    needed = {"status", "value_dates", "value_counts"}
    return [known_cte(needed, of_one=of_one), rows.cte("ages")]


def waited_ctes(_: Columns, of_one: bool) -> list[CTE]:
    question = (
        func.unnest(KNOWN.c.asked_on)
        .table_valued(column("asked_on", Date))
        .render_derived(name="question")
    )
    rows = by_age(question.c.asked_on, func.count(), KNOWN.join(question, true()))
    return [known_cte({"status", "asked_on"}, of_one=of_one), rows.cte("waited")]


def by_age(since: ColumnElement[Any], times: ColumnElement[Any], rows: FromClause) -> Select[Any]:
    """How many are of each age, and of that age or less, in each municipality and in all."""
    place = (KNOWN.c.day, KNOWN.c.municipality)
    counts = (
        select(*place, (KNOWN.c.day - since).label("age"), times.label("times"))
        .select_from(rows)
        .where(IS_KEPT)
        .group_by(KNOWN.c.day, since, func.grouping_sets(tuple_(place[1]), tuple_()))
        .subquery("counts")
    )
    partition = (counts.c.day, counts.c.municipality)
    upto = func.sum(counts.c.times).over(partition_by=partition, order_by=counts.c.age)
    every = func.sum(counts.c.times).over(partition_by=partition)
    return select(*partition, counts.c.age, upto.label("upto"), every.label("every"))


VALUES = Relation(AGES, ages_ctes, has_totals=True)
QUESTIONS = Relation(WAITED, waited_ctes, has_totals=True)
