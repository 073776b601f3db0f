"""The hours register as a page: what has been put in, and a quick way to enter more."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm, Services
from api.pages.progress import HasMember
from catalogue import municipalities
from catalogue.database import Actor
from catalogue.errors import Invalid, NoSuchMunicipality
from catalogue.hours import activities, hours
from catalogue.hours.hours import plan_of
from catalogue.hours.hours_input import read_entry
from frontend import hours as pages
from frontend.hours import HoursForm, Register
from frontend.rendering import Page, address

router = APIRouter(include_in_schema=False)


@router.get("/hours")
def show_hours(
    page: HasPage,
    services: HasServices,
    member: HasMember,
    municipality: str = "",
    saved: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """One municipality's hours; for the project office first all of them, month by month."""
    return answer(page, services, member, municipality, HoursForm(saved=saved))


@router.post("/hours")
def add_hours(page: HasPage, services: HasServices, member: HasMember, form: PageForm) -> Response:
    """Saved, or the form again with what is wrong."""
    raw = {key: str(form.get(key, "")) for key in hours.KEYS if key != "sites"}
    sent = {**raw, "sites": [str(one) for one in form.getlist("sites")]}
    try:
        with services.databases.writing(member) as session:
            entry = read_entry(
                sent,
                plan_of(services.settings),
                activities=activities.everything(session),
                today=services.rules.today,
            )
            added = hours.add(session, member, entry)
    except Invalid as refusal:
        again = HoursForm(values=sent, faults=refusal.faults)
        return answer(page, services, member, raw["municipality"], again, 422)
    target = address(page.language, "/hours", municipality=added.municipality, saved=added.id)
    return RedirectResponse(target, 303)


def answer(
    page: Page,
    services: Services,
    member: Actor,
    municipality: str,
    form: HoursForm,
    status: int = 200,
) -> HTMLResponse:
    with services.databases.writing(member) as session:
        names = municipalities.names(session)
        code = member.municipality or municipality
        if code and code not in names:
            raise NoSuchMunicipality(code)
        register = Register(
            names=names,
            plan=plan_of(services.settings),
            today=services.rules.today,
            by_month=hours.by_month(session),
            activities=activities.everything(session),
            may_choose=member.municipality is None,
            code=code,
            entries=hours.entries(session, code) if code else [],
            sites=hours.references(session, code) if code else [],
        )
    return HTMLResponse(pages.hours_page(page, register, form), status)
