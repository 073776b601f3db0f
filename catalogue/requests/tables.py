"""Rows of a client's table, pasted or from a spreadsheet, as sentences in the client's own order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from catalogue.requests.grades import grade, heading_grade
from catalogue.requests.sentences import Sentence, pieces
from catalogue.requests.units import unit_at

Role = Literal[
    "number", "need", "value", "min", "max", "unit", "year", "priority", "answer", "must", "should"
]
HEADINGS: dict[Role, re.Pattern[str]] = {
    "priority": re.compile(
        r"^(?:prio\w*|must.*|should.*|skall?.*|ska.*bör.*|bör\w*|m/s|importance|weight(?:ing)?|vikt\w*|typ(?: av krav)?|type|moscow|grad\w*|krav(?:nivå|typ)|classification|status)$",
        re.IGNORECASE,
    ),
    "answer": re.compile(
        r"^(?:(?:your |site |ert |ditt )?(?:answer|response|reply|svar)s?|comments?|kommentar\w*|"
        r"remarks?|anmärkning\w*|to be filled.*|fylls i.*)\b.*$",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"^(?:no\.?|nr\.?|#|(?:krav|req)?[- ]?(?:id|nr|no)\.?|ref\.?|item ?(?:no\.?|#)|q|pos\.?|löpnr)$",
        re.IGNORECASE,
    ),
    "unit": re.compile(r"^(?:units?|enhet\w*)$", re.IGNORECASE),
    "min": re.compile(r"^min(?:imum|\.)?(?: value| värde)?$", re.IGNORECASE),
    "max": re.compile(r"^max(?:imum|\.)?(?: value| värde)?$", re.IGNORECASE),
    "year": re.compile(r"^(?:year|år|by year|needed by|senast)$", re.IGNORECASE),
    "value": re.compile(
        r"^(?:(?:required |target )?values?|värde\w*|target|specification|spec\.?|kravvärde|"
        r"requirement value|nivå|level|quantity|amount|mängd|data)$",
        re.IGNORECASE,
    ),
    "need": re.compile(
        r"^(?:parameters?|requirements?|questions?|frågor|fråga|krav|kravet|uppgift|criteri(?:a|on)|"
        r"kriteri\w+|item|topic|area of interest|description|beskrivning|behov|information)$",
        re.IGNORECASE,
    ),
}
YEAR_CELL = re.compile(r"(?:year |år |by |q[1-4] ?|kv ?[1-4] ?)?(?P<year>20[2-6]\d)", re.IGNORECASE)
KEY_AND_VALUE = re.compile(
    r"(?P<key>[a-zåäö0-9]+(?:_[a-zåäö0-9]+)+) ?[:=] ?(?P<value>\S.*)", re.IGNORECASE
)
VALUE_CELL = re.compile(r"\d ?\S|\w \w")
"""What is said in a column of priorities that is no priority."""
RANKS = ("1", "2", "3", "4")
"""Of a column of priorities: the first must be, the others are liked."""
FEWEST_YEARS = 2
NUMBER_CELL = re.compile(r"^[A-Z]{0,2}[-.]?\d{1,3}(?:\.\d{1,3}){0,3}[.)]?$", re.IGNORECASE)
PLAIN_NUMBER = re.compile(
    r"^(?:[<>≤≥=~]+ ?)?\d[\d .,'\N{NO-BREAK SPACE}]*(?:[-–] ?\d[\d .,]*)?\+?$"
)
COMPARED = re.compile(
    r"^(?:[<>≤≥=~]|min|max|at |no |up |under|over|minst|högst|ca|under|över)", re.IGNORECASE
)


def row_sentences(
    rows: Sequence[Sequence[str]], question: str = "", is_must: bool | None = None
) -> Iterator[Sentence]:
    """One sentence a row; a row of headings says what the columns below it hold.

    `question` and `is_must` are what stood above the table. A row of a single cell is a heading of
    those that follow.
    """
    roles: dict[int, Role] = {}
    years: dict[int, str] = {}
    heading, importance = question, is_must
    for row in rows:
        cells = [cell.strip() for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        found = roles_of(cells)
        if found:
            roles = found
            continue
        years = years_of(cells) or years
        if years_of(cells):
            continue
        if is_series(cells, years):
            yield from series(cells, years, heading, importance)
            continue
        title = heading_of(cells, filled)
        if title:
            heading = title.rstrip(":")
            said = heading_grade(heading)
            importance = importance if said is None else said
            continue
        for some, said in graded_twice(cells, roles):
            one = row_sentence(some, roles, heading, importance if said is None else said)
            for piece in pieces(one.text):
                yield replace(one, text=piece)


def years_of(cells: Sequence[str]) -> dict[int, str]:
    """`2028 | 2030 | 2032` above columns of their own, the first of the row a label or empty."""
    found = {
        place: hit["year"] for place, cell in enumerate(cells) if (hit := YEAR_CELL.fullmatch(cell))
    }
    others = [cell for place, cell in enumerate(cells) if cell and place not in found]
    is_head = len(found) >= FEWEST_YEARS and not any(re.search(r"\d", cell) for cell in others)
    return found if is_head else {}


def is_series(cells: Sequence[str], years: Mapping[int, str]) -> bool:
    """Whether a row has a number under two years or more."""
    under = [place for place in years if place < len(cells) and PLAIN_NUMBER.match(cells[place])]
    return len(under) >= FEWEST_YEARS


def series(
    cells: Sequence[str], years: Mapping[int, str], heading: str, is_must: bool | None
) -> Iterator[Sentence]:
    """The row once for each year: `Electrical load (MW) | by 2028 | 40`."""
    label = [cell for place, cell in enumerate(cells) if place not in years]
    for place, year in years.items():
        if place < len(cells) and cells[place]:
            one = row_sentence([*label, cells[place]], {}, heading, is_must)
            yield replace(one, text=f"{one.text} | by {year}", is_series=True)


def heading_of(cells: Sequence[str], filled: Sequence[str]) -> str:
    """A row of a single cell, or of a number and one: a heading where it asks for nothing itself."""
    is_numbered = len(filled) == 2 and NUMBER_CELL.match(filled[0]) and cells[0] == filled[0]
    title = filled[1] if is_numbered else filled[0]
    is_alone = is_numbered or len(filled) == 1
    is_short = not re.search(r"\d", title) and len(title) < 70
    if is_numbered and not (title.isupper() or title.endswith(":")):
        return ""
    return title if is_alone and is_short else ""


def graded_twice(
    cells: list[str], roles: Mapping[int, Role]
) -> Iterator[tuple[list[str], bool | None]]:
    """A row once, or where it has both what must be and what is liked, in columns of their own, twice."""
    filled = {roles[place]: place for place, cell in enumerate(cells) if cell and place in roles}
    for must, should in (("min", "value"), ("must", "should")):
        if must in filled and should in filled:
            yield without(cells, filled[should]), None if must == "min" else True
            yield without(cells, filled[must]), False
            return
    yield cells, next((one == "must" for one in ("must", "should") if one in filled), None)


def without(cells: list[str], place: int) -> list[str]:
    return ["" if number == place else cell for number, cell in enumerate(cells)]


def roles_of(cells: Sequence[str]) -> dict[int, Role]:
    """What the columns hold, where at least two cells are headings that are known."""
    found: dict[int, Role] = {}
    for place, cell in enumerate(cells):
        for role, pattern in HEADINGS.items():
            if pattern.match(cell):
                found[place] = role
                break
        else:
            if unit_at(cell, 0) and unit_at(cell, 0)[1] == len(cell):  # type: ignore[index]  # just looked
                found[place] = "value"
    graded = {place: grade(cells[place]) for place, role in found.items() if role == "priority"}
    if set(graded.values()) == {True, False}:
        found |= {place: "must" if said else "should" for place, said in graded.items()}
    has_digits = any(re.search(r"\d", cell) for cell in cells)
    return found if len(found) >= 2 and not has_digits else {}


def row_sentence(
    cells: Sequence[str], roles: Mapping[int, Role], heading: str, is_must: bool | None
) -> Sentence:
    number = ""
    said: list[str] = []
    unit = ""
    for place, cell in enumerate(cells):
        role = roles.get(place)
        if not cell or role == "answer":
            continue
        if (role == "number" and " " not in cell) or (
            not number and place == 0 and NUMBER_CELL.match(cell)
        ):
            number = cell.rstrip(".)")
        elif is_unit(cell) and (role == "unit" or is_behind_number(cells, place)):
            unit = cell
        elif grade(cell) is not None and (role == "priority" or place > 1):
            is_must = grade(cell)
        elif role == "priority" and cell.casefold() in ("yes", "ja"):
            is_must = True
        elif is_unit(cell):
            unit = cell
        elif role == "year":
            said.append(f"by {cell}")
        elif role == "priority" and not VALUE_CELL.search(cell):
            is_must = cell == "1" if cell in RANKS else is_must
        elif role in ("min", "max") and re.match(r"\d", cell):
            said.append(f"{role} {cell}")
        else:
            said.append(cell)
    return Sentence(
        text=" | ".join(with_unit(said, unit)),
        question=number or heading,
        heading=heading,
        is_item=True,
        is_must=is_must,
    )


def is_behind_number(cells: Sequence[str], place: int) -> bool:
    """An `m` behind a number is metres, and no must."""
    before = next((cell for cell in reversed(cells[:place]) if cell), "")
    return cells[place] != cells[place].upper() and PLAIN_NUMBER.match(before) is not None


def with_unit_of_label(line: str) -> str:
    """`Site area (acres): 55` with its unit behind the number too; any other line as it is."""
    label, colon, number = line.rpartition(": ")
    unit = unit_of_label(label) if colon and PLAIN_NUMBER.match(number.strip()) else ""
    return f"{line} {unit}" if unit else line


def spelled_out(line: str) -> str:
    """`power_mw_2029: 80` as `power (mw) 2029: 80`; a line that is no such pair as it is."""
    hit = KEY_AND_VALUE.fullmatch(line)
    if hit is None:
        return line
    words = hit["key"].replace("_", " ").replace("m3 day", "m3/day").replace("m3 h", "m3/h").split()
    told = [f"({word})" if place and is_unit(word) else word for place, word in enumerate(words)]
    return f"{' '.join(told)}: {hit['value']}"


def unit_of_label(label: str) -> str:
    """In brackets, or behind the last comma: `Site size (ha)`, `Distance to rail, km (max)`."""
    in_brackets = re.findall(r"[(\[]([^()\[\]]{1,20})[)\]]", label)
    behind_comma = re.findall(r", ([^,()]{1,12}?)(?: ?\([^()]{1,12}\))?$", label)
    return next((one.strip() for one in (*in_brackets, *behind_comma) if is_unit(one.strip())), "")


def is_unit(cell: str) -> bool:
    found = unit_at(cell, 0)
    return found is not None and found[1] == len(cell)


def with_unit(said: list[str], unit: str) -> list[str]:
    """The unit's own column, or the brackets of the heading, put behind the number it belongs to."""
    if not unit and said:
        unit = unit_of_label(said[0])
    if not unit:
        return said
    placed = [
        f"{cell} {unit}" if place and PLAIN_NUMBER.match(re.sub(r"^\D+", "", cell)) else cell
        for place, cell in enumerate(said)
    ]
    return placed if placed != said else [*said, unit]
