"""Turning the second factor on and off."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasOrigin, HasPage, HasServices, PageForm, Services
from api.pages.account import HasHolder, Holder, check_again, security
from api.pages.sign_in import PERSONAL, set_cookie
from catalogue.accounts import second_factors, sessions
from catalogue.errors import Fault, Invalid
from frontend import second_factor as pages
from frontend.rendering import Page, address

router = APIRouter(include_in_schema=False)


@router.get("/account/second-factor")
def show_enrolment(holder: HasHolder, page: HasPage, services: HasServices) -> Response:
    """A new secret to put into an app; where one is on already, what is known of it."""
    with services.databases.writing(holder.actor) as session:
        standing = second_factors.standing(session, holder.actor)
    if standing.since:
        return RedirectResponse(address(page.language, "/account/security"), 303)
    sealed = second_factors.new_secret(services.seal, holder.actor, services.rules.now())
    return enrolling(holder, page, services, sealed)


def enrolling(
    holder: Holder, page: Page, services: Services, sealed: str, fault: Fault | None = None
) -> HTMLResponse:
    now = services.rules.now()
    secret = second_factors.shown(services.seal, holder.actor, sealed, now)
    shown = pages.enrolment_page(
        page,
        secret=secret,
        sealed=sealed,
        uri=second_factors.address(secret, holder.actor),
        is_required=holder.actor.role in services.settings.roles_with_second_factor,
        error=fault.text if fault else None,
    )
    return HTMLResponse(shown, 422 if fault else 200, headers=PERSONAL)


@router.post("/account/second-factor")
def enrol(
    holder: HasHolder, page: HasPage, services: HasServices, origin: HasOrigin, form: PageForm
) -> Response:
    """On from now; the other sessions, opened without it, end, and this one gets a new secret."""
    sealed, code = str(form.get("sealed", "")), str(form.get("code", ""))
    now = services.rules.now()
    secret = second_factors.shown(services.seal, holder.actor, sealed, now)
    try:
        check_again(services, holder.actor, "code")
        with services.databases.writing(holder.actor) as session:
            codes = second_factors.confirm(session, services.seal, holder.actor, secret, code, now)
            opened = sessions.renew(session, holder.actor, origin.device, is_strong=True)
    except Invalid as refusal:
        return enrolling(holder, page, services, sealed, refusal.faults[0])
    answer = HTMLResponse(pages.codes_page(page, codes), headers=PERSONAL)
    set_cookie(services, answer, opened)
    return answer


@router.post("/account/second-factor/change")
def change(
    holder: HasHolder, page: HasPage, services: HasServices, origin: HasOrigin, form: PageForm
) -> Response:
    """New recovery codes, or off; either for the password, so that a session left open is not
    enough. When it is turned off, the other sessions end and this one gets a new secret."""
    actor, is_off = holder.actor, str(form.get("do", "")) == "off"
    codes: list[str] = []
    opened = ""
    try:
        check_again(services, actor, "factor_proof")
        with services.databases.writing(actor) as session:
            second_factors.prove(
                session,
                services.seal,
                actor,
                str(form.get("factor_proof", "")),
                services.rules.now(),
            )
            if is_off:
                second_factors.remove(session, actor)
                opened = sessions.renew(session, actor, origin.device, is_strong=False)
            else:
                codes = second_factors.renew_codes(session, actor)
    except Invalid as refusal:
        return security(holder, page, services, refusal.faults)
    if not is_off:
        return HTMLResponse(pages.codes_page(page, codes), headers=PERSONAL)
    answer = RedirectResponse(address(page.language, "/account/security", saved="factor-off"), 303)
    set_cookie(services, answer, opened)
    return answer
