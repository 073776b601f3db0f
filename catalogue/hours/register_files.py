"""The register in the funder's shape, as workbook, CSV and JSON: hours, and never any money."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import xlsxwriter
from sqlalchemy.orm import Session
from xlsxwriter.workbook import Workbook

from catalogue.exports import cell
from catalogue.hours import activities, hours, months
from catalogue.hours.activities import Activities
from catalogue.hours.hours import Chosen, HoursEntry, ProjectPlan
from catalogue.hours.months import ActivityHours, MonthFigures
from catalogue.rules import SWEDEN
from geo.texts import Language, Text, written

Row = TypeVar("Row")
Cell = str | float | date | datetime | None


@dataclass(frozen=True, kw_only=True)
class Register:
    """What a file holds: the entries chosen, and the same by month and by activity."""

    wanted: Chosen
    names: Mapping[str, str]
    activities: Activities
    entries: Sequence[HoursEntry]
    months: Sequence[MonthFigures]
    by_activity: Sequence[ActivityHours]
    made_on: date
    has_examples: bool


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column of a table: its key in CSV, its heading in a workbook, and what stands in it."""

    key: str
    heading: Text
    width: int
    value: Callable[[Register, Row, Language], Cell]


def register(
    session: Session,
    wanted: Chosen,
    names: Mapping[str, str],
    plan: ProjectPlan,
    today: date,
    *,
    has_examples: bool,
) -> Register:
    place = list(names).index
    return Register(
        wanted=wanted,
        names=names,
        activities=activities.everything(session),
        entries=sorted(
            hours.entries(session, wanted),
            key=lambda one: (place(one.municipality), one.month, one.id),
        ),
        months=months.month_figures(session, wanted, names, plan, today),
        by_activity=sorted(
            months.activity_hours(session, wanted), key=lambda one: place(one.municipality)
        ),
        made_on=today,
        has_examples=has_examples,
    )


def label_of(register: Register, code: str, language: Language) -> str:
    return register.activities[code].label.in_language(language)


def month_cell(month: date) -> str:
    return f"{month:%Y-%m}"


def local(moment: datetime | None) -> datetime | None:
    """As a spreadsheet has it: the time in Sweden, without a zone."""
    return moment.astimezone(SWEDEN).replace(tzinfo=None, microsecond=0) if moment else None


YES = Text("ja", "yes")

ENTRY_COLUMNS: tuple[Column[HoursEntry], ...] = (
    Column("id", Text("Rad", "Entry"), 8, lambda book, one, language: one.id),
    Column("municipality", Text("Kommunkod", "Municipality code"), 11,
           lambda book, one, language: one.municipality),
    Column("municipality_name", Text("Kommun", "Municipality"), 16,
           lambda book, one, language: book.names[one.municipality]),
    Column("month", Text("Månad", "Month"), 10, lambda book, one, language: month_cell(one.month)),
    Column("hours", Text("Timmar", "Hours"), 9, lambda book, one, language: one.hours),
    Column("activity", Text("Aktivitet (kod)", "Activity (code)"), 18,
           lambda book, one, language: one.activity),
    Column("activity_name", Text("Aktivitet", "Activity"), 26,
           lambda book, one, language: label_of(book, one.activity, language)),
    Column("role", Text("Roll", "Role"), 24, lambda book, one, language: one.role),
    Column("person", Text("Namn", "Name"), 20, lambda book, one, language: one.person),
    Column("sites", Text("Platser", "Sites"), 26, lambda book, one, language: "; ".join(one.sites)),
    Column("note", Text("Anteckning", "Note"), 34, lambda book, one, language: one.note),
    Column("corrects", Text("Rättar rad", "Corrects entry"), 11,
           lambda book, one, language: one.corrects),
    Column("concerns", Text("Gäller månad", "Concerns month"), 12,
           lambda book, one, language: month_cell(one.concerns or one.month)),
    Column("attested_by", Text("Attesterad av", "Attested by"), 28,
           lambda book, one, language: one.attested_by),
    Column("attested_at", Text("Attesterad", "Attested"), 17,
           lambda book, one, language: local(one.attested_at)),
    Column("entered_by", Text("Inskriven av", "Entered by"), 28,
           lambda book, one, language: one.entered_by),
    Column("entered_at", Text("Inskriven", "Entered"), 17,
           lambda book, one, language: local(one.entered_at)),
    Column("import", Text("Fil", "File"), 7, lambda book, one, language: one.import_id),
)  # fmt: skip

