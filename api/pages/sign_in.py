"""Signing in and out."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasOrigin, HasPage, HasServices, HasVisitor, PageForm, Services, Visitor
from catalogue.accounts import accounts, identity_providers, second_factors, sessions, sign_ins
from catalogue.accounts.second_factors import WrongCode
from catalogue.accounts.sign_ins import DoorClosed, Origin
from catalogue.database import Actor
from catalogue.errors import TooManyAttempts, WrongSignIn
from frontend.rendering import Page, address
from frontend.second_factor import code_page
from frontend.sign_in import sign_in_page
from geo.texts import Text

router = APIRouter(include_in_schema=False)

START = {
    "editor": "/workspace",
    "publisher": "/workspace",
    "project": "/progress",
    "admin": "/admin",
}
PERSONAL = {"Cache-Control": "private, no-store", "Referrer-Policy": "same-origin"}
"""For pages whose address or content is a secret of one person's. `no-referrer` would hide the
origin of their own forms too, which are then refused."""


@router.get("/sign-in")
def show_sign_in(
    page: HasPage, services: HasServices, onward: Annotated[str, Query(alias="next")] = ""
) -> HTMLResponse:
    return HTMLResponse(shown_sign_in(services, page, onward))


def shown_sign_in(
    services: Services, page: Page, onward: str, error: Text | None = None, email: str = ""
) -> str:
    """The form, with the other services that open the door here."""
    with services.databases.writing(None) as session:
        offered = identity_providers.offered(session)
    return sign_in_page(page, email=email, onward=onward, error=error, providers=offered)


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
        found = let_in(services, request, email, str(form.get("password", "")), origin)
    except (WrongSignIn, TooManyAttempts, DoorClosed) as refusal:
        status = 401 if isinstance(refusal, WrongSignIn) else 429
        shown = shown_sign_in(services, page, onward, refusal.text, email)
        return HTMLResponse(shown, status)
    if found.is_pending:
        return second_step(services, page, visitor, found, onward)
    return entered(services, page, visitor, found.actor, found.secret, onward)


@dataclass(frozen=True)
class Opened:
    """A session that has just been opened, perhaps up to the second factor only."""

    actor: Actor
    secret: str
    is_pending: bool


def second_step(
    services: Services, page: Page, visitor: Visitor, opened: Opened, onward: str
) -> RedirectResponse:
    """On to the code, with the pending session's cookie."""
    end_session(services, visitor)
    answer = RedirectResponse(address(page.language, "/sign-in/code", next=onward or None), 303)
    set_cookie(services, answer, opened.secret)
    return answer


def let_in(
    services: Services, request: Request, email: str, password: str, origin: Origin
) -> Opened:
    """What the address and password open; raises `WrongSignIn`, `TooManyAttempts` or
    `DoorClosed`."""
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
    with services.databases.writing(actor) as session:
        is_pending = second_factors.standing(session, actor).since is not None
    with services.databases.writing(None) as session:
        settle = sign_ins.carry_on if is_pending else sign_ins.succeed
        settle(session, attempt)
        secret = sessions.start(session, actor, origin.device, is_pending=is_pending)
    return Opened(actor, secret, is_pending)


@router.get("/sign-in/code")
def show_code(
    request: Request,
    page: HasPage,
    services: HasServices,
    onward: Annotated[str, Query(alias="next")] = "",
) -> Response:
    if waiting(request, services) is None:
        return RedirectResponse(address(page.language, "/sign-in", next=onward or None), 303)
    return HTMLResponse(code_page(page, onward=onward), headers=PERSONAL)


@router.post("/sign-in/code")
def enter_code(
    request: Request,
    page: HasPage,
    services: HasServices,
    visitor: HasVisitor,
    origin: HasOrigin,
    form: PageForm,
) -> Response:
    """The second step: the pending session gives way to one that opens the account."""
    onward = str(form.get("next", ""))
    actor = waiting(request, services)
    if actor is None:
        return RedirectResponse(address(page.language, "/sign-in", next=onward or None), 303)
    try:
        secret = take_code(services, request, actor, str(form.get("code", "")), origin)
    except (WrongCode, TooManyAttempts, DoorClosed) as refusal:
        status = 401 if isinstance(refusal, WrongCode) else 429
        shown = code_page(page, onward=onward, error=refusal.text)
        return HTMLResponse(shown, status, headers=PERSONAL)
    return entered(services, page, visitor, actor, secret, onward)


def waiting(request: Request, services: Services) -> Actor | None:
    """Who has come as far as the second step in this browser."""
    secret = request.cookies.get(services.cookie, "")
    with services.databases.writing(None) as session:
        return sessions.pending(session, secret, services.rules.now())


def take_code(services: Services, request: Request, actor: Actor, code: str, origin: Origin) -> str:
    """The new session's secret; raises `WrongCode`, `TooManyAttempts` or `DoorClosed`."""
    now = services.rules.now()
    wait = services.attempts.take("code", str(actor.account_id))
    if wait:
        raise TooManyAttempts(wait)
    with services.databases.writing(None) as session:
        attempt = sign_ins.begin(session, services.seal, actor.email, "second_factor", origin, now)
    if attempt.is_locked:
        raise DoorClosed
    with services.databases.writing(actor) as session:
        second_factors.check(session, services.seal, actor, code, now)
    with services.databases.writing(None) as session:
        sign_ins.succeed(session, attempt)
        sessions.end(session, request.cookies.get(services.cookie, ""))
        return sessions.start(session, actor, origin.device, is_strong=True)


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


def end_session(services: Services, visitor: Visitor) -> int | None:
    """The number of the identity provider it was opened by, if it was."""
    if visitor.session_secret is None:
        return None
    with services.databases.writing(None) as session:
        return sessions.end(session, visitor.session_secret)


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
    provider = end_session(services, visitor)
    onward = f"/sign-out/provider/{provider}" if provider else "/"
    answer = RedirectResponse(address(page.language, onward), 303)
    answer.delete_cookie(services.cookie, path="/", secure=services.is_secure, httponly=True)
    return answer
