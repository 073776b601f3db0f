"""The ways in which a file's coordinates may be meant, for a person to choose from."""

from typing import Any

import shapely

from geo.coordinate_readings import Place, Reading
from geo.errors import UncertainPosition
from geo.geodata_files import placed
from geo.geodata_parsing import ParsedFile
from geo.reference_systems import SWEREF99TM, WGS84, transformed
from geo.texts import Text

MOST_OFFERED = 6
LANDS = Text(
    "{inside} av {all} områden hamnar i {place}, med mitten vid {north} N, {east} O.",
    "{inside} of {all} areas land in {place}, with their middle at {north} N, {east} E.",
)


def offered(parsed: ParsedFile, doubt: UncertainPosition, place: Place) -> list[dict[str, Any]]:
    """The likeliest first, each by code and name, with where the areas would land. Any: JSON."""
    return [
        {
            "code": reading.code,
            "name": list(reading.named()),
            "lands": list(landing(parsed, reading, place)),
        }
        for reading in doubt.readings[:MOST_OFFERED]
    ]


def landing(parsed: ParsedFile, reading: Reading, place: Place) -> Text:
    shapes = [
        feature.shape
        for layer in placed(parsed, reading, place).layers
        for feature in layer.features
    ]
    middles = [shapely.centroid(shape) for shape in shapes]
    centre = transformed(shapely.centroid(shapely.MultiPoint(middles)), SWEREF99TM, WGS84)
    return LANDS.format(
        inside=str(sum(shapely.contains(place.shape, one) for one in middles)),
        all=str(len(shapes)),
        place=place.name,
        north=f"{centre.y:.2f}",
        east=f"{centre.x:.2f}",
    )
