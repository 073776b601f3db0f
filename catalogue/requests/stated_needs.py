"""Needs that are said in words or by a bare number: fibre routes, plan, sidings, what to avoid."""

import re
from itertools import chain, pairwise

from catalogue.fields import SITE
from catalogue.requests.denials import (
    AVOIDED,
    DENIAL,
    DENIAL_AFTER,
    DENIAL_REACH,
    NOT_NEEDED,
    PASSED_OVER,
)
from catalogue.requests.drafts import Draft, Span
from catalogue.requests.leftovers import NO_NEED, NOT_SURE
from catalogue.requests.measured_words import COOLING
from catalogue.requests.numbers import amount
from catalogue.requests.stated_words import (
    BIDDING_AREA,
    READINESS,
    ROUTES,
    SAME_FIELD,
    SIDING,
    SIDING_IN_USE,
    SIDING_TO_BUILD,
    SOIL_CONTEXT,
    SOILS,
    SOURCE_OF_PROCESS,
    SOURCES,
    STATED,
    Stated,
)
from geo.texts import Text

DISTANCE_AFTER = re.compile(
    r"(?: [\w-]+){0,2} (?:within|inom|closer than|närmare än|nearer than) (?:at least |minst )?\d",
    re.IGNORECASE,
)
DISTANCE_BEFORE = re.compile(
    r"\b(?:closer than|nearer than|within|närmare än|inom) \d[\d.,]* ?\w+ (?:to|of|from|till|från|av)(?: [\w-]+){0,2} $"
    r"|\d ?(?:km|m|mil|miles?) (?:away )?(?:from|från)(?: [\w-]+){0,2} $",
    re.IGNORECASE,
)
OR = re.compile(r"\b(?:or|eller)\b", re.IGNORECASE)


ALLOWED = re.compile(
    r" (?:is|are|would be|går|är|duger)(?: also| också)? (?:fine|ok(?:ay)?|acceptable|bra|okej|godtagbar\w*)",
    re.IGNORECASE,
)
"""What will do is not what is asked for."""
INSIDE_OTHERS = ("permitted_use",)
"""`a plan for use J that is in force`: read though the words around it have been."""
ONCE = ("readiness", "contamination", "redundancy")
"""Fields that one sentence asks of once: “free from contamination, or remediated”."""


def avoid(draft: Draft) -> None:
    """`no flood risk`, `outside of nature reserves`; without a denial nothing is made of them."""
    codes: dict[tuple[str, str], list[str]] = {}
    spans: dict[tuple[str, str], list[Span]] = {}
    for one in AVOIDED:
        for hit in one.pattern.finditer(draft.text):
            if not draft.is_free(*hit.span()) or not is_ruled_out(draft, *hit.span()):
                continue
            if is_at_a_distance(draft.text, *hit.span()):
                draft.leave(hit.span(), NOT_SURE, one.key)
            else:
                codes.setdefault((one.key, one.op), []).extend(one.codes)
                spans.setdefault((one.key, one.op), []).append(hit.span())
                draft.take(hit.span())
    for (key, op), found in codes.items():
        draft.add(key, op, tuple(dict.fromkeys(found)), *spans[key, op])


def is_ruled_out(draft: Draft, start: int, end: int) -> bool:
    """By a denial beside it, or by the list that it stands in."""
    is_excluded = draft.sentence.scope == "excluding"
    return is_excluded or is_denied(draft.text, start, end)


def is_at_a_distance(text: str, start: int, end: int) -> bool:
    """`no Natura 2000 within 1 km` asks for more than the catalogue knows."""
    return DISTANCE_AFTER.match(text, end) is not None or (
        DISTANCE_BEFORE.search(text, max(0, start - 40), start) is not None
    )


def is_denied(text: str, start: int, end: int) -> bool:
    if DENIAL.search(text, max(0, start - DENIAL_REACH), start):
        return True
    return DENIAL_AFTER.match(text, end) is not None


def count(draft: Draft) -> None:
    """`two independent fibre routes`, `readiness level 3`."""
    for hit in ROUTES.finditer(draft.text):
        if draft.is_free(*hit.span()):
            routes = int(amount(next(filter(None, hit.groups()))))
            draft.add("independent_routes", "min", routes, hit.span())
    for hit in READINESS.finditer(draft.text):
        if draft.is_free(*hit.span()):
            draft.add("readiness", "min", int(hit["level"]), hit.span())


def bidding_areas(draft: Draft) -> None:
    """`SE2 or SE3`; those that are denied leave the others."""
    hits = [hit for hit in BIDDING_AREA.finditer(draft.text) if draft.is_free(*hit.span())]
    if not hits:
        return
    named = tuple(dict.fromkeys(f"SE{hit[1]}" for hit in hits))
    spans = [hit.span() for hit in hits]
    if is_denied(draft.text, *spans[0]):
        named = tuple(area for area in ("SE1", "SE2", "SE3", "SE4") if area not in named)
    if len(hits) > 1:
        # “SE3 preferred but SE2 OK” rules out the others all the same.
        is_must = draft.sentence.is_must is not False
        draft.add("bidding_area", "any_of", named, *spans, must=is_must)
    else:
        draft.add("bidding_area", "any_of", named, *spans)


