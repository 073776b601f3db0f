"""Needs that are a number with a unit: which field each quantity of a sentence belongs to."""

import re
from dataclasses import dataclass

from catalogue.requests import leftovers
from catalogue.requests.drafts import Draft, Span
from catalogue.requests.measured_words import (
    ALONE,
    BUILDING,
    COOLING,
    HARD_SURFACE,
    MEASURED,
    OTHER_CITY,
    OTHER_GROUND,
    RIVERS_AND_LAKES,
    Measured,
)
from catalogue.requests.needs import NEEDS, POWER_KEY
from catalogue.requests.quantities import ABOUT, AT_LEAST, AT_MOST, Quantity
from catalogue.requests.units import OF_FIELDS, converted

FARTHEST = 75
"""So many characters may stand between a number and what it is about; commas count for more."""
TO = re.compile(
    r"(?: (?:bort|away|or less|distance))?(?: (?:of|to|from|till|från|av|for))?"
    r"(?: (?:the|an?|any|nearest|closest|närmaste|en|ett|främst))* $",
    re.IGNORECASE,
)
OF = re.compile(
    rf"(?: (?:space|area|land|parcel|plot|site|piece|possibility|option|potential|yta|mark|tomt|möjlighet|utrymme))?(?: (?:of|om|på)|:)"
    rf"(?: (?:{AT_LEAST}|{AT_MOST}|{ABOUT}))* ",
    re.IGNORECASE,
)
AND = re.compile(r" (?:and|och|plus) ", re.IGNORECASE)
OF_WHICH = re.compile(
    r"(?: of)?(?: [\w-]+){0,4}[ ,(]{1,3}(?:varav|of which|out of which)\b"
    r"(?! [\d.,]+ ?\w+ (?:\w+ )?(?:hårdgjord|asfalt|hardstanding|hard[- ]?surf|paved))",
    re.IGNORECASE,
)
BARE = re.compile(
    r"(?: (?:by|of|with|(?:an? )?(?:further|additional)|another|med|om|ytterligare)){0,3} (?=\d)"
)
NEAREST_M = 100
DEEPEST_M = 25
"""So few metres to a port are how deep it is."""
WHILE = re.compile(r"\b(?:while|whereas|medan|and then|och sedan)\b", re.IGNORECASE)
AWAY = re.compile(
    r"\b(?:bort|away|off|ligga|ligger|lie|lies|located|from the (?:site|plot)|från (?:tomten|platsen|området))\b",
    re.IGNORECASE,
)
BOUND = 30
QUALIFIERS = ("expansion_ha", "largest_contiguous_ha", "min_plot_ha")
"""Words for these tell of one amount, the nearest to them."""
CONTIGUOUS_IS_NEARER = 20
"""“Land: 50–80 ha, contiguous” tells of the same hectares what comes after the comma."""
SMALL_M2 = 4_000
"""A unit smaller than this measures buildings as often as land."""


DRAUGHT = next(one for one in MEASURED if one.key == "port_max_draught_m")


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
    if draft.sentence.scope == "excluding" and not one.limit:
        draft.leave(span, leftovers.NOT_SURE)
        return
    best = best_hit(draft, one, hits)
    is_part = OTHER_GROUND.search(draft.text, max(0, one.start - 40), one.start)
    if one.unit.dimension == "area" and (is_part or HARD_SURFACE.match(draft.text, one.end)):
        draft.leave(span, leftovers.NO_FIELD, "area_net_ha")
        return
    if is_of_a_building(draft, one, best):
        draft.leave(span, leftovers.BUILDING, "area_net_ha")
        return
    if one.unit.dimension == "delay" and OTHER_CITY.search(draft.text):
        draft.leave(span, leftovers.NO_FIELD)
        return
    need = by_heading(draft, one) if best is None else best.need
    if need is None:
        return
    if need.key == "area_net_ha" and OF_WHICH.match(draft.text, one.end):
        ask(draft, one, need, span, key="area_gross_ha")
        return
    if best is None:
        ask(draft, one, need, span)
        return
    key = best.need.key
    if key == "distance_port_km" and one.low * one.unit.factor <= DEEPEST_M:
        ask(draft, one, DRAUGHT, span)
    elif key.startswith("distance_") and (one.limit == "low" or is_too_near(one)):
        draft.leave(span, leftovers.NOT_SURE, key)
    else:
        ask(draft, one, best.need, span, (best.start, best.end))


