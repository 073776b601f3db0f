"""Sites as they were known at the end of each of some days, as SQL over the counted versions.

Figures are sums over three relations, each made of the one before: `known`, a row a day and site;
`nodes`, the power of a substation on a day; `ages`, how old the values of a day were. All of them
for any number of days at once: one day is a series of one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
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
    Select,
    TableClause,
    Text,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    null,
    select,
    table,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.sql.visitors import iterate

from catalogue.progress.version_counts import rules
from catalogue.provenance import ShelfLife
from catalogue.tables import counted_version as counted
from catalogue.tables.counted_versions import TIMES

KNOWN: TableClause = table(
    "known",
    column("day", Date),
    column("power_stale_to", Date),
    column("other_stale_to", Date),
    *(column(one.name, one.type) for one in counted.columns),
)
"""A row for each day and site: the last version before the day ended in Sweden.

A value whose date is `…_stale_to` or earlier was stale on that day.
"""
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


def age_columns() -> list[ColumnClause[Any]]:
    return [
        column("day", Date),
        column("municipality", Text),
        *(column(name, Integer) for name in ("age", "upto", "every")),
    ]


AGES: TableClause = table("ages", *age_columns())
WAITED: TableClause = table("waited", *age_columns())
"""A row for each day, municipality (and all) and age in days: how many are of that age or less, of
how many."""

IS_KEPT: ColumnElement[bool] = KNOWN.c.status != "withdrawn"
IS_AVAILABLE: ColumnElement[bool] = KNOWN.c.status.in_(("published", "reserved"))
"""What an investor can still have: hectares, power and water are summed over these."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days, as an SQL array, and the shelf life of those whose own is not on record."""

    wanted: ColumnElement[Any]
    shelf_life: ShelfLife
    municipality: str | None = None
    """Whose sites are read; None for all that may be."""


def days_of(shelf_life: ShelfLife, municipality: str | None = None) -> Days:
    """Those given as the parameter `days`."""
    return Days(
        wanted=bindparam("days", type_=ARRAY(Date)),
        shelf_life=shelf_life,
        municipality=municipality,
    )


def days_cte(days: Days) -> CTE:
    """Each day, the moment it ended in Sweden, and which values were stale: a change of the shelf
    life leaves the days before it as they were."""
    day = func.unnest(days.wanted).column_valued("day")
    ends = select(
        day, func.timezone("Europe/Stockholm", cast(day + 1, DateTime)).label("ends_at")
    ).subquery("ends")
    return select(
        ends.c.day,
        ends.c.ends_at,
        stale_to(ends, "shelf_life_power_days", days.shelf_life.power_days).label("power_stale_to"),
        stale_to(ends, "shelf_life_days", days.shelf_life.other_days).label("other_stale_to"),
    ).cte("days")


def stale_to(ends: FromClause, setting: str, usual: int) -> ColumnElement[Any]:
    held = cast(func.setting_on(setting, ends.c.ends_at, type_=JSONB), Integer)
    return ends.c.day - func.coalesce(held, usual) - 1


def known_cte(days: Days, used: Iterable[str]) -> CTE:
    """With the columns that are used, and no others: rows are wide."""
    names = [one.name for one in counted.columns if one.name in used]
    when = days_cte(days)
    spans = select(
        *[counted.c[name] for name in names],
        counted.c.recorded_at.label("known_from"),
        func.lead(counted.c.recorded_at)
        .over(partition_by=counted.c.site_id, order_by=counted.c.version)
        .label("known_until"),
    ).where(counted.c.rules == rules())
    if days.municipality is not None:
        spans = spans.where(counted.c.municipality == days.municipality)
    held = spans.cte("spans")
    of_day = [name for name in ("power_stale_to", "other_stale_to") if name in used]
    return (
        select(when.c.day, *[when.c[name] for name in of_day], *[held.c[name] for name in names])
        .join_from(
            held,
            when,
            (held.c.known_from < when.c.ends_at)
            & (held.c.known_until.is_(None) | (held.c.known_until >= when.c.ends_at)),
        )
        .cte("known")
    )


def known_ctes(days: Days, used: set[str]) -> list[CTE]:
    return [known_cte(days, used | {"municipality"})]


