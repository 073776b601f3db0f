"""One text of a query as what it means: a number, a code, a box. The filter is made of these."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from catalogue.fields import Field
from geo.texts import Text

Number = float | int
LONGEST_TEXT = 200
DECIMAL_COMMA = re.compile(r"\d{1,12},(?:\d{1,2}|\d{4,6})")
MOST_VALUES = 60


@dataclass(frozen=True)
class Near:
    """Within so many kilometres of a point."""

    longitude: float
    latitude: float
    km: float


Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; west above east means across the 180° meridian."""


class BadText(Exception):
    """A parameter's text that means nothing; says what would."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def split(texts: list[str]) -> tuple[str, ...]:
    parts = tuple(part.strip() for text in texts for part in text.split(",") if part.strip())
    if len(parts) > MOST_VALUES:
        raise BadText(Text("Högst {n} värden.", "At most {n} values.").format(n=MOST_VALUES))
    return parts


def single(texts: list[str] | tuple[str, ...]) -> str:
    if len(texts) != 1:
        raise BadText(Text("Ange ett enda värde.", "Give a single value."))
    return texts[0]


def number(text: str) -> Number:
    """`12.5`, and `12,5` as it is written in Swedish; `1,250` could mean either and is refused."""
    try:
        found = float(text.replace(",", ".") if DECIMAL_COMMA.fullmatch(text) else text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found) or abs(found) > 1e12:
        raise BadText(Text("Ska vara ett tal, som 12,5.", "Must be a number, such as 12.5."))
    return int(found) if found == int(found) else found


def boolean(text: str) -> bool:
    return one_of(text, ("true", "false")) == "true"


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadText(
            Text("Ska vara ett datum, som 2026-10-03.", "Must be a date, such as 2026-10-03.")
        ) from None


def one_of(text: str, accepted: tuple[str, ...]) -> str:
    if text not in accepted:
        raise BadText(
            Text(
                "”{text}” finns inte. Välj bland: {codes}.", "“{text}” is unknown. Choose: {codes}."
            ).format(text=text[:40], codes=", ".join(accepted))
        )
    return text  # fmt: skip


def code(one: Field, text: str) -> str:
    return one_of(text, tuple(entry.code for entry in one.codes))


def municipality(text: str, names: Mapping[str, str]) -> str:
    """A municipality's code, from its code or its name in any case."""
    if text in names:
        return text
    wanted = text.casefold().removesuffix(" kommun")
    found = [code for code, name in names.items() if name.casefold() == wanted]
    if not found:
        raise BadText(
            Text(
                "Kommunen ”{text}” finns inte i katalogen.",
                "The municipality “{text}” is not in the catalogue.",
            ).format(text=text[:40])
        )
    return found[0]


def box(text: str) -> Box:
    parts = [number(part) for part in text.split(",")]
    if len(parts) != 4:
        raise BadText(Text("väst,syd,öst,nord i grader.", "west,south,east,north in degrees."))
    west, south, east, north = map(float, parts)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90):
        raise BadText(
            Text(
                "Rutan ska vara väst,syd,öst,nord i grader, med syd under nord.",
                "The box must be west,south,east,north in degrees, south below north.",
            )
        )
    return west, south, east, north


def near(text: str) -> Near:
    parts = [float(number(part)) for part in text.split(",")]
    if len(parts) != 3 or not (
        abs(parts[0]) <= 180 and abs(parts[1]) <= 90 and 0 < parts[2] <= 500
    ):
        raise BadText(
            Text(
                "Ange longitud, latitud och ett avstånd över 0 och högst 500 km, som 17.1,60.7,30.",
                "Give a longitude, a latitude and a distance above 0 and at most 500 km, as in "
                "17.1,60.7,30.",
            )
        )
    return Near(*parts)


def plain(value: Number | date) -> str:
    """A number or date as a URL has it, without a needless decimal."""
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if value == int(value) else repr(value)
