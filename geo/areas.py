"""An area somebody searches within, from GeoJSON or WKT in WGS 84."""

import json

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import InvalidOutline
from geo.outlines import geojson_parts, unreadable, wkt_parts
from geo.reference_systems import WGS84, transformed
from geo.texts import Text

MOST_CORNERS = 1_000


def read_area(text: str) -> BaseGeometry:
    """The area as one valid shape, longitude first; raises `InvalidOutline`."""
    if text.lstrip().startswith("{"):
        try:
            parts, srid = list(geojson_parts(json.loads(text))), WGS84
        except json.JSONDecodeError as error:
            raise unreadable() from error
    else:
        parts, srid = wkt_parts(text)
    area = shapely.make_valid(
        shapely.union_all([shapely.make_valid(transformed(part, srid, WGS84)) for part in parts])
    )
    if area.is_empty or not area.area:
        raise InvalidOutline(Text("Ytan är tom.", "The area is empty."))
    if shapely.get_num_coordinates(area) > MOST_CORNERS:
        raise InvalidOutline(
            Text(
                "Ytan har för många hörn, högst {n}.", "The area has too many corners, at most {n}."
            ).format(n=MOST_CORNERS)
        )
    west, south, east, north = area.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise unreadable()
    return area  # fmt: skip
