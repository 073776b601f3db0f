"""What lies beneath the sites on a map: reference layers and municipal borders as GeoJSON text."""

import json
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from catalogue.errors import NoSuchMunicipality
from catalogue.tables import layer_feature, municipality_area
from geo.layers import LayerKind
from geo.reference_systems import WGS84

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
DEGREE_DECIMALS = 5
"""About a metre: enough for what lies beneath."""


def county_bounds(session: Session) -> Bounds:
    """What holds all municipalities of the catalogue."""
    whole = func.ST_Extent(func.ST_Transform(municipality_area.c.outline, WGS84))
    box = select(func.ST_Envelope(whole).label("box")).subquery()
    west, south, east, north = session.execute(
        select(*(edge(box.c.box) for edge in
                 (func.ST_XMin, func.ST_YMin, func.ST_XMax, func.ST_YMax)))
    ).one()  # fmt: skip
    return west, south, east, north


def layer_kinds(session: Session) -> frozenset[str]:
    """The reference layers that hold anything."""
    return frozenset(session.scalars(select(layer_feature.c.kind).distinct()))


def layer(session: Session, kind: LayerKind) -> str:
    """A reference layer as GeoJSON text."""
    own = func.jsonb_build_object(
        "name", layer_feature.c.name,
        "code", layer_feature.c.code,
        "accuracy_m", layer_feature.c.accuracy_m,
    )  # fmt: skip
    told = func.jsonb_strip_nulls(layer_feature.c.properties.op("||")(own))
    feature = geojson_feature(layer_feature.c.shape, told)
    found = joined(feature, layer_feature.c.id).where(layer_feature.c.kind == kind)
    return collection(session.scalar(found))


def municipality_borders(session: Session) -> str:
    """The municipalities as GeoJSON text."""
    told = func.json_build_object(
        "code", municipality_area.c.code, "name", municipality_area.c.name
    )
    feature = geojson_feature(municipality_area.c.outline, told)
    return collection(session.scalar(joined(feature, municipality_area.c.code)))


def municipality_outline(session: Session, code: str) -> dict[str, Any]:
    """One municipality's outline as a GeoJSON geometry; raises `NoSuchMunicipality`.

    Any: GeoJSON.
    """
    degrees = func.ST_Transform(municipality_area.c.outline, WGS84)
    text = session.scalars(
        select(func.ST_AsGeoJSON(degrees, DEGREE_DECIMALS)).where(municipality_area.c.code == code)
    ).first()
    if text is None:
        raise NoSuchMunicipality(code)
    outline: dict[str, Any] = json.loads(text)
    return outline


def geojson_feature(shape: ColumnElement[Any], told: ColumnElement[Any]) -> ColumnElement[str]:
    """A feature as text; Any: a geometry and JSON."""
    geometry = func.ST_AsGeoJSON(func.ST_Transform(shape, WGS84), DEGREE_DECIMALS)
    return func.concat(
        '{"type":"Feature","geometry":', geometry, ',"properties":', told, "}",
    )  # fmt: skip


def joined(feature: ColumnElement[str], by: ColumnElement[Any]) -> Select[Any]:
    """All features as one text, in a fixed order; Any: one text, and whatever orders them."""
    return select(func.string_agg(feature, aggregate_order_by(literal(","), by)))


def collection(features: str | None) -> str:
    return f'{{"type":"FeatureCollection","features":[{features or ""}]}}'
