"""Sentences of a client, each with its number, its heading and whether it is a must."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SENTENCE_END = re.compile(r"(?<=[.!?])(?= +[A-ZÅÄÖ])|(?<=\w{3}[.!?])(?= +\d)")
SHORTENED = re.compile(
    r"(?:\b(?:max|min|approx|incl|excl|resp|inkl|exkl|nr|no|kl|tel|mån|ev|dr|mr|mrs|ms|st|prof|ca|el|"
    r"(?-i:[A-Z])|t\.ex|bl\.a|f\.d|dvs|etc|e\.g|i\.e))\.$",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 500
MUST_HEADING = re.compile(
    r"\b(?:must[- ]?haves?|must|mandatory|required|essential|skall?-?krav|krav|grundkrav|obligatorisk\w*"
    r"|skallkrav|ska uppfyllas|måste|minimum requirements?|key requirements?|requirements?)\b",
    re.IGNORECASE,
)
SHOULD_HEADING = re.compile(
    r"\b(?:nice[- ]to[- ]haves?|desired|(?:bra|kul|fint) att ha|should[- ]?haves?|should|desirables?|preferred|preferences?|optional|"
    r"scored|wish ?list|would like|bonus|plus|börkrav|bör-krav|bör|önskemål|önskvärt|önskningar|"
    r"meriterande|gärna|trevligt att ha)\b",
    re.IGNORECASE,
)
MARK = re.compile(
    r"[\[(](?P<must>m|must|mandatory|required|krav|skall?|ska-krav)[\])]"
    r"|[\[(](?P<should>s|should|nice to have|desirable|optional|bör|börkrav|önskemål|if possible|om möjligt)[\])]",
    re.IGNORECASE,
)  # fmt: skip


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


def importance_of(heading: str) -> bool | None:
    if SHOULD_HEADING.search(heading):
        return False
    return True if MUST_HEADING.search(heading) else None


def marked(part: str, otherwise: bool | None) -> bool | None:
    hit = MARK.search(part)
    if hit is None:
        return otherwise
    return hit["must"] is not None


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
