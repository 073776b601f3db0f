"""A client's spreadsheet read into requirements, in its own order and with its own numbers.

Opened as files for imports are: by content and not by name, nothing in it run, its size looked at
before it is unpacked.
"""

from collections.abc import Iterator
from datetime import date, datetime

from catalogue.errors import UnreadableFile
from catalogue.imports.delimited import read_delimited
from catalogue.imports.files import kind_of
from catalogue.imports.sheets import Sheet
from catalogue.imports.workbooks import read_workbook
from catalogue.requests.languages import language_of
from catalogue.requests.places import Places
from catalogue.requests.reading import NO_PLACES, Reading, gathered
from catalogue.requests.sentences import Sentence
from catalogue.requests.tables import row_sentences
from geo.texts import Text

MOST_BYTES = 5_000_000
MOST_ROWS = 3_000
"""Rows with something in them, of all sheets together."""


def read_spreadsheet(
    content: bytes, name: str, *, today: date, places: Places = NO_PLACES
) -> Reading:
    """Excel or CSV; a row that is not understood is told as it stands. Raises `UnreadableFile`."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile(
            Text("Filen är för stor. Högst 5 MB.", "The file is too large. At most 5 MB.")
        )
    kind = kind_of(content)
    if kind not in ("xlsx", "csv"):
        raise UnreadableFile(
            Text("Skicka kravlistan som Excel (.xlsx) eller CSV.",
                 "Send the requirements as Excel (.xlsx) or CSV.")
        )  # fmt: skip
    upload = read_workbook(content) if kind == "xlsx" else read_delimited(content, name)
    sheets = [rows_of(sheet) for sheet in upload.sheets]
    if sum(map(len, sheets)) > MOST_ROWS:
        raise UnreadableFile(
            Text("Filen har fler än {n} rader. Skicka bara kravlistan.",
                 "The file has more than {n} rows. Send the requirements alone.").format(n=MOST_ROWS)
        )  # fmt: skip
    words = " ".join(cell for rows in sheets for row in rows[:200] for cell in row)
    return gathered(sentences(sheets), language_of(words), places, today)


def sentences(sheets: list[list[list[str]]]) -> Iterator[Sentence]:
    for rows in sheets:
        yield from row_sentences(rows)


def rows_of(sheet: Sheet) -> list[list[str]]:
    """The rows that hold something, each cell as a person reads it."""
    rows = [[cell_text(cell) for cell in row] for row in sheet.rows]
    return [row for row in rows if any(row)]


def cell_text(cell: object) -> str:
    """Numbers without a needless decimal, days as 2027-12-31."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float() if cell == int(cell):
            return str(int(cell))
        case float():
            return f"{cell:.6f}".rstrip("0")
        case datetime():
            return cell.date().isoformat()
    return " ".join(str(cell).split())
