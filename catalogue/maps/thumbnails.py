"""Small maps of sites for cards: the outline, with water, roads and railways around it.

PostGIS cuts, simplifies and writes the paths, for all cards in one statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, cast, func, select, true
from sqlalchemy.orm import Session
from sqlalchemy.types import Float

from catalogue.tables import layer_feature, site
from geo.layers import LayerKind

WIDTH, HEIGHT = 320, 132
LEAST_SIDE_M = 1_600
"""A small site is shown with this much around it, so that a reader knows the place."""
ROOM = 2.2
"""How much wider the picture is than the outline."""
DRAWN: tuple[LayerKind, ...] = ("water", "road", "e_road", "rail")
LEAST_PX = 0.5


@dataclass(frozen=True, kw_only=True)
class Thumbnail:
    """Paths of an SVG whose picture is `WIDTH` by `HEIGHT`, north up; empty where there is none."""

    outline: str
    layers: dict[str, str]
    """By kind of layer."""


def thumbnails(session: Session, references: Sequence[str]) -> dict[str, Thumbnail]:
    """By reference, for the sites that the actor may read and that have an outline."""
    shape = site.c.outline
    west, south, east, north = (
        edge(shape) for edge in (func.ST_XMin, func.ST_YMin, func.ST_XMax, func.ST_YMax)
    )
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    width = func.greatest(
        (east - west) * ROOM, (north - south) * ROOM * WIDTH / HEIGHT, LEAST_SIDE_M
    )
    framed = (
        select(
            site.c.reference,
            shape.label("shape"),
            func.ST_MakeEnvelope(
                middle_x - width / 2,
                middle_y - width * HEIGHT / WIDTH / 2,
                middle_x + width / 2,
                middle_y + width * HEIGHT / WIDTH / 2,
                func.ST_SRID(shape),
            ).label("frame"),
            cast(WIDTH / width, Float).label("scale"),
        )
        .where(site.c.reference.in_(references), shape.is_not(None))
        .cte("framed")
    )
    around = (
        select(
            layer_feature.c.kind,
            func.ST_Collect(
                func.ST_ClipByBox2D(layer_feature.c.shape, func.Box2D(framed.c.frame))
            ).label("shape"),
        )
        .where(
            layer_feature.c.kind.in_(DRAWN),
            func.ST_Intersects(layer_feature.c.shape, framed.c.frame),
        )
        .group_by(layer_feature.c.kind)
        .lateral("around")
    )
    statement = select(
        framed.c.reference,
        path(framed.c.shape, framed.c).label("outline"),
        around.c.kind,
        path(around.c.shape, framed.c).label("layer"),
    ).select_from(framed.outerjoin(around, true()))
    found: dict[str, Thumbnail] = {}
    for row in session.execute(statement):
        made = found.setdefault(row.reference, Thumbnail(outline=row.outline, layers={}))
        if row.kind is not None and row.layer:
            made.layers[row.kind] = row.layer
    return found


def path(shape: ColumnElement[Any], frame: Any) -> ColumnElement[str]:
    """A shape as SVG path data in the picture's own units; Any: geometries and columns."""
    moved = func.ST_Translate(shape, -func.ST_XMin(frame.frame), -func.ST_YMax(frame.frame))
    sized = func.ST_Scale(moved, frame.scale, frame.scale)
    # What is of several kinds comes with semicolons between its parts, which path data has not.
    return func.replace(func.ST_AsSVG(func.ST_Simplify(sized, LEAST_PX), 1, 1), ";", " ")
