"""The scan that counts, as SQL: a filter taken apart, and the statement that groups by its parts.

A site that fails on one topic alone is counted beside that topic's control, as if it were not
asked about; a site that fails on more is not counted at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Table,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)

from catalogue.search import conditions, loosening, tallied
from catalogue.search.conditions import Term, Truth
from catalogue.search.filters import SiteFilter

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


@dataclass(frozen=True)
class Topic:
    """What one control of the form asks about, by the key that is counted beside it."""

    key: str
    terms: tuple[Term, ...]


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
