"""Comma, semicolon or tab separated text read into a sheet, whatever encoding it was saved in."""

import csv
import io
from collections.abc import Iterable

from catalogue.errors import UnreadableFile
from catalogue.imports.sheets import Sheet, Upload
from geo.texts import Text

DELIMITERS: dict[str, Text] = {
    ";": Text("semikolon", "semicolons"),
    ",": Text("komma", "commas"),
    "\t": Text("tabb", "tabs"),
}
LONGEST_CELL = 5_000_000
"""Characters: an outline of the most corners there may be takes less."""
MOST_ROWS = 50_000
RISKY = ("'=", "'+", "'-", "'@", "'\t", "'\r")
"""How a text that a spreadsheet would run as a formula is written in our own files."""


def read_delimited(content: bytes, name: str) -> Upload:
    """Raises `UnreadableFile`."""
    text, encoding = decoded(content)
    delimiter, text = parted(text)
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = [cells(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise UnreadableFile(
            Text(
                "Filen går inte att läsa som CSV: {why}. Spara den på nytt som CSV UTF-8.",
                "The file cannot be read as CSV: {why}. Save it again as CSV UTF-8.",
            ).format(why=str(error))
        ) from error
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(
            Text(
                "Filen har {rows} rader; högst {most} läses. Dela den på flera.",
                "The file has {rows} rows; at most {most} are read. Part it into several.",
            ).format(rows=len(rows), most=MOST_ROWS)
        )
    notes = [
        Text(
            "Läst som text med {encoding} och {delimiter} mellan kolumnerna.",
            "Read as text in {encoding} with {delimiter} between the columns.",
        ).format(encoding=encoding, delimiter=DELIMITERS[delimiter])
    ]
    return Upload(
        kind="csv",
        sheets=[Sheet(name=name, rows=rows)],
        notes=notes,
        language="en" if delimiter == "," else None,
    )


def decoded(content: bytes) -> tuple[str, str]:
    """The text and what its encoding is called: UTF-8 where it can be, else what Windows writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def parted(text: str) -> tuple[str, str]:
    """The delimiter that makes most columns of the first line, and the text without `sep=`."""
    first, _, rest = text.partition("\n")
    said = first.strip().lower().removeprefix("sep=")
    if said in DELIMITERS and first.strip().lower().startswith("sep="):
        return said, rest
    return max(DELIMITERS, key=lambda one: columns(first, one)), text


def columns(line: str, delimiter: str) -> int:
    return len(next(csv.reader([line], delimiter=delimiter), ()))


def cells(row: Iterable[str]) -> list[str | None]:
    return [(cell[1:] if cell.startswith(RISKY) else cell) or None for cell in row]
