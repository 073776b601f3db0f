"""A site in full, for those who may read the write side: every value, draft or not."""

from typing import Any

import orjson
import shapely

from catalogue.fields import SITE
from catalogue.files import files
from catalogue.listed_provenance import backing
from catalogue.listing import depth, detail, feature, ordered, precision, with_files
from catalogue.rules import Rules
from catalogue.site import Site
from geo.drawings import moved
from geo.reference_systems import SWEREF99TM, WGS84


def full_feature(site: Site, municipality_name: str, rules: Rules) -> dict[str, Any]:
    """A GeoJSON feature shaped as the public one, with internal values too; Any: JSON."""
    behind = backing(site.provenance, tuple(SITE), rules.shelf_life)
    values = with_files(ordered(site.values, SITE), files.told(site.files))
    text = feature(site, values, behind, municipality_name, geometry(site))
    more = detail(site, values, depth(site, behind, rules.weights), precision(site, "public"))
    found: dict[str, Any] = orjson.loads(text + more + b"}}")
    for key, said in site.provenance.items():
        if said.visibility:
            found["properties"]["provenance"][key]["visibility"] = said.visibility
    if site.unread:
        found["properties"]["unread"] = dict(site.unread)
    return found


def geometry(site: Site) -> str:
    """The outline in WGS 84 as GeoJSON text, `null` where there is none."""
    if site.outline is None:
        return "null"
    [degrees] = moved([site.outline], SWEREF99TM, WGS84, decimals=7)
    return str(shapely.to_geojson(shapely.orient_polygons(degrees)))
