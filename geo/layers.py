"""Reference layers: where roads, railways, ports and the like are, and how far it is to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geo.texts import Text

DistanceKind = Literal["e_road", "rail", "port", "airport", "terminal", "substation"]
LayerKind = Literal[
    "e_road", "rail", "port", "airport", "terminal", "substation",
    "road", "grid_line", "place", "water", "protected_area",
]  # fmt: skip
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


@dataclass(frozen=True)
class Nearest:
    """The closest feature of a kind and the straight line to it, in kilometres."""

    feature: LayerFeature
    distance_km: float


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

    def nearest(self, shape: BaseGeometry, kind: LayerKind) -> Nearest | None:
        """The nearest feature by the straight line between edges; None where the layer is empty."""
        return self.nearest_to_each([shape], kind)[0]

    def nearest_to_each(
        self, shapes: Sequence[BaseGeometry], kind: LayerKind
    ) -> Sequence[Nearest | None]:
        """The nearest feature to each shape, found for all of them at once."""
        tree = self.trees.get(kind)
        if tree is None or not shapes:
            return [None] * len(shapes)
        array = np.array(shapes)
        found = tree.nearest(array)
        features = self.features[kind]
        distances_m = shapely.distance(array, tree.geometries.take(found))
        return [
            Nearest(features[number], distance_m / 1_000)
            for number, distance_m in zip(found.tolist(), distances_m.tolist(), strict=True)
        ]

    def with_code(self, kind: LayerKind, code: str) -> LayerFeature | None:
        return next((some for some in self.features.get(kind, ()) if some.code == code), None)

    def meeting(self, shape: BaseGeometry, kind: LayerKind) -> list[LayerFeature]:
        """The features of a kind that share some area or line with the shape."""
        tree = self.trees.get(kind)
        if tree is None:
            return []
        return [self.features[kind][int(n)] for n in tree.query(shape, predicate="intersects")]
