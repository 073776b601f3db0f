"""What a sentence says that no rule has read: barred before the reading, told after it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from catalogue.requests import leftovers
from catalogue.requests.deadlines import Deadline
from catalogue.requests.drafts import Draft, Left, Span
from catalogue.requests.importance import clause, clauses
from catalogue.requests.leftovers import MENTIONS, OF_LAND_READ, mentioned
from catalogue.requests.needs import POWER_KEY
from catalogue.requests.numbers import IN_WORDS, NUMBER, NUMBER_OR_WORDS
from catalogue.requests.quantities import quantities
from catalogue.requests.vocabulary import words
from geo.texts import Text

CONTACTS = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}|(?:https?://|www\.)\S{1,200}"
    r"|(?<!\w)(?:\+\d{2}|0\d{1,3}[- ])[\d ()-]{5,18}\d|\b24/7\b"
    r"|\b[012]?\d:[0-5]\d\b|\b\d{4}/\d{3,6}\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b(?! ?kV)"
)
"""Addresses, telephone numbers, file numbers and hours of the day: no amounts of anything."""
CONDITIONAL = re.compile(
    r"\bif (?!possible|needed|any|applicable|available|planned|not\b|you (?:can|could|have)\b)|\bprovided that\b|\bunless\b|\bförutsatt att\b"
    r"|\bom (?:det|den|de|vi|ni(?! kan\b)|avstånd\w*|effekt\w*|mark\w*|plats\w*|inte|man)\b",
    re.IGNORECASE,
)
POLITE_IF = re.compile(
    r"(?:(?:would|['’]d) (?:be|welcome|appreciate)|vore|skulle vara)(?: [\w]+){0,4} $",
    re.IGNORECASE,
)
"""`It would be nice if`: a wish and no condition."""
ALTERNATIVE = re.compile(
    r"\b(?:would|could|can|may) (?:also|alternatively) (?:consider|accept)"
    r"|\b(?:could|would|may|might) also be (?:of interest|considered|an option)"
    r"|\bkan (?:också|även) (?:tänka|överväga|vara (?:intressant|aktuell|av intresse))",
    re.IGNORECASE,
)
ABOUT_CLIENT = words(
    r"operates?|operating|employs?|employees|founded|turnover|revenues?|(?:has|have) (?:already |previously )?built|"
    r"headquarter\w*|grundade?s?|omsätter|omsättning\w*|sysselsätter|anställda|"
    r"har (?:hittills |tidigare |redan )?byggt|driver|medarbetare|payroll|headcount|staff|"
    r"(?:our|their|vår|våra|deras|kundens|bolagets) (?:\w+ )?(?:plants?|mills?|factor(?:y|ies)|sites?|facilit(?:y|ies)|"
    r"data ?cent(?:re|er)s?|fabrik\w*|anläggning\w*|verk|bruk|datahall\w*) (?:in|i|outside|utanför|near|vid) \w+(?: \w+)? "
    r"(?:har|hade|has|had|uses?|använder|draws?|occup\w+|ligger|covers?|förbrukar|consumes?|employs?)|"
    r"(?:in operation|up and running) (?:today|now|already)|i drift (?:i dag|idag|nu|redan)|(?:our|vår|våra) (?:existing|current|other|befintliga?|nuvarande|andra?)"
)
ASKS = words(
    r"needs?|require[sd]?|looking for|seeks?|search\w*|söker|behöver|letar\w*|vill ha|wants?"
)
INTRODUCTION = words(
    r"we are|vi är|our client is|ska (?:starta|bygga|etablera)|plans? to|intends? to"
)
CHOICE = re.compile(r" (?:eller|or) (?:(?:en|ett|an?|the|på|in|i) )?", re.IGNORECASE)
DENIED_TOGETHER = frozenset(("flood_risk", "contamination", "protected_overlap", "env_instance"))
NEEDS_SOMETHING = words(
    r"must|is required|are required|essential|acceptable|desirable|advantage|a plus|has to|"
    r"ska|skall|måste|krävs|behöver|positivt|meriterande|vore (?:bra|toppen)|önskvär\w+|toppen|"
    r"move[- ]in|occupancy|commissioning|start of production|inflyttning\w*|driftstart|produktionsstart"
)
POLITE = words(
    r"please|let us know|thank\w*|look(?:ing)? forward|could you|can you|do you|call|återkom\w*|svar\w*|"
    r"hör av|tack\w*|kan du|kan ni|skicka\w*"
)
NOT_AMOUNTS = re.compile(
    r"\b(?:phase|fas|steg|etapp|stage|step|ISO|no\.?|nr\.?|page|sida|version|tier|option|alternativ|"
    r"question|fråga|rv|väg|annex|bilaga|section|avsnitt|kl\.?|street|road|box) ?$",
    re.IGNORECASE,
)
YEARS = re.compile(r"(?:19|20)\d\d$")
NUMBERS = re.compile(NUMBER, re.IGNORECASE)
ACCESS = re.compile(
    r"\b(?:(?:access|proximity|tillgång|närhet(?:en)?) (?:to|till) (?P<what>[^,.;:|()]{3,60})"
    r"|(?P<vague>half a year|a few months|some months|ett halvår|några månader)\b"
    rf"|(?:ideally|preferably|maybe|perhaps|helst|gärna|kanske) (?P<wish>{IN_WORDS})\b(?! (?:be|att|med|ha|en|ett|a|an|the|\w+ (?:site|plot)))"
    r"|(?P<same>lika (?:mycket|stor\w*)|samma (?:mängd|volym|storlek)|(?:of )?the same(?: amount| volume| size| quantity)?|as much|doubl(?:e|ed|ing)|twice|fördubbl\w+|dubbelt så \w+)\b"
    rf"|(?P<carriers>{NUMBER_OR_WORDS} fib(?:re |er ?)(?:providers|operators|leverantörer|operatörer)))",
    re.IGNORECASE,
)
REPEATED = re.compile(
    r" ?[(/=≈~\[] ?(?:(?:ca\.?|circa|approx\.?|approximately|about|roughly|c\.|~|≈|=|i\.e\.|dvs|"
    r"equals?|equivalent to|motsvarande|ungefär) ?)?",
    re.IGNORECASE,
)
REPEATED_WITHIN = 0.06
"""Rounding, as clients round between acres and hectares."""
RIGHT_AFTER = 14
MOST_NUMBERS = 20
"""Of one sentence; pairing numbers with words takes time that grows with the square of them."""


def too_crowded(draft: Draft) -> bool:
    """Whether a sentence holds more numbers than a person would write in one: told whole."""
    if len(NUMBERS.findall(draft.text)) <= MOST_NUMBERS:
        return False
    draft.leave((0, len(draft.text)), leftovers.NOT_SURE)
    return True


def grows_without_years(draft: Draft) -> bool:
    """A row that gives a need for several years, of a need that the catalogue has no years for."""
    dimensions = {one.unit.dimension for one in quantities(draft.text)}
    if not draft.sentence.is_series or "power" in dimensions:
        return False
    draft.leave((0, len(draft.text)), leftovers.YEAR_OF_POWER_ONLY)
    return True


def bar(draft: Draft) -> None:
    """Keeps the readers from what is no requirement by itself; a number in it is told."""
    draft.take(*(hit.span() for hit in CONTACTS.finditer(draft.text)))
    for hit in CONDITIONAL.finditer(draft.text):
        if POLITE_IF.search(draft.text, max(0, hit.start() - 40), hit.start()):
            continue
        bar_part(draft, (clause(draft.text, hit.start())[0], end_of(draft.text, hit.end())),
                 leftovers.CONDITIONAL)  # fmt: skip
    if ALTERNATIVE.search(draft.text):
        bar_part(draft, (0, len(draft.text)), leftovers.NOT_SURE)
    if draft.sentence.scope == "not_needed":
        bar_part(draft, (0, len(draft.text)), leftovers.NO_NEED)
    if draft.sentence.scope == "about_client" and not ASKS.search(draft.text):
        bar_part(draft, (0, len(draft.text)), leftovers.ABOUT_CLIENT)
    for hit in ABOUT_CLIENT.finditer(draft.text):
        start, end = about(draft.text, hit.start())
        bar_part(draft, (start, end), leftovers.ABOUT_CLIENT)


def take_repeated(draft: Draft) -> None:
    """“100 acres (ca 40 ha)”: the same amount once more in another unit asks for nothing new."""
    for one, other in pairwise(list(draft.quantities)):
        same_kind = one.unit.dimension == other.unit.dimension
        if not same_kind or not REPEATED.fullmatch(draft.text[one.end : other.start]):
            continue
        first, second = one.low * one.unit.factor, other.low * other.unit.factor
        if one.unit != other.unit and abs(first - second) <= REPEATED_WITHIN * first:
            draft.take((other.start, other.end))
            draft.quantities.remove(other)


def end_of(text: str, place: int) -> int:
    end = text.find(";", place)
    return len(text) if end < 0 else end


def about(text: str, place: int) -> Span:
    """The clause of the client's own figures, up to what it looks for; all of a sentence that
    begins with them."""
    start, end = clause(text, place)
    asks = ASKS.search(text, place)
    if asks and (start == 0 or asks.start() < end):
        return start, asks.start()
    return (0, len(text)) if start == 0 and not re.search(r"\d", text[:place]) else (start, end)


def bar_part(draft: Draft, span: Span, reason: Text) -> None:
    draft.barred.append(span)
    part = draft.text[slice(*span)]
    has_amount = any(not YEARS.match(hit[0].strip()) for hit in NUMBERS.finditer(part))
    if has_amount or mentioned(draft.text, *span):
        draft.left.append(Left(*span, reason))


def leave_choices(draft: Draft) -> None:
    """“A building or a zoned plot”: either will do, so that neither can be required."""
    for one, other in pairwise(list(draft.found)):
        keys = {one.requirement.key, other.requirement.key}
        if len(keys) == 1 or keys <= DENIED_TOGETHER:
            continue
        if CHOICE.fullmatch(draft.text[one.end : other.place]):
            draft.found = [found for found in draft.found if found not in (one, other)]
            draft.leave((one.place, other.end), leftovers.CHOICE)


def leave_half_choices(draft: Draft) -> None:
    """“District heating or gas”: the other half was not read, but either will do all the same."""
    for one in list(draft.found):
        hit = CHOICE.match(draft.text, one.end)
        if hit is None or one.requirement.key in DENIED_TOGETHER | {POWER_KEY}:
            continue
        other = next((m for m in MENTIONS if m.pattern.match(draft.text, hit.end())), None)
        if other is not None and other.key != one.requirement.key:
            draft.found.remove(one)
            draft.leave((one.place, hit.end()), leftovers.CHOICE)


def leave_the_rest(draft: Draft) -> None:
    """Quantities, bare numbers, years and words of need that nobody has taken."""
    for one in draft.quantities:
        if draft.is_free(one.start, one.end):
            near = mentioned(draft.text, *clause(draft.text, one.start))
            reason, key = leftovers.OF_DIMENSION.get(one.unit.dimension, (leftovers.NOT_SURE, ""))
            if near and one.unit.dimension in ("duration", "length", "flow"):
                reason, key = near.reason, near.key
            draft.leave((one.start, one.end), reason, key)
    if draft.sentence.is_aside or draft.sentence.is_title:
        return
    for span in bare_numbers(draft):
        around = clause(draft.text, span[0])
        if any(around[0] <= left.start < around[1] for left in draft.left):
            continue
        near = mentioned(draft.text, *around)
        draft.leave(span, near.reason if near else leftovers.NOT_SURE, near.key if near else "")
    leave_years(draft)
    leave_mentions(draft)
    leave_access(draft)


def bare_numbers(draft: Draft) -> Iterator[Span]:
    """Numbers without a unit that is known; not years, days, or the counting of things."""
    for hit in NUMBERS.finditer(draft.text):
        is_date = any(one.start < hit.end() and hit.start() < one.end for one in draft.dates)
        if is_date or YEARS.match(hit[0].strip()) or not draft.is_free(*hit.span()):
            continue
        if not NOT_AMOUNTS.search(draft.text, max(0, hit.start() - 14), hit.start()):
            yield hit.span()


def is_alone(draft: Draft, day: Deadline) -> bool:
    """Whether nothing in the clause of a year was read: “a second line follows in 2031”."""
    start, end = clause(draft.text, day.start)
    spoken = (*draft.used, *draft.barred)
    return not any(start < b and a < end for a, b in spoken)


def leave_years(draft: Draft) -> None:
    """A year right behind a requirement that has none, or standing where nothing else was read."""
    for one in draft.dates:
        if one.is_day or not draft.is_free(one.start, one.end):
            continue
        if not draft.found:
            if draft.sentence.is_item or NEEDS_SOMETHING.search(draft.text):
                draft.leave((one.start, one.end), leftovers.NOT_SURE)
        elif is_alone(draft, one):
            draft.leave((one.start, one.end), leftovers.NOT_SURE)
        elif is_right_behind(draft, one):
            draft.leave((one.start, one.end), leftovers.YEAR_OF_POWER_ONLY)


def is_right_behind(draft: Draft, day: Deadline) -> bool:
    taken = [one for one in draft.quantities if one.unit.dimension != "power"]
    return any(0 <= day.start - one.end <= RIGHT_AFTER for one in taken)


def leave_mentions(draft: Draft) -> None:
    """Clauses that name a need or ask for something, of which nothing was read or told."""
    for one in OF_LAND_READ:
        for hit in one.pattern.finditer(draft.text):
            draft.leave(hit.span(), one.reason, one.key)
    for start, end in clauses(draft.text):
        if any(start < b and a < end for a, b in (*draft.used, *draft.barred)):
            continue
        near = mentioned(draft.text, start, end)
        if near:
            draft.leave((start, end), near.reason, near.key)
        elif draft.found and NEEDS_SOMETHING.search(draft.text, start, end):
            draft.leave((start, end), leftovers.NOT_SURE)
    if not draft.found and not draft.left and is_asking(draft):
        draft.leave((0, len(draft.text)), leftovers.NOT_SURE)


def leave_access(draft: Draft) -> None:
    """“Access to biogenic CO2”, “two fibre providers”: not read, though their clause asks for more."""
    for hit in ACCESS.finditer(draft.text):
        span = hit.span("what" if hit["what"] else 0)
        if not any(span[0] < b and a < span[1] for a, b in (*draft.used, *draft.barred)):
            draft.leave(span, leftovers.NOT_SURE)


def is_asking(draft: Draft) -> bool:
    if POLITE.search(draft.text) or INTRODUCTION.search(draft.text) or draft.text.endswith(":"):
        return False
    if draft.text.endswith("?"):
        return True
    return draft.sentence.is_item or NEEDS_SOMETHING.search(draft.text) is not None
