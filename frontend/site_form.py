"""The pages on which a site is made and described, one theme at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from catalogue.errors import Fault
from catalogue.fields import SITE, SITE_FIELDS
from catalogue.forms.form_texts import Texts, control, texts_of
from catalogue.forms.forms import form_texts
from catalogue.history.history import Version
from catalogue.site import LISTED_STATUSES
from catalogue.workflow.transitions import UNTIL, WRITERS, asks_reason
from catalogue.workflow.unread_changes import to_read
from frontend.comments import thread_lines
from frontend.question_form import path_of
from frontend.questions import line
from frontend.quick_hours import QuickHours
from frontend.rendering import Page, address, render
from frontend.site_form_fields import (
    BASES,
    STATES,
    VISIBILITIES,
    FormSource,
    computed_fields,
    form_fields,
    with_sources,
)
from frontend.site_form_parts import (
    OUTLINE,
    SECTIONS,
    STATUS_NOTES,
    STATUS_TONES,
    STEP_CONTROLS,
    OpenSite,
    changed_by,
    clock_text,
    draft_told,
    field_address,
    history,
    missing,
    moment_text,
    moves,
    next_section,
    rail,
    section_of,
    unread_changes,
    what_changed,
)
from geo.texts import Language, Text

SHOWN_CHANGES = 5
"""So many of the last versions stand beside the form."""


@dataclass(frozen=True, kw_only=True)
class StepTyped:
    """What was typed with a step, and what is wrong with it."""

    reason: str = ""
    until: str = ""
    faults: Sequence[Fault] = ()

    def error(self, part: str, language: Language) -> str:
        return " ".join(
            fault.text.in_language(language) for fault in self.faults if fault.where == part
        )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of the last thing the person did, which the page tells first."""

    saved: Version | None = None
    saved_profile: bool = False
    nothing_changed: bool = False
    warnings: Sequence[Fault] = ()
    refusal: Text | None = None
    faults: Sequence[Fault] = ()
    texts: Texts = field(default_factory=dict)
    """What was typed, where it was refused."""
    step: StepTyped = field(default_factory=StepTyped)
    version: int | None = None
    """What the refused form was made from, and the next one is too; else the site's own."""


NOTHING = Outcome()


def form_page(page: Page, opened: OpenSite, theme: str, outcome: Outcome = NOTHING) -> str:
    """One theme of the form, with what was typed and what is wrong with it."""
    site = opened.site
    fields = [one for one in SITE_FIELDS if one.theme == theme]
    source = FormSource(
        described=site,
        texts=outcome.texts or proposed_texts(opened, page.language),
        proposed=frozenset() if outcome.texts else frozenset(opened.proposals),
        faults=outcome.faults,
        suggestions=opened.suggestions,
        language=page.language,
        rules=opened.rules,
        status=site.status,
    )
    return render(
        "workspace/form.html",
        page,
        **surroundings(page, opened, theme, outcome),
        **CHOICES,
        fields=form_fields(fields, source),
        computed=list(computed_fields(fields, source)),
        suggestions=with_sources(opened.suggestions, site),
        next_section=SECTIONS[next_section(theme)],
        is_last=next_section(theme) == theme,
    )


def proposed_texts(opened: OpenSite, language: Language) -> Texts:
    """What is stored, and what is proposed for fields that say nothing."""
    texts: dict[str, Sequence[str]] = {**form_texts(SITE, opened.site, language)}
    for key, value in opened.proposals.items():
        texts |= texts_of(SITE[key], value, language)
        texts[control(key, "state")] = ["known"]
    return texts


CHOICES: Mapping[str, object] = {
    "states": STATES,
    "bases": BASES,
    "visibilities": VISIBILITIES,
}
"""The vocabularies of what stands behind a value."""