MONTH_COLUMNS: tuple[Column[MonthFigures], ...] = (
    Column("municipality", Text("Kommunkod", "Municipality code"), 11,
           lambda book, one, language: one.municipality),
    Column("municipality_name", Text("Kommun", "Municipality"), 16,
           lambda book, one, language: book.names[one.municipality]),
    Column("month", Text("Månad", "Month"), 10, lambda book, one, language: month_cell(one.month)),
    Column("hours", Text("Timmar", "Hours"), 10, lambda book, one, language: one.hours),
    Column("whole_hours", Text("Hela timmar, nedåt", "Whole hours, rounded down"), 14,
           lambda book, one, language: one.whole_hours),
    Column("target", Text("Enligt planen", "By the plan"), 10,
           lambda book, one, language: one.target),
    Column("attested", Text("Varav attesterat", "Of which attested"), 12,
           lambda book, one, language: one.attested),
    Column("of_other_months", Text("Varav rättelser av låsta månader",
                                   "Of which corrections of locked months"), 18,
           lambda book, one, language: one.of_other_months),
    Column("entries", Text("Rader", "Entries"), 9, lambda book, one, language: one.entries),
    Column("locked", Text("Låst", "Locked"), 9,
           lambda book, one, language: YES.in_language(language) if one.locked_at else None),
    Column("locked_at", Text("Låst sedan", "Locked since"), 17,
           lambda book, one, language: local(one.locked_at)),
)  # fmt: skip

ACTIVITY_COLUMNS: tuple[Column[ActivityHours], ...] = (
    Column("municipality", Text("Kommunkod", "Municipality code"), 11,
           lambda book, one, language: one.municipality),
    Column("municipality_name", Text("Kommun", "Municipality"), 16,
           lambda book, one, language: book.names[one.municipality]),
    Column("activity", Text("Aktivitet (kod)", "Activity (code)"), 20,
           lambda book, one, language: one.activity),
    Column("activity_name", Text("Aktivitet", "Activity"), 28,
           lambda book, one, language: label_of(book, one.activity, language)),
    Column("hours", Text("Timmar", "Hours"), 10, lambda book, one, language: one.hours),
    Column("attested", Text("Varav attesterat", "Of which attested"), 12,
           lambda book, one, language: one.attested),
    Column("entries", Text("Rader", "Entries"), 9, lambda book, one, language: one.entries),
)  # fmt: skip

ADDED_UP = frozenset({"hours", "whole_hours", "target", "attested", "of_other_months", "entries"})
TOTAL = Text("Summa", "Total")
A3, A4 = 8, 9
"""As spreadsheets number them."""
MOST_ON_A4 = 12
"""Columns."""
FIRST_ROW = 3
"""The title and the period stand above a sheet's table."""
EXAMPLES = Text("Exempeldata", "Example data")


def write_csv(register: Register, language: Language) -> bytes:
    """One row an entry, under the columns' keys; comma, UTF-8, decimal point."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow([column.key for column in ENTRY_COLUMNS])
    for entry in register.entries:
        rows.writerow(
            [as_text(column.value(register, entry, language)) for column in ENTRY_COLUMNS]
        )
    return buffer.getvalue().encode()


def write_months_csv(register: Register, language: Language) -> bytes:
    """One row a municipality and month."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow([column.key for column in MONTH_COLUMNS])
    for one in register.months:
        rows.writerow([as_text(column.value(register, one, language)) for column in MONTH_COLUMNS])
    return buffer.getvalue().encode()


def as_text(value: Cell) -> str | int | float:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return cell(value)


def write_workbook(register: Register, language: Language) -> bytes:
    """Three sheets: every entry, each municipality's months, and hours by activity."""
    file = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }  # fmt: skip
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": "Timmar", "author": "SiteFinder"})
        sheets = RegisterSheets(book, register, language)
        sheets.add(Text("Rader", "Entries"), ENTRY_COLUMNS, register.entries)
        sheets.add(Text("Per månad", "By month"), MONTH_COLUMNS, register.months)
        sheets.add(Text("Per aktivitet", "By activity"), ACTIVITY_COLUMNS, register.by_activity)
    return file.getvalue()


