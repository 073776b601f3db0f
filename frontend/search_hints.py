"""What to do where few sites meet a search: which condition to loosen, to what, and what it gives."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.search.counting import Loosening
from catalogue.search.filters import POWER, SiteFilter
from catalogue.search.places import Place
from frontend.search_links import Found, Link, search_address
from frontend.search_words import Chip, chips
from geo.texts import Language, Text

FEW = 3
"""As long as no more sites than this meet a search, ways to loosen it are shown."""
ENOUGH = 3
"""A step is taken so far that it gives this many more, where any does."""
SHOWN = 4


@dataclass(frozen=True)
class Hint:
    """One condition, loosened and left out; one of them is missing where both bring the same."""

    looser: Link | None
    without: Link | None


def hints(
    language: Language, found: Found, names: Mapping[str, str], known: Sequence[Place]
) -> list[Hint]:
    """The conditions that cost most first; `names` are the municipalities' by code."""
    said = {
        name: chip for chip in chips(found.wanted, names, language, known) for name in chip.names
    }
    made = []
    for one in found.counted.relaxations:
        chip = said.get(one.parameters[0])
        if one.more and chip is not None:
            step = chosen(each for each in found.counted.loosenings if covered(each, chip))
            is_all = step is not None and step.more >= one.more
            made.append(
                Hint(
                    looser=looser(language, found, chip, step, names=names, known=known)
                    if step
                    else None,
                    without=None if is_all else without(language, found, chip, one.more),
                )
            )
    return made[:SHOWN]


def looser(
    language: Language,
    found: Found,
    chip: Chip,
    step: Loosening,
    *,
    names: Mapping[str, str],
    known: Sequence[Place],
) -> Link:
    """`Bruttoyta ≥ 100 ha → ≥ 80 ha ger 3 till`"""
    said = chips(step.wanted, names, language, known)
    after = next((one for one in said if one.names == chip.names), chip)
    frame = Text("{before} → {after} ger {n} till", "{before} → {after} gives {n} more")
    text = frame.format(before=chip.text, after=tail(chip.text, after.text), n=step.more)
    return Link(text.in_language(language), link(language, found, step.wanted))


def covered(one: Loosening, chip: Chip) -> bool:
    return bool(set(one.parameters) & set(chip.names)) or (
        set(one.parameters) <= set(POWER) and set(chip.names) <= set(POWER)
    )


def chosen(steps: Iterable[Loosening]) -> Loosening | None:
    """The smallest step that gives enough, else the one that gives most."""
    some = list(steps)
    enough = next((one for one in some if one.more >= ENOUGH), None)
    return enough or max(some, key=lambda one: one.more, default=None)


def tail(before: str, after: str) -> str:
    """What differs, without the words that both begin with."""
    old, new = before.split(" "), after.split(" ")
    same = 0
    while same < min(len(old), len(new)) - 1 and old[same] == new[same]:
        same += 1
    return " ".join(new[same:])


def without(language: Language, found: Found, chip: Chip, more: int) -> Link:
    frame = Text("Utan ”{it}”: {n} till", "Without “{it}”: {n} more")
    return Link(
        frame.format(it=chip.text, n=more).in_language(language),
        link(language, found, found.wanted.without(*chip.names)),
    )


def link(language: Language, found: Found, wanted: SiteFilter) -> str:
    return search_address(language, wanted, found.part.sort, view=found.view_pairs)
