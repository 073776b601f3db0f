"""The Excel template of a municipality: its sites as they stand, and how to change them.

Made from the field registry. Reading it back untouched changes nothing.
"""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.administration.reference_words import Suggestions
from catalogue.fields import SITE, THEMES, Field
from catalogue.fields.field import Column
from catalogue.imports import headings
from catalogue.imports.cells import YES_NO, as_text, shown
from catalogue.imports.headings import writable
from catalogue.imports.rows import RECORD_FIELDS, record_sheet
from catalogue.imports.sources import source_cells
from catalogue.imports.template_checks import Lists, check_of
from catalogue.imports.template_reading import write_read_me
from catalogue.imports.template_styles import Styles
from catalogue.site import Site
from catalogue.sites_workbook import CHUNK_BYTES
from geo.texts import Language, Text

CELL_FIELDS: tuple[Field, ...] = tuple(
    one for one in SITE.values() if writable(one) and one.kind != "records"
)
"""The fields that have a column on the sheet of sites."""
SOURCED_FIELDS: tuple[Field, ...] = tuple(one for one in SITE.values() if writable(one))
HEADING_ROWS = 4
"""Theme, name, unit and key; the sites begin below."""
FIXED_COLUMNS = 2
"""Reference and version, before the fields."""
SPARE_ROWS = 200
WIDTHS = {"long_text": 46, "list": 26, "codes": 26, "code": 22, "text": 22, "link": 28}
NARROW = 14
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Subject:
    """What a template is about."""

    sites: Sequence[Site]
    municipality: str
    municipality_name: str
    language: Language
    today: date
    words: Suggestions

    def t(self, text: Text) -> str:
        return text.in_language(self.language)


A4 = 9
"""As spreadsheets number it."""


