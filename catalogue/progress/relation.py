"""A relation: rows that figures are aggregates over, by day and municipality."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnClause,
    ColumnElement,
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
    thing: str = ""
    """The column that tells its rows apart: one row for each day, thing and municipality. Empty
    where rows are not things that somebody would ask for a list of."""

    def statement(self, numbers: Mapping[str, ColumnElement[Any]], *, of_one: bool) -> Select[Any]:
        """Day, municipality (none for all of them) and each number."""
        place = {"day": self.rows.c.day, "municipality": self.rows.c.municipality}
        whole = self.rows_with({**place, **numbers}, of_one=of_one)
        if self.has_totals:
            return whole.group_by(*place.values())
        sets = func.grouping_sets(tuple_(place["municipality"]), tuple_())
        return whole.group_by(place["day"], sets)

    def in_steps(self, numbers: Mapping[str, ColumnElement[Any]], *, of_one: bool) -> Select[Any]:
        """The same where all numbers are made of filtered sums and counts, and of largest values: those are taken of each
        municipality first and of all from that, which is half the work where rows are many."""
        parts: dict[str, ColumnElement[Any]] = {}
        names: dict[str, str] = {}

        def added_up(element: Any, **_: Any) -> ColumnElement[Any] | None:
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

        totals = {key: replacement_traverse(one, {}, added_up) for key, one in numbers.items()}
        place = {"day": self.rows.c.day, "municipality": self.rows.c.municipality}
        own = self.rows_with({**place, **parts}, of_one=of_one).group_by(*place.values())
        each = own.subquery("each")
        sets = func.grouping_sets(tuple_(each.c.municipality), tuple_())
        return (
            select(
                each.c.day, each.c.municipality, *[one.label(key) for key, one in totals.items()]
            )
            .select_from(each)
            .group_by(each.c.day, sets)
        )

    def rows_with(self, columns: Mapping[str, ColumnElement[Any]], *, of_one: bool) -> Select[Any]:
        """These columns, or whatever is worked out from them, of each row."""
        found = select(*[one.label(key) for key, one in columns.items()])
        for cte in self.ctes(self.used(columns.values()), of_one):
            found = found.add_cte(cte)
        return found

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
