"""The outline of a site: drawn or pasted, and answered with what was done to accept it."""

from dataclasses import replace

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.backdrop import HasBackdrop
from api.context import HasLanguage, HasNames, HasPage, HasServices, PageForm, Services
from api.pages.site_form import FIRST_SECTION, open_site, outline_step
from api.pages.workspace import HasEditor, texts_of
from api.problems import status_of
from api.quick_hours import quick_hours
from catalogue import municipalities, sites
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid
from catalogue.fields import SITE
from catalogue.forms import drafts
from catalogue.forms.form_saving import Overtaken, save_outline
from catalogue.forms.form_texts import first
from catalogue.forms.forms import Submitted
from catalogue.outlines import property_designations
from catalogue.outlines.property_outlines import property_outline
from frontend.maps import Backdrop
from frontend.rendering import Page, address
from frontend.site_form import Outcome
from frontend.site_form_conflict import ConflictPlace, outline_conflict_page
from frontend.site_form_outline import CONTROL, outline_page
from frontend.site_form_parts import OUTLINE, OpenSite, site_path
from geo.errors import InvalidOutline
from geo.outlines import Outline
from geo.typed_outlines import read_typed_outline

router = APIRouter(prefix="/workspace/sites", include_in_schema=False)


@router.get("/{reference}/outline")
@router.get("/{reference}/outline/file")
@router.get("/{reference}/transitions")
def lead_to_form(
    reference: str, request: Request, language: HasLanguage, editor: HasEditor
) -> RedirectResponse:
    """For whoever reloads, or changes language on, the answer to a form that was sent here."""
    section = FIRST_SECTION if request.url.path.endswith("transitions") else OUTLINE
    return RedirectResponse(address(language, site_path(reference), theme=section), 303)


@router.post("/{reference}/outline")
def draw_outline(
    reference: str,
    request: Request,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    backdrop: HasBackdrop,
    form: PageForm,
) -> Response:
    """The outline as drawn or pasted, and what was done to accept it."""
    sent = Submitted(texts_of(form), page.language)
    typed = first(sent.texts, CONTROL)
    if sent.keeps_theirs(OUTLINE):
        path = address(page.language, site_path(reference), theme=OUTLINE, saved="nothing")
        return RedirectResponse(path, 303)
    try:
        with services.databases.writing(editor) as session:
            site = sites.find(session, reference)
            saved = save_outline(
                session,
                editor,
                site,
                typed_outline(session, typed, site.municipality),
                services.rules,
                expected_version=sent.version,
            )
            drafts.forget(session, editor, f"{reference}/{OUTLINE}")
    except Overtaken as overtaken:
        with services.databases.writing(editor) as session:
            opened = open_site(session, services, editor, names, reference)
        return conflict_answer(page, opened, backdrop, overtaken, sent)
    except (InvalidOutline, Invalid) as refusal:
        outcome = refused(refusal, sent.version)
        with services.databases.writing(editor) as session:
            opened = open_site(session, services, editor, names, reference)
            step = outline_step(session, opened, backdrop, typed)
            return HTMLResponse(outline_page(page, opened, step, outcome), status_of(refusal))
    outcome = Outcome(nothing_changed=saved is None, warnings=saved.warnings if saved else ())
    return saved_answer(request, page, services, editor, names, backdrop, reference, outcome)


def conflict_answer(
    page: Page, opened: OpenSite, backdrop: Backdrop, overtaken: Overtaken, sent: Submitted
) -> HTMLResponse:
    """Both outlines on a map; the choice is sent to where outlines are drawn."""
    place = ConflictPlace(
        name=opened.site.name(page.language),
        href=address(page.language, f"{opened.path}/outline"),
        fields=SITE,
        versions=opened.versions,
        rules=opened.rules,
    )
    shown = outline_conflict_page(page, place, overtaken, sent, backdrop, CONTROL)
    return HTMLResponse(shown, status_of(overtaken))


def saved_answer(
    request: Request,
    page: Page,
    services: Services,
    editor: Actor,
    names: dict[str, str],
    backdrop: Backdrop,
    reference: str,
    outcome: Outcome,
) -> HTMLResponse:
    """The outline's page after a save: what was saved, and what was done to accept it."""
    with services.databases.writing(editor) as session:
        opened = open_site(session, services, editor, names, reference)
        if not outcome.nothing_changed:
            outcome = replace(outcome, saved=opened.versions[0])
            logging = quick_hours(request, session, services, editor, opened.site.municipality)
            back = address(page.language, site_path(reference), theme=OUTLINE)
            opened = replace(opened, hours=logging and replace(logging, back=back))
        step = outline_step(session, opened, backdrop)
        return HTMLResponse(outline_page(page, opened, step, outcome))


def typed_outline(session: Session, typed: str, municipality: str) -> Outline:
    """From coordinates, or from property designations; raises `InvalidOutline`."""
    if property_designations.look_like(typed):
        return property_outline(session, typed)
    return read_typed_outline(typed, municipalities.place(session, municipality))


def refused(refusal: InvalidOutline | Invalid, version: int) -> Outcome:
    """What was wrong with an outline."""
    if isinstance(refusal, InvalidOutline):
        return Outcome(faults=[Fault(OUTLINE, refusal.text)], version=version)
    return Outcome(faults=refusal.faults, version=version)
