"""An account's own pages: its details, its security, its tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import (
    HasLanguage,
    HasPage,
    HasServices,
    HasVisitor,
    PageForm,
    Services,
    sign_in_first,
)
from api.pages.sign_in import PERSONAL
from catalogue.access import investors
from catalogue.accounts import accounts, password_resets, second_factors, sessions, sign_ins, tokens
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid
from frontend import account as pages
from frontend.rendering import Page, address
from geo.texts import Text

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Holder:
    """Whoever has signed in here; a token, whatever its scope, does not manage its account."""

    actor: Actor
    secret: str
    """The session's."""


def get_holder(request: Request, visitor: HasVisitor, language: HasLanguage) -> Holder:
    if visitor.actor is None or visitor.session_secret is None:
        raise sign_in_first(request, language)
    return Holder(visitor.actor, visitor.session_secret)


HasHolder = Annotated[Holder, Depends(get_holder)]


@router.get("/account")
def show_account(
    holder: HasHolder, page: HasPage, services: HasServices, saved: str = ""
) -> HTMLResponse:
    with services.databases.writing(holder.actor) as session:
        row = accounts.details(session, holder.actor)
        last_day = investors.last_day(session, holder.actor)
    shown = pages.details_page(
        page, row["name"], row["language"], last_day=last_day, is_saved=saved == "details"
    )
    return HTMLResponse(shown, headers=PERSONAL)


@router.post("/account")
def change_account(
    holder: HasHolder, page: HasPage, services: HasServices, form: PageForm
) -> Response:
    """The name and the language; the role and the municipality are an administrator's to change."""
    name, language = str(form.get("name", "")), str(form.get("language", ""))
    try:
        with services.databases.writing(holder.actor) as session:
            accounts.change_details(session, holder.actor, name, language)
    except Invalid as refusal:
        with services.databases.writing(holder.actor) as session:
            last_day = investors.last_day(session, holder.actor)
        shown = pages.details_page(page, name, language, refusal.faults, last_day=last_day)
        return HTMLResponse(shown, 422, headers=PERSONAL)
    return RedirectResponse(address(page.language, "/account", saved="details"), 303)


@router.get("/account/security")
def show_security(
    holder: HasHolder, page: HasPage, services: HasServices, saved: str = ""
) -> HTMLResponse:
    return security(holder, page, services, saved=saved)


def security(
    holder: Holder,
    page: Page,
    services: Services,
    faults: Sequence[Fault] = (),
    saved: str = "",
) -> HTMLResponse:
    actor = holder.actor
    with services.databases.writing(actor) as session:
        found = pages.Security(
            has_password=accounts.details(session, actor)["password_hash"] is not None,
            factor=second_factors.standing(session, actor),
            is_factor_required=actor.role in services.settings.roles_with_second_factor,
            sessions=sessions.opened(
                session, actor, holder.secret, services.rules.now(), services.session_life
            ),
            events=sign_ins.latest(session, actor.account_id),
            kept_days=services.settings.sign_in_events_days,
        )
    shown = pages.security_page(page, found, faults, saved)
    return HTMLResponse(shown, 422 if faults else 200, headers=PERSONAL)


@router.post("/account/password")
def change_password(
    holder: HasHolder, page: HasPage, services: HasServices, form: PageForm
) -> Response:
    """The other sessions end, and a letter says so."""
    old, new = str(form.get("old_password", "")), str(form.get("password", ""))
    try:
        check_again(services, holder.actor, "old_password")
        with services.databases.writing(holder.actor) as session:
            password_resets.change(session, holder.actor, old, new, this=holder.secret)
    except Invalid as refusal:
        return security(holder, page, services, refusal.faults)
    return RedirectResponse(address(page.language, "/account/security", saved="password"), 303)


def check_again(services: Services, actor: Actor, where: str) -> None:
    """A stolen session is not to be used for guessing; raises `Invalid` in the field `where`."""
    if services.attempts.take("password", str(actor.account_id)):
        said = Text(
            "För många försök. Vänta en minut och försök igen.",
            "Too many attempts. Wait a minute and try again.",
        )
        raise Invalid([Fault(where, said)])


@router.post("/account/sessions")
def end_sessions(
    holder: HasHolder, page: HasPage, services: HasServices, form: PageForm
) -> RedirectResponse:
    """One of them, or all but this."""
    number = str(form.get("number", ""))
    with services.databases.writing(holder.actor) as session:
        if number.isdecimal():
            sessions.end_one(session, holder.actor, int(number[:18]))
        else:
            sessions.end_all(session, holder.actor.account_id, but=holder.secret)
    return RedirectResponse(address(page.language, "/account/security", saved="sessions"), 303)


@router.get("/account/tokens")
def show_tokens(
    holder: HasHolder, page: HasPage, services: HasServices, saved: str = ""
) -> HTMLResponse:
    return listed_tokens(holder, page, services, pages.TokenForm(is_revoked=saved == "revoked"))


@router.post("/account/tokens")
def add_token(
    holder: HasHolder, page: HasPage, services: HasServices, form: PageForm
) -> HTMLResponse:
    """The secret is in this answer and nowhere else."""
    values = {key: str(form.get(key, "")) for key in pages.TOKEN_KEYS}
    try:
        with services.databases.writing(holder.actor) as session:
            secret = tokens.add_own(session, holder.actor, now=services.rules.now(), **values)
    except Invalid as refusal:
        again = pages.TokenForm(values=values, faults=refusal.faults)
        return listed_tokens(holder, page, services, again, 422)
    return listed_tokens(holder, page, services, pages.TokenForm(secret=secret))


@router.post("/account/tokens/{number}/revoke")
def revoke_token(
    number: int, holder: HasHolder, page: HasPage, services: HasServices, form: PageForm
) -> RedirectResponse:
    with services.databases.writing(holder.actor) as session:
        tokens.revoke(session, number, of=holder.actor)
    return RedirectResponse(address(page.language, "/account/tokens", saved="revoked"), 303)


def listed_tokens(
    holder: Holder, page: Page, services: Services, form: pages.TokenForm, status: int = 200
) -> HTMLResponse:
    with services.databases.writing(holder.actor) as session:
        rows = tokens.of_account(session, holder.actor.email)
    shown = pages.tokens_page(page, rows, form, services.rules.now())
    return HTMLResponse(shown, status, headers=PERSONAL)
