"""Excel workbooks read into sheets: nothing in them is run, and none may be larger than it says.

The cells are read by Calamine, which is fast and follows no reference out of the file. What it does
not tell – hidden rows and formulas – is looked up in the sheets' own XML.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook

from catalogue.errors import UnreadableFile
from catalogue.imports.sheets import Row, Sheet, Upload, column_number, letters
from geo.texts import Text

MOST_PARTS = 1_000
MOST_UNPACKED_BYTES = 250_000_000
MOST_SHEETS = 60
MOST_ROWS = 250_000
MOST_COLUMNS = 400
MOST_CELLS = 4_000_000
"""Of one sheet, empty ones between the first and the last included: they take memory too."""
SHOWN_ROWS = 12

OPENING = rb"<(?:\w+:)?"
ROW_NUMBER = re.compile(OPENING + rb'row\b[^>]*?\sr="([0-9]+)"')
HIDDEN_ROW = re.compile(OPENING + rb'row\b(?=[^>]*?\shidden="(?:1|true)")[^>]*?\sr="([0-9]+)"')
CELL = re.compile(OPENING + rb'c\b[^>]*?\sr="([A-Z]+)[0-9]+"')
FORMULA = re.compile(
    OPENING + rb'c\b[^>]*?\sr="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*' + OPENING + rb"f[ />]"
)
ERROR = re.compile(OPENING + rb'c\b(?=[^>]*?\st="e")[^>]*?\sr="([A-Z]{1,3})([0-9]{1,7})"')
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_workbook(content: bytes) -> Upload:
    """Every visible and hidden sheet; raises `UnreadableFile`."""
    packed = opened(content)
    parts = {name: path for name, path in sheet_parts(packed)}
    scans = {name: scan(packed.read(path)) for name, path in parts.items()}
    notes: list[Text] = []
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [
            read_sheet(book, name, scanned, notes)
            for name, scanned in scans.items()
            if name in book.sheet_names
        ]
    except (CalamineError, ValueError) as error:
        raise broken() from error
    except BaseException as error:
        # What Calamine did not foresee ends it in a way that is no ordinary exception of Python's.
        if type(error).__name__ == "PanicException":
            raise broken() from error
        raise
    return Upload(kind="xlsx", sheets=sheets, notes=notes)


def opened(content: bytes) -> zipfile.ZipFile:
    """The packed workbook, its sizes looked at before anything is unpacked."""
    try:
        packed = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile as error:
        raise broken() from error
    entries = packed.infolist()
    if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > MOST_UNPACKED_BYTES:
        raise UnreadableFile(
            Text(
                "Filen blir för stor när den packas upp. Dela den på flera, med högst {rows} rader "
                "på varje blad.",
                "The file becomes too large when it is unpacked. Part it into several, with at "
                "most {rows} rows on each sheet.",
            ).format(rows=MOST_ROWS)
        )
    if any(one.flag_bits & 1 for one in entries):
        raise UnreadableFile(
            Text(
                "Filen är skyddad med lösenord. Spara en kopia utan lösenord och ladda upp den.",
                "The file is protected by a password. Save a copy without one and upload that.",
            )
        )
    return packed


def broken() -> UnreadableFile:
    return UnreadableFile(
        Text(
            "Filen går inte att läsa som en Excelbok. Den är skadad eller har bara fått namnet "
            ".xlsx. Öppna den i Excel och spara den på nytt som Excel-arbetsbok (.xlsx).",
            "The file cannot be read as an Excel workbook. It is damaged, or only named .xlsx. Open "
            "it in Excel and save it again as an Excel workbook (.xlsx).",
        )
    )


def sheet_parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets' names and where in the package each is."""
    try:
        book = fromstring(packed.read("xl/workbook.xml"))
        relations = fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    except Exception as error:  # a hostile file fails in more ways than can be named
        raise broken() from error
    targets = {one.get("Id"): str(one.get("Target")) for one in relations}
    names = set(packed.namelist())
    for number, sheet in enumerate(book.iterfind(".//{*}sheets/{*}sheet")):
        if number >= MOST_SHEETS:
            break
        target = targets.get(sheet.get(RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in names and "worksheets" in path:
            yield str(sheet.get("name")), path


@dataclass(frozen=True)
class Scan:
    """What the XML of a sheet says beyond its values."""

    hidden: tuple[int, ...]
    formulas: frozenset[tuple[int, int]]
    errors: frozenset[tuple[int, int]]


def scan(xml: bytes) -> Scan:
    """Raises `UnreadableFile` for a sheet that would take too much memory, or wants entities."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise broken()
    last_row = max(map(int, ROW_NUMBER.findall(xml)), default=0)
    widest = max(map(column_number, set(CELL.findall(xml))), default=0)
    if last_row > MOST_ROWS or widest > MOST_COLUMNS or last_row * widest > MOST_CELLS:
        raise UnreadableFile(
            Text(
                "Ett blad når till {cell}, mer än vad som läses. Ta bort tomma rader och kolumner "
                "efter de sista uppgifterna, eller dela filen.",
                "A sheet reaches {cell}, more than is read. Remove empty rows and columns after "
                "the last values, or part the file.",
            ).format(cell=f"{letters(widest)}{last_row}")
        )
    formulas = FORMULA.findall(xml) if b"<f" in xml or b":f" in xml else []
    return Scan(
        hidden=tuple(map(int, HIDDEN_ROW.findall(xml))),
        formulas=cells_of(formulas),
        errors=cells_of(ERROR.findall(xml) if b't="e"' in xml else []),
    )


def cells_of(found: list[tuple[bytes, bytes]]) -> frozenset[tuple[int, int]]:
    """Row and column, of letters and row."""
    return frozenset((int(row), column_number(name)) for name, row in found)


def read_sheet(book: CalamineWorkbook, name: str, scanned: Scan, notes: list[Text]) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if scanned.hidden:
        shown = ", ".join(map(str, scanned.hidden[:SHOWN_ROWS]))
        notes.append(
            Text(
                "Bladet {sheet} har dolda rader ({rows}). De läses som alla andra.",
                "The sheet {sheet} has hidden rows ({rows}). They are read like the others.",
            ).format(sheet=name, rows=shown + (" …" if len(scanned.hidden) > SHOWN_ROWS else ""))
        )
    start = sheet.start or (0, 0)
    return Sheet(
        name=name,
        rows=[plain(row, start[1]) for row in sheet.to_python()],
        first_row=start[0] + 1,
        merged=[
            (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
            for first, last in sheet.merged_cell_ranges or ()
        ],
        formulas=scanned.formulas,
        errors=scanned.errors,
    )


def plain(row: list[Any], left: int) -> Row:
    """The cells from column A on; Any: what Calamine found. A time of midnight is a mere day."""
    cells = [None if cell == "" else day(cell) if type(cell) is datetime else cell for cell in row]
    return [None] * left + cells if left else cells


def day(moment: datetime) -> date:
    return moment.date() if moment.time() == time.min else moment
