"""The words that a quantity is said of: the nearest that it fits, by what stands between."""

import re
from dataclasses import dataclass

from catalogue.requests.drafts import Draft
from catalogue.requests.importance import SHOULD_BEFORE
from catalogue.requests.measured_words import COOLING, MEASURED, RIVERS_AND_LAKES, Measured
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
BARE = re.compile(
    r"(?: (?:by|of|with|(?:an? )?(?:further|additional)|another|med|om|ytterligare)){0,3} (?=\d)"
)
WHILE = re.compile(r"\b(?:while|whereas|medan|and then|och sedan)\b", re.IGNORECASE)
AWAY = re.compile(
    r"\b(?:bort|away|off|ligga|ligger|lie|lies|located|from the (?:site|plot)|från (?:tomten|platsen|området))\b",
    re.IGNORECASE,
)
WISHED_REACH = 14
BOUND = 30
"""More, for words that already tell of another amount."""
QUALIFIERS = ("expansion_ha", "largest_contiguous_ha", "min_plot_ha")
"""Words for these tell of one amount, the nearest to them."""
CONTIGUOUS_IS_NEARER = 20
"""“Land: 50–80 ha, contiguous” tells of the same hectares what comes after the comma."""


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
    if is_wished_contiguous(draft, hit):
        return True
    told = BARE.match(draft.text, hit.end)
    if told and one.start != told.end():
        return True
    own = cost(draft, one, hit)
    return any(
        other.unit.dimension == one.unit.dimension and cost(draft, other, hit) < own
        for other in draft.quantities
        if other is not one
    )


def is_wished_contiguous(draft: Draft, hit: Hit) -> bool:
    """`18 ha, preferably in one piece`: the hectares are a must, the piece is not."""
    ahead = draft.text[max(0, hit.start - WISHED_REACH) : hit.start]
    return hit.need.key == "largest_contiguous_ha" and SHOULD_BEFORE.search(ahead) is not None


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
