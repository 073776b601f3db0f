"""The pages of questions for whoever asked: the list, and one question with its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.errors import Fault
from catalogue.questions.askable_fields import ASKABLE
from catalogue.questions.power_today import NOW, TIMELINE, followed
from catalogue.questions.question_acceptance import (
    HAS_VALUE,
    changed_since,
    entry,
    source_name,
)
from catalogue.questions.question_reminders import MOST_REMINDERS
from catalogue.questions.question_subjects import Subject, name_of
from catalogue.questions.questions import Answer, Question
from catalogue.rules import Rules
from frontend.figures import SHORT_BASIS, source_text
from frontend.formats import date_text, value_text
from frontend.profile_links import PROFILE_PATH
from frontend.profile_links import field_address as profile_field_address
from frontend.question_form import path_of
from frontend.rendering import Page, address, render, swedish_day
from frontend.site_form_parts import field_address, moment_text, site_path
from geo.texts import Language, Text

PATH = "/workspace/questions"
STAGES: Mapping[str, Text] = {
    "answered": Text("Att ta ställning till", "To decide on"),
    "open": Text("Väntar på svar", "Awaiting an answer"),
    "overdue": Text("Försenade", "Overdue"),
    "closed": Text("Avslutade", "Closed"),
}
STAGE_WORDS: Mapping[str, tuple[Text, str]] = {
    "open": (Text("Väntar på svar", "Awaiting an answer"), "info"),
    "answered": (Text("Besvarad", "Answered"), "warning"),
    "settled": (Text("Avslutad", "Closed"), "success"),
    "withdrawn": (Text("Tillbakadragen", "Withdrawn"), "plain"),
}
VERDICTS: Mapping[str, Text] = {
    "confirmed": Text("Bekräftar värdet", "Confirms the value"),
    "corrected": Text("Nytt värde", "New value"),
    "unknown": Text("Vet inte", "Does not know"),
    "other": Text("Hänvisar till {other}", "Refers to {other}"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question of the list."""

    number: int
    href: str
    site: str
    reference: str
    fields: str
    asked: str
    asked_on: str
    days: int
    is_overdue: bool
    word: Text
    tone: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One field: what was said, beside what stands now."""

    key: str
    label: Text
    href: str
    now: str
    now_source: str
    said: str
    said_source: str
    verdict: Text
    has_value: bool
    is_same: bool
    changed_since: bool
    decided: str
    """What was decided, when and by whom; empty while nobody has."""
    note: str
    version: int | None
    ask_other: str
    """Where the person referred to is asked."""
    error: str


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The questions of one municipality, or of all."""

    code: str
    names: Mapping[str, str]
    may_choose: bool
    stage: str
    questions: Sequence[Question]
    rules: Rules


def stage_of(question: Question, rules: Rules) -> str:
    if question.is_overdue(rules.now(), rules.today):
        return "overdue"
    return "closed" if question.stage in ("settled", "withdrawn") else question.stage


def questions_page(page: Page, listing: Listing) -> str:
    rules, language = listing.rules, page.language
    by_stage: dict[str, list[Question]] = {stage: [] for stage in STAGES}
    for one in listing.questions:
        by_stage[stage_of(one, rules)].append(one)
    stage = listing.stage
    if stage not in STAGES:
        stage = next((name for name, some in by_stage.items() if some), "open")
    code = listing.code if listing.may_choose else None
    shown = by_stage[stage]
    if stage != "closed":
        shown = sorted(shown, key=lambda one: (one.asked_on, one.id))
    return render(
        "questions/list.html",
        page,
        listing=listing,
        municipality_name=listing.names.get(listing.code, listing.code),
        path=PATH,
        stage=stage,
        tabs=[
            (
                name,
                label.in_language(language),
                address(language, PATH, municipality=code, stage=name),
                len(by_stage[name]),
            )
            for name, label in STAGES.items()
        ],
        lines=[line(one, rules, language) for one in shown],
    )


def line(question: Question, rules: Rules, language: Language) -> Line:
    word, tone = STAGE_WORDS[question.stage]
    return Line(
        number=question.id,
        href=address(language, f"{PATH}/{question.id}"),
        site=question.site_name,
        reference=question.reference,
        fields=", ".join(one.label.in_language(language) for one in question.fields),
        asked=question.asked,
        asked_on=date_text(question.asked_on, language),
        days=question.days_waited(rules.today),
        is_overdue=question.is_overdue(rules.now(), rules.today),
        word=word,
        tone=tone,
    )


@dataclass(frozen=True, kw_only=True)
class Told:
    """What came of the last thing the person did."""

    done: Text | None = None
    refusal: Text | None = None
    faults: Sequence[Fault] = ()


NOTHING = Told()
DONE: Mapping[str, Text] = {
    "sent": Text("Frågan är skickad.", "The question has been sent."),
    "reminded": Text("Påminnelsen är skickad.", "The reminder has been sent."),
    "withdrawn": Text(
        "Frågan är tillbakadragen och länken gäller inte längre.",
        "The question is withdrawn and its link holds no more.",
    ),
    "decided": Text("Dina beslut är sparade.", "Your decisions are saved."),
}


