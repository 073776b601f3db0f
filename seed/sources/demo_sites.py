"""Outlines for the demo sites: near the wished place, on dry land, beside roads, outside towns.

`python -m seed.sources.demo_sites`, after all other scripts of this folder.
"""

from collections.abc import Iterator
from math import atan2, cos, degrees, pi, sin, sqrt
from random import Random
from typing import NamedTuple

import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from seed.sources.demo_site_list import WISHES, Wish
from seed.sources.feature_files import (
    DEGREE_DECIMALS,
    Feature,
    Origin,
    in_degrees,
    in_metres,
    read_features,
    write_features,
)
from seed.sources.municipalities import all_outlines

ORIGIN = Origin(
    source="Invented for the demo: plausible areas, none of them an offer of real land",
    licence="CC0 1.0",
    made_by="seed/sources/demo_sites.py",
)

FROM_WATER_M = 60
FROM_ROAD_M = 70
FROM_BORDER_M = 60
FROM_SITE_M = 120
PEOPLE_A_KM2 = 1_700  # in a Swedish town; gives the radius kept free round a place
FARTHEST_SUBSTATION_M = 20_000
RING_STEP_M, RINGS, DIRECTIONS = 150, 40, 16
PARTING_M = 45
FARM_HA = 3.0

# Parcels as surveyors leave them: straight along a road, ragged towards the forest.
PARCELS: list[list[tuple[float, float]]] = [
    [(0, 0), (1.7, 0.08), (1.9, 0.7), (1.2, 1.05), (0.15, 0.9)],
    [(0, 0), (1.2, -0.06), (1.6, 0.3), (1.5, 0.9), (0.9, 1.2), (0.2, 1.0)],
    [(0, 0.05), (0.9, 0), (0.95, 0.3), (1.6, 0.25), (1.7, 1.0), (0.75, 1.1), (0.05, 0.85)],
    [(0, 0), (0.8, -0.03), (1.6, 0.05), (2.1, 0.45), (1.7, 0.8), (0.9, 0.85), (0.2, 0.65)],
    [(0, 0), (1.1, 0), (1.15, 0.3), (1.8, 0.4), (1.75, 1.1), (0.9, 1.15), (0.85, 0.8), (0.1, 0.75)],
    [(0, 0), (1.5, 0), (1.55, 1.2), (1.0, 1.3), (0.95, 0.75), (0.45, 0.8), (0.4, 1), (0.05, 0.9)],
    [
        (0, 0.05), (0.5, 0), (1.0, 0.04), (1.45, 0), (1.6, 0.5), (1.5, 0.95),
        (1.1, 0.9), (0.8, 1.15), (0.6, 1.0), (0.35, 1.05), (0.1, 0.6),
    ],
]  # fmt: skip
JITTER = 0.05


class Land(NamedTuple):
    """Where a site may lie, in metres."""

    municipalities: dict[str, BaseGeometry]
    forbidden: BaseGeometry
    ways: BaseGeometry
    substations: dict[str, BaseGeometry]


def read_land() -> Land:
    """The municipalities inside both their outlines, and all that a site must keep away from."""
    coarse = {code: in_metres(item.geometry) for code, item in all_outlines().items()}
    to_the_coast = {
        item.properties["code"]: in_metres(item.geometry)
        for item in read_features("municipalities.geojson")
        if item.properties["county"] == "21"
    }
    waters = [in_metres(item.geometry) for item in read_features("water.geojson")]
    ways = shapely.union_all(
        [
            in_metres(item.geometry)
            for name in ("e_roads.geojson", "roads.geojson", "railways.geojson")
            for item in read_features(name)
        ]
    )
    towns = [
        in_metres(item.geometry).buffer(town_radius_m(item.properties["population"]))
        for item in read_features("places.geojson")
    ]
    near = shapely.union_all(list(to_the_coast.values())).envelope
    wet = shapely.union_all([water.intersection(near) for water in waters])
    return Land(
        municipalities={
            code: outline.intersection(coarse[code]).buffer(-FROM_BORDER_M)
            for code, outline in to_the_coast.items()
        },
        forbidden=shapely.union_all([wet.buffer(FROM_WATER_M), ways.buffer(FROM_ROAD_M), *towns]),
        ways=ways,
        substations={
            item.properties["code"]: in_metres(item.geometry)
            for item in read_features("substations.geojson")
        },
    )


def town_radius_m(population: int) -> float:
    """The radius of a round town with as many people."""
    return 1_000 * sqrt(population / PEOPLE_A_KM2 / pi)


