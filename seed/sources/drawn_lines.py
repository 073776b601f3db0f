"""Roads, railways and power lines drawn by hand: a curve through places everybody can look up."""

from functools import cache
from itertools import pairwise
from math import hypot
from sys import stderr

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from seed.sources.dry_ways import dry_way
from seed.sources.feature_files import Feature, Properties, in_degrees, in_metres, read_features

Waypoint = tuple[str, float, float]  # name, longitude, latitude
Position = tuple[float, float]

LICENCE = "CC0 1.0"
DRAWN_FROM = (
    "Drawn by hand from general knowledge of places, stations and junctions, some points moved off"
    " the water, led round the lakes of water.geojson; not checked against a survey, see accuracy_m"
)
POINTS_A_SPAN = 4
TOLERANCE_M = 20
LONGEST_IN_SEA_M = 200
LONGEST_IN_LAKE_M = 900  # bridges and causeways exist


@cache
def waters() -> dict[str, BaseGeometry]:
    """All sea and all lakes as one geometry each, in metres."""
    kinds: dict[str, list[BaseGeometry]] = {"sea": [], "lake": []}
    for water in read_features("water.geojson"):
        kind = "sea" if water.properties["kind"] == "sea" else "lake"
        kinds[kind].append(in_metres(water.geometry))
    return {kind: shapely.union_all(outlines) for kind, outlines in kinds.items()}


def drawn(waypoints: list[Waypoint], properties: Properties) -> Feature:
    """The line through the waypoints in degrees; says so where it still swims."""
    known = [in_metres(Point(longitude, latitude)) for _, longitude, latitude in waypoints]
    wet = shapely.union_all(list(waters().values()))
    places: list[Position] = [(known[0].x, known[0].y)]
    for start, end in pairwise(known):
        places.extend(dry_way((start.x, start.y), (end.x, end.y), wet)[1:])
    line = LineString(curve(places)).simplify(TOLERANCE_M)
    for kind, longest_m in (("sea", LONGEST_IN_SEA_M), ("lake", LONGEST_IN_LAKE_M)):
        report_swimming(properties["name"], line.intersection(waters()[kind]), longest_m)
    return Feature(in_degrees(line), properties)


def report_swimming(name: str, swum: BaseGeometry, longest_m: float) -> None:
    for part in shapely.get_parts(swum):
        if part.length > longest_m:
            where = in_degrees(part.centroid)
            stderr.write(
                f"{name}: {part.length:.0f} m in water near {where.x:.3f}, {where.y:.3f}\n"
            )


def curve(places: list[Position]) -> list[Position]:
    """A centripetal Catmull-Rom curve: through every place, no loops where places lie close."""
    ends = [mirrored(places[1], places[0]), *places, mirrored(places[-2], places[-1])]
    points: list[Position] = []
    for span in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        knots = knot_times(span)
        for step in range(POINTS_A_SPAN):
            time = knots[1] + (knots[2] - knots[1]) * step / POINTS_A_SPAN
            points.append(on_span(span, knots, time))
    return [*points, places[-1]]


def mirrored(place: Position, centre: Position) -> Position:
    return (2 * centre[0] - place[0], 2 * centre[1] - place[1])


def knot_times(places: tuple[Position, ...]) -> list[float]:
    times = [0.0]
    for a, b in pairwise(places):
        times.append(times[-1] + hypot(b[0] - a[0], b[1] - a[1]) ** 0.5)
    return times


def on_span(places: tuple[Position, ...], knots: list[float], time: float) -> Position:
    """The curve between the two middle places, by Barry and Goldman's pyramid of blends."""
    a = [blend(places[i], places[i + 1], knots[i], knots[i + 1], time) for i in range(3)]
    b = [blend(a[i], a[i + 1], knots[i], knots[i + 2], time) for i in range(2)]
    return blend(b[0], b[1], knots[1], knots[2], time)


def blend(a: Position, b: Position, start: float, end: float, time: float) -> Position:
    share = (time - start) / (end - start)
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
