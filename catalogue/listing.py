"""The read side: what each audience may see of a site, decided here and nowhere else."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import orjson
import shapely
from sqlalchemy import Table, delete, insert
from sqlalchemy.orm import Session

from catalogue import power, tables
from catalogue.completeness import by_theme, completeness
from catalogue.database import Audience
from catalogue.fields import SITE, Field, Value, Visibility
from catalogue.provenance import Provenance, ShelfLife
from catalogue.site import LISTED_STATUSES, Site
from catalogue.values import to_json
from geo.outlines import Precision, blurred
from geo.reference_systems import SWEREF99TM, WEB_MERCATOR, WGS84, transformer

LISTINGS: dict[Audience, Table] = {
    "public": tables.listing_public,
    "registered": tables.listing_registered,
}
SEEN: dict[Audience, frozenset[Visibility]] = {
    "public": frozenset({"public"}),
    "registered": frozenset({"public", "registered"}),
}
SEARCHED_KEYS = ("name_sv", "name_en", "description_sv", "description_en", "property_designations")
DISTANCE_PREFIX = "distance_"


def may_see(field: Field, provenance: Provenance | None, audience: Audience) -> bool:
    """Whether an audience may see a field of a site: the site's own choice before the field's."""
    own = provenance.visibility if provenance is not None else None
    return (own or field.visibility) in SEEN[audience]


def precision(site: Site, audience: Audience) -> Precision:
    """How exactly the audience sees the outline; registered readers see it as it is."""
    wanted = site.values.get("outline_precision", "exact")
    if audience == "registered" or wanted not in ("generalised", "point_only"):
        return "exact"
    return wanted  # type: ignore[return-value]  # one of the two literals just tested


def visible(site: Site, audience: Audience) -> tuple[dict[str, Value], dict[str, Provenance]]:
    """The values and what stands behind them, as far as the audience may see.

    The distances of a blurred outline are given in whole kilometres: exact ones to several known
    places would tell where it is.
    """
    behind = {
        key: provenance
        for key, provenance in site.provenance.items()
        if may_see(SITE[key], provenance, audience)
    }
    values = {
        key: value
        for key, value in site.values.items()
        if may_see(SITE[key], site.provenance.get(key), audience)
    }
    if precision(site, audience) != "exact":
        for key, value in values.items():
            if key.startswith(DISTANCE_PREFIX):
                values[key] = float(math.ceil(float(str(value))))
    return values, behind


def write(
    session: Session, sites: Sequence[Site], names: Mapping[str, str], shelf_life: ShelfLife
) -> None:
    """The listing of these sites made anew, in the session's transaction.

    `names` are the municipalities' by code.
    """
    references = [site.reference for site in sites]
    for audience, table in LISTINGS.items():
        session.execute(delete(table).where(table.c.reference.in_(references)))
        found = rows(sites, audience, names, shelf_life)
        if found:
            session.execute(insert(table), found)


def rows(
    sites: Iterable[Site], audience: Audience, names: Mapping[str, str], shelf_life: ShelfLife
) -> list[dict[str, Any]]:
    """One row per listed site, every column of `listing_table`; Any: columns differ in type."""
    listed = [site for site in sites if site.status in LISTED_STATUSES and site.outline is not None]
    if not listed:
        return []
    shapes = np.array([blurred(site.outline, precision(site, audience)) for site in listed])  # type: ignore[arg-type]  # outlines of `listed` are there
    degrees = moved(shapes, SWEREF99TM, WGS84, decimals=7)
    mercator = moved(shapes, SWEREF99TM, WEB_MERCATOR, decimals=2)
    middles = shapely.point_on_surface(mercator)
    texts = shapely.to_geojson(shapely.orient_polygons(degrees))
    return [
        row(site, audience, names.get(site.municipality, site.municipality), shelf_life)
        | {
            "outline": f"SRID={WGS84};{degree.wkt}",
            "outline_3857": f"SRID={WEB_MERCATOR};{metre.wkt}",
            "x": middle.x,
            "y": middle.y,
        }
        | features(
            site, audience, names.get(site.municipality, site.municipality), text, shelf_life
        )
        for site, degree, metre, middle, text in zip(
            listed, degrees, mercator, middles, texts, strict=True
        )
    ]


def moved(shapes: Any, source: int, target: int, decimals: int) -> Any:
    """An array of shapes in another system, rounded; Any: numpy's object arrays have no type."""

    def move(points: Any) -> Any:
        return np.round(
            np.column_stack(transformer(source, target).transform(points[:, 0], points[:, 1])),
            decimals,
        )

    return shapely.transform(shapes, move)


