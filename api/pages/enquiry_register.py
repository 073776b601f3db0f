"""The register of enquiries, for those who answer them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasNames, HasPage, HasServices, PageForm, Services
from api.pages.workspace import PRIVATE, HasReader, texts_of
from catalogue.database import Actor
from catalogue.enquiries import enquiries, enquiry_sending
from catalogue.enquiries.enquiries import STATUSES, Enquiry
from catalogue.enquiries.enquiry_input import LONGEST_NOTE
from catalogue.errors import NotPossible
from catalogue.forms.form_texts import first
from catalogue.tables import enquiry as table
from frontend.enquiries import PATH, Case, Register, one_enquiry_page, register_page
from frontend.rendering import Page, address
from geo.texts import Text

router = APIRouter(prefix=PATH, include_in_schema=False)
MOST_LISTED = 500
Number = Annotated[int, Path(ge=1, le=2**31)]


@dataclass(frozen=True)
class Looking:
    """Who looks at the register, and in which surroundings."""

    page: Page
    services: Services
    reader: Actor
    names: dict[str, str]


def get_looking(
    page: HasPage, services: HasServices, reader: HasReader, names: HasNames
) -> Looking:
    return Looking(page, services, reader, names)


HasLooking = Annotated[Looking, Depends(get_looking)]


@router.get("")
def show_register(looking: HasLooking, municipality: str = "", status: str = "") -> HTMLResponse:
    """Every enquiry that the reader may see, by status."""
    reader, names = looking.reader, looking.names
    code = reader.municipality or (municipality if municipality in names else "")
    held = [table.c.municipality == code] if code else []
    with looking.services.databases.writing(reader) as session:
        counts = enquiries.count_by_status(session, held)
        filled = next((one for one in STATUSES if counts.get(one)), "new")
        shown = status if status in STATUSES else filled
        found = enquiries.chosen(session, [*held, table.c.status == shown], limit=MOST_LISTED)
        site_names = names_in(session, found)
    register = Register(
        code=code,
        names=names,
        may_choose=reader.municipality is None,
        status=shown,
        counts=counts,
        enquiries=found,
        site_names=site_names,
        now=looking.services.rules.now(),
    )
    return HTMLResponse(register_page(looking.page, register), headers=PRIVATE)


def names_in(session: Session, found: Sequence[Enquiry]) -> dict[str, Text]:
    """What the listed ones of their sites are called, by reference."""
    references = [reference for one in found for reference in one.sites]
    listed = enquiry_sending.listed(session, references, "registered")
    return {site.reference: site.name for site in listed}


@router.get("/{number}")
def show_enquiry(number: Number, looking: HasLooking, done: str = "") -> HTMLResponse:
    return one_answer(looking, number, is_saved=done == "yes")


@router.post("/{number}")
def take_step(number: Number, looking: HasLooking, form: PageForm) -> Response:
    """A status, a note or both; or the page again with what is in the way."""
    texts = texts_of(form)
    note, wanted = first(texts, "note")[:LONGEST_NOTE], first(texts, "status")
    services, reader = looking.services, looking.reader
    try:
        with services.databases.writing(reader) as session:
            before = enquiries.find(session, number)
            status = next((one for one in STATUSES if one == wanted), before.status)
            enquiries.take_step(
                session, reader, before, enquiries.Doing(status, note), services.rules
            )
    except NotPossible as refusal:
        return one_answer(looking, number, refusal=refusal.text)
    done = address(looking.page.language, f"{PATH}/{number}", done="yes")
    return RedirectResponse(done, 303)


def one_answer(
    looking: Looking, number: int, *, is_saved: bool = False, refusal: Text | None = None
) -> HTMLResponse:
    with looking.services.databases.writing(looking.reader) as session:
        found = enquiries.find(session, number)
        case = Case(
            enquiry=found,
            others=enquiries.others(session, found),
            steps=enquiries.steps(session, number),
            names=looking.names,
            site_names=names_in(session, [found]),
            now=looking.services.rules.now(),
            is_saved=is_saved,
            refusal=refusal,
        )
    shown = one_enquiry_page(looking.page, case)
    return HTMLResponse(shown, 409 if refusal else 200, headers=PRIVATE)
