"""The workbook's first sheets: the status report's figures with their charts, words and what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from catalogue.fields import MEASURED_THEMES, THEMES
from catalogue.progress import figure_definitions as means
from catalogue.progress import figures
from catalogue.progress.figure_definitions_land import BY_PLAN
from catalogue.progress.figures import FIGURE, POWER_TIMES, power_key
from catalogue.progress.progress_book import (
    CHANGE,
    FIGURE_WIDTH,
    FIRM_COLOUR,
    FIRST_ROW,
    FLEXIBLE_COLOUR,
    MUNICIPALITY,
    QUIET_COLOUR,
    Book,
    height_of,
)
from catalogue.progress.reports import TREND_KEYS
from catalogue.progress.sentences import introduction, sentences
from geo.texts import Text

OVERVIEW = Text("Översikt", "Overview")
KEYS = (
    "sites", "sites_published", "sites_expected", "completeness", "verified_pct",
    "area_net_ha", "area_net_available_ha", "sites_available", "power_firm_mw_now", "power_firm_naive_mw_now",
    "enquiries", "rfi_received", "hours", "hours_target",
)  # fmt: skip
CHART_COLUMN = 6
CHART_ROWS = 16
"""How many rows a chart covers."""
AREA_COLOURS = (FIRM_COLOUR, FLEXIBLE_COLOUR, "#87837A", QUIET_COLOUR)
Cell = str | float | None


@dataclass(frozen=True)
class Table:
    """A small table of the overview, and where it stands on the sheet."""

    first: int
    """The row of its headings."""
    rows: int
    columns: int

    @property
    def below(self) -> int:
        """Where the next one starts, below this one's chart too."""
        return self.first + max(self.rows + 2, CHART_ROWS) + 2


def add_overview(book: Book) -> None:
    """What stands on the steering group's sheet of paper, each table beside its chart."""
    sheet = book.sheet(OVERVIEW, Text("Läget i korthet", "Progress in brief"))
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, CHART_COLUMN - 1, FIGURE_WIDTH)
    told = " ".join(book.words(one.text) for one in introduction(book.progress, book.report.row))
    sheet.merge_range(FIRST_ROW - 1, 0, FIRST_ROW - 1, CHART_COLUMN + 9, told, book.wrapped)
    sheet.set_row(FIRST_ROW - 1, 50)
    row = FIRST_ROW + 1
    for add in (add_key_numbers, add_land, add_power_by_area, add_themes, add_trend):
        row = add(book, sheet, row).below
    sheet.freeze_panes(2, 0)


def add_key_numbers(book: Book, sheet: Worksheet, first: int) -> Table:
    """The figures that say most, with their change; hours beside the plan as a chart."""
    found = book.report.row
    headings = ["", book.words(Text("Nu", "Now")), book.words(CHANGE)]
    sheet.write_row(first, 0, headings, book.heading)
    for row, key in enumerate(KEYS, start=first + 1):
        figure = FIGURE[key]
        unit = book.words(figure.unit)
        name = book.words(figure.name)
        sheet.write_string(row, 0, f"{name} ({unit})" if unit else name)
        decimals = figure.definition.decimals
        write(book, sheet, (row, 1), found.numbers[key], decimals)
        write(book, sheet, (row, 2), found.change(key), decimals, signed=True)
    return Table(first, len(KEYS), len(headings))


def add_land(book: Book, sheet: Worksheet, first: int) -> Table:
    """Hectares by planning status."""
    found = book.report.row
    rows: list[list[Cell]] = [
        [plan_label(book.words(figure.name)), found.numbers[figure.key]]
        for figure in figures.FIGURES
        if figure.definition is BY_PLAN
    ]
    headings = [book.words(BY_PLAN.name), book.words(BY_PLAN.unit)]
    table = add_rows(book, sheet, first, headings, rows, decimals=1)
    chart = book.book.add_chart({"type": "bar"})
    add_series(chart, sheet, table, 1, fill=FIRM_COLOUR)
    chart.set_y_axis({"reverse": True})
    insert(book, sheet, chart, table, Text("Nettoyta, ha", "Net area, ha"))
    chart.set_legend({"none": True})
    return table