def is_too_near(one: Quantity) -> bool:
    """So few metres tell of something else than the way to a port or a road."""
    return one.high * one.unit.factor < NEAREST_M


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
    fitting = [
        hit for hit in hits if fits(draft, one, hit.need) and not is_of_another(draft, one, hit)
    ]
    costs = [
        (cost(draft, one, hit) + bound(draft, one, hit), -(hit.end - hit.start), n)
        for n, hit in enumerate(fitting)
    ]
    if not costs:
        return None
    if min(costs)[0] > FARTHEST:
        is_away = AWAY.search(draft.text[max(0, one.start - 20) : one.end + 16]) is not None
        return fitting[0] if is_away and is_of_one_need(fitting) else None
    return fitting[min(costs)[2]]


def is_of_one_need(fitting: list[Hit]) -> bool:
    """“The port must receive ships of … and lie at most 30 km off”: no other need can be meant."""
    return len({hit.need.key for hit in fitting}) == 1 and fitting[0].need.key.startswith(
        "distance_"
    )


def bound(draft: Draft, one: Quantity, hit: Hit) -> int:
    """More for words that already tell of another: “the make-up is 1.1 MGD”."""
    is_taken = any(
        other.unit.dimension == one.unit.dimension and cost(draft, other, hit) <= 0
        for other in draft.quantities
        if other is not one
    )
    return BOUND if is_taken and cost(draft, one, hit) > 0 else 0


def is_of_another(draft: Draft, one: Quantity, hit: Hit) -> bool:
    """Whether another amount stands nearer to words that tell of one alone."""
    if hit.need.key not in QUALIFIERS:
        return False
    told = BARE.match(draft.text, hit.end)
    if told and one.start != told.end():
        return True
    own = cost(draft, one, hit)
    return any(
        other.unit.dimension == one.unit.dimension and cost(draft, other, hit) < own
        for other in draft.quantities
        if other is not one
    )


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
        if OF.fullmatch(between):
            return 0
    else:
        return 0
    passed = [other for other in draft.quantities if other.start >= low and other.end <= high]
    crossed = sum(
        other.unit.dimension == one.unit.dimension and not is_in_brackets(draft.text, other)
        for other in passed
    )
    commas = (
        len(re.findall(r"[,;](?!\d)", between))
        + 4 * between.count("; ")
        + (1 if "(" in between else 3) * between.count(")")
    )
    if hit.start >= one.end and "," in between and hit.need.key.startswith("distance_"):
        commas += 2
    dots = len(re.findall(r"[.] ", between)) + len(WHILE.findall(between))
    nearer = CONTIGUOUS_IS_NEARER if hit.need.key == "largest_contiguous_ha" else 0
    return (
        -nearer
        + len(between)
        + 15 * commas
        + 40 * dots
        + 8 * len(AND.findall(between))
        + 30 * crossed
        + 8 * (len(passed) - crossed)
    )


def is_in_brackets(text: str, one: Quantity) -> bool:
    """`(at least 11 m)`: said by the way, so that what it is said of goes on behind it."""
    return text[one.end : one.end + 1] == ")" and "(" in text[max(0, one.start - 20) : one.start]


def is_of_a_building(draft: Draft, one: Quantity, best: Hit | None) -> bool:
    """Square metres stand for a building as often as for land: the nearest word decides."""
    if one.unit.dimension != "area" or one.unit.factor >= SMALL_M2:
        return False
    if best is None:
        return by_words(draft, one) is None
    built = [
        cost(draft, one, Hit(hit.start(), hit.end(), best.need))
        for hit in BUILDING.finditer(draft.text)
    ]
    return bool(built) and min(built) <= cost(draft, one, best)


def by_heading(draft: Draft, one: Quantity) -> Measured | None:
    """What a quantity is about that its sentence does not say: its heading, or its unit alone."""
    headed = by_words(draft, one)
    if headed is not None:
        return headed
    alone = ALONE.get(one.unit.dimension)
    return next((need for need in MEASURED if need.key == alone), None)


def by_words(draft: Draft, one: Quantity) -> Measured | None:
    """The one need that the heading names and the quantity fits."""
    keys = {
        hit.need.key: hit.need
        for hit in hits_of(draft.sentence.heading)
        if fits(draft, one, hit.need)
    }
    return next(iter(keys.values())) if len(keys) == 1 else None
