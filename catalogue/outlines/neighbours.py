"""What a site may border on, for whoever draws its outline: other sites and property boundaries."""

from dataclasses import dataclass
from typing import Any, Literal

from geoalchemy2.shape import from_shape, to_shape
from shapely import MultiPolygon, Polygon
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from catalogue import tables
from catalogue.site import Site
from catalogue.tables import layer_feature
from geo.reference_systems import SWEREF99TM

MOST = 100
"""Of each kind, the nearest first: more would make the map slow to snap."""
NEAR_M = 3_000
SIMPLE_M = 0.1
"""How far a border may move to be sent with fewer corners."""


@dataclass(frozen=True)
class Neighbour:
    """Something with a border; the shape in SWEREF 99 TM."""

    kind: Literal["site", "property"]
    name: str
    shape: Polygon | MultiPolygon


def neighbours(session: Session, site: Site) -> list[Neighbour]:
    """Sites of the same municipality as far as the actor may see them, and properties near by."""
    if site.outline is None:
        return found(session, "site", other_sites(site).order_by(tables.site.c.reference))
    here = from_shape(site.outline, srid=SWEREF99TM)
    sites = other_sites(site).order_by(func.ST_Distance(tables.site.c.outline, here))
    properties = (
        select(layer_feature.c.name, layer_feature.c.shape)
        .where(
            layer_feature.c.kind == "property",
            func.ST_DWithin(layer_feature.c.shape, here, NEAR_M),
        )
        .order_by(func.ST_Distance(layer_feature.c.shape, here))
    )
    return [*found(session, "property", properties), *found(session, "site", sites)]


def other_sites(site: Site) -> Select[Any]:
    """Any: the row type of a select of a name and a shape."""
    table = tables.site.c
    return select(
        func.concat_ws(" ", table.reference, table.name_sv).label("name"),
        table.outline.label("shape"),
    ).where(
        table.municipality == site.municipality,
        table.reference != site.reference,
        table.outline.is_not(None),
    )


def found(
    session: Session, kind: Literal["site", "property"], statement: Select[Any]
) -> list[Neighbour]:
    """Any: the row type of a select of a name and a shape."""
    areas = (
        (row.name, to_shape(row.shape).simplify(SIMPLE_M))
        for row in session.execute(statement.limit(MOST))
    )
    return [
        Neighbour(kind, name, shape)
        for name, shape in areas
        if isinstance(shape, Polygon | MultiPolygon) and not shape.is_empty
    ]
