"""Counts under a filter: by code and by size, and what each condition costs. One scan for all.

A site that fails on one topic alone is counted beside that topic's control, as if it were not
asked about; a site that fails on more is not counted at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Table,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import Session

from catalogue.search import conditions, loosening, tallied
from catalogue.search.conditions import Term, Truth
from catalogue.search.filters import PowerWanted, SiteFilter

PLACED = frozenset({"text", "box", "within", "near"})
"""Conditions that stand beside no count: an index serves them, so they are kept out of the scan."""
FITS = "fits"
"""Whether a site meets every condition, so far as is known; for one that fails on none."""
STEP = "step"
"""The step by which the condition that a site fails on would let it through."""
TOGETHER = 2
"""Fields with few codes are grouped by so many at a time."""
PACKED = 3
BASE = 32
"""More than any field has bars."""
FIRST_MW = 50
"""What power by year is told for where no MW are asked for."""


@dataclass(frozen=True)
class Topic:
    """What one control of the form asks about, by the key that is counted beside it."""

    key: str
    terms: tuple[Term, ...]


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


@dataclass(frozen=True)
class Wanted:
    """A filter taken apart for counting."""

    filter: SiteFilter
    placed: tuple[Term, ...]
    topics: tuple[Topic, ...]

    @property
    def terms(self) -> list[Term]:
        """In the order that their numbers say, counted from one."""
        return [term for topic in self.topics for term in topic.terms]

    def fails(self, term: Term, holds: Truth | None = None) -> Truth:
        """Whether a site is dropped by a condition, or would be if it held what is given."""
        given = term.holds if holds is None else holds
        is_hard = term.key and self.filter.unknown == "exclude"
        return given.is_not(True) if is_hard else given.is_(False)


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


def taken_apart(wanted: SiteFilter, table: Table) -> Wanted:
    topics: dict[str, list[Term]] = {}
    placed = []
    for term in conditions.terms(wanted, table):
        if term.names[0] in PLACED:
            placed.append(term)
        else:
            topics.setdefault(topic_of(term), []).append(term)
    return Wanted(
        wanted, tuple(placed), tuple(Topic(key, tuple(some)) for key, some in topics.items())
    )


def topic_of(term: Term) -> str:
    if term.names[0] == "power_mw_min":
        return tallied.POWER
    return term.key or term.names[0]


def statement(
    apart: Wanted, table: Table, keys: Sequence[str], steps: Mapping[int, Sequence["Step"]]
) -> Select[Any]:
    """One scan, grouped by some fields in turn together with the number of the failing condition.

    In each row of the answer the columns of one group are not null, besides the first and the last.
    Any: a row of them.
    """
    power = apart.filter.power
    together = groups(keys)
    columns = {
        **{key: tallied.place(key, table, power) for key in keys if not tallied.is_in_bars(key)},
        **{
            name: packed([tallied.place(key, table, power) for key in some])
            for name, some in packs(keys).items()
        },
        FITS: func.coalesce(conditions.fit(apart.terms), False),
        STEP: sum_of_steps(apart, steps),
    }
    near = (
        select(
            failing(apart).label("failing"),
            *(column.label(name) for name, column in columns.items()),
        )
        .select_from(table)
        .where(*(term.holds for term in apart.placed))
        .where(fails_at_most_once(apart))
        .subquery("near")
    )
    sets = [tuple_(near.c.failing, *(near.c[name] for name in some)) for some in together]
    return select(near.c.failing, *(near.c[name] for name in columns), func.count()).group_by(
        func.grouping_sets(*sets)
    )


def groups(keys: Sequence[str]) -> list[tuple[str, ...]]:
    """What is grouped by at once: each group costs a look-up for every site, so that fields with
    few codes share one."""
    few = [key for key in keys if tallied.has_few_codes(key)]
    alone = [key for key in keys if key not in few and not tallied.is_in_bars(key)]
    return [
        (FITS, STEP, *few[:1]),
        *batched(few[1:], TOGETHER),
        *((key,) for key in alone),
        *((name,) for name in packs(keys)),
    ]


def packs(keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Fields in bars, so many at a time: grouping by one number costs less than by several."""
    measured = [key for key in keys if tallied.is_in_bars(key)]
    return {f"bars_{number}": some for number, some in enumerate(batched(measured, PACKED))}


def batched(keys: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(keys[start : start + size]) for start in range(0, len(keys), size)]


def packed(places: Sequence[ColumnElement[int]]) -> ColumnElement[int]:
    """The numbers of several bars as the digits of one; an unknown value is the digit 0."""
    found: ColumnElement[int] = literal(0)
    for power, place in enumerate(places):
        found = found + (place + 1) * BASE**power
    return found


def fails_at_most_once(apart: Wanted) -> Truth:
    several = [or_(*(apart.fails(term) for term in topic.terms)) for topic in apart.topics]
    return sum_of(several) <= 1 if len(several) > 1 else true()


def sum_of(truths: Iterable[Truth]) -> ColumnElement[int]:
    found: ColumnElement[int] = literal(0)
    for one in truths:
        found = found + cast(func.coalesce(one, False), Integer)
    return found


def failing(apart: Wanted) -> ColumnElement[int]:
    """The number of the condition that a site fails on; 0 for none.

    Where several of one topic fail, the topic's last number and one more, negative.
    """
    numbered = list(enumerate(apart.terms, start=1))
    if not numbered:
        return literal(0)
    several = []
    number = 0
    for topic in apart.topics:
        number += len(topic.terms)
        if len(topic.terms) > 1:
            several.append((sum_of(apart.fails(term) for term in topic.terms) > 1, -number))
    return case(*several, *((apart.fails(term), number) for number, term in numbered), else_=0)


@dataclass(frozen=True)
class Step:
    """A filter with one condition loosened, and whether a site would still fail that condition."""

    wanted: SiteFilter
    fails: Truth
    holds: Truth


def stepped(apart: Wanted, term: Term, table: Table) -> Iterable[Step]:
    """The smallest step first."""
    for name in term.names:
        for looser in loosening.looser(apart.filter, name):
            [same] = [one for one in conditions.terms(looser, table) if one.names == term.names]
            yield Step(looser, apart.fails(term, same.holds), same.holds)


def sum_of_steps(apart: Wanted, steps: Mapping[int, Sequence[Step]]) -> ColumnElement[int]:
    """The first step, counted from one, that would let a failing site through; 0 for none. A site
    that fails on one condition has no step of another."""
    found: ColumnElement[int] = literal(0)
    for number, some in steps.items():
        if some:
            found = found + step_reached(apart, number, some)
    return found


def step_reached(apart: Wanted, number: int, steps: Sequence[Step]) -> ColumnElement[int]:
    """The first step, counted from one, that would let a failing site through; 0 for none."""
    term = apart.terms[number - 1]
    return case(
        (func.coalesce(apart.fails(term), False).is_(False), 0),
        *((one.fails.is_not(True), place) for place, one in enumerate(steps, start=1)),
        else_=0,
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
