"""Small pictures of areas: a path for an SVG, north up, filling its box."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

WIDTH, HEIGHT = 64, 48
MARGIN = 3
LEAST_PX = 0.4
"""Corners closer than this to a line cannot be seen."""


@dataclass(frozen=True)
class Picture:
    path: str
    width: int = WIDTH
    height: int = HEIGHT


def picture(shape: BaseGeometry) -> Picture:
    """Of areas on a plane, in any unit; holes stay open with `fill-rule: evenodd`."""
    west, south, east, north = shape.bounds
    room_x, room_y = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    scale = min(room_x / max(east - west, 1e-9), room_y / max(north - south, 1e-9))
    middle = np.array([(west + east) / 2, (south + north) / 2])

    def placed(xy: np.ndarray) -> np.ndarray:
        moved: np.ndarray = (xy - middle) * [scale, -scale] + [WIDTH / 2, HEIGHT / 2]
        return moved

    simple = shapely.transform(shape, placed).simplify(LEAST_PX)
    rings = [
        ring
        for part in shapely.get_parts(simple)
        for ring in (part.exterior, *part.interiors)
        if not part.is_empty
    ]
    return Picture("".join(ring_path(shapely.get_coordinates(ring)) for ring in rings))


def ring_path(corners: np.ndarray) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners[:-1]) + "z"
