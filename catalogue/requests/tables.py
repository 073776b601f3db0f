"""Rows of a client's table, pasted or from a spreadsheet, as sentences in the client's own order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from catalogue.requests.columns import (
    CROSSES,
    Role,
    is_series,
    roles_of,
    signs_of,
    years_of,
)
from catalogue.requests.grades import grade, heading_grade
from catalogue.requests.labels import PLAIN_NUMBER, is_unit, unit_of_label, with_unit
from catalogue.requests.sentences import Sentence, pieces

VALUE_CELL = re.compile(r"\d ?\S|\w \w")
"""What is said in a column of priorities that is no priority."""
RANKS = ("1", "2", "3", "4")
"""Of a column of priorities: the first must be, the others are liked."""
NUMBER_CELL = re.compile(r"^[A-Z]{0,2}[-.]?\d{1,3}(?:\.\d{1,3}){0,3}[.)]?$", re.IGNORECASE)


def row_sentences(
    rows: Sequence[Sequence[str]], question: str = "", is_must: bool | None = None
) -> Iterator[Sentence]:
    """One sentence a row; a row of headings says what the columns below it hold.

    `question` and `is_must` are what stood above the table. A row of a single cell is a heading of
    those that follow.
    """
    roles: dict[int, Role] = {}
    signs = signs_of(rows)
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
        cells, signed = graded_by_sign(cells, signs)
        for some, said in graded_twice(cells, roles):
            first = next((one for one in (said, signed) if one is not None), importance)
            one = row_sentence(some, roles, heading, first)
            for piece in pieces(one.text):
                yield replace(one, text=piece)


def series(
    cells: Sequence[str], years: Mapping[int, str], heading: str, is_must: bool | None
) -> Iterator[Sentence]:
    """The row once for each year: `Electrical load (MW) | 40 MW | by 2028`; the unit may stand in
    the heading alone."""
    label = [cell for place, cell in enumerate(cells) if place not in years]
    unit = "" if any(map(unit_of_label, label)) else unit_of_label(heading)
    for place, year in years.items():
        if place < len(cells) and cells[place]:
            amount = f"{cells[place]} {unit}".strip()
            one = row_sentence([*label, amount], {}, heading, is_must)
            yield replace(one, text=f"{one.text} | by {year}", is_series=True)


def graded_by_sign(
    cells: list[str], signs: Mapping[int, Mapping[str, bool]]
) -> tuple[list[str], bool | None]:
    """A row without what grades it in a column of its own, and what that says."""
    said = [
        meaning.get(cells[place].casefold())
        for place, meaning in signs.items()
        if place < len(cells)
    ]
    kept = ["" if place in signs else cell for place, cell in enumerate(cells)]
    return kept, next((one for one in said if one is not None), None)


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
            not (number or said) and NUMBER_CELL.match(cell) and any(cells[place + 1 :])
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
        elif role in ("must", "should") and cell.casefold() in CROSSES:
            is_must = role == "must"
        elif role == "year":
            said.append(f"by {cell}")
        elif role == "priority" and not VALUE_CELL.search(cell):
            is_must = cell == "1" if cell in RANKS else is_must
        elif is_limit(role, roles) and re.match(r"\d", cell):
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


def is_limit(role: Role | None, roles: Mapping[int, Role]) -> bool:
    """A least beside a target is what will do, for distances and prices the most."""
    return role in ("min", "max") and not (role == "min" and "value" in roles.values())


def is_behind_number(cells: Sequence[str], place: int) -> bool:
    """An `m` behind a number is metres, and no must."""
    before = next((cell for cell in reversed(cells[:place]) if cell), "")
    return cells[place] != cells[place].upper() and PLAIN_NUMBER.match(before) is not None
