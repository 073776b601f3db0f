"""Progress as an Excel workbook: a sheet a theme, with heat map and charts, and what it all means."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.fields import MEASURED_THEMES
from catalogue.indicators.standings import VERDICTS
from catalogue.profile_sections import SECTIONS
from catalogue.progress import figure_definitions as means
from catalogue.progress import figures
from catalogue.progress.figure_definitions import Definition, meaning
from catalogue.progress.figure_sql import figure_sql
from catalogue.progress.figures import DEFINITIONS, FIGURE, POWER_TIMES
from catalogue.progress.progress import Progress, Row
from catalogue.progress.reports import Report
from geo.texts import Language, Text

MUNICIPALITY = Text("Kommun", "Municipality")
FIRST_ROW = 4
"""Where a sheet's table starts: the title, the dates and an empty row stand above it."""
CHANGE = Text("Förändring", "Change")
EXAMPLES = Text("Exempeldata – platserna är påhittade", "Example data – the sites are invented")

SUMMARY_KEYS = (
    "sites", "sites_published", "sites_reserved", "sites_established", "completeness",
    "verified_pct", "stale_values", "median_age_days", "profile_completeness", "area_gross_ha",
    "area_net_ha", "power_mw_now", "power_firm_mw_now", "drinking_water_m3_day", "questions_open",
    "hours", "hours_target",
)  # fmt: skip
QUESTION_KEYS = (
    "questions_open", "questions_median_days", "questions_longest_days",
    *(figure.key for figure in figures.LETTER_FIGURES),
    *(figure.key for figure in figures.REQUEST_FIGURES),
)  # fmt: skip
STATUS_KEYS = tuple(figure.key for figure in figures.STATUS_FIGURES)
WATER_KEYS = (
    "drinking_water_m3_day", "process_water_m3_day", "sewage_m3_day", "sites_without_water",
)  # fmt: skip
READINESS_COLOURS = ("#C9C4B8", "#F4F1EA", "#CFE3D6", "#9CC6AE", "#62A184", "#337A5C", "#154834")
STATUS_COLOURS = ("#C9C4B8", "#E69F00", "#1C5B43", "#0072B2", "#56B4E9", "#7A7468")
FIRM_COLOUR, FLEXIBLE_COLOUR, PLAN_COLOUR = "#1C5B43", "#9CC6AE", "#A12A1B"


@dataclass(frozen=True)
class Book:
    """The workbook being written, with its formats. Any: xlsxwriter has no types."""

    book: Workbook
    progress: Progress
    language: Language
    heading: Format
    title: Format
    soft: Format
    strong: Format
    wrapped: Format
    numbers: dict[tuple[int, bool, bool], Format]

    def words(self, text: Text) -> str:
        return text.in_language(self.language)

    def number_format(self, decimals: int, *, signed: bool, bold: bool) -> Format:
        """Thousands apart, a sign for a change, the total in bold; made once each."""
        key = (decimals, signed, bold)
        if key not in self.numbers:
            plain = "#,##0" + (".0" if decimals else "")
            pattern = f"+{plain};-{plain};±0" if signed else plain
            self.numbers[key] = self.book.add_format(
                {"num_format": pattern, "bold": bold, "top": 1 if bold else 0}
            )
        return self.numbers[key]

    def sheet(self, name: Text, text: Text) -> Worksheet:
        """A sheet with its title, its dates and, where it holds any, the word example data."""
        sheet = self.book.add_worksheet(self.words(name))
        dates = Text("Läget {as_of}, jämfört med {since}", "As of {as_of}, compared with {since}")
        shown = dates.format(as_of=self.progress.as_of, since=self.progress.since)
        if self.progress.has_examples:
            shown = Text(f"{shown.sv}. {EXAMPLES.sv}", f"{shown.en}. {EXAMPLES.en}")
        sheet.write_string(0, 0, self.words(text), self.title)
        sheet.write_string(1, 0, self.words(shown), self.soft)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return sheet


def write_workbook(report: Report, language: Language) -> bytes:
    """The whole workbook, finished."""
    progress = report.progress
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        book = Book(
            workbook, progress, language,
            heading=workbook.add_format(
                {"bold": True, "bg_color": "#E3EFE8", "text_wrap": True, "valign": "top"}
            ),
            title=workbook.add_format({"bold": True, "font_size": 16}),
            soft=workbook.add_format({"font_color": "#565C57"}),
            strong=workbook.add_format({"bold": True, "top": 1}),
            wrapped=workbook.add_format({"text_wrap": True, "valign": "top"}),
            numbers={},
        )  # fmt: skip
        for add in (
            add_summary, add_status, add_completeness, add_profiles, add_questions, add_enquiries,
            add_power,
            add_water, add_hours, add_indicators, add_definitions,
        ):  # fmt: skip
            add(book)
    return file.getvalue()


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
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, len(headings) - 1, 13)
    for one in book.progress.all_rows:
        row += 1
        is_total = not one.code
        if is_total:
            sheet.write_string(row, 0, book.words(one.name), book.strong)
        else:
            sheet.write_string(row, 0, book.words(one.name))
        add_numbers(book, sheet, row, one, keys, changes=changes)
    return row + 1


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


