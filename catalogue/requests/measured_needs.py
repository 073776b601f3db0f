"""Needs that are a number with a unit: which field each quantity of a sentence belongs to."""

import re

from catalogue.requests import leftovers
from catalogue.requests.dated_needs import FROM_APPLICATION
from catalogue.requests.drafts import Draft, Span
from catalogue.requests.measured_words import (
    ALONE,
    BUILDING,
    HARD_SURFACE,
    MEASURED,
    OTHER_CITY,
    OTHER_GROUND,
    Measured,
)
from catalogue.requests.nearest_words import (
    Hit,
    best_hit,
    cost,
    fits,
    hits_of,
    is_wished_contiguous,
)
from catalogue.requests.needs import NEEDS, POWER_KEY
from catalogue.requests.quantities import Quantity
from catalogue.requests.units import converted
from geo.texts import Text

OF_WHICH = re.compile(
    r"(?: of)?(?: [\w-]+){0,4}[ ,(]{1,3}(?:varav|of which|out of which)\b"
    r"(?! [\d.,]+ ?\w+ (?:\w+ )?(?:hårdgjord|asfalt|hardstanding|hard[- ]?surf|paved))"
    r"(?! [\d.,]+ ?\w+(?: [\w-]+){0,3} (?:senare|later|reserv\w*|framtid\w*|future))",
    re.IGNORECASE,
)
PARTED = re.compile(r"\b(?:varav|därav|of which|out of which)\b[^.;]*$", re.IGNORECASE)
FOR_LATER = re.compile(
    r"(?: [\w-]+){0,3} (?:senare|later|reserv\w*|framtid\w*|future)", re.IGNORECASE
)
"""`16 ha, of which 4 ha may be used later`: a part, and nothing besides."""
NEAREST_M = 100
DEEPEST_M = 25
"""So few metres to a port are how deep it is."""
SMALL_M2 = 4_000
"""A unit smaller than this measures buildings as often as land."""


CONNECTION = next(one for one in MEASURED if one.key == "connection_lead_months")
DRAUGHT = next(one for one in MEASURED if one.key == "port_max_draught_m")


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
    unread = why_unread(draft, one, best)
    if unread is not None:
        draft.leave(span, *unread)
        return
    need = by_heading(draft, one) if best is None else best.need
    if need is None and is_connection_time(draft, one):
        need = CONNECTION
    if need is None:
        return
    if need.key == "area_net_ha" and OF_WHICH.match(draft.text, one.end):
        ask(draft, one, need, span, key="area_gross_ha")
        return
    wished = next((hit for hit in hits if is_wished_contiguous(draft, hit)), None)
    if wished and need.key == "area_net_ha":
        value = converted(one.low, one.unit, "ha")
        draft.add(wished.need.key, "min", value, (wished.start, wished.end), must=False)
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


def why_unread(draft: Draft, one: Quantity, best: Hit | None) -> tuple[Text, str] | None:
    """Why a quantity asks for nothing that the catalogue has, and the field it may be about."""
    ahead = draft.text[max(0, one.start - 40) : one.start]
    if draft.sentence.scope == "excluding" and not one.limit:
        return leftovers.NOT_SURE, ""
    if one.unit.dimension == "delay" and OTHER_CITY.search(draft.text):
        return leftovers.NO_FIELD, ""
    if one.unit.dimension != "area":
        return None
    if FOR_LATER.match(draft.text, one.end) and PARTED.search(ahead):
        return leftovers.NOT_SURE, "expansion_ha"
    if OTHER_GROUND.search(ahead) or HARD_SURFACE.match(draft.text, one.end):
        return leftovers.NO_FIELD, "area_net_ha"
    if is_of_a_building(draft, one, best):
        return leftovers.BUILDING, "area_net_ha"
    return None


def is_too_near(one: Quantity) -> bool:
    """So few metres tell of something else than the way to a port or a road."""
    return one.high * one.unit.factor < NEAREST_M


def is_connection_time(draft: Draft, one: Quantity) -> bool:
    """`7 MW, 20 kV, available within 24 months of the application`."""
    has_power = any(other.unit.dimension in ("power", "voltage") for other in draft.quantities)
    return (
        has_power
        and one.unit.dimension == "duration"
        and FROM_APPLICATION.match(draft.text, one.end) is not None
    )


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
