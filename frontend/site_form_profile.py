"""The form of a municipality's own profile, one group of fields at a time."""

from collections import Counter
from collections.abc import Sequence

from catalogue.completeness import completeness, total
from catalogue.drafts import Draft
from catalogue.errors import Fault
from catalogue.fields import PROFILE, Field
from catalogue.fields.profile import PROFILE_FIELDS
from catalogue.fields.profile_living import LIVING_FIELDS
from catalogue.fields.profile_people import PEOPLE_FIELDS
from catalogue.fields.profile_planning import PLANNING_FIELDS
from catalogue.fields.profile_supply import SUPPLY_FIELDS
from catalogue.fields.profile_swot import SWOT_FIELDS
from catalogue.forms import form_texts
from catalogue.municipalities import Municipality
from catalogue.reference_words import Suggestions
from catalogue.rules import Rules
from frontend.rendering import Page, address, render
from frontend.site_form import CHOICES, Outcome
from frontend.site_form_fields import FormSource, form_fields
from frontend.site_form_parts import RailStep, draft_told
from geo.texts import Language, Text

PROFILE_PATH = "/workspace/profile"
GROUPED = {
    "people": (Text("Människor och arbete", "People and work"), PEOPLE_FIELDS),
    "supply": (Text("El och vatten", "Power and water"), SUPPLY_FIELDS),
    "planning": (Text("Plan och beslut", "Planning and decisions"), PLANNING_FIELDS),
    "living": (Text("Boende och vardag", "Living"), LIVING_FIELDS),
    "swot": (Text("SWOT", "SWOT"), SWOT_FIELDS),
}
ELSEWHERE = {one.key for _, fields in GROUPED.values() for one in fields}
SECTIONS: dict[str, tuple[Text, tuple[Field, ...]]] = {
    "presentation": (
        Text("Presentation och kontakt", "Presentation and contact"),
        tuple(one for one in PROFILE_FIELDS if one.key not in ELSEWHERE),
    ),
    **GROUPED,
}


def profile_page(
    page: Page,
    profile: Municipality,
    rules: Rules,
    suggestions: Suggestions,
    *,
    section: str,
    outcome: Outcome,
    draft: Draft | None = None,
) -> str:
    label, fields = SECTIONS[section]
    language = page.language
    order = list(SECTIONS)
    following = order[min(order.index(section) + 1, len(order) - 1)]
    source = FormSource(
        described=profile,
        texts=outcome.texts or form_texts(PROFILE, profile, language),
        faults=outcome.faults,
        suggestions=suggestions,
        language=language,
        rules=rules,
    )
    return render(
        "workspace/profile.html",
        page,
        **CHOICES,
        **draft_told(draft, language),
        profile=profile,
        today=rules.today.isoformat(),
        version=profile.version if outcome.version is None else outcome.version,
        path=PROFILE_PATH,
        section=section,
        section_label=label,
        rail=rail(profile, outcome.faults, language),
        fields=form_fields(fields, source),
        suggestions=suggestions,
        next_section=SECTIONS[following][0],
        is_last=following == section,
        was_saved=outcome.saved_profile,
        nothing_changed=outcome.nothing_changed,
        refusal=outcome.refusal,
        errors=told(outcome.faults, section, profile.code, language),
    )


def rail(profile: Municipality, faults: Sequence[Fault], language: Language) -> list[RailStep]:
    wrong = Counter(section_of(fault.where.split("-")[0]) for fault in faults)
    steps = []
    for section, (label, fields) in SECTIONS.items():
        facts = [one for one in fields if one.factual]
        count = total(completeness(profile.values, profile.provenance, facts or fields))
        steps.append(
            RailStep(
                key=section,
                label=label,
                href=address(language, PROFILE_PATH, theme=section, municipality=profile.code),
                share=count.percent,
                needed=0,
                errors=wrong[section],
            )
        )
    return steps


def section_of(key: str) -> str:
    return next(
        (name for name, (_, fields) in SECTIONS.items() if any(one.key == key for one in fields)),
        "presentation",
    )


def told(
    faults: Sequence[Fault], section: str, code: str, language: Language
) -> list[dict[str, str]]:
    """Faults for a summary, each with the way to its control."""
    found = []
    for fault in faults:
        key = fault.where.split("-")[0]
        place = section_of(key)
        elsewhere = address(language, PROFILE_PATH, theme=place, municipality=code)
        label = PROFILE[key].label.in_language(language) if key in PROFILE else ""
        text = fault.text.in_language(language)
        found.append(
            {
                "href": ("" if place == section else elsewhere) + f"#{fault.where}",
                "text": f"{label}: {text}" if label else text,
            }
        )
    return found