def add_summary(book: Book) -> None:
    sheet = book.sheet(Text("Sammanfattning", "Summary"), Text("Läget i katalogen", "Progress"))
    add_table(book, sheet, SUMMARY_KEYS, changes=True)
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_status(book: Book) -> None:
    name = Text("Status och mognad", "Status and readiness")
    sheet = book.sheet(name, name)
    keys = ("sites", *STATUS_KEYS, *figures.READINESS_KEYS)
    below = add_table(book, sheet, keys) + 2
    sheet.freeze_panes(FIRST_ROW + 1, 1)
    first = 2
    statuses = [(first + n, colour) for n, colour in enumerate(STATUS_COLOURS)]
    add_chart(book, sheet, means.STATUS.name, statuses, place=f"A{below}")
    first += len(STATUS_KEYS)
    levels = [(first + n, colour) for n, colour in enumerate(READINESS_COLOURS)]
    add_chart(book, sheet, means.READINESS.name, levels, place=f"I{below}")


def add_completeness(book: Book) -> None:
    """The heat map: every cell its number, the colour by the number."""
    sheet = book.sheet(
        Text("Fullständighet", "Completeness"),
        Text("Fullständighet per kommun och tema", "Completeness by municipality and theme"),
    )
    whole, asked = means.COMPLETENESS.key, means.ASKED.key
    keys = [f"{whole}_{theme}" for theme in MEASURED_THEMES]
    below = add_table(book, sheet, [*keys, whole])
    add_heat(book, sheet, len(keys))
    sheet.write_string(below + 1, 0, book.words(means.ASKED.name), book.title)
    add_table(
        book, sheet, [*(f"{asked}_{theme}" for theme in MEASURED_THEMES), asked], row=below + 2
    )
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_heat(book: Book, sheet: Worksheet, columns: int) -> None:
    """Colours the first columns of the municipalities, whose numbers are per cent."""
    first, last = municipality_rows(book)
    scale = {
        "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num",
        "min_value": 0, "mid_value": 50, "max_value": 100,
        "min_color": "#F6F3ED", "mid_color": "#9CC6AE", "max_color": "#337A5C",
    }  # fmt: skip
    sheet.conditional_format(first, 1, last, columns, scale)


