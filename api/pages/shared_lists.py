"""Shortlists shared by a link: made by anybody, seen by whoever holds the link, taken back."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.backdrop import HasBackdrop
from api.comparisons import comparison_answer
from api.context import (
    Attempts,
    HasPage,
    HasServices,
    HasVisitor,
    PageForm,
    Services,
)
from api.pages.account_searches import HasReader, Number
from api.pages.workspace import texts_of
from catalogue.accounts.accounts import hashed
from catalogue.comparisons import shared_lists
from catalogue.comparisons.chosen_sites import MOST_LISTED, choose, side_by_side
from catalogue.comparisons.shared_list_input import (
    LONGEST_PASSWORD,
    may_show_registered,
    read_audience,
    read_wish,
)
from catalogue.comparisons.shared_lists import token_of
from catalogue.errors import Fault, Invalid, TooManyAttempts
from catalogue.forms.form_texts import Texts
from frontend.rendering import Page, address
from frontend.shared_lists import (
    SHARED_PATH,
    Draft,
    managed_page,
    own_page,
    password_page,
    share_page,
    shared_page,
)

router = APIRouter(include_in_schema=False)

Token = Annotated[str, Path(max_length=100)]
PRIVATE = {"Cache-Control": "private, no-store"}
COOKIE_LENGTH = 16


def slow_down(attempts: Attempts, request: Request, *what: str) -> None:
    """Raises `TooManyAttempts`."""
    who = request.client.host if request.client else ""
    if wait := attempts.take("shared", who, *what):
        raise TooManyAttempts(wait)


def drafted(
    page: Page, services: Services, texts: Texts, faults: Sequence[Fault] = ()
) -> HTMLResponse:
    """The form about the sites of a shortlist, as far as everybody may see them."""
    with services.databases.reading("public") as session:
        found = choose(session, texts.get("reference", ()), "public", MOST_LISTED)
    draft = Draft(features=found.features, texts=texts, faults=[*found.faults, *faults])
    status = 422 if faults else 200
    return HTMLResponse(share_page(page, draft, services.rules.today), status, PRIVATE)


@router.get("/shared/new")
def show_form(
    page: HasPage,
    services: HasServices,
    reference: Annotated[tuple[str, ...], Query()] = (),
) -> HTMLResponse:
    return drafted(page, services, {"reference": reference})


@router.post("/shared/new")
def show_form_with_notes(page: HasPage, services: HasServices, form: PageForm) -> HTMLResponse:
    """The same with the notes, which only the browser knew until now."""
    return drafted(page, services, texts_of(form))


@router.post("/shared")
def share_list(
    request: Request, page: HasPage, services: HasServices, visitor: HasVisitor, form: PageForm
) -> Response:
    """Kept, and led to the page that manages it; or the form again with what is wrong."""
    texts, actor = texts_of(form), visitor.actor
    audience = read_audience(texts)
    seen = audience if may_show_registered(actor) else "public"
    with services.databases.reading(seen) as session:
        found = choose(session, texts.get("reference", ()), seen, MOST_LISTED)
    try:
        wish = read_wish(texts, found.features, actor, audience)
    except Invalid as refusal:
        return drafted(page, services, texts, refusal.faults)
    slow_down(services.form_attempts, request)
    with services.databases.writing(actor) as session:
        secret = shared_lists.share(session, actor, wish, services.rules.now())
    there = address(page.language, f"/shared/manage/{secret}", new="yes")
    return RedirectResponse(there, 303, PRIVATE)


@router.get("/shared/manage/{secret}")
def show_managed(
    secret: Token, request: Request, page: HasPage, services: HasServices, new: str = ""
) -> HTMLResponse:
    """The link to send, and the way to take it back."""
    slow_down(services.answer_attempts, request)
    with services.databases.writing(None) as session:
        shared = shared_lists.managed(session, secret)
    home = services.settings.visited_at
    link = home + address(page.language, f"/shared/{token_of(secret)}")
    is_over = shared.is_over(services.rules.now())
    content = managed_page(page, shared, link, secret, is_over=is_over, is_new=new == "yes")
    return HTMLResponse(content, headers=PRIVATE)


@router.post("/shared/manage/{secret}/removal")
def take_back(
    secret: Token, request: Request, page: HasPage, services: HasServices, form: PageForm
) -> RedirectResponse:
    """The form holds its proof of origin only."""
    slow_down(services.answer_attempts, request)
    with services.databases.writing(None) as session:
        shared_lists.revoke(session, secret, services.rules.now())
    return RedirectResponse(address(page.language, f"/shared/manage/{secret}"), 303, PRIVATE)


@router.get("/shared/{token}")
def show_shared(
    token: Token,
    request: Request,
    page: HasPage,
    services: HasServices,
    backdrop: HasBackdrop,
    chosen: Annotated[str, Query(alias="format")] = "",
) -> Response:
    """What holds today of the sites, for whoever has the link and, where asked for, the password."""
    slow_down(services.answer_attempts, request)
    with services.databases.writing(None) as session:
        shared = shared_lists.opened(session, token, services.rules.now())
    if not shared_lists.is_proven(request.cookies.get(cookie(token), ""), token, shared):
        return HTMLResponse(password_page(page, shared, token), headers=PRIVATE)
    references = [one.reference for one in shared.items]
    with services.databases.reading(shared.audience) as session:
        found = choose(session, references, shared.audience, MOST_LISTED)
        comparison = side_by_side(session, found.features, shared.audience)
    rules = services.rules
    if chosen:
        return comparison_answer(
            comparison, chosen, language=page.language, rules=rules, headers=PRIVATE
        )
    content = shared_page(page, backdrop, shared, comparison, rules.today, token=token)
    return HTMLResponse(content, headers=PRIVATE)


@router.post("/shared/{token}")
def open_shared(
    token: Token, request: Request, page: HasPage, services: HasServices, form: PageForm
) -> Response:
    """A right password is kept in a cookie for as long as the browser is open."""
    slow_down(services.attempts, request, hashed(token))
    with services.databases.writing(None) as session:
        shared = shared_lists.opened(session, token, services.rules.now())
    if not shared_lists.opens(str(form.get("password", ""))[:LONGEST_PASSWORD], shared):
        return HTMLResponse(password_page(page, shared, token, is_wrong=True), 403, PRIVATE)
    answer = RedirectResponse(address(page.language, f"/shared/{token}"), 303, PRIVATE)
    answer.set_cookie(
        cookie(token),
        shared_lists.proof(token, shared),
        httponly=True,
        secure=services.is_secure,
        samesite="lax",
    )
    return answer


def cookie(token: str) -> str:
    """One for each list; the name tells nothing of the token."""
    return f"shared-{hashed(token)[:COOKIE_LENGTH]}"


@router.get(SHARED_PATH)
def show_own(page: HasPage, services: HasServices, reader: HasReader, done: str = "") -> Response:
    with services.databases.writing(reader) as session:
        lists = shared_lists.own(session, reader)
    over = [one.id for one in lists if one.is_over(services.rules.now())]
    return HTMLResponse(own_page(page, lists, done, over), headers=PRIVATE)


@router.post(f"{SHARED_PATH}/{{number}}/removal")
def take_back_own(
    number: Number, page: HasPage, services: HasServices, reader: HasReader, form: PageForm
) -> RedirectResponse:
    """The form holds its proof of origin only."""
    with services.databases.writing(reader) as session:
        shared_lists.revoke_own(session, reader, number, services.rules.now())
    return RedirectResponse(address(page.language, SHARED_PATH, done="removed"), 303, PRIVATE)
