"""Pages of imports: fetch the template, send a file, follow it, read its report, confirm it."""

from typing import Literal

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasLanguage, HasNames, HasPage, HasServices, PageForm, Services
from api.pages.workspace import HasEditor, municipality_of
from api.sent_files import file_of
from api.v1.imports import marked_answer, template_answer, template_subject
from catalogue.database import Actor
from catalogue.errors import Invalid
from catalogue.imports import files, register
from catalogue.imports.tasks import defer_import
from frontend.imports import IMPORT_PATH, Choice, import_page, report_page
from frontend.rendering import Page, address
from geo.texts import Text

router = APIRouter(prefix=IMPORT_PATH, include_in_schema=False)

SHOWN_EARLIER = 10
NO_STORE = {"Cache-Control": "no-store"}


@router.get("")
def show_import(
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    municipality: str = "",
) -> HTMLResponse:
    code = municipality_of(editor, municipality, names)
    return import_answer(page, services, editor, names, code)


def import_answer(
    page: Page,
    services: Services,
    editor: Actor,
    names: dict[str, str],
    code: str,
    refusal: Text | None = None,
) -> HTMLResponse:
    with services.databases.writing(editor) as session:
        earlier = register.latest(session, code, SHOWN_EARLIER)
    choice = Choice(code=code, names=names, may_choose=editor.municipality is None)
    shown = import_page(page, choice, earlier, refusal)
    return HTMLResponse(shown, 422 if refusal else 200, headers=NO_STORE)


@router.get("/template")
def download_template(
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    language: HasLanguage,
    municipality: str = "",
    format: Literal["xlsx", "csv"] = "xlsx",
) -> Response:
    code = municipality_of(editor, municipality, names)
    with services.databases.writing(editor) as session:
        subject = template_subject(session, code, names, language, services.rules)
    return template_answer(subject, format)


@router.post("")
def send_file(
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    form: PageForm,
    municipality: str = "",
) -> Response:
    """The file noted for the worker, and the page that follows it."""
    code = municipality_of(editor, municipality, names)
    try:
        sent = file_of(form)
        kind = files.kind_of(sent.content)
    except Invalid as refusal:
        return import_answer(page, services, editor, names, code, refusal.text)
    with services.databases.writing(editor) as session:
        number = register.add(
            session,
            editor,
            code,
            sent.content,
            file_name=sent.name,
            kind=kind,
            language=page.language,
            writes_at_once=False,
        )
        defer_import(session, number)
    return RedirectResponse(address(page.language, f"{IMPORT_PATH}/{number}"), 303)


@router.get("/{import_id}")
@router.get("/{import_id}/confirm")
@router.get("/{import_id}/reading")
def show_report(
    import_id: int, page: HasPage, services: HasServices, editor: HasEditor, names: HasNames
) -> HTMLResponse:
    with services.databases.writing(editor) as session:
        found = register.find(session, import_id)
    shown = report_page(page, found, names.get(found.municipality, found.municipality))
    return HTMLResponse(shown, headers=NO_STORE)


@router.post("/{import_id}/confirm")
def confirm_import(
    import_id: int, page: HasPage, services: HasServices, editor: HasEditor, form: PageForm
) -> RedirectResponse:
    with services.databases.writing(editor) as session:
        register.confirm(session, editor, import_id)
        defer_import(session, import_id, writes=True)
    return RedirectResponse(address(page.language, f"{IMPORT_PATH}/{import_id}"), 303)


@router.post("/{import_id}/reading")
def choose_reading(
    import_id: int, page: HasPage, services: HasServices, editor: HasEditor, form: PageForm
) -> RedirectResponse:
    """How the coordinates are meant, of those offered or of all systems; then checked anew."""
    swapped = "-swapped" if form.get("swapped") else ""
    code = str(form.get("reading") or f"{form.get('system', '')}{swapped}")
    with services.databases.writing(editor) as session:
        register.read_as(session, editor, import_id, code)
        defer_import(session, import_id)
    return RedirectResponse(address(page.language, f"{IMPORT_PATH}/{import_id}"), 303)


@router.get("/{import_id}/report.xlsx")
def download_report(
    import_id: int, services: HasServices, editor: HasEditor, language: HasLanguage
) -> Response:
    with services.databases.writing(editor) as session:
        return marked_answer(session, register.find(session, import_id), language)