class RegisterSheets:
    """The workbook being written, with its formats. Any: xlsxwriter has no types."""

    def __init__(self, book: Workbook, register: Register, language: Language) -> None:
        self.book, self.register, self.language = book, register, language
        heading = {"bold": True, "bg_color": "#E3EFE8", "text_wrap": True, "valign": "top"}
        self.heading = book.add_format({**heading, "indent": 1})
        self.number_heading = book.add_format({**heading, "align": "right"})
        self.text = book.add_format({"indent": 1})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.soft = book.add_format({"font_color": "#565C57"})
        self.number = book.add_format({"num_format": "#,##0.0"})
        self.whole = book.add_format({"num_format": "#,##0"})
        self.total = book.add_format({"bold": True, "top": 1})
        self.total_number = book.add_format({"bold": True, "top": 1, "num_format": "#,##0.0"})
        self.total_whole = book.add_format({"bold": True, "top": 1, "num_format": "#,##0"})

    def words(self, text: Text) -> str:
        return text.in_language(self.language)

    def add(self, name: Text, columns: Sequence[Column[Row]], rows: Sequence[Row]) -> None:
        """A sheet with its rows and, below them, what they add up to."""
        sheet = self.book.add_worksheet(self.words(name))
        sheet.write_string(0, 0, self.words(title_of(self.register, name)), self.title)
        sheet.write_string(1, 0, self.words(period_of(self.register)), self.soft)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            style = self.number_heading if column.key in ADDED_UP else self.heading
            sheet.write_string(FIRST_ROW, place, self.words(column.heading), style)
        sums: dict[str, float] = {}
        for number, one in enumerate(rows, start=FIRST_ROW + 1):
            for place, column in enumerate(columns):
                value = column.value(self.register, one, self.language)
                self.write(sheet, number, place, column.key, value)
                if column.key in ADDED_UP and isinstance(value, int | float):
                    sums[column.key] = sums.get(column.key, 0) + value
        last = FIRST_ROW + 1 + len(rows)
        sheet.write_string(last, 0, self.words(TOTAL), self.total)
        for place, column in enumerate(columns[1:], start=1):
            if column.key in ADDED_UP:
                is_whole = column.key in ("whole_hours", "entries")
                style = self.total_whole if is_whole else self.total_number
                sheet.write_number(last, place, sums.get(column.key, 0), style)
            else:
                sheet.write_blank(last, place, None, self.total)
        sheet.set_row(FIRST_ROW, 32)
        sheet.freeze_panes(FIRST_ROW + 1, 3)
        sheet.autofilter(FIRST_ROW, 0, max(FIRST_ROW + 1, last - 1), len(columns) - 1)
        sheet.repeat_rows(FIRST_ROW)
        sheet.set_landscape()
        sheet.set_paper(A3 if len(columns) > MOST_ON_A4 else A4)
        sheet.fit_to_pages(1, 0)

    def write(self, sheet: Any, row: int, place: int, key: str, value: Cell) -> None:
        """Any: xlsxwriter has no types."""
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            sheet.write_datetime(row, place, value)
        elif isinstance(value, int | float):
            is_hours = key in ADDED_UP - {"whole_hours", "entries"}
            sheet.write_number(row, place, value, self.number if is_hours else self.whole)
        else:
            sheet.write_string(row, place, str(value), self.text)


def title_of(register: Register, name: Text) -> Text:
    whose = register.names.get(register.wanted.municipality or "")
    place = Text(whose, whose) if whose else Text("alla kommuner", "all municipalities")
    return Text(
        f"Nedlagd tid, {place.sv} – {name.sv.lower()}", f"Hours, {place.en} – {name.en.lower()}"
    )


def period_of(register: Register) -> Text:
    """Which months the file holds, when it was made, and whether its data are examples."""
    shown = [one.month for one in register.months]
    first, last = (min(shown), max(shown)) if shown else (None, None)
    span = f"{month_cell(first)} – {month_cell(last)}" if first and last else "–"
    made = Text(
        f"{span}. Uttaget {written(register.made_on, 'sv')}.",
        f"{span}. Taken out {written(register.made_on, 'en')}.",
    )
    return (
        Text(f"{made.sv} {EXAMPLES.sv}.", f"{made.en} {EXAMPLES.en}.")
        if (register.has_examples)
        else made
    )
