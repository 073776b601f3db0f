"""Property designations as Lantmäteriet writes them: `GÄVLE ANDERSBERG 14:32`, `GÄVLE KVARNEN 3`.

Registerområde (the municipality), trakt or kvarter, and `[block:]enhet`; a kvarter has no block.
Joint property has `S:` (samfällighet) or `GA:` (gemensamhetsanläggning) in place of the block.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from geo.texts import Text

SEPARATORS = re.compile(r"[\n\r,;]+")
UNIT = re.compile(r"(?:(?:[0-9]+|S|GA|FS)[:>])?[0-9]+(?:[:>][0-9]+)?")
WORD = re.compile(r"[A-ZÅÄÖÉÜ0-9][A-ZÅÄÖÉÜ0-9:.'’-]*")
SPACED_COLON = re.compile(r"\s*:\s*")
JOINED_UNIT = re.compile(r"^(.*[A-ZÅÄÖÉÜ])((?:[0-9]+:)?[0-9]+)$")
LONGEST = 100


@dataclass(frozen=True)
class Designation:
    """One designation, taken apart; all in upper case."""

    area: str
    """The words before the unit: municipality and trakt or kvarter, which names may run into."""
    unit: str

    def __str__(self) -> str:
        return f"{self.area} {self.unit}"


class BadDesignation(ValueError):
    """One entry that is no designation; the text says why and, where it can, what was meant."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def split(text: str) -> list[str]:
    """The entries of a pasted list: by line, comma or semicolon."""
    return [one.strip() for one in SEPARATORS.split(text) if one.strip()]


def read_list(entries: Iterable[str]) -> list[str]:
    """Designations in their one form, each once; raises `BadDesignation` at the first bad one.

    An entry may itself hold several. Whether the municipality exists is checked by
    `municipality_of`.
    """
    found: dict[str, None] = {}
    earlier: Designation | None = None
    for entry in entries:
        for text in split(entry):
            earlier = read_one(text, earlier)
            found[str(earlier)] = None
    return list(found)


def read_one(text: str, earlier: Designation | None = None) -> Designation:
    """`earlier` is the one before in the list, which a shortened entry leans on."""
    tidy = " ".join(SPACED_COLON.sub(":", text.upper()).split())
    *words, unit = tidy.split(" ")
    if len(text) > LONGEST:
        raise BadDesignation(told(text[:40], WRONG))
    if UNIT.fullmatch(tidy) and earlier:
        raise BadDesignation(told(text, SHORTENED, meant=f"{earlier.area} {tidy}"))
    if joined := JOINED_UNIT.match(unit):
        raise BadDesignation(told(text, WRONG, meant=" ".join([*words, *joined.groups()])))
    if not UNIT.fullmatch(unit):
        raise BadDesignation(told(text, NO_UNIT))
    if len(words) < 2 or not all(WORD.fullmatch(word) for word in words):
        raise BadDesignation(told(text, NO_AREA))
    return Designation(" ".join(words), unit)


WRONG = Text(
    "”{text}” är inte skriven som en fastighetsbeteckning.",
    "“{text}” is not written as a property designation.",
)
SHORTENED = Text(
    "”{text}” är förkortad. Skriv hela beteckningen.",
    "“{text}” is shortened. Write the whole designation.",
)
NO_UNIT = Text(
    "”{text}” slutar inte med ett nummer, som 14:32, 3 eller s:1.",
    "“{text}” does not end in a number, such as 14:32, 3 or s:1.",
)
NO_AREA = Text(
    "”{text}” saknar kommun eller trakt. Skriv som GÄVLE ANDERSBERG 14:32.",
    "“{text}” lacks the municipality or the district. Write as GÄVLE ANDERSBERG 14:32.",
)
ELSEWHERE = Text(
    "”{text}” börjar inte med en kommun i regionen, som GÄVLE ANDERSBERG 14:32.",
    "“{text}” does not begin with a municipality of the region, such as GÄVLE ANDERSBERG 14:32.",
)


def told(text: str, what: Text, meant: str = "") -> Text:
    said = what.format(text=text)
    if not meant:
        return said
    return Text(f"{said.sv} Menar du {meant}?", f"{said.en} Do you mean {meant}?")


def municipality_of(designation: str, names: Iterable[str]) -> str:
    """The municipality whose name a designation begins with; raises `BadDesignation`."""
    upper = {name.upper(): name for name in names}
    wanted = designation.upper()
    known = next((name for name in upper if wanted.startswith(f"{name} ")), None)
    if known is not None:
        return upper[known]
    first, _, rest = wanted.partition(" ")
    close = get_close_matches(first, upper, n=1, cutoff=0.7)
    raise BadDesignation(told(designation[:60], ELSEWHERE, f"{close[0]} {rest}" if close else ""))


def look_like(text: str) -> bool:
    """Whether a pasted text is meant as designations rather than coordinates."""
    entries = split(text)
    return bool(entries) and all(
        UNIT.fullmatch(SPACED_COLON.sub(":", one.upper()).split()[-1])
        and sum(len(word) > 2 and word.isalpha() for word in one.split()) >= 1
        for one in entries
    )
