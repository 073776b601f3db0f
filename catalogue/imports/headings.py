"""What the heading of a column means: a field by its key or its words, or a part beside it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache

from catalogue.fields import SITE, Field
from catalogue.imports.sheets import Row, Sheet
from geo.texts import Text

SITES = Text("Platser", "Sites")
SOURCES = Text("Källor", "Sources")
READ_ME = Text("Läs mig", "Read me")
LISTS = Text("Listor", "Lists")
MARKED = Text("Att rätta", "To mend")

REFERENCE = Text("Referens", "Reference")
NAME = Text("Plats", "Site")
VERSION = Text("Version", "Version")
MUNICIPALITY = Text("Kommunkod", "Municipality code")
FIELD = Text("Fält", "Field")
SOURCE_PARTS: dict[str, Text] = {
    "state": Text("Läge", "State"),
    "basis": Text("Grund", "Basis"),
    "as_of": Text("Per datum", "As of"),
    "source": Text("Källa", "Source"),
    "asked": Text("Tillfrågad", "Asked"),
    "asked_on": Text("Tillfrågad den", "Asked on"),
    "visibility": Text("Synlighet", "Visibility"),
}
"""The columns of the sheet of sources after the site and the field."""
FURTHER: dict[str, str] = {
    "beteckning": "reference", "ref": "reference", "id": "reference", "platsens namn": "name",
    "kommun": "municipality", "municipality_name": "municipality_name", "nyckel": "field",
    "key": "field", "per": "as_of", "synlig för": "visibility",
}  # fmt: skip
IN_GEODATA: dict[str, str] = {
    "name": "name_sv", "namn": "name_sv", "description": "description_sv",
    "beskrivning": "description_sv",
}  # fmt: skip
"""What GIS programs call a feature's name and text, in KML always."""
IGNORED = frozenset(
    {"fit", "unknown", "asked", "provenance", "completeness", "missing", "next_level", "is_example",
     "updated_at", "published_at", "warnings", "municipality_name", "fid", "passar",
     "timestamp", "begin", "end", "altitudemode", "tessellate", "extrude", "visibility",
     "draworder", "icon", "subclasses", "extendedentity", "linetype", "entityhandle", "paperspace",
     "layer", "text"}
)  # fmt: skip
"""What our own files say beside a site's values, and what GIS programs number features by."""
UNIT = re.compile(r"(?:\s*\([^()]*\))+\s*\*?$")
SHORT = 10
"""A Shapefile cuts the names of its columns after so many characters."""
LOOKED_AT = 12
"""A heading stands among the first rows."""


@lru_cache(maxsize=2_000)
def told(heading: str) -> str:
    """A heading without its unit, case and line breaks."""
    text = " ".join(heading.split())
    return UNIT.sub("", text).rstrip("*").strip().casefold()


def writable(one: Field) -> bool:
    return not one.structural and not one.computed


@cache
def meanings() -> Mapping[str, str]:
    """Every accepted word of a heading on the sheet of sites, to what it means."""
    found = {word.casefold(): "reference" for word in (*REFERENCE, "reference")}
    found |= {word.casefold(): "version" for word in VERSION}
    found |= {word.casefold(): "municipality" for word in MUNICIPALITY}
    found |= {word: meaning for word, meaning in FURTHER.items() if meaning not in SOURCE_PARTS}
    found |= IN_GEODATA
    for one in SITE.values():
        for word in (one.key, *one.label):
            found.setdefault(told(word), one.key)
    return found


@cache
def source_meanings() -> Mapping[str, str]:
    """The same for the sheet of sources."""
    found = {word.casefold(): "reference" for word in (*REFERENCE, "reference")}
    found |= {word.casefold(): "name" for word in NAME} | {"field": "field"}
    found |= {word.casefold(): "field" for word in FIELD}
    for part, words in SOURCE_PARTS.items():
        found |= {word.casefold(): part for word in (part, *words)}
    return {**FURTHER, **found}


def record_meanings(one: Field) -> Mapping[str, str]:
    """The same for the sheet of a field that holds rows of its own."""
    found = {word.casefold(): "reference" for word in (*REFERENCE, "reference")}
    found |= {word.casefold(): "name" for word in NAME}
    for column in one.columns:
        found |= {word.casefold(): column.key for word in (column.key, *column.label)}
    return found


@dataclass(frozen=True)
class Headings:
    """The columns of a sheet: what each means, by number from 1."""

    row: int
    """Its number in the file; the values stand below it."""
    columns: Mapping[int, str]
    unknown: Mapping[int, str] = field(default_factory=dict)
    """Columns that mean nothing to us, and their headings."""


def headings_of(sheet: Sheet, words: Mapping[str, str]) -> Headings | None:
    """The row among the first that says most; the later of two, for the template ends on keys."""
    best: Headings | None = None
    for number, row in list(sheet.numbered())[:LOOKED_AT]:
        found = read_headings(number, row, words)
        if found.columns and (best is None or len(found.columns) >= len(best.columns)):
            best = found
    return best


def read_headings(number: int, row: Row, words: Mapping[str, str]) -> Headings:
    """The first of two columns that mean the same counts, the other is unknown."""
    columns: dict[int, str] = {}
    unknown: dict[int, str] = {}
    for place, cell in enumerate(row, start=1):
        if cell is None or not str(cell).strip():
            continue
        heading = told(str(cell))
        meaning = words.get(heading) or shortened(heading, words)
        if meaning is None or meaning in columns.values():
            unknown[place] = str(cell).strip()[:60]
        else:
            columns[place] = meaning
    return Headings(number, columns, unknown)


def shortened(text: str, words: Mapping[str, str]) -> str | None:
    """The one key that a Shapefile has cut to this."""
    if len(text) != SHORT:
        return None
    found = {
        meaning for word, meaning in words.items() if word.startswith(text) and word == meaning
    }
    return found.pop() if len(found) == 1 else None


def suggestion(heading: str, words: Iterable[str]) -> str:
    """The accepted word that is most like a heading, in the writing of the registry."""
    close = get_close_matches(told(heading), list(words), n=1, cutoff=0.75)
    return close[0] if close else ""
