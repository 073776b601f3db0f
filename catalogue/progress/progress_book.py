"""What the sheets of the progress workbook share: the book with its formats, tables and charts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.progress.figures import FIGURE
from catalogue.progress.progress import Progress, Row
from catalogue.progress.reports import Report
from geo.texts import Language, Text

MUNICIPALITY = Text("Kommun", "Municipality")
FIRST_ROW = 4
"""Where a sheet's table starts: the title, the dates and an empty row stand above it."""
CHANGE = Text("Förändring", "Change")
EXAMPLES = Text("Exempeldata – platserna är påhittade", "Example data – the sites are invented")
FIGURES = Text("Tal", "Figure")
FIGURE_WIDTH, NAME_WIDTH, LINE_HEIGHT = 13, 52, 15
"""Columns in characters, lines in points."""
FIRM_COLOUR, FLEXIBLE_COLOUR, QUIET_COLOUR = "#1C5B43", "#9CC6AE", "#C9C4B8"
HEAT_SCALE = {
    "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num",
    "min_value": 0, "mid_value": 50, "max_value": 100,
    "min_color": "#F6F3ED", "mid_color": "#9CC6AE", "max_color": "#337A5C",
}  # fmt: skip
"""Per cent, from pale to green."""


@dataclass(frozen=True)
class Book:
    """The workbook being written, with its formats. Any: xlsxwriter has no types."""

    book: Workbook
    report: Report
    language: Language
    heading: Format
    title: Format
    soft: Format
    strong: Format
    wrapped: Format
    numbers: dict[tuple[int, bool, bool], Format]

    @property
    def progress(self) -> Progress:
        return self.report.progress

    def words(self, text: Text) -> str:
        return text.in_language(self.language)

    def number_format(self, decimals: int, *, signed: bool, bold: bool) -> Format:
        """Thousands apart, a sign for a change, the total in bold; made once each."""
        key = (decimals, signed, bold)
        if key not in self.numbers:
            plain = "#,##0" + (".0" if decimals else "")
            pattern = f"+{plain};-{plain};±0" if signed else plain
            self.numbers[key] = self.book.add_format(
                {"num_format": pattern, "bold": bold, "top": 1 if bold else 0, "valign": "top"}
            )
        return self.numbers[key]

    def sheet(self, name: Text, text: Text) -> Worksheet:
        """A sheet with its title, its dates and, where it holds any, the word example data."""
        sheet = self.book.add_worksheet(self.words(name))
        dates = Text("Läget {as_of}, jämfört med {since}", "As of {as_of}, compared with {since}")
        shown = dates.format(as_of=self.progress.as_of, since=self.progress.since)
        if self.progress.has_examples:
            shown = Text(f"{shown.sv}. {EXAMPLES.sv}", f"{shown.en}. {EXAMPLES.en}")
        narrowed = self.report.narrowed_words
        if narrowed.sv:
            shown = Text(f"Urval: {narrowed.sv}. {shown.sv}", f"Only {narrowed.en}. {shown.en}")
        sheet.write_string(0, 0, self.words(text), self.title)
        sheet.write_string(1, 0, self.words(shown), self.soft)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return sheet


def heading_of(book: Book, key: str) -> str:
    figure = FIGURE[key]
    name, unit = book.words(figure.name), book.words(figure.unit)
    return f"{name} ({unit})" if unit else name


def add_table(
    book: Book,
    sheet: Worksheet,
    keys: Sequence[str],
    *,
    row: int = FIRST_ROW,
    changes: bool = False,
) -> int:
    """A table of figures by municipality, the total last; the first row below it."""
    headings = [book.words(MUNICIPALITY)]
    for key in keys:
        headings += [heading_of(book, key)] + [book.words(CHANGE)] * changes
    sheet.write_row(row, 0, headings, book.heading)
    sheet.set_row(row, height_of(headings, FIGURE_WIDTH))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, len(headings) - 1, FIGURE_WIDTH)
    for one in book.progress.all_rows:
        row += 1
        is_total = not one.code
        if is_total:
            sheet.write_string(row, 0, book.words(one.name), book.strong)
        else:
            sheet.write_string(row, 0, book.words(one.name))
        add_numbers(book, sheet, row, one, keys, changes=changes)
    return row + 1


def add_figures(book: Book, sheet: Worksheet, keys: Sequence[str], *, changes: bool = True) -> None:
    """Many figures, one a row, the municipalities beside each other; their changes in a table below."""
    places = [book.words(one.name) for one in book.progress.all_rows]
    sheet.set_column(0, 0, NAME_WIDTH)
    sheet.set_column(1, len(places), FIGURE_WIDTH)
    row = FIRST_ROW
    since = Text("Förändring sedan {day}", "Change since {day}").format(day=book.progress.since)
    for heading, signed in ((book.words(FIGURES), False), (book.words(since), True))[: 1 + changes]:
        sheet.write_row(row, 0, [heading, *places], book.heading)
        for key in keys:
            row += 1
            sheet.write_string(row, 0, heading_of(book, key), book.wrapped)
            for column, one in enumerate(book.progress.all_rows, start=1):
                number = one.change(key) if signed else one.numbers[key]
                decimals = FIGURE[key].definition.decimals
                style = book.number_format(decimals, signed=signed, bold=not one.code)
                if number is None:
                    sheet.write_blank(row, column, None, style)
                else:
                    sheet.write_number(row, column, number, style)
        row += 3
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def height_of(texts: Sequence[str], width: int) -> float:
    """Points for a row whose cells are as wide, with room for the longest text in several lines."""
    return LINE_HEIGHT * max(math.ceil(len(text) / (width - 1)) for text in texts)


def add_numbers(
    book: Book, sheet: Worksheet, row: int, one: Row, keys: Sequence[str], *, changes: bool
) -> None:
    column = 1
    for key in keys:
        decimals = FIGURE[key].definition.decimals
        shown = [(one.numbers[key], False)] + [(one.change(key), True)] * changes
        for number, signed in shown:
            style = book.number_format(decimals, signed=signed, bold=not one.code)
            if number is None:
                sheet.write_blank(row, column, None, style)
            else:
                sheet.write_number(row, column, number, style)
            column += 1


def municipality_rows(book: Book) -> tuple[int, int]:
    """The first and last row of the municipalities in a sheet's first table."""
    return FIRST_ROW + 1, FIRST_ROW + len(book.progress.rows)


def add_chart(
    book: Book, sheet: Worksheet, name: Text, columns: Sequence[tuple[int, str]], *, place: str
) -> None:
    """Stacked bars, a municipality each, of some columns of the sheet's first table."""
    chart = book.book.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = municipality_rows(book)
    for column, colour in columns:
        chart.add_series(
            {
                "name": [sheet.get_name(), FIRST_ROW, column],
                "categories": [sheet.get_name(), first, 0, last, 0],
                "values": [sheet.get_name(), first, column, last, column],
                "fill": {"color": colour},
                "border": {"color": "#FFFFFF"},
                "gap": 40,
            }
        )
    finish(book, chart, name, height=420)
    chart.set_y_axis({"reverse": True})
    sheet.insert_chart(place, chart)


def finish(book: Book, chart: Any, name: Text, *, height: int) -> None:
    """Any: xlsxwriter has no types."""
    chart.set_title({"name": book.words(name), "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": height})


def add_heat(book: Book, sheet: Worksheet, columns: int) -> None:
    """Colours the first columns of the municipalities, whose numbers are per cent."""
    first, last = municipality_rows(book)
    sheet.conditional_format(first, 1, last, columns, HEAT_SCALE)
