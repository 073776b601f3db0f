"""The pieces of a map as Folium elements: ours load own files only and speak both languages.

Elements have the scripts; which files those need is said once, by the map that holds them.
"""

from collections.abc import Iterable
from typing import Any

import folium
from folium.plugins import Fullscreen, GeoMan, LocateControl
from folium.template import Template
from markupsafe import Markup

from catalogue.maps.map_layers import Bounds
from frontend.assets import static_address
from geo.texts import Language, Text

Links = list[tuple[str, str]]
"""Files as Folium wants them: a name and an address each."""

SCRIPTS = ("bundles/leaflet.js",)
STYLES = ("bundles/map.css",)
ATTRIBUTION = Text(
    '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMaps bidragsgivare</a>, '
    "SCB, GeoNames",
    '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap contributors</a>, '
    "Statistics Sweden, GeoNames",
)


def own_files(paths: Iterable[str]) -> Links:
    return [(path, static_address(path)) for path in paths]


class OwnMap(folium.Map):
    """A Folium map without foreign files, tiles or styles; `frame` is its HTML.

    Its files are fetched and it is made when it is about to be seen (`is_awaited`), unless the page
    must have it at once.
    Its view is set by `fit_bounds` alone: with a centre too, it would open with a movement.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}{{ this.frame }}{% endmacro %}
        {% macro script(this, kwargs) %}
            {% if this.is_awaited %}
                await mapFiles(
                    document.getElementById("{{ this.get_name() }}"), {{ this.files | tojson }}
                );
            {% endif %}
            const {{ this.get_name() }} =
                L.map("{{ this.get_name() }}", {{ this.options | tojavascript }});
            {{ this.get_name() }}.attributionControl.setPrefix(false)
                .addAttribution({{ this.attribution | tojson }});
            L.control.zoom({{ this.zoom_words | tojavascript }}).addTo({{ this.get_name() }});
            L.control.scale({ imperial: false, position: "bottomright" })
                .addTo({{ this.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, name: str, language: Language, bounds: Bounds) -> None:
        west, south, east, north = bounds
        width, height = east - west, north - south
        super().__init__(
            location=((south + north) / 2, (west + east) / 2),
            zoom_start=7,
            tiles=None,
            zoom_control=False,
            max_bounds=True,
            min_lat=south - height,
            max_lat=north + height,
            min_lon=west - width,
            max_lon=east + width,
            max_bounds_viscosity=0.8,
            zoom_snap=0.25,
            wheel_px_per_zoom_level=90,
        )
        # Folium hands these to a tile layer, and there is none.
        self.options |= {"min_zoom": 6, "max_zoom": 18}
        self._id = name
        self.default_js = own_files(SCRIPTS)
        self.default_css = own_files(STYLES)
        self.is_awaited = True
        self.attribution = ATTRIBUTION.in_language(language)
        self.zoom_words = {
            "position": "topleft",
            "zoomInTitle": Text("Zooma in", "Zoom in").in_language(language),
            "zoomOutTitle": Text("Zooma ut", "Zoom out").in_language(language),
        }
        self.frame = Markup()

    @property
    def files(self) -> dict[str, list[str]]:
        """The addresses of what it needs; our own script for every map comes last."""
        scripts = self.default_js + own_files(("scripts/map.js",))
        return {
            "scripts": [address for _, address in scripts],
            "styles": [address for _, address in self.default_css],
        }


class FullscreenButton(Fullscreen):
    """Folium's own script calls a function that later versions of the plugin do not have."""

    default_js: Links = []
    default_css: Links = []
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            new L.Control.FullScreen({{ this.options | tojavascript }})
                .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, language: Language) -> None:
        super().__init__(  # type: ignore[no-untyped-call]  # Folium declares no types here
            title=Text("Helskärm", "Full screen").in_language(language),
            title_cancel=Text("Lämna helskärm", "Leave full screen").in_language(language),
        )


class LocateButton(LocateControl):
    default_js: Links = []
    default_css: Links = []

    def __init__(self, language: Language) -> None:
        texts = {
            "title": Text("Visa var jag är", "Show where I am"),
            "popup": Text(
                "Du är inom {distance} {unit} härifrån", "You are within {distance} {unit} of here"
            ),
            "outsideMapBoundsMsg": Text(
                "Du är utanför den här kartan.", "You are outside this map."
            ),
        }
        super().__init__(  # type: ignore[no-untyped-call]  # Folium declares no types here
            strings={name: text.in_language(language) for name, text in texts.items()},
            locateOptions={"maxZoom": 13},
        )


class DrawingTools(GeoMan):
    """Drawing and editing areas; `map_drawing.js` keeps what is drawn."""

    default_js: Links = []
    default_css: Links = []

    def __init__(self) -> None:
        left_out = (
            "drawMarker", "drawCircleMarker", "drawPolyline", "drawRectangle", "drawCircle",
            "drawText", "rotateMode", "dragMode",
        )  # fmt: skip
        super().__init__(  # type: ignore[no-untyped-call]  # Folium declares no types here
            position="topleft", **dict.fromkeys(left_out, False)
        )


class MeasureButton(folium.MacroElement):
    """Distances along a line that the reader draws."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            L.control.polylineMeasure({{ this.options | tojavascript }})
                .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, language: Language) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca declares no types here
        self._name = "Measure"
        self.options = measure_options(language)


class Announcement(folium.MacroElement):
    """The last thing a map does: `map:ready`, an event that carries the Leaflet map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            document.getElementById("{{ this._parent.get_name() }}").dispatchEvent(
                new CustomEvent("map:ready", {
                    bubbles: true,
                    detail: { map: {{ this._parent.get_name() }} },
                })
            );
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca declares no types here
        self._name = "Announcement"


def measure_options(language: Language) -> dict[str, Any]:
    """Any: options differ in type."""
    texts = {
        "measureControlTitleOn": Text("Mät avstånd", "Measure a distance"),
        "measureControlTitleOff": Text("Sluta mäta", "Stop measuring"),
        "tooltipTextFinish": Text("Klicka för att avsluta linjen", "Click to finish the line"),
        "tooltipTextDelete": Text(
            "Skift-klicka för att ta bort punkten", "Shift-click to delete the point"
        ),
        "tooltipTextMove": Text("Dra för att flytta punkten. ", "Drag to move the point. "),
        "tooltipTextResume": Text(
            " Ctrl-klicka för att fortsätta linjen", " Ctrl-click to go on with the line"
        ),
        "tooltipTextAdd": Text(
            "Ctrl-klicka för att lägga till en punkt", "Ctrl-click to add a point"
        ),
    }
    line = {"color": "#1a1e1b", "weight": 2}
    dot = {"color": "#1a1e1b", "weight": 2, "fillColor": "#ffffff", "fillOpacity": 1, "radius": 4}
    return {
        "position": "topleft",
        "measureControlLabel": "",
        "measureControlClasses": ["map-measure"],
        "tempLine": line | {"dashArray": "4 4"},
        "fixedLine": line,
        "startCircle": dot,
        "intermedCircle": dot,
        "currentCircle": dot,
        "endCircle": dot,
        **{name: text.in_language(language) for name, text in texts.items()},
    }
