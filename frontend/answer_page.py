"""The page that whoever was asked answers on, without an account, and the receipt for it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.administration.reference_words import Suggestions
from catalogue.errors import Fault
from catalogue.fields import Field
from catalogue.forms.form_texts import Texts, first
from catalogue.questions.question_answers import LARGEST_DOCUMENT_MB, OFFERED_BASES, answer_texts
from catalogue.questions.question_links import Asked
from catalogue.rules import Rules
from frontend.figures import SHORT_BASIS, source_text
from frontend.formats import date_text, value_text
from frontend.questions import VERDICTS
from frontend.rendering import Page, render
from frontend.site_form_fields import FormField, FormSource, form_fields
from frontend.site_form_parts import moment_text
from geo.texts import Language, Text


@dataclass(frozen=True, kw_only=True)
class AskedField:
    """One field as the receiver meets it."""

    form: FormField
    shown: str
    """Its present value; empty where there is none to see."""
    shown_source: str
    choices: Sequence[tuple[str, str, bool]]
    """Value, words and whether it is chosen."""
    backing_open: bool
    """Whether something else than of the whole answer is said of its basis or date."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One field as it was answered."""

    label: Text
    verdict: Text
    value: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What was typed and cannot be taken as it is."""

    texts: Texts
    faults: Sequence[Fault]
    text: Text
    had_document: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the answer is given."""

    token: str
    municipality_name: str
    rules: Rules
    suggestions: Suggestions


CHOICES: dict[str, Text] = {
    "confirmed": Text("Det stämmer", "It is right"),
    "corrected": Text("Ändra till:", "Change to:"),
    "unknown": Text("Vi vet inte", "We do not know"),
    "other": Text("Fråga någon annan:", "Ask somebody else:"),
}
FRESH = Text("Så här är det:", "It is as follows:")


def answer_page(page: Page, asked: Asked, place: Place, refused: Refused | None = None) -> str:
    """The form; with what was typed and what is wrong with it where it was refused."""
    language = page.language
    texts = refused.texts if refused else answer_texts(asked, place.rules.today, language)
    faults = refused.faults if refused else ()
    source = FormSource(
        described=asked,
        texts=texts,
        faults=faults,
        language=language,
        rules=place.rules,
        suggestions=place.suggestions,
    )
    errors = {fault.where: fault.text.in_language(language) for fault in faults}
    return render(
        "questions/answer.html",
        page,
        asked=asked,
        path=f"/answer/{place.token}",
        municipality_name=place.municipality_name,
        fields=[asked_field(asked, one, language) for one in form_fields(asked.fields, source)],
        suggestions=place.suggestions,
        bases=[(basis, text.in_language(language)) for basis, text in OFFERED_BASES.items()],
        typed={name: first(texts, name) for name in ("name", "basis", "as_of", "remark")},
        largest_mb=LARGEST_DOCUMENT_MB,
        refused=refused,
        errors=defaultdict(str, errors),
        summary=[
            {"field": where, "text": f"{label(asked.fields, where, language)}{text}"}
            for where, text in errors.items()
        ],
    )


def label(fields: Sequence[Field], where: str, language: Language) -> str:
    key = where.partition("-")[0]
    found = next((one for one in fields if one.key == key), None)
    return f"{found.label.in_language(language)}: " if found else ""


def asked_field(asked: Asked, form: FormField, language: Language) -> AskedField:
    entry = asked.shown.get(form.key)
    chosen = form.text("verdict")
    offered = CHOICES if entry else {**CHOICES, "corrected": FRESH}
    return AskedField(
        form=form,
        shown=value_text(form.field, entry.value, language) if entry else "",
        shown_source=source_text(entry.provenance, language) if entry else "",
        choices=[
            (verdict, words.in_language(language), verdict == chosen)
            for verdict, words in offered.items()
            if entry or verdict != "confirmed"
        ],
        backing_open=bool(form.text("basis") or form.text("as_of") or form.error("as_of")),
    )


def receipt_page(page: Page, asked: Asked, municipality_name: str, *, just_sent: bool) -> str:
    """What was answered, for whoever opens the link again."""
    language = page.language
    return render(
        "questions/receipt.html",
        page,
        asked=asked,
        municipality_name=municipality_name,
        just_sent=just_sent,
        answered_at=moment_text(asked.answered_at, language) if asked.answered_at else "",
        answers=[
            Answered(
                label=one.field.label,
                verdict=VERDICTS[one.verdict].format(other=one.other),
                value=value_text(one.field, one.value, language),
                source=", ".join(
                    part
                    for part in (
                        SHORT_BASIS.get(one.basis or "", Text("", "")).in_language(language),
                        date_text(one.as_of, language) if one.as_of else "",
                    )
                    if part
                ),
            )
            for one in asked.answers
        ],
    )
