"""The page on which somebody chooses, from an uploaded file, the areas that make an outline."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely

from catalogue.errors import Fault
from frontend.maps import Backdrop, MapParts, areas_map
from frontend.rendering import Page, address, render
from frontend.shape_pictures import Picture, picture
from frontend.site_form_parts import OUTLINE, OpenSite
from geo.coordinate_readings import SYSTEMS, system_name
from geo.geodata import GeodataFeature, GeodataFile
from geo.outlines import Outline
from geo.reference_systems import SWEREF99TM, WGS84, transformed
from geo.texts import Text

MOST_SHOWN = 60
"""Areas on one page; a search finds the others."""
MOST_FACTS = 4
LONGEST_FACT = 60
TOLERANCE_M = 1
"""How far a border may move to be drawn with fewer corners."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that has been read, or waits for a person to say how; and what is wanted of it."""

    path: str
    name: str
    file: GeodataFile
    own_system: str | None
    doubt: Text | None = None
    """Why the coordinates cannot be read without asking; the file is shown as first suggested."""
    chosen: Sequence[int] = ()
    """The areas chosen, by their number, from 1."""
    wanted: str = ""
    """Words that the areas shown must hold."""
    outline: Outline | None = None
    warnings: Sequence[Text] = ()
    faults: Sequence[Fault] = ()
    is_asked: bool = field(default=False)
    """Whether a person has said how the coordinates are to be read."""


@dataclass(frozen=True, kw_only=True)
class ShownArea:
    """One area in the list."""

    number: int
    label: str
    area_ha: float
    parts: int
    holes: int
    facts: Sequence[tuple[str, str]]
    picture: Picture
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class ShownLayer:
    name: str
    areas: Sequence[ShownArea]


def geodata_page(
    page: Page, opened: OpenSite, backdrop: Backdrop, municipality: dict[str, Any], upload: Upload
) -> str:
    """Any: the municipality's outline as GeoJSON."""
    areas = upload.file.areas
    numbers = shown_numbers(upload)
    return render(
        "workspace/geodata.html",
        page,
        site=opened.site,
        site_name=opened.site.name(page.language),
        back=address(page.language, opened.path, theme=OUTLINE),
        upload=upload,
        layers=shown_layers(upload, numbers),
        shown=len(numbers),
        total=len(areas),
        others=sum(len(layer.features) for layer in upload.file.layers) - len(areas),
        chosen_ha=sum(areas[number - 1].area_ha for number in upload.chosen),
        readings=[(one.code, one.named(upload.own_system)) for one in upload.file.readings],
        reading=upload.file.reading.code,
        systems=[(str(system), system_name(system)) for system in SYSTEMS],
        errors=[
            {"field": "areas" if areas else "", "text": fault.text.in_language(page.language)}
            for fault in upload.faults
        ],
        map=shown_map(page, backdrop, upload, numbers, municipality),
        version=opened.site.version,
    )


def shown_numbers(upload: Upload) -> list[int]:
    """The chosen areas, and the first of those that hold the words asked for."""
    words = upload.wanted.casefold().split()
    found = [
        number
        for number, area in enumerate(upload.file.areas, start=1)
        if number not in upload.chosen and all(word in said(area) for word in words)
    ]
    return sorted([*upload.chosen, *found[:MOST_SHOWN]])


def said(area: GeodataFeature) -> str:
    """All that a file says of an area, to be searched."""
    return " ".join([area.label, *map(str, area.attributes.values())]).casefold()


def shown_layers(upload: Upload, numbers: Sequence[int]) -> list[ShownLayer]:
    wanted = frozenset(numbers)
    layers, number = [], 0
    for layer in upload.file.layers:
        shown = []
        for area in layer.features:
            number += area.is_area
            if area.is_area and number in wanted:
                shown.append(shown_area(area, number, number in upload.chosen))
        if shown:
            layers.append(ShownLayer(name=layer.name, areas=shown))
    return layers


DRAWN_AS = frozenset({"altitudeMode", "drawOrder", "extrude", "tessellate", "visibility"})
"""How KML draws a feature: says nothing of what it is."""


def shown_area(area: GeodataFeature, number: int, is_chosen: bool) -> ShownArea:
    parts = shapely.get_parts(area.shape)
    facts = [
        (key, str(value)[:LONGEST_FACT])
        for key, value in area.attributes.items()
        if value not in (None, "") and str(value) != area.label and key not in DRAWN_AS
    ]
    return ShownArea(
        number=number,
        label=area.label,
        area_ha=area.area_ha,
        parts=len(parts),
        holes=int(shapely.get_num_interior_rings(parts).sum()),
        facts=facts[:MOST_FACTS],
        picture=picture(area.shape),
        is_chosen=is_chosen,
    )


def shown_map(
    page: Page,
    backdrop: Backdrop,
    upload: Upload,
    numbers: Sequence[int],
    municipality: dict[str, Any],
) -> MapParts | None:
    """The areas of the list; None where there are none. Any: GeoJSON."""
    if not numbers:
        return None
    areas = upload.file.areas
    features = [
        {
            "type": "Feature",
            "geometry": in_degrees(areas[number - 1]),
            "properties": {"area": number, "name": areas[number - 1].label},
        }
        for number in numbers
    ]
    return areas_map(page, backdrop, features, municipality)


def in_degrees(area: GeodataFeature) -> dict[str, Any]:
    """Drawn with as few corners as can be seen. Any: GeoJSON."""
    simple = area.shape.simplify(TOLERANCE_M)
    degrees: dict[str, Any] = shapely.geometry.mapping(transformed(simple, SWEREF99TM, WGS84))
    return degrees