def write_template(subject: Subject) -> Iterator[bytes]:
    """The workbook, in pieces; rows go to disk as they come."""
    with tempfile.TemporaryFile() as file:
        with xlsxwriter.Workbook(
            file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            book.set_properties({"title": subject.municipality_name, "author": "SiteFinder"})
            fill(book, subject)
        file.seek(0)
        while piece := file.read(CHUNK_BYTES):
            yield piece


def fill(book: Workbook, subject: Subject) -> None:
    styles = Styles(book)
    read_me = book.add_worksheet(subject.t(headings.READ_ME))
    main = book.add_worksheet(subject.t(headings.SITES))
    records = [book.add_worksheet(record_sheet(one, subject.language)) for one in RECORD_FIELDS]
    sources = book.add_worksheet(subject.t(headings.SOURCES))
    lists = Lists(book.add_worksheet(subject.t(headings.LISTS)), subject.language)
    for sheet in (read_me, main, *records, sources):
        sheet.set_landscape()
        sheet.set_paper(A4)
    for sheet in (read_me, *records, sources):
        sheet.fit_to_pages(1, 0)
    main.repeat_rows(0, HEADING_ROWS - 1)
    main.repeat_columns(0, FIXED_COLUMNS)
    write_read_me(read_me, styles, subject.municipality_name, subject.language, subject.today)
    write_sites(main, styles, lists, subject)
    for sheet, one in zip(records, RECORD_FIELDS, strict=True):
        write_records(sheet, styles, one, subject)
    write_sources(sources, styles, lists, subject)
    lists.write()
    main.activate()
    main.set_first_sheet()


def width_of(one: Field) -> int:
    return WIDTHS.get(one.kind, NARROW)


def write_sites(sheet: Worksheet, styles: Styles, lists: Lists, subject: Subject) -> None:
    last = HEADING_ROWS + len(subject.sites) + SPARE_ROWS - 1
    sheet.set_column(0, 0, 16, styles.cell("text"))
    sheet.set_column(1, 1, 8, styles.locked, {"hidden": True})
    for place, one in enumerate(CELL_FIELDS, start=FIXED_COLUMNS):
        sheet.set_column(place, place, width_of(one), styles.cell(one.kind))
        checked = check_of(one, lists, subject.words, subject.language)
        sheet.data_validation(HEADING_ROWS, place, last, place, checked)
    write_headings(sheet, styles, subject)
    for row, site in enumerate(subject.sites, start=HEADING_ROWS):
        sheet.write_string(row, 0, site.reference, styles.locked)
        sheet.write_number(row, 1, site.version, styles.locked)
        for place, one in enumerate(CELL_FIELDS, start=FIXED_COLUMNS):
            if one.key in site.values:
                cell = shown(one, site.values[one.key], subject.language)
                write_cell(sheet, row, place, cell, styles.cell(one.kind))
    sheet.freeze_panes(HEADING_ROWS, FIXED_COLUMNS + 1)
    protect(sheet)


def write_headings(sheet: Worksheet, styles: Styles, subject: Subject) -> None:
    """Theme over its columns, then name with the help as a comment, unit, and key."""
    sheet.set_row(0, 20)
    sheet.set_row(1, 46)
    sheet.set_row(3, 14)
    sheet.write_blank(0, 0, None, styles.band(0))
    sheet.write_blank(0, 1, None, styles.band(0))
    place = FIXED_COLUMNS
    for number, (theme, label) in enumerate(THEMES.items()):
        width = sum(one.theme == theme for one in CELL_FIELDS)
        if width > 1:
            sheet.merge_range(0, place, 0, place + width - 1, subject.t(label), styles.band(number))
        elif width:
            sheet.write_string(0, place, subject.t(label), styles.band(number))
        place += width
    fixed = (("reference", headings.REFERENCE), ("version", headings.VERSION))
    for row, texts in enumerate(heading_rows(subject.language), start=1):
        for column, (key, label) in enumerate(fixed):
            text = (subject.t(label), None, key)[row - 1]
            sheet.write(row, column, text, styles.heading(row, is_needed=True))
        for column, (one, text) in enumerate(zip(CELL_FIELDS, texts, strict=True), FIXED_COLUMNS):
            sheet.write_string(row, column, text, styles.heading(row, is_needed=one.level == 1))
            if row == 1:
                comment = f"{subject.t(one.label)}\n\n{subject.t(one.help)}"
                sheet.write_comment(row, column, comment, {"x_scale": 2.2, "y_scale": 1.3})


def heading_rows(language: Language) -> list[list[str]]:
    """Of the fields: names, units or what to write, and keys."""
    return [
        [one.label.in_language(language) for one in CELL_FIELDS],
        [(one.unit if one.unit.en else WRITTEN_AS.get(one.kind, Text("", ""))).in_language(language)
         for one in CELL_FIELDS],
        [one.key for one in CELL_FIELDS],
    ]  # fmt: skip


WRITTEN_AS: dict[str, Text] = {
    "text": Text("text", "text"),
    "long_text": Text("löpande text", "running text"),
    "link": Text("webbadress", "web address"),
    "date": Text("datum", "date"),
    "flag": Text("ja/nej", "yes/no"),
    "code": Text("välj", "choose"),
    "codes": Text("en eller flera; med semikolon", "one or more; with semicolons"),
    "list": Text("en eller flera; med semikolon", "one or more; with semicolons"),
    "number": Text("tal", "number"),
    "integer": Text("heltal", "whole number"),
}


def write_cell(sheet: Worksheet, row: int, place: int, cell: Any, style: Any) -> None:
    """Any: a cell of `shown`; XlsxWriter ships no types."""
    if isinstance(cell, float | int):
        sheet.write_number(row, place, cell, style)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, style)
    elif cell is not None:
        sheet.write_string(row, place, cell, style)


def write_records(sheet: Worksheet, styles: Styles, one: Field, subject: Subject) -> None:
    """One row for each row of the field, under the site it belongs to."""
    titles = [subject.t(headings.REFERENCE), subject.t(headings.NAME)]
    titles += [title_of(column, subject.language) for column in one.columns]
    open_rows(sheet, styles, titles)
    sheet.write_comment(0, 2, f"{subject.t(one.label)}\n\n{subject.t(one.help)}", {"x_scale": 2.2})
    last = SPARE_ROWS + sum(len(records_of(site, one)) for site in subject.sites)
    for place, column in enumerate(one.columns, start=2):
        sheet.set_column(place, place, WIDTHS.get(column.kind, NARROW), styles.cell(column.kind))
        if column.kind == "flag":
            choices = [subject.t(word) for word in YES_NO]
            sheet.data_validation(1, place, last, place, {"validate": "list", "source": choices})
    row = 1
    for site in subject.sites:
        for record in records_of(site, one):
            sheet.write_string(row, 0, site.reference, styles.cell("text"))
            sheet.write_string(row, 1, site.name(subject.language), styles.locked)
            for place, column in enumerate(one.columns, start=2):
                cell = record_cell(column, record.get(column.key), subject.language)
                write_cell(sheet, row, place, cell, styles.cell(column.kind))
            row += 1


