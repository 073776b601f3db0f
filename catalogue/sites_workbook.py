"""Sites as an Excel workbook: values, what stands behind each, and what the columns mean."""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import orjson
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.fields import SITE, THEMES, Field
from catalogue.provenance import BASIS_LABELS, STATE_LABELS
from geo.texts import Language, Text, written

CHUNK_BYTES = 64 * 1024
SHEETS = (Text("Platser", "Sites"), Text("Källor", "Sources"), Text("Fält", "Fields"))
IDENTITY: dict[str, Text] = {
    "reference": Text("Beteckning", "Reference"),
    "municipality": Text("Kommunkod", "Municipality code"),
    "municipality_name": Text("Kommun", "Municipality"),
    "status": Text("Status", "Status"),
}
FIT = {"meets": Text("passar", "meets"), "may_fit": Text("kan passa", "may fit")}
SOURCE_HEADINGS: dict[str, Text] = {
    "state": Text("Läge", "State"),
    "basis": Text("Grund", "Basis"),
    "as_of": Text("Per", "As of"),
    "source": Text("Källa", "Source"),
    "asked": Text("Tillfrågad", "Asked"),
    "asked_on": Text("Tillfrågad den", "Asked on"),
    "fresh_until": Text("Aktuell till", "Fresh until"),
}


def write_workbook(features: Iterable[str], language: Language, today: date) -> Iterator[bytes]:
    """The file, in pieces; rows go to disk as they come, so memory does not grow with them."""
    with tempfile.TemporaryFile() as file:
        with xlsxwriter.Workbook(
            file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            fill(book, features, language)
        file.seek(0)
        while piece := file.read(CHUNK_BYTES):
            yield piece


def fill(book: Workbook, features: Iterable[str], language: Language) -> None:
    heading = book.add_format({"bold": True, "bg_color": "#E3EFE8", "text_wrap": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    values, sources, meaning = (book.add_worksheet(name.in_language(language)) for name in SHEETS)
    fields = [field for field in SITE.values() if not field.structural]
    for sheet, titles in (
        (values, value_headings(fields, language)),
        (sources, source_headings(language)),
    ):
        sheet.write_row(0, 0, titles, heading)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, len(titles) - 1, 18)
    source_row = 1
    for number, feature in enumerate(features, start=1):
        properties = orjson.loads(feature)["properties"]
        write_values(values, number, properties, fields, language, day)
        source_row = write_sources(sources, source_row, properties, language, day)
    write_meaning(meaning, fields, language, heading)


def value_headings(fields: list[Field], language: Language) -> list[str]:
    named = [text.in_language(language) for text in IDENTITY.values()]
    for field in fields:
        label, unit = field.label.in_language(language), field.unit.in_language(language)
        named.append(f"{label} ({unit})" if unit else label)
    return [*named, *(Text("Passar", "Fit").in_language(language),)]


def source_headings(language: Language) -> list[str]:
    first = (IDENTITY["reference"], Text("Fält", "Field"), Text("Nyckel", "Key"))
    return [text.in_language(language) for text in (*first, *SOURCE_HEADINGS.values())]


def write_values(
    sheet: Worksheet,
    row: int,
    properties: dict[str, Any],
    fields: list[Field],
    language: Language,
    day: Format,
) -> None:
    """Any: JSON."""
    for place, key in enumerate(IDENTITY):
        text = properties.get(key, "")
        if key == "status":
            text = SITE["status"].code_label(text).in_language(language)
        sheet.write_string(row, place, text)
    for place, field in enumerate(fields, start=len(IDENTITY)):
        write_value(sheet, row, place, field, properties.get(field.key), language, day)
    fit = FIT.get(properties.get("fit", ""), Text("", ""))
    sheet.write_string(row, len(IDENTITY) + len(fields), fit.in_language(language))


def write_value(
    sheet: Worksheet,
    row: int,
    place: int,
    field: Field,
    value: Any,
    language: Language,
    day: Format,
) -> None:
    """One cell: numbers as numbers, dates as dates, codes by their words. Any: JSON."""
    said = cell(field, value, language)
    if isinstance(said, str):
        sheet.write_string(row, place, said)
    elif isinstance(said, date):
        sheet.write_datetime(row, place, said, day)
    elif said is not None:
        sheet.write_number(row, place, said)


def cell(field: Field, value: Any, language: Language) -> str | float | date | None:
    """A value as a spreadsheet takes it; None where there is none. Any: JSON."""
    if value is None:
        return None
    if isinstance(value, bool):
        return (Text("Ja", "Yes") if value else Text("Nej", "No")).in_language(language)
    if isinstance(value, int | float):
        return value
    if field.kind == "date":
        return date.fromisoformat(value)
    if field.codes:
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(field.code_label(code).in_language(language) for code in chosen)
    if field.kind == "span":
        return "–".join(map(str, value))
    if field.kind == "records":
        return "; ".join(record(one, language) for one in value)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def record(one: dict[str, Any], language: Language) -> str:
    """`2029: 120, firm` – the parts of a record that say something. Any: JSON."""
    parts = []
    for number, part in enumerate(one.values()):
        if isinstance(part, bool):
            firm = Text("fast", "firm") if part else Text("flexibel", "flexible")
            parts.append(firm.in_language(language))
        elif part is not None and part != "":
            parts.append(str(part) if number == 0 else written(part, language))
    return f"{parts[0]}: {', '.join(parts[1:])}"


def write_sources(
    sheet: Worksheet, row: int, properties: dict[str, Any], language: Language, day: Format
) -> int:
    """A row for each value of a site; the next free row. Any: JSON."""
    for key, behind in properties["provenance"].items():
        label = SITE[key].label.in_language(language)
        for place, text in enumerate((properties["reference"], label, key)):
            sheet.write_string(row, place, text)
        for place, part in enumerate(SOURCE_HEADINGS, start=3):
            said = behind.get(part)
            if not said:
                continue
            if part in ("as_of", "asked_on", "fresh_until"):
                sheet.write_datetime(row, place, date.fromisoformat(said), day)
            else:
                words = {"state": STATE_LABELS, "basis": BASIS_LABELS}.get(part, {})
                label = words.get(said, Text(said, said))  # type: ignore[attr-defined]  # both are keyed by code
                sheet.write_string(row, place, label.in_language(language))
        row += 1
    return row


def write_meaning(
    sheet: Worksheet, fields: list[Field], language: Language, heading: Format
) -> None:
    titles = (
        Text("Fält", "Field"), Text("Nyckel", "Key"), Text("Tema", "Theme"),
        Text("Enhet", "Unit"), Text("Betyder", "Meaning"),
    )  # fmt: skip
    sheet.write_row(0, 0, [title.in_language(language) for title in titles], heading)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 2, 24)
    sheet.set_column(4, 4, 100)
    for row, field in enumerate(fields, start=1):
        texts = (field.label, Text(field.key, field.key), THEMES[field.theme], field.unit,
                 field.help)  # fmt: skip
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text.in_language(language))
