"""The list behind a figure as an Excel workbook: the lines on one sheet, their steps on another."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook

from catalogue.behind.lines import Behind
from catalogue.exports import cell
from geo.texts import Language, Text

Cells = Mapping[str, Any]
"""By the columns of the CSV file. Any: the cells differ in type."""
FIRST_ROW = 4
LINE_COLUMNS: dict[str, tuple[Text, int]] = {
    "key": (Text("Beteckning", "Reference"), 16),
    "name": (Text("Namn", "Name"), 34),
    "about": (Text("Om", "About"), 40),
    "municipality_code": (Text("Kommunkod", "Municipality code"), 12),
    "status": (Text("Status", "Status"), 12),
    "substation": (Text("Station", "Substation"), 20),
    "counts": (Text("Räknas för stationen", "Counts for the substation"), 12),
    "is_new": (Text("Ny", "New"), 8),
    "is_withdrawn": (Text("Tillbakadragen", "Withdrawn"), 14),
    "before": (Text("Före", "Before"), 11),
    "now": (Text("Nu", "Now"), 11),
    "change": (Text("Ändring", "Change"), 11),
    "before_count": (Text("Räknas före", "Count before"), 11),
    "before_of": (Text("Av, före", "Of, before"), 11),
    "now_count": (Text("Räknas nu", "Count now"), 11),
    "now_of": (Text("Av, nu", "Of, now"), 11),
}
STEP_COLUMNS: dict[str, tuple[Text, int]] = {
    "key": (Text("Beteckning", "Reference"), 16),
    "step": (Text("Steg", "Step"), 12),
    "field": (Text("Fält", "Field"), 22),
    "field_name": (Text("Vad", "What"), 34),
    "old": (Text("Från", "From"), 22),
    "new": (Text("Till", "To"), 22),
    "old_basis": (Text("Grund, före", "Basis, before"), 16),
    "new_basis": (Text("Grund, efter", "Basis, after"), 16),
    "old_as_of": (Text("Datum, före", "Date, before"), 12),
    "new_as_of": (Text("Datum, efter", "Date, after"), 12),
    "before": (Text("Före steget", "Before the step"), 11),
    "now": (Text("Efter steget", "After the step"), 11),
    "change": (Text("Ändring", "Change"), 11),
    "before_count": (Text("Räknas före", "Count before"), 11),
    "before_of": (Text("Av, före", "Of, before"), 11),
    "now_count": (Text("Räknas efter", "Count after"), 11),
    "now_of": (Text("Av, efter", "Of, after"), 11),
    "saved_on": (Text("Sparat", "Saved"), 12),
    "role": (Text("Roll", "Role"), 12),
    "version": (Text("Version", "Version"), 9),
}


def write_workbook(found: Behind, rows: Sequence[Cells], language: Language) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        lines = [row for row in rows if row["row"] != "step"]
        steps = [row for row in rows if row["row"] == "step"]
        add_sheet(book, found, Text("Listan", "The list"), LINE_COLUMNS, lines, language)
        add_sheet(book, found, Text("Ändringar", "Changes"), STEP_COLUMNS, steps, language)
    return file.getvalue()


def add_sheet(
    book: Workbook,
    found: Behind,
    name: Text,
    columns: Mapping[str, tuple[Text, int]],
    rows: Iterable[Cells],
    language: Language,
) -> None:
    """The title and the dates, then the columns that say anything, with a frozen heading."""
    told = list(rows)
    shown = [key for key in columns if any(row.get(key) not in (None, "") for row in told)]
    heading = book.add_format({"bold": True, "bg_color": "#E3EFE8", "text_wrap": True})
    strong = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet(name.in_language(language))
    title, unit = (one.in_language(language) for one in (found.figure.name, found.figure.unit))
    dates = Text("Läget {as_of}, jämfört med {since}", "As of {as_of}, compared with {since}")
    said = dates.format(as_of=found.span.as_of, since=found.span.since).in_language(language)
    sheet.write_string(
        0,
        0,
        f"{title} ({unit})" if unit else title,
        book.add_format({"bold": True, "font_size": 16}),
    )
    sheet.write_string(1, 0, said)
    sheet.write_string(2, 0, found.definition.added_up.in_language(language))
    for column, key in enumerate(shown):
        label, width = columns[key]
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST_ROW, column, label.in_language(language), heading)
    for number, row in enumerate(told, start=FIRST_ROW + 1):
        style = strong if row["row"] in ("figure", "substation") else None
        for column, key in enumerate(shown):
            if row.get(key) is not None:
                sheet.write(number, column, cell(row[key]), style)
    sheet.freeze_panes(FIRST_ROW + 1, 1)
    if told and shown:
        sheet.autofilter(FIRST_ROW, 0, FIRST_ROW + len(told), len(shown) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
