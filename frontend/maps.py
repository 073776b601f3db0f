"""Maps: built with Folium, their parts placed in our pages.

Scripts, styles, base map and sites are fetched once the page has been painted (`map_start.js`). Folium writes tooltips
and popups as raw HTML, so none is made here: `map.js` sets every label as text.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import folium
from branca.element import Figure
from markupsafe import Markup
from shapely import MultiPolygon
from shapely.geometry import mapping, shape

from catalogue.maps.map_layers import Bounds
from frontend.map_elements import (
    Announcement,
    DrawingTools,
    FullscreenButton,
    LocateButton,
    MeasureButton,
    OwnMap,
    own_files,
)
from frontend.rendering import Page, environment
from geo.layers import LAYER_LABELS, LayerKind
from geo.reference_systems import SWEREF99TM, WGS84, transformed
from geo.texts import Language, Text

MapKind = Literal["catalogue", "site", "drawing", "areas", "compared"]
Json = Mapping[str, Any]
"""GeoJSON in WGS 84; Any: JSON."""

CATALOGUE_SCRIPTS = ("bundles/map_search.js",)
DRAWING_STYLES = ("packages/geoman/leaflet-geoman.css",)
DRAWING_SCRIPTS = ("packages/geoman/leaflet-geoman.min.js", "scripts/map_drawing.js")
CHOSEN_LAYERS: dict[LayerKind, bool] = {
    "e_road": True,
    "road": True,
    "rail": True,
    "port": True,
    "terminal": False,
    "airport": False,
    "grid_line": False,
    "substation": False,
    "protected_area": False,
}
"""The layers that a reader turns on and off, and whether they are on at first."""
LABELS: dict[MapKind, Text] = {
    "catalogue": Text("Karta över platserna", "Map of the sites"),
    "site": Text("Karta över platsen", "Map of the site"),
    "drawing": Text("Karta att rita området på", "Map to draw the outline on"),
    "areas": Text("Karta över ytorna i filen", "Map of the areas in the file"),
    "compared": Text("Karta med platserna", "Map of the sites"),
}


@dataclass(frozen=True)
class MapParts:
    """What a page places: `header` in its head, `html` where the map stands, `script` below it."""

    header: Markup
    html: Markup
    script: Markup


@dataclass(frozen=True)
class Backdrop:
    """What every map lies on: the county's bounds and its reference layers."""

    bounds: Bounds
    layers_version: int
    kinds: frozenset[str]
    """The kinds of layers that hold anything."""


@dataclass(frozen=True)
class Line:
    """A straight line from a site to the nearest thing of a kind, with the words beside it."""

    kind: LayerKind
    label: str
    coordinates: Sequence[Sequence[float]]
    """Longitude before latitude."""


def catalogue_map(page: Page, backdrop: Backdrop, words: str) -> MapParts:
    """The map of all sites; `words` are the labels that its popups use, as JSON."""
    return whole_county(page.language, backdrop, words).parts(page.nonce)


@lru_cache(maxsize=8)
def whole_county(language: Language, backdrop: Backdrop, words: str) -> "Drawn":
    """The same for everybody, so it is made once."""
    made = OwnMap("catalogue", language, backdrop.bounds)
    made.default_js += own_files(CATALOGUE_SCRIPTS)
    made.fit_bounds(corners(backdrop.bounds), padding=(8, 8))
    return finished(made, "catalogue", language, backdrop, words=words)


def site_map(page: Page, backdrop: Backdrop, outline: Json, lines: Iterable[Line] = ()) -> MapParts:
    """One site's outline (or point), with lines to what is near it."""
    made = OwnMap("site", page.language, backdrop.bounds)
    for line in lines:
        geometry = {"type": "LineString", "coordinates": list(line.coordinates)}
        told = {"type": "Feature", "geometry": geometry, "properties": {"label": line.label}}
        drawn(told, f"map-line map-line-{line.kind}").add_to(made)
    drawn(outline, "map-outline").add_to(made)
    made.fit_bounds(corners(bounds_of(outline)), padding=(48, 48), max_zoom=13)
    return finished(made, "site", page.language, backdrop).parts(page.nonce)


def compared_map(page: Page, backdrop: Backdrop, outlines: Sequence[Json]) -> MapParts:
    """Several sites at once, each under the number of its place in the row."""
    made = OwnMap("compared", page.language, backdrop.bounds)
    for outline in outlines:
        drawn(outline, "map-outline").add_to(made)
    for number, outline in enumerate(outlines, start=1):
        point = shape(dict(outline)).representative_point()
        icon = folium.DivIcon(
            html=str(number), icon_size=(26, 26), icon_anchor=(13, 13), class_name="map-number"
        )
        folium.Marker((point.y, point.x), icon=icon, interactive=False, keyboard=False).add_to(made)
    whole = {"type": "GeometryCollection", "geometries": list(outlines)}
    made.fit_bounds(corners(bounds_of(whole)), padding=(48, 48), max_zoom=12)
    return finished(made, "compared", page.language, backdrop).parts(page.nonce)


