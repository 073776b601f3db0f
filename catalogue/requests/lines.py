"""A client's text cut into sentences: letters, lists with numbers, headings and pasted tables."""

import re
from collections.abc import Iterator

from catalogue.requests.sentences import Sentence, importance_of, marked, parts
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
HEADING_LENGTH = 70


def sentences(text: str) -> Iterator[Sentence]:
    """In the order of the text; headings are not among them, but stand in what follows them."""
    heading, number, importance, is_closed = "", "", None, False
    for table, raw in blocks(text):
        if table:
            yield from row_sentences(table, heading, importance)
            continue
        line = SPACES.sub(" ", raw).strip()
        if not line:
            continue
        if CLOSING.match(line) and not re.search(r"\d", line):
            is_closed = True
            continue
        is_item, own_number, body = opened(line)
        if own_number:
            number = own_number
        elif not is_item:
            number = ""
        if is_heading(body):
            heading = body.rstrip(": ")
            said = importance_of(heading)
            importance = importance if said is None else said
            continue
        is_aside = is_closed or bool(GREETING.match(body) and len(body) < 60)
        for part in parts(body):
            is_title = is_run_in(part, body) and not is_item
            heading = part.rstrip(".") if is_title else heading
            yield Sentence(
                text=part,
                question=number or heading,
                heading=heading,
                is_item=is_item or bool(own_number),
                is_must=marked(part, importance),
                is_aside=is_aside,
                is_title=is_title,
            )


def blocks(text: str) -> Iterator[tuple[list[list[str]], str]]:
    """Lines that follow each other with tabs in them as one table, every other line by itself."""
    table: list[list[str]] = []
    for line in text.splitlines():
        if "\t" in line.strip():
            table.append([SPACES.sub(" ", cell) for cell in line.split("\t")])
            continue
        if table:
            yield table, ""
            table = []
        yield [], line
    if table:
        yield table, ""


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


def is_run_in(part: str, line: str) -> bool:
    """Whether the first words of a paragraph are its heading: `Water and effluent. Roughly …`."""
    is_first = line.startswith(part) and part != line and part.endswith(".")
    return is_first and len(part.split()) <= 4 and not re.search(r"\d", part)


def is_heading(line: str) -> bool:
    """A short line that asks for nothing itself: `Must have:`, `Önskemål`, `Site requirements`."""
    if len(line) > HEADING_LENGTH or re.search(r"\d", line):
        return False
    if line.endswith(":"):
        return True
    has_end = line.endswith((".", "?", "!", ",", ";"))
    is_short = len(line.split()) <= 5 and line[:1].isupper()
    return not has_end and is_short and importance_of(line) is not None
