"""The read side: what each audience may see of a site, decided here and nowhere else."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from catalogue import power, tables
from catalogue.completeness import Weights
from catalogue.copying import copy_rows
from catalogue.database import Audience
from catalogue.fields import SITE, Field, Value, Visibility
from catalogue.fields.field import Record
from catalogue.files import files
from catalogue.listed_provenance import Backing, backing
from catalogue.provenance import Provenance
from catalogue.rules import Rules
from catalogue.search.words import folded
from catalogue.site import LISTED_STATUSES, Site
from geo.drawings import Drawing, drawings
from geo.outlines import Precision, blurred

LISTINGS: dict[Audience, Table] = {
    "public": tables.listing_public,
    "registered": tables.listing_registered,
}
SEEN: dict[Audience, frozenset[Visibility]] = {
    "public": frozenset({"public"}),
    "registered": frozenset({"public", "registered"}),
}
SHOWN: dict[Audience, tuple[str, ...]] = {
    audience: tuple(key for key, field in SITE.items() if field.visibility in seen)
    for audience, seen in SEEN.items()
}
"""The keys an audience sees of a site that does not say otherwise."""
SEARCHED_KEYS = ("name_sv", "name_en", "description_sv", "description_en", "property_designations")
DISTANCE_KEYS = tuple(key for key in SITE if key.startswith("distance_"))
IN_DETAIL_ONLY = dict.fromkeys(
    key for key, field in SITE.items() if field.kind in ("long_text", "link")
)
"""In the registry's order."""
RECORDS = {
    key: [column.key for column in field.columns]
    for key, field in SITE.items()
    if field.kind == "records"
}


def may_see(field: Field, provenance: Provenance | None, audience: Audience) -> bool:
    """Whether an audience may see a field of a site: the site's own choice before the field's."""
    own = provenance.visibility if provenance is not None else None
    return (own or field.visibility) in SEEN[audience]


def shown_keys(provenance: Mapping[str, Provenance], audience: Audience) -> Sequence[str]:
    """The keys of the fields that the audience may see of the site, in the registry's order."""
    if all(behind.visibility is None for behind in provenance.values()):
        return SHOWN[audience]
    return [key for key, field in SITE.items() if may_see(field, provenance.get(key), audience)]


def precision(site: Site, audience: Audience) -> Precision:
    """How exactly the audience sees the outline; registered readers see it as it is."""
    wanted = site.values.get("outline_precision", "exact")
    if audience == "registered" or wanted not in ("generalised", "point_only"):
        return "exact"
    return wanted  # type: ignore[return-value]  # one of the two literals just tested


def visible(site: Site, audience: Audience, keys: Sequence[str]) -> dict[str, Value]:
    """The values under these keys, as the audience may see them.

    The distances of a blurred outline are given in whole kilometres: exact ones to several known
    places would tell where it is.
    """
    values = ordered(site.values, keys)
    if precision(site, audience) != "exact":
        for key in DISTANCE_KEYS:
            if key in values:
                values[key] = whole_km(float(str(values[key])))
    return values


def whole_km(distance_km: float) -> float:
    """As it is told of what is not shown exactly."""
    return float(math.ceil(distance_km))


def ordered(values: Mapping[str, Value], keys: Iterable[str]) -> dict[str, Value]:
    """Values, and the parts of records, in the registry's order, however they were stored."""
    found = {key: values[key] for key in keys if key in values}
    for key, columns in RECORDS.items():
        records = found.get(key)
        if isinstance(records, list):
            found[key] = [
                in_order(record, columns) for record in records if isinstance(record, dict)
            ]
    return found


def with_files(
    values: Mapping[str, Value], told: Mapping[str, list[dict[str, Any]]]
) -> Mapping[str, Any]:
    """The values with what was uploaded before the links that were typed; Any: JSON."""
    if not told:
        return values
    found: dict[str, Any] = dict(values)
    for key, entries in told.items():
        found[key] = [*entries, *found.get(key, [])]
    return {key: found[key] for key in SITE if key in found}


def in_order(record: Record, columns: Sequence[str]) -> Record:
    """Unaltered where nothing is to be done, as with most of them."""
    if [*record] == columns:
        return record
    return {column: record[column] for column in columns if column in record}


def write(session: Session, sites: Sequence[Site], names: Mapping[str, str], rules: Rules) -> None:
    """The listing of these sites made anew, in the session's transaction.

    `names` are the municipalities' by code.
    """
    references = [site.reference for site in sites]
    for audience, table in LISTINGS.items():
        session.execute(delete(table).where(table.c.reference.in_(references)))
        copy_rows(session, table, rows(sites, audience, names, rules))


