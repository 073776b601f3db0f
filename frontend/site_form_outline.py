"""The page on which a site's outline is drawn, uploaded or pasted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon

from catalogue.outlines.neighbours import Neighbour
from frontend.maps import Backdrop, Ground, drawing_map
from frontend.rendering import Page, render
from frontend.site_form import Outcome, surroundings
from frontend.site_form_parts import OUTLINE, OpenSite
from geo.errors import InvalidOutline
from geo.reference_systems import SWEREF99TM, WGS84, transformed
from geo.typed_outlines import read_typed_outline

CONTROL = "outline-text"
"""The control that holds the outline, whether it was drawn or pasted."""
FILE_CONTROL = "outline-file"
DEGREE_DECIMALS = 7


@dataclass(frozen=True, kw_only=True)
class OutlineStep:
    """What the map lies on, and the outline as it was typed where that was refused."""

    backdrop: Backdrop
    municipality: dict[str, Any]
    """The municipality's own outline, as a GeoJSON geometry; Any: GeoJSON."""
    neighbours: Sequence[Neighbour] = ()
    typed: str | None = None


def outline_page(page: Page, opened: OpenSite, step: OutlineStep, outcome: Outcome) -> str:
    stored = opened.site.outline
    typed = outline_text(stored) if step.typed is None else step.typed
    shown = shown_outline(typed, stored)
    ground = Ground(step.municipality, [told(one) for one in step.neighbours])
    drawn = drawing_map(page, step.backdrop, CONTROL, shown, ground)
    return render(
        "workspace/outline.html",
        page,
        **surroundings(page, opened, OUTLINE, outcome),
        map=drawn,
        control=CONTROL,
        text=typed,
        area_ha=None if stored is None else stored.area / 10_000,
        given_ha=opened.site.values.get("area_gross_ha"),
        given_net_ha=opened.site.values.get("area_net_ha"),
        has_outline=stored is not None,
    )


def told(neighbour: Neighbour) -> dict[str, Any]:
    """As a GeoJSON feature; Any: GeoJSON."""
    return {
        "type": "Feature",
        "geometry": geojson(neighbour.shape),
        "properties": {"neighbour": neighbour.name, "kind": neighbour.kind},
    }


def outline_text(outline: MultiPolygon | None) -> str:
    """The outline as GeoJSON text; empty where there is none."""
    return "" if outline is None else json.dumps(geojson(outline))


def geojson(outline: Polygon | MultiPolygon) -> dict[str, Any]:
    """In WGS 84, a single area as a Polygon; Any: GeoJSON."""
    degrees = transformed(outline, SWEREF99TM, WGS84)
    parts = shapely.get_parts(degrees)
    shape = parts[0] if len(parts) == 1 else degrees
    rounded = shapely.transform(shape, lambda points: points.round(DEGREE_DECIMALS))
    found: dict[str, Any] = json.loads(shapely.to_geojson(rounded))
    return found


def shown_outline(typed: str, stored: MultiPolygon | None) -> dict[str, Any] | None:
    """What the map shows: what was typed where it can be read, else what is stored.

    Any: GeoJSON.
    """
    try:
        return geojson(read_typed_outline(typed).shape)
    except InvalidOutline:
        return None if stored is None else geojson(stored)
