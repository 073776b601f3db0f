"""Counts under a filter: how many meet it, by code and by size, and what each condition costs."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, select, true
from sqlalchemy.orm import Session

from catalogue.fields import SITE
from catalogue.search import conditions
from catalogue.search.conditions import Term
from catalogue.search.filters import SiteFilter
from catalogue.search.queries import totals

FACETS = (
    "municipality", "status", "site_type", "suitable_for", "detaljplan_status", "bidding_area",
    "readiness",
)  # fmt: skip
HISTOGRAMS: dict[str, tuple[float, ...]] = {
    "area_gross_ha": (0, 10, 25, 50, 100, 200, 400),
    "power_now_mw": (0, 5, 20, 50, 100, 200, 400),
    "drinking_water_m3_day": (0, 100, 250, 500, 1_000, 2_500),
    "sewage_m3_day": (0, 100, 250, 500, 1_000, 2_500),
    "distance_rail_km": (0, 2, 5, 10, 25, 50),
}
"""Lower edges of the bars; the last has no upper edge."""


@dataclass(frozen=True)
class Relaxation:
    """How many more sites there would be without one condition."""

    parameters: tuple[str, ...]
    more: int


def relaxations(session: Session, wanted: SiteFilter, table: Table) -> list[Relaxation]:
    """For each condition, the sites that fail on it alone; the most helpful first. One scan."""
    some = conditions.terms(wanted, table)
    if not some:
        return []
    counted = [func.count().filter(alone_fails(term, some)) for term in some]
    row = session.execute(select(*counted).select_from(table)).one()
    found = [Relaxation(term.names, more) for term, more in zip(some, row, strict=True)]
    return sorted(found, key=lambda one: -one.more)


def alone_fails(term: Term, some: list[Term]) -> ColumnElement[bool]:
    others = [other.holds.is_not(False) for other in some if other is not term]
    return and_(term.holds.is_(False), *others)


def counts(session: Session, wanted: SiteFilter, table: Table, listed: int) -> dict[str, Any]:
    """Totals, facets, histograms and relaxations of one filter; `listed` sites are there at all.

    Any: JSON.
    """
    found = totals(session, wanted, table, listed)
    passing = and_(true(), conditions.accepted(conditions.terms(wanted, table), wanted))
    return {
        "total": found.meets + found.may_fit,
        "meets": found.meets,
        "may_fit": found.may_fit,
        "fails": found.fails,
        "facets": {key: facet(session, key, passing, table) for key in FACETS},
        "histograms": {key: histogram(session, key, passing, table) for key in HISTOGRAMS},
        "relax": [
            {"parameters": one.parameters, "more": one.more}
            for one in relaxations(session, wanted, table)
        ],
    }


def facet(
    session: Session, key: str, passing: ColumnElement[bool], table: Table
) -> list[dict[str, Any]]:
    """Sites per code, the most first; `null` for those whose value is not known. Any: JSON."""
    column = table.c[key]
    code = func.unnest(column) if key in SITE and SITE[key].kind == "codes" else column
    statement = (
        select(code.label("code"), func.count().label("count"))
        .select_from(table)
        .where(passing)
        .group_by("code")
        .order_by(func.count().desc(), "code")
    )
    return [{"code": row.code, "count": row[1]} for row in session.execute(statement)]


def histogram(
    session: Session, key: str, passing: ColumnElement[bool], table: Table
) -> dict[str, Any]:
    """Sites per size, and those of unknown size; Any: JSON."""
    edges = HISTOGRAMS[key]
    bar = func.width_bucket(table.c[key], list(edges))
    statement = select(bar, func.count()).select_from(table).where(passing).group_by(bar)
    found = {number: count for number, count in session.execute(statement)}
    return {
        "from": edges,
        "counts": [found.get(number, 0) for number in range(1, len(edges) + 1)],
        "unknown": found.get(None, 0),
    }
