"""Counts under a filter: by code and by size, and what each condition costs, read from one scan."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Table, and_, func, select, true
from sqlalchemy.orm import Session

from catalogue.search import conditions, loosening, tallied
from catalogue.search.conditions import Term
from catalogue.search.filters import PowerWanted, SiteFilter
from catalogue.search.scan import (
    BASE,
    FITS,
    STEP,
    Step,
    Wanted,
    packs,
    statement,
    stepped,
    taken_apart,
)

FIRST_MW = 50
"""What power by year is told for where no MW are asked for."""


@dataclass(frozen=True)
class Tally:
    """How many sites stand at each code, year, or number of a bar, and how many say nothing."""

    counts: Mapping[Any, int]
    """Any: codes are texts, bars and years numbers."""
    unknown: int = 0


@dataclass(frozen=True)
class Relaxation:
    """How many more sites there would be without one condition."""

    parameters: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Loosening:
    """How many more sites there would be if one condition asked for a little less."""

    parameters: tuple[str, ...]
    wanted: SiteFilter
    more: int


@dataclass(frozen=True)
class PowerByYear:
    """How many sites are known to have so many MW by each year, whatever is asked about power."""

    mw: float
    years: Mapping[int, int]


@dataclass(frozen=True)
class Counted:
    """Everything that is counted under one filter, by the keys of fields."""

    met: int
    passed: int
    under: Mapping[str, Tally]
    """Of the sites that pass."""
    besides: Mapping[str, Tally]
    """Of those that pass, or fail on the field's own condition alone."""
    relaxations: Sequence[Relaxation]
    """The most helpful first."""
    loosenings: Sequence[Loosening]
    """By condition, the smallest step first; only steps that bring something."""
    power: PowerByYear | None


def counted(
    session: Session,
    wanted: SiteFilter,
    table: Table,
    keys: Sequence[str],
    years: Sequence[int] = (),
) -> Counted:
    """Counts for fields by their keys, and of power by year where years are named."""
    apart = taken_apart(wanted, table)
    steps = {
        number: list(stepped(apart, term, table))
        for number, term in enumerate(apart.terms, start=1)
    }
    found = Rows(apart, keys)
    for row in session.execute(statement(apart, table, keys, steps)):
        found.add(row)
    power = power_by_year(session, apart, table, years) if years else None
    loosenings = [
        *(found.loosened(number, one) for number, one in steps.items()),
        *(found.with_another_code(number, wanted) for number in steps),
        later(wanted, power),
    ]
    placed = [without(session, apart, term, table, found.passed) for term in apart.placed]
    relaxations = [*found.relaxations(), *(one for one, _ in placed)]
    return Counted(
        met=found.met,
        passed=found.passed,
        under={key: found.tally(key, {0}) for key in keys},
        besides={key: found.tally(key, {0, *found.numbers_of(key)}) for key in keys},
        relaxations=sorted(relaxations, key=lambda one: -one.more),
        loosenings=[one for some in loosenings for one in some]
        + [one for _, some in placed for one in some],
        power=power,
    )


