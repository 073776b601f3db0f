"""A client's text read by rules into requirements; what the rules do not cover is told, not guessed.

A text becomes sentences, and each sentence is read from what is surest to what is left. The words
and the units are tables (`vocabulary`, `units`); nothing here knows a word of either language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalogue.requests.dated_needs import date_needs
from catalogue.requests.deadlines import deadlines
from catalogue.requests.drafts import Draft
from catalogue.requests.languages import language_of
from catalogue.requests.leftovers import Unread
from catalogue.requests.levelled_needs import levels
from catalogue.requests.lines import sentences
from catalogue.requests.measured_needs import measure
from catalogue.requests.needs import POWER_KEY
from catalogue.requests.placed_needs import named_places, near_towns
from catalogue.requests.places import Places
from catalogue.requests.power_needs import firmly, power, says_all_is_firm, voltage
from catalogue.requests.quantities import quantities
from catalogue.requests.remainders import (
    bar,
    grows_without_years,
    leave_choices,
    leave_half_choices,
    leave_the_rest,
    take_repeated,
    too_crowded,
)
from catalogue.requests.requirements import MOST_REQUIREMENTS, Requirement
from catalogue.requests.sentences import Sentence
from catalogue.requests.stated_needs import (
    avoid,
    bidding_areas,
    count,
    sidings,
    soils,
    sources,
    state,
)
from geo.texts import Language

LONGEST_TEXT = 50_000
"""Characters; what stands after them is not read."""
NO_PLACES = Places()


@dataclass(frozen=True)
class Reading:
    """What was read, in the client's own order."""

    requirements: tuple[Requirement, ...]
    unread: tuple[Unread, ...]
    language: Language

    @property
    def not_understood(self) -> tuple[str, ...]:
        """The fragments alone, as the client wrote them."""
        return tuple(one.fragment for one in self.unread)


def read_text(text: str, *, today: date, places: Places = NO_PLACES) -> Reading:
    """Requirements in the order of the text, in the catalogue's units."""
    some = text[:LONGEST_TEXT]
    return gathered(sentences(some), language_of(some), places, today)


def gathered(some: Iterable[Sentence], language: Language, places: Places, today: date) -> Reading:
    """Of every sentence; what is asked for twice in the same way is kept once."""
    requirements: dict[tuple[object, ...], Requirement] = {}
    unread: dict[str, Unread] = {}
    for sentence in some:
        if says_all_is_firm(sentence.text):
            requirements = {same: firmly(one) for same, one in requirements.items()}
            continue
        draft = read_sentence(sentence, places, today)
        for found in draft.found:
            one = found.requirement
            if repeats(one, requirements):
                continue
            same = (one.key, one.op, one.value, one.year, one.firm)
            if same not in requirements or (one.must and not requirements[same].must):
                requirements[same] = one
        for left in draft.told():
            unread.setdefault(left.fragment, left)
    kept = list(requirements.values())[:MOST_REQUIREMENTS]
    return Reading(tuple(kept), tuple(unread.values()), language)


def repeats(one: Requirement, requirements: dict[tuple[object, ...], Requirement]) -> bool:
    """“The first 50 MW have to be firm”: said of a power that was asked for before, with its year."""
    if one.key != POWER_KEY or one.year is not None:
        return False
    for same, other in requirements.items():
        if other.key == one.key and other.value == one.value and other.year is not None:
            requirements[same] = firmly(other) if one.firm else other
            return True
    return False


def read_sentence(sentence: Sentence, places: Places, today: date) -> Draft:
    """From what is surest to what is left. A greeting or a signature is read for quantities only."""
    draft = Draft(sentence, places, today)
    if too_crowded(draft) or grows_without_years(draft):
        return draft
    bar(draft)
    draft.dates = list(deadlines(draft.text, today))
    if not sentence.is_aside:
        avoid(draft)
        count(draft)
        bidding_areas(draft)
        sidings(draft)
    found = quantities(draft.text, sentence.scope == "excluding")
    draft.quantities = [one for one in found if draft.is_free(one.start, one.end)]
    take_repeated(draft)
    if not sentence.is_aside:
        date_needs(draft)
        levels(draft)
        state(draft)
        sources(draft)
    near_towns(draft)
    measure(draft)
    power(draft)
    voltage(draft)
    if not sentence.is_aside:
        soils(draft)
        named_places(draft)
    draft.found.sort(key=lambda one: one.place)
    leave_choices(draft)
    leave_half_choices(draft)
    leave_the_rest(draft)
    return draft
