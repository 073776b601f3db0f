"""A request for the register as somebody wrote it, read with every fault told at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalogue.enquiries.enquiries import SECTORS, SIZES
from catalogue.errors import Fault, Invalid
from catalogue.forms.form_texts import day
from catalogue.requests.reading import LONGEST_TEXT
from catalogue.requests.requirements import read_requirements
from catalogue.values import UNSEEN, BadValue
from geo.texts import Text

LONGEST_NAME = 60
LONGEST_NOTE = 4_000
MOST_SITES = 100
OUTCOMES: Mapping[str, Text] = {
    "open": Text("Pågår", "Open"),
    "shortlisted": Text("På kundens kortlista", "Shortlisted"),
    "won": Text("Vunnen", "Won"),
    "lost": Text("Förlorad", "Lost"),
    "withdrawn": Text("Tillbakadragen", "Withdrawn"),
    "no_answer": Text("Inget besked", "No answer"),
}
RUNNING = ("open", "shortlisted")
"""Outcomes that are none yet."""
REASONS: Mapping[str, Text] = {
    "land": Text("Mark: för liten eller fel läge", "Land: too small or in the wrong place"),
    "power": Text("El: för lite eller för sent", "Power: too little or too late"),
    "water": Text("Vatten och avlopp", "Water and sewage"),
    "plan": Text("Plan och tillstånd", "Planning and permits"),
    "transport": Text("Transporter", "Transport"),
    "workforce": Text("Kompetens och arbetskraft", "Skills and workforce"),
    "cost": Text("Kostnad eller stöd", "Cost or incentives"),
    "time": Text("Vi svarade för sent", "We answered too late"),
    "other_country": Text("Valde ett annat land", "Chose another country"),
    "other": Text("Annat", "Other"),
}

PARTS = (
    "code_name", "sector", "size", "received_on", "due_on", "answered_on", "closed_on", "text",
    "requirements", "sites", "outcome", "lost_because", "note", "handler",
)  # fmt: skip
CHOICES: Mapping[str, Sequence[str]] = {
    "sector": tuple(SECTORS),
    "size": tuple(SIZES),
    "outcome": tuple(OUTCOMES),
    "lost_because": tuple(REASONS),
}
DAYS = ("received_on", "due_on", "answered_on", "closed_on")
LONGEST: Mapping[str, int] = {"text": LONGEST_TEXT, "note": LONGEST_NOTE, "handler": 120}


@dataclass(frozen=True)
class Given:
    """The parts given, as the table has them; those left out stay as they are."""

    values: Mapping[str, Any]
    """Any: columns differ in type."""


@dataclass(frozen=True)
class Reader:
    """Reads one part after the other and collects what is wrong. Any: whatever was sent."""

    raw: Mapping[str, Any]
    names: Mapping[str, str]
    """The municipalities' by code."""
    today: date
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, where: str, text: Text) -> None:
        self.faults.append(Fault(where, text))

    def part(self, name: str) -> Any:
        given = self.raw[name]
        if name in DAYS:
            return self.day(name, given)
        if name in CHOICES:
            return self.code(name, given)
        if name == "code_name":
            return self.code_name(given)
        if name == "sites":
            return self.sites(given)
        if name == "requirements":
            return self.requirements(given)
        return self.text(name, given)

    def day(self, name: str, given: object) -> date | None:
        if given in (None, ""):
            if name == "received_on":
                self.refuse(name, Text("Ange dagen den kom.", "Give the day it came."))
            return None
        try:
            found = day(str(given))
        except BadValue as refusal:
            self.refuse(name, refusal.text)
            return None
        if name != "due_on" and found > self.today:
            self.refuse(name, Text("Dagen har inte varit än.", "The day has not been yet."))
        return found

    def code(self, name: str, given: object) -> str | None:
        if given in (None, "") and name != "outcome":
            return None
        if given not in CHOICES[name]:
            text = Text("Välj bland: {codes}.", "Choose among: {codes}.")
            self.refuse(name, text.format(codes=", ".join(CHOICES[name])))
        return str(given)

    def code_name(self, given: object) -> str:
        text = " ".join(given.split()) if isinstance(given, str) else ""
        if not text or len(text) > LONGEST_NAME or not text.isprintable():
            refusal = Text("Ett kodnamn, högst {n} tecken.", "A code name, at most {n} characters.")
            self.refuse("code_name", refusal.format(n=LONGEST_NAME))
        return text

    def text(self, name: str, given: object) -> str:
        if not isinstance(given, str) or len(given) > LONGEST[name] or UNSEEN.search(given):
            refusal = Text("Text, högst {n} tecken.", "Text, at most {n} characters.")
            self.refuse(name, refusal.format(n=LONGEST[name]))
            return ""
        return given.strip()

    def sites(self, given: object) -> list[str]:
        if not isinstance(given, list) or len(given) > MOST_SITES or not all(
            isinstance(one, str) and 0 < len(one) <= 40 and one.isprintable() for one in given
        ):  # fmt: skip
            refusal = Text("Högst {n} beteckningar.", "At most {n} references.")
            self.refuse("sites", refusal.format(n=MOST_SITES))
            return []
        return list(dict.fromkeys(given))

    def requirements(self, given: object) -> list[dict[str, Any]]:
        try:
            read = read_requirements(given, self.names)
        except Invalid as refusal:
            self.faults.extend(refusal.faults)
            return []
        return [one.model_dump(mode="json", exclude_defaults=True) for one in read]


def read_given(
    raw: Mapping[str, Any],
    names: Mapping[str, str],
    today: date,
    kept: Mapping[str, Any] | None = None,
) -> Given:
    """A body or a form; raises `Invalid` with every fault. Any: whatever was sent.

    `kept` is the request as it stands, where one is changed.
    """
    reader = Reader(raw, names, today)
    for name in raw:
        if name not in PARTS:
            reader.refuse(str(name)[:60], Text("Delen finns inte.", "No such part."))
    values = {name: reader.part(name) for name in PARTS if name in raw}
    if kept is None:
        for name in ("code_name", "received_on"):
            if name not in raw:
                reader.refuse(name, Text("Saknas.", "Is missing."))
    check_together({**(kept or {"outcome": "open"}), **values}, reader)
    if reader.faults:
        raise Invalid(reader.faults)
    return Given(values)


def check_together(whole: Mapping[str, Any], reader: Reader) -> None:
    """Any: parts differ in type."""
    received = whole.get("received_on")
    for name in ("due_on", "answered_on", "closed_on"):
        if received and whole.get(name) and whole[name] < received:
            text = Text("Före dagen den kom.", "Before the day it came.")
            reader.refuse(name, text)
    if whole.get("lost_because") and whole.get("outcome") != "lost":
        text = Text("Bara en förlorad har ett skäl.", "Only a lost one has a reason.")
        reader.refuse("lost_because", text)
