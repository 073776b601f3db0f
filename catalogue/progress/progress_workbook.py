"""Progress as an Excel workbook: a sheet a theme, with heat map and charts, and what it all means."""

import io

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from catalogue.fields import MEASURED_THEMES
from catalogue.indicators.standings import VERDICTS
from catalogue.profile_sections import SECTIONS
from catalogue.progress import figure_definitions as means
from catalogue.progress import figures
from catalogue.progress.figure_definitions import Definition, meaning
from catalogue.progress.figure_sql import figure_sql
from catalogue.progress.figures import POWER_TIMES
from catalogue.progress.progress_book import (
    FIRM_COLOUR,
    FIRST_ROW,
    FLEXIBLE_COLOUR,
    HEAT_SCALE,
    Book,
    add_chart,
    add_figures,
    add_heat,
    add_table,
    finish,
    height_of,
    municipality_rows,
)
from catalogue.progress.progress_overview import add_moves, add_overview, add_words
from catalogue.progress.reports import Report
from geo.texts import Language, Text

SUMMARY_KEYS = (
    "sites", "sites_published", "sites_reserved", "sites_established", "completeness",
    "verified_pct", "stale_values", "median_age_days", "profile_completeness", "area_gross_ha",
    "area_net_ha", "power_mw_now", "power_firm_mw_now", "drinking_water_m3_day", "questions_open",
    "hours", "hours_target",
)  # fmt: skip
QUESTION_KEYS = (
    "questions_open", "questions_median_days", "questions_longest_days",
    *(figure.key for figure in figures.LETTER_FIGURES),
)  # fmt: skip
STATUS_KEYS = tuple(figure.key for figure in figures.STATUS_FIGURES)
WATER_KEYS = (
    "drinking_water_m3_day", "process_water_m3_day", "sewage_m3_day", "sites_without_water",
)  # fmt: skip
READINESS_COLOURS = ("#C9C4B8", "#F4F1EA", "#CFE3D6", "#9CC6AE", "#62A184", "#337A5C", "#154834")
STATUS_COLOURS = ("#C9C4B8", "#E69F00", "#1C5B43", "#0072B2", "#56B4E9", "#7A7468")


def write_workbook(report: Report, language: Language) -> bytes:
    """The whole workbook, finished."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        book = Book(
            workbook, report, language,
            heading=workbook.add_format(
                {"bold": True, "bg_color": "#E3EFE8", "text_wrap": True, "valign": "top"}
            ),
            title=workbook.add_format({"bold": True, "font_size": 16}),
            soft=workbook.add_format({"font_color": "#565C57"}),
            strong=workbook.add_format({"bold": True, "top": 1}),
            wrapped=workbook.add_format({"text_wrap": True, "valign": "top"}),
            numbers={},
        )  # fmt: skip
        for add in (add_theme, add_fields, add_definitions) if report.theme else (
            add_overview, add_words, add_summary, add_status, add_moves, add_completeness,
            add_profiles, add_questions, add_enquiries, add_requests, add_power, add_water,
            add_hours, add_anchoring, add_indicators, add_definitions,
        ):  # fmt: skip
            add(book)
    return file.getvalue()


def add_theme(book: Book) -> None:
    """The figures of a theme by municipality, and how they have changed."""
    sheet = book.sheet(Text("Sammanfattning", "Summary"), Text("Läget i katalogen", "Progress"))
    add_figures(book, sheet, [figure.key for figure in book.report.figures])


def add_fields(book: Book) -> None:
    """The fields of a theme: what is filled in, in each municipality, and how sure it is."""
    theme = book.report.theme
    if theme is None:
        return
    sheet = book.sheet(
        Text("Fält för fält", "Field by field"),
        Text("Ifyllt per fält och kommun", "Filled in by field and municipality"),
    )
    rows = book.progress.all_rows
    per_cent, whole = (book.number_format(one, signed=False, bold=False) for one in (1, 0))
    headings = [
        book.words(Text("Fält", "Field")),
        *(f"{book.words(row.name)} (%)" for row in rows),
        book.words(Text("Verifierat (%)", "Verified (%)")),
        *(book.words(text) for text in (Text("Inaktuellt", "Stale"), Text("Tillfrågat", "Asked"))),
    ]
    sheet.write_row(FIRST_ROW, 0, headings, book.heading)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(headings) - 1, 13)
    for number, field in enumerate(theme.fields, start=FIRST_ROW + 1):
        every = theme.count(key=field.key)
        shares = [theme.count(row.code, field.key).filled_pct for row in rows]
        sheet.write_string(number, 0, book.words(field.label), book.wrapped)
        for column, share in enumerate([*shares, every.verified_pct], start=1):
            sheet.write(number, column, share, per_cent)
        for column, count in enumerate((every.stale, every.asked), start=len(rows) + 2):
            sheet.write_number(number, column, count, whole)
    last = FIRST_ROW + len(theme.fields)
    sheet.conditional_format(FIRST_ROW + 1, 1, last, len(rows), HEAT_SCALE)
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def add_summary(book: Book) -> None:
    sheet = book.sheet(Text("Sammanfattning", "Summary"), Text("Läget i katalogen", "Progress"))
    add_figures(book, sheet, SUMMARY_KEYS)


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
    add_figures(book, sheet, QUESTION_KEYS)


def add_enquiries(book: Book) -> None:
    name = Text("Förfrågningar", "Enquiries")
    sheet = book.sheet(name, name)
    add_figures(book, sheet, [figure.key for figure in figures.ENQUIRY_FIGURES])


def add_requests(book: Book) -> None:
    name = Text("RFI", "RFIs")
    sheet = book.sheet(
        name, Text("Förfrågningar från kunder (RFI)", "Requests from clients (RFIs)")
    )
    add_figures(book, sheet, [figure.key for figure in figures.REQUEST_FIGURES])


def add_power(book: Book) -> None:
    """By year, each substation once and site by site; then by bidding area and municipality."""
    sheet = book.sheet(Text("El", "Power"), Text("Effekt år för år", "Power by year"))
    total = book.report.row
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
    add_figures(book, places, keys, changes=False)
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
    add_table(book, sheet, ("hours", "hours_target"))
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
    sheet.insert_chart(FIRST_ROW, 4, chart)


def add_anchoring(book: Book) -> None:
    name = Text("Förankring", "Anchoring")
    sheet = book.sheet(name, Text("Förankring i kommunerna", "Anchoring in the municipalities"))
    add_table(book, sheet, [figure.key for figure in figures.ANCHORING_FIGURES], changes=True)
    sheet.freeze_panes(FIRST_ROW + 1, 1)


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
    for row, definition in enumerate(book.report.definitions, start=FIRST_ROW + 1):
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
        lines = (
            height_of([book.words(words)], 90),
            height_of([book.words(definition.added_up)], 50),
        )
        sheet.set_row(row, max(lines))
    sheet.freeze_panes(FIRST_ROW + 1, 1)
