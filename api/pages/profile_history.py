"""The history of a municipality's profile: listed, compared and restored."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.backdrop import HasBackdrop
from api.context import HasNames, HasPage, HasServices, PageForm, Services
from api.pages.history import REFUSALS, Asked, PageNumber, VersionNumber, existing, writes
from api.pages.workspace import HasEditor, HasReader, municipality_of, texts_of
from api.problems import status_of
from catalogue import municipalities
from catalogue.database import Actor
from catalogue.fields import PROFILE
from catalogue.history import history
from catalogue.history.differences import differences
from catalogue.history.file_changes import file_changes
from catalogue.history.restoring import restore_profile
from catalogue.history.version_steps import profile_steps
from frontend.history import (
    VERSIONS_A_PAGE,
    Chronicle,
    Comparison,
    RestoreTry,
    compare_page,
    history_page,
)
from frontend.maps import Backdrop
from frontend.profile_links import PROFILE_PATH
from frontend.rendering import Page, address

router = APIRouter(include_in_schema=False)


def chronicle_of_profile(editor: Actor, code: str, name: str, newest: int) -> Chronicle:
    return Chronicle(
        name=name,
        path=PROFILE_PATH,
        fields=PROFILE,
        newest=newest,
        may_write=writes(editor, code),
        municipality=code,
    )


@router.get(f"{PROFILE_PATH}/history")
def show_profile_history(
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    names: HasNames,
    municipality: str = "",
    number: PageNumber = 1,
) -> HTMLResponse:
    code = municipality_of(reader, municipality, names)
    with services.databases.writing(reader) as session:
        profile = municipalities.find(session, code)
        upto = profile.version - (number - 1) * VERSIONS_A_PAGE
        steps = profile_steps(session, code, upto=upto, limit=VERSIONS_A_PAGE)
    chronicle = chronicle_of_profile(reader, code, profile.name, profile.version)
    return HTMLResponse(history_page(page, chronicle, steps, number, services.rules))


@router.get(f"{PROFILE_PATH}/history/compare")
def compare_profile_versions(
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    names: HasNames,
    backdrop: HasBackdrop,
    old: VersionNumber,
    new: VersionNumber,
    municipality: str = "",
) -> HTMLResponse:
    code = municipality_of(reader, municipality, names)
    return profile_comparison(page, services, reader, backdrop, code, (old, new), RestoreTry())


def profile_comparison(
    page: Page,
    services: Services,
    reader: Actor,
    backdrop: Backdrop,
    code: str,
    numbers: tuple[int, int],
    tried: RestoreTry,
    status: int = 200,
) -> HTMLResponse:
    first_number, last_number = sorted(numbers)
    with services.databases.writing(reader) as session:
        profile = municipalities.find(session, code)
        before = existing(history.profile_at_version(session, code, first_number), first_number)
        after = existing(history.profile_at_version(session, code, last_number), last_number)
        [old] = profile_steps(session, code, upto=first_number, limit=1)
        [new] = profile_steps(session, code, upto=last_number, limit=1)
    compared = Comparison(
        old=old.version,
        new=new.version,
        differences=differences(PROFILE, before, after),
        files=file_changes(before.files, after.files),
        outline=None,
    )
    chronicle = chronicle_of_profile(reader, code, profile.name, profile.version)
    shown = compare_page(page, chronicle, compared, services.rules, backdrop, tried)
    return HTMLResponse(shown, status)


@router.post(f"{PROFILE_PATH}/restorations")
def restore_profile_version(
    page: HasPage,
    services: HasServices,
    editor: HasEditor,
    names: HasNames,
    backdrop: HasBackdrop,
    form: PageForm,
    municipality: str = "",
) -> Response:
    code = municipality_of(editor, municipality, names)
    asked = Asked(texts_of(form))
    try:
        with services.databases.writing(editor) as session:
            restore_profile(
                session,
                editor,
                code,
                asked.restored,
                asked.reason,
                services.rules,
                expected_version=asked.version,
                keys=asked.keys,
            )
    except REFUSALS as refusal:
        with services.databases.writing(editor) as session:
            newest = municipalities.find(session, code).version
        tried, status = asked.refused(refusal), status_of(refusal)
        numbers = (asked.restored, newest)
        return profile_comparison(page, services, editor, backdrop, code, numbers, tried, status)
    path = address(page.language, PROFILE_PATH, municipality=code, saved="yes")
    return RedirectResponse(path, 303)
