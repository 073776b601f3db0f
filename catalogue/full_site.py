"""A site in full, for those who may read the write side: every value, draft or not."""

from typing import Any

import orjson
import shapely

from catalogue.fields import SITE
from catalogue.listing import depth, moved
from catalogue.provenance import ShelfLife
from catalogue.site import Site
from catalogue.values import to_json
from geo.reference_systems import SWEREF99TM, WGS84


def full_feature(site: Site, municipality_name: str, shelf_life: ShelfLife) -> dict[str, Any]:
    """A GeoJSON feature shaped as the public one, with internal values too; Any: JSON."""
    properties = {
        "reference": site.reference,
        "municipality": site.municipality,
        "municipality_name": municipality_name,
        "status": site.status,
        **{key: to_json(site.values[key]) for key in SITE if key in site.values},
        **depth(site, site.provenance, shelf_life),
    }
    for key, behind in site.provenance.items():
        if behind.visibility:
            properties["provenance"][key]["visibility"] = behind.visibility
    return {
        "type": "Feature",
        "id": site.reference,
        "geometry": geometry(site),
        "properties": properties,
    }


def geometry(site: Site) -> Any:
    """The outline in WGS 84 as GeoJSON, None where there is none; Any: JSON."""
    if site.outline is None:
        return None
    [degrees] = moved([site.outline], SWEREF99TM, WGS84, decimals=7)
    return orjson.loads(shapely.to_geojson(shapely.orient_polygons(degrees)))
