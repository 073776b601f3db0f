"""What links in letters lead to: answering an invitation, choosing a new password."""

from collections.abc import Callable, Sequence
from datetime import datetime

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, Response

from api.context import (
    HasOrigin,
    HasPage,
    HasServices,
    HasVisitor,
    PageForm,
    Services,
    Visitor,
)
from api.pages.sign_in import PERSONAL, entered
from catalogue.accounts import (
    account_jobs,
    account_links,
    invitations,
    password_resets,
    sessions,
    sign_ins,
)
from catalogue.accounts.account_links import LinkSpent, Purpose
from catalogue.accounts.sign_ins import Origin
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, TooManyAttempts
from frontend import account_links as pages
from frontend.rendering import Page
from geo.texts import Text

router = APIRouter(include_in_schema=False)

ACCEPT: dict[Purpose, Callable[[Session, str, str, datetime], Actor]] = {
    "invitation": invitations.accept,
    "reset": password_resets.reset,
}


@router.get("/account/invitation/{secret}")
def show_invitation(secret: str, page: HasPage, services: HasServices) -> HTMLResponse:
    return choosing(page, services, secret, "invitation")


@router.post("/account/invitation/{secret}")
def accept_invitation(
    secret: str,
    page: HasPage,
    services: HasServices,
    visitor: HasVisitor,
    origin: HasOrigin,
    form: PageForm,
) -> Response:
    """The password is chosen, and its holder signed in."""
    password = str(form.get("password", ""))
    return chosen(page, services, visitor, origin, "invitation", secret, password)


@router.get("/account/reset/{secret}")
def show_reset(secret: str, page: HasPage, services: HasServices) -> HTMLResponse:
    return choosing(page, services, secret, "reset")


@router.post("/account/reset/{secret}")
def reset_password(
    secret: str,
    page: HasPage,
    services: HasServices,
    visitor: HasVisitor,
    origin: HasOrigin,
    form: PageForm,
) -> Response:
    """As for an invitation; every older session has ended."""
    password = str(form.get("password", ""))
    return chosen(page, services, visitor, origin, "reset", secret, password)


def choosing(
    page: Page, services: Services, secret: str, purpose: Purpose, faults: Sequence[Fault] = ()
) -> HTMLResponse:
    try:
        with services.databases.writing(None) as session:
            actor = account_links.holder(session, secret, purpose, services.rules.now())
    except LinkSpent as refusal:
        shown = pages.spent_page(page, purpose, refusal.text)
        return HTMLResponse(shown, 404, headers=PERSONAL)
    shown = pages.choose_page(page, actor, purpose, faults)
    return HTMLResponse(shown, 422 if faults else 200, headers=PERSONAL)


def chosen(
    page: Page,
    services: Services,
    visitor: Visitor,
    origin: Origin,
    purpose: Purpose,
    secret: str,
    password: str,
) -> Response:
    now = services.rules.now()
    try:
        with services.databases.writing(None) as session:
            actor = ACCEPT[purpose](session, secret, password, now)
            sign_ins.note_success(session, services.seal, actor, purpose, origin, now)
            opened = sessions.start(session, actor, origin.device)
    except Invalid as refusal:
        return choosing(page, services, secret, purpose, refusal.faults)
    except LinkSpent:
        return choosing(page, services, secret, purpose)
    return entered(services, page, visitor, actor, opened)


@router.get("/account/forgotten")
def show_forgotten(page: HasPage) -> HTMLResponse:
    return HTMLResponse(pages.forgotten_page(page))


@router.post("/account/forgotten")
def forgotten(
    request: Request, page: HasPage, services: HasServices, form: PageForm
) -> HTMLResponse:
    """The same answer, after the same work, whether the address has an account or not."""
    email = str(form.get("email", "")).strip()
    host = request.client.host if request.client else ""
    wait = services.attempts.take(host, "forgotten")
    if wait:
        shown = pages.forgotten_page(page, email=email, error=TooManyAttempts(wait).text)
        return HTMLResponse(shown, 429)
    if "@" not in email:
        said = Text("Ange en e-postadress.", "Give an e-mail address.")
        return HTMLResponse(pages.forgotten_page(page, email=email, error=said), 422)
    with services.databases.writing(None) as session:
        account_jobs.defer_password_reset(session, email)
    return HTMLResponse(pages.forgotten_page(page, email=email, is_sent=True))
