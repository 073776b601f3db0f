"""Sites on the map: clusters seen from afar, outlines from near, never more than a fixed number.

PostgreSQL writes the GeoJSON; no shape passes through Python.
"""

import math
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Numeric,
    Select,
    Subquery,
    Table,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.types import Text as TextType

from catalogue import power
from catalogue.maps.map_layers import collection
from catalogue.search import conditions, queries
from catalogue.search.filter_texts import Box
from catalogue.search.filters import SiteFilter
from geo.reference_systems import WGS84
from geo.web_mercator import (
    EARTH_RADIUS_M,
    WORLD_M,
    latitude_of,
    longitude_of,
    mercator_x,
    mercator_y,
)

MOST_FEATURES = 400
MOST_CELLS = 256
OUTLINES_FROM_ZOOM = 11
CELLS_A_TILE = 4
"""Cells along the side of a map tile: 64 pixels each, so that circles seldom touch."""
KEY_FACTS = (
    "name_sv", "name_en", "municipality", "status", "readiness", "area_gross_ha", "power_now_mw",
    "drinking_water_m3_day", "detaljplan_status",
)  # fmt: skip


@dataclass(frozen=True)
class View:
    """What the map shows, widened to whole cells so that clusters stand still when it is moved.

    Edges are cell numbers of the web Mercator grid; the first and last column may lie on either
    side of the 180° meridian.
    """

    cell_m: float
    west: int
    south: int
    east: int
    north: int
    is_near: bool
    """Near enough for outlines."""


def view(box: Box, zoom: float) -> View:
    """The cells that a box in degrees touches at a zoom; at most `MOST_CELLS`."""
    west, south, east, north = (
        mercator_x(box[0]), mercator_y(box[1]), mercator_x(box[2]), mercator_y(box[3]),
    )  # fmt: skip
    width = east - west if box[0] <= box[2] else east - west + WORLD_M
    cell_m = WORLD_M / 2 ** math.floor(zoom) / CELLS_A_TILE
    while math.ceil(width / cell_m + 1) * math.ceil((north - south) / cell_m + 1) > MOST_CELLS:
        cell_m *= 2
    return View(
        cell_m,
        west=math.floor(west / cell_m),
        south=math.floor(south / cell_m),
        east=math.floor(east / cell_m),
        north=math.floor(north / cell_m),
        is_near=zoom >= OUTLINES_FROM_ZOOM,
    )


def features(session: Session, wanted: SiteFilter, table: Table, shown: View) -> str:
    """The sites in view as GeoJSON text: outlines where they are few and near, else clusters."""
    if shown.is_near:
        text, count = outlines(session, wanted, table, shown)
        if count <= MOST_FEATURES:
            return collection(text)
    return collection(session.scalar(clusters(wanted, table, shown)))


def outlines(
    session: Session, wanted: SiteFilter, table: Table, shown: View
) -> tuple[str | None, int]:
    """The outlines that meet the view, and how many: one more than allowed where there are more.

    Any below: the element type of an array made of cases.
    """
    some = conditions.terms(wanted, table)
    uncertain = [term for term in some if term.key]
    unknown = [case((term.holds.is_(None), term.key)) for term in uncertain]
    told = func.json_build_object(
        "kind", "outline",
        "reference", table.c.reference,
        "fit", case((conditions.fit(uncertain), "meets"), else_="may_fit"),
        "unknown", func.array_remove(array[Any](unknown, type_=TextType()), None),
        *key_facts(table.c),
    )  # fmt: skip
    feature = func.concat(
        '{"type":"Feature","geometry":', func.ST_AsGeoJSON(table.c.outline, 6),
        ',"properties":', told, "}",
    )  # fmt: skip
    found = (
        select(feature.label("feature"))
        .where(conditions.accepted(some, wanted), meets_view(table, shown))
        .limit(MOST_FEATURES + 1)
        .subquery()
    )
    row = session.execute(select(func.string_agg(found.c.feature, ","), func.count())).one()
    return row[0], row[1]


