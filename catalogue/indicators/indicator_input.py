"""An indicator or a reading as somebody wrote it, read with every fault told at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalogue.errors import Fault, Invalid
from catalogue.forms.form_texts import day, number
from catalogue.indicators.indicators import VERSIONED
from catalogue.progress.figures import FIGURE
from catalogue.values import UNSEEN, BadValue
from geo.texts import Language, Text

LONGEST: Mapping[str, int] = {
    "name_sv": 120, "name_en": 120, "unit_sv": 20, "unit_en": 20, "source": 300, "note": 1_000,
    "reason": 300,
}  # fmt: skip
FOLLOW_UPS: Mapping[str, Text] = {
    "value": Text("En siffra i katalogen, som den är", "A figure of the catalogue, as it is"),
    "change": Text(
        "En siffra i katalogen, hur den har ändrats",
        "A figure of the catalogue, how it has changed",
    ),
    "reading": Text("Avläsningar för hand", "Readings by hand"),
}
REQUIRED = ("name_sv", "target", "target_date", "source", "follow_up")
LARGEST = 1e12
LAST_DAY = date(2099, 12, 31)


@dataclass(frozen=True)
class Reader:
    """Reads one part after the other and collects what is wrong. Any: whatever was sent."""

    raw: Mapping[str, Any]
    language: Language | None
    """Of a form, whose numbers are texts; None for a body of JSON."""
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, where: str, text: Text) -> None:
        self.faults.append(Fault(where, text))

    def text(self, name: str, *, required: Text | None = None) -> str:
        given = self.raw.get(name)
        most = LONGEST[name]
        if given is not None and (not isinstance(given, str) or UNSEEN.search(given)):
            self.refuse(name, Text("Skriv en text.", "Write a text."))
            return ""
        said = " ".join((given or "").split()) if name != "note" else (given or "").strip()
        if len(said) > most:
            text = Text("Högst {most} tecken.", "At most {most} characters.")
            self.refuse(name, text.format(most=most))
        elif required is not None and not said:
            self.refuse(name, required)
        return said

    def number(self, name: str, missing: Text) -> float:
        given = self.raw.get(name)
        if given in (None, ""):
            self.refuse(name, missing)
            return 0.0
        if isinstance(given, str) and self.language is not None:
            try:
                given = number(given, self.language)
            except BadValue as refusal:
                self.refuse(name, refusal.text)
                return 0.0
        if isinstance(given, bool) or not isinstance(given, int | float):
            given = float("nan")
        if not -LARGEST <= given <= LARGEST:
            self.refuse(name, Text("Skriv ett tal, som 120 eller 7,5.",
                                   "Write a number, such as 120 or 7.5."))  # fmt: skip
            return 0.0
        return float(given)

    def day(self, name: str, missing: Text) -> date | None:
        given = self.raw.get(name)
        if given in (None, ""):
            self.refuse(name, missing)
            return None
        try:
            found = day(str(given))
        except BadValue as refusal:
            self.refuse(name, refusal.text)
            return None
        if found > LAST_DAY:
            self.refuse(name, Text("Ett år fram till 2099.", "A year up to 2099."))
        return found

    def code(self, name: str, codes: Collection[str], unknown: Text) -> str:
        given = self.raw.get(name) or ""
        if given and (not isinstance(given, str) or given not in codes):
            self.refuse(name, unknown)
            return ""
        return str(given)

    def unknown_parts(self, known: Collection[str]) -> None:
        for name in self.raw:
            if name not in known:
                text = Text("Fältet finns inte.", "There is no such field.")
                self.refuse(str(name)[:60], text)


@dataclass(frozen=True)
class Given:
    """What a version shall say, and why. Any: columns differ in type."""

    values: Mapping[str, Any]
    reason: str


def read_indicator(
    raw: Mapping[str, Any],
    municipalities: Collection[str],
    baseline: date,
    language: Language | None,
    kept: Mapping[str, Any] | None = None,
) -> Given:
    """A body or a form; raises `Invalid` with every fault. Any: whatever was sent.

    `kept` is the indicator as it stands, where one is changed: parts left out stay. Where no start
    is given, it is the `baseline` and 0.
    """
    stands = {name: (kept or {}).get(name) for name in VERSIONED}
    reader = Reader({**stands, **raw}, language)
    reader.unknown_parts({*VERSIONED, "reason"})
    values = {**read_words(reader), **read_aim(reader, baseline),
              **read_follow_up(reader, municipalities)}  # fmt: skip
    if values["follow_up"] == "change":
        values["start_value"] = 0.0
    check_together(reader, values)
    reason = reader.text("reason")
    if reader.faults:
        raise Invalid(reader.faults)
    return Given(values, reason)


def read_words(reader: Reader) -> dict[str, Any]:
    """Any: columns differ in type."""
    name = reader.text("name_sv", required=Text("Ange ett namn.", "Give a name."))
    source = reader.text(
        "source",
        required=Text(
            "Ange beslutet och var i det, som sida eller diarienummer.",
            "Name the decision and where in it, such as a page or reference number.",
        ),
    )
    retired = reader.raw.get("retired") or False
    if not isinstance(retired, bool):
        reader.refuse("retired", Text("Ange true eller false.", "Give true or false."))
    return {
        "name_sv": name,
        "name_en": reader.text("name_en") or name,
        "source": source,
        "retired": bool(retired),
    }


def read_aim(reader: Reader, baseline: date) -> dict[str, Any]:
    """Any: columns differ in type."""
    no_day = Text("Ange dagen då målet ska vara nått.", "Give the day it is to be reached by.")
    found: dict[str, Any] = {
        "target": reader.number("target", Text("Ange målet.", "Give the target.")),
        "target_date": reader.day("target_date", no_day),
        "start_value": 0.0,
        "start_date": baseline,
    }
    nothing = Text("", "")
    if reader.raw.get("start_value") not in (None, ""):
        found["start_value"] = reader.number("start_value", nothing)
    if reader.raw.get("start_date") not in (None, ""):
        found["start_date"] = reader.day("start_date", nothing)
    return found


def read_follow_up(reader: Reader, municipalities: Collection[str]) -> dict[str, Any]:
    """Any: columns differ in type."""
    choose = Text("Välj hur indikatorn följs upp.", "Choose how the indicator is followed up.")
    follow_up = reader.code("follow_up", FOLLOW_UPS, choose)
    if not follow_up and not any(fault.where == "follow_up" for fault in reader.faults):
        reader.refuse("follow_up", choose)
    figure = reader.code(
        "figure", FIGURE, Text("Siffran finns inte i katalogen.", "There is no such figure.")
    )
    by_hand = follow_up == "reading"
    if follow_up and not by_hand and not figure and not any(
        fault.where == "figure" for fault in reader.faults
    ):  # fmt: skip
        reader.refuse("figure", Text("Välj vilken siffra.", "Choose which figure."))
    municipality = reader.code(
        "municipality", municipalities, Text("Välj en kommun.", "Choose a municipality.")
    )
    return {
        "follow_up": follow_up,
        "figure": "" if by_hand else figure,
        "municipality": municipality or None,
        "unit_sv": reader.text("unit_sv") if by_hand else "",
        "unit_en": (reader.text("unit_en") or reader.text("unit_sv")) if by_hand else "",
    }


def check_together(reader: Reader, values: Mapping[str, Any]) -> None:
    """Any: columns differ in type."""
    told = {fault.where for fault in reader.faults}
    start, end = values["start_date"], values["target_date"]
    if start and end and start >= end:
        text = Text(
            "Målet ska nås efter startdagen, {day}.", "It is reached after the start, {day}."
        )
        reader.refuse("target_date", text.format(day=start))
    if not told & {"target", "start_value"} and values["target"] == values["start_value"]:
        text = Text(
            "Målet är detsamma som utgångsvärdet. Ändra ett av dem.",
            "The target is the same as the value at the start. Change one of them.",
        )
        reader.refuse("target", text)


def read_reading(
    raw: Mapping[str, Any], today: date, language: Language | None
) -> Mapping[str, Any]:
    """Raises `Invalid` with every fault. Any: whatever was sent."""
    reader = Reader(raw, language)
    reader.unknown_parts({"value", "read_on", "source", "note"})
    found: dict[str, Any] = {
        "value": reader.number("value", Text("Ange värdet.", "Give the value.")),
        "read_on": reader.day("read_on", Text("Ange dagen.", "Give the day.")),
        "source": reader.text(
            "source", required=Text("Ange var värdet kommer från.", "Say where it comes from.")
        ),
        "note": reader.text("note"),
    }
    if found["read_on"] and found["read_on"] > today:
        text = Text("Dagen har inte varit än.", "The day has not been yet.")
        reader.refuse("read_on", text)
    if reader.faults:
        raise Invalid(reader.faults)
    return found
