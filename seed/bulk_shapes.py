"""Irregular outlines strewn over municipalities, many at a time."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
CORNERS = 8
LARGEST_REACH_M = 1_600
"""How far a corner of the largest outline may lie from its middle."""


def areas_ha(count: int, random: np.random.Generator) -> Floats:
    """10–300 ha, most of them small."""
    found: Floats = np.round(10 * 30 ** (random.random(count) ** 1.4), 1)
    return found


def middles(municipality: BaseGeometry) -> BaseGeometry:
    """Where outlines may have their middle, so that they lie wholly inside the municipality."""
    found: BaseGeometry = municipality.buffer(-LARGEST_REACH_M)
    shapely.prepare(found)
    return found


def outlines(
    around: BaseGeometry, hectares: Floats, random: np.random.Generator
) -> list[MultiPolygon]:
    """One closed outline of each area, corners to the decimetre, its middle where `middles` are."""
    centres = spots(around, len(hectares), random)
    step = 2 * np.pi / CORNERS
    angles = (
        np.arange(CORNERS) * step + random.uniform(-0.35, 0.35, (len(hectares), CORNERS)) * step
    )
    reaches = random.uniform(0.7, 1.25, (len(hectares), CORNERS))
    x, y = reaches * np.cos(angles), reaches * np.sin(angles)
    drawn = 0.5 * np.abs((x * np.roll(y, -1, 1) - y * np.roll(x, -1, 1)).sum(1))
    scale = np.sqrt(hectares * 10_000 / drawn)[:, None]
    corners = np.stack((centres[:, :1] + scale * x, centres[:, 1:] + scale * y), axis=2)
    # Any: shapely's functions on arrays are typed as those on one shape.
    polygons: Any = shapely.polygons(np.round(corners, 1))
    found: Any = shapely.multipolygons(polygons, indices=np.arange(len(polygons)))
    shapes: list[MultiPolygon] = found.tolist()
    return shapes


def spots(area: BaseGeometry, count: int, random: np.random.Generator) -> Floats:
    """Points spread evenly over an area, one a row."""
    west, south, east, north = area.bounds
    found: list[Any] = []
    lacking = count
    while lacking > 0:
        tried = random.uniform((west, south), (east, north), (3 * lacking + 10, 2))
        inside = tried[shapely.contains_xy(area, tried[:, 0], tried[:, 1])][:lacking]
        found.append(inside)
        lacking -= len(inside)
    return np.concatenate(found) if found else np.empty((0, 2))
