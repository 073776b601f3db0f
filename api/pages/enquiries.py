"""Enquiries by anybody about sites, and reports of errors in them: the form and what follows it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasNames, HasPage, HasServices, HasVisitor, PageForm, ReadSession
from api.open_forms import slow_down
from api.pages.workspace import PRIVATE, texts_of
from catalogue.enquiries import enquiry_sending
from catalogue.enquiries.enquiry_input import LONGEST_LINE, MOST_SITES, read_wanted
from catalogue.errors import Fault, Invalid, TooManyAttempts
from catalogue.forms.form_texts import first
from frontend.enquiry_form import (
    Draft,
    Letterbox,
    confirm_page,
    confirmed_page,
    enquiry_page,
    sent_page,
)
from frontend.rendering import address

router = APIRouter(prefix="/enquiries", include_in_schema=False)
SIMPLE = (
    "kind", "field", "name", "organisation", "email", "phone", "message", "sector", "size",
    "planned_start", "consent",
)  # fmt: skip
Token = Annotated[str, Path(max_length=100)]
References = Annotated[list[str], Query(max_length=MOST_SITES)]


@router.get("/new")
def show_form(
    page: HasPage,
    services: HasServices,
    visitor: HasVisitor,
    names: HasNames,
    session: ReadSession,
    reference: References,
    kind: str = "enquiry",
    field: Annotated[str, Query(max_length=60)] = "",
    email: Annotated[str, Query(max_length=LONGEST_LINE)] = "",
) -> HTMLResponse:
    """The form about one site or several, with what is known of whoever has signed in."""
    box = Letterbox(
        sites=enquiry_sending.asked_about(session, reference, visitor.audience),
        names=names,
        opened=services.guard.opened(),
        days=services.settings.enquiry_days,
    )
    actor = visitor.actor
    draft = Draft(
        texts={
            "kind": "error" if kind == "error" else "enquiry",
            "field": field,
            "name": actor.name if actor else "",
            "email": actor.email if actor else email,
        },
        chosen=[site.reference for site in box.sites],
    )
    return HTMLResponse(enquiry_page(page, box, draft), headers=PRIVATE)


@router.post("/new")
def send_enquiry(
    request: Request,
    page: HasPage,
    services: HasServices,
    visitor: HasVisitor,
    names: HasNames,
    session: ReadSession,
    form: PageForm,
) -> Response:
    """The enquiry taken in; or the form again, with all that was typed and what is wrong."""
    texts = texts_of(form)
    typed = {name: first(texts, name) for name in SIMPLE}
    sent = {name: first(texts, name) for name in texts}
    chosen = list(texts.get("reference", ()))
    try:
        wanted = read_wanted({**typed, "references": chosen}, services.rules.today, page.language)
        is_suspicious = services.guard.is_suspicious(sent, wanted.message)
        sites = enquiry_sending.asked_about(session, wanted.references, visitor.audience)
        slow_down(services, request, wanted.email)
    except (Invalid, TooManyAttempts) as refusal:
        shown = [*texts.get("offered", ()), *chosen][: 2 * MOST_SITES]
        box = Letterbox(
            sites=enquiry_sending.listed(session, shown, visitor.audience),
            names=names,
            opened=services.guard.opened(),
            days=services.settings.enquiry_days,
        )
        faults = refusal.faults if isinstance(refusal, Invalid) else [Fault("", refusal.text)]
        draft = Draft(texts=typed, chosen=chosen, faults=faults, refusal=refusal.text)
        status = 429 if isinstance(refusal, TooManyAttempts) else 422
        return HTMLResponse(enquiry_page(page, box, draft), status, headers=PRIVATE)
    must_confirm = is_suspicious and visitor.actor is None
    with services.databases.writing(visitor.actor) as writing:
        enquiry_sending.take(writing, wanted, sites, services.rules, must_confirm=must_confirm)
    done = address(
        page.language,
        "/enquiries/sent",
        reference=sites[0].reference,
        kind=wanted.kind,
        confirm="yes" if must_confirm else None,
    )
    return RedirectResponse(done, 303)


@router.get("/sent")
def show_sent(
    page: HasPage,
    session: ReadSession,
    visitor: HasVisitor,
    reference: str,
    kind: str = "",
    confirm: str = "",
) -> HTMLResponse:
    [site] = enquiry_sending.asked_about(session, [reference], visitor.audience)
    shown = sent_page(page, site, is_error=kind == "error", must_confirm=confirm == "yes")
    return HTMLResponse(shown, headers=PRIVATE)


@router.get("/confirm/{token}")
def ask_to_confirm(token: Token, page: HasPage) -> HTMLResponse:
    """A button, since mail programs open links by themselves."""
    return HTMLResponse(confirm_page(page, token))


@router.post("/confirm/{token}")
def confirm_enquiry(
    token: Token, page: HasPage, services: HasServices, form: PageForm
) -> HTMLResponse:
    with services.databases.writing(None) as session:
        days = services.settings.unconfirmed_days
        enquiry_sending.confirm(session, token, services.rules, days)
    return HTMLResponse(confirmed_page(page))
