"""What lies around a site, for a small map of where it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from geoalchemy2.shape import to_shape
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.tables import layer_feature, municipality_area
from geo.reference_systems import SWEREF99TM

KINDS = ("water", "grid_line", "rail", "road", "e_road", "place")
LEAST_HALF_WIDTH_M = 15_000
"""So much to each side that a town or a road to know the place by is in sight."""
TIMES_AS_WIDE = 2.5


@dataclass(frozen=True, kw_only=True)
class Named:
    """A feature with its name, cut to the map."""

    name: str
    shape: BaseGeometry


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """A rectangle around a site's outline; all shapes in SWEREF 99 TM."""

    outline: MultiPolygon
    box: tuple[float, float, float, float]
    """West, south, east, north."""
    land: BaseGeometry
    """The municipalities."""
    layers: Mapping[str, Sequence[Named]]


def surroundings(session: Session, outline: MultiPolygon, height_per_width: float) -> Surroundings:
    west, south, east, north = outline.bounds
    half_width = max(
        LEAST_HALF_WIDTH_M,
        TIMES_AS_WIDE * (east - west) / 2,
        TIMES_AS_WIDE * (north - south) / 2 / height_per_width,
    )
    half_height = half_width * height_per_width
    x, y = (west + east) / 2, (south + north) / 2
    box = (x - half_width, y - half_height, x + half_width, y + half_height)
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
    return Surroundings(outline=outline, box=box, land=land, layers=found)
