"""What lies around a site, for a small map of where it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from geoalchemy2.shape import to_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.tables import layer_feature, municipality_area
from geo.reference_systems import SWEREF99TM

KINDS = ("water", "grid_line", "rail", "road", "e_road", "place")
LEAST_HALF_WIDTH_M = 15_000
"""So much to each side that a town or a road to know the place by is in sight."""
TIMES_AS_WIDE = 2.5

Box = tuple[float, float, float, float]
"""West, south, east, north, in metres of SWEREF 99 TM."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """A feature with its name, cut to the map."""

    name: str
    shape: BaseGeometry


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What lies in a rectangle; all shapes in SWEREF 99 TM."""

    box: Box
    land: BaseGeometry
    """The municipalities."""
    layers: Mapping[str, Sequence[Named]]


def frame(
    bounds: Box, height_per_width: float, least_half_width_m: float = LEAST_HALF_WIDTH_M
) -> Box:
    """A rectangle round a shape's bounds, with room to know the place by."""
    west, south, east, north = bounds
    half_width = max(
        least_half_width_m,
        TIMES_AS_WIDE * (east - west) / 2,
        TIMES_AS_WIDE * (north - south) / 2 / height_per_width,
    )
    half_height = half_width * height_per_width
    x, y = (west + east) / 2, (south + north) / 2
    return x - half_width, y - half_height, x + half_width, y + half_height


def surroundings(session: Session, box: Box) -> Surroundings:
    edge = func.ST_MakeEnvelope(*box, SWEREF99TM)
    found: dict[str, list[Named]] = {kind: [] for kind in KINDS}
    table = layer_feature
    rows = session.execute(
        select(table.c.kind, table.c.name, table.c.shape)
        .where(table.c.kind.in_(KINDS), func.ST_Intersects(table.c.shape, edge))
        .order_by(table.c.id)
    )
    for kind, name, stored in rows:
        shape = shapely.clip_by_rect(to_shape(stored), *box)
        if not shape.is_empty:
            found[kind].append(Named(name=name, shape=shape))
    areas = municipality_area.c.outline
    borders = session.scalars(select(areas).where(func.ST_Intersects(areas, edge)))
    land = shapely.union_all([shapely.clip_by_rect(to_shape(one), *box) for one in borders])
    return Surroundings(box=box, land=land, layers=found)