def add_profiles(book: Book) -> None:
    sheet = book.sheet(
        Text("Profiler", "Profiles"), Text("Kommunernas profiler", "The municipalities' profiles")
    )
    add_table(book, sheet, [figure.key for figure in figures.PROFILE_FIGURES])
    add_heat(book, sheet, len(SECTIONS))
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_questions(book: Book) -> None:
    name = Text("Frågor", "Questions")
    sheet = book.sheet(name, name)
    add_table(book, sheet, QUESTION_KEYS, changes=True)
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_enquiries(book: Book) -> None:
    name = Text("Förfrågningar", "Enquiries")
    sheet = book.sheet(name, name)
    add_table(book, sheet, [figure.key for figure in figures.ENQUIRY_FIGURES])
    sheet.set_row(FIRST_ROW, 62)
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_power(book: Book) -> None:
    """By year, each substation once and site by site; then by bidding area and municipality."""
    sheet = book.sheet(Text("El", "Power"), Text("Effekt år för år", "Power by year"))
    total = book.progress.total if book.progress.is_whole else book.progress.rows[0]
    lines: list[tuple[Definition, str]] = [
        (definition, "") for definition in (means.FIRM, means.POWER, means.NAIVE_FIRM, means.NAIVE)
    ]
    lines += [
        (definition, area)
        for area in figures.BIDDING_AREAS
        for definition in (means.FIRM, means.POWER)
        if total.numbers[figures.power_key(definition, None, area)] is not None
    ]
    headings = ["MW", *(book.words(label) for label in POWER_TIMES.values())]
    sheet.write_row(FIRST_ROW, 0, headings, book.heading)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(headings), 12)
    for row, (definition, area) in enumerate(lines, start=FIRST_ROW + 1):
        name = book.words(definition.name)
        sheet.write_string(row, 0, f"{name}, {area}" if area else name)
        for column, year in enumerate((None, *figures.CHOSEN_YEARS), start=1):
            number = total.numbers[figures.power_key(definition, year, area)]
            style = book.number_format(1, signed=False, bold=False)
            sheet.write_number(row, column, number or 0, style)
    below = FIRST_ROW + len(lines) + 2
    add_power_chart(book, sheet, place=f"A{below + 1}")
    keys = [
        figures.power_key(definition, year)
        for definition in (means.FIRM, means.POWER)
        for year in (None, *figures.CHOSEN_YEARS)
    ]
    by_place = Text("El per kommun", "Power by municipality")
    places = book.sheet(by_place, by_place)
    add_table(book, places, keys)
    places.set_row(FIRST_ROW, 62)
    places.freeze_panes(FIRST_ROW + 1, 1)
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_power_chart(book: Book, sheet: Worksheet, *, place: str) -> None:
    chart = book.book.add_chart({"type": "column"})
    colours = (FIRM_COLOUR, FLEXIBLE_COLOUR, "#87837A", "#C9C4B8")
    for row, colour in enumerate(colours, start=FIRST_ROW + 1):
        chart.add_series(
            {
                "name": [sheet.get_name(), row, 0],
                "categories": [sheet.get_name(), FIRST_ROW, 1, FIRST_ROW, len(POWER_TIMES)],
                "values": [sheet.get_name(), row, 1, row, len(POWER_TIMES)],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    finish(book, chart, Text("MW per år", "MW by year"), height=380)
    sheet.insert_chart(place, chart)


def add_water(book: Book) -> None:
    sheet = book.sheet(Text("Vatten", "Water"), Text("Vatten och avlopp", "Water and sewage"))
    add_table(book, sheet, WATER_KEYS, changes=True)
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_hours(book: Book) -> None:
    name = Text("Nedlagd tid mot planen", "Hours against the plan")
    sheet = book.sheet(Text("Timmar", "Hours"), name)
    below = add_table(book, sheet, ("hours", "hours_target"))
    sheet.freeze_panes(FIRST_ROW + 1, 1)
    chart = book.book.add_chart({"type": "bar"})
    first, last = municipality_rows(book)
    for column, colour in ((1, FIRM_COLOUR), (2, "#C9C4B8")):
        chart.add_series(
            {
                "name": [sheet.get_name(), FIRST_ROW, column],
                "categories": [sheet.get_name(), first, 0, last, 0],
                "values": [sheet.get_name(), first, column, last, column],
                "fill": {"color": colour},
                "gap": 50,
            }
        )
    finish(book, chart, name, height=460)
    chart.set_y_axis({"reverse": True})
    sheet.insert_chart(f"A{below + 2}", chart)


def add_indicators(book: Book) -> None:
    """What the funding decision promised, one a row; no sheet where there are none."""
    if not book.progress.indicators:
        return
    name = Text("Indikatorer", "Indicators")
    sheet = book.sheet(name, Text("Beslutets indikatorer", "Indicators of the funding decision"))
    headings = (
        (name, 46), (Text("Enhet", "Unit"), 12), (Text("Gäller", "Concerns"), 18),
        (Text("Utgångsvärde", "At the start"), 14), (Text("Från", "From"), 12),
        (Text("Nu", "Now"), 12), (Text("Mål", "Target"), 12), (Text("Senast", "By"), 12),
        (Text("Nått (%)", "Reached (%)"), 12), (Text("Rak linje (%)", "Straight line (%)"), 12),
        (Text("Hur det går", "How it goes"), 30), (Text("Källa", "Source"), 50),
    )  # fmt: skip
    sheet.write_row(FIRST_ROW, 0, [book.words(text) for text, _ in headings], book.heading)
    for column, (_, width) in enumerate(headings):
        sheet.set_column(column, column, width)
    places = {row.code: row.name for row in book.progress.all_rows}
    for row, standing in enumerate(book.progress.indicators, start=FIRST_ROW + 1):
        one = standing.indicator
        cells = (
            book.words(one.name), book.words(one.unit), book.words(places[one.municipality or ""]),
            one.starts_from, str(one.start_date), standing.value, one.target,
            str(one.target_date), standing.share_pct, standing.line_pct,
            book.words(VERDICTS[standing.verdict]), one.source,
        )  # fmt: skip
        for column, said in enumerate(cells):
            match said:
                case str():
                    sheet.write_string(row, column, said, book.wrapped)
                case float() | int():
                    style = book.number_format(said != int(said), signed=False, bold=False)
                    sheet.write_number(row, column, said, style)
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_definitions(book: Book) -> None:
    name = Text("Definitioner", "Definitions")
    sheet = book.sheet(name, Text("Vad talen betyder", "What the figures mean"))
    headings = (
        Text("Tal", "Figure"), Text("Nyckel", "Key"), Text("Enhet", "Unit"),
        Text("Betyder", "Meaning"), Text("Läggs ihop", "Added up"), Text("SQL", "SQL"),
    )  # fmt: skip
    sheet.write_row(FIRST_ROW, 0, [book.words(text) for text in headings], book.heading)
    for column, width in enumerate((34, 26, 10, 90, 50, 110)):
        sheet.set_column(column, column, width)
    for row, definition in enumerate(DEFINITIONS, start=FIRST_ROW + 1):
        words = meaning(definition, book.progress.plan, book.progress.shelf_life)
        texts = (
            definition.name, Text(definition.key, definition.key), definition.unit, words,
            definition.added_up,
        )  # fmt: skip
        sql = figure_sql(
            definition, book.progress.plan, book.progress.shelf_life, book.progress.as_of.year
        )
        sheet.write_string(row, len(texts), sql, book.wrapped)
        for column, text in enumerate(texts):
            sheet.write_string(row, column, book.words(text), book.wrapped)
        # Without a height of its own, a row would be as tall as its statement.
        sheet.set_row(row, 62)
    sheet.freeze_panes(FIRST_ROW + 1, 1)
