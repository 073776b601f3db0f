"""What is each bulk site's own, written many at a time as it fills the gaps of moulds."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from shapely import MultiPolygon

from catalogue import listing, tables
from catalogue.copying import cells, text
from catalogue.database import Audience
from geo.drawings import Drawing, drawings, ewkb
from geo.outlines import Precision, blurred
from geo.reference_systems import SWEREF99TM
from seed.bulk_moulds import SIZE, WHOLE_KEYS, Own

Columns = dict[str, list[Any]]
"""Values of some sites, in their order, by key; None where a site has none. Any: they differ."""
Written = dict[str, Sequence[bytes]]
"""The same as it fills gaps, by their names."""
UNUSED = b""
TABLE = tables.listing_public.c
"""Both listings have the same columns."""


def fillings(
    own: Columns,
    outlines: Sequence[MultiPolygon],
    precisions: Sequence[Precision | None],
    municipality_name: str,
) -> list[Own]:
    """For each site what fills its gaps; its precision is None where no listing shows it."""
    found: Written = {"outline": cells(tables.site.c.outline, ewkb(outlines, SWEREF99TM))}
    for key, values in own.items():
        found[key] = cells(tables.site.c[key], values)
        found[f"told.{key}"] = each(values)
    for key in set(WHOLE_KEYS) & own.keys():
        whole = [listing.whole_km(value) for value in own[key]]
        found[f"whole.{key}"] = cells(tables.site.c[key], whole)
        found[f"told.whole.{key}"] = each(whole)
    found |= in_listings(own, outlines, precisions, municipality_name)
    found[SIZE] = [UNUSED] * len(outlines)
    return [dict(zip(found, one, strict=True)) for one in zip(*found.values(), strict=True)]


def each(values: Sequence[Any]) -> list[bytes]:
    """Every value in JSON; Any: of one type.

    Written at once and cut at the ends of lines, none of which is inside a value that is no list.
    """
    if isinstance(values[0], list):
        return [orjson.dumps(value) for value in values]
    return orjson.dumps(values, option=orjson.OPT_INDENT_2)[4:-2].split(b",\n  ")


def in_listings(
    own: Columns,
    outlines: Sequence[MultiPolygon],
    precisions: Sequence[Precision | None],
    municipality_name: str,
) -> Written:
    listed = [number for number, one in enumerate(precisions) if one is not None]
    hidden = [number for number in listed if precisions[number] != "exact"]
    exact = dict(zip(listed, drawings([outlines[number] for number in listed]), strict=True))
    shown = [blurred(outlines[number], precisions[number] or "exact") for number in hidden]
    public = exact | dict(zip(hidden, drawings(shown), strict=True))
    found: Written = {}
    seen: Mapping[Audience, Mapping[int, Drawing]] = {"public": public, "registered": exact}
    for audience, drawn in seen.items():
        found |= drawn_in(audience, [drawn.get(number) for number in range(len(outlines))])
    said: dict[tuple[str, ...], Sequence[bytes]] = {}
    for audience in seen:
        keys = tuple(key for key in listing.SEARCHED_KEYS if key in listing.SHOWN[audience])
        # Often the same for all.
        if keys not in said:
            said[keys] = words(own, keys, municipality_name)
        found[f"{audience}.search_text"] = said[keys]
    return found


def drawn_in(audience: Audience, drawn: Sequence[Drawing | None]) -> Written:
    columns: Mapping[str, list[Any]] = {
        "outline": [one and one.wgs84 for one in drawn],
        "x": [one and one.x for one in drawn],
        "y": [one and one.y for one in drawn],
    }
    written = {f"{audience}.{name}": cells(TABLE[name], some) for name, some in columns.items()}
    geometry = [one.geojson.encode() if one else UNUSED for one in drawn]
    return {**written, f"{audience}.geometry": geometry}


def words(own: Columns, keys: Sequence[str], municipality_name: str) -> list[bytes]:
    values = zip(*(own[key] for key in keys), strict=True)
    return [
        text(listing.searched(reference, municipality_name, some))
        for reference, some in zip(own["reference"], values, strict=True)
    ]
