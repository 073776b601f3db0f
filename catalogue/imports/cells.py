"""One cell of a file to one value of a field, and a value to what its cell shows."""

import math
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson

from catalogue.fields import Field, Value
from catalogue.fields.field import Kind
from catalogue.forms.form_texts import day, number, written
from catalogue.values import BadValue, read_value
from geo.texts import Language, Text

CLEAR = Text("TÖM", "CLEAR")
"""Written in a cell, it empties the field; a cell left empty leaves the field as it is."""
CLEARING = frozenset({word.casefold() for word in CLEAR})
DASHES = frozenset({"-", "–", "—", "−", "--"})
ERRORS = re.compile(r"^#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|[A-ZÅÄÖ]+[!?])$")
YES_NO = (Text("Ja", "Yes"), Text("Nej", "No"))
FLAGS = {
    "ja": True, "yes": True, "true": True, "sant": True, "1": True,
    "nej": False, "no": False, "false": False, "falskt": False, "0": False,
}  # fmt: skip
SPAN = re.compile(r"\s*(?:–|—|(?<=\d)\s*-\s*|\btill\b|\bto\b|;|\.\.+)\s*")
PARTS = re.compile(r"[;\n]")
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = (32_874, 73_050)
"""1990 to 2099: a number in a date's cell that has lost its format."""


def clears(raw: object) -> bool:
    return isinstance(raw, str) and raw.strip().casefold() in CLEARING


def read_cell(field: Field, raw: object, language: Language) -> Value:
    """The value in a cell that is not empty; raises `BadValue`."""
    if isinstance(raw, str):
        refuse_marks(raw.strip())
    elif isinstance(raw, date) and field.kind != "date":
        raise became_a_date(raw)
    elif isinstance(raw, time | timedelta):
        raise BadValue(
            Text(
                "Cellen innehåller ett klockslag. Skriv värdet som text eller tal.",
                "The cell contains a time of day. Write the value as text or number.",
            )
        )
    return read_value(field, READERS.get(field.kind, read_line)(field, raw, language))


def refuse_marks(text: str) -> None:
    if text in DASHES:
        raise BadValue(
            Text(
                "Ett streck kan betyda flera saker. Lämna cellen tom för att behålla värdet, skriv "
                "TÖM för att ta bort det, eller ange på bladet Källor att det är okänt.",
                "A dash can mean several things. Leave the cell empty to keep the value, write "
                "CLEAR to remove it, or say on the sheet Sources that it is unknown.",
            )
        )
    if ERRORS.match(text):
        raise BadValue(
            Text(
                "Cellen visar ett fel från Excel ({text}). Skriv värdet i stället.",
                "The cell shows an error from Excel ({text}). Write the value instead.",
            ).format(text=text)
        )


def became_a_date(raw: date) -> BadValue:
    return BadValue(
        Text(
            "Excel har gjort om det du skrev till ett datum ({day}). Ställ in cellen som text och "
            "skriv värdet igen.",
            "Excel has turned what you wrote into a date ({day}). Set the cell to text and write "
            "the value again.",
        ).format(day=raw.date() if isinstance(raw, datetime) else raw)
    )


def read_line(field: Field, raw: object, language: Language) -> object:
    """A text that is all digits comes as a number."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else raw


def read_number(field: Field, raw: object, language: Language) -> object:
    return number(raw, language, field.unit) if isinstance(raw, str) else raw


def read_date(field: Field, raw: object, language: Language) -> object:
    return read_day(raw)


def read_day(raw: object) -> date:
    """A day as a day, as text in any usual form, or as Excel's number; raises `BadValue`."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float) and EXCEL_DAYS[0] <= raw <= EXCEL_DAYS[1]:
        return EXCEL_EPOCH + timedelta(days=int(raw))
    return day(str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw))


def read_flag(field: Field, raw: object, language: Language) -> object:
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    flag = FLAGS.get(text.strip().casefold())
    if flag is None:
        raise BadValue(
            Text("”{raw}” är varken ja eller nej.", "“{raw}” is neither yes nor no.").format(
                raw=text[:40]
            )
        )
    return flag


