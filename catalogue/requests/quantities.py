"""Quantities in a sentence: a number or a range, what is said of its limit, and its unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from catalogue.requests.denials import REFUSED
from catalogue.requests.numbers import NUMBER, NUMBER_OR_WORDS, amount
from catalogue.requests.units import DAY, PERIODS, Unit, unit_at

Limit = Literal["low", "high", ""]

MORE = (
    r"(?:more|larger|bigger|greater|higher|longer|farther|further|steeper|deeper|taller|wider)"
    r"(?: away| off)? than|over|above|exceed(?:ing|s)?|in excess of|"
    r"(?:mer|mera|fler|större|högre|längre|brantare|djupare|bredare)(?: bort)? än|över(?:stiga|stiger|skrida|skrider)?"
)
LESS = (
    r"(?:less|fewer|smaller|lower|shorter|closer|nearer|shallower|narrower) than|under|below|"
    r"(?:mindre|färre|lägre|kortare|närmare|grundare|smalare) än|under(?:stiga|stiger|skrida|skrider)"
)
"""These turn round where a denial stands before them, or what says that such a site is ruled out behind."""
AT_LEAST = (
    r"at least|min\.?|minimum(?: of)?|a minimum of|no less than|not less than|>=|=>|≥|>|"
    r"from|upwards of|no fewer than|minst|minimum|ej under|inte under|från|lägst|åtminstone|som minst"
)
AT_MOST = (
    r"at most|max\.?|maximum(?: of)?|a maximum of|no more than|not more than|<=|=<|≤|<|"
    r"not exceed(?:ing)?|no further than|not further than|no farther than|within|"
    r"no longer than|not over|högst|max(?:imalt)?|som mest|inom|inte över|som längst"
)
UP_TO = r"up to|upp till|uppemot"
ABOUT = (
    r"approx\.?|approximately|around|about|roughly|circa|ca\.?|c\.|~|some|an estimated|"
    r"cirka|omkring|ungefär|runt|drygt|knappt|på|of|om|is|are|be|:|=|till|to|a|an|the|en|ett|another|ytterligare"
)
BEFORE = re.compile(
    rf"(?:(?<!\w)|(?=[<>=≤≥]))(?:(?P<low>{AT_LEAST})|(?P<high>{AT_MOST})"
    rf"|(?P<more>{MORE})|(?P<less>{LESS})|(?P<upto>{UP_TO}))"
    rf"(?: ?(?:{ABOUT}))* ?$",
    re.IGNORECASE,
)
LOW_AFTER = re.compile(
    r" ?(?:\+|plus\b|or (?:more|above|higher|larger|greater)\b|and (?:above|up|higher)\b|minimum\b|min\b|"
    r"eller (?:mer|mera|högre|större|fler)\b|och (?:uppåt|mer)\b|minst\b|som minst\b)",
    re.IGNORECASE,
)
HIGH_AFTER = re.compile(
    r" ?(?:or (?:less|below|lower|closer|fewer|shorter)\b|maximum\b|max\b|at most\b|"
    r"eller (?:mindre|lägre|närmare|kortare)\b|som mest\b|högst\b)",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"(?:\b(?:not|no|never|cannot|without|inte|ej|icke|aldrig|utan)|n['’]t)"
    r"(?: (?!and\b|but\b|with\b|och\b|men\b|med\b)[\w'’-]+){0,3} $"
    r"|(?:(?:inte|ej) (?:ha|intresserad\w* av)|(?:not|n['’]t) (?:want|accept|consider|look at|take))(?: [\w-]+){0,6} $",
    re.IGNORECASE,
)
RULED_OUT = re.compile(rf"[^.;,]{{0,40}}?(?<!\w)(?:{REFUSED})(?!\w)", re.IGNORECASE)
DENIED_REACH = 60
REACH = 34
"""So many characters before a number may say that it is a limit."""
RANGE = re.compile(
    rf"(?P<first>{NUMBER}) ?(?:(?P<dash>[-–—]|\.\.\.?|to|till|bis|up to|upp till)|(?P<and>and|och)) ?(?P<second>{NUMBER})",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\b(?:between|mellan) ?$", re.IGNORECASE)
OF_LAND = re.compile(
    r" (?:contiguous|developable|buildable|usable|net|gross|flat|level|sammanhängande|byggbara|plana|"
    r"exploaterbara) (?=(?:ha|hectares?|acres?|hektar)\b)",
    re.IGNORECASE,
)
PRICED = re.compile(
    rf"(?:SEK|kr) ?(?P<number>{NUMBER}) ?(?:/|per|a) ?"
    r"(?:m2|m²|sqm|sq\.? ?m|kvm|kvadratmeter|square met(?:re|er))(?!\w)",
    re.IGNORECASE,
)
"""`SEK 400 per sqm`: the money before its number."""
IN_WORDS_FIRST = re.compile(r"\b[^\W\d]+ \($")
"""`trettiofem (35) hektar`, as lawyers write."""
SINGLE = re.compile(NUMBER_OR_WORDS, re.IGNORECASE)


DAILY = re.compile(r"\b(?:daily|dagligen?|dygns\w*)\b", re.IGNORECASE)
PERIOD_BEHIND = re.compile(
    rf"(?:(?: of| for)? [\w-]+){{1,4}}(?: ?/ ?| per | an? | om | i )(?:{'|'.join(f'(?P<p{n}>{name})' for n, name in enumerate(PERIODS))})(?!\w)",
    re.IGNORECASE,
)
"""`700 m3 of wastewater per day`."""
SHARED = re.compile(
    r"(?: [\w-]+){0,3}(?:,| and| och| plus)(?: (?:ca\.?|approx\.?|about|cirka))? ", re.IGNORECASE
)
"""`40 m³ drinking water and 600 m³ process water a day`: the period is that of both."""


@dataclass(frozen=True)
class Quantity:
    """What is written from `start` to `end` of a sentence; `low` and `high` differ for a range."""

    start: int
    end: int
    low: float
    high: float
    unit: Unit
    limit: Limit


def quantities(text: str, is_excluding: bool = False) -> list[Quantity]:
    """Every number with a unit that is known, left to right, none overlapping another.

    `is_excluding` where the text says what a site falls on: “less than 50 ha” is at least 50.
    """
    spans = sorted((*ranges(text), *prices(text)), key=lambda one: one.start)
    taken = iter([*spans, None])
    ahead = next(taken)
    found: list[Quantity] = []
    for one in singles(text, is_excluding):
        while ahead and ahead.start <= one.start:
            found.append(ahead)
            ahead = next(taken)
        if not found or one.start >= found[-1].end:
            found.append(one)
    rest = [one for one in (ahead, *taken) if one is not None]
    found += [one for one in rest if not found or one.start >= found[-1].end]
    timed: list[Quantity] = []
    for one in reversed(found):
        timed.append(with_period(text, one, timed[-1] if timed else None))
    return timed[::-1]


def with_period(text: str, one: Quantity, after: Quantity | None) -> Quantity:
    """A volume as a flow, where its sentence says the period in another place."""
    if one.unit.dimension != "volume":
        return one
    if DAILY.search(text, max(0, one.start - 40), one.start):
        return replace(one, unit=Unit("flow", one.unit.factor / DAY))
    behind = PERIOD_BEHIND.match(text, one.end, after.start if after else len(text))
    if behind and behind.lastgroup:
        seconds = [*PERIODS.values()][int(behind.lastgroup[1:])]
        return replace(one, unit=Unit("flow", one.unit.factor / seconds))
    if after is None or after.unit.dimension != "flow":
        return one
    is_shared = SHARED.fullmatch(text, one.end, after.start)
    is_same_volume = round(one.unit.factor / after.unit.factor) in PERIODS.values()
    return replace(one, unit=after.unit) if is_shared and is_same_volume else one


def ranges(text: str) -> Iterator[Quantity]:
    """`50–80 ha`, `between 100 and 150 MW`."""
    for hit in RANGE.finditer(text):
        if hit["and"] and not BETWEEN.search(text, max(0, hit.start() - 12), hit.start()):
            continue
        unit = unit_after(text, hit.end())
        low, high = amount(hit["first"]), amount(hit["second"])
        if unit is not None and low < high:
            yield Quantity(hit.start(), unit[1], low, high, unit[0], "")


def prices(text: str) -> Iterator[Quantity]:
    for hit in PRICED.finditer(text):
        found = amount(hit["number"])
        limit = limit_of(text, hit.start(), hit.end())
        yield Quantity(hit.start(), hit.end(), found, found, Unit("land_price", 1.0), limit)


def singles(text: str, is_excluding: bool = False) -> Iterator[Quantity]:
    for hit in SINGLE.finditer(text):
        start, end = hit.span()
        written = IN_WORDS_FIRST.search(text, max(0, start - 40), start)
        if written and text[end : end + 1] == ")":
            start, end = written.start(), end + 1
        unit, plus = unit_after(text, end), ""
        if unit is None and text[end : end + 1] == "+":
            unit, plus = unit_after(text, end + 1), "+"
        if unit is None:
            continue
        found = amount(hit[0])
        limit: Limit = "low" if plus else limit_of(text, start, unit[1], is_excluding)
        yield Quantity(start, unit[1], found, found, unit[0], limit)


def unit_after(text: str, place: int) -> tuple[Unit, int] | None:
    """The unit right after a number, one space or a hyphen between, or a word on the land."""
    quality = OF_LAND.match(text, place)
    if quality:
        return unit_at(text, quality.end())
    if text[place : place + 1] in " -" and place < len(text):
        place += 1
    return unit_at(text, place)


def limit_of(text: str, start: int, end: int, is_excluding: bool = False) -> Limit:
    """Whether a number is said to be the least or the most; nothing said leaves it to the need."""
    first = max(0, start - REACH)
    hit = BEFORE.search(text[first:start])
    if hit is None:
        if LOW_AFTER.match(text, end):
            return "low"
        return "high" if HIGH_AFTER.match(text, end) else ""
    if hit["low"] or hit["high"]:
        return "low" if hit["low"] else "high"
    if hit["upto"]:
        return ""
    place = first + hit.start()
    is_turned = (
        is_excluding
        or DENIED.search(text, max(0, place - DENIED_REACH), place) is not None
        or RULED_OUT.match(text, end) is not None
    )
    return "low" if (hit["more"] is not None) != is_turned else "high"