def outlines_map(
    page: Page, backdrop: Backdrop, before: MultiPolygon | None, after: MultiPolygon | None
) -> MapParts:
    """An outline as it was and as it is, both in SWEREF 99 TM; at least one of them is there."""
    made = OwnMap("site", page.language, backdrop.bounds)
    shown = {"map-outline": after, "map-outline map-outline-before": before}
    for class_name, outline in shown.items():
        if outline is not None:
            drawn(degrees(outline), class_name).add_to(made)
    both = MultiPolygon([part for one in shown.values() if one for part in one.geoms])
    made.fit_bounds(corners(bounds_of(degrees(both))), padding=(48, 48), max_zoom=15)
    return finished(made, "site", page.language, backdrop).parts(page.nonce)


def degrees(outline: MultiPolygon) -> Json:
    """An outline in SWEREF 99 TM as GeoJSON."""
    return dict(mapping(transformed(outline, SWEREF99TM, WGS84)))


@dataclass(frozen=True)
class Ground:
    """What is drawn upon: the municipality, which should hold it, and what borders it."""

    municipality: Json
    neighbours: Sequence[Json] = ()
    """Features that corners snap to, with the properties `neighbour`, the name, and `kind`."""


def drawing_map(
    page: Page, backdrop: Backdrop, field: str, outline: Json | None, ground: Ground
) -> MapParts:
    """A map to draw on; the outline is kept as GeoJSON in the form control whose id is `field`."""
    made = OwnMap("drawing", page.language, backdrop.bounds)
    made.default_js += own_files(DRAWING_SCRIPTS)
    made.default_css = own_files(DRAWING_STYLES) + made.default_css
    drawn(ground.municipality, "map-limit").add_to(made)
    for one in ground.neighbours:
        kind = one["properties"]["kind"]
        drawn(one, f"map-neighbour map-neighbour-{kind}").add_to(made)
    held = outline or ground.municipality
    made.fit_bounds(corners(bounds_of(held)), padding=(32, 32), max_zoom=15)
    DrawingTools().add_to(made)
    drawn_map = finished(
        made,
        "drawing",
        page.language,
        backdrop,
        field=field,
        outline=json.dumps(outline) if outline else "",
    )
    return drawn_map.parts(page.nonce)


def areas_map(
    page: Page, backdrop: Backdrop, features: Sequence[Json], municipality: Json
) -> MapParts:
    """Areas to choose from; each feature has the properties `area`, its number, and `name`."""
    made = OwnMap("areas", page.language, backdrop.bounds)
    made.default_js += own_files(("scripts/map_areas.js",))
    drawn(municipality, "map-limit").add_to(made)
    for feature in features:
        drawn(feature, "map-area").add_to(made)
    whole = {"type": "GeometryCollection", "geometries": [one["geometry"] for one in features]}
    made.fit_bounds(corners(bounds_of(whole)), padding=(32, 32), max_zoom=15)
    return finished(made, "areas", page.language, backdrop).parts(page.nonce)


@dataclass(frozen=True)
class Drawn:
    """A finished map, before it is placed in a page that has a nonce."""

    header: Markup
    html: Markup
    script: Markup

    def parts(self, nonce: str) -> MapParts:
        script = Markup('<script type="module" nonce="{}">{}</script>').format(nonce, self.script)
        return MapParts(self.header, self.html, script)


def finished(
    made: OwnMap, kind: MapKind, language: Language, backdrop: Backdrop, **values: str
) -> Drawn:
    """The map with its controls."""
    FullscreenButton(language).add_to(made)
    LocateButton(language).add_to(made)
    made.is_awaited = kind not in ("drawing", "areas")
    if kind != "drawing":
        MeasureButton(language).add_to(made)
    Announcement().add_to(made)
    frame = environment(language).get_template("map/frame.html")
    chosen = [
        (name, LAYER_LABELS[name], shown)
        for name, shown in CHOSEN_LAYERS.items()
        if name in backdrop.kinds
    ]
    made.frame = Markup(  # noqa: S704  # our own template, escaped there
        frame.render(
            id=made.get_name(),
            kind=kind,
            label=LABELS[kind],
            layers=chosen,
            layers_version=backdrop.layers_version,
            **{"words": "{}", "field": "", "outline": "", **values},
        )
    )
    figure = Figure()
    figure.add_child(made)
    figure.render()
    return Drawn(
        header(made),
        Markup(figure.html.render()),  # noqa: S704  # the frame above
        Markup(figure.script.render()),  # noqa: S704  # Folium writes our values as JSON
    )


def header(made: OwnMap) -> Markup:
    """Links to styles and scripts, where the map does not fetch them itself; the scripts wait until
    the page is read."""
    if made.is_awaited:
        return Markup()
    return Markup("\n").join(
        [Markup('<link rel="stylesheet" href="{}">').format(one) for one in made.files["styles"]]
        + [Markup('<script src="{}" defer></script>').format(one) for one in made.files["scripts"]]
    )


def drawn(geometry: Json, class_name: str) -> folium.GeoJson:
    """A shape whose colours come from `map.css`, by its class; a point is a circle."""
    point = folium.CircleMarker(location=(0, 0), radius=12, class_name=class_name)
    return folium.GeoJson(dict(geometry), control=False, class_name=class_name, marker=point)


def bounds_of(geometry: Json) -> Bounds:
    west, south, east, north = shape(geometry.get("geometry", geometry)).bounds
    return west, south, east, north


def corners(bounds: Bounds) -> list[list[float]]:
    """South-west and north-east as Leaflet has them, latitude first."""
    west, south, east, north = bounds
    return [[south, west], [north, east]]
