"""Power and voltage: MW by which year, firm or not, and at how many kilovolts."""

import re

from catalogue.fields.power import VOLTAGES_KV
from catalogue.requests import leftovers
from catalogue.requests.dated_needs import days_within
from catalogue.requests.drafts import Draft, Span
from catalogue.requests.importance import clause
from catalogue.requests.needs import POWER_KEY
from catalogue.requests.numbers import WORDS
from catalogue.requests.quantities import Quantity
from catalogue.requests.requirements import Requirement
from catalogue.requests.units import converted
from catalogue.requests.vocabulary import words

LATER = re.compile(
    rf"[^.;|,\d]{{0,20}}?\b(?:\d{{1,2}}|{'|'.join(WORDS)}) (?:years?|år) (?:later|after|senare|efter)"
    rf"|,? (?:in|from|by|i|från) (?:year|år) (?:\d{{1,2}}|{'|'.join(WORDS)})(?!\w)",
    re.IGNORECASE,
)
EQUIPMENT_AFTER = re.compile(
    r"[ -](?:[\w-]+ )?(?:electroly[sz]\w+|elektroly\w+|furnaces?|turbines?|boilers?|solar|wind|pv\b|ugn\w*|"
    r"pann\w*|vind\w*|solpark\w*|of (?:cooling|heat|steam)|cooling|kyl\w*|värme\w*|ånga|steam|heat\w*)",
    re.IGNORECASE,
)
EQUIPMENT_BEFORE = re.compile(
    r"\b(?:vindkraft\w*|vindpark\w*|solkraft\w*|solpark\w*|wind (?:power|farm)s?|solar (?:power|farm|park)s?)[\w ,:åäö]{0,30}$|"
    r"(?:electroly[sz]\w+|elektroly\w+|furnace|turbine|boiler|solar park|wind farm|ugn|panna|solpark|vindpark|reservkraft|backup(?: power)?|nödkraft) "
    r"(?:(?:of|with|on|på|om|med) )?(?:[\w.]+ )?$",
    re.IGNORECASE,
)
ALL_FIRM = re.compile(
    r"\b(?:all|all of (?:it|this|which)|everything|allt|all effekt|samtliga?)\b[\w ,]{0,30}\b(?:firm|fast)\b"
    r"|, (?:all )?(?:firm|fast)(?: effekt| power| capacity)?\.?$"
    r"|\((?:must be |måste vara |ska vara |all |both |båda |allt )+(?:firm|fast\w*)\)\.?$",
    re.IGNORECASE,
)
FIRM = words(r"firm(?:ly)?|on firm terms|fast(?: effekt| abonnemang)?(?! mark)")
PART_OF = re.compile(
    r"\b(?:of which|with|varav|därav)(?: (?:the|an?|de|den))?(?: first| första| initial)? $",
    re.IGNORECASE,
)
"""`300 MW firm, of which 100 MW in 2029`: what is said of all of it is said of the part."""
EACH = re.compile(
    r"\b(?:each|vardera|per (?:site|building|hall|plant|plats|byggnad|anläggning))\b", re.IGNORECASE
)
"""Of several things whose number is said elsewhere."""
MORE_OF_IT = re.compile(
    r"\b(?:(?:an? )?(?:further|additional|extra)|another|ytterligare|därutöver|utöver det) (?:(?:ca|about|some|cirka) )?$",
    re.IGNORECASE,
)
"""`and a further 150 MW`: more than was asked for before, and no power by itself."""
FARTHEST_YEAR = 80
JOINT = re.compile(
    r"[,;](?: (?:and|och|but|men) )?| (?:and|och|but|men|plus|then|sedan) ", re.IGNORECASE
)
CLASSES_KV: dict[float, int] = {
    11: 10, 12: 10, 22: 20, 24: 20, 33: 30, 45: 40, 52: 50, 66: 70, 110: 130, 132: 130, 138: 130,
    150: 145, 225: 220, 230: 220, 380: 400, 420: 400,
}  # fmt: skip
"""Voltages by the name of the Swedish class they belong to: 132 kV is the 130 kV grid."""
OR = re.compile(
    r" ?(?:or|eller|el\.?|/|and/or|och/eller|alternatively|alt\.?) ?(?:at |på )?", re.IGNORECASE
)
EARLIER = re.compile(
    r"(?<![\d.,])(?:\d{2,3} ?(?:/|or|eller|el\.?|-|–|and|och) ?){1,4}$", re.IGNORECASE
)


