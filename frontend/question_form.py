"""The page on which a question is written: about which fields, to whom, in which words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.completeness import applies
from catalogue.errors import Fault
from catalogue.fields import SITE, THEMES
from catalogue.next_steps import is_gap, stale
from catalogue.questions.knowers import who_knows
from catalogue.questions.question_input import ASKABLE, Receiver
from catalogue.questions.questions import Question
from catalogue.rules import Rules
from catalogue.site import Site
from frontend.figures import source_text
from frontend.formats import value_text
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

    site: Site
    municipality_name: str
    rules: Rules
    link_days: int
    receivers: Sequence[Receiver] = ()
    open_questions: Sequence[Question] = field(default=())


def path_of(reference: str) -> str:
    return f"{site_path(reference)}/questions/new"


def worth_asking(site: Site, theme: str, rules: Rules) -> list[str]:
    """The fields of a theme that are empty or stale and that its own part knows."""
    old = {key for key, _ in stale(site, SITE, rules)}
    wanted = [one for one in ASKABLE.values() if one.theme == theme and one.level < 3]
    if not wanted:
        return []
    usual = who_knows(wanted[-1], site.values)
    return [
        one.key
        for one in wanted
        if (is_gap(one, site) or one.key in old) and who_knows(one, site.values) == usual
    ]


def question_page(page: Page, around: Around, draft: Draft) -> str:
    language, site = page.language, around.site
    errors = {fault.where: fault.text.in_language(language) for fault in draft.faults}
    return render(
        "questions/new.html",
        page,
        site=site,
        site_name=site.name(language),
        municipality_name=around.municipality_name,
        back=address(language, site_path(site.reference)),
        path=path_of(site.reference),
        draft=draft,
        themes=theme_choices(around, draft, language),
        receivers=[
            (one, address(language, path_of(site.reference), field=list(draft.keys), receiver=n))
            for n, one in enumerate(around.receivers)
        ],
        languages=[(code, name.in_language(language)) for code, name in LANGUAGE_NAMES.items()],
        link_days=around.link_days,
        refusal=draft.refusal,
        errors=defaultdict(str, errors),
        summary=[{"field": where, "text": text} for where, text in errors.items()],
    )


def theme_choices(around: Around, draft: Draft, language: Language) -> list[ThemeChoice]:
    """The themes by the form's order, open where something is chosen; else the first."""
    site, found = around.site, []
    values = {**site.values, "status": site.status}
    for theme, label in THEMES.items():
        fields = [
            one
            for one in ASKABLE.values()
            if one.theme == theme and (applies(one, values) or one.key in draft.keys)
        ]
        if fields:
            chosen = any(one.key in draft.keys for one in fields)
            found.append(
                ThemeChoice(
                    label=label,
                    is_open=chosen,
                    fields=[field_choice(around, draft, one.key, language) for one in fields],
                )
            )
    return sorted(found, key=lambda one: not one.is_open)


def field_choice(around: Around, draft: Draft, key: str, language: Language) -> FieldChoice:
    site, one = around.site, SITE[key]
    behind = site.provenance.get(key)
    value = value_text(one, site.values.get(key), language)
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
