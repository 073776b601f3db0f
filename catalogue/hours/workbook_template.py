"""The empty workbook of hours, with lists to choose from; filled in, it is read as it stands."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from catalogue.hours.activities import Activities, offered
from catalogue.hours.hours import MOST_HOURS, ROLES
from catalogue.hours.workbook_reading import COLUMNS, SHEET
from catalogue.imports import headings
from catalogue.imports.template_checks import Lists
from catalogue.imports.template_styles import Styles
from geo.texts import Language, Text

ROWS = 300
WIDTHS = {"month": 12, "hours": 10, "activity": 28, "role": 26, "person": 24, "sites": 34,
          "note": 46}  # fmt: skip
NEEDED = ("month", "hours", "activity", "role")
HELP: dict[str, Text] = {
    "month": Text("Månaden som arbetet gjordes, som 2026-05.", "The month of the work: 2026-05."),
    "hours": Text("Hela eller halva timmar, som 2,5.", "Whole or half hours, such as 2.5."),
    "activity": Text("Vad tiden gick till. Välj i listan.", "What it went to. Choose in the list."),
    "role": Text("Välj, eller skriv kommunens egen titel.", "Choose, or write your own title."),
    "person": Text("Frivilligt. Kan tas bort senare.", "Optional. Can be removed later."),
    "sites": Text(
        "Frivilligt. Platsens beteckning; flera med komma emellan.",
        "Optional. The site's reference; several with commas between.",
    ),
    "note": Text("Frivilligt, högst 500 tecken.", "Optional, at most 500 characters."),
}


@dataclass(frozen=True, kw_only=True)
class HoursTemplate:
    """What the lists of the workbook are made from."""

    municipality_name: str
    months: Sequence[date]
    """Those that are open, the latest first."""
    activities: Activities
    sites: Sequence[tuple[str, str]]
    language: Language


def write_template(subject: HoursTemplate) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": subject.municipality_name, "author": "SiteFinder"})
        styles = Styles(book)
        sheet = book.add_worksheet(SHEET.in_language(subject.language))
        lists = Lists(
            book.add_worksheet(headings.LISTS.in_language(subject.language)), subject.language
        )
        for place, (key, heading) in enumerate(COLUMNS.items()):
            is_needed = key in NEEDED
            sheet.set_column(
                place, place, WIDTHS[key], styles.cell("number" if key == "hours" else "text")
            )
            sheet.write_string(
                0,
                place,
                heading.in_language(subject.language),
                styles.heading(1, is_needed=is_needed),
            )
            sheet.data_validation(1, place, ROWS, place, check_of(key, subject, lists))
        lists.write()
        sheet.set_row(0, 24)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.activate()
    return file.getvalue()


def check_of(key: str, subject: HoursTemplate, lists: Lists) -> dict[str, Any]:
    """The validation of a column. Any: as XlsxWriter takes it."""
    words = {
        "input_title": COLUMNS[key].in_language(subject.language),
        "input_message": HELP[key].in_language(subject.language),
        "error_title": COLUMNS[key].in_language(subject.language),
        "error_message": HELP[key].in_language(subject.language),
        "error_type": "warning",
    }
    if key == "hours":
        return words | {
            "validate": "decimal", "criteria": "between", "minimum": 0.5, "maximum": MOST_HOURS,
        }  # fmt: skip
    choices = choices_of(subject).get(key)
    if not choices:
        return words | {"validate": "any"}
    is_closed = key in ("month", "activity")
    source = lists.source(key, choices)
    return words | {"validate": "list", "source": source, "show_error": is_closed}


def choices_of(subject: HoursTemplate) -> Mapping[str, Sequence[str]]:
    return {
        "month": [f"{month:%Y-%m}" for month in subject.months],
        "activity": [
            label.in_language(subject.language) for label in offered(subject.activities).values()
        ],
        "role": [role.in_language(subject.language) for role in ROLES],
        "sites": [reference for reference, _ in subject.sites],
    }
