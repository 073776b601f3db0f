"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, HasVisitor, PageForm
from catalogue import accounts
from catalogue.errors import TooManyAttempts, WrongSignIn
from frontend.rendering import address
from frontend.sign_in import sign_in_page

router = APIRouter(include_in_schema=False)

START = {
    "editor": "/workspace",
    "publisher": "/workspace",
    "project": "/progress",
    "admin": "/admin",
}


@router.get("/sign-in")
def show_sign_in(page: HasPage, onward: Annotated[str, Query(alias="next")] = "") -> HTMLResponse:
    return HTMLResponse(sign_in_page(page, onward=onward))


@router.post("/sign-in")
def sign_in(request: Request, page: HasPage, services: HasServices, form: PageForm) -> Response:
    """A new session; a failed attempt shows the form again and counts towards the limit."""
    email, onward = str(form.get("email", "")), str(form.get("next", ""))
    address_of_visitor = request.client.host if request.client else ""
    wait = services.attempts.take(address_of_visitor, email.strip().lower())
    try:
        if wait:
            raise TooManyAttempts(wait)
        with services.databases.writing(None) as session:
            accounts.remove_ended_sessions(session, services.rules.now(), services.session_life)
            actor = accounts.check_password(session, email, str(form.get("password", "")))
            secret = accounts.open_session(session, actor)
    except (WrongSignIn, TooManyAttempts) as refusal:
        status = 429 if isinstance(refusal, TooManyAttempts) else 401
        shown = sign_in_page(page, email=email, onward=onward, error=refusal.text)
        return HTMLResponse(shown, status)
    target = onward if is_local(onward) else address(page.language, START.get(actor.role, "/"))
    answer = RedirectResponse(target, 303)
    answer.set_cookie(
        services.cookie,
        secret,
        httponly=True,
        secure=services.is_secure,
        samesite="lax",
        path="/",
    )
    return answer


def is_local(path: str) -> bool:
    """Whether an address leads to one of our own pages."""
    return path.startswith("/") and not path.startswith(("//", "/\\"))


@router.post("/sign-out")
def sign_out(
    page: HasPage, services: HasServices, visitor: HasVisitor, form: PageForm
) -> RedirectResponse:
    if visitor.session_secret is not None:
        with services.databases.writing(None) as session:
            accounts.close_session(session, visitor.session_secret)
    answer = RedirectResponse(address(page.language, "/"), 303)
    answer.delete_cookie(services.cookie, path="/", secure=services.is_secure, httponly=True)
    return answer
