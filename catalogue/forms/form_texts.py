"""What a person types for one field: texts to what `values` reads, and values back to texts."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from catalogue.fields import Field, Value
from catalogue.fields.field import Kind, Record
from catalogue.values import BadValue, read_record
from geo.texts import Language, Text

Texts = Mapping[str, Sequence[str]]
"""A form as it was sent: the texts under the name of each control."""

SPACES = re.compile("[ \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]+")
NUMBER = re.compile(r"^-?(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?$")
DOTTED_THOUSANDS = re.compile(r"^-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+$")
UNCLEAR_THOUSANDS = re.compile(r"^-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+$")
ENGLISH_THOUSANDS = re.compile(r"^-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$")
ISO_DATE = re.compile(r"^([0-9]{4})[-/. ]?([0-9]{2})[-/. ]?([0-9]{2})$")
SPOKEN_DATE = re.compile(r"^([0-9]{1,2})[. ]? ?([a-zåäö]{3})[a-zåäö]*\.? ([0-9]{4})$")
SLASHED_DATE = re.compile(r"^([0-9]{1,2})/([0-9]{1,2})[ /-]([0-9]{4})$")
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "maj": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
FLAGS = {"yes": True, "no": False}
MOST_ROWS = 200


def control(key: str, *parts: str | int) -> str:
    """The name, and id, of a field's control, or of one part of it: `power_now_mw-as_of`."""
    return "-".join([key, *map(str, parts)])


def first(texts: Texts, name: str) -> str:
    """The text under a name, without space around it; empty where there is none."""
    given = texts.get(name)
    return given[0].strip() if given else ""


def read_texts(field: Field, texts: Texts, language: Language) -> object | None:
    """What was typed, for `values.read_value`; None for an empty control. Raises `BadValue`."""
    return TYPED.get(field.kind, read_line)(field, texts, language)


def read_line(field: Field, texts: Texts, language: Language) -> object | None:
    return first(texts, field.key).replace("\r\n", "\n") or None


def read_typed_number(field: Field, texts: Texts, language: Language) -> object | None:
    text = first(texts, field.key)
    return number(text, language, field.unit) if text else None


def read_numbers(field: Field, texts: Texts, language: Language) -> object | None:
    chosen = [text for text in texts.get(field.key, ()) if text]
    return [number(text, language) for text in chosen] or None


def read_typed_date(field: Field, texts: Texts, language: Language) -> object | None:
    text = first(texts, field.key)
    return day(text).isoformat() if text else None


def read_typed_flag(field: Field, texts: Texts, language: Language) -> object | None:
    text = first(texts, field.key)
    return FLAGS.get(text, text) if text else None


def read_chosen(field: Field, texts: Texts, language: Language) -> object | None:
    return [text for text in texts.get(field.key, ()) if text] or None


def read_lines(field: Field, texts: Texts, language: Language) -> object | None:
    lines = first(texts, field.key).splitlines()
    return [line.strip() for line in lines if line.strip()] or None


def read_ends(field: Field, texts: Texts, language: Language) -> object | None:
    """From and to; one of them alone stands for both."""
    low, high = (first(texts, control(field.key, part)) for part in ("from", "to"))
    if not low and not high:
        return None
    return [number(text, language, field.unit) for text in (low or high, high or low)]


def read_rows(field: Field, texts: Texts, language: Language) -> object | None:
    """The rows in which something stands; a fault says which row it is in."""
    rows: list[Record] = []
    for position, index in enumerate(row_indexes(field, texts), start=1):
        typed = {
            column.key: first(texts, control(field.key, index, column.key))
            for column in field.columns
        }
        if not any(typed.values()):
            continue
        try:
            cells = {
                column.key: cell(column.kind, typed[column.key], language, column.unit)
                for column in field.columns
            }
            rows.append(read_record(field, cells))
        except BadValue as refusal:
            raise BadValue(
                Text("Rad {row}: {fault}", "Row {row}: {fault}").format(
                    row=position, fault=refusal.text
                )
            ) from None
    return rows or None


def row_indexes(field: Field, texts: Texts) -> list[int]:
    """The numbers of the rows that were sent, in order; script may have left gaps."""
    pattern = re.compile(rf"^{re.escape(field.key)}-([0-9]{{1,6}})-")
    found = {int(match.group(1)) for name in texts if (match := pattern.match(name))}
    return sorted(found)[:MOST_ROWS]


