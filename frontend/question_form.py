"""The page on which a question is written: about which fields, to whom, in which words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.completeness import applies
from catalogue.errors import Fault
from catalogue.fields import PROFILE, SITE, THEMES, Field, Value
from catalogue.next_steps import is_gap, stale
from catalogue.profile_sections import SECTIONS
from catalogue.questions.askable_fields import ASKABLE
from catalogue.questions.knowers import who_knows, who_knows_of_profile
from catalogue.questions.question_input import Receiver
from catalogue.questions.question_subjects import Subject, askable, name_of, reference_of
from catalogue.questions.questions import Question
from catalogue.rules import Rules
from catalogue.site import Site
from frontend.figures import source_text
from frontend.formats import value_text
from frontend.profile_links import PROFILE_PATH
from frontend.rendering import Page, address, render
from frontend.site_form_parts import site_path
from geo.texts import Language, Text

LANGUAGE_NAMES: Mapping[Language, Text] = {
    "sv": Text("Svenska", "Swedish"),
    "en": Text("Engelska", "English"),
}


@dataclass(frozen=True, kw_only=True)
class FieldChoice:
    """One field that may be asked about."""

    key: str
    label: Text
    value: str
    """The present one; empty where there is none."""
    source: str
    asked: bool
    shown: bool
    waiting: str
    """Whose answer to an open question is awaited already."""


@dataclass(frozen=True, kw_only=True)
class ThemeChoice:
    label: Text
    is_open: bool
    fields: Sequence[FieldChoice]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A question as it is being written: prefilled, or sent and refused."""

    keys: Sequence[str]
    shown: frozenset[str] | None = None
    """None where nobody has chosen yet: then all but what is internal."""
    receiver: Receiver
    message: str = ""
    reply_by: str = ""
    remind_after_days: str
    faults: Sequence[Fault] = ()
    refusal: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the page tells beside the question."""

    about: Subject
    rules: Rules
    link_days: int
    receivers: Sequence[Receiver] = ()
    open_questions: Sequence[Question] = field(default=())


def path_of(reference: str) -> str:
    """Where a question about a site is written; without a reference, about the profile."""
    return f"{site_path(reference) if reference else PROFILE_PATH}/questions/new"


def question_address(language: Language, about: Subject, **query: str | int | list[str]) -> str:
    if isinstance(about, Site):
        return address(language, path_of(about.reference), **query)
    return address(language, path_of(""), municipality=about.code, **query)


def worth_asking(about: Subject, theme: str, rules: Rules) -> list[str]:
    """The fields of a theme that are empty or stale and that its own part knows."""
    old = {key for key, _ in stale(about, fields_of(about), rules)}
    wanted = [one for one in grouped(about).get(theme, ()) if one.level < 3]
    if not wanted:
        return []
    usual = knower(about, wanted[-1])
    return [
        one.key
        for one in wanted
        if (says_nothing(about, one) or one.key in old) and knower(about, one) == usual
    ]


def fields_of(about: Subject) -> Mapping[str, Field]:
    return SITE if isinstance(about, Site) else PROFILE


def knower(about: Subject, one: Field) -> Text:
    if isinstance(about, Site):
        return who_knows(one, about.values)
    return who_knows_of_profile(one)


def says_nothing(about: Subject, one: Field) -> bool:
    if isinstance(about, Site):
        return is_gap(one, about)
    return one.key not in about.values and one.key not in about.provenance


def grouped(about: Subject) -> dict[str, list[Field]]:
    """What can be asked about, by theme of a site or part of a profile."""
    facts = askable(about)
    if isinstance(about, Site):
        return {theme: [one for one in facts.values() if one.theme == theme] for theme in THEMES}
    return {
        section: [one for one in fields if one.key in facts]
        for section, (_, fields) in SECTIONS.items()
    }


def labels(about: Subject) -> dict[str, Text]:
    if isinstance(about, Site):
        return {theme: label for theme, label in THEMES.items()}
    return {section: label for section, (label, _) in SECTIONS.items()}


def question_page(page: Page, around: Around, draft: Draft) -> str:
    language, about = page.language, around.about
    errors = {fault.where: fault.text.in_language(language) for fault in draft.faults}
    return render(
        "questions/new.html",
        page,
        name=name_of(about, language),
        is_profile=not reference_of(about),
        back=back_address(language, about),
        path=question_address("sv", about),
        draft=draft,
        themes=theme_choices(around, draft, language),
        receivers=[
            (one, question_address(language, about, field=list(draft.keys), receiver=n))
            for n, one in enumerate(around.receivers)
        ],
        languages=[(code, name.in_language(language)) for code, name in LANGUAGE_NAMES.items()],
        link_days=around.link_days,
        refusal=draft.refusal,
        errors=defaultdict(str, errors),
        summary=[{"field": where, "text": text} for where, text in errors.items()],
    )


def back_address(language: Language, about: Subject) -> str:
    if isinstance(about, Site):
        return address(language, site_path(about.reference))
    return address(language, PROFILE_PATH, municipality=about.code)


def theme_choices(around: Around, draft: Draft, language: Language) -> list[ThemeChoice]:
    """The themes by the form's order, open where something is chosen; else the first."""
    about, found = around.about, []
    values: dict[str, Value | None] = {**about.values}
    if isinstance(about, Site):
        values["status"] = about.status
    words = labels(about)
    for theme, facts in grouped(about).items():
        fields = [one for one in facts if applies(one, values) or one.key in draft.keys]
        if fields:
            chosen = any(one.key in draft.keys for one in fields)
            found.append(
                ThemeChoice(
                    label=words[theme],
                    is_open=chosen,
                    fields=[field_choice(around, draft, one.key, language) for one in fields],
                )
            )
    return sorted(found, key=lambda one: not one.is_open)


def field_choice(around: Around, draft: Draft, key: str, language: Language) -> FieldChoice:
    about, one = around.about, ASKABLE[key]
    behind = about.provenance.get(key)
    value = value_text(one, about.values.get(key), language)
    visibility = (behind and behind.visibility) or one.visibility
    usual = visibility != "internal"
    asked = [question.asked for question in around.open_questions if key in question.keys]
    return FieldChoice(
        key=key,
        label=one.label,
        value=value,
        source=source_text(behind, language) if behind and value else "",
        asked=key in draft.keys,
        shown=usual if draft.shown is None else key in draft.shown,
        waiting="; ".join(asked),
    )
