"""A client's text read by rules into requirements; what the rules do not cover is told, not guessed."""

import re
from dataclasses import dataclass
from datetime import date

from catalogue.requests.requirements import Requirement
from geo.texts import Language, Text

LONGEST_TEXT = 50_000


@dataclass(frozen=True)
class Unread:
    """Words of the client that may be a requirement but were not read as one."""

    fragment: str
    reason: Text
    key: str = ""
    """The field it is likely to be about, where that can be told."""
    question: str = ""


@dataclass(frozen=True)
class Reading:
    """What was read, in the client's own order."""

    requirements: tuple[Requirement, ...]
    unread: tuple[Unread, ...]
    language: Language

    @property
    def not_understood(self) -> tuple[str, ...]:
        """The fragments alone, as the client wrote them."""
        return tuple(one.fragment for one in self.unread)


SIMPLE = re.compile(
    r"(?P<number>\d{1,6}(?:[.,]\d{1,3})?)[ \N{NO-BREAK SPACE}]?(?P<unit>ha|hektar|hectares|MW)\b"
)
KEYS = {"MW": "power_mw"}


def read_text(text: str, *, today: date) -> Reading:
    """Requirements in the order of the text, in the catalogue's units."""
    found = [
        Requirement(
            key=KEYS.get(hit["unit"], "area_net_ha"),
            op="min",
            value=float(hit["number"].replace(",", ".")),
            fragment=hit[0],
        )
        for hit in SIMPLE.finditer(text[:LONGEST_TEXT])
    ]
    return Reading(tuple(found), (), "en")
