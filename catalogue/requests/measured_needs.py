"""Needs that are a number with a unit: which field each quantity of a sentence belongs to."""

import re
from dataclasses import dataclass

from catalogue.requests import leftovers
from catalogue.requests.drafts import Draft, Span
from catalogue.requests.needs import NEEDS, POWER_KEY
from catalogue.requests.quantities import Quantity
from catalogue.requests.units import OF_FIELDS, converted
from catalogue.requests.vocabulary import (
    ALONE,
    BUILDING,
    COOLING,
    MEASURED,
    OTHER_CITY,
    RIVERS_AND_LAKES,
    Measured,
)

FARTHEST = 75
"""So many characters may stand between a number and what it is about; commas count for more."""
TO = re.compile(
    r"(?: (?:bort|away|or less|distance))?(?: (?:of|to|from|till|från|av|for))?"
    r"(?: (?:the|an?|any|nearest|closest|närmaste|en|ett|främst))* $",
    re.IGNORECASE,
)
AND = re.compile(r" (?:and|och|plus) ", re.IGNORECASE)
OF_WHICH = re.compile(r"[ ,(]{1,3}(?:varav|of which|out of which)\b", re.IGNORECASE)
CONTIGUOUS_IS_NEARER = 20
"""“Land: 50–80 ha, contiguous” tells of the same hectares what comes after the comma."""
SMALL_M2 = 4_000
"""A unit smaller than this measures buildings as often as land."""


@dataclass(frozen=True)
class Hit:
    """Words that name a need, and where they stand."""

    start: int
    end: int
    need: Measured


def hits_of(text: str) -> list[Hit]:
    """Every word of the table, those left out that are part of a longer one."""
    found = [
        Hit(hit.start(), hit.end(), need)
        for need in MEASURED
        for hit in need.pattern.finditer(text)
    ]
    longest = sorted(found, key=lambda one: (one.start, one.start - one.end))
    kept: list[Hit] = []
    reach = (-1, -1)
    for one in longest:
        if one.end > reach[1] or (one.start, one.end) == reach:
            kept.append(one)
            reach = (one.start, one.end)
    return kept


def measure(draft: Draft) -> None:
    """Each quantity that a field can hold; power and voltage have rules of their own."""
    hits = [one for one in hits_of(draft.text) if draft.is_free(one.start, one.end)]
    for one in draft.quantities:
        if one.unit.dimension in ("power", "voltage") and not about_heat(draft, one, hits):
            continue
        if draft.is_free(one.start, one.end):
            measure_one(draft, one, hits)


def about_heat(draft: Draft, one: Quantity, hits: list[Hit]) -> bool:
    if one.unit.dimension != "power":
        return False
    best = best_hit(draft, one, hits)
    return best is not None and best.need.key != POWER_KEY


def measure_one(draft: Draft, one: Quantity, hits: list[Hit]) -> None:
    span = (one.start, one.end)
    best = best_hit(draft, one, hits)
    if is_of_a_building(draft, one, best):
        draft.leave(span, leftovers.BUILDING, "area_net_ha")
        return
    if one.unit.dimension == "delay" and OTHER_CITY.search(draft.text):
        draft.leave(span, leftovers.NO_FIELD)
        return
    if best is None:
        headed = by_heading(draft, one)
        if headed is not None:
            ask(draft, one, headed, span)
        return
    if best.need.key == "area_net_ha" and OF_WHICH.match(draft.text, one.end):
        ask(draft, one, best.need, span, key="area_gross_ha")
        return
    ask(draft, one, best.need, span, (best.start, best.end))


def ask(draft: Draft, one: Quantity, need: Measured, *spans: Span, key: str = "") -> None:
    """The least or the most of a field, by what is said and how such a number is meant."""
    key = key or need.key
    op = "max" if need.bent == "less" else "min"
    if need.bent != "capacity" and one.limit:
        op = "min" if one.limit == "low" else "max"
    amount = one.high if op == "max" else one.low
    field = NEEDS[key].field
    value = converted(amount, one.unit, NEEDS[key].unit.en)
    if field is not None and field.kind in ("integer", "span"):
        value = round(value)
    draft.add(key, op, value, *spans)


def best_hit(draft: Draft, one: Quantity, hits: list[Hit]) -> Hit | None:
    """The nearest word that the quantity can be about; a longer way through commas and other
    quantities, and none farther than `FARTHEST`."""
    fitting = [hit for hit in hits if fits(draft, one, hit.need)]
    costs = [(cost(draft, one, hit), -(hit.end - hit.start), n) for n, hit in enumerate(fitting)]
    if not costs or min(costs)[0] > FARTHEST:
        return None
    return fitting[min(costs)[2]]


def fits(draft: Draft, one: Quantity, need: Measured) -> bool:
    """Whether the field has such a unit and the number is one that a site may have."""
    unit = OF_FIELDS.get(NEEDS[need.key].unit.en)
    if unit is None or unit.dimension != one.unit.dimension:
        return False
    if need.key in RIVERS_AND_LAKES and not COOLING.search(
        f"{draft.sentence.heading} | {draft.text}"
    ):
        return False
    if need.key == POWER_KEY:
        return True
    field = NEEDS[need.key].field
    most = field.maximum if field else None
    return most is None or converted(one.low, one.unit, NEEDS[need.key].unit.en) <= most


def cost(draft: Draft, one: Quantity, hit: Hit) -> int:
    """Characters between, more for what parts them; nothing for “of the nearest”."""
    if hit.start >= one.end:
        between, low, high = draft.text[one.end : hit.start], one.end, hit.start
        if TO.fullmatch(between):
            return 0
    elif hit.end <= one.start:
        between, low, high = draft.text[hit.end : one.start], hit.end, one.start
    else:
        return 0
    crossed = sum(other.start >= low and other.end <= high for other in draft.quantities)
    commas = sum(between.count(mark) for mark in ",;") + 3 * between.count(")")
    dots = len(re.findall(r"[.] ", between))
    nearer = CONTIGUOUS_IS_NEARER if hit.need.key == "largest_contiguous_ha" else 0
    return (
        -nearer
        + len(between)
        + 15 * commas
        + 40 * dots
        + 8 * len(AND.findall(between))
        + 30 * crossed
    )


def is_of_a_building(draft: Draft, one: Quantity, best: Hit | None) -> bool:
    """Square metres stand for a building as often as for land: the nearest word decides."""
    if one.unit.dimension != "area" or one.unit.factor >= SMALL_M2:
        return False
    if best is None:
        return True
    built = [
        cost(draft, one, Hit(hit.start(), hit.end(), best.need))
        for hit in BUILDING.finditer(draft.text)
    ]
    return bool(built) and min(built) <= cost(draft, one, best)


def by_heading(draft: Draft, one: Quantity) -> Measured | None:
    """What a quantity is about that its sentence does not say: its heading, or its unit alone."""
    keys = {
        hit.need.key: hit.need
        for hit in hits_of(draft.sentence.heading)
        if fits(draft, one, hit.need)
    }
    if len(keys) == 1:
        return next(iter(keys.values()))
    alone = ALONE.get(one.unit.dimension)
    return next((need for need in MEASURED if need.key == alone), None)
