"""What sites come to under one figure: its own aggregate, asked of each site, station or state.

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

from catalogue.behind.lines import Part, Spread
from catalogue.exports import tidy
from catalogue.progress.days import OF_DAY, days_cte, parameters
from catalogue.progress.figure import Counted, Figure
from catalogue.progress.figure_numbers import tidied
from catalogue.progress.known_sites import HELD, SPAN, held_cte
from catalogue.progress.progress import Span
from catalogue.progress.progress_sites import KnownSite
from catalogue.progress.version_counts import count_version
from catalogue.provenance import ShelfLife

Parts = dict[tuple[date, str], Part]
"""By day and key."""
EVERY_COLUMN = {str(one.name) for one in HELD.columns}
BY_SITE = cast(column("site_id"), Text)
BY_NODE = case((column("node") != "", column("node")), else_="site " + BY_SITE)
TOGETHER = literal("")
AGES_DAYS = (30, 90, 180, 365, 730)
"""The ages that the values of a median are counted by."""


@dataclass(frozen=True)
class Measure:
    """A figure that is counted in SQL."""

    figure: Figure
    counted: Counted
    shelf_life: ShelfLife

    @cached_property
    def columns(self) -> frozenset[str]:
        """Those of a site's counts that the figure looks at."""
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
        # What comes after the versions themselves names them only, whichever they are.
        _, *others = relation.ctes(self.used, False)
        for cte in (held, *others):
            found = found.add_cte(cte)
        return found.where(place[1].is_not(None)).group_by(*place)

    def nothing(self, session: Session) -> Part:
        """What the figure is where nothing is counted."""
        [row] = session.execute(self.counted.relation.nothing(self.numbers))
        return self.part(row)

    def part(self, values: Sequence[Any]) -> Part:
        """Any: numbers of PostgreSQL's."""
        told = tidied(self.numbers, values)
        # Weighed fields need not come to whole numbers.
        counts, of = (tidy(told.get(name)) or 0 for name in ("count", "of"))
        return Part(told["number"], (counts, of) if "count" in told else None)

    def parts(
        self, session: Session, days: Sequence[date], by: ColumnElement[Any], code: str | None
    ) -> Parts:
        """Of the sites known on the days, told apart by what is given."""
        statement = self.over(told_apart(by, of_one=code is not None), self.numbers)
        rows = session.execute(statement, parameters(days, self.shelf_life, code))
        return {(day, key): self.part(values) for day, key, *values in rows}

    def spread(self, session: Session, span: Span, code: str | None) -> list[Spread]:
        """What the median of ages is the middle of; nothing for other figures."""
        rows = self.counted.relation.rows
        if not {"age", "upto", "every"} <= set(rows.c.keys()):
            return []
        upto = {str(days): func.max(rows.c.upto).filter(rows.c.age <= days) for days in AGES_DAYS}
        numbers = {**upto, "every": func.max(rows.c.every)}
        statement = self.over(told_apart(TOGETHER, of_one=code is not None), numbers)
        days = sorted({span.since, span.as_of})
        found = session.execute(statement, parameters(days, self.shelf_life, code))
        by_day = {day: counts for day, _, *counts in found}
        nothing = [0] * len(numbers)
        before, now = (by_day.get(day, nothing) for day in (span.since, span.as_of))
        return [
            Spread(days, int(then or 0), int(counts or 0))
            for days, then, counts in zip((*AGES_DAYS, None), before, now, strict=True)
        ]


def told_apart(by: ColumnElement[Any], *, of_one: bool) -> CTE:
    """The versions that were last on some days, with a key of one's own in the municipality's
    place."""
    versions = held_cte(EVERY_COLUMN, of_one=of_one).element.cte("last_on_days")
    others = [versions.c[name] for name in sorted(EVERY_COLUMN - {"municipality"})]
    return select(by.label("municipality"), *others).select_from(versions).cte("held")


@dataclass
class Trial:
    """States of sites, real or supposed, each worked out once and all of them together."""

    measure: Measure
    asked: dict[bytes, str] = field(default_factory=dict)
    """The key of each state, by its day and what the figure looks at."""
    found: dict[str, Part] = field(default_factory=dict)

    def add(self, site: KnownSite, day: date) -> str:
        """A key: equal for two states that the figure cannot tell apart."""
        counts = count_version(site.state, has_outline=site.has_outline)
        looked_at = {name: value for name, value in counts.items() if name in self.measure.columns}
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
        given = parameters(days, self.measure.shelf_life)
        statement = self.measure.over(supposed(rows), self.measure.numbers)
        for _, key, *values in session.execute(statement, given):
            self.found[key] = self.measure.part(values)
        nothing = self.measure.nothing(session)
        for key in self.asked.values():
            self.found.setdefault(key, nothing)


def supposed(rows: Iterable[Mapping[str, Any]]) -> CTE:
    """Rows as versions, each the last on its own day only. Any: columns differ in type."""
    columns = [column(one.name, one.type) for one in HELD.c if one.name not in SPAN]
    told = (
        func.json_to_recordset(cast(list(rows), JSON))
        .table_valued(column("day", Date), *columns)
        .render_derived(name="supposed", with_types=True)
    )
    days = days_cte()
    found = [one for one in told.c if one.name != "day"]
    return (
        select(*found, days.c.number.label("first"), days.c.number.label("last"))
        .join_from(told, days, told.c.day == days.c.day)
        .cte("held")
    )
