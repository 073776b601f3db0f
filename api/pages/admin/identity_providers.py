"""Other services to sign in with: set up, and what their groups mean here."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm, Services
from api.pages.admin.access import HasAdmin, private
from catalogue import municipalities
from catalogue.accounts import identity_providers
from catalogue.database import Actor
from catalogue.errors import Invalid
from frontend.admin.identity_providers import (
    KEYS,
    PATH,
    Opened,
    Sent,
    provider_page,
    providers_page,
)
from frontend.rendering import Page, address

router = APIRouter(prefix=PATH, include_in_schema=False)
Done = Annotated[str, Query(max_length=20)]


@router.get("")
def list_providers(page: HasPage, services: HasServices, admin: HasAdmin) -> HTMLResponse:
    return list_answer(page, services, admin, Sent())


@router.post("")
def add_provider(page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm) -> Response:
    given = typed(form)
    try:
        with services.databases.writing(admin) as session:
            number = identity_providers.add(session, services.seal, given, services.rules.now())
    except Invalid as refusal:
        return list_answer(page, services, admin, Sent(values=given, faults=refusal.faults))
    return onward(page, number, "added")


@router.get("/{number}")
def show_provider(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, done: Done = ""
) -> HTMLResponse:
    return one_answer(page, services, admin, number, Sent(done=done))


@router.post("/{number}")
def change_provider(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> Response:
    given = typed(form)
    try:
        with services.databases.writing(admin) as session:
            identity_providers.change(session, services.seal, number, given, services.rules.now())
    except Invalid as refusal:
        sent = Sent(values=given, faults=refusal.faults)
        return one_answer(page, services, admin, number, sent)
    return onward(page, number, "saved")


@router.post("/{number}/mappings")
def add_mapping(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> Response:
    given = {key: str(form.get(key, "")) for key in ("claim_value", "role", "municipality")}
    try:
        with services.databases.writing(admin) as session:
            identity_providers.find(session, number)
            identity_providers.add_mapping(session, number, **given)
    except Invalid as refusal:
        sent = Sent(mapping=given, faults=refusal.faults)
        return one_answer(page, services, admin, number, sent)
    return onward(page, number, "mapped")


@router.post("/{number}/mappings/{mapping}/remove")
def remove_mapping(
    number: int, mapping: int, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> Response:
    with services.databases.writing(admin) as session:
        identity_providers.remove_mapping(session, number, mapping)
    return onward(page, number, "removed")


@router.post("/{number}/links")
def link_account(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> Response:
    """Somebody there is joined to an account that is here already."""
    given = {key: str(form.get(key, "")) for key in ("subject", "email")}
    try:
        with services.databases.writing(admin) as session:
            identity_providers.link(session, number, **given, now=services.rules.now())
    except Invalid as refusal:
        return one_answer(page, services, admin, number, Sent(link=given, faults=refusal.faults))
    return onward(page, number, "linked")


def typed(form: FormData) -> dict[str, str]:
    return {key: str(form.get(key, "")) for key in KEYS}


def onward(page: Page, number: int, done: str) -> RedirectResponse:
    return RedirectResponse(address(page.language, f"{PATH}/{number}", done=done), 303)


def list_answer(page: Page, services: Services, admin: Actor, sent: Sent) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        found = identity_providers.everyone(session)
    return private(providers_page(page, found, sent), 422 if sent.faults else 200)


def one_answer(
    page: Page, services: Services, admin: Actor, number: int, sent: Sent
) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        opened = Opened(
            provider=identity_providers.find(session, number),
            mappings=identity_providers.mappings(session, number),
            names=municipalities.names(session),
            callback=f"{services.settings.visited_at}/sign-in/provider/{number}/callback",
        )
    return private(provider_page(page, opened, sent), 422 if sent.faults else 200)
