"""Sentences of a client, each with its number, its heading and whether it is a must."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.requests.scopes import Scope

SENTENCE_END = re.compile(r"(?<=[.!?])(?= +[A-ZÅÄÖ])|(?<=\w{3}[.!?])(?= +\d)")
SHORTENED = re.compile(
    r"(?:\b(?:max|approx|incl|excl|resp|inkl|exkl|nr|kl|tel|mån|ev|dr|mr|mrs|prof|mio|mrd|milj|bn|mill|"
    r"(?<!\d )(?:ms|min|st|no|ca|el)|"
    r"(?-i:[A-Z])|t\.ex|bl\.a|f\.d|dvs|etc|e\.g|i\.e))\.$",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 500


@dataclass(frozen=True)
class Sentence:
    """One sentence, line or row, its white space made single."""

    text: str
    question: str = ""
    """The client's own number, or else the heading that it stands under."""
    heading: str = ""
    is_item: bool = False
    """A point of a list or a row of a table, where every entry is meant to be answered."""
    is_must: bool | None = None
    """What a heading, a column or a number has said; None for nothing."""
    is_aside: bool = False
    """A greeting, an address line or what stands under the signature."""
    is_title: bool = False
    """The first words of a paragraph, which may be no more than its heading."""
    scope: Scope = ""
    is_series: bool = False
    """One year of a row that says how a need grows; only power has years."""


def parts(line: str) -> Iterator[str]:
    """The sentences of a line; a shortened word's point ends none, and none is without end."""
    start = 0
    for hit in SENTENCE_END.finditer(line):
        if SHORTENED.search(line[max(0, hit.start() - 12) : hit.start()]):
            continue
        yield from pieces(line[start : hit.start()])
        start = hit.start()
    yield from pieces(line[start:])


def pieces(sentence: str) -> Iterator[str]:
    """At most so long that reading it takes no time, parted between words."""
    rest = sentence.strip()
    while len(rest) > LONGEST_SENTENCE:
        place = rest.rfind(" ", LONGEST_SENTENCE // 2, LONGEST_SENTENCE)
        place = place if place > 0 else LONGEST_SENTENCE
        yield rest[:place].strip()
        rest = rest[place:].strip()
    if rest:
        yield rest
