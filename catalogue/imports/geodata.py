"""Features with an area each, read into a sheet: attributes are columns, the geometry an outline."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
import shapely

from catalogue.errors import UnreadableFile
from catalogue.imports.sheets import Sheet, Upload
from geo.coordinate_readings import Place, Reading
from geo.errors import GeoError, InvalidGeodata, UncertainPosition
from geo.geodata import GeodataFeature
from geo.geodata_files import placed
from geo.geodata_parsing import parse_geodata
from geo.outlines import Outline, read_outline, repaired
from geo.texts import Text

MOST_FEATURES = 10_000


def read_features(content: bytes, name: str, place: Place, reading: Reading | None) -> Upload:
    """GeoJSON: a feature, or a collection of them; raises `UnreadableFile`, `UncertainPosition`.

    Its attributes are read as they stand, nested ones too, which GDAL would flatten.
    """
    try:
        found = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(
            Text(
                "Filen är inte giltig GeoJSON: {why}. Exportera den på nytt.",
                "The file is not valid GeoJSON: {why}. Export it again.",
            ).format(why=str(error)[:120])
        ) from error
    features = found.get("features", [found]) if isinstance(found, dict) else []
    if not isinstance(features, list) or not all(map(is_feature, features)):
        raise UnreadableFile(
            Text(
                "GeoJSON-filen ska innehålla objekt (Feature) med egenskaper och område.",
                "The GeoJSON file must contain features with properties and an area.",
            )
        )
    crs = found.get("crs")
    meant: Reading | None = None
    notes: tuple[Text, ...] = ()
    if any(feature.get("geometry") for feature in features):
        meant, notes = as_meant(content, name, place, reading)
    upload = as_upload(
        "geojson",
        name,
        [
            (feature.get("properties") or {}, outline_of(feature.get("geometry"), crs, meant))
            for feature in features
        ],
    )
    return replace(upload, notes=notes)


def as_meant(
    content: bytes, name: str, place: Place, reading: Reading | None
) -> tuple[Reading | None, tuple[Text, ...]]:
    """How the coordinates are to be read, and what to tell of it where that is not the usual way.

    By its standard GeoJSON is WGS 84; tools of municipalities write metres all the same. None
    where no way fits or a shape cannot be read at all: then each row says what is wrong with its
    own. Raises `UncertainPosition` where a person must choose.
    """
    try:
        found = placed(parse_geodata(content, name), reading, place)
    except UncertainPosition as doubt:
        if doubt.readings:
            raise
        return None, ()
    except InvalidGeodata:
        return None, ()
    return (None, ()) if found.reading == Reading() else (found.reading, found.report)


def read_areas(content: bytes, name: str, place: Place, reading: Reading | None) -> Upload:
    """GeoPackage, zipped Shapefile, KML or DXF; raises `InvalidGeodata`, `UnreadableFile`."""
    found = placed(parse_geodata(content, name), reading, place)
    features = [
        (feature.attributes, accepted_area(feature))
        for layer in found.layers
        for feature in layer.features
    ]
    upload = as_upload("geodata", name, features)
    return replace(upload, notes=found.report)


def accepted_area(feature: GeodataFeature) -> Outline | GeoError | None:
    """The area as an outline, or why not; None for a point or line, whose attributes are read."""
    if not feature.is_area:
        return None
    try:
        return repaired(shapely.get_parts(feature.shape).tolist())
    except GeoError as refusal:
        return refusal


def is_feature(one: object) -> bool:
    return isinstance(one, Mapping) and one.get("type") == "Feature"


def outline_of(geometry: Any, crs: Any, meant: Reading | None) -> Outline | GeoError | None:
    """Any: JSON as somebody sent it."""
    if geometry is None:
        return None
    try:
        if not isinstance(geometry, Mapping):
            return read_outline(geometry)
        return read_outline({**geometry, "crs": crs}, meant)
    except GeoError as refusal:
        return refusal


def as_upload(
    kind: str,
    name: str,
    features: list[tuple[Mapping[str, Any], Outline | GeoError | None]],
) -> Upload:
    """One row a feature under a heading of all attributes; Any: attributes differ in type."""
    if len(features) > MOST_FEATURES:
        raise UnreadableFile(
            Text(
                "Filen har {count} objekt; högst {most} läses. Dela den på flera.",
                "The file has {count} features; at most {most} are read. Part it into several.",
            ).format(count=len(features), most=MOST_FEATURES)
        )
    headings = list(dict.fromkeys(key for attributes, _ in features for key in attributes))
    sheet = Sheet(
        name=name,
        rows=[headings, *([attributes.get(key) for key in headings] for attributes, _ in features)],
        outlines={
            number: outline
            for number, (_, outline) in enumerate(features, start=2)
            if outline is not None
        },
    )
    return Upload(kind=kind, sheets=[sheet])
