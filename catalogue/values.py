"""One value at a time: from what was sent or stored to what the catalogue works with, and back."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from catalogue.fields import Field, Value
from catalogue.fields.field import Column, Kind, Record
from catalogue.outlines import property_designations
from geo.texts import Text


class BadValue(Exception):
    """A single value that its field cannot hold; the text says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


LINK = re.compile(r"^https?://[^\s<>\"]+$")
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_value(field: Field, raw: object) -> Value:
    """What a program sent, as the field's kind wants it; raises `BadValue`."""
    value = READERS[field.kind](field, raw)
    check_range(field, value)
    return value


def read_text(field: Field, raw: object) -> str:
    if not isinstance(raw, str):
        raise BadValue(Text("Ska vara text.", "Must be text."))
    text = raw.strip() if field.kind == "long_text" else " ".join(raw.split())
    if UNSEEN.search(text):
        raise BadValue(
            Text(
                "Innehåller tecken som inte kan visas.", "Contains characters that cannot be shown."
            )
        )
    if not text:
        raise BadValue(Text("Får inte vara tomt.", "Must not be empty."))
    if field.kind == "link" and not LINK.match(text):
        raise BadValue(
            Text("Ska vara en adress som börjar med https://.", "Must be an address with https://.")
        )
    return text


def read_number(field: Field, raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise BadValue(Text("Ska vara ett tal.", "Must be a number."))
    if not math.isfinite(raw):
        raise BadValue(Text("Ska vara ett vanligt tal, inte oändligt.", "Must be a finite number."))
    return float(raw)


def read_integer(field: Field, raw: object) -> int:
    number = read_number(field, raw)
    if number != int(number):
        raise BadValue(Text("Ska vara ett heltal.", "Must be a whole number."))
    return int(number)


def read_integers(field: Field, raw: object) -> list[int]:
    numbers = sorted({read_integer(field, entry) for entry in entries(raw)})
    for number in numbers:
        if number not in field.choices:
            raise BadValue(
                Text(
                    "{number} finns inte bland {choices}.", "{number} is not one of {choices}."
                ).format(number=number, choices=", ".join(map(str, field.choices)))
            )
    return numbers  # fmt: skip


def read_date(field: Field, raw: object) -> date:
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        raise not_a_date()
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise not_a_date() from None


def not_a_date() -> BadValue:
    return BadValue(
        Text("Ska vara ett datum som 2026-10-03.", "Must be a date such as 2026-10-03.")
    )


def read_flag(field: Field, raw: object) -> bool:
    if not isinstance(raw, bool):
        raise BadValue(Text("Ska vara ja eller nej (true/false).", "Must be true or false."))
    return raw


def read_code(field: Field, raw: object) -> str:
    known = [entry.code for entry in field.codes]
    if not isinstance(raw, str) or raw not in known:
        raise BadValue(
            Text(
                "”{raw}” finns inte. Välj bland: {codes}.",
                "“{raw}” is unknown. Choose among: {codes}.",
            ).format(raw=str(raw)[:40], codes=", ".join(known))
        )
    return raw  # fmt: skip


def read_codes(field: Field, raw: object) -> list[str]:
    chosen = {read_code(field, entry) for entry in entries(raw)}
    return [entry.code for entry in field.codes if entry.code in chosen]


def read_list(field: Field, raw: object) -> list[str]:
    texts = list(dict.fromkeys(read_text(field, entry) for entry in entries(raw)))
    if field.key != "property_designations":
        return texts
    try:
        return property_designations.read_list(texts)
    except property_designations.BadDesignation as refusal:
        raise BadValue(refusal.text) from refusal


def read_span(field: Field, raw: object) -> list[int]:
    """`{"min": 12, "max": 24}`, `[12, 24]`, or one number for both ends."""
    if isinstance(raw, Mapping) and raw.keys() == {"min", "max"}:
        raw = [raw["min"], raw["max"]]
    if isinstance(raw, int | float):
        raw = [raw, raw]
    if not isinstance(raw, list | tuple) or len(raw) != 2:
        raise BadValue(
            Text("Ska vara från och till, till exempel [12, 24].", "Must be from and to: [12, 24].")
        )
    low, high = (read_integer(field, end) for end in raw)
    if low > high:
        raise BadValue(
            Text(
                "Från ({low}) är större än till ({high}).", "From ({low}) is above to ({high})."
            ).format(low=low, high=high)
        )
    return [low, high]  # fmt: skip


def read_records(field: Field, raw: object) -> list[Record]:
    records = [read_record(field, entry) for entry in entries(raw)]
    first = field.columns[0].key
    return sorted(records, key=lambda record: (str(type(record[first])), record[first]))


def read_record(field: Field, raw: object) -> Record:
    if not isinstance(raw, Mapping):
        raise BadValue(Text("Varje rad ska vara ett objekt.", "Each row must be an object."))
    columns = {column.key: column for column in field.columns}
    unknown = [str(key) for key in raw if key not in columns]
    if unknown:
        raise BadValue(
            Text("Okänd del: {names}.", "Unknown part: {names}.").format(
                names=", ".join(unknown)[:80]
            )
        )
    return {key: read_cell(column, raw.get(key)) for key, column in columns.items()}


def read_cell(column: Column, raw: object) -> str | float | int | bool | None:
    """One part of a record, read as a field of the same kind."""
    if raw is None or raw == "":
        if column.required:
            raise BadValue(
                Text("{label} saknas.", "{label} is missing.").format(label=column.label)
            )
        return None
    as_field = Field(
        key=column.key, theme="identity", kind=column.kind, label=column.label,
        help=column.label, minimum=column.minimum, maximum=column.maximum,
    )  # fmt: skip
    value = read_value(as_field, raw)
    if isinstance(value, list):
        raise TypeError(column.kind)
    return value.isoformat() if isinstance(value, date) else value


def entries(raw: object) -> list[Any]:
    """A list as it was sent; Any: its entries are checked one by one."""
    if not isinstance(raw, list | tuple):
        raise BadValue(Text("Ska vara en lista.", "Must be a list."))
    if len(raw) > 200:
        raise BadValue(Text("Högst 200 värden.", "At most 200 values."))
    return list(raw)


def not_a_value(field: Field, raw: object) -> Value:
    raise BadValue(Text("Kan inte anges här.", "Cannot be given here."))


READERS: dict[Kind, Callable[[Field, object], Value]] = {
    "text": read_text,
    "long_text": read_text,
    "link": read_text,
    "number": read_number,
    "integer": read_integer,
    "integers": read_integers,
    "date": read_date,
    "flag": read_flag,
    "code": read_code,
    "codes": read_codes,
    "list": read_list,
    "span": read_span,
    "records": read_records,
    "outline": not_a_value,
}


def check_range(field: Field, value: Value) -> None:
    """Numbers by size, texts by characters, lists by entries."""
    measures: list[float]
    if isinstance(value, str):
        measures, unit = [len(value)], Text("tecken", "characters")
    elif field.kind == "span" and isinstance(value, list):
        measures, unit = [float(str(end)) for end in value], field.unit
    elif isinstance(value, list):
        measures, unit = [len(value)], Text("värden", "values")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        measures, unit = [value], field.unit
    else:
        return
    low, high = field.minimum, field.maximum
    if all((low is None or low <= m) and (high is None or m <= high) for m in measures):
        return
    limits = {"unit": unit, "low": low or 0, "high": high or 0}
    if high is None:
        text = Text("Ska vara minst {low} {unit}.", "Must be at least {low} {unit}.")
    elif low is None:
        text = Text("Ska vara högst {high} {unit}.", "Must be at most {high} {unit}.")
    else:
        text = Text(
            "Ska vara mellan {low} och {high} {unit}.", "Must be between {low} and {high} {unit}."
        )
    raise BadValue(text.format(**limits))


def from_json(field: Field, stored: Any) -> Value:
    """A value as the version history keeps it (JSON) back to Python; Any: it was checked then."""
    return date.fromisoformat(stored) if field.kind == "date" else stored


def to_json(value: Value | None) -> Any:
    """A value as JSON has it; Any: JSON."""
    return value.isoformat() if isinstance(value, date) else value
