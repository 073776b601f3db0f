"""Reference layers: where roads, railways, ports and the like are, and how far it is to them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import shapely
from shapely import LineString, STRtree
from shapely.geometry.base import BaseGeometry

from geo.texts import Text

DistanceKind = Literal["e_road", "rail", "port", "airport", "terminal", "substation"]
PublicLayerKind = Literal[
    "e_road", "rail", "port", "airport", "terminal", "substation",
    "road", "grid_line", "place", "water", "protected_area",
]  # fmt: skip
LayerKind = Literal[PublicLayerKind, "property"]
"""Property boundaries are for work in the catalogue: they are others' to publish."""
DISTANCE_KINDS: tuple[DistanceKind, ...] = get_args(DistanceKind)
LAYER_KINDS: tuple[LayerKind, ...] = get_args(LayerKind)

LAYER_LABELS: dict[LayerKind, Text] = {
    "e_road": Text("Europavägar", "European roads"),
    "rail": Text("Järnvägar", "Railways"),
    "port": Text("Hamnar", "Ports"),
    "airport": Text("Flygplatser", "Airports"),
    "terminal": Text("Kombiterminaler", "Intermodal terminals"),
    "substation": Text("Stationer i elnätet", "Substations"),
    "road": Text("Riksvägar", "National roads"),
    "grid_line": Text("Kraftledningar", "Power lines"),
    "place": Text("Orter", "Places"),
    "water": Text("Vatten", "Water"),
    "protected_area": Text("Skyddad natur", "Protected areas"),
    "property": Text("Fastigheter", "Properties"),
}


@dataclass(frozen=True)
class LayerFeature:
    """One reference feature; `shape` in SWEREF 99 TM, `accuracy_m` how far off it may be."""

    kind: LayerKind
    name: str
    shape: BaseGeometry
    accuracy_m: int | None = None
    code: str | None = None
    properties: dict[str, Any] = field(default_factory=dict)
    """Any: what the layer's own file says."""
    source: str = ""

    @cached_property
    def accuracy(self) -> str:
        """How far off it may be, as it is noted with what is measured to it."""
        return f"≈ ± {self.accuracy_m} m" if self.accuracy_m else ""


class Nearest(NamedTuple):
    """The closest feature of a kind and the straight line to it, in kilometres."""

    feature: LayerFeature
    distance_km: float


NearestOfKind = Mapping[DistanceKind, Sequence[Nearest | None]]
"""For each of some shapes, the nearest feature of every kind; None where there is none."""


class Pieces:
    """Features cut into short lines, so that the nearest is found without walking a whole railway."""

    LONGEST = 4
    """Corners of a piece: a line's index is as good as its pieces are short."""
    BRANCHES = 3
    """Of a node of the index: few, since measuring costs more than looking where to measure."""

    def __init__(self, features: Sequence[LayerFeature]) -> None:
        pieces: list[BaseGeometry] = []
        owners: list[int] = []
        for number, feature in enumerate(features):
            for part in shapely.get_parts(feature.shape):
                cut = self.cut(part)
                pieces.extend(cut)
                owners.extend([number] * len(cut))
        self.tree = STRtree(pieces, node_capacity=self.BRANCHES)
        self.owners = np.array(owners)

    def cut(self, part: BaseGeometry) -> list[BaseGeometry]:
        if not isinstance(part, LineString):
            return [part]
        corners = shapely.get_coordinates(part)
        step = self.LONGEST - 1
        return [
            LineString(corners[start : start + self.LONGEST])
            for start in range(0, len(corners) - 1, step)
        ]

    def nearest(self, shapes: Sequence[BaseGeometry]) -> Iterator[tuple[int, float]]:
        """For each shape the number of the nearest feature, and the metres to it."""
        array = np.array(shapes)
        found = self.tree.nearest(array)
        distances_m = shapely.distance(array, self.tree.geometries.take(found))
        return zip(self.owners[found].tolist(), distances_m.tolist(), strict=True)


class Layers:
    """The features that distances are measured to, indexed once and asked many times.

    What is only planned is drawn on the map but not measured to.
    """

    def __init__(self, features: Iterable[LayerFeature]) -> None:
        self.features: dict[str, list[LayerFeature]] = {}
        for feature in features:
            if feature.properties.get("status") != "planned":
                self.features.setdefault(feature.kind, []).append(feature)
        self.trees = {
            kind: STRtree([feature.shape for feature in some])
            for kind, some in self.features.items()
        }
        self.pieces = {kind: Pieces(some) for kind, some in self.features.items()}

    def nearest(self, shape: BaseGeometry, kind: LayerKind) -> Nearest | None:
        """The nearest feature by the straight line between edges; None where the layer is empty."""
        return self.nearest_to_each([shape], kind)[0]

    def nearest_to_each(
        self, shapes: Sequence[BaseGeometry], kind: LayerKind
    ) -> Sequence[Nearest | None]:
        """The nearest feature to each shape, found for all of them at once."""
        pieces = self.pieces.get(kind)
        if pieces is None or not shapes:
            return [None] * len(shapes)
        features = self.features[kind]
        return [
            Nearest(features[number], distance_m / 1_000)
            for number, distance_m in pieces.nearest(shapes)
        ]

    def nearest_of_each_kind(self, shapes: Sequence[BaseGeometry]) -> NearestOfKind:
        return {kind: self.nearest_to_each(shapes, kind) for kind in DISTANCE_KINDS}

    def with_code(self, kind: LayerKind, code: str) -> LayerFeature | None:
        return next((some for some in self.features.get(kind, ()) if some.code == code), None)

    def meeting(self, shape: BaseGeometry, kind: LayerKind) -> list[LayerFeature]:
        """The features of a kind that share some area or line with the shape."""
        tree = self.trees.get(kind)
        if tree is None:
            return []
        return [self.features[kind][int(n)] for n in tree.query(shape, predicate="intersects")]
