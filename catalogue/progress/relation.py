"""A relation: rows that figures are aggregates over, by day and municipality."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnClause,
    ColumnElement,
    FromClause,
    FunctionElement,
    Select,
    TableClause,
    cast,
    column,
    false,
    func,
    null,
    select,
    tuple_,
)
from sqlalchemy.sql.elements import FunctionFilter
from sqlalchemy.sql.visitors import iterate, replacement_traverse

from catalogue.progress.days import OF_DAY, days_cte, on_each_day

Columns = set[str]
"""Names of the columns that are used; rows are wide, and those left out cost nothing."""


@dataclass(frozen=True, eq=False)
class Relation:
    """`rows` has a `day`, a `municipality` and what is summed."""

    rows: TableClause
    ctes: Callable[[Columns, bool], list[CTE]]
    """What makes the rows, in order, the last by their name; of one municipality alone, or all."""
    has_steps: bool = False
    """Whether every number is made of filtered sums and counts."""
    has_totals: bool = False
    """Whether there are rows of all municipalities together, without a municipality."""
    spans: TableClause | None = None
    """What the rows repeat on each day from its `first` to its `last`; the first CTE makes it."""
    has_base: bool = False
    """Whether the first CTE is one that several relations can share."""
    thing: str = ""
    """The column that tells its rows apart: one row for each day, thing and municipality. Empty
    where rows are not things that somebody would ask for a list of."""

    def statement(
        self, numbers: Mapping[str, ColumnElement[Any]], *, of_one: bool, is_shared: bool = False
    ) -> Select[Any]:
        """Day, municipality (none for all of them) and each number; where it is shared, the base is
        left to a statement around it."""
        place = {"day": self.rows.c.day, "municipality": self.rows.c.municipality}
        whole = self.rows_with({**place, **numbers}, of_one=of_one, is_shared=is_shared)
        if self.has_totals:
            return whole.group_by(*place.values())
        sets = func.grouping_sets(tuple_(place["municipality"]), tuple_())
        return whole.group_by(place["day"], sets)

    def in_steps(
        self, numbers: Mapping[str, ColumnElement[Any]], *, of_one: bool, is_shared: bool = False
    ) -> Select[Any]:
        """The same where all numbers are made of filtered sums and counts, and of largest values:
        those are taken of each municipality first and of all from that, which is half the work
        where rows are many."""
        totals, parts = taken_apart(numbers)
        place = {"day": self.rows.c.day, "municipality": self.rows.c.municipality}
        own = self.rows_with({**place, **parts}, of_one=of_one, is_shared=is_shared)
        return added_up(totals, own.group_by(*place.values()).subquery("each"))

    def in_spans(
        self,
        numbers: Mapping[str, ColumnElement[Any]],
        spans: TableClause,
        *,
        of_one: bool,
        is_shared: bool = False,
    ) -> Select[Any]:
        """The same once more, where `has_spans`: what is last on the same days is taken together
        before it is told for each of them."""
        totals, parts = taken_apart(numbers)
        of_day = {name: one for name, one in parts.items() if self.used([one]) & set(OF_DAY)}
        key = (spans.c.municipality, spans.c.first, spans.c.last)
        sums = [
            self.seen_in(spans, one).label(name)
            for name, one in parts.items()
            if name not in of_day
        ]
        own = select(*key, *sums).group_by(*key)
        if not is_shared:
            own = own.add_cte(self.ctes(self.used(numbers.values()), of_one)[0])
        alike = own.subquery("alike")
        # The largest of what each row of a day has in common.
        common = [
            self.seen_in(days_cte(), one.clauses.clauses[0]).label(name)
            for name, one in of_day.items()
        ]
        told = [one for one in alike.c if one.name not in ("first", "last")]
        return added_up(totals, on_each_day(alike, told, common).subquery("each"))

    def has_spans(self, number: ColumnElement[Any]) -> bool:
        """Whether each part of a number looks at what is repeated or at the day, none at both."""
        if self.spans is None:
            return False
        _, parts = taken_apart({"number": number})
        used, of_day = [self.used([one]) for one in parts.values()], set(OF_DAY)
        return all(one <= of_day or not one & of_day for one in used)

    def seen_in(self, rows: FromClause, number: ColumnElement[Any]) -> ColumnElement[Any]:
        """The same of other rows that have the columns it names."""

        def other(element: Any, **_: Any) -> ColumnElement[Any] | None:
            """Any: whatever an expression is made of."""
            is_own = isinstance(element, ColumnClause) and element.table is self.rows
            return rows.c[str(element.name)] if is_own else None

        found: ColumnElement[Any] = replacement_traverse(number, {}, other)
        return found

    def rows_with(
        self, columns: Mapping[str, ColumnElement[Any]], *, of_one: bool, is_shared: bool = False
    ) -> Select[Any]:
        """These columns, or whatever is worked out from them, of each row."""
        found = select(*[one.label(key) for key, one in columns.items()])
        ctes = self.ctes(self.used(columns.values()), of_one)
        return found.add_cte(*ctes[1:], nest_here=True) if is_shared else found.add_cte(*ctes)

    def each(
        self, numbers: Mapping[str, ColumnElement[Any]], told: Sequence[str], *, of_one: bool
    ) -> Select[Any]:
        """Day, thing, each number as that thing alone makes it, and the columns that are told."""
        place = {"day": self.rows.c.day, "thing": self.rows.c[self.thing]}
        others = {name: self.rows.c[name] for name in told}
        found = self.rows_with({**place, **numbers, **others}, of_one=of_one)
        if self.has_totals:
            found = found.where(self.rows.c.municipality.is_(None))
        return found.group_by(*place.values(), *others.values())

    def nothing(self, numbers: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
        """What each number is where no row is counted: 0 for most, none for a share."""
        used = self.used(numbers.values()) or {"day"}
        columns = [one for one in self.rows.c if one.name in used]
        empty = select(*[cast(null(), one.type).label(str(one.name)) for one in columns])
        found = select(*[one.label(key) for key, one in numbers.items()]).select_from(self.rows)
        return found.add_cte(empty.where(false()).cte(self.rows.name))

    def used(self, some: Iterable[ColumnElement[Any]]) -> Columns:
        return {
            str(element.name)
            for one in some
            for element in iterate(one)
            if isinstance(element, ColumnClause) and element.table is self.rows
        }


def taken_apart(
    numbers: Mapping[str, ColumnElement[Any]],
) -> tuple[dict[str, ColumnElement[Any]], dict[str, ColumnElement[Any]]]:
    """The numbers, made of columns; and by their names the filtered sums and counts and largest
    values that those are to hold."""
    parts: dict[str, ColumnElement[Any]] = {}
    names: dict[str, str] = {}

    def named(element: Any, **_: Any) -> ColumnElement[Any] | None:
        """Any: whatever an expression is made of."""
        is_max = isinstance(element, FunctionElement) and getattr(element, "name", "") == "max"
        if not is_max and not isinstance(element, FunctionFilter):
            return None
        said = str(element.compile(compile_kwargs={"literal_binds": True}))
        name = names.setdefault(said, f"part_{len(names)}")
        parts[name] = element
        if is_max:
            return func.max(column(name, element.type))
        added = func.sum(column(name, element.type))
        is_count = getattr(element.func, "name", "") == "count"
        return func.coalesce(added, 0) if is_count else added

    totals = {key: replacement_traverse(one, {}, named) for key, one in numbers.items()}
    return totals, parts


def added_up(totals: Mapping[str, ColumnElement[Any]], each: FromClause) -> Select[Any]:
    """By day, in each municipality and in all."""
    place = (each.c.day, each.c.municipality)
    sets = func.grouping_sets(tuple_(place[1]), tuple_())
    numbers = [one.label(key) for key, one in totals.items()]
    return select(*place, *numbers).select_from(each).group_by(place[0], sets)
