"""Which of the two languages a client writes in."""

import re

from geo.texts import Language

WORD = re.compile(r"[^\W\d_]+")
SWEDISH = frozenset(
    [
        "och",
        "i",
        "att",
        "det",
        "som",
        "en",
        "på",
        "är",
        "av",
        "för",
        "med",
        "till",
        "den",
        "inte",
        "vi",
        "har",
        "ska",
        "kan",
        "om",
        "ett",
        "minst",
        "eller",
        "hej",
        "mark",
        "senast",
        "från",
        "högst",
        "krav",
        "inom",
    ]
)
ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "a",
        "in",
        "is",
        "for",
        "we",
        "with",
        "that",
        "are",
        "be",
        "on",
        "at",
        "or",
        "by",
        "from",
        "will",
        "our",
        "site",
        "power",
        "please",
        "must",
        "least",
        "within",
        "should",
        "land",
    ]
)


def language_of(text: str) -> Language:
    """By the commonest words of each; Swedish where neither is in the lead, as ours is."""
    found = [word.casefold() for word in WORD.findall(text[:10_000])]
    swedish = sum(word in SWEDISH for word in found)
    english = sum(word in ENGLISH for word in found)
    return "en" if english > swedish else "sv"
