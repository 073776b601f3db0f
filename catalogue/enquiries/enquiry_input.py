"""An enquiry as somebody wrote it, in a form or a program, read with every fault told at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalogue.administration.organisations import is_address
from catalogue.enquiries.enquiries import (
    KINDS,
    SECTORS,
    SIZES,
    STATUSES,
    Doing,
    Enquiry,
    Kind,
)
from catalogue.errors import Fault, Invalid
from catalogue.fields import SITE
from catalogue.values import UNSEEN
from geo.texts import LANGUAGES, Language, Text

LONGEST_LINE = 120
LONGEST_MESSAGE = 4_000
LONGEST_NOTE = 2_000
MOST_SITES = 20
FURTHEST_START_YEARS = 20
PARTS = (
    "kind", "references", "field", "language", "name", "organisation", "email", "phone", "message",
    "sector", "size", "planned_start", "consent",
)  # fmt: skip
NEEDED: Mapping[str, tuple[Text, frozenset[Kind]]] = {
    "name": (Text("Skriv ditt namn.", "Give your name."), frozenset({"enquiry"})),
    "organisation": (
        Text("Skriv vilken organisation du kommer från.", "Say which organisation you are from."),
        frozenset({"enquiry"}),
    ),
    "email": (
        Text(
            "Skriv en e-postadress som vi kan svara till.",
            "Give an e-mail address that we can reply to.",
        ),
        frozenset(KINDS),
    ),
}
LINE = Text("Text på en rad, högst {longest} tecken.", "A line of at most {longest} characters.")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An enquiry about to be sent."""

    kind: Kind
    references: Sequence[str]
    field: str
    language: Language
    name: str
    organisation: str
    email: str
    phone: str
    message: str
    sector: str | None
    size: str | None
    planned_start: int | None


def read_wanted(raw: Mapping[str, Any], today: date, language: Language) -> Wanted:
    """A body or a form; raises `Invalid` with every fault. Any: whatever was sent."""
    faults = [
        Fault(str(key)[:60], Text("Fältet finns inte.", "There is no such field."))
        for key in raw
        if key not in PARTS
    ]
    reading = Reading(raw, faults)
    kind = reading.kind()
    wanted = Wanted(
        kind=kind,
        references=reading.references(),
        field=reading.field(),
        message=reading.message(),
        language=reading.language(language),
        name=reading.line("name", kind),
        organisation=reading.line("organisation", kind),
        email=reading.email(kind),
        phone=reading.line("phone", kind),
        sector=reading.code("sector", SECTORS),
        size=reading.code("size", SIZES),
        planned_start=reading.year("planned_start", today),
    )
    if kind == "enquiry" and raw.get("consent") not in (True, "yes"):
        text = Text(
            "Godkänn att vi sparar uppgifterna, annars kan vi inte svara.",
            "Agree that we keep the details; otherwise we cannot answer.",
        )
        reading.refuse("consent", text)
    if faults:
        raise Invalid(
            faults,
            Text(
                "Inget är skickat än. Rätta det som står nedan.",
                "Nothing has been sent yet. Correct what is listed below.",
            ),
        )
    return wanted


def read_step(raw: Mapping[str, Any], before: Enquiry) -> Doing:
    """A status, a note or both; raises `Invalid` with every fault. Any: whatever was sent."""
    faults = [
        Fault(str(key)[:60], Text("Fältet finns inte.", "There is no such field."))
        for key in raw
        if key not in ("status", "note")
    ]
    status = next((one for one in STATUSES if one == raw.get("status", before.status)), None)
    if status is None:
        text = Text("Välj bland: {names}.", "Choose among: {names}.")
        faults.append(Fault("status", text.format(names=", ".join(STATUSES))))
    note = raw.get("note", "")
    if not isinstance(note, str) or len(note) > LONGEST_NOTE or UNSEEN.search(note):
        text = Text("Text, högst {longest} tecken.", "Text of at most {longest} characters.")
        faults.append(Fault("note", text.format(longest=LONGEST_NOTE)))
    if faults or status is None:
        raise Invalid(faults)
    return Doing(status, note)


