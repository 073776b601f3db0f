"""Sea, lakes and wide rivers of a county: the blue of the base map, and where no site can lie.

`python -m seed.sources.water PACKAGE/map.geo.json`, where PACKAGE is the npm package
`@geo-maps/earth-waterbodies-100m` 0.6.0.
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from math import hypot
from pathlib import Path

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from seed.sources.feature_files import Feature, Origin, in_degrees, in_metres, write_features
from seed.sources.municipalities import county_outline

ORIGIN = Origin(
    source=(
        "© OpenStreetMap contributors (2017), through the npm package"
        " @geo-maps/earth-waterbodies-100m 0.6.0; lakes of Gävleborg and 30 km around it, small"
        " ones left out and corners rounded within the 100 m accuracy of the source; the sea plainer"
        " farther away"
    ),
    licence="ODbL 1.0",
    made_by="seed/sources/water.py",
)
SURROUNDINGS_M = 30_000
SEA_BOX = (11.0, 58.0, 24.0, 65.0)  # west, south, east, north: what a map zoomed out shows
IN_COUNTY_MIN_M2 = 150_000
NEAR_MIN_M2 = 500_000
AROUND_MIN_M2 = 1_500_000
NEAR_M = 6_000
AROUND_TOLERANCE_M = 120
FAR_SEA_TOLERANCE_M = 1_000
FAR_ISLAND_MIN_M2 = 8_000_000
ISLAND_MIN_M2 = 60_000
LARGEST_BULGE_M = 45
DECIMALS = 4  # about 8 m: finer than the source

IN_THE_SEA = Point(17.9, 61.3)
RIVER_WIDTH_M = 420
RIVER_CORRIDOR_M = 1_500
RIVER_PIECE_MIN_M2 = 40_000

# Courses through known places; a narrow water near one of them is called a river.
RIVERS: dict[str, list[tuple[float, float]]] = {
    "Ljusnan": [
        (14.36, 62.03), (14.95, 62.10), (15.10, 61.99), (15.36, 61.93), (15.84, 61.80),
        (16.10, 61.82), (16.17, 61.71), (16.28, 61.62), (16.37, 61.52), (16.40, 61.42),
        (16.40, 61.34), (16.56, 61.25), (16.83, 61.25), (17.00, 61.22), (17.14, 61.20),
    ],
    "Voxnan": [
        (14.75, 61.78), (15.20, 61.62), (15.55, 61.45), (15.82, 61.37), (16.07, 61.34),
        (16.25, 61.32), (16.40, 61.33),
    ],
    "Dalälven": [
        (15.43, 60.48), (15.75, 60.35), (16.00, 60.27), (16.21, 60.17), (16.50, 60.15),
        (16.80, 60.20), (16.90, 60.30), (17.05, 60.37), (17.25, 60.39), (17.33, 60.48),
        (17.45, 60.57), (17.45, 60.64),
    ],
    "Ljungan": [
        (15.66, 62.52), (16.05, 62.49), (16.60, 62.41), (17.05, 62.35), (17.38, 62.27),
    ],
    "Gavleån": [(16.80, 60.60), (16.89, 60.61), (17.04, 60.65), (17.17, 60.68)],
}  # fmt: skip

# A point in each of the waters worth a name on the map.
NAMED_WATERS: dict[str, tuple[float, float]] = {
    "Storsjön": (16.756, 60.576),
    "Dellen": (16.667, 61.843),
    "Bergviken": (16.710, 61.230),
    "Marmen": (16.928, 61.238),
    "Hennan": (15.942, 62.021),
    "Amungen": (15.673, 61.124),
    "Runn": (15.664, 60.533),
    "Hamrångefjärden": (17.108, 60.901),
    "Färnebofjärden": (16.792, 60.205),
    "Hedesundafjärden": (17.172, 60.345),
    "Öjaren": (16.856, 60.721),
}


def read_waters(path: Path) -> list[Polygon]:
    """All waters that meet the sea's box, cut to it, in degrees."""
    world = shapely.from_geojson(path.read_text(encoding="utf-8"))
    polygons = shapely.get_parts(shapely.get_parts(world))
    west, south, east, north = SEA_BOX
    lefts, bottoms, rights, tops = shapely.bounds(polygons).T
    meets = (lefts < east) & (rights > west) & (bottoms < north) & (tops > south)
    # Cut first: making the world's ocean valid takes minutes, its part of the box no time.
    clipped = shapely.make_valid(shapely.clip_by_rect(polygons[meets], *SEA_BOX))
    return [part for geometry in clipped for part in polygons_of(geometry)]


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """The areas in a geometry; lines and points that are left from a cut are dropped."""
    parts = shapely.get_parts(geometry, return_index=False)
    flat = [inner for part in parts for inner in getattr(part, "geoms", [part])]
    return [part for part in flat if isinstance(part, Polygon) and not part.is_empty]


