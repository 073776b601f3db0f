"""The register of requests for information: for the project office and administrators."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import (
    HasLanguage,
    HasNames,
    HasPage,
    HasServices,
    HasVisitor,
    PageForm,
    sign_in_first,
)
from api.problems import status_of
from catalogue.database import Actor
from catalogue.errors import CatalogueError, Changed, Invalid
from catalogue.requests import register
from catalogue.requests.asked import unpacked
from catalogue.requests.register import ClientRequest
from catalogue.requests.register_input import DAYS, OUTCOMES, read_given
from catalogue.tables import client_request as table
from frontend.rendering import Page, address
from frontend.request_register import PATH, Register, RequestForm, register_page, request_page

router = APIRouter(include_in_schema=False)
NO_STORE = {"Cache-Control": "private, no-store"}
MOST_LISTED = 500
Number = Annotated[int, Path(ge=1, le=2**31)]
WRITTEN = (
    "code_name", "sector", "size", "received_on", "due_on", "answered_on", "closed_on", "outcome",
    "lost_because", "text", "note",
)  # fmt: skip


def get_registrar(request: Request, visitor: HasVisitor, language: HasLanguage) -> Actor:
    """Somebody of the project office; who has not signed in is asked to."""
    if visitor.actor is None:
        raise sign_in_first(request, language)
    register.may_read(visitor.actor)
    return visitor.actor


HasRegistrar = Annotated[Actor, Depends(get_registrar)]


@router.get(PATH)
def show_register(
    page: HasPage,
    services: HasServices,
    registrar: HasRegistrar,
    outcome: str = "",
) -> HTMLResponse:
    chosen = outcome if outcome in OUTCOMES else ""
    held = [table.c.outcome == chosen] if chosen else []
    with services.databases.writing(registrar) as session:
        shown = Register(
            requests=register.chosen(session, held, limit=MOST_LISTED),
            counts=register.count_by_outcome(session),
            outcome=chosen,
            today=services.rules.today,
        )
    return HTMLResponse(register_page(page, shown), headers=NO_STORE)


@router.get(f"{PATH}/new")
def show_new_request(
    page: HasPage,
    services: HasServices,
    registrar: HasRegistrar,
    names: HasNames,
    asked: str = "",
    reference: Annotated[list[str] | None, Query()] = None,
    code_name: Annotated[str, Query(max_length=60)] = "",
) -> HTMLResponse:
    """An empty form; or one with the requirements and the sites of an answer in it."""
    values = {
        "code_name": code_name,
        "received_on": services.rules.today.isoformat(),
        "sites": reference or [],
        "requirements": dumped(asked, names),
    }
    return HTMLResponse(request_page(page, RequestForm(values=values, names=names)),
                        headers=NO_STORE)  # fmt: skip


def dumped(asked: str, names: dict[str, str]) -> list[dict[str, Any]]:
    """The requirements that an address holds. Any: JSON."""
    found = unpacked(asked, names).requirements if asked else ()
    return [one.model_dump(mode="json", exclude_defaults=True) for one in found]


def sent(form: FormData, names: dict[str, str]) -> dict[str, Any]:
    """What the form says, as a body would. Any: JSON."""
    return {
        **{name: str(form.get(name, "")) for name in WRITTEN},
        "sites": str(form.get("sites", "")).split(),
        "requirements": dumped(str(form.get("asked", "")), names),
    }


@router.post(f"{PATH}/new")
def add_request(
    page: HasPage, services: HasServices, registrar: HasRegistrar, names: HasNames, form: PageForm
) -> Response:
    """Kept; or the form again with what is wrong."""
    raw = sent(form, names)
    try:
        with services.databases.writing(registrar) as session:
            given = read_given(raw, names, services.rules.today)
            added = register.add(session, registrar, given)
    except Invalid as refusal:
        return again(page, RequestForm(values=raw, names=names, faults=refusal.faults), refusal)
    return RedirectResponse(address(page.language, f"{PATH}/{added.id}", saved="1"), 303)


@router.get(f"{PATH}/{{number}}")
def show_request(
    number: Number,
    page: HasPage,
    services: HasServices,
    registrar: HasRegistrar,
    names: HasNames,
    saved: bool = False,
) -> HTMLResponse:
    with services.databases.writing(registrar) as session:
        kept = register.find(session, number)
        form = RequestForm(
            values=texts_of(kept),
            names=names,
            kept=kept,
            history=register.history(session, number),
            saved=saved,
        )
    return HTMLResponse(request_page(page, form), headers=NO_STORE)


def texts_of(kept: ClientRequest) -> Mapping[str, Any]:
    """Any: JSON; days as a form has them."""
    said = dict(vars(kept))
    return said | {name: said[name].isoformat() if said[name] else "" for name in DAYS}


@router.post(f"{PATH}/{{number}}")
def change_request(
    number: Number,
    page: HasPage,
    services: HasServices,
    registrar: HasRegistrar,
    names: HasNames,
    form: PageForm,
) -> Response:
    """Saved as a version; or the form again with what is wrong, or with who was first."""
    raw, version = sent(form, names), str(form.get("version", ""))
    expected = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1
    with services.databases.writing(registrar) as session:
        kept = register.find(session, number)
    try:
        with services.databases.writing(registrar) as session:
            given = read_given(raw, names, services.rules.today, vars(kept))
            register.change(session, registrar, number, given, expected)
    except Invalid as refusal:
        shown = RequestForm(values=raw, names=names, kept=kept, faults=refusal.faults)
        return again(page, shown, refusal)
    except Changed as refusal:
        return again(page, RequestForm(values=raw, names=names, kept=kept, refusal=refusal.text),
                     refusal)  # fmt: skip
    return RedirectResponse(address(page.language, f"{PATH}/{number}", saved="1"), 303)


def again(page: Page, form: RequestForm, refusal: CatalogueError) -> HTMLResponse:
    status: HTTPStatus = status_of(refusal)
    return HTMLResponse(request_page(page, form), status, NO_STORE)
