"""Outlines made ready for maps, many at a time."""

from typing import Any, NamedTuple

import numpy as np
import shapely

from geo.reference_systems import SWEREF99TM, WEB_MERCATOR, WGS84, transformer


class Drawing(NamedTuple):
    """One outline in degrees as EWKB, and a point inside it in Web Mercator."""

    wgs84: bytes
    x: float
    y: float
    geojson: str


def drawings(shapes: Any) -> list[Drawing]:
    """Of outlines in SWEREF 99 TM; Any: numpy's object arrays have no type."""
    degrees = moved(shapes, SWEREF99TM, WGS84, decimals=7)
    mercator = moved(shapes, SWEREF99TM, WEB_MERCATOR, decimals=2)
    middles = shapely.point_on_surface(mercator)
    return [
        Drawing(*parts)
        for parts in zip(
            ewkb(degrees, WGS84),
            shapely.get_x(middles).tolist(),
            shapely.get_y(middles).tolist(),
            shapely.to_geojson(shapely.orient_polygons(degrees)).tolist(),
            strict=True,
        )
    ]


def ewkb(shapes: Any, srid: int) -> list[bytes]:
    """Any: numpy's object arrays have no type."""
    marked = shapely.set_srid(shapes, srid)
    found: list[bytes] = shapely.to_wkb(marked, include_srid=True).tolist()
    return found


def moved(shapes: Any, source: int, target: int, decimals: int) -> Any:
    """An array of shapes in another system, rounded; Any: numpy's object arrays have no type."""

    def move(points: Any) -> Any:
        return np.round(
            np.column_stack(transformer(source, target).transform(points[:, 0], points[:, 1])),
            decimals,
        )

    return shapely.transform(shapes, move)
