"""Alerts for anybody: asked for at a search, confirmed and ended through letters."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasNames, HasPage, HasServices, HasVisitor, PageForm, Services
from api.open_forms import slow_down
from api.pages.workspace import PRIVATE, texts_of
from catalogue.alerts import alerts, sightings
from catalogue.errors import Fault, Invalid, TooManyAttempts
from catalogue.forms.form_texts import first
from catalogue.open_forms import TRAP
from catalogue.search.filters import SiteFilter, parse
from catalogue.search.saved_searches import LONGEST_QUERY, read_query
from frontend.alerts import Draft, alert_page, asked_page, confirm_page, end_page
from frontend.rendering import address
from frontend.saved_searches import new_search

router = APIRouter(prefix="/alerts", include_in_schema=False)
Token = Annotated[str, Path(max_length=100)]
BESIDE = frozenset({"sort", "limit", "offset", "format"})
"""Parameters of a search that are not conditions."""


@router.get("/new")
def show_form(
    request: Request,
    page: HasPage,
    services: HasServices,
    visitor: HasVisitor,
    names: HasNames,
) -> HTMLResponse:
    """The form for the search in the address; without a condition, for every site."""
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] not in BESIDE]
    email = visitor.actor.email if visitor.actor else ""
    draft = Draft(
        search=new_search(parse(pairs, names), names, page.language),
        opened=services.guard.opened(),
        email=email,
    )
    return HTMLResponse(alert_page(page, draft), headers=PRIVATE)


@router.post("/new")
def ask_for_alert(
    request: Request,
    page: HasPage,
    services: HasServices,
    names: HasNames,
    form: PageForm,
) -> Response:
    """A letter to confirm it by, whoever asks; who fills the trap is thanked and nothing is kept."""
    texts = texts_of(form)
    sent = {name: first(texts, name) for name in texts}
    wanted_sites = read_query(sent.get("query", "")[:LONGEST_QUERY], names)
    said = new_search(wanted_sites, names, page.language)
    try:
        wanted = alerts.read_wanted(
            sent.get("email", ""),
            sent.get("frequency", ""),
            name=said.name,
            query=said.query,
            language=page.language,
        )
        services.guard.opened_at(sent)
        slow_down(services, request, wanted.email)
    except (Invalid, TooManyAttempts) as refusal:
        draft = Draft(
            search=said,
            opened=services.guard.opened(),
            email=sent.get("email", ""),
            frequency=sent.get("frequency", ""),
            faults=refusal.faults if isinstance(refusal, Invalid) else [Fault("", refusal.text)],
            refusal=refusal.text,
        )
        status = 429 if isinstance(refusal, TooManyAttempts) else 422
        return HTMLResponse(alert_page(page, draft), status, headers=PRIVATE)
    if not sent.get(TRAP):
        keep(services, wanted, wanted_sites)
    return RedirectResponse(address(page.language, "/alerts/asked"), 303)


def keep(services: Services, wanted: alerts.Wanted, wanted_sites: SiteFilter) -> None:
    with services.databases.reading("public") as reading:
        state = sightings.look(reading, wanted_sites)
    with services.databases.writing(None) as session:
        alerts.ask(session, wanted, state, services.rules, services.settings.unconfirmed_days)


@router.get("/asked")
def show_asked(page: HasPage) -> HTMLResponse:
    return HTMLResponse(asked_page(page))


@router.get("/confirm/{token}")
def ask_to_confirm(token: Token, page: HasPage) -> HTMLResponse:
    """A button, since mail programs open links by themselves."""
    return HTMLResponse(confirm_page(page, token))


@router.post("/confirm/{token}")
def confirm_alert(
    token: Token, page: HasPage, services: HasServices, form: PageForm
) -> HTMLResponse:
    with services.databases.writing(None) as session:
        days = services.settings.unconfirmed_days
        query = alerts.confirm(session, token, services.rules, days)
    return HTMLResponse(confirm_page(page, "", query))


@router.get("/end/{token}")
def ask_to_end(token: Token, page: HasPage) -> HTMLResponse:
    return HTMLResponse(end_page(page, token))


@router.post("/end/{token}")
def end_alert(token: Token, page: HasPage, services: HasServices, form: PageForm) -> HTMLResponse:
    """By the page's button, or by a mail program's own (RFC 8058): neither needs a cookie."""
    with services.databases.writing(None) as session:
        alerts.end(session, token)
    return HTMLResponse(end_page(page, ""))
