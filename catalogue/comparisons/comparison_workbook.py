"""A comparison as an Excel workbook: sites beside each other, power by year, and every source."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue import power
from catalogue.comparisons.comparison import Comparison, Part, Row
from catalogue.fields import SITE
from catalogue.fields.field import Field
from catalogue.listed_values import told_mark
from catalogue.provenance import Mark
from catalogue.sites_workbook import IDENTITY, cell, source_headings, write_sources
from geo.texts import Language, Text

SHEETS = (Text("Jämförelse", "Comparison"), Text("Effekt", "Power"), Text("Källor", "Sources"))
HEADINGS = (Text("Uppgift", "Value"), Text("Enhet", "Unit"))
TITLE = Text("Platser sida vid sida", "Sites side by side")
LEGEND = Text(
    "▲ bäst och ▽ sämst av platserna, där det går att säga. ● verifierad · ◐ kommunens uppgift · "
    "○ uppskattning · ◷ inaktuell · ? okänd, tillfrågad. Läget {day}.",
    "▲ best and ▽ worst of the sites, where that can be said. ● verified · ◐ the municipality's "
    "figure · ○ estimate · ◷ stale · ? unknown, asked. As of {day}.",
)
ASKED = Text("okänd, {asked} tillfrågad {day}", "unknown, {asked} asked on {day}")
UNKNOWN = Text("okänd", "unknown")
NOT_APPLICABLE = Text("ej tillämplig", "not applicable")
NOTE = Text("Anteckning", "Note")
PROFILE_OF = Text("Kommunen: {part}", "The municipality: {part}")
MARKS: Mapping[Mark, str] = {
    "verified": "●", "municipality": "◐", "estimate": "○", "stale": "◷", "unknown": "?",
}  # fmt: skip
SYMBOLS = {"best": '" ▲"', "worst": '" ▽"'}
FILLS = {"best": "#E3EFE8", "worst": "#F6F3ED"}
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
DASHES = ("solid", "dash", "long_dash", "square_dot", "dash_dot", "round_dot")
FIRST_ROW = 5
"""Where the rows begin, below title, legend and three lines of headings."""
YEARS_SHOWN = 15


@dataclass
class Book:
    """The workbook being written, and the formats made so far."""

    book: Workbook
    language: Language
    today: date
    made: dict[tuple[str, str], Format] = field(default_factory=dict)

    def words(self, text: Text) -> str:
        return text.in_language(self.language)

    def sheet(self, name: Text) -> Worksheet:
        sheet = self.book.add_worksheet(self.words(name))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return sheet

    def value_format(self, pattern: str, standing: str) -> Format:
        """Best and worst by a sign and a shade; the number itself stays a number."""
        if (pattern, standing) not in self.made:
            look: dict[str, Any] = {
                "num_format": pattern + SYMBOLS.get(standing, ""),
                "align": "left", "valign": "top", "text_wrap": True,
                "bottom": 1, "bottom_color": "#E3DED3",
            }  # fmt: skip
            if standing:
                look |= {"bg_color": FILLS[standing], "bold": standing == "best"}
            self.made[pattern, standing] = self.book.add_format(look)
        return self.made[pattern, standing]


def write_comparison(
    comparison: Comparison, language: Language, today: date, notes: Sequence[str] = ()
) -> bytes:
    """The whole workbook, finished; `notes` are one a site, or none at all."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        book = Book(workbook, language, today)
        add_values(book, comparison, notes)
        if any(site.get("power_timeline") for site in comparison.sites):
            add_power(book, comparison)
        add_sources(book, comparison)
    return file.getvalue()


def add_values(book: Book, comparison: Comparison, notes: Sequence[str]) -> None:
    sheet = book.sheet(SHEETS[0])
    plain = {"valign": "top", "text_wrap": True}
    label = book.book.add_format({**plain, "bottom": 1, "bottom_color": "#E3DED3"})
    soft = book.book.add_format({"font_color": "#565C57"})
    theme = book.book.add_format({"bold": True, "font_size": 12, "top": 1, "bg_color": "#F3F0E9"})
    name = book.book.add_format({**plain, "bold": True, "bg_color": "#E3EFE8"})
    sheet.write_string(
        0, 0, book.words(TITLE), book.book.add_format({"bold": True, "font_size": 16})
    )
    sheet.write_string(1, 0, book.words(LEGEND.format(day=book.today)), soft)
    add_headings(book, sheet, comparison, name)
    row = FIRST_ROW
    if any(notes):
        sheet.write_string(row, 0, book.words(NOTE), label)
        for number, note in enumerate(notes):
            sheet.write_string(row, 2 + 2 * number, note, book.value_format("@", ""))
        row += 1
    last = 1 + 2 * len(comparison.sites)
    for part in comparison.parts:
        if not part.rows:
            continue
        for column in range(last + 1):
            sheet.write_blank(row, column, None, theme)
        sheet.write_string(row, 0, part_title(book, part), theme)
        row += 1
        told = comparison.profiles if part.is_profile else comparison.sites
        for one in part.rows:
            sheet.write_string(row, 0, book.words(one.field.label), label)
            sheet.write_string(row, 1, book.words(one.field.unit), label)
            add_row(book, sheet, row, one, told)
            row += 1
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 10)
    for number in range(len(comparison.sites)):
        sheet.set_column(2 + 2 * number, 2 + 2 * number, 28)
        sheet.set_column(3 + 2 * number, 3 + 2 * number, 3)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.repeat_rows(2, FIRST_ROW - 1)


