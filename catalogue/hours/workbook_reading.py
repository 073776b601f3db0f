"""A workbook of hours read row by row, each told what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.errors import Fault, Invalid, UnreadableFile
from catalogue.hours.activities import Activities, offered
from catalogue.hours.hours import HoursEntry, ProjectPlan
from catalogue.hours.month_entry import read_positive
from catalogue.hours.month_names import read_month
from catalogue.imports import files
from catalogue.imports.delimited import read_delimited
from catalogue.imports.sheets import Place, Sheet, is_given
from catalogue.imports.workbooks import opened, read_workbook
from geo.texts import Text

SHEET = Text("Tid", "Hours")
COLUMNS: dict[str, Text] = {
    "month": Text("Månad", "Month"),
    "hours": Text("Timmar", "Hours"),
    "activity": Text("Aktivitet", "Activity"),
    "role": Text("Roll", "Role"),
    "person": Text("Namn", "Name"),
    "sites": Text("Platser", "Sites"),
    "note": Text("Anteckning", "Note"),
}
NEEDED = ("month", "hours", "activity")
MOST_ROWS = 1_000
MOST_BYTES = 5_000_000
MOST_UNPACKED = 40_000_000
"""Bytes: the file is read while somebody waits for the page."""
HEADING_AMONG = 10
"""A heading stands among the first rows."""
NOT_HOURS = Text(
    "Filen är ingen Excelbok eller CSV med tid. Hämta mallen och fyll i den.",
    "The file is no Excel workbook or CSV of hours. Download the template and fill that in.",
)


@dataclass(frozen=True)
class ReadRow:
    """One row of the file: the entry it makes, or what is wrong with it."""

    number: int
    """As the spreadsheet counts it."""
    shown: Mapping[str, str]
    """Its cells as they were written, by column."""
    entry: HoursEntry | None
    faults: Sequence[tuple[str, str, Text]]
    """Column, cell such as `B7`, and what is wrong."""


def read_file(
    content: bytes,
    municipality: str,
    plan: ProjectPlan,
    *,
    activities: Activities,
    today: date,
) -> list[ReadRow]:
    """Every row with anything in it; raises `UnreadableFile`."""
    if len(content) > MOST_BYTES:
        raise too_large()
    kind = files.kind_of(content)
    if kind not in ("xlsx", "csv"):
        raise UnreadableFile(NOT_HOURS)
    if kind == "xlsx" and sum(one.file_size for one in opened(content).infolist()) > MOST_UNPACKED:
        raise too_large()
    upload = read_workbook(content) if kind == "xlsx" else read_delimited(content, SHEET.sv)
    sheet, heading, columns = table_in(upload.sheets)
    found = [
        read_row(sheet, number, columns, municipality, plan, activities, today)
        for number, cells in sheet.numbered()
        if number > heading
        and any(is_given(cells[one - 1]) for one in columns.values() if one <= len(cells))
    ]
    if not found:
        raise UnreadableFile(
            Text(
                "Det finns inga rader under rubrikerna. Fyll i minst en.",
                "There are no rows below the headings. Fill in one at least.",
            )
        )
    if len(found) > MOST_ROWS:
        raise UnreadableFile(
            Text(
                "Filen har {rows} rader; högst {most} läses. Dela den på flera.",
                "The file has {rows} rows; at most {most} are read. Part it into several.",
            ).format(rows=len(found), most=MOST_ROWS)
        )
    return found


def too_large() -> UnreadableFile:
    return UnreadableFile(
        Text(
            "Filen är för stor för en tidrapport. Högst {most} MB läses, och {unpacked} MB uppackat.",
            "The file is too large for hours. At most {most} MB is read, and {unpacked} MB unpacked.",
        ).format(most=MOST_BYTES // 1_000_000, unpacked=MOST_UNPACKED // 1_000_000)
    )


def table_in(sheets: Sequence[Sheet]) -> tuple[Sheet, int, dict[str, int]]:
    """The sheet, its row of headings, and the number of each column; raises `UnreadableFile`."""
    best: set[str] = set()
    for sheet in sheets:
        for number, cells in list(sheet.numbered())[:HEADING_AMONG]:
            columns = {
                key: place
                for place, cell in enumerate(cells, start=1)
                if (key := column_of(cell)) is not None
            }
            if all(key in columns for key in NEEDED):
                return sheet, number, columns
            best = max(best, set(columns), key=len)
    absent = [COLUMNS[key] for key in NEEDED if key not in best]
    raise UnreadableFile(
        Text(
            "Filen saknar kolumnen {sv}. Hämta mallen, eller skriv rubrikerna Månad, Timmar, "
            "Aktivitet och Roll.",
            "The file lacks the column {en}. Download the template, or write the headings Month, "
            "Hours, Activity and Role.",
        ).format(sv=", ".join(text.sv for text in absent), en=", ".join(text.en for text in absent))
    )


def column_of(cell: object) -> str | None:
    """The column that a heading names, by its key or its word in either language."""
    told = " ".join(str(cell or "").replace("*", "").split()).casefold()
    for key, text in COLUMNS.items():
        if told in (key, text.sv.casefold(), text.en.casefold()):
            return key
    return None


def read_row(
    sheet: Sheet,
    number: int,
    columns: Mapping[str, int],
    municipality: str,
    plan: ProjectPlan,
    activities: Activities,
    today: date,
) -> ReadRow:
    cells = {key: sheet.cell(number, place) for key, place in columns.items()}
    shown = {key: words(cell) for key, cell in cells.items()}
    month = read_month(cells["month"])
    raw: dict[str, Any] = {
        "municipality": municipality,
        "month": f"{month:%Y-%m}" if month else shown["month"],
        "hours": cells["hours"] if isinstance(cells["hours"], int | float) else shown["hours"],
        "activity": activity_code(shown["activity"], activities),
        "sites": [
            part.strip()
            for part in shown.get("sites", "").replace(";", ",").split(",")
            if part.strip()
        ],
        **{key: shown.get(key, "") for key in ("role", "person", "note")},
    }
    entry: HoursEntry | None = None
    faults: Sequence[tuple[str, str, Text]] = ()
    try:
        entry = read_positive(raw, plan, activities, today)
    except Invalid as refusal:
        faults = tuple(
            placed(in_words(fault, shown, activities), number, columns, sheet.name)
            for fault in refusal.faults
        )
    return ReadRow(number, shown, entry, faults)


def in_words(fault: Fault, shown: Mapping[str, str], activities: Activities) -> Fault:
    """An unknown activity told by the names that a spreadsheet offers, not by codes."""
    if fault.where != "activity" or not shown["activity"]:
        return fault
    labels = offered(activities).values()
    text = Text(
        "”{told}” är ingen aktivitet att välja. Välj bland: {names}.",
        "“{told}” is no activity to choose. Choose among: {names}.",
    )
    names = Text("; ".join(one.sv for one in labels), "; ".join(one.en for one in labels))
    return Fault("activity", text.format(told=shown["activity"][:40], names=names))


def placed(
    fault: Fault, number: int, columns: Mapping[str, int], sheet: str
) -> tuple[str, str, Text]:
    column = columns.get(fault.where, 0)
    return fault.where, Place(sheet, number, column).cell, fault.text


def words(cell: object) -> str:
    """A cell as a person would write it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def activity_code(told: str, activities: Activities) -> str:
    """The code that the label of an activity stands for; what is no activity is left as it is."""
    for code, one in activities.items():
        names = (code, one.label_sv.casefold(), one.label_en.casefold())
        if told.casefold() in names:
            return code
    return told[:80]