def sites(land: Land) -> Iterator[Feature]:
    """One feature in degrees for each wish; a later one keeps away from the earlier."""
    taken: BaseGeometry = Polygon()
    numbers: dict[str, int] = {}
    for wish in WISHES:
        number = numbers[wish.municipality] = numbers.get(wish.municipality, 0) + 1
        outline = placed(wish, land, taken)
        taken = taken.union(outline.buffer(FROM_SITE_M))
        stored = shapely.set_precision(in_degrees(outline), 10**-DEGREE_DECIMALS)
        station = checked_substation(wish, outline, land)
        properties = {
            "number": number,
            "municipality": wish.municipality,
            "name_sv": wish.name_sv,
            "name_en": wish.name_en,
            "locality": wish.locality,
            "site_type": wish.site_type,
            "suitable_for": wish.suitable_for,
            "area_ha": round(in_metres(stored).area / 10_000, 1),
            "substation": station,
        }
        yield Feature(stored, properties)


def checked_substation(wish: Wish, outline: BaseGeometry, land: Land) -> str | None:
    if wish.substation and outline.distance(land.substations[wish.substation]) > (
        FARTHEST_SUBSTATION_M
    ):
        raise ValueError(f"{wish.name_sv} lies more than 20 km from {wish.substation}")
    return wish.substation


def placed(wish: Wish, land: Land, taken: BaseGeometry) -> BaseGeometry:
    """The first outline that fits, on rings round the wished position."""
    allowed = land.municipalities[wish.municipality]
    centre = in_metres(Point(wish.longitude, wish.latitude))
    for place in on_rings(centre):
        outline = outline_at(wish, place, land.ways)
        if (
            allowed.covers(outline)
            and not outline.intersects(land.forbidden)
            and not outline.intersects(taken)
        ):
            return outline
    raise ValueError(f"no land for {wish.name_sv}")


def on_rings(centre: Point) -> Iterator[Point]:
    yield centre
    for ring in range(1, RINGS + 1):
        for direction in range(DIRECTIONS):
            turn = 2 * pi * direction / DIRECTIONS
            reach_m = ring * RING_STEP_M
            yield Point(centre.x + reach_m * cos(turn), centre.y + reach_m * sin(turn))


def outline_at(wish: Wish, place: Point, ways: BaseGeometry) -> BaseGeometry:
    """The parcel of a wish with its middle at a place, its straight side along the nearest way."""
    chance = Random(f"{wish.municipality} {wish.name_sv}")
    corners = chance.choice(PARCELS)
    mirror = chance.choice((-1, 1))
    uneven = [
        (mirror * (x + chance.uniform(-JITTER, JITTER)), y + chance.uniform(-JITTER, JITTER) / 2)
        for x, y in corners
    ]
    turned_deg = direction_deg(place, ways) + chance.uniform(-6, 6)
    parcel = shaped(affinity.rotate(Polygon(uneven), turned_deg, origin="centroid"), wish)
    scale = sqrt(wish.area_ha * 10_000 * chance.uniform(0.97, 1.03) / parcel.area)
    larger = affinity.scale(parcel, scale, scale, origin=(0, 0))
    middle = larger.centroid
    return affinity.translate(larger, place.x - middle.x, place.y - middle.y)


def direction_deg(place: Point, ways: BaseGeometry) -> float:
    """The direction of the nearest way, in degrees from east; the parcel lies on its far side."""
    nearest = min(shapely.get_parts(ways), key=place.distance)
    along = nearest.project(place)
    start, end = nearest.interpolate(max(along - 300, 0)), nearest.interpolate(along + 300)
    direction = degrees(atan2(end.y - start.y, end.x - start.x))
    left = (end.x - start.x) * (place.y - start.y) > (end.y - start.y) * (place.x - start.x)
    return direction if left else direction + 180


def shaped(parcel: Polygon, wish: Wish) -> BaseGeometry:
    """The parcel divided by a road or with a farm left out, where the wish says so."""
    metre = sqrt(parcel.area / (wish.area_ha * 10_000))
    west, _, east, _ = parcel.bounds
    middle = parcel.centroid
    if wish.form == "divided":
        road = LineString([(west - 0.1, middle.y - 0.35), (east + 0.1, middle.y + 0.55)])
        parts = shapely.get_parts(parcel.difference(road.buffer(PARTING_M * metre / 2)))
        return MultiPolygon(list(parts))
    if wish.form == "hollow":
        side = sqrt(FARM_HA * 10_000) * metre
        farm = Polygon([(0, 0), (side, side * 0.2), (side * 1.1, side), (side * 0.1, side * 0.9)])
        return parcel.difference(affinity.translate(farm, middle.x - side / 4, middle.y - side / 2))
    return parcel


if __name__ == "__main__":
    write_features(
        "demo_sites.geojson",
        sites(read_land()),
        ORIGIN,
        order=lambda feature: (feature.properties["municipality"], feature.properties["number"]),
    )
