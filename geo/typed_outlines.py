"""An outline as a person hands it over: GeoJSON, WKT, or corners written line by line."""

import json
import re

import numpy as np

from geo.coordinate_readings import (
    SWEDEN,
    SYSTEMS,
    Corners,
    Place,
    Reading,
    likely_readings,
    moved,
    system_name,
)
from geo.errors import InvalidOutline
from geo.outlines import (
    SWEDISH_LATITUDES,
    SWEDISH_LONGITUDES,
    SWEREF_EASTINGS,
    SWEREF_NORTHINGS,
    Outline,
    read_outline,
)
from geo.reference_systems import SWEREF99TM, WGS84
from geo.texts import Text
from geo.typed_corners import Pair, is_metres, lines_of, numbers_of

LONGEST = 5_000_000
"""Characters; the most corners an outline may have take less."""
WKT = re.compile(
    r"^(?:SRID\s*=|[A-Z]*(?:POLYGON|POINT|LINE|CURVE|SURFACE|COLLECTION))", re.IGNORECASE
)
EPSG = re.compile(r"^\s*EPSG\s*:?\s*([0-9]{4,5})\s*$", re.IGNORECASE)

Position = tuple[float, float]


def read_typed_outline(text: str, place: Place = SWEDEN) -> Outline:
    """The outline that a text describes; raises `InvalidOutline`.

    Corners in a local system are understood by where they land: in `place`, or as the first line
    says (`EPSG:3010`, `SWEREF 99 16 30`).
    """
    text = text.removeprefix("\ufeff").strip()
    if not text:
        raise InvalidOutline(
            Text(
                "Det finns inget område än. Rita det, klistra in koordinater eller hämta det från "
                "en fil.",
                "There is no outline yet. Draw it, paste coordinates or take it from a file.",
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
    return read_outline(text) if WKT.match(text) else cornered(text, place)


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


def cornered(text: str, place: Place) -> Outline:
    """Corners, one a line, an empty line between parts."""
    lines = lines_of(text)
    named = named_system(lines[0])
    parts: list[list[Pair]] = [[]]
    for number, line in enumerate(lines, start=1):
        if number == 1 and named:
            continue
        if line.strip():
            parts[-1].append(corner(line, number, is_known=named is not None))
        elif parts[-1]:
            parts.append([])
    found = [part for part in parts if part]
    if named:
        reading = turned(Reading(named), found)
    elif all(usual(pair) for part in found for pair in part):
        return usual_outline(found)
    else:
        reading = local_reading(found, place)
    outline = read_outline(geometry([in_metres(part, reading) for part in found], SWEREF99TM))
    return Outline(outline.shape, (read_as(reading), *outline.report))


def named_system(line: str) -> int | None:
    """The system that a line names, by its code or its name; None where it names none."""
    if code := EPSG.match(line):
        system = int(code.group(1))
        return system if system in SYSTEMS else None
    plain = squeezed(line)
    if plain in ("wgs84", "rt90"):
        return WGS84 if plain == "wgs84" else 3021
    return next(
        (one for one in SYSTEMS if squeezed(system_name(one).split(" (")[0]) == plain), None
    )


def squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def corner(line: str, number: int, *, is_known: bool) -> Pair:
    """The two coordinates as they stand; raises `InvalidOutline` for what is none in Sweden."""
    pair = numbers_of(line)
    if pair and (is_known or usual(pair) or is_metres(pair)):
        return pair
    raise InvalidOutline(
        Text(
            "Rad {line} är inte ett hörn i Sverige: ”{text}”. Skriv nord och öst, till exempel "
            "61,35214 16,39412 eller 6802345 574321.",
            "Line {line} is not a corner in Sweden: “{text}”. Write north and east, for example "
            "61.35214 16.39412 or 6802345 574321.",
        ).format(line=str(number), text=line.strip()[:40])
    )


def usual(pair: Pair) -> Position | None:
    """East and north, or longitude and latitude, whichever order the line has.

    In Sweden the two cannot be mistaken for each other, neither in degrees nor in SWEREF 99 TM.
    """
    for x, y in (pair, pair[::-1]):
        for eastings, northings in (
            (SWEDISH_LONGITUDES, SWEDISH_LATITUDES),
            (SWEREF_EASTINGS, SWEREF_NORTHINGS),
        ):
            if eastings[0] <= x <= eastings[1] and northings[0] <= y <= northings[1]:
                return x, y
    return None


def usual_outline(parts: list[list[Pair]]) -> Outline:
    """In degrees or in SWEREF 99 TM."""
    found = [[spot for pair in part if (spot := usual(pair))] for part in parts]
    return read_outline(geometry(found, SWEREF99TM if found[0][0][0] > 180 else WGS84))


def geometry(parts: list[list[Position]], srid: int) -> dict[str, object]:
    """As GeoJSON."""
    return {
        "type": "MultiPolygon",
        "coordinates": [[[[x, y] for x, y in part]] for part in parts],
        "crs": {"type": "name", "properties": {"name": f"EPSG:{srid}"}},
    }


def in_metres(part: list[Pair], reading: Reading) -> list[Position]:
    """In SWEREF 99 TM; the reading names its system."""
    placed = moved(np.array(part), reading.system or SWEREF99TM, swapped=reading.swapped)
    return [(float(x), float(y)) for x, y in placed]


def turned(reading: Reading, parts: list[list[Pair]]) -> Reading:
    """With north first where that, and only that, lands in Sweden: people write either."""
    found = likely_readings([as_corners(parts)], SWEDEN)
    other = Reading(reading.system, swapped=True)
    return other if reading not in found and other in found else reading


def as_corners(parts: list[list[Pair]]) -> Corners:
    return Corners(np.array([pair for part in parts for pair in part]), None)


def local_reading(parts: list[list[Pair]], place: Place) -> Reading:
    """The one system in which the corners lie in the place; raises `InvalidOutline`."""
    found = likely_readings([as_corners(parts)], place)
    if not found:
        raise InvalidOutline(
            Text(
                "Koordinaterna hamnar inte i {place} i något vanligt koordinatsystem. Kontrollera "
                "dem, eller skriv systemet på första raden, till exempel EPSG:3010.",
                "The coordinates do not land in {place} in any usual coordinate system. Check "
                "them, or write the system on the first line, for example EPSG:3010.",
            ).format(place=place.name)
        )
    if len(found) > 1:
        names = [one.named() for one in found[:4]]
        raise InvalidOutline(
            Text(
                "Koordinaterna kan vara {names}. Skriv systemet på första raden, till exempel "
                "EPSG:{code}.",
                "The coordinates may be {names}. Write the system on the first line, for example "
                "EPSG:{code}.",
            ).format(
                names=Text(
                    " eller ".join(one.sv for one in names), " or ".join(one.en for one in names)
                ),
                code=str(found[0].system),
            )
        )
    return found[0]


def read_as(reading: Reading) -> Text:
    return Text(
        "Koordinaterna har lästs som {system}.", "The coordinates were read as {system}."
    ).format(system=reading.named())
