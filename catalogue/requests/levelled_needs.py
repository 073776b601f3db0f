"""Needs whose level is said beside their name: `geotechnics, at least a field study`, `EIA ready`.

The name and the level may stand in either order and in two columns of a table. Of levels joined by
“or” the lowest will do; otherwise all that are said must hold, which is the highest.
"""

import re
from dataclasses import dataclass

from catalogue.requests.denials import DENIAL_AFTER
from catalogue.requests.drafts import Draft, Span
from catalogue.requests.importance import clause
from catalogue.requests.vocabulary import words

FARTHEST = 60
"""So many characters may stand between a name and its level."""
COUNTED_FROM = re.compile(r"\b(?:from|after|of|från|efter) (?:the |an? )?$", re.IGNORECASE)
OR = re.compile(r"\b(?:or|eller)\b|/", re.IGNORECASE)


@dataclass(frozen=True)
class Levelled:
    """A field with ordered codes; an empty name is a field whose levels need no name beside them."""

    key: str
    name: re.Pattern[str] | None
    levels: tuple[tuple[str, re.Pattern[str]], ...]
    """The lowest first."""


def levelled(key: str, name: str, **levels: str) -> Levelled:
    pairs = tuple((code, words(pattern)) for code, pattern in levels.items())
    return Levelled(key, words(name) if name else None, pairs)


LEVELLED: tuple[Levelled, ...] = (
    levelled(
        "water_permit",
        r"water\b[^.;\d]{0,40}\bpermit\w*|vatten\w*\b[^.;\d]{0,40}\b(?:tillstånd\w*|vattendom\w*)",
        investigated=r"investigated|utredd?|utrett",
        applied=r"applied(?: for)?|application(?: filed| submitted)?|ansök\w*|sökt",
        granted=r"granted|in place|approved|bevilja\w*|finns|på plats",
    ),
    levelled(
        "env_permit",
        r"EIA|MKB|environmental permit\w*(?: status)?|permitting|miljötillstånd\w*|miljöprövning\w*"
        r"|tillstånd|samråd\w*(?= (?:ska|skall|bör|måste|är|enligt miljöbalken))",
        consultation_done=r"(?:consultation|samråd\w*)(?: \w+){0,3} (?:done|completed|held|"
        r"genomför\w+|klart|hållit\w*)",
        eia_ready=r"(?:EIA|MKB\w*)(?: \w+){0,3} (?:ready|prepared|completed?|done|klar\w*|färdig\w*|"
        r"framtag\w+|upprätta\w+)",
        applied=r"appl(?:ied|ication)(?: for| filed| submitted)*|ansök\w+(?: inlämnad)?|ansökt",
        granted=r"(?:permit )?granted|approved|bevilja\w+",
    ),
    levelled(
        "geotech",
        r"geo-?tech\w*(?: \w+)?|(?:ground|soil|site) (?:investigations?|surveys?)|markundersökning\w*|geotekn\w*(?: \w+)?",
        desk=r"desk(?:[- ]?top)?(?: stud(?:y|ies)| level)?|skrivbord\w*",
        field=r"field(?: stud(?:y|ies)| work| survey\w*| investigation\w*)?|(?:i )?fält\w*|boreholes?",
        full=r"full|complete|comprehensive|fullständig\w*|komplett\w*",
    ),
    levelled(
        "capacity_application",
        r"(?:with|from|by|hos|av|med) (?:the )?(?:local |regional )?(?:grid (?:owner|operator|company)|"
        r"utility|DSO|nätägaren?)|(?:grid )?capacity|(?:nät)?kapacitet\w*|nätansökan|(?:grid )?connection agreement|anslutningsavtal\w*|(?:grid |nät)(?:connection|anslutning\w*)",
        applied=r"application(?: filed)?|applied(?: for)?|ansök\w+|ansökt",
        reserved=r"reserv\w+",
        contract=r"contract\w*|(?:signed )?agreement|avtal\w*",
    ),
    levelled(
        "earthworks",
        "",
        cleared=r"cleared(?: land| site| of trees)?|(?:no|without|free of|ingen|utan|fri från) (?:remaining |standing |kvarvarande )?(?:forest|trees|skog)|avverkad\w*|röjd\w*",
        rough_graded=r"rough[- ]?graded|grovplanera\w+",
        pad_ready=r"pad[- ]ready|(?:klar|färdig) att bygga på",
    ),
)


def levels(draft: Draft) -> None:
    """Every name that has a level beside it; one without is left to what reads it otherwise."""
    for one in LEVELLED:
        found = beside(draft, one)
        if not found:
            continue
        first, last = min(span[0] for _, span in found), max(span[1] for _, span in found)
        order = [code for code, _ in one.levels]
        codes = sorted({code for code, _ in found}, key=order.index)
        code = codes[0] if OR.search(draft.text, first, last) else codes[-1]
        draft.add(one.key, "min", code, *(span for _, span in found))


def beside(draft: Draft, one: Levelled) -> list[tuple[str, Span]]:
    """The levels said within reach of the field's name, and where name and level stand."""
    names = [hit.span() for hit in one.name.finditer(draft.text)] if one.name else [(0, 0)]
    found: list[tuple[str, Span]] = []
    for start, end in names:
        if one.name is not None and not draft.is_free(start, end):
            continue
        for code, pattern in one.levels:
            for hit in pattern.finditer(draft.text):
                is_near = one.name is None or is_in_reach(draft.text, (start, end), hit.span())
                if is_near and draft.is_free(*hit.span()) and not is_refused(draft, hit):
                    found.append((code, hit.span()))
        if found and one.name is not None:
            draft.take((start, end))
            break
    return found


def is_refused(draft: Draft, hit: re.Match[str]) -> bool:
    """`none`, or a moment that time is counted from: `18 months from application`."""
    counted = COUNTED_FROM.search(draft.text, max(0, hit.start() - 12), hit.start())
    return counted is not None or DENIAL_AFTER.match(draft.text, hit.end()) is not None


def is_in_reach(text: str, name: Span, level: Span) -> bool:
    """In one clause, or no farther than a few words and at most one comma away."""
    start, end = min(name[1], level[1]), max(name[0], level[0])
    if end <= start:
        return True
    between = text[start:end]
    return (
        len(between) <= FARTHEST
        and not re.search(r"[.?!;] ", between)
        and (between.count(",") <= 1 or clause(text, name[0]) == clause(text, level[0]))
    )
