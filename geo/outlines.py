"""Outlines of sites: read from GeoJSON or WKT, checked, repaired with a report, measured, blurred.

Inside, an outline is a `MultiPolygon` in SWEREF 99 TM, metres, east before north.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from geo.coordinate_readings import SYSTEMS, Reading, moved
from geo.errors import InvalidOutline
from geo.reference_systems import SWEREF99TM, WGS84, transformed
from geo.texts import Text

Precision = Literal["exact", "generalised", "point_only"]

MAX_VERTICES = 20_000
GENERALISED_GRID_M = 500
POINT_GRID_M = 1_000
SWEDISH_LONGITUDES = (10.0, 25.0)
SWEDISH_LATITUDES = (55.0, 70.0)
SWEREF_EASTINGS = (200_000.0, 1_000_000.0)
SWEREF_NORTHINGS = (6_100_000.0, 7_700_000.0)

EWKT = re.compile(r"^\s*SRID\s*=\s*(\d+)\s*;\s*(.*)$", re.IGNORECASE | re.DOTALL)
EPSG = re.compile(r"(?:EPSG:{1,2}|/EPSG/\d+/)(\d+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Outline:
    """An accepted outline and what was mended to accept it."""

    shape: MultiPolygon
    report: tuple[Text, ...] = ()

    @property
    def area_ha(self) -> float:
        """Area on the SWEREF 99 TM plane, in hectares, as Swedish property areas are given."""
        return float(self.shape.area / 10_000)


def read_outline(raw: object, meant: Reading | None = None) -> Outline:
    """An outline from a GeoJSON geometry, Feature or FeatureCollection, or from WKT or EWKT.

    Coordinates are WGS 84, longitude first, unless a `crs` member or an `SRID=` says another of
    `SYSTEMS`, or a person has said how those of a GeoJSON are `meant`. Raises `InvalidOutline` for
    anything that is not one or more proper areas.
    """
    if isinstance(raw, Mapping) and meant is not None:
        parts, srid = [as_meant(part, raw, meant) for part in geojson_parts(raw)], SWEREF99TM
    elif isinstance(raw, Mapping):
        parts, srid = list(geojson_parts(raw)), declared_srid(raw)
    elif isinstance(raw, str):
        parts, srid = wkt_parts(raw)
    else:
        raise InvalidOutline(
            Text(
                "Området ska vara ett GeoJSON-objekt eller WKT.",
                "The outline must be a GeoJSON object or WKT.",
            )
        )
    if not parts or all(part.is_empty for part in parts):
        raise InvalidOutline(
            Text(
                "Området är tomt. Rita eller ladda upp minst en yta.",
                "The outline is empty. Draw or upload at least one area.",
            )
        )
    if srid not in (WGS84, SWEREF99TM):
        parts, srid = [transformed(part, srid, SWEREF99TM) for part in parts], SWEREF99TM
    check_coordinates(parts, srid)
    return repaired([transformed(part, srid, SWEREF99TM) for part in parts])


def as_meant(part: BaseGeometry, raw: Mapping[str, Any], meant: Reading) -> BaseGeometry:
    """A part in SWEREF 99 TM as somebody means it; Any: GeoJSON as somebody sent it."""
    system = meant.system or declared_srid(raw)
    return shapely.transform(part, lambda xy: moved(xy, system, swapped=meant.swapped))


def united_outline(shapes: Sequence[BaseGeometry]) -> Outline:
    """One outline of one or more areas in SWEREF 99 TM; raises `InvalidOutline`."""
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    check_coordinates(parts, SWEREF99TM)
    return repaired(parts)


def geojson_parts(raw: Mapping[str, Any]) -> Iterator[BaseGeometry]:
    """The geometries of a GeoJSON object; Any: it is whatever somebody sent."""
    kind = raw.get("type")
    if kind == "FeatureCollection" and isinstance(raw.get("features"), list):
        for feature in raw["features"]:
            if isinstance(feature, Mapping):
                yield from geojson_parts(feature)
        return
    if kind == "Feature" and isinstance(raw.get("geometry"), Mapping):
        yield from geojson_parts(raw["geometry"])
        return
    if kind not in ("Polygon", "MultiPolygon"):
        raise InvalidOutline(
            Text(
                "Området ska vara en yta (Polygon eller MultiPolygon), inte {kind}.",
                "The outline must be an area (Polygon or MultiPolygon), not {kind}.",
            ).format(kind=str(kind)[:40])
        )
    coordinates = raw.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list):
        raise unreadable()
    for rings in polygons:
        yield polygon(rings)


def polygon(rings: object) -> Polygon:
    """One polygon from GeoJSON rings; an open ring is closed."""
    if not isinstance(rings, list):
        raise unreadable()
    closed = [[position(point) for point in ring] for ring in rings if isinstance(ring, list)]
    if len(closed) != len(rings):
        raise unreadable()
    if not closed or not closed[0]:
        return Polygon()
    if any(len(set(ring)) < 3 for ring in closed):
        raise InvalidOutline(
            Text(
                "En yta behöver minst tre olika hörn.",
                "An area needs at least three different corners.",
            )
        )
    return Polygon(closed[0], closed[1:])


def position(point: object) -> tuple[float, float]:
    """One GeoJSON position without its height; NaN and infinity are refused."""
    if not isinstance(point, list) or len(point) < 2:
        raise unreadable()
    x, y = point[:2]
    for number in (x, y):
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise unreadable()
    if not (math.isfinite(x) and math.isfinite(y)):
        raise InvalidOutline(
            Text(
                "En koordinat är inte ett vanligt tal (NaN eller oändlig).",
                "A coordinate is not a finite number (NaN or infinity).",
            )
        )
    return float(x), float(y)


def unreadable() -> InvalidOutline:
    return InvalidOutline(
        Text(
            "Koordinaterna går inte att läsa. Varje hörn ska vara [longitud, latitud].",
            "The coordinates cannot be read. Each corner must be [longitude, latitude].",
        )
    )


def declared_srid(raw: Mapping[str, Any]) -> int:
    """The EPSG code of a `crs` member, as older GeoJSON has it; WGS 84 where there is none."""
    crs = raw.get("crs")
    if crs is None:
        return WGS84
    name = str(crs.get("properties", {}).get("name", "")) if isinstance(crs, Mapping) else str(crs)
    if name.upper().endswith("CRS84"):
        return WGS84
    found = EPSG.search(name)
    return accepted_srid(int(found.group(1)) if found else None)


def accepted_srid(srid: int | None) -> int:
    if srid in SYSTEMS:
        return srid
    raise InvalidOutline(
        Text(
            "Koordinatsystemet känns inte igen. Använd WGS 84 (EPSG:4326), SWEREF 99 TM "
            "(EPSG:3006) eller en lokal zon (EPSG:3007–3018).",
            "The coordinate system is not recognised. Use WGS 84 (EPSG:4326), SWEREF 99 TM "
            "(EPSG:3006) or a local zone (EPSG:3007–3018).",
        )
    )


def wkt_parts(raw: str) -> tuple[list[BaseGeometry], int]:
    """The polygons of WKT or EWKT and the system they are in."""
    tagged = EWKT.match(raw)
    srid = accepted_srid(int(tagged.group(1))) if tagged else WGS84
    try:
        shape = shapely.from_wkt(tagged.group(2) if tagged else raw)
    except ShapelyError as error:
        raise InvalidOutline(
            Text("Texten är inte giltig WKT.", "The text is not valid WKT.")
        ) from error
    if not isinstance(shape, Polygon | MultiPolygon):
        raise InvalidOutline(
            Text(
                "Området ska vara en yta (POLYGON eller MULTIPOLYGON).",
                "The outline must be an area (POLYGON or MULTIPOLYGON).",
            )
        )
    return list(shapely.get_parts(shapely.force_2d(shape))), srid


def check_coordinates(parts: list[BaseGeometry], srid: int) -> None:
    """Refuse swapped axes, coordinates of another system, and too many corners."""
    coordinates = shapely.get_coordinates(parts)
    if len(coordinates) > MAX_VERTICES:
        raise InvalidOutline(
            Text(
                "Området har {count} hörn; högst {limit} tas emot. Förenkla det först.",
                "The outline has {count} corners; at most {limit} are accepted. Simplify it first.",
            ).format(count=len(coordinates), limit=MAX_VERTICES)
        )
    west, south, east, north = shapely.total_bounds(parts)
    if not all(math.isfinite(bound) for bound in (west, south, east, north)):
        raise unreadable()
    if within((south, north), SWEDISH_LONGITUDES) and within((west, east), SWEDISH_LATITUDES):
        raise swapped("latitud, longitud", "latitude, longitude")
    if within((south, north), SWEREF_EASTINGS) and within((west, east), SWEREF_NORTHINGS):
        raise swapped("nord, öst", "north, east")
    looks_projected = within((west, east), SWEREF_EASTINGS) and within(
        (south, north), SWEREF_NORTHINGS
    )
    if srid == WGS84 and looks_projected:
        raise InvalidOutline(
            Text(
                "Koordinaterna ser ut att vara i SWEREF 99 TM. Ange EPSG:3006 i filens ”crs”, "
                "eller spara filen i WGS 84.",
                "The coordinates look like SWEREF 99 TM. State EPSG:3006 in the file's “crs”, "
                "or save the file in WGS 84.",
            )
        )
    in_range = looks_projected if srid == SWEREF99TM else abs(west) <= 180 >= abs(east)
    if not in_range or (srid == WGS84 and (abs(south) > 90 or abs(north) > 90)):
        raise InvalidOutline(
            Text(
                "Koordinaterna ligger utanför koordinatsystemets gränser.",
                "The coordinates lie outside the limits of the coordinate system.",
            )
        )


def within(bounds: tuple[float, float], limits: tuple[float, float]) -> bool:
    return limits[0] <= bounds[0] and bounds[1] <= limits[1]


def swapped(order_sv: str, order_en: str) -> InvalidOutline:
    return InvalidOutline(
        Text(
            f"Koordinaterna står i fel ordning ({order_sv}). Öst eller longitud ska stå först.",
            f"The coordinates are in the wrong order ({order_en}). East or longitude comes first.",
        )
    )


def repaired(parts: list[BaseGeometry]) -> Outline:
    """The parts as one valid area; a boundary that crosses itself is refused, with the place."""
    report: list[Text] = []
    sound: list[BaseGeometry] = []
    for part in parts:
        tidy = shapely.remove_repeated_points(part, 0.001)
        if not tidy.is_valid:
            tidy = mended(tidy, report)
        sound.append(tidy)
    merged = shapely.union_all(sound)
    if merged.area < sum(part.area for part in sound) * 0.999999:
        report.append(
            Text(
                "Delar som överlappade varandra har slagits ihop.",
                "Parts that overlapped have been merged.",
            )
        )
    areas = [part for part in shapely.get_parts(merged) if isinstance(part, Polygon) and part.area]
    if not areas:
        raise InvalidOutline(
            Text(
                "Området har ingen yta. Rita minst tre hörn som inte ligger i linje.",
                "The outline has no area. Draw at least three corners that are not in line.",
            )
        )
    return Outline(MultiPolygon(areas), tuple(report))


def mended(part: BaseGeometry, report: list[Text]) -> BaseGeometry:
    """A part whose boundary only touches itself, made valid; a crossing one is refused."""
    reason = explain_validity(part)
    valid = shapely.make_valid(part)
    if reason.startswith("Self-intersection") or valid.area < part.area * 0.999:
        raise InvalidOutline(
            Text(
                "Områdets gräns korsar sig själv{place}. Flytta hörnen så att den inte gör det.",
                "The outline's boundary crosses itself{place}. Move the corners so that it does not.",
            ).format(place=place_of(reason))
        )
    report.append(
        Text(
            "Gränsen rörde vid sig själv och har rättats utan att ytan ändrades.",
            "The boundary touched itself and was mended without changing the area.",
        )
    )
    return valid


def place_of(reason: str) -> Text:
    """Where GEOS found the fault, in degrees; nothing where it does not say."""
    found = re.search(r"\[(\S+) (\S+)\]", reason)
    if not found:
        return Text("", "")
    spot = transformed(Point(float(found.group(1)), float(found.group(2))), SWEREF99TM, WGS84)
    return Text(f" vid {spot.y:.5f} N, {spot.x:.5f} Ö", f" at {spot.y:.5f} N, {spot.x:.5f} E")


def blurred(shape: MultiPolygon, precision: Precision) -> BaseGeometry:
    """What the public sees of an outline, in SWEREF 99 TM.

    `generalised` is the hull of the corners moved to a 500 m grid, `point_only` the middle of the
    kilometre square that holds the centre: neither lets the exact boundary be worked out again.
    """
    if precision == "exact":
        return shape
    if precision == "point_only":
        centre = shape.centroid
        return Point(*(snapped(c, POINT_GRID_M) + POINT_GRID_M / 2 for c in (centre.x, centre.y)))
    grid = GENERALISED_GRID_M
    south_west = np.floor(shapely.get_coordinates(shape) / grid) * grid
    corners = np.concatenate(
        [south_west + np.array((dx, dy)) for dx in (0, grid) for dy in (0, grid)]
    )
    return LineString(corners).convex_hull


def snapped(coordinate: float, grid_m: int) -> float:
    """The grid line at or below a coordinate."""
    return math.floor(coordinate / grid_m) * grid_m