def surroundings(page: Page, opened: OpenSite, section: str, outcome: Outcome) -> dict[str, object]:
    """What every page of a site's form shows around its fields."""
    site, language, refusal = opened.site, page.language, outcome.refusal
    in_the_form = [one for one in outcome.faults if one not in outcome.step.faults]
    return {
        "site": site,
        "today": opened.rules.today.isoformat(),
        "version": site.version if outcome.version is None else outcome.version,
        "site_name": site.name(language),
        "municipality_name": opened.municipality_name,
        "path": opened.path,
        "section": section,
        "section_label": SECTIONS[section],
        "rail": rail(opened, in_the_form, language),
        "status_label": SITE["status"].code_label(site.status),
        "status_tone": STATUS_TONES[site.status],
        "status_note": STATUS_NOTES[site.status],
        **step_parts(opened, outcome.step, language),
        "missing": missing(site, language),
        "unread": unread_changes(opened, language),
        "may_read": bool(to_read(site, opened.actor, opened.rules))
        and opened.actor.role in WRITERS,
        "asks_reading": opened.rules.four_eyes and site.status in LISTED_STATUSES,
        "threads": thread_lines(opened.threads, site.reference, language),
        **draft_told(opened.draft, language),
        "readiness": site.readiness,
        "history": history(opened.versions[:SHOWN_CHANGES], language),
        "ask_href": address(language, path_of(site.reference), theme=section),
        "questions": [line(one, opened.rules, language) for one in opened.questions],
        "changed_by": changed_by(opened.versions, language),
        "changed_at": moment_text(site.updated_at, language) if site.updated_at else "",
        "saved_at": clock_text(outcome.saved.recorded_at, language) if outcome.saved else "",
        "saved_what": what_changed(outcome.saved, language) if outcome.saved else "",
        "hours": hours_of(opened, outcome),
        "nothing_changed": outcome.nothing_changed,
        "warnings": told(outcome.warnings, opened, section, language),
        # What says the same as the only fault needs no saying twice.
        "refusal": None if [one.text for one in outcome.faults] == [refusal] else refusal,
        "errors": [
            *told(in_the_form, opened, section, language),
            *(
                {"href": f"#{STEP_CONTROLS[one.where]}", "text": one.text.in_language(language)}
                for one in outcome.step.faults
            ),
        ],
    }


def step_parts(opened: OpenSite, typed: StepTyped, language: Language) -> dict[str, object]:
    """The steps that the site may take next, and what is asked for with them."""
    site, found = opened.site, moves(opened)
    until = site.values.get(UNTIL)
    return {
        "moves": found,
        "asks_reason": [one.label for one in found if asks_reason(site.status, one.to)],
        "step": typed,
        "step_until": typed.until or (until.isoformat() if isinstance(until, date) else ""),
        "reason_error": typed.error("reason", language),
        "until_error": typed.error(UNTIL, language),
    }


def hours_of(opened: OpenSite, outcome: Outcome) -> QuickHours | None:
    """The time just spent, proposed where something was saved; or what was just entered."""
    hours = opened.hours
    if hours is None or (outcome.saved is None and hours.logged is None):
        return None
    return hours.about(opened.site.reference, outcome.saved.keys if outcome.saved else ())


def told(
    faults: Sequence[Fault], opened: OpenSite, section: str, language: Language
) -> list[dict[str, str]]:
    """Faults for a summary: the field's label, what is wrong, and the way to its control."""
    found = []
    for fault in faults:
        key = fault.where.split("-")[0]
        label = SITE[key].label.in_language(language) if key in SITE else ""
        text = fault.text.in_language(language)
        address_there = field_address(language, opened.site.reference, key)
        control = address_there.split("#")[1] if fault.where == OUTLINE else fault.where
        found.append(
            {
                "href": f"#{control}" if section_of(key) == section else address_there,
                "text": text if text.startswith(label) else f"{label}: {text}",
            }
        )
    return found


def new_site_page(
    page: Page,
    municipalities: Mapping[str, str],
    *,
    municipality: str,
    name: str = "",
    faults: Sequence[Fault] = (),
) -> str:
    """The first step of a new site: its name, and where there is a choice its municipality."""
    errors = {fault.where: fault.text.in_language(page.language) for fault in faults}
    return render(
        "workspace/new.html",
        page,
        municipalities=municipalities,
        municipality=municipality,
        name=name,
        field=SITE["name_sv"],
        errors=errors,
        summary=[
            {
                "field": where,
                "text": f"{SITE[where].label.in_language(page.language)}: {text}",
            }
            for where, text in errors.items()
        ],
        back=address(page.language, "/workspace"),
    )
