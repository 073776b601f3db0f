"""Pages of workbooks of hours: fetch the template, send a file, look at it, read it in, take it back."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasLanguage, HasNames, HasPage, HasServices, PageForm, Services
from api.pages.hours import Code, found_register, html
from api.pages.progress import HasMember
from api.sent_files import file_of
from api.v1.hours_imports import checked_file, template_answer
from catalogue.database import Actor
from catalogue.errors import CatalogueError, Invalid
from catalogue.hours import sent_workbooks, workbooks
from catalogue.hours.hours import plan_of
from catalogue.hours.sent_workbooks import AlreadyRead
from catalogue.hours.workbooks import Checked
from frontend import hours_keeping
from frontend.hours import HOURS_PATH
from frontend.rendering import Page, address

IMPORT_PATH = f"{HOURS_PATH}/import"
router = APIRouter(prefix=IMPORT_PATH, include_in_schema=False)
Number = Annotated[int, Path(ge=1, le=2**62)]


@router.get("")
def show_import(
    page: HasPage, services: HasServices, member: HasMember, municipality: Code = ""
) -> HTMLResponse:
    return import_answer(page, services, member, municipality)


@router.get("/template")
def download_template(
    services: HasServices,
    member: HasMember,
    names: HasNames,
    language: HasLanguage,
    municipality: Code = "",
) -> Response:
    with services.databases.writing(member) as session:
        register = found_register(session, services, member, municipality, must_choose=True)
        return template_answer(session, services, register.code, names[register.code], language)


@router.post("")
def send_workbook(
    page: HasPage,
    services: HasServices,
    member: HasMember,
    form: PageForm,
    municipality: Code = "",
) -> Response:
    """The file looked at and kept until it is confirmed; or what is wrong in it, row by row."""
    checked = None
    try:
        sent = file_of(form)
        with services.databases.writing(member) as session:
            code = found_register(session, services, member, municipality, must_choose=True).code
            checked = checked_file(session, services, member, code, sent.content)
            kept = workbooks.keep(session, member, code, checked, sent.content, sent.name)
    except (Invalid, AlreadyRead) as refusal:
        return import_answer(page, services, member, municipality, refusal, checked)
    return RedirectResponse(address(page.language, f"{IMPORT_PATH}/{kept.id}"), 303)


def import_answer(
    page: Page,
    services: Services,
    member: Actor,
    municipality: str,
    refusal: CatalogueError | None = None,
    checked: Checked | None = None,
) -> HTMLResponse:
    with services.databases.writing(member) as session:
        register = found_register(session, services, member, municipality, must_choose=True)
        earlier = sent_workbooks.latest(session, register.code)
    text = refusal.text if refusal else None
    shown = hours_keeping.import_page(page, register, earlier, text, checked)
    status = 409 if isinstance(refusal, AlreadyRead) else 422
    return html(shown, status if refusal else 200)


@router.get("/{number}")
def show_workbook(
    number: Number, page: HasPage, services: HasServices, member: HasMember
) -> HTMLResponse:
    with services.databases.writing(member) as session:
        found = sent_workbooks.find(session, number)
        register = found_register(session, services, member, found.municipality)
        new, known = workbooks.waiting(session, found)
    return html(hours_keeping.workbook_page(page, register, found, new, len(known)))


@router.post("/{number}/confirm")
def confirm(
    number: Number, page: HasPage, services: HasServices, member: HasMember, form: PageForm
) -> RedirectResponse:
    with services.databases.writing(member) as session:
        workbooks.confirm(session, member, number)
    return RedirectResponse(address(page.language, f"{IMPORT_PATH}/{number}"), 303)


@router.post("/{number}/removal")
def remove(
    number: Number, page: HasPage, services: HasServices, member: HasMember, form: PageForm
) -> RedirectResponse:
    """A file not read in yet is forgotten; one that is read in is taken back by counter-entries."""
    with services.databases.writing(member) as session:
        found = sent_workbooks.find(session, number)
        if found.waits:
            workbooks.discard(session, member, number)
            target = address(page.language, IMPORT_PATH, municipality=found.municipality)
        else:
            plan = plan_of(services.settings)
            workbooks.take_back(session, member, number, plan, services.rules.today)
            target = address(page.language, f"{IMPORT_PATH}/{number}")
    return RedirectResponse(target, 303)