def read_code(field: Field, raw: object, language: Language) -> object:
    """The code itself, or its word in either language."""
    text = " ".join(str(raw).split()).casefold()
    for entry in field.codes:
        if text in (entry.code.casefold(), *(word.casefold() for word in entry.label)):
            return entry.code
    raise BadValue(
        Text("”{raw}” finns inte bland valen.", "“{raw}” is not among the choices.").format(
            raw=str(raw)[:40]
        )
    )


def read_codes(field: Field, raw: object, language: Language) -> object:
    parts = raw if isinstance(raw, list) else split(str(raw), commas=True)
    return [read_code(field, part, language) for part in parts]


def read_integers(field: Field, raw: object, language: Language) -> object:
    if isinstance(raw, str):
        return [number(part, language, field.unit) for part in split(raw, commas=True)]
    return raw if isinstance(raw, list) else [raw]


def read_list(field: Field, raw: object, language: Language) -> object:
    if isinstance(raw, str):
        return split(raw, commas=not PARTS.search(raw))
    return raw if isinstance(raw, list) else [read_line(field, raw, language)]


def split(text: str, *, commas: bool) -> list[str]:
    """The entries between semicolons or line breaks, and between commas where those part too."""
    parts: Iterable[str] = PARTS.split(text)
    if commas:
        parts = [piece for part in parts for piece in part.split(",")]
    return [part.strip() for part in parts if part.strip()]


def read_span(field: Field, raw: object, language: Language) -> object:
    """`12–24`, `12 till 24` or `12; 24`; one number stands for both ends."""
    if not isinstance(raw, str):
        return raw
    ends = [end for end in SPAN.split(raw.strip("[] ")) if end.strip()]
    if len(ends) == 1:
        ends = [end for end in ends[0].split(",") if end.strip()]
    if not 1 <= len(ends) <= 2:
        raise BadValue(
            Text(
                "Skriv från och till, till exempel 12–24.", "Write from and to, for example 12–24."
            )
        )
    return [number(end, language, field.unit) for end in (ends[0], ends[-1])]


def read_records(field: Field, raw: object, language: Language) -> object:
    """In a file without sheets: as JSON, the way our own CSV has it."""
    if not isinstance(raw, str):
        return raw
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise BadValue(
            Text(
                "Skriv raderna som JSON, eller använd Excelmallen där de har ett eget blad.",
                "Write the rows as JSON, or use the Excel template, where they have a sheet.",
            )
        ) from None


READERS: dict[Kind, Callable[[Field, object, Language], object]] = {
    "number": read_number,
    "integer": read_number,
    "integers": read_integers,
    "date": read_date,
    "flag": read_flag,
    "code": read_code,
    "codes": read_codes,
    "list": read_list,
    "span": read_span,
    "records": read_records,
}


def shown(field: Field, value: Value | None, language: Language) -> Any:
    """What stands in the cell of a value; reading it gives the value back. Any: as the kind wants.

    Numbers and days as themselves, everything else as the words a person would write.
    """
    if value is None:
        return None
    if field.kind == "flag":
        return YES_NO[not value].in_language(language)
    if field.kind == "code":
        return field.code_label(str(value)).in_language(language)
    if not isinstance(value, list):
        return float(value) if isinstance(value, int) else value
    if field.kind == "codes":
        return "; ".join(field.code_label(str(code)).in_language(language) for code in value)
    if field.kind == "span":
        return "–".join(dict.fromkeys(map(str, value)))
    if field.kind == "records":
        return orjson.dumps(value).decode()
    return "; ".join(map(str, value))


def as_text(cell: Any, language: Language) -> str:
    """A cell of `shown` in a file that holds text only. Any: as there."""
    return written(cell, language)


def is_same(value: Value | None, stored: Value | None) -> bool:
    """Whether two values are one; workbooks keep sixteen figures of a number."""
    if isinstance(value, float) and isinstance(stored, float):
        return math.isclose(value, stored, rel_tol=1e-12)
    return value == stored
