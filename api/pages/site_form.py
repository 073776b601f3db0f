"""The form of a site: made, described theme by theme, drawn, and moved through its life."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.backdrop import HasBackdrop
from api.context import HasNames, HasPage, HasServices, PageForm, Services
from api.files_step import files_step
from api.pages.workspace import SHOWN_VERSIONS, HasEditor, municipality_of, texts_of
from api.problems import status_of
from api.quick_hours import quick_hours
from catalogue import sites
from catalogue.accounts import accounts
from catalogue.administration.reference_words import suggestions
from catalogue.changes import read_changes
from catalogue.database import Actor
from catalogue.errors import Changed, Fault, Invalid, NotAllowed, NotPossible, NotReady
from catalogue.fields import SITE
from catalogue.forms import drafts, proposals
from catalogue.forms.form_saving import Overtaken, save_site, warnings_of
from catalogue.forms.form_texts import Texts, day, first
from catalogue.forms.forms import Submitted
from catalogue.history import history
from catalogue.maps import map_layers
from catalogue.outlines.neighbours import neighbours
from catalogue.questions import questions
from catalogue.site import Status
from catalogue.sites import Saved
from catalogue.values import BadValue
from catalogue.workflow import comments
from catalogue.workflow.transitions import STEPS, UNTIL, Terms, needs_other_eyes
from frontend.maps import Backdrop
from frontend.rendering import Page, address
from frontend.site_form import NOTHING, Outcome, StepTyped, form_page, new_site_page
from frontend.site_form_conflict import ConflictPlace, conflict_page
from frontend.site_form_files import files_page
from frontend.site_form_outline import OutlineStep, outline_page
from frontend.site_form_parts import (
    FILES,
    OUTLINE,
    SECTIONS,
    STEP_CONTROLS,
    OpenSite,
    next_section,
    site_path,
)
from geo.texts import Language, Text

router = APIRouter(prefix="/workspace/sites", include_in_schema=False)

LONGEST_REASON = 300
FIRST_SECTION = "identity"
STILL_NEEDED = Text(
    "Platsen är publicerad och behöver uppgiften. Fyll i den, eller ange vem som är tillfrågad.",
    "The site is published and needs the value. Fill it in, or say who has been asked.",
)


@router.get("/new")
def show_new_site(
    page: HasPage, editor: HasEditor, names: HasNames, municipality: str = ""
) -> HTMLResponse:
    code = municipality_of(editor, municipality, names)
    choices = names if editor.municipality is None else {}
    return HTMLResponse(new_site_page(page, choices, municipality=code))


@router.post("/new")
def make_site(
    page: HasPage, services: HasServices, editor: HasEditor, names: HasNames, form: PageForm
) -> Response:
    """A draft with its name and whom to call, opened where its outline is drawn."""
    name = str(form.get("name_sv", ""))
    code = municipality_of(editor, str(form.get("municipality", "")), names)
    rules = services.rules
    try:
        with services.databases.writing(editor) as session:
            given = {"name_sv": name, **proposals.contact(session, editor, code)}
            changes = read_changes(given, SITE, today=rules.today, kept=frozenset())
            saved = sites.create(session, editor, code, changes, rules)
    except Invalid as refusal:
        choices = names if editor.municipality is None else {}
        shown = new_site_page(page, choices, municipality=code, name=name, faults=refusal.faults)
        return HTMLResponse(shown, 422)
    return RedirectResponse(saved_address(page.language, saved, OUTLINE), 303)


@router.get("/{reference}")
def show_form(
    reference: str,
    request: Request,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    backdrop: HasBackdrop,
    theme: str = FIRST_SECTION,
    saved: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    with services.databases.writing(editor) as session:
        opened = open_site(session, services, editor, names, reference)
        opened = replace(opened, draft=drafts.find(session, editor, f"{reference}/{theme}"))
        outcome = told(session, opened, saved)
        logging = quick_hours(request, session, services, editor, opened.site.municipality)
        opened = replace(opened, hours=logging)
        if theme == OUTLINE:
            step = outline_step(session, opened, backdrop)
            return HTMLResponse(outline_page(page, opened, step, outcome))
        if theme == FILES:
            shown_files = files_step(session, services, opened.site.owner, saved)
            return HTMLResponse(files_page(page, opened, shown_files, outcome))
        return HTMLResponse(form_page(page, opened, known_theme(theme), outcome))


def open_site(
    session: Session, services: Services, editor: Actor, names: dict[str, str], reference: str
) -> OpenSite:
    site = sites.find(session, reference)
    return OpenSite(
        site=site,
        municipality_name=names.get(site.municipality, site.municipality),
        actor=editor,
        rules=services.rules,
        versions=history.versions(session, reference, limit=SHOWN_VERSIONS),
        suggestions=suggestions(session),
        needs_other_eyes=needs_other_eyes(session, editor, site, services.rules),
        people=accounts.names_of(session, site.unread.values()) if site.unread else {},
        threads=comments.threads(session, site),
        questions=questions.unclosed(session, questions.about_site(reference)),
        proposals=proposals.proposals(session, site),
    )


def told(session: Session, opened: OpenSite, saved: str) -> Outcome:
    """What the save did that led here: the version it made, and what to know about it."""
    if saved == "nothing":
        return Outcome(nothing_changed=True)
    version = next((one for one in opened.versions if str(one.number) == saved), None)
    if version is None:
        return NOTHING
    warnings = warnings_of(session, opened.site, version.keys, opened.rules)
    return Outcome(saved=version, warnings=warnings)


def known_theme(theme: str) -> str:
    return theme if theme in SECTIONS and theme not in (OUTLINE, FILES) else FIRST_SECTION


def outline_step(
    session: Session, opened: OpenSite, backdrop: Backdrop, typed: str | None = None
) -> OutlineStep:
    site = opened.site
    return OutlineStep(
        backdrop=backdrop,
        municipality=map_layers.municipality_outline(session, site.municipality),
        neighbours=neighbours(session, site),
        typed=typed,
    )


@router.post("/{reference}")
def save_theme(
    reference: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    form: PageForm,
    theme: str = FIRST_SECTION,
) -> Response:
    """Saved; or the form again with what is wrong, or with what somebody else wrote meanwhile."""
    sent = Submitted(texts_of(form), page.language)
    try:
        with services.databases.writing(editor) as session:
            saved = save_site(session, editor, reference, sent, services.rules)
            drafts.forget(session, editor, f"{reference}/{theme}")
    except Invalid as refusal:
        outcome = Outcome(
            refusal=STILL_NEEDED if isinstance(refusal, NotReady) else refusal.text,
            faults=refusal.faults,
            texts=sent.texts,
            version=sent.version,
        )
        with services.databases.writing(editor) as session:
            opened = open_site(session, services, editor, names, reference)
        shown = form_page(page, opened, known_theme(theme), outcome)
        return HTMLResponse(shown, HTTPStatus.UNPROCESSABLE_ENTITY)
    except Overtaken as overtaken:
        with services.databases.writing(editor) as session:
            opened = open_site(session, services, editor, names, reference)
        return conflict_answer(page, opened, overtaken, sent, theme)
    target = next_section(theme) if "onward" in sent.texts and theme in SECTIONS else theme
    if saved is None:
        path = address(page.language, site_path(reference), theme=target, saved="nothing")
        return RedirectResponse(path, 303)
    return RedirectResponse(saved_address(page.language, saved, target), 303)


def saved_address(language: Language, saved: Saved, section: str) -> str:
    """The form after a save; it says what was saved from the version's own record."""
    site = saved.site
    return address(language, site_path(site.reference), theme=section, saved=site.version)