@dataclass(frozen=True)
class Reading:
    """Reads one part after the other and collects what is wrong. Any: whatever was sent."""

    raw: Mapping[str, Any]
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, where: str, text: Text) -> None:
        self.faults.append(Fault(where, text))

    def kind(self) -> Kind:
        found = next((one for one in KINDS if one == self.raw.get("kind", "enquiry")), None)
        if found is None:
            self.refuse("kind", Text("Välj enquiry eller error.", "Choose enquiry or error."))
        return found or "enquiry"

    def references(self) -> Sequence[str]:
        given = self.raw.get("references") or []
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            self.refuse("references", Text("En lista med beteckningar.", "A list of references."))
            return ()
        found = tuple(dict.fromkeys(one.strip().upper()[:40] for one in given if one.strip()))
        if not 0 < len(found) <= MOST_SITES:
            text = Text(
                "Välj mellan en och {most} platser.", "Choose between one and {most} sites."
            )
            self.refuse("references", text.format(most=MOST_SITES))
        return found

    def field(self) -> str:
        given = str(self.raw.get("field") or "")
        if given and given not in SITE:
            self.refuse("field", Text("Fältet finns inte.", "There is no such field."))
            return ""
        return given

    def language(self, usual: Language) -> Language:
        given = self.raw.get("language") or usual
        found = next((one for one in LANGUAGES if one == given), None)
        if found is None:
            self.refuse("language", Text("Välj sv eller en.", "Choose sv or en."))
        return found or usual

    def line(self, name: str, kind: Kind) -> str:
        given = self.raw.get(name)
        if given is None or (isinstance(given, str) and not given.strip()):
            needed, kinds = NEEDED.get(name, (LINE, frozenset[Kind]()))
            if kind in kinds:
                self.refuse(name, needed)
            return ""
        text = " ".join(given.split()) if isinstance(given, str) else ""
        if not text or len(text) > LONGEST_LINE or not text.isprintable():
            self.refuse(name, LINE.format(longest=LONGEST_LINE))
        return text

    def email(self, kind: Kind) -> str:
        text = self.line("email", kind).lower()
        if text and not (is_address(text) and text.isascii()):
            self.refuse(
                "email",
                Text(
                    "Det här är inte en e-postadress. Skriv den som namn@organisation.se.",
                    "This is not an e-mail address. Write it as name@organisation.com.",
                ),
            )
        return text

    def message(self) -> str:
        given = self.raw.get("message") or ""
        if not isinstance(given, str) or UNSEEN.search(given) or len(given) > LONGEST_MESSAGE:
            text = Text("Text, högst {longest} tecken.", "Text, at most {longest} characters.")
            self.refuse("message", text.format(longest=LONGEST_MESSAGE))
            return ""
        if not given.strip():
            self.refuse("message", Text("Skriv vad det gäller.", "Say what it is about."))
        return "\n".join(line.rstrip() for line in given.strip().splitlines())

    def code(self, name: str, codes: Mapping[str, Text]) -> str | None:
        given = self.raw.get(name) or None
        if given is None or (isinstance(given, str) and given in codes):
            return given
        text = Text("Välj bland: {codes}.", "Choose among: {codes}.")
        self.refuse(name, text.format(codes=", ".join(codes)))
        return None

    def year(self, name: str, today: date) -> int | None:
        given = self.raw.get(name)
        if given is None or given == "":
            return None
        text = str(given).strip()
        first, last = today.year, today.year + FURTHEST_START_YEARS
        year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
        if not first <= year <= last:
            said = Text("Ett år mellan {first} och {last}.", "A year from {first} to {last}.")
            self.refuse(name, said.format(first=str(first), last=str(last)))
            return None
        return year
