"""Needs that are a day: the plan in force, the start of construction, full power."""

import re

from catalogue.requests.deadlines import Deadline, last_day
from catalogue.requests.drafts import Draft, Span
from catalogue.requests.units import MONTH
from catalogue.requests.vocabulary import words

A_PLAN = r"(?:(?:detailed |zoning |local |development )*plans?|zoning|detaljplan\w*|planen|plan)"
IN_FORCE = words(
    rf"{A_PLAN}[\w(),.:| -]{{0,50}}?(?P<force>(?:be |is |legally )?in (?:legal )?force|legally (?:binding|valid)|adopted|approved|"
    r"laga ?kraft\w*|antagen|i kraft|klar(?! \(laga)|färdig|complete[d]?|in place|på plats)"
    r"|zoning [\w ]{0,20}?(?:in place|completed?)|laga ?kraft\w*|lagakraftvun\w+"
)
START = words(
    r"construction start\w*|start\w* (?:of )?construction|start\w* building|break ground|"
    r"construction (?:\w+ ){1,5}?(?:start\w*|begin)|ready for (?:construction|building)|(?:ready|able) to (?:build|start construction)|build[- ]ready(?= within)|"
    r"ground-?breaking|byggstart\w*|spadtag\w*|byggklar\w*(?= inom)|börja bygga|start\w* bygg\w*|bygget (?:ska )?(?:börja|starta)\w*"
)
FULL_POWER = words(r"(?:earliest |tidigaste? )?full(?:a|t)? (?:power|effekt\w*)")
DATED = (
    ("detaljplan_in_force_expected", IN_FORCE),
    ("earliest_construction_start", START),
    ("earliest_full_power", FULL_POWER),
)
WITHIN = re.compile(r"\b(?:within|in|inom|om) $", re.IGNORECASE)
FROM_APPLICATION = re.compile(
    r" (?:from|after|of|från|efter) (?:the )?(?:application|order|ansökan|beställning)",
    re.IGNORECASE,
)
"""How long a connection takes, and no day."""
FARTHEST = 45
"""So many characters may stand between the words and their day."""


def date_needs(draft: Draft) -> None:
    """A plan that is already in force is in force by any day: the condition knows that."""
    for key, pattern in DATED:
        for hit in pattern.finditer(draft.text):
            if not draft.is_free(*hit.span()):
                continue
            day = nearest(draft, *hit.span())
            if day is None:
                continue
            value = day.day.year if key == "earliest_full_power" else day.day
            draft.add(key, "max", value, *told(hit), (day.start, day.end))


def told(hit: re.Match[str]) -> list[Span]:
    """The words alone: what stands between a plan and its being in force may tell of something else."""
    if hit.re is not IN_FORCE or not hit["force"]:
        return [hit.span()]
    return [(hit.start(), hit.start() + len(hit[0].split(" ", 1)[0])), hit.span("force")]


def nearest(draft: Draft, start: int, end: int) -> Deadline | None:
    """The day after the words, or else before them, with no full stop or amount between."""
    spoken = [one for one in draft.dates if draft.is_free(one.start, one.end)]
    free = sorted((*spoken, *days_within(draft)), key=lambda one: one.start)
    after = [one for one in free if 0 <= one.start - end <= FARTHEST]
    before = [one for one in free if 0 <= start - one.end <= FARTHEST]
    ahead = [one for one in after if "MW" not in draft.text[end : one.start]]
    behind = [one for one in before if "MW" not in draft.text[one.end : start]]
    return next(iter(ahead or behind[::-1]), None)


def days_within(draft: Draft) -> list[Deadline]:
    """`within 24 months` as the day it comes to, where nothing else has taken the words."""
    found = []
    for one in draft.quantities:
        is_long = one.unit.dimension == "duration" and one.unit.factor >= MONTH
        is_lead = FROM_APPLICATION.match(draft.text, one.end) is not None
        if is_long and not is_lead and draft.is_free(one.start, one.end) and WITHIN.search(
            draft.text, max(0, one.start - 8), one.start
        ):  # fmt: skip
            months = round(one.high * one.unit.factor / MONTH)
            later = draft.today.year * 12 + draft.today.month - 1 + months
            last = last_day(later // 12, later % 12 + 1)
            day = last.replace(day=min(draft.today.day, last.day))
            found.append(Deadline(one.start, one.end, day, is_day=False))
    return found
