"""How clients grade what they ask for, as a heading, a mark or a column: `Required`, `Bör-krav`, `(M)`.

Words inside a sentence are read by `importance`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalogue.requests.leftovers import mentioned

MUST = (
    r"must(?:[- ]haves?)?|mandatory|(?:strictly |absolutely )?required|essential|critical|compulsory|"
    r"obligatory|non-?negotiable|knock-?out|(?:absolut |hårt )?krav|skall?(?:[- ]?krav)?|grundkrav|"
    r"obligatoriskt?|obligatoriska|tvingande|nödvändigt?|måste|absolut"
)
SHOULD = (
    r"should(?:[- ]haves?)?|could(?:[- ]haves?)?|nice[- ]to[- ]haves?|desired|desirables?|preferred|"
    r"preferabl[ey]|preferences?|optional|(?:a )?wish(?:es)?|useful|helpful|bonus|(?:a |big )?plus|if possible|"
    r"bör(?:[- ]?krav)?|önskemål|önskvärda?|önskvärt|önskas|önskningar|meriterande|gärna|helst|"
    r"(?:bra|kul|fint|trevligt) (?:att ha|om)|om möjligt|(?:en )?fördel"
)
INITIALS = {"m": True, "s": False}
MUST_HEADING = re.compile(
    rf"\b(?:{MUST}|ska uppfyllas|minimum requirements?|key requirements?|requirements?)\b",
    re.IGNORECASE,
)
SHOULD_HEADING = re.compile(
    rf"\b(?:{SHOULD}|scored|wish ?list|(?:extra|plus|bonus) points?|advantages|wants|secondary|pluspoäng|mervärden?|fördelar|would like)\b",
    re.IGNORECASE,
)
MUST_VERB = re.compile(r"\b(?:requires?|needs|kräver|behöver)$", re.IGNORECASE)
SHOULD_VERB = re.compile(
    r"\b(?:would (?:like|prefer|welcome)|prefers?|ser gärna|önskar|föredrar)$", re.IGNORECASE
)
"""`The client would prefer`: verbs that end a heading."""
GRADED_END = re.compile(
    r"\b(?:required|preferred|desirable|desired|optional|essential|mandatory|critical|krävs|önskas|"
    r"önskvärt|meriterande|obligatoriskt|a plus|bonus|if possible|om möjligt|gärna|helst|krav)$",
    re.IGNORECASE,
)
MARK = re.compile(
    rf"[\[(](?:(?P<must>m|{MUST})|(?P<should>s|{SHOULD}))[\])]"
    rf"|^(?:(?P<must1>{MUST})|(?P<should1>{SHOULD})) ?: (?=\S)"
    rf"| [–—-] (?:(?P<must2>{MUST})|(?P<should2>{SHOULD}))[.!]?$",
    re.IGNORECASE,
)
"""In brackets, before a colon that opens the line, or behind a dash that ends it."""
RANK = re.compile(
    r"\b(?:prio(?:rity|ritet)?|tier|nivå|level|klass|class) ?(?P<rank>[1-4])\b", re.IGNORECASE
)
"""`Prio 1`, `Tier 2`: the first is what must be, the others what is liked."""
STAR = re.compile(
    rf"\b(?P<otherwise>(?:{MUST})\b[^.\n*]{{0,30}}\b(?:unless|except|besides|utom|förutom|om inte|om ej)\b[^.\n*]{{0,30}}\*)"
    rf"|\*\)? ?(?:=|:|–|-|means?|marks?|betyder|är) ?(?:(?P<must>{MUST})|(?P<should>{SHOULD}))\b"
    rf"|(?:marked|markera\w+|märkt\w*) (?:with |med )?(?:an? )?\*[^.\n]{{0,20}}?\b(?:(?P<must1>{MUST})|(?P<should1>{SHOULD}))\b",
    re.IGNORECASE,
)
LETTER = re.compile(
    rf"(?<!\w)(?P<letter>[A-ZÖ]) ?(?:=|:) ?(?:(?P<must>{MUST})|(?P<should>{SHOULD}))(?!\w)",
    re.IGNORECASE,
)
GRADE = re.compile(rf"(?:(?P<must>{MUST})|(?P<should>{SHOULD}))", re.IGNORECASE)


def heading_grade(heading: str) -> bool | None:
    """True for a must, False for what would merely be liked, None where a heading says neither."""
    ranked = RANK.search(heading)
    if ranked and not MUST_HEADING.search(heading) and not SHOULD_HEADING.search(heading):
        return ranked["rank"] == "1"
    if SHOULD_HEADING.search(heading) or SHOULD_VERB.search(heading):
        return False
    return True if MUST_HEADING.search(heading) or MUST_VERB.search(heading) else None


def is_graded_title(line: str) -> bool:
    """Whether a line without a colon is a heading that grades: `Must have`, not `Rail siding required`."""
    is_graded = MUST_HEADING.search(line) or SHOULD_HEADING.search(line)
    return is_graded is not None and not (GRADED_END.search(line) and mentioned(line, 0, len(line)))


def mark_in(line: str) -> bool | None:
    """What a line says of itself: `… (required)`, `Bonus: …`, `… – önskemål`."""
    hit = MARK.search(line)
    return None if hit is None else any(hit[name] for name in ("must", "must1", "must2"))


def grade(words: str) -> bool | None:
    """Of words that are nothing but a grade, as a cell or a sentence of their own: `Krav.`"""
    bare = words.strip(" .:!()[]")
    if bare.casefold() in INITIALS:
        return INITIALS[bare.casefold()]
    hit = GRADE.fullmatch(bare)
    return None if hit is None else hit["must"] is not None


@dataclass(frozen=True)
class Legend:
    """What signs beside a line mean, where the text explains them."""

    star: bool | None
    letters: Mapping[str, bool]
    """Before the number of a line: `S1`, `B2`."""

    def grade_of(self, line: str, number: str, otherwise: bool | None) -> bool | None:
        if self.star is not None and line.rstrip(" .").endswith("*"):
            return self.star
        is_lettered = re.match(r"[A-ZÖ]\d", number) is not None
        return self.letters.get(number[0], otherwise) if is_lettered else otherwise


def legend_of(text: str) -> Legend:
    """`all mandatory unless marked *`, `S = skall, B = bör`."""
    star = STAR.search(text)
    letters = {hit["letter"].upper(): bool(hit["must"]) for hit in LETTER.finditer(text)}
    return Legend(None if star is None else bool(star["must"] or star["must1"]), letters)