def clusters(wanted: SiteFilter, table: Table, shown: View) -> Select[str]:
    """One feature for each cell that holds sites; a site alone in its cell says what it is."""
    grouped = cells(wanted, table, shown)
    alone = table.alias("alone")
    is_one = grouped.c.sites == 1
    joined = grouped.outerjoin(alone, and_(is_one, alone.c.reference == grouped.c.reference))
    box = func.json_build_array(
        longitude(grouped.c.west), latitude(grouped.c.south),
        longitude(grouped.c.east), latitude(grouped.c.north),
    )  # fmt: skip
    told = func.json_build_object(
        "kind", "cluster",
        "count", grouped.c.sites,
        "meets", grouped.c.meets,
        "may_fit", grouped.c.sites - grouped.c.meets,
        "fit", case((grouped.c.meets > 0, "meets"), else_="may_fit"),
        "box", box,
        "reference", alone.c.reference,
        *key_facts(alone.c),
    )  # fmt: skip
    feature = func.concat(
        '{"type":"Feature","geometry":{"type":"Point","coordinates":[',
        longitude(grouped.c.x), ",", latitude(grouped.c.y),
        ']},"properties":', func.json_strip_nulls(told), "}",
    )  # fmt: skip
    return select(func.string_agg(feature, ",")).select_from(joined)


def cells(wanted: SiteFilter, table: Table, shown: View) -> Subquery:
    """The sites counted per cell; reads few columns, all of which an index may hold.

    The limit is never reached. It tells PostgreSQL, which cannot guess it, how few cells there are.
    """
    uncertain = [term for term in conditions.terms(wanted, table) if term.key]
    fits = [conditions.fit(uncertain).label("fits")] if uncertain else []
    found = queries.passing(
        wanted,
        table,
        table.c.x,
        table.c.y,
        table.c.reference,
        *fits,
        where=is_in_view(table, shown),
    ).subquery("found")
    x, y = found.c.x, found.c.y
    return (
        select(
            func.count().label("sites"),
            (func.count().filter(found.c.fits) if fits else func.count()).label("meets"),
            func.avg(x).label("x"), func.avg(y).label("y"),
            func.min(x).label("west"), func.min(y).label("south"),
            func.max(x).label("east"), func.max(y).label("north"),
            func.min(found.c.reference).label("reference"),
        )
        .group_by(*(func.floor(cast(axis, Double) / shown.cell_m) for axis in (x, y)))
        .limit(MOST_FEATURES)
        .subquery("cells")
    )  # fmt: skip


def is_in_view(table: Table, shown: View) -> ColumnElement[bool]:
    x, y, cell_m = table.c.x, table.c.y, shown.cell_m
    west, east = shown.west * cell_m, (shown.east + 1) * cell_m
    columns = and_(x >= west, x < east) if shown.west <= shown.east else or_(x >= west, x < east)
    return and_(columns, y >= shown.south * cell_m, y < (shown.north + 1) * cell_m)


def meets_view(table: Table, shown: View) -> ColumnElement[bool]:
    cell_m = shown.cell_m
    sides = [(shown.west * cell_m, (shown.east + 1) * cell_m)]
    if shown.west > shown.east:
        sides = [(sides[0][0], WORLD_M / 2), (-WORLD_M / 2, sides[0][1])]
    south, north = shown.south * cell_m, (shown.north + 1) * cell_m
    return or_(
        *(
            table.c.outline.op("&&")(
                # Boxes of the Mercator map are boxes in degrees too.
                func.ST_MakeEnvelope(
                    longitude_of(west),
                    latitude_of(south),
                    longitude_of(east),
                    latitude_of(north),
                    WGS84,
                )
            )
            for west, east in sides
        )
    )


def key_facts(columns: ReadOnlyColumnCollection[str, Any]) -> list[Any]:
    """What a popup says, as name, value, name, value; Any: values differ in type."""
    by_year = columns.power_by_year
    most = select(func.max(func.unnest(by_year).column_valued("mw"))).scalar_subquery()
    facts = {
        **{key: columns[key] for key in KEY_FACTS},
        "power_most_mw": most,
        "power_most_year": func.array_position(by_year, most) + power.FIRST_YEAR - 1,
    }
    return [part for pair in facts.items() for part in pair]


def longitude(x: ColumnElement[Any]) -> ColumnElement[Any]:
    """Degrees with five decimals; Any: numeric."""
    return func.trim_scale(func.round(cast(x * (360 / WORLD_M), Numeric), 5))


def latitude(y: ColumnElement[Any]) -> ColumnElement[Any]:
    """Degrees with five decimals; Any: numeric."""
    angle = func.degrees(2 * func.atan(func.exp(y / EARTH_RADIUS_M)) - math.pi / 2)
    return func.trim_scale(func.round(cast(angle, Numeric), 5))
