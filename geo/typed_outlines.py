"""An outline as a person hands it over: GeoJSON, WKT, or corners written line by line."""

import json
import re

from geo.errors import InvalidOutline
from geo.outlines import (
    SWEDISH_LATITUDES,
    SWEDISH_LONGITUDES,
    SWEREF_EASTINGS,
    SWEREF_NORTHINGS,
    Outline,
    read_outline,
)
from geo.reference_systems import SWEREF99TM
from geo.texts import Text

LONGEST = 5_000_000
"""Characters; the most corners an outline may have take less."""
PAIR = re.compile(
    r"^\s*(-?[0-9]+(?:[.,][0-9]+)?)(?:\s*[;\t]\s*|\s*,\s+|\s+)(-?[0-9]+(?:[.,][0-9]+)?)\s*$"
)
TIGHT_PAIR = re.compile(r"^\s*(-?[0-9]+\.[0-9]+),(-?[0-9]+\.[0-9]+)\s*$")
WKT = re.compile(
    r"^(?:SRID\s*=|[A-Z]*(?:POLYGON|POINT|LINE|CURVE|SURFACE|COLLECTION))", re.IGNORECASE
)
LETTERS = re.compile(r"[a-zåäö°'\"()=:]+", re.IGNORECASE)

Position = tuple[float, float]


def read_typed_outline(text: str) -> Outline:
    """The outline that a text describes; raises `InvalidOutline`."""
    text = text.removeprefix("\ufeff").strip()
    if not text:
        raise InvalidOutline(
            Text(
                "Det finns inget område än. Rita det, välj en fil eller klistra in koordinater.",
                "There is no outline yet. Draw it, choose a file or paste coordinates.",
            )
        )
    if len(text) > LONGEST:
        raise InvalidOutline(
            Text(
                "Texten är för lång. Förenkla området först.",
                "The text is too long. Simplify the outline first.",
            )
        )
    if text.startswith(("{", "[")):
        return read_outline(json_object(text))
    return read_outline(text if WKT.match(text) else polygons(text))


def json_object(text: str) -> object:
    try:
        found: object = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise InvalidOutline(
            Text(
                "Det är inte giltig GeoJSON: felet finns på rad {line}. "
                "Ladda ner filen på nytt eller klistra in hela texten.",
                "This is not valid GeoJSON: the fault is on line {line}. "
                "Download the file again or paste the whole text.",
            ).format(line=str(where))
        ) from error
    return found


def polygons(text: str) -> dict[str, object]:
    """Corners, one a line, an empty line between parts, as a GeoJSON geometry."""
    parts: list[list[Position]] = [[]]
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            parts[-1].append(corner(line, number))
        elif parts[-1]:
            parts.append([])
    found = [part for part in parts if part]
    geometry: dict[str, object] = {
        "type": "MultiPolygon",
        "coordinates": [[[[x, y] for x, y in part]] for part in found],
    }
    if found and found[0][0][0] > 180:
        geometry["crs"] = {"type": "name", "properties": {"name": f"EPSG:{SWEREF99TM}"}}
    return geometry


def corner(line: str, number: int) -> Position:
    """East and north, or longitude and latitude, whichever order the line has.

    In Sweden the two cannot be mistaken for each other, neither in degrees nor in SWEREF 99 TM.
    """
    pair = TIGHT_PAIR.match(line) or PAIR.match(LETTERS.sub(" ", line))
    if pair:
        one, other = (float(part.replace(",", ".")) for part in pair.groups())
        for x, y in ((one, other), (other, one)):
            for eastings, northings in (
                (SWEDISH_LONGITUDES, SWEDISH_LATITUDES),
                (SWEREF_EASTINGS, SWEREF_NORTHINGS),
            ):
                if eastings[0] <= x <= eastings[1] and northings[0] <= y <= northings[1]:
                    return x, y
    raise InvalidOutline(
        Text(
            "Rad {line} är inte ett hörn i Sverige: ”{text}”. Skriv nord och öst, till exempel "
            "61,35214 16,39412 eller 6802345 574321.",
            "Line {line} is not a corner in Sweden: “{text}”. Write north and east, for example "
            "61.35214 16.39412 or 6802345 574321.",
        ).format(line=str(number), text=line.strip()[:40])
    )
