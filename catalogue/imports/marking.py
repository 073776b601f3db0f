"""The same workbook sent back with what is wrong marked in its cells, and listed on a sheet first."""

from collections.abc import Callable, Container, Iterable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.fields import SITE
from catalogue.imports import files
from catalogue.imports.files import Kind
from catalogue.imports.headings import MARKED
from catalogue.imports.sheets import Sheet, Upload
from geo.coordinate_readings import SWEDEN, Place, Reading
from geo.texts import Language, Text

MOST_MARKED_BYTES = 1_500_000
"""Of a packed workbook: a larger one takes minutes to write again, and gets the list alone."""
FILLS = {
    "faults": PatternFill("solid", fgColor="FFFFD9D2"),
    "warnings": PatternFill("solid", fgColor="FFFFF0C2"),
}
TITLES: tuple[tuple[Text, int], ...] = (
    (Text("Blad", "Sheet"), 18),
    (Text("Cell", "Cell"), 8),
    (Text("Plats", "Site"), 16),
    (Text("Fält", "Field"), 26),
    (Text("Står nu", "Says now"), 22),
    (Text("Vad som är fel och varför", "What is wrong and why"), 60),
    (Text("Så rättar du", "How to mend it"), 60),
)
AUTHOR = "SiteFinder"
COMMENT_WIDTH, COMMENT_HEIGHT = 340, 150

Told = Mapping[str, Any]
"""One finding, as `Finding.to_json` has it. Any: JSON."""


def marked(
    content: bytes,
    kind: Kind,
    name: str,
    report: Mapping[str, Any],
    language: Language,
    *,
    place: Place = SWEDEN,
    reading: str = "",
) -> bytes:
    """An Excel workbook, whatever kind of file was sent. Any: JSON.

    `place` and `reading` are how the coordinates of geodata were understood.
    """
    chosen = Reading.from_code(reading) if reading else None
    book = book_of(content, kind, lambda: files.read(content, kind, name, place, chosen))
    for tone, fill in FILLS.items():
        for finding in report[tone]:
            if finding["sheet"] in book.sheetnames:
                mark(book[finding["sheet"]], finding, fill, language)
    names = book.sheetnames
    listed = book.create_sheet(MARKED.in_language(language), 0)
    write_list(listed, report, names, language)
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is listed
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def book_of(content: bytes, kind: Kind, read: Callable[[], Upload]) -> Workbook:
    """The workbook itself; a file of another kind as one, cell for cell."""
    if kind == "xlsx" and len(content) <= MOST_MARKED_BYTES:
        book = load_workbook(BytesIO(content))
        for language in MARKED:
            if language in book.sheetnames:
                book.remove(book[language])
        return book
    book = Workbook()
    book.remove(book.worksheets[0])
    if len(content) <= MOST_MARKED_BYTES:
        for sheet in read().sheets:
            copy_sheet(book.create_sheet(title_of(sheet)), sheet)
    return book


def title_of(sheet: Sheet) -> str:
    """A sheet's name as Excel accepts it."""
    return "".join("-" if letter in "[]:*?/\\" else letter for letter in sheet.name)[:31]


def copy_sheet(target: Worksheet, sheet: Sheet) -> None:
    for number, row in sheet.numbered():
        for column, cell in enumerate(row, start=1):
            if isinstance(cell, list | dict):
                write_text(target.cell(number, column), str(cell))
            elif isinstance(cell, str):
                write_text(target.cell(number, column), cell)
            elif cell is not None:
                target.cell(number, column, cell)


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Also of a text that begins like a formula; a cell without text stays empty."""
    if text and isinstance(cell, Cell):
        cell.value = text
        cell.data_type = "s"


def mark(sheet: Worksheet, finding: Told, fill: PatternFill, language: Language) -> None:
    """The cell filled and commented; a finding about a whole row stands in its first cell."""
    cell = sheet[finding["cell"] or f"A{finding['row']}"]
    if not isinstance(cell, Cell):
        return
    cell.fill = fill
    text = "\n\n".join(said(finding, part, language) for part in ("text", "mend"))
    earlier = f"{cell.comment.text}\n\n" if cell.comment and cell.comment.author == AUTHOR else ""
    comment = Comment(earlier + text, AUTHOR)
    comment.width, comment.height = COMMENT_WIDTH, COMMENT_HEIGHT
    cell.comment = comment


def said(finding: Told, part: str, language: Language) -> str:
    return Text(*finding[part]).in_language(language)


def write_list(
    sheet: Worksheet, report: Mapping[str, Any], names: Container[str], language: Language
) -> None:
    """Faults first, then what is only pointed out, each with a link to its cell.

    `names` are the sheets that can be linked to. Any: JSON.
    """
    for column, (title, width) in enumerate(TITLES, start=1):
        heading = sheet.cell(1, column, title.in_language(language))
        heading.font = Font(name="Calibri", bold=True, color="FFFFFFFF")
        heading.fill = PatternFill("solid", fgColor="FF1C5B43")
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = 2
    for tone, fill in FILLS.items():
        for finding in report[tone]:
            for column, text in enumerate(line(finding, language), start=1):
                cell = sheet.cell(row, column)
                write_text(cell, text)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            place = sheet.cell(row, 2)
            place.fill = fill
            if finding["sheet"] in names:
                target = finding["cell"] or f"A{finding['row']}"
                place.hyperlink = f"#'{finding['sheet']}'!{target}"
            row += 1
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def line(finding: Told, language: Language) -> Iterable[str]:
    field = SITE.get(finding["field"])
    return (
        finding["sheet"],
        finding["cell"] or str(finding["row"]),
        finding["reference"],
        field.label.in_language(language) if field else "",
        finding["given"],
        said(finding, "text", language),
        said(finding, "mend", language),
    )
