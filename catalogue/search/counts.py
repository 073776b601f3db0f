"""What the API tells of a filter in numbers: totals, facets, histograms, and ways to loosen it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from catalogue.search.counting import Counted, Tally, counted
from catalogue.search.filters import SiteFilter
from catalogue.search.tallied import FACETS, HISTOGRAMS, edges

YEARS_AHEAD = 10


def counts(
    session: Session, wanted: SiteFilter, table: Table, listed: int, this_year: int
) -> dict[str, Any]:
    """`listed` sites are there at all; power by year is told where power is asked for. Any: JSON."""
    years = range(this_year, this_year + YEARS_AHEAD + 1) if wanted.power else ()
    under = counted(session, wanted, table, (*FACETS, *HISTOGRAMS), years)
    return {
        "total": under.passed,
        "meets": under.met,
        "may_fit": under.passed - under.met,
        "fails": listed - under.passed,
        **told(under.under),
        "others": told(under.besides),
        "relax": [{"parameters": one.parameters, "more": one.more} for one in under.relaxations],
        "loosen": [
            {"parameters": one.parameters, "query": one.wanted.query_string(), "more": one.more}
            for one in under.loosenings
        ],
        **power_told(under),
    }


def told(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "facets": {key: facet(tallies[key]) for key in FACETS},
        "histograms": {key: histogram(key, tallies[key]) for key in HISTOGRAMS},
    }


def facet(tally: Tally) -> list[dict[str, Any]]:
    """Sites per code, the most first; `null` for those whose value is not known. Any: JSON."""
    found = sorted(tally.counts.items(), key=lambda one: (-one[1], one[0]))
    if tally.unknown:
        found.append((None, tally.unknown))
    return [{"code": code, "count": count} for code, count in found]


def histogram(key: str, tally: Tally) -> dict[str, Any]:
    """Sites per size, and those of unknown size; Any: JSON."""
    return {
        "from": edges(key),
        "counts": bars(key, tally),
        "unknown": tally.unknown,
    }


def bars(key: str, tally: Tally) -> list[int]:
    """Sites in each bar; what is below the first edge stands in the first."""
    found = [tally.counts.get(number, 0) for number in range(1, len(edges(key)) + 1)]
    found[0] += tally.counts.get(0, 0)
    return found


def power_told(under: Counted) -> dict[str, Any]:
    """Any: JSON."""
    if under.power is None:
        return {}
    years, numbers = list(under.power.years), list(under.power.years.values())
    return {"power_by_year": {"mw": under.power.mw, "years": years, "counts": numbers}}
