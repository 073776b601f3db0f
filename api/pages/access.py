"""Who may see registered values and what they have seen: requests, terms, and the log."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import (
    HasLanguage,
    HasNames,
    HasPage,
    HasServices,
    HasVisitor,
    PageForm,
    Services,
    sign_in_first,
)
from api.pages.admin.access import PageNumber, one_line
from api.pages.workspace import PRIVATE, HasReader
from api.problems import status_of
from catalogue.access import access_letters, access_requests, investors, registered_views
from catalogue.access.investors import Terms
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NotAllowed, NotPossible
from catalogue.forms.form_texts import day
from catalogue.tables import registered_view
from catalogue.values import BadValue
from frontend.access import (
    INVESTORS,
    REQUESTS,
    VIEWS,
    Refusal,
    Views,
    investor_page,
    queue_page,
    request_page,
    views_page,
)
from frontend.rendering import Page, address
from geo.texts import Text

router = APIRouter(include_in_schema=False)
Number = Annotated[int, Path(ge=1, le=2**31)]
VIEWS_A_PAGE = 100
DECIDERS = frozenset({"project", "admin"})


def get_decider(request: Request, visitor: HasVisitor, language: HasLanguage) -> Actor:
    """The project office or an administrator; others are refused."""
    if visitor.actor is None:
        raise sign_in_first(request, language)
    if visitor.actor.role not in DECIDERS:
        raise NotAllowed(
            Text("Sidan är för projektkontoret.", "The page is for the project office.")
        )
    return visitor.actor


HasDecider = Annotated[Actor, Depends(get_decider)]


@router.get(REQUESTS)
def show_queue(
    page: HasPage, services: HasServices, decider: HasDecider, done: str = ""
) -> HTMLResponse:
    """What waits for a decision, and who has access."""
    with services.databases.writing(decider) as session:
        waiting = access_requests.confirmed(session, "waiting")
        refused = access_requests.confirmed(session, "refused")
        readers = investors.investors(session)
    shown = queue_page(page, waiting, refused, readers, done=done)
    return HTMLResponse(shown, headers=PRIVATE)


@router.get(REQUESTS + "/{number}")
def show_request(
    number: Number, page: HasPage, services: HasServices, decider: HasDecider
) -> HTMLResponse:
    last = services.rules.today + timedelta(days=services.settings.access_days)
    return request_answer(page, services, decider, number, {"expires_on": last.isoformat()})


@router.post(REQUESTS + "/{number}")
def decide_request(
    number: Number, page: HasPage, services: HasServices, decider: HasDecider, form: PageForm
) -> Response:
    """Approved on terms, or refused with a reason; or the page again with what is in the way."""
    typed = {name: str(form.get(name, "")) for name in ("nda_reference", "reason")}
    typed |= {name: one_line(form, name) for name in ("expires_on", "nda_on", "do")}
    rules = services.rules
    try:
        with services.databases.writing(decider) as session:
            if typed["do"] == "refuse":
                access_requests.refuse(session, decider, number, typed["reason"], rules)
            else:
                access_requests.approve(session, decider, number, read_terms(typed), rules)
    except (Invalid, NotPossible) as refusal:
        return request_answer(page, services, decider, number, typed, refusal)
    done = "refused" if typed["do"] == "refuse" else "approved"
    return RedirectResponse(address(page.language, REQUESTS, done=done), 303)


def request_answer(
    page: Page,
    services: Services,
    decider: Actor,
    number: int,
    typed: Mapping[str, str],
    refusal: Invalid | NotPossible | None = None,
) -> HTMLResponse:
    with services.databases.writing(decider) as session:
        asked = access_requests.find(session, number)
    said = refused(refusal)
    status = status_of(refusal) if refusal else 200
    return HTMLResponse(request_page(page, asked, typed, said), status, headers=PRIVATE)


def refused(refusal: Invalid | NotPossible | None) -> Refusal:
    if refusal is None:
        return Refusal()
    return Refusal(refusal.text, refusal.faults if isinstance(refusal, Invalid) else ())


def read_terms(typed: Mapping[str, str]) -> Terms:
    """Raises `Invalid` for days that are none."""
    found, faults = {}, []
    for name in ("expires_on", "nda_on"):
        try:
            found[name] = day(typed[name]) if typed[name].strip() else None
        except BadValue as refusal:
            faults.append(Fault(name, refusal.text))
    last = found.get("expires_on")
    if last is None and not faults:
        faults.append(Fault("expires_on", Text("Välj sista dagen.", "Choose the last day.")))
    if faults or last is None:
        raise Invalid(faults)
    reference = " ".join(typed["nda_reference"].split())
    return Terms(expires_on=last, nda_on=found["nda_on"], nda_reference=reference)


@router.get(INVESTORS + "/{number}")
def show_investor(
    number: Number, page: HasPage, services: HasServices, decider: HasDecider, done: str = ""
) -> HTMLResponse:
    with services.databases.writing(decider) as session:
        found = investors.find(session, number)
        held = [registered_view.c.account_id == number]
        latest = registered_views.chosen(session, held, limit=10)
    return HTMLResponse(investor_page(page, found, latest, done=done), headers=PRIVATE)


@router.post(INVESTORS + "/{number}")
def change_investor(
    number: Number, page: HasPage, services: HasServices, decider: HasDecider, form: PageForm
) -> Response:
    """Renewed on new terms, or revoked at once."""
    typed = {name: one_line(form, name) for name in ("expires_on", "nda_on", "nda_reference")}
    is_revoked = one_line(form, "do") == "revoke"
    try:
        with services.databases.writing(decider) as session:
            if is_revoked:
                gone = investors.revoke(session, number)
                access_letters.tell_revoked(session, gone.email, gone.language, decider.email)
            else:
                investors.renew(session, decider, number, read_terms(typed), services.rules)
    except Invalid as refusal:
        with services.databases.writing(decider) as session:
            found = investors.find(session, number)
        shown = investor_page(page, found, [], typed=typed, refusal=refused(refusal))
        return HTMLResponse(shown, 422, headers=PRIVATE)
    done = "revoked" if is_revoked else "renewed"
    return RedirectResponse(address(page.language, f"{INVESTORS}/{number}", done=done), 303)


@router.get(VIEWS)
def show_views(
    page: HasPage,
    services: HasServices,
    reader: HasReader,
    names: HasNames,
    account: Annotated[int, Query(ge=0, le=2**31)] = 0,
    reference: Annotated[str, Query(max_length=40)] = "",
    number: PageNumber = 1,
) -> HTMLResponse:
    """Who has seen registered values of one's own sites, or of all for the project."""
    held = [registered_view.c.account_id == account] if account else []
    if reference:
        held.append(registered_view.c.sites.contains([reference]))
    with services.databases.writing(reader) as session:
        total = registered_views.count(session, held)
        found = registered_views.chosen(
            session, held, limit=VIEWS_A_PAGE, offset=(number - 1) * VIEWS_A_PAGE
        )
    views = Views(
        views=found,
        names=names,
        account=account,
        reference=reference,
        number=number,
        size=VIEWS_A_PAGE,
        total=total,
        days=services.settings.view_log_days,
        may_decide=reader.role in DECIDERS,
    )
    return HTMLResponse(views_page(page, views), headers=PRIVATE)