def power(draft: Draft) -> None:
    wanted = [
        one
        for one in draft.quantities
        if one.unit.dimension == "power" and draft.is_free(one.start, one.end)
    ]
    asked = []
    for one in wanted:
        span = (one.start, one.end)
        if EQUIPMENT_AFTER.match(draft.text, one.end) or EQUIPMENT_BEFORE.search(
            draft.text, max(0, one.start - 40), one.start
        ):
            draft.leave(span, leftovers.EQUIPMENT, POWER_KEY)
        elif LATER.match(draft.text, one.end) or is_unsaid(draft, one):
            draft.leave(span, leftovers.NOT_SURE, POWER_KEY)
        else:
            asked.append(one)
    years = years_of(draft, asked)
    all_firm = len(asked) > 1 and ALL_FIRM.search(draft.text) is not None
    behind, is_firm = 0, False
    for place, one in enumerate(asked):
        ahead = asked[place + 1].start if place + 1 < len(asked) else len(draft.text)
        year = years.get(place)
        spans: list[Span] = [(one.start, one.end)]
        if year:
            spans.append((year[1], year[2]))
        is_part = PART_OF.search(draft.text, behind, one.start) is not None
        was_firm = is_firm if place and is_part else False
        is_firm = was_firm or said_firm(draft, one, behind, ahead)
        behind = one.end
        draft.add(
            POWER_KEY, "min", converted(one.low, one.unit, "MW"), *spans,
            year=year[0] if year else None, firm=is_firm or all_firm,
        )  # fmt: skip


def is_unsaid(draft: Draft, one: Quantity) -> bool:
    """A power that says too little: more of what was said before, each one's of several, or among
    what a site falls on one that is not said to be too little."""
    around = draft.text[slice(*clause(draft.text, one.start))]
    return (
        MORE_OF_IT.search(draft.text, max(0, one.start - 24), one.start) is not None
        or EACH.search(around) is not None
        or (draft.sentence.scope == "excluding" and one.limit != "low")
    )


def says_all_is_firm(text: str) -> bool:
    """A sentence that says of the power asked for before it that all must be firm, and no more."""
    return ALL_FIRM.search(text) is not None and not re.search(r"\d", text) and len(text) <= 80


def firmly(one: Requirement) -> Requirement:
    is_power = one.key == POWER_KEY
    return one.model_copy(update={"firm": True}) if is_power else one


def said_firm(draft: Draft, one: Quantity, behind: int, ahead: int) -> bool:
    """Said between this power and the next, or right before it and not of the one before."""
    first = max(behind, one.start - 15)
    said_before = FIRM.search(draft.text, first, one.start)
    between = draft.text[said_before.end() : one.start] if said_before else ""
    is_own = said_before is not None and not (behind and re.search(r"[,;/|]", between))
    return is_own or FIRM.search(draft.text, one.end, min(ahead, one.end + 70)) is not None


def years_of(draft: Draft, asked: list[Quantity]) -> dict[int, tuple[int, int, int]]:
    """The year of each power by its place, and where it stands: the nearest pairs first."""
    free = [one for one in draft.dates if draft.is_free(one.start, one.end) and not one.is_day]
    spoken = [(one.day.year, one.start, one.end) for one in (*free, *days_within(draft))]
    pairs = sorted(
        (gap(draft.text, one, start, end), place, number)
        for place, one in enumerate(asked)
        for number, (_, start, end) in enumerate(spoken)
        if not any(
            other is not one and min(one.start, start) < other.start < max(one.end, end)
            for other in asked
        )
    )
    found: dict[int, tuple[int, int, int]] = {}
    taken: set[int] = set()
    for distance, place, number in pairs:
        if distance <= FARTHEST_YEAR and place not in found and number not in taken:
            found[place] = spoken[number]
            taken.add(number)
    return found


def gap(text: str, one: Quantity, start: int, end: int) -> int:
    """Characters between; more for a year that stands before the power, or in another clause."""
    is_ahead = start >= one.end
    between = text[one.end : start] if is_ahead else text[end : one.start]
    joints = len(JOINT.findall(between))
    return len(between) + 20 * joints + 40 * between.count(". ") + (0 if is_ahead else 10)


def voltage(draft: Draft) -> None:
    """`132 kV` is at least that; `130 or 220 kV` is any of them, and so is a range."""
    asked = [
        one
        for one in draft.quantities
        if one.unit.dimension == "voltage" and draft.is_free(one.start, one.end)
    ]
    groups: list[list[Quantity]] = []
    for one in asked:
        if groups and OR.fullmatch(draft.text[groups[-1][-1].end : one.start]):
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        ask_voltage(draft, group)


def ask_voltage(draft: Draft, group: list[Quantity]) -> None:
    first = group[0]
    start = first.start
    levels = {level for one in group for level in (one.low, one.high)}
    earlier = EARLIER.search(draft.text, max(0, start - 30), start)
    if earlier:
        levels |= {float(number) for number in re.findall(r"\d{2,3}", earlier[0])}
        start = earlier.start()
    span = (start, group[-1].end)
    classes = [class_kv(first, level) for level in sorted(levels)]
    if any(one is None for one in classes):
        draft.leave(span, leftovers.NOT_SURE, "connection_voltage_kv")
    elif len(classes) > 1:
        draft.add("connection_voltage_kv", "any_of", tuple(map(str, classes)), span)
    else:
        op = "max" if first.limit == "high" else "min"
        draft.add("connection_voltage_kv", op, classes[0], span)


def class_kv(one: Quantity, level: float) -> int | None:
    kilovolts = level * one.unit.factor / 1_000
    found = CLASSES_KV.get(kilovolts, kilovolts)
    return int(found) if found in VOLTAGES_KV else None
