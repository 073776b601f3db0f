"""Every published site against every requirement: met, not met or unknown; ranked, with near misses.

PostgreSQL judges in one look at the audience's listing and keeps only what ranks a site; values and
gaps are fetched for the sites that are told of. `docs/decisions/0026-…` has the formula.
"""

import operator
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from typing import Any, Literal

import orjson
from sqlalchemy import (
    CTE,
    ColumnElement,
    Double,
    Table,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.orm import Session

from catalogue.requests.judging import Judged, judged
from catalogue.requests.needs import POWER_KEY
from catalogue.requests.requirements import Requirement
from catalogue.search import queries

Outcome = Literal["met", "not_met", "unknown"]
Fit = Literal["meets", "may_fit", "fails"]
OUTCOMES: dict[bool | None, Outcome] = {True: "met", False: "not_met", None: "unknown"}
NEAR = 0.2
"""A near miss lacks at most this share of the mark."""
MOST_NEAR = 10
MOST_SITES = 100
"""In one answer; the rest follow by `offset`."""


@dataclass(frozen=True)
class Result:
    """How one site stands to one requirement."""

    outcome: Outcome
    value: Any
    """As the site states it; None where it is not known. Any: JSON."""
    gap: float | None
    """What is missing, in the field's unit (days for dates, steps for codes in an order); None
    where nothing is missing or no distance can be told."""


@dataclass(frozen=True)
class Match:
    """One site against all requirements."""

    reference: str
    fit: Fit
    """By the musts alone: all met; none failed but some unknown; at least one failed."""
    score: float
    """Weight of what is met, in per cent of all weight."""
    unknown: float
    """Weight of what is unknown, in per cent of all weight: what the score could still rise by."""
    results: tuple[Result, ...]
    """In the order of the requirements."""
    properties: Mapping[str, Any]
    """All that the audience may know of the site. Any: JSON."""


@dataclass(frozen=True)
class Matching:
    """The answer to a request: a part of the ranked sites, and how many there are of each fit."""

    requirements: tuple[Requirement, ...]
    meets: int
    may_fit: int
    fails: int
    sites: tuple[Match, ...]
    near_misses: tuple[Match, ...]
    """Sites that fail a single must by little, the closest first."""

    @property
    def total(self) -> int:
        return self.meets + self.may_fit + self.fails


def match(
    session: Session,
    requirements: Sequence[Requirement],
    table: Table,
    names: Mapping[str, str],
    *,
    limit: int = 20,
    offset: int = 0,
) -> Matching:
    """`names` are the municipalities' by code; without a requirement every site meets."""
    asked = [judged(one, table, names) for one in requirements]
    ranked = judgements(asked, table)
    ranking = select(ranked.c.reference).order_by(*best_first(ranked))
    closest = (
        select(ranked.c.reference)
        .where(ranked.c.failed == 1, ranked.c.distance <= NEAR)
        .order_by(ranked.c.distance, *best_first(ranked))
        .limit(MOST_NEAR)
    )
    meets, may_fit, fails, page, near = session.execute(
        select(
            func.count().filter(ranked.c.fit == 0),
            func.count().filter(ranked.c.fit == 1),
            func.count().filter(ranked.c.fit == 2),
            func.array(ranking.limit(limit).offset(offset).scalar_subquery()),
            func.array(closest.scalar_subquery()),
        ).select_from(ranked)
    ).one()
    told = {one.reference: one for one in matches(session, asked, table, {*page, *near})}
    return Matching(
        tuple(requirements), meets, may_fit, fails,
        tuple(told[reference] for reference in page),
        tuple(told[reference] for reference in near),
    )  # fmt: skip


def chosen(
    session: Session,
    requirements: Sequence[Requirement],
    table: Table,
    names: Mapping[str, str],
    references: Sequence[str],
) -> list[Match]:
    """These sites in the order given; those that the audience does not see are left out."""
    asked = [judged(one, table, names) for one in requirements]
    told = {one.reference: one for one in matches(session, asked, table, references)}
    return [told[reference] for reference in dict.fromkeys(references) if reference in told]


def judgements(asked: Sequence[Judged], table: Table) -> CTE:
    """For each site what it is ranked by, worked out once and kept for whoever asks."""
    held = (
        select(
            table.c.reference,
            table.c.readiness,
            *(one.holds.label(f"holds_{place}") for place, one in enumerate(asked)),
            *(one.distance.label(f"far_{place}") for place, one in enumerate(asked)),
        )
        # Keeps PostgreSQL from working the conditions out again wherever they are named below.
        .offset(0)
        .subquery("held")
    )
    truths = [held.c[f"holds_{place}"] for place in range(len(asked))]
    weights = [one.requirement.weight for one in asked]
    musts = [place for place, one in enumerate(asked) if one.requirement.must]
    fit = and_(true(), *(truths[place] for place in musts))
    failed = [case((truths[place].is_(False), 1), else_=0) for place in musts]
    lacking = [
        case((truths[place].is_(False), held.c[f"far_{place}"]), else_=0.0) for place in musts
    ]
    # Named more than once below, so PostgreSQL works it out once and keeps it.
    return select(
        held.c.reference,
        held.c.readiness,
        case((fit.is_(True), 0), (fit.is_(None), 1), else_=2).label("fit"),
        share([truth.is_(True) for truth in truths], weights).label("score"),
        share([truth.is_(None) for truth in truths], weights).label("unknown"),
        total(failed).label("failed"),
        total(lacking).label("distance"),
    ).cte("ranked")


def total(parts: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    """Any: whole numbers or not."""
    return reduce(operator.add, parts, cast(literal(0), Double))


def share(truths: Sequence[ColumnElement[bool]], weights: Sequence[float]) -> ColumnElement[Any]:
    """The weight of what is true in per cent of all weight; 0 where nothing is asked. Any: as above."""
    parts = [
        case((truth, cast(weight, Double)), else_=0.0)
        for truth, weight in zip(truths, weights, strict=True)
    ]
    return total(parts) * 100 / (sum(weights) or 1.0)


def best_first(ranked: CTE) -> list[ColumnElement[Any]]:
    """Any: the keys differ in type."""
    return [
        ranked.c.fit,
        ranked.c.score.desc(),
        ranked.c.unknown.desc(),
        ranked.c.readiness.desc().nulls_last(),
        ranked.c.reference,
    ]


def matches(
    session: Session, asked: Sequence[Judged], table: Table, references: Collection[str]
) -> list[Match]:
    """These sites with each value and gap, in no order."""
    judged = [(one.holds, one.value, one.gap) for one in asked]
    rows = session.execute(
        select(queries.whole(table), *chain.from_iterable(judged)).where(
            table.c.reference.in_(list(references))
        )
    )
    requirements = [one.requirement for one in asked]
    return [one_match(requirements, detail, parts) for detail, *parts in rows]


def one_match(requirements: Sequence[Requirement], detail: str, parts: Sequence[Any]) -> Match:
    """From a row: the opened feature, and truth, value and gap in turn. Any: they differ in type."""
    results = tuple(
        Result(OUTCOMES[holds], value, gap if holds is False else None)
        for holds, value, gap in zip(parts[0::3], parts[1::3], parts[2::3], strict=True)
    )
    judged = list(zip(requirements, results, strict=True))
    properties = orjson.loads(detail + "}}")["properties"]
    return Match(
        properties["reference"],
        fit_of([result.outcome for requirement, result in judged if requirement.must]),
        percentage(judged, "met"),
        percentage(judged, "unknown"),
        results,
        properties,
    )


def fit_of(musts: Collection[Outcome]) -> Fit:
    """One that is not met fails the site, one that is unknown leaves it open."""
    if "not_met" in musts:
        return "fails"
    return "may_fit" if "unknown" in musts else "meets"


def percentage(judged: Sequence[tuple[Requirement, Result]], outcome: Outcome) -> float:
    weights = [one.weight for one, result in judged if result.outcome == outcome]
    return round(100 * sum(weights) / (sum(one.weight for one, _ in judged) or 1), 1)


def field_key(requirement: Requirement, properties: Mapping[str, Any]) -> str:
    """The field of the site that answers the requirement. Any: JSON."""
    if requirement.key == POWER_KEY:
        has = {key: properties.get(key) is not None for key in ("power_timeline", "power_now_mw")}
        is_by_year = requirement.year is not None and (
            has["power_timeline"] or not has["power_now_mw"]
        )
        return "power_timeline" if is_by_year else "power_now_mw"
    return requirement.key if requirement.need.field else "municipality"
