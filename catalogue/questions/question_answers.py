"""The form that whoever was asked fills in, read with every fault told and nothing lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import get_args

from catalogue.errors import Fault, FileNotAccepted, Invalid
from catalogue.fields import Field, Value
from catalogue.files.file_types import JPEG, PDF, PNG, FileType, file_type, safe_name
from catalogue.forms.form_texts import Texts, control, day, first, read_texts, texts_of
from catalogue.forms.forms import FIRST_DAY
from catalogue.provenance import Basis
from catalogue.questions.question_input import LONGEST_MESSAGE, LONGEST_NAME
from catalogue.questions.question_links import Asked, Given
from catalogue.questions.questions import Answer, Document, Verdict
from catalogue.values import UNSEEN, BadValue, read_value
from geo.texts import Language, Text

OFFERED_BASES: Mapping[Basis, Text] = {
    "utility_written": Text(
        "Ja, det är vårt skriftliga besked", "Yes, as our statement in writing"
    ),
    "utility_verbal": Text(
        "Nej, det är ett preliminärt besked", "No, it is a preliminary statement"
    ),
    "estimate": Text("Nej, det är en uppskattning", "No, it is an estimate"),
}
"""What an answer may be worth; an agreement is more than a page can carry."""
LARGEST_DOCUMENT_MB = 10
TAKEN = (PDF, PNG, JPEG)


@dataclass(frozen=True)
class SentAnswer:
    """What the browser sent."""

    texts: Texts
    language: Language
    file_name: str = ""
    content: bytes = b""


def answer_texts(asked: Asked, today: date, language: Language) -> dict[str, list[str]]:
    """The form that nobody has touched: the values shown stand in their controls."""
    texts: dict[str, list[str]] = {
        "name": [asked.receiver_name],
        "basis": ["utility_written"],
        "as_of": [today.isoformat()],
    }
    for one in asked.fields:
        texts |= texts_of(one, asked.values.get(one.key), language)
    return texts


def read_given(asked: Asked, sent: SentAnswer, today: date) -> Given:
    """Raises `Invalid` with faults that name controls."""
    reading = AnswerReading(asked, sent, today)
    backing = reading.backing()
    answers = [
        one
        for chosen in asked.fields
        if (one := reading.answer(chosen, reading.backing(chosen.key, backing))) is not None
    ]
    name = reading.line("name", required=True)
    remark = reading.remark()
    document = reading.document()
    if reading.faults:
        raise Invalid(
            reading.faults,
            Text(
                "Svaret är inte skickat än. Rätta det som står nedan.",
                "The answer has not been sent yet. Correct what is listed below.",
            ),
        )
    return Given(name=name, remark=remark, answers=answers, document=document)


@dataclass(frozen=True)
class Backing:
    """What stands behind a value: how surely it is said, and when it held."""

    basis: Basis
    as_of: date


@dataclass
class AnswerReading:
    """One part of the form after the other; collects what is wrong."""

    asked: Asked
    sent: SentAnswer
    today: date
    faults: list[Fault] = field(default_factory=list)

    def text(self, *parts: str) -> str:
        return first(self.sent.texts, control(*parts))

    def refuse(self, where: str, text: Text) -> None:
        self.faults.append(Fault(where, text))

    def answer(self, chosen: Field, behind: Backing) -> Answer | None:
        """What was said of one field; None where it cannot be told."""
        key, verdict = chosen.key, self.verdict(chosen)
        if verdict == "unknown":
            return Answer(key=key, verdict="unknown")
        if verdict == "other":
            return Answer(key=key, verdict="other", other=self.other(key))
        shown = self.asked.values.get(key)
        if verdict == "confirmed" and shown is not None and not self.is_altered(chosen, shown):
            return Answer(key=key, verdict="confirmed", value=shown, **vars(behind))
        if verdict == "confirmed":
            self.refuse(
                key,
                Text(
                    "Du har ändrat värdet men valt att det stämmer. Välj ”Ändra till” eller skriv "
                    "tillbaka värdet.",
                    "You changed the value but chose that it is right. Choose “Change to” or put "
                    "the value back.",
                ),
            )
            return None
        if verdict == "corrected":
            value = self.typed(chosen)
            if value is not None:
                verdict = "confirmed" if value == shown else "corrected"
                return Answer(key=key, verdict=verdict, value=value, **vars(behind))
        return None

    def verdict(self, chosen: Field) -> Verdict | None:
        """As chosen; a value that was typed speaks for itself where nothing was."""
        given = self.text(chosen.key, "verdict")
        found: Verdict | None = next((one for one in get_args(Verdict) if one == given), None)
        if found is not None:
            return found
        shown = self.asked.values.get(chosen.key)
        if self.is_altered(chosen, shown):
            return "corrected"
        self.refuse(
            control(chosen.key, "verdict"),
            Text("Välj ett svar.", "Choose an answer."),
        )
        return None

    def is_altered(self, chosen: Field, shown: Value | None) -> bool:
        """Whether something else is typed than the page showed; what cannot be read is."""
        try:
            raw = read_texts(chosen, self.sent.texts, self.sent.language)
            return raw is not None and read_value(chosen, raw) != shown
        except BadValue:
            return True

    def typed(self, chosen: Field) -> Value | None:
        try:
            raw = read_texts(chosen, self.sent.texts, self.sent.language)
            if raw is not None:
                return read_value(chosen, raw)
            self.refuse(
                chosen.key,
                Text(
                    "Skriv värdet, eller välj att ni inte vet.",
                    "Write the value, or choose that you do not know.",
                ),
            )
        except BadValue as refusal:
            self.refuse(chosen.key, refusal.text)
        return None

    def other(self, key: str) -> str:
        return self.line(
            control(key, "other"),
            required=True,
            missing=Text("Skriv vem vi ska fråga.", "Say whom to ask."),
        )

    def line(
        self,
        name: str,
        *,
        required: bool = False,
        missing: Text = Text("Skriv ditt namn.", "Write your name."),
    ) -> str:
        text = " ".join(first(self.sent.texts, name).split())
        if required and not text:
            self.refuse(name, missing)
        elif len(text) > LONGEST_NAME or not text.isprintable():
            self.refuse(
                name,
                Text("Text, högst {longest} tecken.", "Text, at most {longest} characters.").format(
                    longest=LONGEST_NAME
                ),
            )
        return text

    def remark(self) -> str:
        text = first(self.sent.texts, "remark").replace("\r\n", "\n")
        if len(text) > LONGEST_MESSAGE or UNSEEN.search(text):
            self.refuse(
                "remark",
                Text("Text, högst {longest} tecken.", "Text, at most {longest} characters.").format(
                    longest=LONGEST_MESSAGE
                ),
            )
        return text

    def backing(self, key: str = "", usual: Backing | None = None) -> Backing:
        """Of one field, where it differs from what is said of the whole answer; or of that."""
        usual = usual or Backing("utility_written", self.today)
        parts = (key,) if key else ()
        given = self.text(*parts, "basis")
        basis = next((one for one in OFFERED_BASES if one == given), usual.basis)
        return Backing(basis, self.as_of(control(*parts, "as_of"), usual.as_of))

    def as_of(self, name: str, usual: date) -> date:
        """The day typed in this control; the usual one where nothing was said."""
        text = first(self.sent.texts, name)
        if not text:
            return usual
        try:
            found = day(text)
        except BadValue as refusal:
            self.refuse(name, refusal.text)
            return usual
        if not FIRST_DAY <= found <= self.today:
            self.refuse(
                name,
                Text(
                    "Välj dagen då uppgiften gällde, senast i dag.",
                    "Choose the day the value held, today at the latest.",
                ),
            )
        return found

    def document(self) -> Document | None:
        """The file with the type that its content shows, whatever it was called."""
        content = self.sent.content
        if not content:
            return None
        if len(content) > LARGEST_DOCUMENT_MB * 1_000_000:
            self.refuse(
                "document",
                Text(
                    "Filen är för stor. Högst {most} MB.",
                    "The file is too large. At most {most} MB.",
                ).format(most=LARGEST_DOCUMENT_MB),
            )
            return None
        try:
            found: FileType | None = file_type(BytesIO(content), self.sent.file_name)
        except FileNotAccepted:
            found = None
        if found is None or found not in TAKEN:
            self.refuse(
                "document",
                Text(
                    "Filen är varken PDF, PNG eller JPEG. Spara den som PDF och välj den igen.",
                    "The file is not a PDF, PNG or JPEG. Save it as PDF and choose it again.",
                ),
            )
            return None
        return Document(
            name=safe_name(self.sent.file_name, found),
            media_type=found.media_type,
            content=content,
        )
