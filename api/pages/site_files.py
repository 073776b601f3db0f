"""Photos and documents in the workspace: sent by a form, described, put in order, removed."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasLanguage, HasNames, HasPage, HasServices, PageForm, Services
from api.files_step import at_moved, changed, files_step, kept_one_by_one
from api.pages.site_form import open_site
from api.pages.workspace import HasEditor, texts_of
from api.problems import status_of
from api.uploads import of_site, uploads
from catalogue import sites
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid
from frontend.rendering import Page, address
from frontend.site_form import Outcome
from frontend.site_form_files import files_page
from frontend.site_form_parts import FILES, site_path

router = APIRouter(prefix="/workspace/sites/{reference}/files", include_in_schema=False)


@router.get("")
@router.get("/changes")
def lead_to_form(reference: str, language: HasLanguage, editor: HasEditor) -> RedirectResponse:
    """For whoever reloads, or changes language on, the answer to a form that was sent here."""
    return RedirectResponse(address(language, site_path(reference), theme=FILES), 303)


@router.post("")
def add_files(
    reference: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    form: PageForm,
) -> Response:
    """Each file that can be taken is; the others are told with the reason."""
    count, refusals = kept_one_by_one(services, editor, of_site(editor, reference), uploads(form))
    if refusals:
        outcome = Outcome(faults=[Fault("file", one.text) for one in refusals])
        status = status_of(refusals[0])
        saved = f"kept-{count}" if count else ""
        return shown(page, services, editor, names, reference, outcome, status, saved)
    target = address(page.language, site_path(reference), theme=FILES, saved=f"kept-{count}")
    return RedirectResponse(target, 303)


@router.post("/changes")
def change_files(
    reference: str,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    form: PageForm,
) -> Response:
    """Everything that was typed is saved, then the step of the button that was pressed."""
    texts = texts_of(form)
    try:
        with services.databases.writing(editor) as session:
            site = sites.find_to_write(session, editor, reference)
            saved = changed(session, services, site, texts)
    except Invalid as refusal:
        outcome = Outcome(faults=refusal.faults, texts=texts)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return shown(page, services, editor, names, reference, outcome, status)
    path = address(page.language, site_path(reference), theme=FILES, saved=saved)
    return RedirectResponse(at_moved(path, texts), 303)


def shown(
    page: Page,
    services: Services,
    editor: Actor,
    names: dict[str, str],
    reference: str,
    outcome: Outcome,
    status: int,
    saved: str = "",
) -> HTMLResponse:
    """The form again, with what was typed and what is wrong with it."""
    with services.databases.writing(editor) as session:
        opened = open_site(session, services, editor, names, reference)
        step = files_step(session, services, opened.site.owner, saved)
    return HTMLResponse(files_page(page, opened, step, outcome), status)
