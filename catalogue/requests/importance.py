"""Whether a sentence's words make a requirement a must or something the client would merely like."""

import re
from collections.abc import Iterator

from catalogue.requests.vocabulary import words

SHOULD_BEFORE = words(
    r"preferabl[ey]|ideally|prefer(?:red|s)?|föredrar?|would prefer|(?:we'd|we would|would) like|should|if possible|"
    r"optional(?:ly)?|nice to have|would ideally|would rather|rather|ought to|hellre|helst|gärna|med fördel|önskvärt att|inget krav(?: att| på)?|not a requirement (?:that|for)|sooner|(?:they|we)(?: would|['’]d) (?:like|love)|önskas|önskar|bör|om möjligt|allra helst|"
    r"i första hand|ser gärna|plus i kanten|as would|"
    r"(?:(?:it |that )?would|it['’]d|that['’]d) be (?:nice|good|great|helpful|ideal|useful|an advantage|a plus)(?: if| to)?|"
    r"(?:det )?vore (?:bra|toppen|trevligt|fint|önskvärt|en fördel)(?: om| att)?|"
    r"we(?: would|['’]d) (?:be )?(?:pleased|grateful|happy|welcome|appreciate)(?: if)?|gärna med|uppskattas om"
)
SHOULD_AFTER = words(
    r"(?:an? )(?:strong |big |clear |definite )*(?:plus|advantages?|bonus)|(?:plus|advantages?|bonus)(?=[ .)]*$)|"
    r"would (?:certainly |really |also )?help|(?:is )?what (?:they|we)['’]d love|"
    r"(?:isn['’]t|aren['’]t|not) (?:really )?an? (?:absolute )?(?:must|condition|deal-?breaker|requirement)|"
    r"would (?:speed|ease|simplify|make)\b|inget (?:absolut )?krav|inte (?:ett )?krav|"
    r"helps|appreciated|if (?:at all )?possible|if available|pref|"
    r"om (?:det är |så är )?möjligt|önskas|gärna|helst|uppskattas(?= om)|optimum|optimal\w*|desirable|desired|preferred|"
    r"preferable|(?:is |are )?welcome|(?:would be )?ideal|beneficial|would (?:suit|be)(?: us)?(?: ideal| great| good)?|nice to have|optional|of interest|"
    r"(?:en |ett )?(?:klar |stor )?(?:fördel|merit)|ett (?:stort )?plus|plus i kanten|föredras?|välkommet|meriterande|önskvär\w+|önskemål|positivt?|"
    r"vore (?:bra|toppen|trevligt|fint)|toppen"
)
SHOULD_MODAL = words(r"should|ought to|bör|borde|would ideally")
MUST_MODAL = words(r"must|shall|has to|have to|needs? to|ska|skall|måste|får inte")
MUST_BEFORE = words(
    r"must|shall|needs?|require[sd]?|requirement|has to|have to|essential|mandatory|critical|"
    r"ska|skall|måste|krävs|kräver|krav|behöver|behövs|behov\w*|får|nödvändig\w*"
)
MUST_AFTER = words(
    r"(?:is |are )?(?:an? )?(?:absolute )?(?:must|required|essential|mandatory|requirement)|krävs|"
    r"(?:är )?(?:ett )?(?:krav|måste|nödvändig\w*)"
)
CLAUSE = re.compile(
    r"[,;](?= )| (?:but|men|varav|of which|whereas|medan) | [–—|] "
    r"| (?:och|and) (?=(?:får |kan |should |bör )?(?:gärna|helst|preferably|ideally)\b)"
    r"| (?=(?:som|which|that) (?:med fördel|gärna|helst|bör|should|preferably|ideally)\b)"
)
IF_CLAUSE = re.compile(r"^, (?:if|om) [^,;.]{3,40}(?=, )", re.IGNORECASE)
ADJECTIVE = words(r"önskad\w*|desired")
ADJECTIVE_REACH = 30
"""`Desired voltage: 130 kV` says so of what stands next to it."""
AND_ON = re.compile(r" ?(?:and|och|samt|as well as) ", re.IGNORECASE)
"""A clause that goes on with what the one before it began."""
AMOUNT_ALONE = re.compile(
    r"(?:(?:about|around|some|roughly|approx\.?|ca\.?|cirka|omkring|ungefär|runt) )?\d[\d.,–  -]*\S{1,8}",
    re.IGNORECASE,
)
LONGEST_ENTRY = 4
"""Words."""
OPENING = 25
"""A word this early in its sentence rules all of it: “Preferably in SE2, near a railway”."""


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence, from where to where each runs."""
    start = 0
    for hit in CLAUSE.finditer(text):
        yield start, hit.start()
        start = hit.end()
    yield start, len(text)


def clause(text: str, place: int) -> tuple[int, int]:
    """The clause around a place; what parts two clauses belongs to the first."""
    return next((start, end) for start, end in clauses(text) if place <= end or end == len(text))


def with_apposition(text: str, start: int, end: int) -> int:
    """“The waste heat, some 18 MW, we would like to sell”: a bare amount goes on behind its comma."""
    is_bare = AMOUNT_ALONE.fullmatch(text[start:end].strip()) is not None
    is_between = text[:start].endswith(",")
    return clause(text, end + 2)[1] if is_bare and is_between and end + 2 < len(text) else end


def is_must(text: str, words: tuple[int, int], otherwise: bool | None) -> bool:
    """Of what some words of a sentence ask for; `otherwise` is what its heading says."""
    place = words[0]
    start, end = clause(text, place)
    end = with_apposition(text, start, end)
    if ADJECTIVE.search(text, max(start, place - ADJECTIVE_REACH), place):
        return False
    said = said_before(text, start, min(words[1], end))
    if SHOULD_AFTER.search(text, place, end) or is_only_liked(text[end:]):
        return False
    if said is not None:
        return said
    bracket = text.rfind("(", start, place)
    if bracket > text.rfind(")", start, place) and SHOULD_AFTER.search(text, start, bracket):
        return False
    after = said_after(text, min(words[1], end), end)
    if after is not None:
        return after
    if MUST_AFTER.search(text, place, end):
        return True
    if AND_ON.match(text, start) and start:
        earlier = clause(text, max(0, start - 3))
        carried = said_before(text, *earlier)
        if carried is not None:
            return carried
    opening = said_before(text, 0, min(OPENING, clause(text, 0)[1])) if start else None
    if opening is not None:
        return opening
    if otherwise is None:
        return not is_in_wished_list(text, start, end)
    return otherwise


def is_in_wished_list(text: str, start: int, end: int) -> bool:
    """`District heating, a siding and a school nearby are a plus`: said at the end of all of them."""
    own = text[start:end]
    last = clause(text, len(text))
    is_entry = len(own.split()) <= LONGEST_ENTRY and not re.search(r"\d", own)
    is_wished = SHOULD_AFTER.search(text, *last) is not None
    return is_entry and is_wished and not re.search(r"\d", text[slice(*last)])


def said_after(text: str, start: int, end: int) -> bool | None:
    """By the first verb behind the words: `an application should be filed`."""
    should = SHOULD_MODAL.search(text, start, end)
    must = MUST_MODAL.search(text, start, end)
    if should is None:
        return None if must is None else True
    return must is not None and must.start() < should.start()


def is_only_liked(rest: str) -> bool:
    """Whether the next clause says nothing but that: `40 hectares, desirable`, also behind an “if”."""
    said = IF_CLAUSE.sub("", rest).lstrip(" ,;–—|").rstrip(" .)")
    return SHOULD_AFTER.fullmatch(said) is not None or SHOULD_BEFORE.fullmatch(said) is not None


def said_before(text: str, start: int, end: int) -> bool | None:
    """By the last such word before the place, in its clause."""
    should = max((hit.end() for hit in SHOULD_BEFORE.finditer(text, start, end)), default=-1)
    must = max((hit.end() for hit in MUST_BEFORE.finditer(text, start, end)), default=-1)
    if should == must:
        return None
    return must > should
