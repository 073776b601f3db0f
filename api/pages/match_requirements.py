"""The requirements read from a client's text, confirmed before the sites are held against them."""

from datetime import date
from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasNames, HasPage, HasServices, PageForm, ReadSession
from catalogue.errors import Invalid
from catalogue.requests.asked import Asked, packed, unpacked
from catalogue.requests.leftovers import NOT_SURE
from catalogue.requests.needs import NEEDS
from catalogue.requests.places import Places, known_places
from catalogue.requests.reading import read_text
from frontend.match_page import CONFIRM_PATH, PATH
from frontend.rendering import address
from frontend.requirement_form import (
    Left,
    empty_row,
    requirement_form,
    requirements_of,
    row_of,
    sent_rows,
)

router = APIRouter(include_in_schema=False)
HEADERS = {"Cache-Control": "private, no-store"}


@router.get(CONFIRM_PATH)
def show_requirements(
    page: HasPage, services: HasServices, session: ReadSession, names: HasNames, asked: str
) -> HTMLResponse:
    """What was read of a request, row by row."""
    wanted = unpacked(asked, names)
    rows = [row_of(number, one) for number, one in enumerate(wanted.requirements)]
    left = explained(wanted.not_understood, known_places(session, names), services.rules.today)
    return HTMLResponse(requirement_form(page, rows, left), headers=HEADERS)


@router.post(CONFIRM_PATH)
def confirm_requirements(
    page: HasPage, services: HasServices, session: ReadSession, names: HasNames, form: PageForm
) -> Response:
    """On to the sites; or the form again, with one more row or with what is wrong."""
    pairs = [(name, text) for name, text in form.multi_items() if isinstance(text, str)]
    rows = sent_rows(pairs)
    fragments = tuple(text[:500] for name, text in pairs if name == "left")
    left = explained(fragments, known_places(session, names), services.rules.today)
    chosen = str(form.get("from", ""))
    if chosen.isdecimal() and int(chosen) < len(left) and left[int(chosen)].key:
        one = left.pop(int(chosen))
        rows.append(empty_row(len(rows), one.key, one.fragment))
    elif form.get("action") == "add" and form.get("need") in NEEDS:
        rows.append(empty_row(len(rows), str(form["need"])))
    else:
        try:
            found = requirements_of(rows, names)
        except Invalid as refusal:
            again = requirement_form(page, rows, left, refusal.faults)
            return HTMLResponse(again, HTTPStatus.UNPROCESSABLE_ENTITY, HEADERS)
        key = packed(Asked(tuple(found), fragments))
        return RedirectResponse(address(page.language, PATH, asked=key), 303)
    return HTMLResponse(requirement_form(page, rows, left), headers=HEADERS)


def explained(fragments: tuple[str, ...], places: Places, today: date) -> list[Left]:
    """Each fragment with the reason that reading it again gives."""
    found = []
    for fragment in fragments:
        unread = read_text(fragment, today=today, places=places).unread
        reason, key = (unread[0].reason, unread[0].key) if unread else (NOT_SURE, "")
        found.append(Left(fragment, reason, key if key in NEEDS else ""))
    return found
