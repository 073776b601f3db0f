"""What the columns of a client's table hold: by their headings, and by the letters that grade in them."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from catalogue.requests.grades import grade
from catalogue.requests.labels import PLAIN_NUMBER, is_unit

Role = Literal[
    "number", "need", "value", "min", "max", "unit", "year", "priority", "answer", "must", "should"
]
HEADINGS: dict[Role, re.Pattern[str]] = {
    "priority": re.compile(
        r"^(?:prio\w*|must.*|should.*|skall?.*|ska.*bör.*|bör\w*|[mskre]/[sbdopö]|importance|weight(?:ing)?|vikt\w*|typ(?: av krav)?|type|moscow|grad\w*|krav(?:nivå|typ)|classification|status)$",
        re.IGNORECASE,
    ),
    "answer": re.compile(
        r"^(?:(?:your |site |ert |ditt )?(?:answer|response|reply|svar)s?|"
        r"to be filled.*|fylls i.*)\b.*$",
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
        r"requirement value|ideal\w*|optimum|optimal\w*|mål(?:värde)?|nivå|level|quantity|amount|mängd|data)$",
        re.IGNORECASE,
    ),
    "need": re.compile(
        r"^(?:parameters?|requirements?(?: text)?|kravtext|questions?|frågor|fråga|krav|kravet|uppgift|criteri(?:a|on)|"
        r"kriteri\w+|item|topic|area of interest|description|beskrivning|behov|information)$",
        re.IGNORECASE,
    ),
}
YEAR_CELL = re.compile(r"(?:year |år |by |q[1-4] ?|kv ?[1-4] ?)?(?P<year>20[2-6]\d)", re.IGNORECASE)
FEWEST_YEARS = 2
MUST_LETTERS, SHOULD_LETTERS = frozenset("MREK"), frozenset("BDOPNWÖÄ")
EITHER = "S"
"""Should beside an M, and skall beside a B."""
FEWEST_SIGNS, MOST_SIGNS = 2, 3
FEWEST_ROWS = 4
LONGEST_SIGN = 16
CROSSES = ("x", "✓", "✔", "✗", "•", "yes", "ja", "1")


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


def roles_of(cells: Sequence[str]) -> dict[int, Role]:
    """What the columns hold, where at least two cells are headings that are known."""
    found: dict[int, Role] = {}
    for place, cell in enumerate(cells):
        for role, pattern in HEADINGS.items():
            if pattern.match(cell):
                found[place] = role
                break
        else:
            if is_unit(cell):
                found[place] = "value"
            elif grade(cell) is not None:
                found[place] = "priority"
    graded = {place: grade(cells[place]) for place, role in found.items() if role == "priority"}
    if set(graded.values()) == {True, False}:
        found |= {place: "must" if said else "should" for place, said in graded.items()}
    has_digits = any(re.search(r"\d", cell) for cell in cells)
    return found if len(found) >= 2 and not has_digits else {}


def signs_of(rows: Sequence[Sequence[str]]) -> dict[int, Mapping[str, bool]]:
    """Columns whose cells only grade, and what each of their words or letters says, in small letters.

    The whole column tells: `S` is skall beside `B` and should beside `M`, and the other word beside
    `Must` is a wish, whatever it is called.
    """
    found: dict[int, Mapping[str, bool]] = {}
    for place in range(1, max(map(len, rows), default=0)):
        cells = [row[place].strip().casefold() for row in rows if place < len(row)]
        used = [cell for cell in cells if cell]
        signs = letters(used) or words_beside_a_must(used[1:])
        if signs:
            found[place] = signs
    return found


def letters(used: Sequence[str]) -> Mapping[str, bool]:
    single = [one.upper() for one in used if len(one) == 1 and one.isalpha()]
    kinds = set(single)
    is_graded = kinds <= MUST_LETTERS | SHOULD_LETTERS | {EITHER} and len(kinds) >= FEWEST_SIGNS
    if not is_graded or len(single) < len(used) - 1:
        return {}
    is_skall = not kinds & MUST_LETTERS
    return {one.casefold(): one in MUST_LETTERS or (one == EITHER and is_skall) for one in kinds}


def words_beside_a_must(used: Sequence[str]) -> Mapping[str, bool]:
    """Of the cells below a heading: few words, again and again, and one of them is a must."""
    kinds = set(used)
    is_repeated = len(used) >= FEWEST_ROWS and FEWEST_SIGNS <= len(kinds) <= MOST_SIGNS
    is_other = any(
        re.search(r"\d", one) or is_unit(one) or len(one) > LONGEST_SIGN for one in kinds
    )
    if not is_repeated or is_other:
        return {}
    graded = {one: grade(one) for one in kinds}
    return {one: said is True for one, said in graded.items()} if True in graded.values() else {}