def nodes_ctes(days: Days, used: set[str]) -> list[CTE]:
    """Sites that name no substation have one each."""
    wanted = [name for name in MW_COLUMNS if name in used]
    node = case((KNOWN.c.node != "", KNOWN.c.node), else_="site " + cast(KNOWN.c.site_id, Text))
    place = (KNOWN.c.municipality, KNOWN.c.bidding_area)
    largest = (
        select(
            KNOWN.c.day,
            *place,
            *[func.max(func.coalesce(KNOWN.c[name], 0)).label(name) for name in wanted],
        )
        .where(IS_AVAILABLE)
        .group_by(
            KNOWN.c.day,
            node,
            func.grouping_sets(tuple_(*place), tuple_(place[0]), tuple_(place[1]), tuple_()),
        )
    )
    needed = {"municipality", "bidding_area", "node", "site_id", "status", *wanted}
    return [known_cte(days, needed), largest.cte("nodes")]


def ages_ctes(days: Days, _: set[str]) -> list[CTE]:
    value = (
        func.unnest(KNOWN.c.value_dates, KNOWN.c.value_counts)
        .table_valued(column("as_of", Date), column("times", Integer))
        .render_derived(name="value")
    )
    rows = by_age(value.c.as_of, func.sum(value.c.times), KNOWN.join(value, true()))
    needed = {"municipality", "status", "value_dates", "value_counts"}
    return [known_cte(days, needed), rows.cte("ages")]


def waited_ctes(days: Days, _: set[str]) -> list[CTE]:
    question = (
        func.unnest(KNOWN.c.asked_on)
        .table_valued(column("asked_on", Date))
        .render_derived(name="question")
    )
    rows = by_age(question.c.asked_on, func.count(), KNOWN.join(question, true()))
    return [known_cte(days, {"municipality", "status", "asked_on"}), rows.cte("waited")]


def by_age(since: ColumnElement[Any], times: ColumnElement[Any], rows: FromClause) -> Select[Any]:
    """How many are of each age, and of that age or less, in each municipality and in all."""
    counts = (
        select(
            KNOWN.c.day,
            KNOWN.c.municipality,
            (KNOWN.c.day - since).label("age"),
            times.label("times"),
        )
        .select_from(rows)
        .where(IS_KEPT)
        .group_by(KNOWN.c.day, since, func.grouping_sets(tuple_(KNOWN.c.municipality), tuple_()))
        .subquery("counts")
    )
    place = (counts.c.day, counts.c.municipality)
    return select(
        *place,
        counts.c.age,
        func.sum(counts.c.times).over(partition_by=place, order_by=counts.c.age).label("upto"),
        func.sum(counts.c.times).over(partition_by=place).label("every"),
    )


@dataclass(frozen=True, eq=False)
class Relation:
    """Rows that figures are sums over, by day and municipality."""

    rows: TableClause
    ctes: Callable[[Days, set[str]], list[CTE]]
    has_totals: bool
    """Whether there are rows of all municipalities together, without a municipality."""

    def statement(self, days: Days, numbers: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
        """Day, municipality (none for all of them) and each number."""
        place = (self.rows.c.day, self.rows.c.municipality)
        named = {str(one.name): one for one in place}
        whole = self.rows_of(days, {**named, **numbers})
        if self.has_totals:
            return whole.group_by(*place)
        return whole.group_by(
            self.rows.c.day, func.grouping_sets(tuple_(self.rows.c.municipality), tuple_())
        )

    def nothing(self, numbers: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
        """What each number is where no row is counted: 0 for most, none for a share."""
        empty = select(*[cast(null(), one.type).label(str(one.name)) for one in self.rows.c])
        return select(*[one.label(key) for key, one in numbers.items()]).add_cte(
            empty.where(false()).cte(self.rows.name)
        )

    def rows_of(self, days: Days, columns: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
        """These columns, or whatever is worked out from them, of each row."""
        found = select(*[one.label(key) for key, one in columns.items()])
        for cte in self.ctes(days, self.columns(columns.values())):
            found = found.add_cte(cte)
        return found

    def columns(self, some: Iterable[ColumnElement[Any]]) -> set[str]:
        """Those that expressions use."""
        return {
            str(element.name)
            for one in some
            for element in iterate(one)
            if isinstance(element, ColumnClause) and element.table is self.rows
        }


SITES = Relation(KNOWN, known_ctes, has_totals=False)
POWER = Relation(NODES, nodes_ctes, has_totals=True)
VALUES = Relation(AGES, ages_ctes, has_totals=True)
QUESTIONS = Relation(WAITED, waited_ctes, has_totals=True)
