"""The example catalogue's sites: where each lies and how far it has come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from catalogue.site import Status
from geo.layers import Layers
from geo.reference_systems import SWEREF99TM, WGS84, transformed
from geo.texts import Text
from seed.base import read
from seed.demo_grounds import Ground, Station, suppliers_of


@dataclass(frozen=True)
class Course:
    """How a site has gone: its readiness now, and when it was begun and last worked on.

    `begun` and `last` are shares, 0–1, of the time from the project's start to today.
    """

    level: int
    status: Status
    precision: str
    begun: float
    last: float


COURSES: dict[tuple[str, int], Course] = {
    ("2101", 1): Course(3, "published", "exact", 0.10, 0.97),
    ("2101", 2): Course(1, "published", "exact", 0.42, 0.66),
    ("2101", 3): Course(2, "in_review", "exact", 0.80, 0.97),
    ("2104", 1): Course(4, "published", "exact", 0.05, 0.96),
    ("2104", 2): Course(5, "published", "exact", 0.12, 0.99),
    ("2104", 3): Course(1, "draft", "exact", 0.90, 0.97),
    ("2121", 1): Course(3, "published", "exact", 0.25, 0.93),
    ("2121", 2): Course(1, "published", "generalised", 0.38, 0.58),
    ("2121", 3): Course(2, "published", "exact", 0.11, 0.88),
    ("2121", 4): Course(0, "draft", "exact", 0.70, 0.74),
    ("2132", 1): Course(2, "published", "generalised", 0.20, 0.95),
    ("2132", 2): Course(4, "published", "exact", 0.30, 0.98),
    ("2132", 3): Course(3, "established", "exact", 0.15, 0.70),
    ("2161", 1): Course(3, "published", "exact", 0.08, 0.98),
    ("2161", 2): Course(2, "published", "point_only", 0.35, 0.90),
    ("2161", 3): Course(1, "published", "exact", 0.45, 0.62),
    ("2161", 4): Course(4, "published", "exact", 0.22, 0.97),
    ("2180", 1): Course(3, "published", "exact", 0.04, 0.99),
    ("2180", 2): Course(4, "reserved", "exact", 0.09, 0.98),
    ("2180", 3): Course(5, "published", "exact", 0.13, 0.99),
    ("2180", 4): Course(3, "published", "exact", 0.28, 0.91),
    ("2180", 5): Course(2, "published", "exact", 0.40, 0.96),
    ("2180", 6): Course(0, "published", "point_only", 0.55, 0.80),
    ("2180", 7): Course(2, "withdrawn", "exact", 0.18, 0.72),
    ("2181", 1): Course(4, "published", "exact", 0.07, 0.97),
    ("2181", 2): Course(3, "reserved", "exact", 0.21, 0.95),
    ("2181", 3): Course(2, "published", "exact", 0.33, 0.85),
    ("2181", 4): Course(5, "established", "exact", 0.06, 0.78),
    ("2181", 5): Course(1, "published", "generalised", 0.50, 0.68),
    ("2181", 6): Course(0, "published", "exact", 0.60, 0.90),
    ("2182", 1): Course(5, "published", "exact", 0.10, 0.98),
    ("2182", 2): Course(3, "published", "generalised", 0.24, 0.99),
    ("2182", 3): Course(2, "published", "exact", 0.37, 0.94),
    ("2182", 4): Course(1, "in_review", "exact", 0.82, 0.98),
    ("2183", 1): Course(4, "published", "exact", 0.05, 0.97),
    ("2183", 2): Course(3, "published", "exact", 0.12, 0.99),
    ("2183", 3): Course(2, "published", "exact", 0.44, 0.64),
    ("2183", 4): Course(1, "draft", "exact", 0.86, 0.98),
    ("2184", 1): Course(3, "published", "point_only", 0.09, 0.98),
    ("2184", 2): Course(4, "reserved", "exact", 0.26, 0.96),
    ("2184", 3): Course(1, "in_review", "exact", 0.76, 0.95),
    ("2184", 4): Course(2, "published", "exact", 0.48, 0.92),
}
"""By municipality and number within it."""


@dataclass(frozen=True)
class ExampleSite:
    number: int
    ground: Ground
    course: Course
    outline: MultiPolygon


def example_sites(layers: Layers) -> Iterator[ExampleSite]:
    """The sites of the delivered file, each with its ground and course."""
    facts = {one["code"]: one for one in read("municipalities.json")["municipalities"]}
    for feature in read("demo_sites.geojson")["features"]:
        said = feature["properties"]
        outline = multi_polygon(transformed(shape(feature["geometry"]), WGS84, SWEREF99TM))
        rail = layers.nearest(outline, "rail")
        yield ExampleSite(
            number=said["number"],
            ground=ground(
                said,
                facts[said["municipality"]],
                station(said["substation"], layers),
                rail.distance_km if rail else 99.0,
            ),
            course=COURSES[said["municipality"], said["number"]],
            outline=outline,
        )


def multi_polygon(drawn: BaseGeometry) -> MultiPolygon:
    parts = shapely.get_parts(drawn)
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])


def station(code: str | None, layers: Layers) -> Station | None:
    feature = layers.with_code("substation", code) if code else None
    if feature is None or feature.code is None:
        return None
    return Station(feature.code, feature.name, max(feature.properties["voltage_kv"]))


def ground(
    said: Mapping[str, Any], facts: Mapping[str, Any], station: Station | None, rail_km: float
) -> Ground:
    """Any: JSON."""
    return Ground(
        code=said["municipality"],
        municipality=facts["name"],
        suppliers=suppliers_of(facts["county"], facts["name"], facts),
        locality=said["locality"],
        name=Text(said["name_sv"], said["name_en"]),
        site_type=said["site_type"],
        suitable_for=tuple(said["suitable_for"]),
        area_ha=said["area_ha"],
        rail_km=rail_km,
        station=station,
    )
