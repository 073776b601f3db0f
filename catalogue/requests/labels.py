"""Labels and the units they name: `Site area (acres): 55`, `power_mw_2029: 80`, a unit in a column of its own."""

import re
from collections.abc import Sequence

from catalogue.requests.quantities import AT_LEAST, AT_MOST, LESS, MORE
from catalogue.requests.units import unit_at

KEY_AND_VALUE = re.compile(
    r"(?P<key>[a-zåäö0-9]+(?:_[a-zåäö0-9]+)+) ?[:=] ?(?P<value>\S.*)", re.IGNORECASE
)
PLAIN_NUMBER = re.compile(
    r"^(?:[<>≤≥=~]+ ?)?\d[\d .,'\N{NO-BREAK SPACE}]*(?:[-–] ?\d[\d .,]*)?\+?$"
)
BARE_VALUE = re.compile(
    rf"^(?:(?:{AT_LEAST}|{AT_MOST}|{MORE}|{LESS}|ca\.?|c\.|approx\.?|about|around|cirka|up to|upp till) ?)*"
    r"[<>≤≥=~]* ?\d[\d .,'\N{NO-BREAK SPACE}]*(?:[-–] ?\d[\d .,]*)?\+?$",
    re.IGNORECASE,
)
"""A number alone or with its limit; a label that ends in a year is none."""


def with_unit_of_label(line: str) -> str:
    """`Site area (acres): 55` with its unit behind the number too; any other line as it is."""
    label, colon, number = line.rpartition(": ")
    unit = unit_of_label(label) if colon and PLAIN_NUMBER.match(number.strip()) else ""
    return f"{line} {unit}" if unit else line


def spelled_out(line: str) -> str:
    """`power_mw_2029: 80` as `power (mw) 2029: 80`; a line that is no such pair as it is."""
    hit = KEY_AND_VALUE.fullmatch(line)
    if hit is None:
        return line
    words = hit["key"].replace("_", " ").replace("m3 day", "m3/day").replace("m3 h", "m3/h").split()
    told = [f"({word})" if place and is_unit(word) else word for place, word in enumerate(words)]
    return f"{' '.join(told)}: {hit['value']}"


def unit_of_label(label: str) -> str:
    """In brackets, or behind the last comma: `Site size (ha)`, `Distance to rail, km (max)`."""
    in_brackets = re.findall(r"[(\[]([^()\[\]]{1,20})[)\]]", label)
    behind_comma = re.findall(r", ([^,()]{1,12}?)(?: ?\([^()]{1,12}\))?$", label)
    return next((one.strip() for one in (*in_brackets, *behind_comma) if is_unit(one.strip())), "")


def is_unit(cell: str) -> bool:
    found = unit_at(cell, 0)
    return found is not None and found[1] == len(cell)


def with_unit(said: Sequence[str], unit: str) -> list[str]:
    """The unit's own column, or the brackets of the heading, put behind the number it belongs to."""
    if not unit and said:
        unit = unit_of_label(said[0])
    if not unit:
        return list(said)
    placed = [
        f"{cell} {unit}" if place and BARE_VALUE.match(cell) else cell
        for place, cell in enumerate(said)
    ]
    return placed if placed != said else [*said, unit]
