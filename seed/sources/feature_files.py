"""GeoJSON as this repository keeps it: one feature a line, rounded, in a stated order, with origin."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from sys import stderr
from typing import Any, NamedTuple, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).parents[1] / "data"
DEGREE_DECIMALS = 5

WGS84 = 4326
SWEREF99_TM = 3006
_TO_METRES = Transformer.from_crs(WGS84, SWEREF99_TM, always_xy=True)
_TO_DEGREES = Transformer.from_crs(SWEREF99_TM, WGS84, always_xy=True)

Shape = TypeVar("Shape", bound=BaseGeometry)
Positions = NDArray[np.float64]
Properties = dict[str, Any]  # Any: the members of a GeoJSON object differ from layer to layer


class Feature(NamedTuple):
    """One geometry with its properties, in whichever plane the caller works."""

    geometry: BaseGeometry
    properties: Properties


class Origin(NamedTuple):
    """Where a file comes from, what allows us to keep it, and the script that makes it."""

    source: str
    licence: str
    made_by: str


def in_metres(geometry: Shape) -> Shape:
    """From longitude and latitude to SWEREF 99 TM, easting before northing."""
    return _moved(geometry, _TO_METRES)


def in_degrees(geometry: Shape) -> Shape:
    """From SWEREF 99 TM to longitude and latitude."""
    return _moved(geometry, _TO_DEGREES)


def _moved(geometry: Shape, transformer: Transformer) -> Shape:
    def move(positions: Positions) -> Positions:
        return np.column_stack(transformer.transform(positions[:, 0], positions[:, 1]))

    return shapely.transform(geometry, move)


def read_features(name: str) -> list[Feature]:
    """The features of one committed file, in degrees."""
    collection = json.loads((DATA / name).read_text(encoding="utf-8"))
    return [Feature(shape(item["geometry"]), item["properties"]) for item in collection["features"]]


def write_features(
    name: str,
    features: Iterable[Feature],
    origin: Origin,
    *,
    order: Callable[[Feature], Any],  # Any: whatever sorts
    decimals: int = DEGREE_DECIMALS,
) -> None:
    """Write features given in degrees; the same features always give the same bytes."""
    head = {"type": "FeatureCollection", **origin._asdict()}
    lines = [_as_line(feature, decimals) for feature in sorted(features, key=order)]
    text = json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n' + ",\n".join(lines)
    path = DATA / name
    path.write_text(text + "\n]}\n", encoding="utf-8")
    stderr.write(f"{name}: {len(lines)} features, {path.stat().st_size / 1000:.0f} kB\n")


def _as_line(feature: Feature, decimals: int) -> str:
    rounded = _rounded(feature.geometry, decimals)
    item = {
        "type": "Feature",
        "properties": feature.properties,
        "geometry": {"type": rounded.geom_type, "coordinates": mapping(rounded)["coordinates"]},
    }
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def _rounded(geometry: BaseGeometry, decimals: int) -> BaseGeometry:
    """Rounded to the grid and counter-clockwise, as RFC 7946 asks; still valid."""
    snapped = shapely.set_precision(geometry, 10**-decimals)
    exact = shapely.transform(snapped, lambda coordinates: coordinates.round(decimals))
    return shapely.orient_polygons(exact)