def cell(kind: str, text: str, language: Language, unit: Text) -> object:
    """One part of a row, as a program would have sent it."""
    if not text:
        return None
    if kind in ("number", "integer"):
        return number(text, language, unit)
    if kind == "date":
        return day(text).isoformat()
    return FLAGS.get(text, text) if kind == "flag" else text


TYPED: dict[Kind, Callable[[Field, Texts, Language], object | None]] = {
    "number": read_typed_number,
    "integer": read_typed_number,
    "integers": read_numbers,
    "date": read_typed_date,
    "flag": read_typed_flag,
    "codes": read_chosen,
    "list": read_lines,
    "span": read_ends,
    "records": read_rows,
}


def number(text: str, language: Language, unit: Text = Text("", "")) -> float:
    """`1 250,5` or `1250.5`, also with its unit behind it; raises `BadValue` for anything else.

    A point before three digits may be meant either way by a Swedish reader, so it is asked about:
    a figure that is wrong by a factor of a thousand is worse than a question.
    """
    written = without_unit(SPACES.sub(" ", text).strip().replace("\N{MINUS SIGN}", "-"), unit)
    if language == "en" and ENGLISH_THOUSANDS.match(written):
        return float(written.replace(",", ""))
    if DOTTED_THOUSANDS.match(written):
        return float(written.replace(".", "").replace(",", "."))
    if language == "sv" and UNCLEAR_THOUSANDS.match(written):
        raise BadValue(
            Text(
                "”{text}” kan läsas på två sätt. Skriv {whole} utan punkt, eller decimalerna efter "
                "ett komma.",
                "“{text}” can be read in two ways. Write {whole} without the point, or the "
                "decimals after a comma.",
            ).format(text=text[:40], whole=written.replace(".", ""))
        )
    if not NUMBER.match(written):
        raise BadValue(
            Text(
                "”{text}” är inte ett tal. Skriv det med siffror, till exempel 12,5.",
                "“{text}” is not a number. Write it in figures, for example 12.5.",
            ).format(text=text[:40])
        )
    return float(written.replace(" ", "").replace(",", "."))


def without_unit(text: str, unit: Text) -> str:
    for word in unit:
        if word and text.lower().endswith(word.lower()):
            return text[: -len(word)].strip()
    return text


def day(text: str) -> date:
    """A day written as 2026-10-03, 20261003, 3/10 2026 or 3 okt 2026; raises `BadValue`."""
    written = SPACES.sub(" ", text).strip().lower()
    parts: tuple[int, int, int] | None = None
    if found := ISO_DATE.match(written):
        parts = (int(found.group(1)), int(found.group(2)), int(found.group(3)))
    elif found := SLASHED_DATE.match(written):
        parts = (int(found.group(3)), int(found.group(2)), int(found.group(1)))
    elif (found := SPOKEN_DATE.match(written)) and found.group(2) in MONTHS:
        parts = (int(found.group(3)), MONTHS[found.group(2)], int(found.group(1)))
    if parts is None:
        raise BadValue(
            Text(
                "”{text}” är inte ett datum. Skriv år, månad och dag, till exempel 2026-10-03.",
                "“{text}” is not a date. Write year, month and day, for example 2026-10-03.",
            ).format(text=text[:40])
        )
    try:
        return date(*parts)
    except ValueError:
        raise BadValue(
            Text(
                "Dagen {text} finns inte i kalendern. Kontrollera månad och dag.",
                "There is no such day as {text}. Check the month and the day.",
            ).format(text=text[:40])
        ) from None


def texts_of(field: Field, value: Value | None, language: Language) -> dict[str, list[str]]:
    """The texts that the controls of a field show for a value; reading them gives it back."""
    if value is None:
        return {}
    if field.kind == "span" and isinstance(value, list):
        low, high = map(str, value)
        return {control(field.key, "from"): [low], control(field.key, "to"): [high]}
    if field.kind == "records" and isinstance(value, list):
        return {
            control(field.key, index, column.key): [written(record.get(column.key), language)]
            for index, record in enumerate(value)
            if isinstance(record, dict)
            for column in field.columns
        }
    if field.kind == "list" and isinstance(value, list):
        return {field.key: ["\n".join(map(str, value))]}
    if isinstance(value, list):
        return {field.key: [str(entry) for entry in value]}
    return {field.key: [written(value, language)]}


def written(value: object, language: Language) -> str:
    """One value as it stands in a control: every decimal, a comma in Swedish, no thousands."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        plain = f"{value:.10f}".rstrip("0").rstrip(".")
        return plain.replace(".", ",") if language == "sv" else plain
    return value.isoformat() if isinstance(value, date) else str(value)
