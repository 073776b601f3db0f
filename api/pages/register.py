"""Asking to see registered values: the form that anybody may send, and what follows it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm
from api.open_forms import slow_down
from api.pages.workspace import PRIVATE, texts_of
from catalogue.access import access_requests
from catalogue.errors import Fault, Invalid, TooManyAttempts
from catalogue.forms.form_texts import first
from catalogue.open_forms import TRAP
from frontend.register import Draft, confirm_page, register_page, sent_page
from frontend.rendering import address

router = APIRouter(prefix="/register", include_in_schema=False)
Token = Annotated[str, Path(max_length=100)]


@router.get("")
def show_form(
    page: HasPage,
    services: HasServices,
    reference: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    draft = Draft(texts={"sites": reference}, opened=services.guard.opened())
    return HTMLResponse(register_page(page, draft), headers=PRIVATE)


@router.post("")
def send_request(
    request: Request, page: HasPage, services: HasServices, form: PageForm
) -> Response:
    """A letter to confirm it by; whoever fills the trap is thanked and nothing is kept."""
    texts = texts_of(form)
    sent = {name: first(texts, name) for name in texts}
    try:
        wanted = access_requests.read_wanted(sent, page.language)
        services.guard.opened_at(sent)
        slow_down(services, request, wanted.email)
    except (Invalid, TooManyAttempts) as refusal:
        draft = Draft(
            texts=sent,
            opened=services.guard.opened(),
            faults=refusal.faults if isinstance(refusal, Invalid) else [Fault("", refusal.text)],
            refusal=refusal.text,
        )
        status = 429 if isinstance(refusal, TooManyAttempts) else 422
        return HTMLResponse(register_page(page, draft), status, headers=PRIVATE)
    if not sent.get(TRAP):
        with services.databases.writing(None) as session:
            days = services.settings.unconfirmed_days
            access_requests.ask(session, wanted, services.rules, days)
    return RedirectResponse(address(page.language, "/register/sent"), 303)


@router.get("/sent")
def show_sent(page: HasPage) -> HTMLResponse:
    return HTMLResponse(sent_page(page))


@router.get("/confirm/{token}")
def ask_to_confirm(token: Token, page: HasPage) -> HTMLResponse:
    """A button, since mail programs open links by themselves."""
    return HTMLResponse(confirm_page(page, token))


@router.post("/confirm/{token}")
def confirm_request(
    token: Token, page: HasPage, services: HasServices, form: PageForm
) -> HTMLResponse:
    with services.databases.writing(None) as session:
        days = services.settings.unconfirmed_days
        access_requests.confirm(session, token, services.rules, days)
    return HTMLResponse(confirm_page(page, ""))
