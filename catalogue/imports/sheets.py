"""What every kind of file is read into: sheets of rows, and where in the file a value stood."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geo.errors import GeoError
from geo.outlines import Outline
from geo.texts import Language, Text

Row = Sequence[Any]
"""The cells of one row, left to right; Any: text, number, day, true or false, or nothing."""


@dataclass(frozen=True)
class Place:
    """Where something stood: row and column count from 1, column 0 is the whole row."""

    sheet: str
    row: int
    column: int = 0

    @property
    def cell(self) -> str:
        """As a spreadsheet names it: `F7`; empty for a whole row."""
        return f"{letters(self.column)}{self.row}" if self.column else ""


def letters(column: int) -> str:
    """The letters above a column: 1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def column_number(name: bytes) -> int:
    """The column under the letters, the opposite of `letters`."""
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number


def is_given(cell: object) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table of the file. The first of `rows` is number `first_row`."""

    name: str
    rows: Sequence[Row]
    first_row: int = 1
    merged: Sequence[tuple[int, int, int, int]] = ()
    """Cells joined to one: first row, first column, last row, last column."""
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Row and column of the cells that hold a formula."""
    errors: frozenset[tuple[int, int]] = frozenset()
    """Of those in which Excel shows an error, such as #DIV/0!; they come without a value."""
    outlines: Mapping[int, Outline | GeoError] = field(default_factory=dict)
    """By row, in geodata: the area, or why it cannot be accepted."""

    def cell(self, row: int, column: int) -> Any:
        """What stands there, None outside the sheet. Any: as the file has it."""
        index = row - self.first_row
        found = self.rows[index] if 0 <= index < len(self.rows) else ()
        return found[column - 1] if column <= len(found) else None

    def numbered(self) -> Iterator[tuple[int, Row]]:
        return enumerate(self.rows, start=self.first_row)


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it was read, and what the person should know about how that was done."""

    kind: str
    sheets: Sequence[Sheet]
    notes: Sequence[Text] = ()
    language: Language | None = None
    """How its numbers are written, where the file shows it."""
