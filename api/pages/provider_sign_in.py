"""Signing in with another service: there, and back."""

import logging
from dataclasses import replace
from datetime import timedelta
from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import openid
from api.context import HasOrigin, HasPage, HasServices, HasVisitor, Services
from api.openid import Begun, Exchange, ProviderFailed
from api.pages.sign_in import Opened, entered, second_step, shown_sign_in
from catalogue.accounts import identities, identity_providers, second_factors, sessions, sign_ins
from catalogue.accounts.identities import IdentityRefused
from catalogue.accounts.identity_providers import IdentityProvider
from catalogue.accounts.sealing import Unsealable
from catalogue.accounts.sign_ins import Origin
from frontend.rendering import Page
from frontend.sign_in import signed_out_page

router = APIRouter(include_in_schema=False)

COOKIE = "provider_sign_in"
LIFE = timedelta(minutes=10)
"""For whatever the other service asks of the person."""
log = logging.getLogger("sitefinder")


def exchange_with(services: Services, provider: IdentityProvider) -> Exchange:
    path = f"/sign-in/provider/{provider.id}/callback"
    return Exchange(
        provider,
        services.seal.opened(provider.client_secret),
        services.settings.visited_at + path,
    )


def provider_of(services: Services, number: int) -> IdentityProvider:
    with services.databases.writing(None) as session:
        return identity_providers.find_offered(session, number)


@router.get("/sign-in/provider/{number}")
def leave(
    number: int,
    page: HasPage,
    services: HasServices,
    onward: Annotated[str, Query(alias="next", max_length=2_000)] = "",
) -> Response:
    """To the other service; what this browser has begun is sealed in its cookie."""
    provider = provider_of(services, number)
    begun = openid.begin(provider, onward, page.language)
    try:
        target = exchange_with(services, provider).address(begun)
    except ProviderFailed as failure:
        log.warning("Sign-in with %s: %s", provider.label, failure.why)
        return HTMLResponse(shown_sign_in(services, page, onward, failure.text), 502)
    answer = RedirectResponse(target, 303, headers={"Cache-Control": "no-store"})
    answer.set_cookie(
        COOKIE,
        services.seal.closed(begun.model_dump_json(), services.rules.now()),
        max_age=int(LIFE.total_seconds()),
        httponly=True,
        secure=services.is_secure,
        samesite="lax",
        path="/sign-in/provider",
    )
    return answer


@router.get("/sign-in/provider/{number}/callback")
def come_back(
    number: int,
    request: Request,
    page: HasPage,
    services: HasServices,
    visitor: HasVisitor,
    origin: HasOrigin,
) -> Response:
    """From the other service: signed in, or the sign-in page with why not."""
    provider = provider_of(services, number)
    onward = ""
    try:
        begun = begun_here(request, services, provider)
        page, onward = in_language(page, begun), begun.onward
        opened = let_in(services, provider, begun, request.query_params.get("code", ""), origin)
    except (ProviderFailed, IdentityRefused) as refusal:
        if isinstance(refusal, ProviderFailed):
            log.warning("Sign-in with %s: %s", provider.label, refusal.why)
        answer: Response = HTMLResponse(shown_sign_in(services, page, onward, refusal.text), 403)
    else:
        if opened.is_pending:
            answer = second_step(services, page, visitor, opened, onward)
        else:
            answer = entered(services, page, visitor, opened.actor, opened.secret, onward)
    answer.delete_cookie(COOKIE, path="/sign-in/provider")
    return answer


def begun_here(request: Request, services: Services, provider: IdentityProvider) -> Begun:
    """What this browser began with this provider; raises `ProviderFailed` for anything else."""
    asked = request.query_params
    try:
        sealed = services.seal.opened_within(
            request.cookies.get(COOKIE, ""), LIFE, services.rules.now()
        )
    except Unsealable as failure:
        raise ProviderFailed("nothing was begun in this browser") from failure
    begun = Begun.model_validate_json(sealed)
    if begun.provider != provider.id or not compare_digest(
        begun.state.encode(), asked.get("state", "").encode()
    ):
        raise ProviderFailed("the state is another")
    if asked.get("iss", provider.issuer) != provider.issuer:
        raise ProviderFailed("the answer is from another issuer")
    if "code" not in asked:
        raise ProviderFailed(f"the provider said {asked.get('error', 'nothing')[:80]}")
    return begun


def in_language(page: Page, begun: Begun) -> Page:
    """The way back has one address; the reader's language comes from where it began."""
    return replace(page, language="en" if begun.language == "en" else "sv")


def let_in(
    services: Services, provider: IdentityProvider, begun: Begun, code: str, origin: Origin
) -> Opened:
    """Raises `ProviderFailed` or `IdentityRefused`."""
    now = services.rules.now()
    claims = exchange_with(services, provider).claims(begun, code, now)
    with services.databases.writing(None) as session:
        actor = identities.enter(session, provider, claims, now)
    is_strong = provider.asks_second_factor
    with services.databases.writing(actor) as session:
        is_on = second_factors.standing(session, actor).since is not None
    is_pending = is_on and not is_strong
    with services.databases.writing(None) as session:
        if not is_pending:
            sign_ins.note_success(session, services.seal, actor, "provider", origin, now)
        secret = sessions.start(
            session,
            actor,
            origin.device,
            is_pending=is_pending,
            is_strong=is_strong,
            provider_id=provider.id,
        )
    return Opened(actor, secret, is_pending)


@router.get("/sign-out/provider/{number}")
def signed_out(number: int, page: HasPage, services: HasServices) -> HTMLResponse:
    """Signed out here; a link leads on to the other service's own sign-out, if it has one.

    A link, since the page's policy keeps a form from leading to another host.
    """
    provider = provider_of(services, number)
    try:
        target = exchange_with(services, provider).end_address(services.settings.visited_at)
    except ProviderFailed as failure:
        log.warning("Sign-out with %s: %s", provider.label, failure.why)
        target = ""
    return HTMLResponse(signed_out_page(page, provider.label, target))