def row(
    site: Site, audience: Audience, municipality_name: str, shelf_life: ShelfLife
) -> dict[str, Any]:
    """The filtered columns; Any: columns differ in type."""
    values, behind = visible(site, audience)
    words = [site.reference, municipality_name]
    for key in SEARCHED_KEYS:
        value = values.get(key, "")
        words.extend(map(str, value) if isinstance(value, list) else [str(value)])
    return {
        "reference": site.reference,
        "municipality": site.municipality,
        "status": site.status,
        "version": site.version,
        "updated_at": site.updated_at,
        "published_at": site.published_at,
        **{field.key: values.get(field.key) for field in tables.LISTED_FIELDS},
        "power_by_year": power.by_year(values, firm_only=False),
        "firm_power_by_year": power.by_year(values, firm_only=True),
        "not_applicable": [
            key for key, provenance in behind.items() if provenance.state == "not_applicable"
        ],
        "basis_rank": {key: provenance.rank for key, provenance in behind.items()},
        "fresh_until": {
            key: last_day.isoformat()
            for key, provenance in behind.items()
            if (last_day := fresh_until(key, provenance, shelf_life))
        },
        "search_text": " ".join(words).lower(),
    }


def fresh_until(key: str, provenance: Provenance, shelf_life: ShelfLife) -> date | None:
    """The last fresh day of a known value; computed ones do not age."""
    field = SITE[key]
    if provenance.state != "known" or field.computed:
        return None
    return provenance.fresh_until(field, shelf_life)


def features(
    site: Site, audience: Audience, municipality_name: str, geometry: str, shelf_life: ShelfLife
) -> dict[str, str]:
    """The finished GeoJSON as text, its two closing braces left off for what a query adds.

    `feature` is short, for lists; `detail` says all that the audience may know.
    """
    values, behind = visible(site, audience)
    identity = {
        "reference": site.reference,
        "municipality": site.municipality,
        "municipality_name": municipality_name,
        "status": site.status,
    }
    asked = {
        key: {"asked": provenance.asked, "asked_on": provenance.asked_on}
        for key, provenance in behind.items()
        if provenance.state == "unknown"
    }
    shown = {key: to_json(values[key]) for key in SITE if key in values}
    listed = {
        key: value for key, value in shown.items() if SITE[key].kind not in ("long_text", "link")
    }
    head = f'{{"type":"Feature","id":"{site.reference}","geometry":{geometry},"properties":'
    return {
        "feature": opened(head, {**identity, **listed, "asked": asked}),
        "detail": opened(head, {**identity, **shown, **depth(site, behind, shelf_life)}),
    }


def opened(head: str, properties: Mapping[str, Any]) -> str:
    """A feature as text up to, not including, the brace that closes its properties."""
    return head + orjson.dumps(properties).decode()[:-1]


def depth(site: Site, behind: Mapping[str, Provenance], shelf_life: ShelfLife) -> dict[str, Any]:
    """What the page of one site says beyond its values; Any: JSON.

    What is missing for the next level is told without the values behind it.
    """
    judged = site.readiness
    themes = by_theme(completeness(site.values, site.provenance))
    return {
        "is_example": site.is_example,
        "version": site.version,
        "updated_at": site.updated_at,
        "published_at": site.published_at,
        "asked": {
            key: {"asked": provenance.asked, "asked_on": provenance.asked_on}
            for key, provenance in behind.items()
            if provenance.state == "unknown"
        },
        "provenance": {
            key: told(key, provenance, shelf_life) for key, provenance in behind.items()
        },
        "completeness": {
            theme: {"applicable": count.applicable, "filled": count.filled, "asked": count.asked}
            for theme, count in themes.items()
        },
        "next_level": judged.next_level,
        "missing": [
            {"sv": one.text.sv, "en": one.text.en, "keys": one.keys} for one in judged.missing
        ],
    }


def told(key: str, provenance: Provenance, shelf_life: ShelfLife) -> dict[str, str]:
    """What stands behind a value, without the name of the person who verified it."""
    said = provenance.to_json()
    for name in ("visibility", "verified_by"):
        said.pop(name, None)
    last_day = fresh_until(key, provenance, shelf_life)
    return said | ({"fresh_until": last_day.isoformat()} if last_day else {})
