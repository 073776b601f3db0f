"""The list of what hours can be spent on: added to, put in other words, retired."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm, Services
from api.pages.admin.access import HasAdmin, one_line, private
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid
from catalogue.hours import activities
from catalogue.hours.activities import Activity
from frontend.admin.activities import PATH, activities_page, activity_page
from frontend.rendering import Page, address

router = APIRouter(prefix=PATH, include_in_schema=False)
Done = Annotated[str, Query(max_length=20)]


@router.get("")
def list_activities(
    page: HasPage, services: HasServices, admin: HasAdmin, done: Done = ""
) -> HTMLResponse:
    return list_answer(page, services, admin, done=done)


@router.post("")
def add_activity(page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm) -> Response:
    wanted = sent_activity(form, one_line(form, "code"))
    try:
        with services.databases.writing(admin) as session:
            activities.add(session, wanted)
    except Invalid as refusal:
        return list_answer(page, services, admin, sent=wanted, faults=refusal.faults)
    return RedirectResponse(address(page.language, PATH, done="added"), 303)


@router.get("/{activity}")
def show_activity(
    activity: str, page: HasPage, services: HasServices, admin: HasAdmin, done: Done = ""
) -> HTMLResponse:
    return one_answer(page, services, admin, activity, done=done)


@router.post("/{activity}")
def change_activity(
    activity: str, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> Response:
    wanted = sent_activity(form, activity)
    try:
        with services.databases.writing(admin) as session:
            activities.write(session, wanted)
    except Invalid as refusal:
        return one_answer(page, services, admin, activity, sent=wanted, faults=refusal.faults)
    return RedirectResponse(address(page.language, f"{PATH}/{activity}", done="saved"), 303)


@router.post("/{activity}/removal")
def remove_activity(
    activity: str, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> RedirectResponse:
    with services.databases.writing(admin) as session:
        activities.remove(session, activity)
    return RedirectResponse(address(page.language, PATH, done="removed"), 303)


def sent_activity(form: FormData, code: str) -> Activity:
    return Activity(
        code=code,
        label_sv=one_line(form, "label_sv"),
        label_en=one_line(form, "label_en"),
        retired=form.get("retired") == "yes",
    )


def list_answer(
    page: Page,
    services: Services,
    admin: Actor,
    *,
    done: str = "",
    sent: Activity | None = None,
    faults: Sequence[Fault] = (),
) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        listed, used = activities.everything(session), activities.entries(session)
    shown = activities_page(page, listed, used, done=done, sent=sent, faults=faults)
    return private(shown, 422 if faults else 200)


def one_answer(
    page: Page,
    services: Services,
    admin: Actor,
    code: str,
    *,
    done: str = "",
    sent: Activity | None = None,
    faults: Sequence[Fault] = (),
) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        kept, used = activities.find(session, code), activities.entries(session).get(code, 0)
    shown = activity_page(page, kept, used, done=done, sent=sent, faults=faults)
    return private(shown, 422 if faults else 200)
