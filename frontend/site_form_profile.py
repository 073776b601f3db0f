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
from frontend.profile_links import FILES, PROFILE_PATH, section_address
from frontend.question_form import question_address
from frontend.questions import line
from frontend.quick_hours import QuickHours
from frontend.rendering import Page, address, render
from frontend.site_form import CHOICES, NOTHING, Outcome
from frontend.site_form_fields import FormSource, form_fields, with_sources
from frontend.site_form_files import FilesStep, files_parts
from frontend.site_form_parts import RailStep, draft_told
from geo.texts import Language, Text


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


PROFILE_STEPS = (*SECTIONS, FILES)
"""The parts of the form; what is uploaded comes last."""
FILES_LABEL = Text("Bilder och dokument", "Photos and documents")


def label_of(section: str) -> Text:
    return FILES_LABEL if section == FILES else SECTIONS[section][0]


def profile_page(page: Page, opened: OpenProfile, section: str, outcome: Outcome) -> str:
    profile, language = opened.profile, page.language
    following = PROFILE_STEPS[PROFILE_STEPS.index(section) + 1]
    source = FormSource(
        described=profile,
        texts=outcome.texts or form_texts(PROFILE, profile, language),
        faults=outcome.faults,
        suggestions=opened.suggestions,
        language=language,
        rules=opened.rules,
    )
    return render(
        "workspace/profile.html",
        page,
        **CHOICES,
        **surroundings(page, opened, section, outcome),
        fields=form_fields(SECTIONS[section][1], source),
        suggestions=with_sources(opened.suggestions, profile),
        next_section=label_of(following),
        is_last=False,
    )


def profile_files_page(
    page: Page, opened: OpenProfile, step: FilesStep, outcome: Outcome = NOTHING
) -> str:
    """The photos and documents of the municipality as a whole."""
    code, language = opened.profile.code, page.language
    return render(
        "workspace/profile_files.html",
        page,
        **surroundings(page, opened, FILES, outcome),
        **files_parts(opened.profile.files, step, outcome, language),
        no_files=NO_FILES,
        upload_api=f"/api/v1/municipalities/{code}/files",
        upload_href=address(language, f"{PROFILE_PATH}/files", municipality=code),
        changes_href=address(language, f"{PROFILE_PATH}/files/changes", municipality=code),
        onward_href=section_address(language, code, FILES),
    )


NO_FILES = Text(
    "Här visas kommunens bilder och dokument när du har laddat upp några, till exempel en "
    "översiktsplan eller en bild av hamnen. De visas på kommunens sida.",
    "The municipality's photos and documents are shown here once you have uploaded some, such as a "
    "comprehensive plan or a picture of the port. They are shown on the municipality's page.",
)


def surroundings(
    page: Page, opened: OpenProfile, section: str, outcome: Outcome
) -> dict[str, object]:
    """What every part of the form shows around its fields."""
    profile, rules, hours, language = opened.profile, opened.rules, opened.hours, page.language
    return {
        **draft_told(opened.draft, language),
        "questions": [line(one, rules, language) for one in opened.questions],
        "ask_href": question_address(
            language, profile, theme=PROFILE_STEPS[0] if section == FILES else section
        ),
        "hours": hours if outcome.saved_profile or (hours and hours.logged) else None,
        "profile": profile,
        "today": rules.today.isoformat(),
        "version": profile.version if outcome.version is None else outcome.version,
        "path": PROFILE_PATH,
        "section": section,
        "section_label": label_of(section),
        "rail": rail(profile, outcome.faults, language),
        "was_saved": outcome.saved_profile,
        "nothing_changed": outcome.nothing_changed,
        "refusal": outcome.refusal,
        "errors": told(outcome.faults, section, profile.code, language),
    }


def rail(profile: Municipality, faults: Sequence[Fault], language: Language) -> list[RailStep]:
    wrong = Counter(
        section_of(fault.where.split("-")[0])
        for fault in faults
        if not fault.where.startswith("file")
    )
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
    ] + [
        RailStep(
            key=FILES,
            label=FILES_LABEL,
            href=section_address(language, profile.code, FILES),
            share=100 if profile.files else 0,
            needed=0,
            errors=sum(fault.where.startswith("file") for fault in faults),
        )
    ]


def told(
    faults: Sequence[Fault], section: str, code: str, language: Language
) -> list[dict[str, str]]:
    """Faults for a summary, each with the way to its control."""
    found = []
    for fault in faults:
        key = fault.where.split("-")[0]
        place = FILES if key == "file" else section_of(key)
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