def part_title(book: Book, part: Part) -> str:
    return book.words(PROFILE_OF.format(part=part.title) if part.is_profile else part.title)


def add_headings(book: Book, sheet: Worksheet, comparison: Comparison, look: Format) -> None:
    """The number and name of each site, its reference, and its municipality with status."""
    for line, texts in enumerate(
        zip(*(headed(book, site) for site in comparison.sites), strict=True)
    ):
        for column in range(2 + 2 * len(texts)):
            sheet.write_blank(2 + line, column, None, look)
        for number, text in enumerate(texts):
            shown = f"{number + 1}. {text}" if line == 0 else text
            sheet.write_string(2 + line, 2 + 2 * number, shown, look)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(FIRST_ROW - 1, column, book.words(heading), look)


def headed(book: Book, site: Mapping[str, Any]) -> tuple[str, str, str]:
    """Any: JSON."""
    status = book.words(SITE["status"].code_label(site["status"]))
    return name_of(site, book.language), site["reference"], f"{site['municipality_name']}, {status}"


def name_of(site: Mapping[str, Any], language: Language) -> str:
    """The name in the language asked for, else in the other, else the reference. Any: JSON."""
    other = "sv" if language == "en" else "en"
    return str(site.get(f"name_{language}") or site.get(f"name_{other}") or site["reference"])


def add_row(
    book: Book, sheet: Worksheet, row: int, one: Row, told: Sequence[Mapping[str, Any]]
) -> None:
    """One field of every site, each with its trust mark beside it. Any: JSON."""
    for number, (value, standing, site) in enumerate(
        zip(one.values, one.standings, told, strict=True)
    ):
        said, column = cell(one.field, value, book.language), 2 + 2 * number
        behind = site["provenance"].get(one.field.key)
        if said is None:
            sheet.write_string(row, column, unsaid(book, behind), book.value_format("@", ""))
        elif isinstance(said, str):
            sheet.write_string(row, column, said, book.value_format("@", standing))
        elif isinstance(said, date):
            sheet.write_datetime(row, column, said, book.value_format("yyyy-mm-dd", standing))
        else:
            look = book.value_format(number_pattern(one.field, said), standing)
            sheet.write_number(row, column, said, look)
        mark = told_mark(behind, one.field, book.today) if one.field.factual else "empty"
        sheet.write_string(row, column + 1, MARKS.get(mark, ""), book.value_format("@", ""))


def number_pattern(one: Field, value: float) -> str:
    """As many decimals as the field has, and none where the value needs none."""
    if one.is_year:
        return "0"
    places = one.decimals if one.kind == "number" and value != int(value) else 0
    return "#,##0" + ("." + "0" * places if places else "")


def unsaid(book: Book, behind: Mapping[str, str] | None) -> str:
    """Who was asked and when, where the answer is waited for."""
    if behind is None:
        return "–"
    if behind["state"] == "not_applicable":
        return book.words(NOT_APPLICABLE)
    if not behind.get("asked"):
        return book.words(UNKNOWN)
    return book.words(ASKED.format(asked=behind["asked"], day=behind.get("asked_on", "")))


def add_power(book: Book, comparison: Comparison) -> None:
    """MW year by year for every site, and the same as a chart."""
    sheet = book.sheet(SHEETS[1])
    heading = book.book.add_format({"bold": True, "bg_color": "#E3EFE8", "text_wrap": True})
    years = range(book.today.year, min(book.today.year + YEARS_SHOWN, power.LAST_YEAR) + 1)
    names = [name_of(site, book.language) for site in comparison.sites]
    sheet.write_row(0, 0, [book.words(Text("År, MW", "Year, MW")), *names], heading)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, len(names), 22)
    chart = book.book.add_chart({"type": "line"})
    for row, year in enumerate(years, start=1):
        sheet.write_number(row, 0, year)
        for column, site in enumerate(comparison.sites, start=1):
            mw = power.available(site, year, firm_only=False)
            if mw is not None:
                sheet.write_number(row, column, mw)
    for column, name in enumerate(names, start=1):
        line = {
            "color": COLOURS[(column - 1) % len(COLOURS)],
            "width": 2.25,
            "dash_type": DASHES[(column - 1) % len(DASHES)],
        }
        chart.add_series(
            {
                "name": name,
                "categories": [sheet.name, 1, 0, len(years), 0],
                "values": [sheet.name, 1, column, len(years), column],
                "line": line,
            }
        )
    chart.set_title({"name": book.words(Text("Effekt år för år, MW", "Power year by year, MW"))})
    chart.set_size({"width": 900, "height": 380})
    sheet.insert_chart(len(years) + 2, 0, chart)


def add_sources(book: Book, comparison: Comparison) -> None:
    """A row for each value: state, basis, date and source."""
    sheet = book.sheet(SHEETS[2])
    heading = book.book.add_format({"bold": True, "bg_color": "#E3EFE8", "text_wrap": True})
    day = book.book.add_format({"num_format": "yyyy-mm-dd"})
    titles = source_headings(book.language)
    sheet.write_row(0, 0, titles, heading)
    sheet.set_column(0, len(titles) - 1, 18)
    sheet.freeze_panes(1, len(IDENTITY) - 2)
    row = 1
    for site in comparison.sites:
        row = write_sources(sheet, row, dict(site), book.language, day)
