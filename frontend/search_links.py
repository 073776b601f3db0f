"""Where a search leads: its permanent link, other orders, further pages, files and ways out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from catalogue.provenance import Mark
from catalogue.search import queries
from catalogue.search.counting import Counted
from catalogue.search.filters import SiteFilter
from catalogue.search.queries import Totals
from catalogue.search.table_columns import Pairs, TableView
from frontend.rendering import address
from geo.texts import Language, Text

SORTS: tuple[tuple[str, Text], ...] = (
    ("", Text("Högst mognad", "Highest readiness")),
    ("-area_gross_ha", Text("Störst yta", "Largest area")),
    ("-power_now_mw", Text("Mest effekt i dag", "Most power today")),
    ("distance_rail_km", Text("Närmast järnväg", "Nearest to railway")),
    ("-updated_at", Text("Senast ändrad", "Last changed")),
    ("municipality", Text("Kommun", "Municipality")),
)
DOWNLOADS = {
    "Excel": "/api/v1/sites?format=xlsx",
    "CSV": "/api/v1/sites?format=csv",
    "GeoJSON": "/api/v1/sites.geojson",
}
"""Files of every site that passes; the filter's query follows."""
SEARCHES_PATH = "/account/searches"


@dataclass(frozen=True, kw_only=True)
class Found:
    """One search and what it finds; Any: features as GeoJSON."""

    wanted: SiteFilter
    part: queries.Page
    totals: Totals
    features: Sequence[Mapping[str, Any]]
    marks: Mapping[str, Mapping[str, Mark]]
    """The trust marks of the cards' values, by site and key."""
    counted: Counted

    view: TableView | None = None
    """The table, where the sites are not shown as a list."""

    @property
    def view_pairs(self) -> Pairs:
        return self.view.pairs if self.view else ()

    @property
    def passing(self) -> int:
        return self.totals.meets + self.totals.may_fit


@dataclass(frozen=True)
class Link:
    text: str
    href: str
    is_current: bool = False


def search_address(
    language: Language,
    wanted: SiteFilter,
    sort: Sequence[str] = (),
    offset: int = 0,
    *,
    view: Pairs = (),
) -> str:
    """The permanent link of a search; `view` says how its sites are shown."""
    pairs = [*wanted.pairs, *view]
    if sort:
        pairs.append(("sort", ",".join(sort)))
    if offset:
        pairs.append(("offset", str(offset)))
    query = urlencode(pairs)
    return address(language, "/") + (f"?{query}" if query else "")


def saving_address(language: Language, wanted: SiteFilter) -> str:
    """Where a signed-in reader gives the search a name and keeps it."""
    return address(language, SEARCHES_PATH, save=wanted.query_string())


def watching_address(language: Language, wanted: SiteFilter) -> str:
    """Where anybody asks to be told when the answer to the search changes."""
    query = wanted.query_string()
    return address(language, "/alerts/new") + (f"?{query}" if query else "")


def sort_links(language: Language, found: Found) -> list[Link]:
    current = ",".join(found.part.sort)
    return [
        Link(
            text.in_language(language),
            search_address(language, found.wanted, (key,) if key else (), view=found.view_pairs),
            is_current=key == current,
        )
        for key, text in SORTS
    ]


def paging(language: Language, found: Found) -> dict[str, Any]:
    """Where the list begins and ends, and the addresses before and after. Any: both."""
    part, shown = found.part, len(found.features)
    before, after = part.offset - part.limit, part.offset + part.limit
    return {
        "first": part.offset + 1 if shown else 0,
        "last": part.offset + shown,
        "previous": search_address(
            language, found.wanted, part.sort, max(before, 0), view=found.view_pairs
        )
        if part.offset
        else "",
        "next": search_address(language, found.wanted, part.sort, after, view=found.view_pairs)
        if after < found.passing
        else "",
    }
