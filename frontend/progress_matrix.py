"""Sites by status and readiness in one table, with what has changed between two days."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from catalogue.fields import SITE
from catalogue.progress.progress_levels import StatusAndLevel
from catalogue.readiness import LEVELS
from geo.texts import Text

LEVEL_KEYS: dict[str, int | None] = {"none": None, **{str(n): n for n in range(len(LEVELS))}}
"""As the address of the list of sites has them."""
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Cell:
    """How many sites, and how many more than on the day compared with."""

    count: int
    change: int
    href: str


@dataclass(frozen=True)
class Line:
    """One status; an empty one is every status but withdrawn."""

    status: str
    label: Text
    cells: Sequence[Cell]
    """Each level, and then all of them."""


def matrix(
    now: Counter[StatusAndLevel], before: Counter[StatusAndLevel], href: Callable[[str, str], str]
) -> list[Line]:
    """Statuses that any site has or had, their sum, and withdrawn ones below it.

    `href` gives the list of sites for a status and a level, either of them empty for any.
    """
    statuses = {entry.code: entry.label for entry in SITE["status"].codes}
    kept = [status for status in statuses if status != WITHDRAWN]

    def line(status: str, label: Text, counted: Sequence[str]) -> Line:
        cells = [
            cell(now, before, [(one, level) for one in counted], href(status, key))
            for key, level in LEVEL_KEYS.items()
        ]
        every = [(one, level) for one in counted for level in LEVEL_KEYS.values()]
        return Line(status, label, [*cells, cell(now, before, every, href(status, ""))])

    lines = [line(status, statuses[status], [status]) for status in kept]
    total = line("", Text("Alla", "All"), kept)
    withdrawn = line(WITHDRAWN, statuses[WITHDRAWN], [WITHDRAWN])
    return [*filter(says_something, lines), total, *filter(says_something, [withdrawn])]


def cell(
    now: Counter[StatusAndLevel],
    before: Counter[StatusAndLevel],
    counted: Sequence[StatusAndLevel],
    href: str,
) -> Cell:
    count = sum(now[one] for one in counted)
    return Cell(count, count - sum(before[one] for one in counted), href if count else "")


def says_something(line: Line) -> bool:
    return any(one.count or one.change for one in line.cells)
