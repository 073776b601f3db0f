"""A client's text cut into sentences: letters, lists with numbers, headings and pasted tables."""

import re
from collections.abc import Iterator
from itertools import groupby, zip_longest
from operator import itemgetter

from catalogue.requests.columns import roles_of
from catalogue.requests.grades import (
    RANK,
    grade,
    heading_grade,
    is_graded_title,
    legend_of,
    mark_in,
)
from catalogue.requests.labels import spelled_out, with_unit_of_label
from catalogue.requests.scopes import Scope, is_titled, opens_exclusions, scope_of
from catalogue.requests.sentences import Sentence, parts
from catalogue.requests.tables import row_sentences

SPACES = re.compile(r"[ \t\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}]+")
BULLET = re.compile(r"^[-–—*•·▪◦‣●o+>](?= |\w{3})|^\[[ x]?\]")
NUMBERING = re.compile(
    r"^(?:(?:Q|Fråga|Question|Krav|Req)\.? ?(?P<a>\d{1,3}(?:\.\d{1,3}){0,3})[.:)]?"
    r"|\((?P<b>\d{1,3}|[a-z])\)"
    r"|(?P<c>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?= +[^\W\d])"
    r"|(?P<d>\d{1,3}|[a-z])[.)](?= )"
    r"|(?P<e>[A-Z]{1,3}[-.]?\d{1,3}(?:\.\d{1,3}){0,2})[.:)]?(?= +[^\W\d]))",
    re.IGNORECASE,
)
NAMES_OF_THINGS = re.compile(r"^(?:SE[1-4]|[EN]-?\d|BK\d)\b", re.IGNORECASE)
"""What looks like a number of a question and is a bidding area, a road or a redundancy."""
GREETING = re.compile(
    r"^(?:dear|hi|hello|hej|hejsan|good (?:morning|afternoon|evening)|bästa?|to whom|subject|re|fw|"
    r"fwd|to|from|from|cc|ämne|till|från|kopia|tack|thanks?|thank you)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"^(?:(?:kind|best|warm|many)? ?regards|best|(?:yours )?sincerely|yours (?:sincerely|faithfully|truly)|"
    r"(?:med |bästa |vänliga |varma |många )*(?:vänlig )?hälsning(?:ar)?|mvh|vänligen|/ ?[A-ZÅÄÖ]\w*|"
    r"thanks!?|tack(?: på förhand)?!?|cheers|sent from my|skickat från min|sincerely)\b.{0,40}$",
    re.IGNORECASE,
)
ANSWER = re.compile(
    r"(?:det|den|får|max|högst|minst|vi (?:betalar|behöver|godtar|kräver)|inte|ej|under|inom|ska|bör|"
    r"at (?:most|least)|no (?:more|less|further)|it (?:must|should|may)|that|this|we (?:pay|need|accept|"
    r"require)|not|within|below|should be|must be|ideally|helst|preferably)\b",
    re.IGNORECASE,
)
LONGEST_ANSWER = 80
LONGEST_QUESTION = 7
"""Words."""
HEADING_LENGTH = 70
FEWEST_ROWS = 3
"""Lines alike; two semicolons stand in a sentence too, but seldom in three after one another."""
RULED = re.compile(r"^[ |:=+-]*$")
"""The line under the headings of a table in Markdown."""
LABEL = re.compile(r"^(?P<label>[A-ZÅÄÖ][\w /,&-]{2,40}?) ?[:–] ")
SAYS = re.compile(r"\d|\b(?:is|are|will|must|should|är|ska|bör)\b", re.IGNORECASE)
"""A clause before a colon, which is no label of the sentences behind it."""
WEIGHT = re.compile(r" \(\d{1,3} ?%\)(?= ?:)")
"""How much a client counts a heading for: nothing that is asked of a site."""


def sentences(text: str) -> Iterator[Sentence]:
    """In the order of the text; headings are not among them, but stand in what follows them."""
    heading, number, importance, is_closed = "", "", None, False
    scope: Scope = ""
    listed: Scope = ""
    is_told = has_items = False
    legend = legend_of(text)
    every = list(blocks(text))
    for (table, raw), (_, after) in zip_longest(every, every[1:], fillvalue=([], "")):
        if table:
            yield from row_sentences(table, heading, importance)
            continue
        line = SPACES.sub(" ", raw).strip()
        if not line:
            scope = "" if is_told and scope == "about_client" else scope
            continue
        if CLOSING.match(line) and not re.search(r"\d", line):
            is_closed = True
            continue
        is_item, own_number, body = opened(line)
        if own_number:
            number = own_number
        elif not is_item:
            number, listed = "", ""
        importance = None if has_items and not (is_item or own_number) else importance
        has_items = has_items or is_item or bool(own_number)
        if opens_exclusions(line):
            listed = "excluding"
        if is_heading(body) or is_titled(line) or is_asked_above(body, after):
            heading, scope, is_told = body.rstrip(": "), scope_of(line), False
            has_items = False
            said = heading_grade(heading)
            importance = importance if said is None else said
            continue
        is_told = True
        is_aside = is_closed or bool(GREETING.match(body) and len(body) < 60)
        label = ""
        own_grade, some = answered(
            list(parts(with_unit_of_label(spelled_out(WEIGHT.sub("", body)))))
        )
        if own_grade is None and (is_item or own_number):
            own_grade = legend.grade_of(line, own_number, mark_in(body))
        for part in some:
            is_title = is_run_in(part, body) and not is_item
            heading = part.rstrip(".") if is_title else heading
            label = label or labelled(part)
            marked = mark_in(part) if own_grade is None else own_grade
            if marked is None and heading_grade(labelled(part)) is False:
                marked = False
            yield Sentence(
                text=part,
                question=number or heading,
                heading=label or heading,
                is_item=is_item or bool(own_number),
                is_must=importance if marked is None else marked,
                is_aside=is_aside,
                is_title=is_title,
                scope=scope_of(labelled(part))
                or (listed if is_item or own_number else "")
                or scope,
            )


def answered(some: list[str]) -> tuple[bool | None, list[str]]:
    """A line's sentences, an answer joined to its question; and what one of them grades them as.

    `How far is it to the port? At most 20 km. Required.` is one sentence, and a must.
    """
    own_grade: bool | None = None
    kept: list[str] = []
    for part in some:
        said = grade(part)
        if said is not None and kept:
            own_grade = said
        elif kept and kept[-1].endswith("?") and ANSWER.match(part) and len(part) <= LONGEST_ANSWER:
            kept[-1] = f"{kept[-1]} {part}"
        else:
            kept.append(part)
    return own_grade, kept


def blocks(text: str) -> Iterator[tuple[list[list[str]], str]]:
    """Lines that follow each other with cells in them as one table, every other line by itself."""
    for mark, run in groupby(marked_lines(text), key=itemgetter(0)):
        lines = [line for _, line in run]
        if mark:
            yield [cells(line, mark) for line in lines if not RULED.match(line)], ""
        else:
            yield from (([], line) for line in lines)


def marked_lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line beside what parts its cells: a tab, or a bar or semicolon as often as in the lines
    next to it. Empty where it is no row of a table."""
    lines = text.splitlines()
    commas = rows_by_comma(lines)
    marks = ((",", 0) if place in commas else parted_by(line) for place, line in enumerate(lines))
    for mark_of_run, run in groupby(zip(marks, lines, strict=True), key=itemgetter(0)):
        numbered = list(run)
        mark, _ = mark_of_run
        is_table = mark in ("\t", ",") or len(numbered) >= FEWEST_ROWS
        yield from ((mark if is_table else "", line) for _, line in numbered)


def rows_by_comma(lines: list[str]) -> dict[int, int]:
    """Lines of a table parted by commas, and how many cells its headings have; only below headings
    that are known, for commas stand in sentences too."""
    found: dict[int, int] = {}
    width = 0
    for place, line in enumerate(lines):
        if roles_of(line.split(",")):
            width = line.count(",") + 1
        elif line.count(",") < width - 1:
            width = 0
        if width:
            found[place] = width
    return found


def parted_by(line: str) -> tuple[str, int]:
    """The mark between a line's cells and how many there are; a tab may stand any number of times."""
    if "\t" in line.strip():
        return "\t", 0
    for mark, fewest in (("|", 1), (";", 2)):
        count = inner(line, mark).count(mark)
        if count >= fewest:
            return mark, count
    return "", 0


def cells(line: str, mark: str) -> list[str]:
    return [SPACES.sub(" ", cell) for cell in inner(line, mark).split(mark)]


def inner(line: str, mark: str) -> str:
    """Without the bars around a row of Markdown; a last cell may be empty."""
    bare = line.strip()
    is_framed = mark == "|" and bare.startswith("|")
    return bare.removeprefix("|").removesuffix("|") if is_framed else line


def opened(line: str) -> tuple[bool, str, str]:
    """Whether a line is a point of a list, its number, and what it says."""
    body = BULLET.sub("", line).strip()
    is_item = body != line
    if NAMES_OF_THINGS.match(body):
        return is_item, "", body
    hit = NUMBERING.match(body)
    if hit is None or hit.end() == len(body):
        return is_item, "", body
    number = next(found for found in hit.groups() if found)
    return is_item, number, body[hit.end() :].strip()


def is_asked_above(line: str, after: str) -> bool:
    """A few words that ask, with their answer on the next line: `> Power?` and `60 MW`."""
    asks = (
        line.endswith("?") and len(line.split()) <= LONGEST_QUESTION and not re.search(r"\d", line)
    )
    return (
        asks and bool(after.strip()) and not after.rstrip().endswith("?") and not opened(after)[1]
    )


def labelled(part: str) -> str:
    """What a line is about, where it says so before a colon: `Permitting (15%): …`."""
    hit = LABEL.match(part)
    is_name = hit is not None and not SAYS.search(hit["label"])
    return hit["label"] if hit and is_name else ""


def is_run_in(part: str, line: str) -> bool:
    """Whether the first words of a paragraph are its heading: `Water and effluent. Roughly …`."""
    is_first = line.startswith(part) and part != line and part.endswith(".")
    return is_first and len(part.split()) <= 4 and not re.search(r"\d", part)


def is_heading(line: str) -> bool:
    """A short line that asks for nothing itself: `Must have:`, `Önskemål`, `Site requirements`."""
    if len(line) > HEADING_LENGTH or re.search(r"\d", RANK.sub("", line)):
        return False
    if line.endswith(":"):
        return True
    if ": " in line or mark_in(line) is not None:
        return False
    if line.isupper() and len(line) > 3 and len(line.split()) <= 4:
        return True
    has_end = line.endswith((".", "?", "!", ",", ";"))
    is_short = len(line.split()) <= 5 and line[:1].isupper()
    return not has_end and is_short and is_graded_title(line)
