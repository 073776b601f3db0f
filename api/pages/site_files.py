"""Photos and documents in the workspace: sent by a form, described, put in order, removed."""

from collections.abc import Sequence
from http import HTTPStatus

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasLanguage, HasNames, HasPage, HasServices, PageForm, Services
from api.pages.site_form import files_step, open_site
from api.pages.workspace import HasEditor, texts_of
from api.problems import status_of
from api.uploads import keep, uploads
from catalogue import sites
from catalogue.database import Actor
from catalogue.errors import CatalogueError, Fault, FileNotAccepted, FileTooLarge, Invalid
from catalogue.files import file_forms, site_files
from catalogue.forms.form_texts import Texts, first
from catalogue.site import Site
from frontend.rendering import Page, address
from frontend.site_form import Outcome
from frontend.site_form_files import files_page
from frontend.site_form_parts import FILES, site_path
from geo.texts import Text

router = APIRouter(prefix="/workspace/sites/{reference}/files", include_in_schema=False)

STEPS = {"up": -1, "down": 1}


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
    count, refusals = kept_one_by_one(services, editor, reference, uploads(form))
    if refusals:
        outcome = Outcome(faults=[Fault("file", one.text) for one in refusals])
        status = status_of(refusals[0])
        saved = f"kept-{count}" if count else ""
        return shown(page, services, editor, names, reference, outcome, status, saved)
    target = address(page.language, site_path(reference), theme=FILES, saved=f"kept-{count}")
    return RedirectResponse(target, 303)


def kept_one_by_one(
    services: Services, editor: Actor, reference: str, sent: Sequence[UploadFile]
) -> tuple[int, list[CatalogueError]]:
    """How many were kept, and why the others were not."""
    if not sent:
        with services.databases.writing(editor) as session:
            sites.find_to_write(session, editor, reference)
        return 0, [Invalid((), Text("Välj minst en fil.", "Choose at least one file."))]
    count = 0
    refusals: list[CatalogueError] = []
    for one in sent:
        try:
            keep(services, editor, reference, [one])
            count += 1
        except (FileTooLarge, FileNotAccepted) as refusal:
            refusals.append(refusal)
    return count, refusals


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
            changed = file_forms.save(session, site, texts, services.rules)
            pressed(session, services, site, texts)
    except Invalid as refusal:
        outcome = Outcome(faults=refusal.faults, texts=texts)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return shown(page, services, editor, names, reference, outcome, status)
    saved = "files" if changed or first(texts, "move") or first(texts, "restore") else "nothing"
    if removed := first(texts, "remove"):
        saved = f"removed-{number(removed)}"
    path = address(page.language, site_path(reference), theme=FILES, saved=saved)
    moved, _, _ = first(texts, "move").partition(":")
    return RedirectResponse(f"{path}#file-{moved}" if moved else path, 303)


def pressed(session: Session, services: Services, site: Site, texts: Texts) -> None:
    """A file one step up or down among those of its kind, removed, or brought back."""
    rules = services.rules
    if move := first(texts, "move"):
        file_id, _, way = move.partition(":")
        site_files.step(session, site, number(file_id), STEPS.get(way, 0), rules)
    if removed := first(texts, "remove"):
        site_files.remove(session, site, number(removed), rules)
    if restored := first(texts, "restore"):
        site_files.restore(session, site, number(restored), services.files, rules)


def number(text: str) -> int:
    """Of a file; 0, which no file has, for what is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


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
        step = files_step(session, services, opened, saved)
    return HTMLResponse(files_page(page, opened, step, outcome), status)