def plan_label(name: str) -> str:
    """What stands last in the figure's name."""
    return name.rpartition(": ")[2]


def add_power_by_area(book: Book, sheet: Worksheet, first: int) -> Table:
    """Firm MW by year, each substation once, stacked by bidding area; site by site as a line."""
    found = book.report.row
    areas = [
        area
        for area in figures.BIDDING_AREAS
        if found.numbers[power_key(means.FIRM, None, area)] is not None
    ]
    naive = Text("Plats för plats", "Site by site")
    headings = ["MW", *areas, book.words(Text("En gång", "Once")), book.words(naive)]
    rows: list[list[Cell]] = [
        [
            book.words(label),
            *(found.numbers[power_key(means.FIRM, year, area)] for area in areas),
            found.numbers[power_key(means.FIRM, year)],
            found.numbers[power_key(means.NAIVE_FIRM, year)],
        ]
        for year, label in zip((None, *figures.CHOSEN_YEARS), POWER_TIMES.values(), strict=True)
    ]
    table = add_rows(book, sheet, first, headings, rows, decimals=1)
    chart = book.book.add_chart({"type": "column", "subtype": "stacked"})
    # Where no site is in an area yet, the column of all of them stands first.
    for place in range(max(len(areas), 1)):
        add_series(chart, sheet, table, 1 + place, fill=AREA_COLOURS[place])
    line = book.book.add_chart({"type": "line"})
    add_series(line, sheet, table, len(headings) - 1, line="#87837A", dash="dash")
    chart.combine(line)
    insert(book, sheet, chart, table, Text("Fast effekt, MW", "Firm power, MW"))
    return table


def add_themes(book: Book, sheet: Worksheet, first: int) -> Table:
    """Completeness by theme, now and on the day compared with."""
    found = book.report.row
    keys = [f"{means.COMPLETENESS.key}_{theme}" for theme in MEASURED_THEMES]
    headings = [
        f"{book.words(means.COMPLETENESS.name)} (%)",
        str(book.progress.since),
        str(book.progress.as_of),
    ]
    rows: list[list[Cell]] = [
        [book.words(THEMES[theme]), found.before[key], found.numbers[key]]
        for theme, key in zip(MEASURED_THEMES, keys, strict=True)
    ]
    table = add_rows(book, sheet, first, headings, rows, decimals=0)
    chart = book.book.add_chart({"type": "bar"})
    for column, colour in ((1, QUIET_COLOUR), (2, FIRM_COLOUR)):
        add_series(chart, sheet, table, column, fill=colour)
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "max": 100})
    name = Text("Fullständighet per tema, %", "Completeness by theme, %")
    insert(book, sheet, chart, table, name)
    return table


def add_trend(book: Book, sheet: Worksheet, first: int) -> Table:
    """Month by month: shares on the left axis, sites on the right."""
    headings = [
        book.words(Text("Utveckling", "Development")),
        *(book.words(FIGURE[key].name) for key in TREND_KEYS),
    ]
    rows: list[list[Cell]] = [
        [str(point.day), *(point.numbers[key] for key in TREND_KEYS)] for point in book.report.trend
    ]
    table = add_rows(book, sheet, first, headings, rows, decimals=0)
    chart = book.book.add_chart({"type": "line"})
    for key, colour in (("completeness", FIRM_COLOUR), ("verified_pct", FLEXIBLE_COLOUR)):
        add_series(chart, sheet, table, 1 + TREND_KEYS.index(key), line=colour)
    add_series(chart, sheet, table, 1, line="#0072B2", on_right=True)
    chart.set_y_axis({"min": 0, "max": 100, "name": "%"})
    chart.set_y2_axis({"min": 0, "name": book.words(FIGURE["sites_published"].name)})
    insert(book, sheet, chart, table, Text("Utvecklingen", "Development"))
    return table


def add_rows(
    book: Book,
    sheet: Worksheet,
    first: int,
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    decimals: int,
) -> Table:
    """Headings, then rows of a word and numbers."""
    sheet.write_row(first, 0, headings, book.heading)
    sheet.set_row(first, height_of(headings[1:], FIGURE_WIDTH))
    for row, (name, *numbers) in enumerate(rows, start=first + 1):
        sheet.write_string(row, 0, str(name))
        for column, number in enumerate(numbers, start=1):
            write(book, sheet, (row, column), number, decimals)
    return Table(first, len(rows), len(headings))


