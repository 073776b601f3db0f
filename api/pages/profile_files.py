"""Photos and documents of a municipality's profile in the workspace: the same as of a site."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.context import HasLanguage, HasNames, HasPage, HasServices, PageForm
from api.files_step import at_moved, changed, kept_one_by_one
from api.pages.workspace import HasEditor, municipality_of, profile_answer, texts_of
from api.problems import status_of
from api.uploads import of_profile, uploads
from catalogue import municipalities
from catalogue.errors import Fault, Invalid
from frontend.profile_links import FILES, PROFILE_PATH, section_address
from frontend.rendering import address
from frontend.site_form import Outcome

router = APIRouter(prefix=f"{PROFILE_PATH}/files", include_in_schema=False)


@router.get("")
@router.get("/changes")
def lead_to_form(
    language: HasLanguage, editor: HasEditor, names: HasNames, municipality: str = ""
) -> RedirectResponse:
    """For whoever reloads, or changes language on, the answer to a form that was sent here."""
    code = municipality_of(editor, municipality, names)
    return RedirectResponse(section_address(language, code, FILES), 303)


@router.post("")
def add_files(
    request: Request,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    form: PageForm,
    municipality: str = "",
) -> Response:
    """Each file that can be taken is; the others are told with the reason."""
    code = municipality_of(editor, municipality, names)
    count, refusals = kept_one_by_one(services, editor, of_profile(editor, code), uploads(form))
    saved = f"kept-{count}" if count else ""
    if refusals:
        outcome = Outcome(faults=[Fault("file", one.text) for one in refusals])
        status = status_of(refusals[0])
        return profile_answer(request, page, services, editor, code, FILES, outcome, status, saved)
    target = address(page.language, PROFILE_PATH, theme=FILES, municipality=code, saved=saved)
    return RedirectResponse(target, 303)


@router.post("/changes")
def change_files(
    request: Request,
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    form: PageForm,
    municipality: str = "",
) -> Response:
    code = municipality_of(editor, municipality, names)
    texts = texts_of(form)
    try:
        with services.databases.writing(editor) as session:
            profile = municipalities.find_to_write(session, editor, code)
            saved = changed(session, services, profile, texts)
    except Invalid as refusal:
        outcome = Outcome(faults=refusal.faults, texts=texts)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return profile_answer(request, page, services, editor, code, FILES, outcome, status)
    path = address(page.language, PROFILE_PATH, theme=FILES, municipality=code, saved=saved)
    return RedirectResponse(at_moved(path, texts), 303)
