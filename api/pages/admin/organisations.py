"""The lists of grid owners, water utilities and others: added, renamed, merged, retired."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm, Services
from api.pages.admin.access import HasAdmin, one_line, private
from catalogue import municipalities
from catalogue.administration import organisations, renaming
from catalogue.administration.organisations import Organisation
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid
from frontend.admin.organisations import PATH, Opened, organisation_page, organisations_page
from frontend.rendering import Page, address
from geo.texts import Language

router = APIRouter(prefix=PATH, include_in_schema=False)


@router.get("")
def list_organisations(
    page: HasPage,
    services: HasServices,
    admin: HasAdmin,
    done: Annotated[str, Query(max_length=20)] = "",
) -> HTMLResponse:
    return list_answer(page, services, admin, done=done)


@router.post("")
def add_organisation(
    page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> Response:
    wanted = sent_organisation(form, 0, str(form.get("kind", "")))
    try:
        with services.databases.writing(admin) as session:
            number = organisations.add(session, wanted)
    except Invalid as refusal:
        return list_answer(page, services, admin, sent=wanted, faults=refusal.faults)
    return RedirectResponse(address(page.language, f"{PATH}/{number}", done="added"), 303)


@router.get("/{number}")
def show_organisation(
    number: int,
    page: HasPage,
    services: HasServices,
    admin: HasAdmin,
    done: Annotated[str, Query(max_length=20)] = "",
    sites: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    return one_answer(page, services, admin, number, done=done, renamed=sites)


@router.post("/{number}")
def change_organisation(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> Response:
    """Its name, how it is reached and whom it serves; sites that name it follow."""
    wanted = sent_organisation(form, number, "")
    reason = one_line(form, "reason")
    try:
        with services.databases.writing(admin, reason) as session:
            renamed = renaming.save(session, wanted, services.rules, reason)
            organisations.confirm_served(session, number, form_codes(form))
    except Invalid as refusal:
        return one_answer(
            page, services, admin, number, sent=wanted, faults=refusal.faults, reason=reason
        )
    onward = address(page.language, f"{PATH}/{number}", done="saved", sites=renamed)
    return RedirectResponse(onward, 303)


@router.post("/{number}/merge")
def merge_organisation(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> Response:
    reason, into = one_line(form, "merge_reason"), one_line(form, "into")
    try:
        with services.databases.writing(admin, reason) as session:
            stays, renamed = renaming.merge(
                session, number, int(into) if into.isdigit() else 0, services.rules, reason
            )
    except Invalid as refusal:
        faults = [
            Fault("merge_reason" if fault.where == "reason" else fault.where, fault.text)
            for fault in refusal.faults
        ]
        return one_answer(page, services, admin, number, faults=faults, reason=reason)
    onward = address(page.language, f"{PATH}/{stays.id}", done="merged", sites=renamed)
    return RedirectResponse(onward, 303)


def form_codes(form: FormData) -> list[str]:
    return [str(code) for code in form.getlist("serves")]


def sent_organisation(form: FormData, number: int, kind: str) -> Organisation:
    language: Language = "en" if form.get("language") == "en" else "sv"
    return Organisation(
        id=number,
        kind=kind,
        name=one_line(form, "name"),
        contact_name=one_line(form, "contact_name"),
        contact_email=one_line(form, "contact_email"),
        language=language,
        retired=form.get("retired") == "yes",
    )


def list_answer(
    page: Page,
    services: Services,
    admin: Actor,
    *,
    done: str = "",
    sent: Organisation | None = None,
    faults: Sequence[Fault] = (),
) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        listed, names = organisations.everyone(session), municipalities.names(session)
    shown = organisations_page(page, listed, names, done=done, sent=sent, faults=faults)
    return private(shown, 422 if faults else 200)


def one_answer(
    page: Page,
    services: Services,
    admin: Actor,
    number: int,
    *,
    done: str = "",
    renamed: int = 0,
    sent: Organisation | None = None,
    faults: Sequence[Fault] = (),
    reason: str = "",
) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        kept = organisations.find(session, number)
        opened = Opened(
            kept=kept,
            others=[one for one in organisations.of_kind(session, kept.kind) if one.id != number],
            names=municipalities.names(session),
            serves=organisations.served_by(session, number),
            named_by=organisations.mentions(session).get((kept.kind, kept.name), 0),
        )
    shown = organisation_page(
        page, opened, done=done, renamed=renamed, sent=sent, faults=faults, reason=reason
    )
    return private(shown, 422 if faults else 200)