def write(
    book: Book,
    sheet: Worksheet,
    place: tuple[int, int],
    number: Cell,
    decimals: int,
    *,
    signed: bool = False,
) -> None:
    style = book.number_format(decimals, signed=signed, bold=False)
    if number is None:
        sheet.write_blank(*place, None, style)
    else:
        sheet.write_number(*place, float(number), style)


def add_series(
    chart: Any,
    sheet: Worksheet,
    table: Table,
    column: int,
    *,
    fill: str = "",
    line: str = "",
    dash: str = "solid",
    on_right: bool = False,
) -> None:
    """One column of a table as bars or a line. Any: xlsxwriter has no types."""
    name, last = sheet.get_name(), table.first + table.rows
    series: dict[str, Any] = {
        "name": [name, table.first, column],
        "categories": [name, table.first + 1, 0, last, 0],
        "values": [name, table.first + 1, column, last, column],
        "y2_axis": on_right,
    }
    if fill:
        series |= {"fill": {"color": fill}, "border": {"color": "#FFFFFF"}, "gap": 50}
    else:
        series |= {"line": {"color": line, "width": 2, "dash_type": dash}}
    chart.add_series(series)


def insert(book: Book, sheet: Worksheet, chart: Any, table: Table, name: Text) -> None:
    """To the right of its table. Any: xlsxwriter has no types."""
    chart.set_title({"name": book.words(name), "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 640, "height": 20 * CHART_ROWS})
    sheet.insert_chart(
        table.first, CHART_COLUMN, chart, {"description": book.words(name), "object_position": 2}
    )


def add_words(book: Book) -> None:
    """Every sentence for the minutes, with the figures in it."""
    name = Text("I ord", "In words")
    sheet = book.sheet(name, Text("Läget i ord, för protokollet", "In words, for the minutes"))
    sheet.set_column(0, 0, 100)
    sheet.set_column(1, 1, 60)
    headings = (Text("Mening", "Sentence"), Text("Tal", "Figures"))
    sheet.write_row(FIRST_ROW, 0, [book.words(text) for text in headings], book.heading)
    for row, one in enumerate(sentences(book.progress, book.report.row), start=FIRST_ROW + 1):
        named = dict.fromkeys(book.words(FIGURE[key].name) for key in one.keys)
        sheet.write_string(row, 0, book.words(one.text), book.wrapped)
        sheet.write_string(row, 1, ", ".join(named), book.wrapped)
        lines = (height_of([book.words(one.text)], 100), height_of([", ".join(named)], 60))
        sheet.set_row(row, max(lines))
    sheet.freeze_panes(FIRST_ROW + 1, 0)


def add_moves(book: Book) -> None:
    """The sites expected at their next level, a row for each requirement that is missing."""
    name = Text("På väg", "Under way")
    sheet = book.sheet(name, FIGURE["sites_expected"].name)
    headings = (
        (MUNICIPALITY, 18), (Text("Plats", "Site"), 34), (Text("Beteckning", "Reference"), 16),
        (Text("Når nivån", "Reaches"), 16), (Text("Saknas", "Missing"), 52),
        (Text("Varför det väntas", "Why it is expected"), 44),
    )  # fmt: skip
    sheet.write_row(FIRST_ROW, 0, [book.words(text) for text, _ in headings], book.heading)
    for column, (_, width) in enumerate(headings):
        sheet.set_column(column, column, width)
    names = {one.code: book.words(one.name) for one in book.progress.rows}
    row = FIRST_ROW + 1
    for move in book.progress.moves:
        for reason in move.reasons:
            cells = (
                names[move.municipality], book.words(move.name), move.reference,
                book.words(move.next_name), book.words(reason.text), book.words(reason.because),
            )  # fmt: skip
            for column, said in enumerate(cells):
                sheet.write_string(row, column, said, book.wrapped)
            sheet.set_row(row, max(height_of([cells[4]], 52), height_of([cells[5]], 44)))
            row += 1
    sheet.freeze_panes(FIRST_ROW + 1, 1)
