"""What things come to under one figure: its own aggregate, asked of each site, station or state.

The figure's SQL groups rows by day and municipality. Here the rows carry another key in that place,
so that the one definition answers for a single site, for those that share a substation, and for a
site as it might have been.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Select,
    TableClause,
    Text,
    case,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.orm import Session

from catalogue.behind.lines import NOTHING, Part, Spread
from catalogue.exports import tidy
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.days import OF_DAY, Places, days_cte, parameters
from catalogue.progress.figure import Counted, Figure
from catalogue.progress.figure_numbers import tidied
from catalogue.progress.known_sites import SPAN, held_cte
from catalogue.progress.progress import Span
from catalogue.provenance import ShelfLife

Parts = dict[tuple[date, str], Part]
"""By day and key."""
BY_SITE = cast(column("site_id"), Text)
BY_NODE = case((column("node") != "", column("node")), else_="site " + BY_SITE)
TOGETHER = literal("")
AGES_DAYS = (30, 90, 180, 365, 730)
"""The ages that the values of a median are counted by."""


@dataclass(frozen=True)
class Measure:
    """A figure that is counted in SQL, and the settings of days that have none on record."""

    figure: Figure
    counted: Counted
    plan: ProjectPlan
    shelf_life: ShelfLife

    @cached_property
    def columns(self) -> frozenset[str]:
        """Those of what is known of a site, or of a profile, that the figure looks at."""
        [held, *_] = self.counted.relation.ctes(self.used, False)
        return frozenset(held.c.keys()) - {"municipality", "site_id", *SPAN}

    @property
    def used(self) -> set[str]:
        return self.counted.relation.used(self.numbers.values())

    @property
    def numbers(self) -> dict[str, ColumnElement[Any]]:
        share = self.counted.share
        counts = {"count": share[0], "of": share[1]} if share else {}
        return {"number": self.counted.number, **counts}

    @property
    def ages(self) -> bool:
        """Whether values that go stale touch it."""
        return bool(self.used & set(OF_DAY))

    def over(self, held: CTE, numbers: Mapping[str, ColumnElement[Any]]) -> Select[Any]:
        """Day, key and numbers over rows that have their key for a municipality."""
        relation = self.counted.relation
        place = (relation.rows.c.day, relation.rows.c.municipality)
        found = select(*place, *[one.label(name) for name, one in numbers.items()])
        # What comes after the versions or profiles names them only, whichever they are.
        _, *others = relation.ctes(self.used, False)
        for cte in (held, *others):
            found = found.add_cte(cte)
        return found.where(place[1].is_not(None)).group_by(*place)

    def nothing(self, session: Session) -> Part:
        """What the figure is where nothing is counted."""
        [row] = session.execute(self.counted.relation.nothing(self.numbers))
        return self.part(row)

    def together(self, session: Session, parts: Parts, span: Span) -> tuple[Part, Part]:
        """What everything comes to before and now, by the parts under an empty key."""
        before, now = (parts.get((day, "")) for day in (span.since, span.as_of))
        nothing = NOTHING if before and now else self.nothing(session)
        return before or nothing, now or nothing

    def part(self, values: Sequence[Any]) -> Part:
        """Any: numbers of PostgreSQL's."""
        told = tidied(self.numbers, values)
        # Weighed fields need not come to whole numbers.
        counts, of = (tidy(told.get(name)) or 0 for name in ("count", "of"))
        return Part(told["number"], (counts, of) if "count" in told else None)

    def told_apart(self, by: ColumnElement[Any], *, of_one: bool) -> CTE:
        """The versions that were last on some days, with a key of one's own in the municipality's
        place."""
        needed = {*self.columns, "site_id", "node"}
        versions = held_cte(needed, of_one=of_one).element.cte("last_on_days")
        others = [one for one in versions.c if one.name != "municipality"]
        return select(by.label("municipality"), *others).select_from(versions).cte("held")

    def given(self, days: Sequence[date], places: Places = None) -> dict[str, Any]:
        """What its statements are executed with. Any: they differ in type."""
        return parameters(days, self.shelf_life, places, self.plan, weights=self.plan.weights)

    def parts(
        self, session: Session, days: Sequence[date], by: ColumnElement[Any], places: Places
    ) -> Parts:
        """Of the sites known on the days, told apart by what is given."""
        statement = self.over(self.told_apart(by, of_one=places is not None), self.numbers)
        rows = session.execute(statement, self.given(days, places))
        return {(day, key): self.part(values) for day, key, *values in rows}

    def by_place(self, session: Session, days: Sequence[date], places: Places) -> Parts:
        """Of each municipality, and under an empty key of them all, or of those chosen."""
        statement = self.counted.relation.statement(self.numbers, of_one=places is not None)
        rows = session.execute(statement, self.given(days, places))
        return {(day, code or ""): self.part(values) for day, code, *values in rows}

    def spread(self, session: Session, span: Span, places: Places) -> list[Spread]:
        """What the median of ages is the middle of; nothing for other figures."""
        rows = self.counted.relation.rows
        if not {"age", "upto", "every"} <= set(rows.c.keys()):
            return []
        upto = {str(days): func.max(rows.c.upto).filter(rows.c.age <= days) for days in AGES_DAYS}
        numbers = {**upto, "every": func.max(rows.c.every)}
        statement = self.over(self.told_apart(TOGETHER, of_one=places is not None), numbers)
        days = sorted({span.since, span.as_of})
        found = session.execute(statement, self.given(days, places))
        by_day = {day: counts for day, _, *counts in found}
        nothing = [0] * len(numbers)
        before, now = (by_day.get(day, nothing) for day in (span.since, span.as_of))
        return [
            Spread(days, int(then or 0), int(counts or 0))
            for days, then, counts in zip((*AGES_DAYS, None), before, now, strict=True)
        ]