def records_of(site: Site, one: Field) -> list[Mapping[str, Any]]:
    """Any: the parts of a record differ in type."""
    value = site.values.get(one.key)
    return (
        [record for record in value if isinstance(record, dict)] if isinstance(value, list) else []
    )


def record_cell(column: Column, value: Any, language: Language) -> Any:
    """Any: a part of a record, and what `write_cell` takes."""
    if isinstance(value, bool):
        return YES_NO[not value].in_language(language)
    return date.fromisoformat(value) if column.kind == "date" and value else value


def title_of(column: Column, language: Language) -> str:
    label, unit = column.label.in_language(language), column.unit.in_language(language)
    return f"{label} ({unit})" if unit else label


def open_rows(sheet: Worksheet, styles: Styles, titles: Sequence[str]) -> None:
    """A sheet with a row for each thing said of a site: headings that stay, cells that are open."""
    sheet.set_row(0, 32)
    sheet.set_column(0, 0, 16, styles.cell("text"))
    sheet.set_column(1, 1, 26, styles.locked)
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, styles.heading(1, is_needed=True))
    sheet.freeze_panes(1, 2)
    protect(sheet)


def write_sources(sheet: Worksheet, styles: Styles, lists: Lists, subject: Subject) -> None:
    """One row for each value that has a source, or of which somebody was asked."""
    titles = [headings.REFERENCE, headings.NAME, headings.FIELD, *headings.SOURCE_PARTS.values()]
    open_rows(sheet, styles, [subject.t(title) for title in titles])
    last = SPARE_ROWS * 5 + sum(len(site.provenance) for site in subject.sites)
    widths = {2: 28, 3: 18, 4: 28, 5: 13, 6: 42, 7: 24, 8: 13, 9: 24}
    for place, width in widths.items():
        kind = "date" if place in (5, 8) else "text"
        sheet.set_column(place, place, width, styles.cell(kind))
    for place, source in enumerate(
        lists.of_sources([subject.t(one.label) for one in SOURCED_FIELDS])
    ):
        if source:
            checked = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(1, place + 2, last, place + 2, checked)
    text, day = styles.cell("text"), styles.cell("date")
    row = 1
    for site in subject.sites:
        name = site.name(subject.language)
        for one in SOURCED_FIELDS:
            behind = site.provenance.get(one.key)
            if behind is None:
                continue
            sheet.write_string(row, 0, site.reference, text)
            sheet.write_string(row, 1, name, styles.locked)
            sheet.write_string(row, 2, subject.t(one.label), text)
            for place, cell in enumerate(source_cells(behind, subject.language), start=3):
                if isinstance(cell, str):
                    sheet.write_string(row, place, cell, text)
                elif cell is not None:
                    sheet.write_datetime(row, place, cell, day)
            row += 1


def protect(sheet: Worksheet) -> None:
    """Headings and what identifies a site cannot be changed by mistake; there is no password."""
    sheet.protect(
        "",
        {
            "format_cells": True, "format_columns": True, "format_rows": True, "sort": True,
            "autofilter": True, "select_locked_cells": True, "select_unlocked_cells": True,
        },
    )  # fmt: skip


def write_csv(subject: Subject) -> Iterator[bytes]:
    """The sites as text under the fields' keys, as Excel opens it in the reader's language."""
    buffer = io.StringIO()
    delimiter = ";" if subject.language == "sv" else ","
    rows = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    fields = [one for one in SITE.values() if writable(one)]
    rows.writerow(["reference", "version", "municipality", *(one.key for one in fields)])
    for site in subject.sites:
        cells = [shown(one, site.values.get(one.key), subject.language) for one in fields]
        rows.writerow(
            [
                site.reference,
                site.version,
                site.municipality,
                *(unrun(as_text(cell, subject.language)) for cell in cells),
            ]
        )
    yield b"\xef\xbb\xbf" + buffer.getvalue().encode()


def unrun(text: str) -> str:
    """A text that a spreadsheet would run as a formula is quoted."""
    return f"'{text}" if text.startswith(RISKY) else text
