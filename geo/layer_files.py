"""A reference layer from a file: GeoJSON, GeoPackage or Shapefile, in any coordinate system."""

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from pyproj.exceptions import CRSError

from geo.errors import InvalidLayer
from geo.layers import LayerFeature, LayerKind
from geo.reference_systems import SWEREF99TM
from geo.texts import Text

# Read when the library loads: a file that describes others must not make it open them.
os.environ.setdefault("OGR_SKIP", "OGR_VRT")

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

PREFIXES = {
    ".geojson": "GeoJSON:", ".json": "GeoJSON:", ".gpkg": "", ".shp": "", ".zip": "/vsizip/",
}  # fmt: skip
DRIVERS = frozenset({"GeoJSON", "GPKG", "ESRI Shapefile"})
NAME_COLUMNS = ("name", "namn", "name_sv")
CODE_COLUMNS = ("code", "kod", "id")
ACCURACY_COLUMN = "accuracy_m"


def read_layer(file: Path, kind: LayerKind) -> list[LayerFeature]:
    """The features of a file's first layer; raises `InvalidLayer`.

    A name, a code and an accuracy are found by their columns' names; the other columns are kept
    as they are.
    """
    prefix = PREFIXES.get(file.suffix.lower())
    if prefix is None or not file.is_file():
        raise InvalidLayer(
            Text(
                "{name}: ange en fil som slutar på {endings}.",
                "{name}: give a file that ends in {endings}.",
            ).format(name=file.name, endings=", ".join(PREFIXES))
        )
    meta, shapes, rows = opened(f"{prefix}{file.resolve()}", file.name)
    moved = in_metres(shapes, meta["crs"], file.name)
    return [
        feature(kind, shape, row, file.name)
        for shape, row in zip(moved, rows, strict=True)
        if shape is not None and not shape.is_empty
    ]


def opened(path: str, name: str) -> tuple[dict[str, Any], Any, list[dict[str, Any]]]:
    """What the file says of itself, its shapes and its rows; Any: whatever is in the file."""
    try:
        driver = pyogrio.read_info(path)["driver"]
        if driver not in DRIVERS:
            raise unreadable(name)
        meta, _, shapes, columns = pyogrio.raw.read(path, force_2d=True)
    except (DataSourceError, DataLayerError) as error:
        raise unreadable(name) from error
    if shapes is None or not len(shapes):
        raise InvalidLayer(
            Text("{name}: filen har inga objekt.", "{name}: the file has no features.").format(
                name=name
            )
        )
    keys = [str(key) for key in meta["fields"]]
    rows = [dict(zip(keys, map(plain, cells), strict=True)) for cells in zip(*columns, strict=True)]
    return meta, shapely.from_wkb(shapes), rows or [{} for _ in shapes]


def unreadable(name: str) -> InvalidLayer:
    return InvalidLayer(
        Text(
            "{name}: filen går inte att läsa som GeoJSON, GeoPackage eller Shapefile.",
            "{name}: the file cannot be read as GeoJSON, GeoPackage or Shapefile.",
        ).format(name=name)
    )


def plain(cell: Any) -> Any:
    """A cell as JSON can hold it; what is missing or no number is null. Any: as the file has it."""
    if isinstance(cell, np.generic):
        cell = cell.item()
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return None
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


def in_metres(shapes: Any, crs: str | None, name: str) -> Iterator[Any]:
    """The shapes in SWEREF 99 TM; Any: numpy's object arrays have no type."""
    if not crs:
        raise InvalidLayer(
            Text(
                "{name}: filen säger inte vilket koordinatsystem den har. Spara den med ett.",
                "{name}: the file does not say its coordinate system. Save it with one.",
            ).format(name=name)
        )
    try:
        transformer = Transformer.from_crs(crs, SWEREF99TM, always_xy=True)
    except CRSError as error:
        raise unreadable(name) from error

    def move(points: Any) -> Any:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    yield from shapely.transform(shapes, move)


def feature(kind: LayerKind, shape: Any, row: dict[str, Any], source: str) -> LayerFeature:
    """Any: whatever is in the file."""
    names = {key.lower(): key for key in row}

    def taken(wanted: tuple[str, ...]) -> Any:
        key = next((names[one] for one in wanted if one in names), None)
        return row.pop(key) if key else None

    row = dict(row)
    name, code, accuracy = taken(NAME_COLUMNS), taken(CODE_COLUMNS), taken((ACCURACY_COLUMN,))
    return LayerFeature(
        kind=kind,
        name=str(name or code or ""),
        shape=shape,
        accuracy_m=int(accuracy) if isinstance(accuracy, int | float) else None,
        code=str(code) if code is not None else None,
        properties=row,
        source=source,
    )
