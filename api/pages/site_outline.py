"""The outline of a site: drawn, pasted or uploaded, and answered with what was done to accept it."""

from dataclasses import replace
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.backdrop import HasBackdrop
from api.context import HasLanguage, HasNames, HasPage, HasServices, PageForm
from api.pages.site_form import FIRST_SECTION, open_site, outline_step
from api.pages.workspace import HasEditor, texts_of
from api.problems import status_of
from catalogue import sites
from catalogue.errors import Fault, Invalid
from catalogue.form_saving import Overtaken, save_outline
from catalogue.form_texts import first
from catalogue.forms import Submitted
from frontend.rendering import address
from frontend.site_form import Outcome
from frontend.site_form_outline import CONTROL, outline_page
from frontend.site_form_parts import OUTLINE, site_path
from geo.errors import InvalidOutline
from geo.texts import Text
from geo.typed_outlines import LONGEST, read_typed_outline

router = APIRouter(prefix="/workspace/sites", include_in_schema=False)


@router.get("/{reference}/outline")
@router.get("/{reference}/transitions")
def lead_to_form(
    reference: str, request: Request, language: HasLanguage, editor: HasEditor
) -> RedirectResponse:
    """For whoever reloads, or changes language on, the answer to a form that was sent here."""
    section = OUTLINE if request.url.path.endswith(OUTLINE) else FIRST_SECTION
    return RedirectResponse(address(language, site_path(reference), theme=section), 303)


@router.post("/{reference}/outline")
def draw_outline(
    reference: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    backdrop: HasBackdrop,
    form: PageForm,
) -> Response:
    """The outline from a file, or as drawn or pasted, and what was done to accept it."""
    sent = Submitted(texts_of(form), page.language)
    typed: str | None = first(sent.texts, CONTROL)
    try:
        typed = uploaded_text(form) or typed
        with services.databases.writing(editor) as session:
            saved = save_outline(
                session,
                editor,
                sites.find(session, reference),
                read_typed_outline(typed or ""),
                services.rules,
                expected_version=sent.version,
            )
    except (InvalidOutline, Invalid, Overtaken) as refusal:
        outcome, status = refused(refusal, sent.version), status_of(refusal)
    else:
        typed, status = None, HTTPStatus.OK
        outcome = Outcome(nothing_changed=saved is None, warnings=saved.warnings if saved else ())
    with services.databases.writing(editor) as session:
        opened = open_site(session, services, editor, names, reference)
        if typed is None and not outcome.nothing_changed:
            outcome = replace(outcome, saved=opened.versions[0])
        step = outline_step(session, opened, backdrop, typed)
        return HTMLResponse(outline_page(page, opened, step, outcome), status)


def refused(refusal: InvalidOutline | Invalid | Overtaken, version: int) -> Outcome:
    """What was wrong with an outline; after somebody else's save the next one is made on top."""
    if isinstance(refusal, Overtaken):
        return Outcome(refusal=refusal.text)
    if isinstance(refusal, InvalidOutline):
        return Outcome(faults=[Fault(OUTLINE, refusal.text)], version=version)
    return Outcome(faults=refusal.faults, version=version)


def uploaded_text(form: FormData) -> str:
    """The text of a chosen file; empty where none was chosen. Raises `InvalidOutline`."""
    upload = form.get("file")
    if not isinstance(upload, UploadFile):
        return ""
    with upload.file as file:
        content: bytes = file.read(LONGEST + 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidOutline(
            Text(
                "Filen är inte GeoJSON. Spara den som GeoJSON, eller använd Import för Shapefile, "
                "GeoPackage, KML och DXF.",
                "The file is not GeoJSON. Save it as GeoJSON, or use Import for Shapefile, "
                "GeoPackage, KML and DXF.",
            )
        ) from error