@dataclass
class Trial:
    """Rows of what is known on a day, real or supposed, each worked out once and all together."""

    measure: Measure
    known: TableClause
    """Whose rows they are: of sites or of profiles."""
    asked: dict[bytes, str] = field(default_factory=dict)
    """The key of each row, by its day and what the figure looks at."""
    found: dict[str, Part] = field(default_factory=dict)

    def add(self, said: Mapping[str, Any], day: date) -> str:
        """A key: equal for two rows that the figure cannot tell apart. Any: columns differ."""
        looked_at = {name: value for name, value in said.items() if name in self.measure.columns}
        row = orjson.dumps({**looked_at, "day": day}, option=orjson.OPT_SORT_KEYS)
        return self.asked.setdefault(row, str(len(self.asked)))

    def work_out(self, session: Session) -> None:
        rows = [
            {**orjson.loads(row), "municipality": key, "site_id": int(key)}
            for row, key in self.asked.items()
        ]
        if not rows:
            return
        days = sorted({date.fromisoformat(row["day"]) for row in rows})
        looked_at = {*self.measure.columns, "day", "municipality", "site_id"}
        known = supposed(self.known, looked_at, rows)
        statement = self.measure.over(known, self.measure.numbers)
        for _, key, *values in session.execute(statement, self.measure.given(days)):
            self.found[key] = self.measure.part(values)
        left_out = set(self.asked.values()) - set(self.found)
        if left_out:
            self.found |= dict.fromkeys(left_out, self.measure.nothing(session))


def supposed(known: TableClause, names: set[str], rows: Iterable[Mapping[str, Any]]) -> CTE:
    """These columns of rows as those known on a day, versions as the last on it and no other. Any:
    columns differ in type.
    """
    days = days_cte()
    of_day = [days.c[name] for name in OF_DAY if name in known.c and name in names]
    of_day += [days.c.number.label(name) for name in SPAN if name in known.c]
    added = {"day", *OF_DAY, *SPAN}
    others = [column(one.name, one.type) for one in known.c if one.name in names - added]
    told = (
        func.json_to_recordset(cast(list(rows), JSON))
        .table_valued(column("day", Date), *others)
        .render_derived(name="supposed", with_types=True)
    )
    return (
        select(*[one for one in told.c if one.name in known.c], *of_day)
        .join_from(told, days, told.c.day == days.c.day)
        .cte(known.name)
    )


def taken_over(old: Mapping[str, Any], new: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A state with what another says under a key. Any: JSON."""
    found = {name: value for name, value in old.items() if name != key}
    return {**found, key: new[key]} if key in new else found