def waters(path: Path) -> Iterator[Feature]:
    """Sea, lakes and rivers worth drawing, in degrees."""
    county = in_metres(county_outline())
    area = county.buffer(SURROUNDINGS_M, quad_segs=4)
    courses = {name: in_metres(LineString(course)) for name, course in RIVERS.items()}
    for water in read_waters(path):
        if water.covers(IN_THE_SEA):
            yield Feature(in_degrees(sea(in_metres(water), area)), {"kind": "sea"})
            continue
        outline = in_metres(water)
        if not outline.intersects(area):
            continue
        river = river_name(outline, courses)
        smallest_m2 = RIVER_PIECE_MIN_M2 if river else smallest_drawn_m2(outline.distance(county))
        if outline.area >= smallest_m2:
            names = [name for name, place in NAMED_WATERS.items() if water.covers(Point(place))]
            called = {"name": river or names[0]} if river or names else {}
            properties = {"kind": "river" if river else "lake", **called}
            yield Feature(in_degrees(drawn(outline, county)), properties)


def sea(outline: Polygon, area: BaseGeometry) -> Polygon:
    """The sea: as detailed as the source in the area, plainer outside."""
    near = shapely.box(*area.bounds)
    far = shapely.make_valid(outline.simplify(FAR_SEA_TOLERANCE_M, preserve_topology=True))
    far_away = [
        without_islands(part, FAR_ISLAND_MIN_M2) for part in polygons_of(far.difference(near))
    ]
    in_area = [
        without_islands(part, ISLAND_MIN_M2) for part in polygons_of(outline.intersection(near))
    ]
    return max(polygons_of(shapely.union_all([*far_away, *in_area])), key=lambda part: part.area)


def smallest_drawn_m2(distance_m: float) -> float:
    """How large a lake at this distance from the county must be to be drawn."""
    if distance_m == 0:
        return IN_COUNTY_MIN_M2
    return NEAR_MIN_M2 if distance_m < NEAR_M else AROUND_MIN_M2


def river_name(outline: Polygon, courses: dict[str, LineString]) -> str | None:
    """Which river a water is part of; None for a lake, also one the river runs through."""
    width_m = 2 * outline.area / outline.length
    if width_m > RIVER_WIDTH_M:
        return None
    near = [name for name, course in courses.items() if outline.distance(course) < RIVER_CORRIDOR_M]
    return near[0] if near and is_elongated(outline) else None


def is_elongated(outline: Polygon) -> bool:
    """Longer than four times its width, measured along and across its narrowest rectangle."""
    box = shapely.boundary(outline.minimum_rotated_rectangle)
    longest_m = max(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(box.coords))
    return outline.area / longest_m < longest_m / 4


def drawn(outline: Polygon, county: BaseGeometry) -> Polygon:
    """A lake as the map shows it: rounded in the county, plainer around it."""
    whole = without_islands(outline, ISLAND_MIN_M2)
    if whole.distance(county) > NEAR_M:
        plain = whole.simplify(AROUND_TOLERANCE_M)
        return max(polygons_of(plain), key=lambda part: part.area)
    smooth = Polygon(
        rounded_ring(list(whole.exterior.coords[:-1])),
        [list(ring.coords) for ring in whole.interiors],
    )
    return smooth if smooth.is_valid else whole


def without_islands(outline: Polygon, smaller_than_m2: float) -> Polygon:
    islands = [Polygon(ring) for ring in outline.interiors]
    kept = [list(island.exterior.coords) for island in islands if island.area >= smaller_than_m2]
    return Polygon(outline.exterior, kept)


def rounded_ring(corners: list[tuple[float, ...]]) -> list[tuple[float, float]]:
    """The ring with a point added to each side by the four-point scheme; corners stay in place."""
    ring: list[tuple[float, float]] = []
    for number, (x, y, *_) in enumerate(corners):
        before, after = corners[number - 1], corners[(number + 1) % len(corners)]
        beyond = corners[(number + 2) % len(corners)]
        bulge_x = (x + after[0] - before[0] - beyond[0]) / 16
        bulge_y = (y + after[1] - before[1] - beyond[1]) / 16
        shrink = min(1.0, LARGEST_BULGE_M / max(hypot(bulge_x, bulge_y), 1e-9))
        ring.append((x, y))
        ring.append(((x + after[0]) / 2 + bulge_x * shrink, (y + after[1]) / 2 + bulge_y * shrink))
    return ring


if __name__ == "__main__":
    write_features(
        "water.geojson",
        waters(Path(sys.argv[1])),
        ORIGIN,
        order=lambda feature: (feature.properties["kind"] != "sea", feature.geometry.bounds),
        decimals=DECIMALS,
    )
