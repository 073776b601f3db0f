"""What saved searches and clients' open requests would get an answer from, were a field filled in.

Counted over all of them in one statement, with the filter that they themselves use. Only numbers
come out: whose a search or a request is, and what it says, stays with whoever keeps it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import (
    CTE,
    Select,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB, array
from sqlalchemy.orm import Session
from sqlalchemy.types import Text as TextType

from catalogue import listing
from catalogue.errors import BadParameters, Invalid
from catalogue.fields import SITE
from catalogue.listed_provenance import backing
from catalogue.provenance import ShelfLife
from catalogue.requests.requirements import parameters, read_requirements
from catalogue.search import filters, saved_searches
from catalogue.search.conditions import terms
from catalogue.search.filters import SiteFilter
from catalogue.site import LISTED_STATUSES, Site
from catalogue.tables import listing_registered
from geo.drawings import drawings

AT_ONCE = 40
"""Searches in one statement; more would cost PostgreSQL more to plan than to answer."""


@dataclass(frozen=True)
class Demand:
    """Searches and requests that a site neither meets nor fails because a field is not known."""

    alone: int = 0
    """The field is all that is missing: known, the site would meet the search or fail it."""
    among: int = 0
    """Other fields are missing too."""


FieldDemand = Mapping[tuple[str, str], Demand]
"""By the site's reference and the field's key."""


def demand(
    session: Session, sites: Iterable[Site], names: Mapping[str, str], shelf_life: ShelfLife
) -> FieldDemand:
    """Drafts are judged as if they were published; `names` are the municipalities' by code."""
    open_sites = [one for one in sites if one.status not in ("established", "withdrawn")]
    searches = [*in_use(session, names), *requested(session, names)]
    if not open_sites or not searches:
        return {}
    alone: Counter[tuple[str, str]] = Counter()
    among: Counter[tuple[str, str]] = Counter()
    by_reference = {site.reference: site for site in open_sites}
    for start in range(0, len(searches), AT_ONCE):
        some = searches[start : start + AT_ONCE]
        for number, reference, unknown in session.execute(
            unknowns(candidates(open_sites, names, shelf_life), [wanted for wanted, _ in some])
        ):
            keys = {typed(key, by_reference[reference]) for key in unknown}
            count = some[number][1]
            for key in keys:
                (alone if len(keys) == 1 else among)[reference, key] += count
    return {place: Demand(alone[place], among[place]) for place in alone.keys() | among.keys()}


def in_use(session: Session, names: Mapping[str, str]) -> list[tuple[SiteFilter, int]]:
    """Each search that somebody has saved, and how many have; the database tells no more.

    One that asks for what no longer exists is passed over.
    """
    told = func.searches_in_use().table_valued("query", "searches")
    rows = select(told.c.query, told.c.searches)
    found = []
    for query, count in session.execute(rows):
        try:
            found.append((saved_searches.read_query(query, names), int(count)))
        except BadParameters:
            continue
    return found


def requested(session: Session, names: Mapping[str, str]) -> list[tuple[SiteFilter, int]]:
    """The musts of each request that a client still waits with, as one search."""
    told = func.requirements_in_demand().table_valued("requirements", joins_implicitly=False)
    found = []
    for raw in session.scalars(select(cast(told.c.requirements, JSONB))):
        try:
            musts = [one for one in read_requirements(raw, names) if one.must]
            pairs = dict(chain.from_iterable(parameters(one) for one in musts))
            found.append((filters.parse(pairs.items(), names), 1))
        except Invalid:
            # Asks for what the catalogue no longer has.
            continue
    return [(wanted, count) for wanted, count in found if wanted.pairs]


def typed(key: str, site: Site) -> str:
    """Where a person mends it: what is computed follows from the outline."""
    return "outline" if not key or SITE[key].computed else key


def candidates(sites: Sequence[Site], names: Mapping[str, str], shelf_life: ShelfLife) -> CTE:
    """The sites as registered readers would find them, as rows of a statement."""
    rows = [candidate(site, names, shelf_life) for site in sites]
    # No expression makes rows of a table's own type out of JSON.
    made = text(
        "select * from jsonb_populate_recordset(null::listing_registered, cast(:rows as jsonb))"
    )
    return (
        made.bindparams(rows=orjson.dumps(rows).decode())
        .columns(*(column(one.name, one.type) for one in listing_registered.c))
        .cte("candidate")
    )


def candidate(site: Site, names: Mapping[str, str], shelf_life: ShelfLife) -> dict[str, Any]:
    """Any: columns differ in type."""
    if site.status not in LISTED_STATUSES:
        site = replace(site, status="published")
    keys = listing.shown_keys(site.provenance, "registered")
    behind = backing(site.provenance, keys, shelf_life)
    row = listing.columns(
        site,
        listing.visible(site, "registered", keys),
        behind,
        names.get(site.municipality, site.municipality),
    )
    if site.outline is not None:
        row["outline"] = drawings([site.outline])[0].wgs84.hex()
    return row


def unknowns(table: CTE, searches: Sequence[SiteFilter]) -> Any:
    """Which search, which site, and the keys that are unknown; met and failed ones left out.

    Any: a union's row type.
    """
    return union_all(*(unknown_of(table, number, wanted) for number, wanted in enumerate(searches)))


def unknown_of(table: CTE, number: int, wanted: SiteFilter) -> Select[Any]:
    """Any: the row type of a select."""
    asked = terms(wanted, table)
    missing = func.array_remove(
        array([case((one.holds.is_(None), literal(one.key, TextType))) for one in asked]), None
    )
    return (
        select(literal(number), table.c.reference, missing)
        .where(and_(true(), *(one.holds.is_not(False) for one in asked)))
        .where(func.cardinality(missing) > 0)
    )
