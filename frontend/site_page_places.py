"""How far it is from a site to road, rail, port and grid: in words, and as lines on its map."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely import shortest_line
from shapely.geometry import mapping, shape

from catalogue.fields import SITE
from catalogue.provenance import Mark
from frontend.formats import number, with_unit
from frontend.maps import Line
from frontend.site_page_facts import Told
from geo.layers import DISTANCE_KINDS, DistanceKind, Layers
from geo.reference_systems import SWEREF99TM, WGS84, transformed
from geo.texts import Text

ACCURACY = re.compile(r"(\d+) m$")
"""The end of the source that `catalogue.site` gives a distance: `≈ ± 500 m`."""
THINGS: dict[DistanceKind, Text] = {
    "e_road": Text("Europaväg", "European road"),
    "rail": Text("Järnväg", "Railway"),
    "port": Text("Hamn", "Port"),
    "airport": Text("Flygplats", "Airport"),
    "terminal": Text("Kombiterminal", "Intermodal terminal"),
    "substation": Text("Station i elnätet", "Substation"),
}
ICONS: dict[DistanceKind, str] = {
    "e_road": "road",
    "rail": "rail",
    "port": "ship",
    "airport": "pin",
    "terminal": "layers",
    "substation": "bolt",
}
DRAWN: tuple[DistanceKind, ...] = ("e_road", "rail", "port", "substation")


@dataclass(frozen=True, kw_only=True)
class Place:
    """The nearest thing of a kind; `name` is empty where the audience may not know which."""

    kind: DistanceKind
    thing: Text
    icon: str
    name: str
    distance: str
    accuracy: str
    mark: Mark


def places(told: Told) -> list[Place]:
    """The nearest of each kind for which a distance has been measured."""
    return [
        Place(
            kind=kind,
            thing=THINGS[kind],
            icon=ICONS[kind],
            name=told.text(f"nearest_{kind}"),
            distance=distance(told, kind),
            accuracy=accuracy(told, kind),
            mark=told.mark(f"distance_{kind}_km"),
        )
        for kind in DISTANCE_KINDS
        if told.value(f"distance_{kind}_km") is not None
    ]


def distance(told: Told, kind: DistanceKind) -> str:
    """`≈ 4,2 km`, or that the site lies right beside it."""
    key = f"distance_{kind}_km"
    km = told.number(key) or 0
    if km == 0:
        return Text("intill området", "next to the site").in_language(told.language)
    text = with_unit(number(km, told.language), SITE[key].unit, told.language)
    return f"≈\N{NO-BREAK SPACE}{text}"


def accuracy(told: Told, kind: DistanceKind) -> str:
    """`± 500 m`; empty where the layer does not say how good it is."""
    behind = told.behind(f"distance_{kind}_km")
    found = ACCURACY.search(behind.source) if behind else None
    if found is None:
        return ""
    metres = with_unit(number(int(found.group(1)), told.language), Text("m", "m"), told.language)
    return f"±\N{NO-BREAK SPACE}{metres}"


def lines_to(told: Told, outline: Mapping[str, Any], layers: Layers) -> list[Line]:
    """From the outline as the audience sees it to the nearest things it may know; Any: GeoJSON."""
    seen = transformed(shape(dict(outline)), WGS84, SWEREF99TM)
    found = []
    for place in places(told):
        if place.kind not in DRAWN or not place.name:
            continue
        code = told.value("substation") if place.kind == "substation" else None
        feature = layers.with_code(place.kind, str(code)) if code else None
        nearest = layers.nearest(seen, place.kind)
        target = feature or (nearest.feature if nearest else None)
        if target is None:
            continue
        straight = transformed(shortest_line(seen, target.shape), SWEREF99TM, WGS84)
        label = f"{place.name}, {place.distance}"
        found.append(Line(place.kind, label, mapping(straight)["coordinates"]))
    return found
