"""A municipality's decision and people as somebody sent them, read with every fault told at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalogue.errors import Fault, Invalid
from catalogue.forms.form_texts import day
from catalogue.hours.hours import ProjectPlan
from catalogue.tables.anchoring import SEATS
from catalogue.values import LINK, UNSEEN, BadValue
from geo.texts import Text

EARLIEST = date(2015, 1, 1)
"""A day before this is a slip of the keyboard: the project was not thought of."""
LONGEST: Mapping[str, int] = {
    "decided_by": 80, "decision_reference": 80, "decision_link": 500,
    "role": 80, "name": 80, "email": 120,
}  # fmt: skip
EMAIL = re.compile(r"^[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+$")
DECISION = ("decided_on", "decided_by", "decision_reference", "decision_link")
PARTS = (
    *DECISION,
    *(f"{seat}_{part}" for seat in SEATS for part in ("role", "name", "email", "since")),
)
DAYS = ("decided_on", *(f"{seat}_since" for seat in SEATS))


@dataclass(frozen=True)
class Given:
    """The parts given, as the table has them; those left out stay as they are."""

    values: Mapping[str, Any]
    """Any: columns differ in type."""


@dataclass(frozen=True)
class Reader:
    """Reads one part after the other and collects what is wrong. Any: whatever was sent."""

    raw: Mapping[str, Any]
    today: date
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, where: str, text: Text) -> None:
        self.faults.append(Fault(where, text))

    def part(self, name: str) -> date | str | None:
        return self.day(name) if name in DAYS else self.text(name)

    def day(self, name: str) -> date | None:
        given = self.raw[name]
        if given in (None, ""):
            return None
        try:
            found = day(str(given))
        except BadValue as refusal:
            self.refuse(name, refusal.text)
            return None
        if found > self.today:
            text = Text(
                "Dagen har inte varit än. Skriv in det när det har hänt.",
                "The day has not been yet. Enter it once it has happened.",
            )
            self.refuse(name, text)
        elif found < EARLIEST:
            text = Text(
                "Dagen ligger långt före projektet. Kontrollera året.",
                "The day is long before the project. Check the year.",
            )
            self.refuse(name, text)
        return found

    def text(self, name: str) -> str:
        given = self.raw[name]
        kind = name if name in LONGEST else name.rpartition("_")[2]
        text = " ".join(given.split()) if isinstance(given, str) else given
        if text is None:
            return ""
        if not isinstance(text, str) or len(text) > LONGEST[kind] or UNSEEN.search(text):
            refusal = Text("Text, högst {n} tecken.", "Text, at most {n} characters.")
            self.refuse(name, refusal.format(n=LONGEST[kind]))
            return ""
        if text and kind == "email" and not EMAIL.match(text):
            self.refuse(
                name,
                Text(
                    "Skriv en e-postadress, som anna.ek@exempel.se.",
                    "Write an e-mail address, such as anna.ek@example.se.",
                ),
            )
        if text and kind == "decision_link" and not LINK.match(text):
            self.refuse(
                name,
                Text(
                    "En länk börjar med https:// eller http://.",
                    "A link begins with https:// or http://.",
                ),
            )
        return text


def read_given(raw: Mapping[str, Any], today: date, kept: Mapping[str, Any]) -> Given:
    """A body or a form; raises `Invalid` with every fault. Any: whatever was sent.

    `kept` is what stands now. Somebody appointed without a day is appointed as of today, and a
    seat that is emptied loses its day.
    """
    reader = Reader(raw, today)
    for name in raw:
        if name not in PARTS:
            reader.refuse(str(name)[:60], Text("Delen finns inte.", "No such part."))
    values = {name: reader.part(name) for name in PARTS if name in raw}
    whole = {**kept, **values}
    is_dated = any(fault.where == "decided_on" for fault in reader.faults) or whole["decided_on"]
    if not is_dated and any(whole[name] for name in DECISION):
        reader.refuse(
            "decided_on",
            Text(
                "Ange dagen då beslutet togs. Utan den räknas det inte.",
                "Give the day the decision was taken. Without it, it does not count.",
            ),
        )
    if whole["decided_on"] is not None and not whole["decided_by"]:
        reader.refuse(
            "decided_by",
            Text(
                "Ange vem som beslutade, till exempel kommunstyrelsen.",
                "Say who decided, for instance the municipal executive board.",
            ),
        )
    for seat in SEATS:
        is_taken = any(whole[f"{seat}_{part}"] for part in ("role", "name", "email"))
        since = whole[f"{seat}_since"]
        values[f"{seat}_since"] = (since or today) if is_taken else None
    if reader.faults:
        raise Invalid(reader.faults)
    return Given(values)


def doubts(values: Mapping[str, Any], plan: ProjectPlan) -> dict[str, Text]:
    """By part, what may be right but is worth a second look. Any: parts differ in type."""
    text = Text(
        "{day} är före projektet, som började {start}. Stämmer det?",
        "{day} is before the project, which began on {start}. Is that right?",
    )
    return {
        name: text.format(day=values[name], start=plan.start)
        for name in DAYS
        if values[name] is not None and values[name] < plan.start
    }