def one_question_page(
    page: Page, question: Question, about: Subject, rules: Rules, told: Told = NOTHING
) -> str:
    language = page.language
    word, tone = STAGE_WORDS[question.stage]
    errors = {fault.where: fault.text.in_language(language) for fault in told.faults}
    answered = {one.key: one for one in question.answers}
    comparisons = [
        comparison(question, answered[key], about, errors, language)
        for key in question.keys
        if key in answered
    ]
    return render(
        "questions/question.html",
        page,
        question=question,
        version=about.version,
        name=name_of(about, language),
        about_href=about_address(language, question),
        path=f"{PATH}/{question.id}",
        list_path=PATH,
        word=word,
        tone=tone,
        told=told,
        days=question.days_waited(rules.today),
        is_overdue=question.is_overdue(rules.now(), rules.today),
        is_over=question.expires_at <= rules.now(),
        most_reminders=MOST_REMINDERS,
        asked_at=moment_text(question.asked_at, language),
        answered_at=moment_text(question.answered_at, language) if question.answered_at else "",
        answered_by=source_name(question),
        plain=[
            (one.label.in_language(language), place_of(language, question, one.key))
            for one in question.fields
        ],
        comparisons=comparisons,
        follows=follows(question, about, rules, language),
        undecided=sum(not one.decided for one in comparisons),
        in_doubt=sum(one.changed_since for one in comparisons),
        all_error=errors.get("all-note", ""),
        errors=[
            {"field": where, "text": f"{label_of(where, language)}{text}"}
            for where, text in errors.items()
        ],
    )


def follows(question: Question, about: Subject, rules: Rules, language: Language) -> dict[str, str]:
    """What changes with a value that is accepted, under the key of that value."""
    found = {}
    for one in question.answers:
        if one.decision is None and one.verdict in HAS_VALUE:
            own = {one.key: entry(question, one, about)}
            for key, with_it in followed(about, own, rules.today.year).items():
                text = Text(
                    "Godtar du svaret ändras också {label} till {value}.",
                    "If you accept the answer, {label} becomes {value} too.",
                ).format(
                    label=ASKABLE[key].label,
                    value=value_text(ASKABLE[key], with_it.value, language),
                )
                found[one.key] = text.in_language(language)
    return found if not {NOW, TIMELINE} <= {one.key for one in question.answers} else {}


def label_of(where: str, language: Language) -> str:
    key = where.partition("-")[0]
    return f"{ASKABLE[key].label.in_language(language)}: " if key in ASKABLE else ""


def about_address(language: Language, question: Question) -> str:
    """The form of what is asked about."""
    if question.reference:
        return address(language, site_path(question.reference))
    return address(language, PROFILE_PATH, municipality=question.municipality)


def place_of(language: Language, question: Question, key: str) -> str:
    """The control where a field is filled in."""
    if question.reference:
        return field_address(language, question.reference, key)
    return profile_field_address(language, question.municipality, key)


def comparison(
    question: Question, one: Answer, about: Subject, errors: Mapping[str, str], language: Language
) -> Comparison:
    behind = about.provenance.get(one.key)
    basis = SHORT_BASIS.get(one.basis or "", Text("", "")).in_language(language)
    day = date_text(one.as_of, language) if one.as_of else ""
    found = [errors[where] for where in (one.key, f"{one.key}-note") if where in errors]
    return Comparison(
        key=one.key,
        label=one.field.label,
        href=place_of(language, question, one.key),
        now=value_text(one.field, about.values.get(one.key), language),
        now_source=source_text(behind, language) if behind else "",
        said=value_text(one.field, one.value, language),
        said_source=", ".join(part for part in (basis, day) if part),
        verdict=VERDICTS[one.verdict].format(other=one.other),
        has_value=one.verdict in HAS_VALUE,
        is_same=one.value == about.values.get(one.key),
        changed_since=one.decision is None and changed_since(question, about, one.key),
        decided=decided_text(one, language),
        note=one.note,
        version=one.site_version,
        ask_other=ask_other(question, one, language),
        error=" ".join(found),
    )


def decided_text(one: Answer, language: Language) -> str:
    if one.decision is None or one.decided_at is None:
        return ""
    text = Text("Avvisat {day} av {who}", "Rejected {day} by {who}")
    if one.decision == "accepted":
        text = Text("Godtaget {day} av {who}", "Accepted {day} by {who}")
        if one.verdict not in HAS_VALUE:
            text = Text("Noterat {day} av {who}", "Noted {day} by {who}")
    return text.format(day=swedish_day(one.decided_at), who=one.decided_by).in_language(language)


def ask_other(question: Question, one: Answer, language: Language) -> str:
    if one.verdict != "other":
        return ""
    municipality = None if question.reference else question.municipality
    return address(
        language,
        path_of(question.reference),
        field=one.key,
        name=one.other,
        municipality=municipality,
    )
