"""Accounts: found, invited, changed, signed out."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm, Services
from api.pages.admin.access import HasAdmin, PageNumber, one_line, private
from catalogue import municipalities
from catalogue.accounts import invitations, people
from catalogue.accounts.invitations import Invitation
from catalogue.accounts.people import OF_A_MUNICIPALITY, Changes, PeopleSearch
from catalogue.database import AccountRole, Actor
from catalogue.errors import Invalid
from frontend.admin.paging import PAGE_SIZE, paging
from frontend.admin.users import FIELDS, PATH, UserForm, invite_page, user_page, users_page
from frontend.rendering import Page, address
from geo.texts import Language

router = APIRouter(prefix=PATH, include_in_schema=False)

Words = Annotated[str, Query(max_length=200)]


def get_search(
    text: Words = "", role: Words = "", municipality: Words = "", state: Words = ""
) -> PeopleSearch:
    return PeopleSearch(text=text.strip(), role=role, municipality=municipality, state=state)


@router.get("")
def list_users(
    page: HasPage,
    services: HasServices,
    admin: HasAdmin,
    search: Annotated[PeopleSearch, Depends(get_search)],
    number: PageNumber = 1,
    done: Words = "",
) -> HTMLResponse:
    held = search.conditions()
    with services.databases.writing(admin) as session:
        total = people.count(session, *held)
        offset = (number - 1) * PAGE_SIZE
        found = people.people(session, *held, limit=PAGE_SIZE, offset=offset)
        names = municipalities.names(session)
    return private(users_page(page, found, names, search, paging(page, number, total), done))


@router.get("/invite")
def show_invitation(page: HasPage, services: HasServices, admin: HasAdmin) -> HTMLResponse:
    return invite_answer(page, services, admin, UserForm())


@router.post("/invite")
def invite(page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm) -> Response:
    """A letter is sent; or the form again with what is wrong."""
    texts = sent_texts(form)
    invitation = Invitation(
        email=texts["email"],
        name=texts["name"],
        role=role_of(texts),
        municipality=municipality_of(texts),
        language=language_of(texts),
    )
    try:
        with services.databases.writing(admin) as session:
            invitations.invite(session, admin, invitation, services.rules.now())
    except Invalid as refusal:
        return invite_answer(page, services, admin, UserForm(texts, refusal.faults), 422)
    return RedirectResponse(address(page.language, PATH, done="invited"), 303)


@router.get("/{number}")
def show_user(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, done: Words = ""
) -> HTMLResponse:
    return user_answer(page, services, admin, number, UserForm(), done=done)


@router.post("/{number}")
def change_user(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> Response:
    texts = sent_texts(form)
    wanted = Changes(
        name=texts["name"],
        role=role_of(texts),
        municipality=municipality_of(texts),
        language=language_of(texts),
        active=texts["active"] == "yes",
        attests_hours=texts["attests_hours"] == "yes",
    )
    try:
        with services.databases.writing(admin, texts["reason"]) as session:
            people.change(session, admin, number, wanted)
    except Invalid as refusal:
        again = UserForm(texts, refusal.faults)
        return user_answer(page, services, admin, number, again, status=422)
    return back(page, number, "saved")


@router.post("/{number}/sessions")
def end_sessions(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, _: PageForm
) -> RedirectResponse:
    with services.databases.writing(admin) as session:
        people.end_sessions(session, number)
    return back(page, number, "signed-out")


@router.post("/{number}/invitation")
def invite_again(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, _: PageForm
) -> RedirectResponse:
    with services.databases.writing(admin) as session:
        people.invite_again(session, admin, number, services.rules.now())
    return back(page, number, "invited")


@router.post("/{number}/second-factor")
def reset_second_factor(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> Response:
    reason = one_line(form, "factor_reason")
    try:
        with services.databases.writing(admin, reason) as session:
            people.reset_second_factor(session, number, reason)
    except Invalid as refusal:
        return user_answer(
            page, services, admin, number, UserForm(faults=refusal.faults), status=422
        )
    return back(page, number, "factor-reset")


def sent_texts(form: FormData) -> dict[str, str]:
    return {name: one_line(form, name) for name in (*FIELDS, "active", "attests_hours")}


def role_of(texts: dict[str, str]) -> AccountRole:
    """As sent; what is no role is refused further in."""
    return cast("AccountRole", texts["role"])


def municipality_of(texts: dict[str, str]) -> str | None:
    """Other roles than these two belong to none, whatever the form says."""
    return texts["municipality"] or None if texts["role"] in OF_A_MUNICIPALITY else None


def language_of(texts: dict[str, str]) -> Language:
    return "en" if texts["language"] == "en" else "sv"


def back(page: Page, number: int, done: str) -> RedirectResponse:
    return RedirectResponse(address(page.language, f"{PATH}/{number}", done=done), 303)


def invite_answer(
    page: Page, services: Services, admin: Actor, form: UserForm, status: int = 200
) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        names = municipalities.names(session)
    return private(invite_page(page, names, form), status)


def user_answer(
    page: Page,
    services: Services,
    admin: Actor,
    number: int,
    form: UserForm,
    *,
    done: str = "",
    status: int = 200,
) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        person, names = people.find(session, number), municipalities.names(session)
    is_self = number == admin.account_id
    return private(user_page(page, person, names, form, is_self=is_self, done=done), status)
