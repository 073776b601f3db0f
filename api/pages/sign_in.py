"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasOrigin, HasPage, HasServices, HasVisitor, PageForm, Services, Visitor
from catalogue import accounts, sessions, sign_ins
from catalogue.database import Actor
from catalogue.errors import TooManyAttempts, WrongSignIn
from catalogue.sign_ins import DoorClosed, Origin
from frontend.rendering import Page, address
from frontend.sign_in import sign_in_page

router = APIRouter(include_in_schema=False)

START = {
    "editor": "/workspace",
    "publisher": "/workspace",
    "project": "/progress",
    "admin": "/admin",
}
PERSONAL = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
"""For pages whose address or content is a secret of one person's."""


@router.get("/sign-in")
def show_sign_in(page: HasPage, onward: Annotated[str, Query(alias="next")] = "") -> HTMLResponse:
    return HTMLResponse(sign_in_page(page, onward=onward))


@router.post("/sign-in")
def sign_in(
    request: Request,
    page: HasPage,
    services: HasServices,
    visitor: HasVisitor,
    origin: HasOrigin,
    form: PageForm,
) -> Response:
    """A new session; a failed attempt shows the form again and counts towards the limits."""
    email, onward = str(form.get("email", "")), str(form.get("next", ""))
    try:
        actor, secret = let_in(services, request, email, str(form.get("password", "")), origin)
    except (WrongSignIn, TooManyAttempts, DoorClosed) as refusal:
        status = 401 if isinstance(refusal, WrongSignIn) else 429
        shown = sign_in_page(page, email=email, onward=onward, error=refusal.text)
        return HTMLResponse(shown, status)
    return entered(services, page, visitor, actor, secret, onward)


def let_in(
    services: Services, request: Request, email: str, password: str, origin: Origin
) -> tuple[Actor, str]:
    """Who the address and password open, and the secret of their new session; raises
    `WrongSignIn`, `TooManyAttempts` or `DoorClosed`."""
    now = services.rules.now()
    host = request.client.host if request.client else ""
    wait = services.attempts.take(host, email.strip().lower())
    if wait:
        raise TooManyAttempts(wait)
    with services.databases.writing(None) as session:
        attempt = sign_ins.begin(session, services.seal, email, "password", origin, now)
    if attempt.is_locked:
        raise DoorClosed
    with services.databases.writing(None) as session:
        actor = accounts.check_password(session, email, password)
        sign_ins.succeed(session, attempt)
        return actor, sessions.start(session, actor, origin.device)


def entered(
    services: Services,
    page: Page,
    visitor: Visitor,
    actor: Actor,
    secret: str,
    onward: str = "",
) -> RedirectResponse:
    """On to where the person was going, with the new session's cookie; the old one has ended."""
    end_session(services, visitor)
    target = onward if is_local(onward) else address(page.language, START.get(actor.role, "/"))
    answer = RedirectResponse(target, 303)
    set_cookie(services, answer, secret)
    return answer


def end_session(services: Services, visitor: Visitor) -> None:
    if visitor.session_secret is not None:
        with services.databases.writing(None) as session:
            sessions.end(session, visitor.session_secret)


def set_cookie(services: Services, answer: Response, secret: str) -> None:
    answer.set_cookie(
        services.cookie,
        secret,
        httponly=True,
        secure=services.is_secure,
        samesite="lax",
        path="/",
    )


def is_local(path: str) -> bool:
    """Whether an address leads to one of our own pages."""
    return path.startswith("/") and not path.startswith(("//", "/\\"))


@router.post("/sign-out")
def sign_out(
    page: HasPage, services: HasServices, visitor: HasVisitor, form: PageForm
) -> RedirectResponse:
    end_session(services, visitor)
    answer = RedirectResponse(address(page.language, "/"), 303)
    answer.delete_cookie(services.cookie, path="/", secure=services.is_secure, httponly=True)
    return answer
