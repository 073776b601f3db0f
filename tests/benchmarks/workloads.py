"""What is measured: addresses, and the statements that each of them costs the database."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import Dialect, Select, create_mock_engine, func, select

from catalogue.maps import map_features
from catalogue.search import conditions, filters, queries
from catalogue.search.filters import SiteFilter
from catalogue.search.queries import Page
from catalogue.tables import listing_public

COUNTY = (14.5, 60.2, 17.6, 62.4)
DIALECT: Dialect = create_mock_engine("postgresql+psycopg://", lambda *_: None).dialect
CODES = ("2101", "2104", "2121", "2132", "2161", "2180", "2181", "2182", "2183", "2184")


@dataclass(frozen=True)
class Request:
    """One address and the SQL behind it, with every value written out."""

    path: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Workload:
    name: str
    make: Callable[[random.Random], Request]


def written_out(statement: Select[*tuple[object, ...]]) -> str:
    compiled = statement.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True})
    return " ".join(str(compiled).split()).replace("%%", "%")


def wanted_by(query: dict[str, str]) -> SiteFilter:
    return filters.parse(query.items(), {code: code for code in CODES})


def page_statements(wanted: SiteFilter, limit: int) -> tuple[str, ...]:
    found, _ = queries.page_statement(wanted, listing_public, Page(limit=limit), counted=True)
    return (written_out(found),)


def filtered_list(chance: random.Random) -> Request:
    query = {
        "area_gross_ha_min": f"{chance.uniform(20, 120):.1f}",
        "power_mw_min": f"{chance.uniform(5, 100):.1f}",
        "power_year": str(chance.randint(2027, 2034)),
        "distance_rail_km_max": f"{chance.uniform(2, 20):.1f}",
    }
    path = f"/api/v1/sites?{urlencode({**query, 'limit': '50'})}"
    return Request(path, page_statements(wanted_by(query), 50))


def box(chance: random.Random) -> Request:
    west = chance.uniform(COUNTY[0], COUNTY[2] - 0.4)
    south = chance.uniform(COUNTY[1], COUNTY[3] - 0.2)
    query = {"box": f"{west:.4f},{south:.4f},{west + 0.4:.4f},{south + 0.2:.4f}"}
    path = f"/api/v1/sites?{urlencode({**query, 'limit': '100'})}"
    return Request(path, page_statements(wanted_by(query), 100))


def one_item(chance: random.Random) -> Request:
    reference = f"GVB-{chance.choice(CODES)}-{chance.randint(1, 5_000):03d}"
    table = listing_public
    statement = select(table.c.detail, table.c.version, table.c.updated_at).where(
        table.c.reference == reference
    )
    return Request(f"/api/v1/sites/{reference}", (written_out(statement),))


def whole_region(chance: random.Random) -> Request:
    query = {"area_gross_ha_min": f"{chance.uniform(10, 150):.2f}"}
    west, south, east, north = COUNTY
    path = f"/api/v1/map?{urlencode({**query, 'box': f'{west},{south},{east},{north}', 'zoom': 7})}"
    shown = map_features.view((west, south, east, north), 7)
    statement = map_features.clusters(wanted_by(query), listing_public, shown)
    return Request(path, (written_out(statement),))


def bare_count(chance: random.Random) -> Request:
    """All counts and histograms, beside nothing but the count of the same filter."""
    query = {"area_gross_ha_min": f"{chance.uniform(10, 150):.2f}"}
    wanted = wanted_by(query)
    passing = conditions.accepted(conditions.terms(wanted, listing_public), wanted)
    statement = select(func.count()).select_from(listing_public).where(passing)
    return Request(f"/api/v1/counts?{urlencode(query)}", (written_out(statement),))


WORKLOADS = (
    Workload("filtered list with total, 50", filtered_list),
    Workload("box with total, 100", box),
    Workload("one item", one_item),
    Workload("map of the whole region", whole_region),
    Workload("counts, facets and histograms", bare_count),
)
