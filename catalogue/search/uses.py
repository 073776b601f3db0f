"""How the search is used: which conditions, and which sites drop out on what.

Searches are counted in memory and written by day and condition now and then. Nothing says who
searched, no search is kept, and no words that anybody typed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from threading import Lock
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.orm import Session

from catalogue.database import Audience, Databases
from catalogue.errors import BadParameters
from catalogue.fields import SITE
from catalogue.listing import LISTINGS
from catalogue.search import saved_searches, scan
from catalogue.search.filters import PARAMETERS, SiteFilter
from catalogue.search.tallied import POWER, edges, is_measured
from catalogue.tables import search_use, search_use_site

EVERY_SEARCH = ""
"""The parameter under which all searches together are counted."""
ANY = ""
"""The range under which all searches with a condition are counted, whatever they ask for."""
MOST_KEPT = 1_000
"""Different searches waiting in memory; of more, only those already waiting are counted."""
MOST_SITES = 50
"""Sites that are noted by name for one condition of one search."""
NAMELESS = frozenset({"text", "box", "within"})
"""What was typed or drawn is nobody's business; that it was is counted."""

Search = tuple[str, Audience]
"""The query of a filter, and for whom it was answered."""
Dropouts = Mapping[str, tuple[int, list[str]]]
"""By the parameter that each site drops out on alone: how many sites, and some by reference."""


class Uses:
    """Searches since the last writing, in this process."""

    def __init__(self) -> None:
        self.waiting: Counter[Search] = Counter()
        self.lock = Lock()

    def note(self, wanted: SiteFilter, audience: Audience) -> None:
        """A search without a condition tells nothing."""
        query = wanted.query_string()
        if not query:
            return
        with self.lock:
            if (query, audience) in self.waiting or len(self.waiting) < MOST_KEPT:
                self.waiting[query, audience] += 1

    def take(self) -> Counter[Search]:
        with self.lock:
            taken, self.waiting = self.waiting, Counter()
        return taken


@dataclass
class Counts:
    """Searches added up, as they are kept."""

    searches: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By parameter and range."""
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """The same, of any range alone: which of two values a site dropped out on cannot be said."""
    by_site: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By parameter and the site's reference."""

    def count(self, wanted: SiteFilter, fallen: Dropouts, times: int) -> None:
        """The same search so many times."""
        self.searches[EVERY_SEARCH, ""] += times
        for parameter, text in wanted.pairs:
            count, references = fallen.get(parameter, (0, []))
            self.searches[parameter, ANY] += times
            self.dropped[parameter, ANY] += times * count
            for one in ranges_of(parameter, text):
                self.searches[parameter, one] += times
            for reference in references:
                self.by_site[parameter, reference] += times


def write(
    databases: Databases, taken: Mapping[Search, int], names: Mapping[str, str], today: date
) -> None:
    """Add searches to the day's counts; `names` are the municipalities' by code."""
    counts = Counts()
    for (query, audience), times in taken.items():
        try:
            wanted = saved_searches.read_query(query, names)
        except BadParameters:
            continue
        with databases.reading(audience) as session:
            fallen = dropouts(session, wanted, LISTINGS[audience])
        counts.count(wanted, fallen, times)
    if counts.searches:
        with databases.writing(None) as session:
            keep(session, counts, today)


def keep(session: Session, counts: Counts, day: date) -> None:
    """Add to what is kept of the day."""
    for table, rows in rows_of(counts, day).items():
        add(session, table, rows)


def rows_of(counts: Counts, day: date) -> dict[Table, list[dict[str, Any]]]:
    """The day's counts as they are kept. Any: columns differ in type."""
    return {
        search_use: [
            {"day": day, "parameter": name, "range": one, "searches": count,
             "dropped": counts.dropped[name, one]}
            for (name, one), count in counts.searches.items()
        ],
        search_use_site: [
            {"day": day, "parameter": name, "reference": reference, "searches": count}
            for (name, reference), count in counts.by_site.items()
        ],
    }  # fmt: skip


def add(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    """Counts are added to those that are there; Any: columns differ in type."""
    if not rows:
        return
    rows.sort(key=lambda row: [str(row[column.name]) for column in table.primary_key])
    written = insert(table)
    counted = [column for column in table.c if not column.primary_key]
    session.execute(
        written.on_conflict_do_update(
            index_elements=list(table.primary_key),
            set_={one.name: one + written.excluded[one.name] for one in counted},
        ),
        rows,
    )


def dropouts(session: Session, wanted: SiteFilter, table: Table) -> Dropouts:
    """Which sites drop out on a single condition of the search."""
    apart = scan.taken_apart(wanted, table)
    if not apart.terms:
        return {}
    number = scan.failing(apart).label("number")
    near = (
        select(number, table.c.reference)
        .where(*(term.holds for term in apart.placed))
        .where(scan.fails_at_most_once(apart))
        .subquery("near")
    )
    references = func.array_agg(aggregate_order_by(near.c.reference, near.c.reference))
    rows = session.execute(
        select(near.c.number, func.count(), references)
        .where(near.c.number > 0)
        .group_by(near.c.number)
    )
    terms = apart.terms
    return {
        terms[number - 1].names[0]: (count, found[:MOST_SITES]) for number, count, found in rows
    }


def ranges_of(parameter: str, text: str) -> Iterable[str]:
    """What was asked for, coarsely: `50–100`, `SE3`, `2030`; nothing for words and places."""
    if parameter in NAMELESS:
        return []
    if parameter == "near":
        return [size_range("distance_rail_km", float(text.rpartition(",")[2]))]
    key = parameter.removesuffix("_min").removesuffix("_max")
    if key == POWER or (key in SITE and parameter in PARAMETERS and is_measured(SITE[key])):
        return [size_range(key, float(text))]
    if key in SITE and SITE[key].kind == "date":
        return [text[:4]]
    return text.split(",")


def size_range(key: str, size: float) -> str:
    """The bar of the histogram that a size falls into: `50-100`, `400-`."""
    limits = [*edges(key), None]
    low, high = next((low, high) for low, high in pairwise(limits) if high is None or size < high)
    return f"{low:g}-{'' if high is None else format(high, 'g')}"
