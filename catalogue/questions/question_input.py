"""A question as somebody wrote it, in a form or a program, read with every fault told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from catalogue.administration.organisations import is_address
from catalogue.errors import Fault, Invalid
from catalogue.forms.form_texts import day
from catalogue.questions.askable_fields import OF_PROFILE, OF_SITE
from catalogue.values import UNSEEN, BadValue
from geo.texts import LANGUAGES, Language, Text

LONGEST_NAME = 120
LONGEST_MESSAGE = 2_000
LATEST_REPLY = timedelta(days=365)
LONGEST_PAUSE_DAYS = 365
PARTS = (
    "reference", "municipality", "fields", "show", "receiver_name", "receiver_email", "receiver_organisation",
    "language", "message", "reply_by", "remind_after_days",
)  # fmt: skip
MISSING: dict[str, Text] = {
    "receiver_name": Text("Skriv vem som får frågan.", "Say who gets the question."),
    "receiver_email": Text(
        "Skriv mottagarens e-postadress.", "Give the receiver's e-mail address."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Whom a question goes to, and in which language."""

    name: str
    email: str
    organisation: str = ""
    language: Language = "sv"


@dataclass(frozen=True, kw_only=True)
class Request:
    """A question about to be sent."""

    reference: str
    """Of the site; empty where the municipality's profile is asked about."""
    municipality: str = ""
    """Whose profile."""
    keys: tuple[str, ...]
    """In the registry's order."""
    shown: frozenset[str]
    """The keys whose present value the receiver sees."""
    receiver: Receiver
    message: str
    reply_by: date | None
    remind_after_days: int
    """0 for no reminders but those sent by hand."""


def read_request(raw: Mapping[str, Any], today: date, reminder_days: int) -> Request:
    """A body or a form; raises `Invalid` with every fault. Any: whatever was sent."""
    faults = [
        Fault(str(key)[:60], Text("Fältet finns inte.", "There is no such field."))
        for key in raw
        if key not in PARTS
    ]
    reading = RequestReader(raw, faults)
    reading.subject()
    keys = reading.keys("fields")
    if not keys:
        reading.refuse("fields", Text("Välj minst ett fält.", "Choose at least one field."))
    request = Request(
        reference=str(raw.get("reference") or "")[:40],
        municipality=str(raw.get("municipality") or "")[:40],
        keys=keys,
        shown=frozenset(keys).intersection(
            keys if raw.get("show") is None else reading.keys("show")
        ),
        receiver=Receiver(
            name=reading.line("receiver_name"),
            email=reading.email(),
            organisation=reading.line("receiver_organisation"),
            language=reading.language(),
        ),
        message=reading.message(),
        reply_by=reading.reply_by(today),
        remind_after_days=reading.pause_days(reminder_days),
    )
    if faults:
        raise Invalid(
            faults,
            Text(
                "Frågan är inte skickad. Rätta det som står nedan.",
                "The question was not sent. Correct what is listed below.",
            ),
        )
    return request


@dataclass(frozen=True)
class RequestReader:
    """Reads one part after the other and collects what is wrong. Any: whatever was sent."""

    raw: Mapping[str, Any]
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, where: str, text: Text) -> None:
        self.faults.append(Fault(where, text))

    def subject(self) -> None:
        """Either a site or a municipality, and not both."""
        if bool(self.raw.get("reference")) == bool(self.raw.get("municipality")):
            text = Text(
                "Ange en plats, eller en kommun om frågan gäller dess profil.",
                "Give a site, or a municipality if the question is about its profile.",
            )
            self.refuse("reference", text)

    def keys(self, name: str) -> tuple[str, ...]:
        askable = OF_SITE if self.raw.get("reference") else OF_PROFILE
        given = self.raw.get(name) or []
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            self.refuse(name, Text("En lista med fält.", "A list of fields."))
            return ()
        strange = [key[:60] for key in given if key not in askable]
        if strange:
            text = Text("Går inte att fråga om: {keys}.", "Cannot be asked about: {keys}.")
            self.refuse(name, text.format(keys=", ".join(strange[:5])))
        return tuple(key for key in askable if key in given)

    def line(self, name: str) -> str:
        given = self.raw.get(name)
        if given is None or (isinstance(given, str) and not given.strip()):
            if name in MISSING:
                self.refuse(name, MISSING[name])
            return ""
        text = " ".join(given.split()) if isinstance(given, str) else ""
        if not text or len(text) > LONGEST_NAME or not text.isprintable():
            self.refuse(
                name,
                Text("Text, högst {longest} tecken.", "Text, at most {longest} characters.").format(
                    longest=LONGEST_NAME
                ),
            )
        return text

    def email(self) -> str:
        text = self.line("receiver_email").lower()
        if text and not is_address(text):
            self.refuse(
                "receiver_email",
                Text(
                    "Det här är inte en e-postadress. Skriv den som namn@organisation.se.",
                    "This is not an e-mail address. Write it as name@organisation.se.",
                ),
            )
        return text

    def language(self) -> Language:
        given = self.raw.get("language") or "sv"
        found = next((one for one in LANGUAGES if one == given), None)
        if found is None:
            self.refuse("language", Text("Välj sv eller en.", "Choose sv or en."))
        return found or "sv"

    def message(self) -> str:
        given = self.raw.get("message") or ""
        is_text = isinstance(given, str) and not UNSEEN.search(given)
        if not is_text or len(given) > LONGEST_MESSAGE:
            self.refuse(
                "message",
                Text("Text, högst {longest} tecken.", "Text, at most {longest} characters.").format(
                    longest=LONGEST_MESSAGE
                ),
            )
            return ""
        return "\n".join(line.strip() for line in str(given).strip().splitlines())

    def reply_by(self, today: date) -> date | None:
        given = self.raw.get("reply_by")
        if not given:
            return None
        try:
            found = day(str(given))
        except BadValue as refusal:
            self.refuse("reply_by", refusal.text)
            return None
        if not today <= found <= today + LATEST_REPLY:
            self.refuse(
                "reply_by",
                Text(
                    "Välj en dag från i dag och ett år framåt.",
                    "Choose a day from today and up to a year ahead.",
                ),
            )
        return found

    def pause_days(self, usual: int) -> int:
        given = self.raw.get("remind_after_days")
        if given is None or given == "":
            return usual
        text = str(given).strip()
        is_whole = not isinstance(given, bool | float) and text.isascii() and text.isdigit()
        if not is_whole or len(text) > 3 or int(text) > LONGEST_PAUSE_DAYS:
            self.refuse(
                "remind_after_days",
                Text(
                    "Hela dagar, högst {most}. 0 betyder inga påminnelser.",
                    "Whole days, at most {most}. 0 means no reminders.",
                ).format(most=LONGEST_PAUSE_DAYS),
            )
            return usual
        return int(text)