def sidings(draft: Draft) -> None:
    """A siding that is there; one that could be built counts where the client says so."""
    for hit in SIDING.finditer(draft.text):
        if not draft.is_free(*hit.span()):
            continue
        if NOT_NEEDED.search(draft.text, max(0, hit.start() - 60), hit.start()) or (
            DENIAL_AFTER.match(draft.text, hit.end())
        ):
            draft.leave(hit.span(), NO_NEED, "rail_siding")
            continue
        start, end = max(0, hit.start() - 40), hit.end() + 50
        codes: tuple[str, ...] = ("active", "disused")
        if SIDING_TO_BUILD.search(draft.text, start, end):
            codes = ("active", "disused", "feasible")
        elif SIDING_IN_USE.search(draft.text, start, end):
            codes = ("active",)
        draft.add("rail_siding", "any_of", codes, hit.span())


def state(draft: Draft) -> None:
    """Everything in the table of stated needs, the first of them that matches some words."""
    together: dict[str, tuple[list[tuple[str, ...]], list[Span]]] = {}
    has_power = any(one.unit.dimension == "power" for one in draft.quantities)
    for one in STATED:
        if one.key == "power_type" and has_power:
            continue
        if one.key in ONCE and any(found.requirement.key == one.key for found in draft.found):
            continue
        for hit in one.pattern.finditer(draft.text):
            if not draft.is_free(*hit.span()) and one.key not in INSIDE_OTHERS:
                continue
            reason = why_unasked(draft, one, *hit.span())
            if reason is not None:
                draft.leave(hit.span(), reason, one.key)
            elif PASSED_OVER.search(draft.text, max(0, hit.start() - 45), hit.start()):
                draft.take(hit.span())
            elif one.key in SAME_FIELD and isinstance(one.value, tuple):
                codes, spans = together.setdefault(one.key, ([], []))
                codes.append(one.value)
                spans.append(hit.span())
                draft.take(hit.span())
            else:
                draft.add(one.key, one.op, one.value, hit.span())
    for key, every in together.items():
        codes, spans = answer_only(draft, *every)
        draft.add(key, "any_of", tuple(dict.fromkeys(chain.from_iterable(codes))), *spans)
    keep_lowest(draft)


FEWEST_CHOICES = 2


def answer_only(
    draft: Draft, codes: list[tuple[str, ...]], spans: list[Span]
) -> tuple[list[tuple[str, ...]], list[Span]]:
    """`Freehold or lease: lease` asks for what stands behind the colon."""
    colon = draft.text.find(": ")
    behind = [place for place, span in enumerate(spans) if span[0] > colon]
    if len(spans) - len(behind) < FEWEST_CHOICES or not behind:
        return codes, spans
    return [codes[place] for place in behind], [spans[place] for place in behind]


def why_unasked(draft: Draft, one: Stated, start: int, end: int) -> Text | None:
    """Why words that name a need ask for nothing: they are denied, allowed or not needed."""
    if DENIAL_AFTER.match(draft.text, end) or draft.sentence.scope == "excluding":
        return NOT_SURE
    if NOT_NEEDED.search(draft.text, max(0, start - 60), start):
        return NO_NEED
    return NOT_SURE if one.key == "site_type" and ALLOWED.match(draft.text, end) else None


def keep_lowest(draft: Draft) -> None:
    """“In force, or at least in review”: of steps joined by “or” the lower will do."""
    steps = sorted(
        (one for one in draft.found if one.requirement.key == "detaljplan_status"),
        key=lambda one: one.place,
    )
    order = SITE["detaljplan_status"].code_order
    for one, other in pairwise(steps):
        if OR.search(draft.text, one.end, max(one.end, other.end)):
            higher = max(one, other, key=lambda each: order.index(str(each.requirement.value)))
            draft.found.remove(higher)


def sources(draft: Draft) -> None:
    """Where process or cooling water comes from: `from a river or lake`, `kyls med havsvatten`."""
    around = f"{draft.sentence.heading} | {draft.text}"
    if COOLING.search(around):
        key = "cooling_water_source"
    elif SOURCE_OF_PROCESS.search(around):
        key = "process_water_source"
    else:
        return
    hits = named(draft, SOURCES)
    if hits:
        draft.add(
            key, "any_of", tuple(code for code, _ in hits), *(span for _, span in hits), takes=False
        )


def soils(draft: Draft) -> None:
    if not SOIL_CONTEXT.search(draft.text):
        return
    every = named(draft, SOILS)
    hits = [one for one in every if not is_denied(draft.text, *one[1])]
    if every and not hits:
        denied = {code for code, _ in every}
        others = tuple(code for code in SITE["soil"].code_order if code not in denied)
        draft.add("soil", "any_of", others, *(span for _, span in every))
    elif hits:
        draft.add("soil", "any_of", tuple(code for code, _ in hits), *(span for _, span in hits))


def named(draft: Draft, table: dict[str, re.Pattern[str]]) -> list[tuple[str, Span]]:
    """The codes whose words stand in the sentence, in its order, each once."""
    hits = [
        (code, hit.span())
        for code, pattern in table.items()
        if (hit := pattern.search(draft.text)) and draft.is_free(*hit.span())
    ]
    return sorted(hits, key=lambda one: one[1])
