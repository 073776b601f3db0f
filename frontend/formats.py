"""Values as words: numbers, units, dates and ages as each language writes them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, localcontext

from babel.numbers import format_decimal

from catalogue.fields.field import Column, Field
from geo.texts import LOCALES, Language, Text, written

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
HALF_UP = Context(rounding=ROUND_HALF_UP)
RANGE_DASH = "\N{EN DASH}"
KB = Text("kB", "kB")
MB = Text("MB", "MB")
YES = Text("Ja", "Yes")
NO = Text("Nej", "No")


def number(value: float, language: Language, decimals: int = 1) -> str:
    """`1 250,5` or `1,250.5`, with at most so many decimals and no trailing zeros.

    A half is rounded up, as people and browsers do.
    """
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    with localcontext(HALF_UP):
        return format_decimal(value, pattern, locale=LOCALES[language])


def with_unit(text: str, unit: Text, language: Language) -> str:
    """A number and its unit, which never stand on different lines."""
    word = unit.in_language(language)
    return f"{text}{NO_BREAK_SPACE}{word}" if word else text


def size_text(size_bytes: int, language: Language) -> str:
    """`840 kB` or `2,4 MB`, in thousands and millions of bytes."""
    if size_bytes < 1_000_000:
        return with_unit(number(max(1, round(size_bytes / 1_000)), language, 0), KB, language)
    return with_unit(number(size_bytes / 1_000_000, language, 1), MB, language)


def date_text(day: date, language: Language) -> str:
    """`3 okt 2026` or `3 Oct 2026`; the parts stay on one line."""
    return written(day, language).replace(" ", NO_BREAK_SPACE)


def moment_text(moment: datetime, language: Language) -> str:
    """`3 okt 2026 kl. 14.05` or `3 Oct 2026, 14:05`, by the clock that the moment carries."""
    day = date_text(moment.date(), language)
    return (
        f"{day} kl.{NO_BREAK_SPACE}{moment:%H.%M}" if language == "sv" else f"{day}, {moment:%H:%M}"
    )


def age_text(day: date, today: date, language: Language) -> str:
    """How long ago a day was; days up to two months, then months, then years."""
    days = (today - day).days
    if days in NEAR_DAYS:
        return NEAR_DAYS[days].in_language(language)
    count, units = _largest_unit(abs(days))
    frame = Text("för {age} sedan", "{age} ago") if days > 0 else Text("om {age}", "in {age}")
    return frame.format(age=units[count != 1].format(n=count)).in_language(language)


NEAR_DAYS = {
    0: Text("i dag", "today"),
    1: Text("i går", "yesterday"),
    -1: Text("i morgon", "tomorrow"),
}
DAYS = (Text("{n} dag", "{n} day"), Text("{n} dagar", "{n} days"))
MONTHS = (Text("{n} månad", "{n} month"), Text("{n} månader", "{n} months"))
YEARS = (Text("{n} år", "{n} year"), Text("{n} år", "{n} years"))


def _largest_unit(days: int) -> tuple[int, tuple[Text, Text]]:
    if days < 60:
        return days, DAYS
    if days < 2 * 365:
        return round(days / 30.44), MONTHS
    return int(days / 365.25), YEARS


def value_text(field: Field, value: object, language: Language) -> str:
    """The value of a field in words, with its unit; nothing for a value that is not there."""
    match field.kind, value:
        case (_, None) | ("outline", _):
            return ""
        case "integer", int() if field.is_year:
            return str(value)
        case "number" | "integer", int() | float():
            decimals = field.decimals if field.kind == "number" else 0
            return with_unit(number(value, language, decimals), field.unit, language)
        case "integers" | "span", list() | tuple():
            return with_unit(_integers(field, value, language), field.unit, language)
        case "date", date():
            return date_text(value, language)
        case "date", str():
            return date_text(date.fromisoformat(value), language)
        case "flag", bool():
            return (YES if value else NO).in_language(language)
        case "code", str():
            return field.code_label(value).in_language(language)
        case "codes", list() | tuple():
            return ", ".join(field.code_label(code).in_language(language) for code in value)
        case "list", list() | tuple():
            return ", ".join(str(entry) for entry in value)
        case "records", list() | tuple():
            return "; ".join(record_text(field.columns, record, language) for record in value)
    return str(value)


def _integers(field: Field, values: list[int] | tuple[int, ...], language: Language) -> str:
    written_out = [number(value, language, 0) for value in values]
    if field.kind == "span":
        return RANGE_DASH.join(dict.fromkeys(written_out))
    return ", ".join(written_out)


def record_text(
    columns: tuple[Column, ...], record: Mapping[str, object], language: Language
) -> str:
    """One record on one line, opened by its first column: `2029: 120 MW, fast effekt`."""
    texts = [column_text(column, record.get(column.key), language) for column in columns]
    first, *others = texts
    rest = ", ".join(text for text in others if text)
    return f"{first}: {rest}" if rest else first


def column_text(column: Column, value: object, language: Language) -> str:
    """One cell of a record; a flag is its label when it is set, and nothing when it is not."""
    match column.kind, value:
        case _, None:
            return ""
        case "integer", int() if column.key == "year":
            return str(value)
        case "number" | "integer", int() | float():
            return with_unit(number(value, language, 1), column.unit, language)
        case "flag", bool():
            return column.label.in_language(language) if value else ""
        case "date", date():
            return date_text(value, language)
        case "date", str():
            return date_text(date.fromisoformat(value), language)
    return str(value)