def rows(
    sites: Iterable[Site], audience: Audience, names: Mapping[str, str], rules: Rules
) -> list[dict[str, Any]]:
    """One row per listed site, every column of `listing_table`; Any: columns differ in type."""
    listed = [
        (site, blurred(site.outline, precision(site, audience)))
        for site in sites
        if site.status in LISTED_STATUSES and site.outline is not None
    ]
    if not listed:
        return []
    found = []
    for (site, _), drawing in zip(listed, drawings([shape for _, shape in listed]), strict=True):
        keys = shown_keys(site.provenance, audience)
        behind = backing(site.provenance, keys, rules.shelf_life)
        name = names.get(site.municipality, site.municipality)
        values = visible(site, audience, keys)
        seen = with_files(values, files.told(site.files, SEEN[audience]))
        found.append(
            {
                **columns(site, values, behind, name),
                **drawn(drawing),
                "feature": feature(site, seen, behind, name, drawing.geojson),
                "detail": detail(
                    site, seen, depth(site, behind, rules.weights), precision(site, audience)
                ),
            }
        )
    return found


def drawn(drawing: Drawing) -> dict[str, Any]:
    """Any: columns differ in type."""
    return {
        "outline": drawing.wgs84,
        "x": drawing.x,
        "y": drawing.y,
    }


def columns(
    site: Site, values: Mapping[str, Value], behind: Backing, municipality_name: str
) -> dict[str, Any]:
    """What is filtered and sorted by, and values that are no column; Any: columns differ in type."""
    return {
        **values,
        "reference": site.reference,
        "municipality": site.municipality,
        "status": site.status,
        "version": site.version,
        "updated_at": site.updated_at,
        "published_at": site.published_at,
        "power_by_year": power.by_year(values, firm_only=False),
        "firm_power_by_year": power.by_year(values, firm_only=True),
        "not_applicable": behind.not_applicable,
        "trust": behind.trust,
        "search_text": searched(
            site.reference, municipality_name, [values.get(key) for key in SEARCHED_KEYS]
        ),
    }


def searched(reference: str, municipality_name: str, values: Iterable[Value | None]) -> str:
    """The words of texts and of lists of texts, each once: a search asks for words, wherever."""
    words = [reference, municipality_name]
    for value in values:
        words.extend(map(str, value) if isinstance(value, list) else [str(value or "")])
    return " ".join(dict.fromkeys(folded(" ".join(words)).split()))


def feature(
    site: Site,
    values: Mapping[str, Any],
    behind: Backing,
    municipality_name: str,
    geometry: str,
) -> bytes:
    """The finished GeoJSON, its two closing braces left off for what a query adds. Any: JSON.

    Short, for lists; `detail` is put behind it where the site is shown alone.
    """
    properties = {
        "reference": site.reference,
        "municipality": site.municipality,
        "municipality_name": municipality_name,
        "status": site.status,
        **values,
        "asked": behind.asked,
    }
    for key in IN_DETAIL_ONLY:
        properties.pop(key, None)
    head = f'{{"type":"Feature","id":"{site.reference}","geometry":{geometry},"properties":'
    return head.encode() + orjson.dumps(properties)[:-1]


def detail(site: Site, values: Mapping[str, Any], said: bytes, shown_as: Precision) -> bytes:
    """What the page of one site says beyond its feature, as members of its properties.

    `said` is their end; Any: JSON.
    """
    own = {
        **{key: values[key] for key in IN_DETAIL_ONLY if key in values},
        "outline_precision": shown_as,
        "is_example": site.is_example,
        "version": site.version,
        "updated_at": site.updated_at,
        "published_at": site.published_at,
    }
    return b"," + orjson.dumps(own)[1:-1] + said


def depth(site: Site, behind: Backing, weights: Weights) -> bytes:
    """What stands behind a site's values and what it still lacks, as members of a JSON object.

    What is missing for the next level is told without the values behind it.
    """
    judged = site.readiness
    said = {
        "provenance": behind.told,
        "completeness": {
            theme: {
                "applicable": count.applicable,
                "filled": count.filled,
                "asked": count.asked,
                "percent": weights.percent(site.completeness, theme),
            }
            for theme, count in site.completeness_by_theme.items()
        },
        "next_level": judged.next_level,
        "missing": [
            {"sv": one.text.sv, "en": one.text.en, "keys": one.keys} for one in judged.missing
        ],
    }
    return b"," + orjson.dumps(said)[1:-1]
