"""What is asked of the matcher: the confirmed requirements, and the words that were not understood.

It fits into an address, so that an answer can be linked to and the browser's back button works.
"""

import binascii
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from catalogue.errors import BadParameters, Fault, Invalid
from catalogue.requests.leftovers import NOT_SURE, REASONS, Unread
from catalogue.requests.places import Places
from catalogue.requests.reading import LONGEST_TEXT, Reading, read_text
from catalogue.requests.requirements import Requirement, read_requirements
from geo.texts import Text

LONGEST_PACKED = 24_000
LONGEST_UNPACKED = 200_000
PARTS = ("text", "requirements")


@dataclass(frozen=True)
class Asked:
    """In the client's own order."""

    requirements: tuple[Requirement, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def not_understood(self) -> tuple[str, ...]:
        """The fragments alone, as the client wrote them."""
        return tuple(one.fragment for one in self.unread)


def asked_of(reading: Reading) -> Asked:
    return Asked(reading.requirements, reading.unread)


def read_asked(raw: Mapping[str, Any], places: Places, today: date) -> Asked:
    """A body with either a text or a list of requirements; raises `Invalid`. Any: JSON."""
    strange = [Fault(key[:60], Text("Delen finns inte.", "No such part.")) for key in raw
               if key not in PARTS]  # fmt: skip
    if strange:
        raise Invalid(strange)
    if len(raw) != 1:
        text = Text("Skicka text eller requirements.", "Send either text or requirements.")
        raise Invalid([Fault("text", text)])
    if "text" in raw:
        return asked_of(read_text(checked_text(raw["text"]), today=today, places=places))
    requirements = read_requirements(raw["requirements"], places.municipalities)
    if not requirements:
        raise Invalid([Fault("requirements", Text("Ange minst ett krav.", "Give a requirement."))])
    return Asked(requirements)


def checked_text(given: object) -> str:
    """Raises `Invalid`."""
    if not isinstance(given, str) or not given.strip() or len(given) > LONGEST_TEXT:
        text = Text("Skriv en text, högst {n} tecken.", "Give a text, at most {n} characters.")
        raise Invalid([Fault("text", text.format(n=LONGEST_TEXT))])
    return given


def packed(asked: Asked) -> str:
    """For the parameter of an address; `unpacked` reads it back."""
    said = {
        "r": [one.model_dump(mode="json", exclude_defaults=True) for one in asked.requirements],
        "n": [(one.fragment, one.reason.sv) for one in asked.unread],
    }
    return urlsafe_b64encode(zlib.compress(orjson.dumps(said), 9)).decode().rstrip("=")


def unpacked(text: str, names: Mapping[str, str]) -> Asked:
    """Raises `BadParameters` for what `packed` has not written, and for what no longer exists."""
    if len(text) > LONGEST_PACKED:
        raise broken()
    try:
        reader = zlib.decompressobj()
        content = reader.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)),
                                    LONGEST_UNPACKED)  # fmt: skip
        said = orjson.loads(content)
        requirements = read_requirements(said["r"], names)
        unread = tuple(unread_of(one) for one in said["n"])
    except (binascii.Error, zlib.error, ValueError, LookupError, TypeError, Invalid) as error:
        raise broken() from error
    return Asked(requirements, unread)


def unread_of(said: Any) -> Unread:
    """Any: JSON. Links of before tell no reason; one that we never gave is not repeated."""
    if isinstance(said, str):
        return Unread(said, NOT_SURE)
    fragment, reason = said
    return Unread(str(fragment), REASONS.get(str(reason), NOT_SURE))


def broken() -> BadParameters:
    text = Text(
        "Länken är inte hel. Börja om med förfrågan.",
        "The link is not whole. Start again from the request.",
    )
    return BadParameters([Fault("asked", text, in_parameter=True)])