def conflict_answer(
    page: Page, opened: OpenSite, overtaken: Overtaken, sent: Submitted, theme: str
) -> HTMLResponse:
    place = ConflictPlace(
        name=opened.site.name(page.language),
        href=address(page.language, opened.path, theme=theme),
        fields=SITE,
        versions=opened.versions,
        rules=opened.rules,
    )
    shown = conflict_page(page, place, overtaken, sent)
    return HTMLResponse(shown, HTTPStatus.PRECONDITION_FAILED)


@router.post("/{reference}/transitions")
def move_site(
    reference: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    form: PageForm,
) -> Response:
    """The next step of the site's life; or its form with what stands in the way."""
    sent = Submitted(texts_of(form), page.language)
    try:
        with services.databases.writing(editor) as session:
            saved = sites.move(
                session,
                editor,
                reference,
                known_status(first(sent.texts, "to")),
                services.rules,
                terms=terms_of(sent.texts),
                expected_version=sent.version,
            )
    except (Invalid, NotPossible, NotAllowed, Changed) as refusal:
        faults = refusal.faults if isinstance(refusal, Invalid) else ()
        step = StepTyped(
            reason=first(sent.texts, "reason"),
            until=first(sent.texts, UNTIL),
            faults=[fault for fault in faults if fault.where in STEP_CONTROLS],
        )
        outcome = Outcome(refusal=refusal.text, faults=faults, step=step)
        with services.databases.writing(editor) as session:
            opened = open_site(session, services, editor, names, reference)
            shown = form_page(page, opened, FIRST_SECTION, outcome)
            return HTMLResponse(shown, status_of(refusal))
    return RedirectResponse(saved_address(page.language, saved, FIRST_SECTION), 303)


def terms_of(texts: Texts) -> Terms:
    """Raises `Invalid` for a day that cannot be read."""
    typed = first(texts, UNTIL)
    try:
        until = day(typed) if typed else None
    except BadValue as refusal:
        raise Invalid([Fault(UNTIL, refusal.text)]) from refusal
    return Terms(first(texts, "reason")[:LONGEST_REASON], until)


def known_status(to: str) -> Status:
    status = next((status for status in STEPS if status == to), None)
    if status is None:
        raise NotPossible(Text("Det steget finns inte.", "There is no such step."))
    return status
