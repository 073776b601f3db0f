"""The pages of anchoring: all municipalities, one of them with its form, and a reminder to it."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm, Services
from api.pages.progress import Day, HasMember
from api.parameters import refuse_unknown
from api.problems import status_of
from catalogue.anchoring import anchoring, anchoring_letters, meetings
from catalogue.anchoring.anchoring_input import PARTS, read_given
from catalogue.anchoring.anchoring_reminders import remind
from catalogue.anchoring.overview import Town, overview, town
from catalogue.anchoring.people import reached
from catalogue.database import Actor
from catalogue.errors import CatalogueError, Changed, Invalid, NotPossible
from catalogue.hours.hours import end_of, plan_of
from catalogue.progress.progress import read_span
from frontend.anchoring import (
    ANCHORING_PATH,
    LetterForm,
    TownForm,
    TownPage,
    letter_page,
    overview_page,
    past_town_page,
    texts_of,
    town_page,
)
from frontend.rendering import Page, address

router = APIRouter(prefix=ANCHORING_PATH, include_in_schema=False)
PRIVATE = {"Cache-Control": "private, no-store"}


@router.get("")
def show_overview(
    request: Request,
    page: HasPage,
    services: HasServices,
    member: HasMember,
    as_of: Day = "",
) -> HTMLResponse:
    """All municipalities for the project office; for a municipality its own page is the page."""
    refuse_unknown(request, "as_of")
    rules, day = services.rules, day_of(as_of, services)
    with services.databases.writing(member) as session:
        found = overview(session, member, day, rules)
        last_sent = anchoring_letters.last_sent(session) if day == rules.today else {}
    content = overview_page(page, found, last_sent, rules.today)
    return HTMLResponse(content, headers=PRIVATE)


def day_of(as_of: str, services: Services) -> date:
    """Raises `BadParameters`."""
    today = services.rules.today
    return read_span(as_of, "", today, today).as_of


@router.get("/{code}")
def show_town(
    request: Request,
    code: str,
    page: HasPage,
    services: HasServices,
    member: HasMember,
    as_of: Day = "",
    saved: bool = False,
    sent: Annotated[int, Query(ge=0, le=1_000)] = 0,
) -> HTMLResponse:
    refuse_unknown(request, "as_of", "saved", "sent")
    day, today = day_of(as_of, services), services.rules.today
    if day < today:
        with services.databases.writing(member) as session:
            shown = shown_town(session, services, member, code, day)
        return HTMLResponse(past_town_page(page, shown, today), headers=PRIVATE)
    with services.databases.writing(member) as session:
        anchoring.may_read(member, code)
        said = anchoring.find(session, code)
    form = TownForm(values=texts_of(said), version=said.version, is_saved=saved, sent=sent)
    return town_answer(page, services, member, code, form)


def town_answer(
    page: Page, services: Services, member: Actor, code: str, form: TownForm, status: int = 200
) -> HTMLResponse:
    with services.databases.writing(member) as session:
        shown = shown_town(session, services, member, code, services.rules.today)
    return HTMLResponse(town_page(page, shown, form), status, PRIVATE)


def shown_town(
    session: Session, services: Services, member: Actor, code: str, day: date
) -> TownPage:
    return TownPage(
        town=town(session, member, code, day, services.rules),
        meetings=meetings.held_by(session, day),
        history=anchoring.history(session, code, end_of(day)),
        last_sent=anchoring_letters.last_sent(session).get(code),
        plan=plan_of(services.settings),
    )


@router.post("/{code}")
def change_town(
    code: str, page: HasPage, services: HasServices, member: HasMember, form: PageForm
) -> Response:
    """Saved as a version; or the form again with what is wrong, or with what was saved meanwhile."""
    raw = {name: str(form.get(name, "")) for name in PARTS}
    version = str(form.get("version", ""))
    expected = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1
    sent = TownForm(values=raw, version=expected)
    try:
        with services.databases.writing(member) as session:
            anchoring.may_read(member, code)
            kept = anchoring.find(session, code)
            given = read_given(raw, services.rules.today, kept.values)
            anchoring.change(session, member, code, given, expected)
    except Invalid as refusal:
        again = replace(sent, faults=refusal.faults)
        return town_answer(page, services, member, code, again, status_of(refusal))
    except Changed as refusal:
        with services.databases.writing(member) as session:
            newer = anchoring.find(session, code)
        again = replace(sent, meanwhile=newer, version=newer.version)
        return town_answer(page, services, member, code, again, status_of(refusal))
    target = address(page.language, f"{ANCHORING_PATH}/{code}", saved="1")
    return RedirectResponse(target, 303)


@router.get("/{code}/letter")
def show_letter(
    request: Request, code: str, page: HasPage, services: HasServices, member: HasMember
) -> HTMLResponse:
    """What a click would send, and to whom."""
    refuse_unknown(request)
    found = town_to_write_to(services, member, code)
    receivers = reached(found.said, found.colleagues)
    form = LetterForm(to=frozenset(one.email for one in receivers))
    return HTMLResponse(letter_page(page, found, form), headers=PRIVATE)


def town_to_write_to(services: Services, member: Actor, code: str) -> Town:
    anchoring.must_be_office(member)
    rules = services.rules
    with services.databases.writing(member) as session:
        return town(session, member, code, rules.today, rules)


@router.post("/{code}/letter")
def send_letter(
    code: str, page: HasPage, services: HasServices, member: HasMember, form: PageForm
) -> Response:
    found = town_to_write_to(services, member, code)
    to, message = [str(one) for one in form.getlist("to")], str(form.get("message", ""))
    typed = LetterForm(to=frozenset(to), message=message)
    try:
        with services.databases.writing(member) as session:
            count = remind(session, member, found, to, message, services.rules)
    except Invalid as refusal:
        return letter_again(page, found, replace(typed, faults=refusal.faults), refusal)
    except NotPossible as refusal:
        return letter_again(page, found, replace(typed, refusal=refusal.text), refusal)
    target = address(page.language, f"{ANCHORING_PATH}/{code}", sent=count)
    return RedirectResponse(target, 303)


def letter_again(page: Page, found: Town, form: LetterForm, why: CatalogueError) -> HTMLResponse:
    return HTMLResponse(letter_page(page, found, form), status_of(why), PRIVATE)
