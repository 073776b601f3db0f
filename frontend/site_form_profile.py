"""The form of a municipality's own profile, one group of fields at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.administration.reference_words import Suggestions
from catalogue.errors import Fault
from catalogue.fields import PROFILE
from catalogue.forms.drafts import Draft
from catalogue.forms.forms import form_texts
from catalogue.municipalities import Municipality
from catalogue.profile_sections import SECTIONS, profile_counts, section_of
from catalogue.questions.questions import Question
from catalogue.rules import Rules
from frontend.profile_links import PROFILE_PATH, section_address
from frontend.question_form import question_address
from frontend.questions import line
from frontend.quick_hours import QuickHours
from frontend.rendering import Page, render
from frontend.site_form import CHOICES, Outcome
from frontend.site_form_fields import FormSource, form_fields, with_sources
from frontend.site_form_parts import RailStep, draft_told
from geo.texts import Language


@dataclass(frozen=True, kw_only=True)
class OpenProfile:
    """A municipality's profile as somebody has it open to work with."""

    profile: Municipality
    rules: Rules
    suggestions: Suggestions
    draft: Draft | None
    """What the person typed here before and did not save."""
    questions: Sequence[Question]
    """Those that are not closed, newest first."""
    hours: QuickHours | None


def profile_page(page: Page, opened: OpenProfile, section: str, outcome: Outcome) -> str:
    profile, rules, hours = opened.profile, opened.rules, opened.hours
    label, fields = SECTIONS[section]
    language = page.language
    order = list(SECTIONS)
    following = order[min(order.index(section) + 1, len(order) - 1)]
    source = FormSource(
        described=profile,
        texts=outcome.texts or form_texts(PROFILE, profile, language),
        faults=outcome.faults,
        suggestions=opened.suggestions,
        language=language,
        rules=rules,
    )
    return render(
        "workspace/profile.html",
        page,
        **CHOICES,
        **draft_told(opened.draft, language),
        questions=[line(one, rules, language) for one in opened.questions],
        ask_href=question_address(language, profile, theme=section),
        hours=hours if outcome.saved_profile or (hours and hours.logged) else None,
        profile=profile,
        today=rules.today.isoformat(),
        version=profile.version if outcome.version is None else outcome.version,
        path=PROFILE_PATH,
        section=section,
        section_label=label,
        rail=rail(profile, outcome.faults, language),
        fields=form_fields(fields, source),
        suggestions=with_sources(opened.suggestions, profile),
        next_section=SECTIONS[following][0],
        is_last=following == section,
        was_saved=outcome.saved_profile,
        nothing_changed=outcome.nothing_changed,
        refusal=outcome.refusal,
        errors=told(outcome.faults, section, profile.code, language),
    )


def rail(profile: Municipality, faults: Sequence[Fault], language: Language) -> list[RailStep]:
    wrong = Counter(section_of(fault.where.split("-")[0]) for fault in faults)
    counts = profile_counts(profile.values, profile.provenance)
    return [
        RailStep(
            key=section,
            label=label,
            href=section_address(language, profile.code, section),
            share=counts[section].percent,
            needed=0,
            errors=wrong[section],
        )
        for section, (label, _) in SECTIONS.items()
    ]


def told(
    faults: Sequence[Fault], section: str, code: str, language: Language
) -> list[dict[str, str]]:
    """Faults for a summary, each with the way to its control."""
    found = []
    for fault in faults:
        key = fault.where.split("-")[0]
        place = section_of(key)
        elsewhere = section_address(language, code, place)
        label = PROFILE[key].label.in_language(language) if key in PROFILE else ""
        text = fault.text.in_language(language)
        found.append(
            {
                "href": ("" if place == section else elsewhere) + f"#{fault.where}",
                "text": f"{label}: {text}" if label else text,
            }
        )
    return found
