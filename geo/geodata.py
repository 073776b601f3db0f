"""What is read from a file of geodata: layers of features, and what was assumed to read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.coordinate_readings import Reading
from geo.texts import Text

NAME_ATTRIBUTES = (
    "name_sv", "name", "namn", "rubrik", "titel", "title", "reference", "referens",
    "fastighet", "fastighetsbeteckning", "beteckning", "objekt", "objektnamn", "id", "objekt_id",
)  # fmt: skip
"""Attributes that say what a feature is called, the best first."""
LONGEST_LABEL = 80


@dataclass(frozen=True)
class Limits:
    """What a file may cost to read; the sizes in bytes, the times in seconds."""

    size: int = 20_000_000
    unpacked_size: int = 200_000_000
    entries: int = 200
    features: int = 10_000
    corners: int = 1_000_000
    cpu_s: int = 20
    wall_s: int = 60
    memory: int = 2_000_000_000


UPLOAD = Limits()
"""For what somebody sends to the service."""
OPERATOR = Limits(
    size=2_000_000_000, unpacked_size=8_000_000_000, features=2_000_000, corners=50_000_000,
    cpu_s=1_800, wall_s=3_600, memory=16_000_000_000,
)  # fmt: skip
"""For what whoever runs the installation imports from their own disk."""


@dataclass(frozen=True)
class GeodataFeature:
    """One feature; `shape` in SWEREF 99 TM, the attributes as the file has them."""

    shape: BaseGeometry
    attributes: Mapping[str, Any]
    """Any: text, number, truth or nothing, as the file has it."""
    label: str

    @property
    def is_area(self) -> bool:
        return isinstance(self.shape, Polygon | MultiPolygon) and not self.shape.is_empty

    @property
    def area_ha(self) -> float:
        return float(self.shape.area / 10_000)


@dataclass(frozen=True)
class GeodataLayer:
    name: str
    features: tuple[GeodataFeature, ...]


@dataclass(frozen=True)
class GeodataFile:
    """A file's layers in SWEREF 99 TM, and how its coordinates were understood."""

    kind: str
    layers: tuple[GeodataLayer, ...]
    reading: Reading
    readings: tuple[Reading, ...]
    """Every way to read the coordinates that puts them in the place, the likeliest first."""
    report: tuple[Text, ...] = field(default=())

    @property
    def areas(self) -> tuple[GeodataFeature, ...]:
        """The features of all layers that can be an outline, in the file's order."""
        return tuple(one for layer in self.layers for one in layer.features if one.is_area)


def label_of(attributes: Mapping[str, Any], number: int) -> str:
    """What a feature is called, by its attributes; empty names give way to its number. Any: so."""
    names = {key.lower(): key for key in attributes}
    for wanted in NAME_ATTRIBUTES:
        said = attributes.get(names.get(wanted, ""))
        if said is not None and str(said).strip():
            return str(said).strip()[:LONGEST_LABEL]
    return str(number)
