"""A reference layer from a file of geodata, in any coordinate system."""

from pathlib import Path
from typing import Any

import shapely

from geo.errors import InvalidLayer
from geo.geodata import OPERATOR, GeodataFeature
from geo.geodata_archives import zipped_shapefile
from geo.geodata_files import read_geodata
from geo.layers import LayerFeature, LayerKind
from geo.texts import Text

NAME_COLUMNS = ("name", "namn", "name_sv", "fastighet", "fastighetsbeteckning", "beteckning")
CODE_COLUMNS = ("code", "kod", "id")
ACCURACY_COLUMN = "accuracy_m"


def read_layer(file: Path, kind: LayerKind) -> list[LayerFeature]:
    """The features of a file's first layer; raises `InvalidLayer` and `InvalidGeodata`.

    A name, a code and an accuracy are found by their columns' names; the other columns are kept
    as they are.
    """
    if not file.is_file():
        raise InvalidLayer(
            Text("{name}: filen finns inte.", "{name}: there is no such file.").format(
                name=str(file)
            )
        )
    if file.suffix.lower() == ".shp":
        content, name = zipped_shapefile(file), f"{file.stem}.zip"
    else:
        content, name = file.read_bytes(), file.name
    read = read_geodata(content, name, limits=OPERATOR)
    return [
        layer_feature(kind, feature, file.name)
        for feature in read.layers[0].features
        if not feature.shape.is_empty
    ]


def layer_feature(kind: LayerKind, feature: GeodataFeature, source: str) -> LayerFeature:
    row = dict(feature.attributes)
    names = {key.lower(): key for key in row}

    def taken(wanted: tuple[str, ...]) -> Any:
        """Any: whatever is in the file."""
        key = next((names[one] for one in wanted if one in names), None)
        return row.pop(key) if key else None

    name, code, accuracy = taken(NAME_COLUMNS), taken(CODE_COLUMNS), taken((ACCURACY_COLUMN,))
    return LayerFeature(
        kind=kind,
        name=str(name or code or ""),
        shape=shapely.make_valid(feature.shape),
        accuracy_m=int(accuracy) if isinstance(accuracy, int | float) else None,
        code=str(code) if code is not None else None,
        properties=row,
        source=source,
    )
