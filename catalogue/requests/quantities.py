"""Quantities in a sentence: a number or a range, what is said of its limit, and its unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from catalogue.requests.numbers import NUMBER, NUMBER_OR_WORDS, amount
from catalogue.requests.units import Unit, unit_at

Limit = Literal["low", "high", ""]

LOW = (
    r"at least|min\.?|minimum(?: of)?|a minimum of|no less than|not less than|>=|=>|≥|>|more than|over|above|"
    r"from|exceeding|larger than|greater than|upwards of|no fewer than|"
    r"minst|minimum|ej under|inte under|mer än|över|från|lägst|större än|åtminstone"
)
HIGH = (
    r"at most|max\.?|maximum(?: of)?|a maximum of|no more than|not more than|<=|=<|≤|<|less than|under|below|"
    r"not exceed(?:ing)?|no further than|not further than|no farther than|shorter than|closer than|within|"
    r"no longer than|not over|"
    r"högst|max(?:imalt)?|mindre än|under|som mest|inom|(?:inte|ej) överstiga|inte över|inte längre än|"
    r"kortare än|lägre än|närmare än|som längst"
)
UP_TO = r"up to|upp till|uppemot"
ABOUT = (
    r"approx\.?|approximately|around|about|roughly|circa|ca\.?|c\.|~|some|an estimated|"
    r"cirka|omkring|ungefär|runt|drygt|knappt|på|of|om|is|are|be|:|=|till|to|a|an|the|en|ett|another|ytterligare"
)
BEFORE = re.compile(
    rf"(?:(?<!\w)|(?=[<>=≤≥]))(?:(?P<low>{LOW})|(?P<high>{HIGH})|(?P<upto>{UP_TO}))"
    rf"(?: ?(?:{ABOUT}))* ?$",
    re.IGNORECASE,
)
LOW_AFTER = re.compile(
    r" ?(?:\+|plus\b|or (?:more|above|higher|larger|greater|better)\b|and (?:above|up|higher)\b|minimum\b|min\b|"
    r"eller (?:mer|mera|högre|större|fler)\b|och (?:uppåt|mer)\b|minst\b|som minst\b)",
    re.IGNORECASE,
)
HIGH_AFTER = re.compile(
    r" ?(?:or (?:less|below|lower|closer|fewer|shorter)\b|maximum\b|max\b|at most\b|"
    r"eller (?:mindre|lägre|närmare|kortare)\b|som mest\b|högst\b)",
    re.IGNORECASE,
)
REACH = 34
"""So many characters before a number may say that it is a limit."""
RANGE = re.compile(
    rf"(?P<first>{NUMBER}) ?(?:(?P<dash>[-–—]|\.\.\.?|to|till|bis|up to|upp till)|(?P<and>and|och)) ?(?P<second>{NUMBER})",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\b(?:between|mellan) ?$", re.IGNORECASE)
SINGLE = re.compile(NUMBER_OR_WORDS, re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """What is written from `start` to `end` of a sentence; `low` and `high` differ for a range."""

    start: int
    end: int
    low: float
    high: float
    unit: Unit
    limit: Limit


def quantities(text: str) -> list[Quantity]:
    """Every number with a unit that is known, left to right, none overlapping another."""
    spans = list(ranges(text))
    taken = iter([*spans, None])
    ahead = next(taken)
    found: list[Quantity] = []
    for one in singles(text):
        while ahead and ahead.start <= one.start:
            found.append(ahead)
            ahead = next(taken)
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def ranges(text: str) -> Iterator[Quantity]:
    """`50–80 ha`, `between 100 and 150 MW`."""
    for hit in RANGE.finditer(text):
        if hit["and"] and not BETWEEN.search(text, max(0, hit.start() - 12), hit.start()):
            continue
        unit = unit_after(text, hit.end())
        low, high = amount(hit["first"]), amount(hit["second"])
        if unit is not None and low < high:
            yield Quantity(hit.start(), unit[1], low, high, unit[0], "")


def singles(text: str) -> Iterator[Quantity]:
    for hit in SINGLE.finditer(text):
        start, end = hit.span()
        unit, plus = unit_after(text, end), ""
        if unit is None and text[end : end + 1] == "+":
            unit, plus = unit_after(text, end + 1), "+"
        if unit is None:
            continue
        found = amount(hit[0])
        limit: Limit = "low" if plus else limit_of(text, start, unit[1])
        yield Quantity(start, unit[1], found, found, unit[0], limit)


def unit_after(text: str, place: int) -> tuple[Unit, int] | None:
    """The unit right after a number, one space or a hyphen between."""
    if text[place : place + 1] in " -" and place < len(text):
        place += 1
    return unit_at(text, place)


def limit_of(text: str, start: int, end: int) -> Limit:
    """Whether a number is said to be the least or the most; nothing said leaves it to the need."""
    window = text[max(0, start - REACH) : start]
    hit = BEFORE.search(window)
    if hit:
        if hit["low"]:
            return "low"
        return "high" if hit["high"] else ""
    if LOW_AFTER.match(text, end):
        return "low"
    return "high" if HIGH_AFTER.match(text, end) else ""