class Rows:
    """What the scan said, by column, number of the failing condition, and value."""

    def __init__(self, apart: Wanted, keys: Sequence[str]) -> None:
        self.apart = apart
        self.packs = packs(keys)
        self.found: dict[str, dict[int, dict[Any, int]]] = {}

    def add(self, row: Any) -> None:
        """Any: a row of SQLAlchemy's."""
        failing, count = row[0], row[-1]
        for name, value in list(row._mapping.items())[1:-1]:
            if value is not None:
                self.count(name, failing, value, count)

    def count(self, name: str, failing: int, value: Any, count: int) -> None:
        """Any: a code, several, a number, or several packed into one."""
        if name in self.packs:
            for key in self.packs[name]:
                value, digit = divmod(value, BASE)
                self.counts(key, failing)[digit - 1] += count
        elif isinstance(value, list):
            for entry in value or [None]:
                self.counts(name, failing)[entry] += count
        else:
            self.counts(name, failing)[value] += count

    def counts(self, key: str, failing: int) -> dict[Any, int]:
        """Any: codes are texts, bars and years numbers."""
        return self.found.setdefault(key, {}).setdefault(failing, defaultdict(int))

    def tally(self, key: str, numbers: set[int]) -> Tally:
        merged: dict[Any, int] = defaultdict(int)
        for number, counts in self.found.get(key, {}).items():
            if number in numbers:
                for value, count in counts.items():
                    merged[value] += count
        unknown = sum(merged.pop(nothing, 0) for nothing in (tallied.NOTHING, "", None))
        return Tally(merged, unknown)

    def numbers_of(self, key: str) -> set[int]:
        """The numbers that say that a site fails on the field's own conditions alone."""
        found, number = set(), 0
        for topic in self.apart.topics:
            own = range(number + 1, number + len(topic.terms) + 1)
            number += len(topic.terms)
            if topic.key == key:
                found |= {*own, -number}
        return found

    @property
    def met(self) -> int:
        return self.found.get(FITS, {}).get(0, {}).get(True, 0)

    @property
    def passed(self) -> int:
        return self.alone(0)

    def alone(self, number: int) -> int:
        """How many sites fail on that condition and no other; on none, where it is 0."""
        return sum(self.found.get(FITS, {}).get(number, {}).values())

    def relaxations(self) -> list[Relaxation]:
        return [
            Relaxation(term.names, self.alone(number))
            for number, term in enumerate(self.apart.terms, start=1)
        ]

    def loosened(self, number: int, steps: Sequence[Step]) -> list[Loosening]:
        reached = self.found.get(STEP, {}).get(number, {})
        names = self.apart.terms[number - 1].names
        found, more = [], 0
        for place, step in enumerate(steps, start=1):
            if reached.get(place):
                more += reached[place]
                found.append(Loosening(names, step.wanted, more))
        return found

    def with_another_code(self, number: int, wanted: SiteFilter) -> list[Loosening]:
        """The one code whose adding brings the most, where any of several is asked for."""
        names = self.apart.terms[number - 1].names
        [name, *_] = names
        held = loosening.codes(wanted, name)
        counts = self.found.get(name, {}).get(number, {})
        offered = {code: count for code, count in counts.items() if code and code not in held}
        if not held or not offered:
            return []
        code = max(offered, key=lambda one: (offered[one], one))
        return [Loosening(names, loosening.with_code(wanted, name, code), offered[code])]


def without(
    session: Session, apart: Wanted, term: Term, table: Table, passed: int
) -> tuple[Relaxation, list[Loosening]]:
    """What a condition on text or place costs, where `passed` sites pass with it."""
    others = [
        *(one.holds for one in apart.placed if one is not term),
        *(~func.coalesce(apart.fails(one), False) for one in apart.terms),
    ]
    count = select(func.count()).select_from(table).where(and_(true(), *others))
    relaxation = Relaxation(term.names, session.scalars(count).one() - passed)
    steps = list(stepped(apart, term, table))
    if not steps:
        return relaxation, []
    # Within the widest step, which an index finds.
    row = session.execute(
        select(*(func.count().filter(step.holds) for step in steps))
        .select_from(table)
        .where(steps[-1].holds, *others)
    ).one()
    found = [
        Loosening(term.names, step.wanted, count - passed)
        for step, before, count in zip(steps, [passed, *row], row, strict=False)
        if count > before
    ]
    return relaxation, found


def power_by_year(
    session: Session, apart: Wanted, table: Table, years: Sequence[int]
) -> PowerByYear:
    """As if nothing else were asked about power than how much."""
    asked = apart.filter.power or PowerWanted()
    mw = asked.mw_min or FIRST_MW
    alone = SiteFilter(basis_min=apart.filter.basis_min, fresh=apart.filter.fresh)
    by_year = [
        conditions.terms(
            replace(alone, power=PowerWanted(mw_min=mw, year=year, firm=asked.firm)), table
        )[0].holds
        for year in years
    ]
    others = [
        *(one.holds for one in apart.placed),
        *(
            ~func.coalesce(apart.fails(term), False)
            for topic in apart.topics
            if topic.key != tallied.POWER
            for term in topic.terms
        ),
    ]
    row = session.execute(
        select(*(func.count().filter(one) for one in by_year))
        .select_from(table)
        .where(and_(true(), *others))
    ).one()
    return PowerByYear(mw, dict(zip(years, row, strict=True)))


def later(wanted: SiteFilter, power: PowerByYear | None) -> list[Loosening]:
    """The MW asked for, in a later year."""
    if power is None or wanted.power is None or wanted.power.mw_min is None:
        return []
    years = tuple(power.years)
    already = most = power.years.get(wanted.power.year or years[0], 0)
    found = []
    for year, one in loosening.later_power(wanted, years):
        if power.years[year] > most:
            most = power.years[year]
            found.append(Loosening(("power_year",), one, most - already))
    return found
