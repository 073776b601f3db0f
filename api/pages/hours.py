"""The hours register as a page: what has been put in, and a month entered in one go."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.answers import HasAnswers
from api.context import HasNames, HasPage, HasServices, PageForm, Services
from api.pages.progress import HasMember
from api.v1.hours import file_answer, read_chosen
from api.v1.progress import check_choices
from catalogue import municipalities
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NoSuchMunicipality
from catalogue.hours import activities, attesting, hours, locks
from catalogue.hours.hours import Chosen, HoursEntry, add_all, plan_of
from catalogue.hours.hours_input import read_entry
from catalogue.hours.month_entry import SHARED, read_fields
from catalogue.hours.month_names import read_month
from catalogue.hours.months import entered_since
from frontend import hours as pages
from frontend import hours_forms
from frontend.hours import HOURS_PATH, HoursForm, Register
from frontend.rendering import Page, address
from geo.texts import Text

router = APIRouter(prefix=HOURS_PATH, include_in_schema=False)

NO_STORE = {"Cache-Control": "private, no-store"}
Code = Annotated[str, Query()]


@router.get("")
def show_hours(
    page: HasPage,
    services: HasServices,
    member: HasMember,
    municipality: Code = "",
    month: Code = "",
    saved: Annotated[list[int] | None, Query()] = None,
    attested: Annotated[float, Query(ge=0)] = 0,
) -> HTMLResponse:
    """One municipality's hours; for the project office first all of them, month by month."""
    form = HoursForm(saved=saved or (), attested=attested)
    with services.databases.writing(member) as session:
        register = found_register(session, services, member, municipality)
    return html(pages.hours_page(page, register, form, read_month(month)))


@router.post("")
def add_hours(page: HasPage, services: HasServices, member: HasMember, form: PageForm) -> Response:
    """One entry saved, or a form with it and what is wrong."""
    raw = {key: str(form.get(key, "")) for key in hours.KEYS if key != "sites"}
    sent = {**raw, "sites": [str(one) for one in form.getlist("sites") if one]}
    try:
        added = enter(services, member, sent)
    except Invalid as refusal:
        return refused(page, services, member, sent, refusal)
    return shown_after(page, [added])


def enter(services: Services, member: Actor, sent: dict[str, Any]) -> HoursEntry:
    """Any: as a form sends it."""
    with services.databases.writing(member) as session:
        entry = read_entry(
            sent,
            plan_of(services.settings),
            activities=activities.everything(session),
            today=services.rules.today,
        )
        return hours.add(session, member, entry)


def refused(
    page: Page, services: Services, member: Actor, sent: dict[str, Any], refusal: Invalid
) -> HTMLResponse:
    """The entry in the form of several lines, with what is wrong in it. Any: as a form sends it."""
    with services.databases.writing(member) as session:
        register = found_register(session, services, member, str(sent["municipality"]))
    faults = [Fault(f"0/{one.where}", one.text) for one in refusal.faults]
    return html(hours_forms.rows_page(page, register, [sent], faults), 422)


@router.get("/months")
def show_grid(
    page: HasPage,
    services: HasServices,
    member: HasMember,
    municipality: Code = "",
    year: Annotated[int, Query(ge=0, le=9999)] = 0,
) -> HTMLResponse:
    """A year's months against every activity."""
    with services.databases.writing(member) as session:
        register = found_register(session, services, member, municipality, must_choose=True)
    shown = year or (register.months[0] if register.months else services.rules.today).year
    return html(hours_forms.grid_page(page, register, HoursForm(), shown))


@router.post("/months")
def add_months(page: HasPage, services: HasServices, member: HasMember, form: PageForm) -> Response:
    """An entry for each field with hours, all of them or none; from the month's form or the year's."""
    sent = texts(form)
    try:
        with services.databases.writing(member) as session:
            written = enter_fields(session, services, member, sent)
    except Invalid as refusal:
        again = HoursForm(values=sent, faults=refusal.faults)
        with services.databases.writing(member) as session:
            code = str(sent["municipality"])
            register = found_register(session, services, member, code, must_choose=True)
        if sent.get("year", "").isdecimal():
            return html(hours_forms.grid_page(page, register, again, int(sent["year"])), 422)
        return html(pages.hours_page(page, register, again, read_month(sent.get("month"))), 422)
    return shown_after(page, written)


def texts(form: FormData) -> dict[str, Any]:
    """Any: texts, and the list of sites."""
    said = {name: str(value) for name, value in form.items() if name != "csrf_token"}
    shared = {key: said.get(key, "") for key in SHARED}
    return {**said, **shared, "sites": [str(one) for one in form.getlist("sites") if one]}


def enter_fields(
    session: Session, services: Services, member: Actor, sent: dict[str, Any]
) -> list[HoursEntry]:
    """Raises `Invalid`, under the names of fields. Any: as a form sends it."""
    plan, today = plan_of(services.settings), services.rules.today
    entries, names = read_fields(
        sent, plan.begun(today), plan, activities=activities.everything(session), today=today
    )
    refuse_sent_twice(session, member, entries, sent)
    try:
        return add_all(session, member, entries)
    except Invalid as refusal:
        raise Invalid([in_field(fault, names) for fault in refusal.faults]) from refusal


def refuse_sent_twice(
    session: Session, member: Actor, entries: list[HoursEntry], sent: Mapping[str, object]
) -> None:
    """Raises `Invalid` where the person has entered hours in these months since the page was made: a
    form that is sent again adds nothing unseen. What is shown then has seen them."""
    seen = str(sent.get("seen", ""))
    if not seen.isdecimal() or len(seen) > 18 or not entries:
        return
    newer = entered_since(
        session, member, entries[0].municipality, (one.month for one in entries), int(seen)
    )
    if newer:
        text = Text(
            "Du har redan sparat i månaden sedan sidan öppnades ({n} rader). Se vad som är inskrivet, "
            "och spara igen om det här ska läggas till.",
            "You have saved in the month already since the page was opened ({n} entries). See what is "
            "entered, and save again if this is to be added.",
        )
        raise Invalid([Fault("hours", text.format(n=newer))])


def in_field(fault: Fault, names: list[str]) -> Fault:
    number, _, where = fault.where.partition("/")
    return Fault(where if where in SHARED else names[int(number)], fault.text)


@router.get("/export")
def export(
    member: HasMember,
    page: HasPage,
    services: HasServices,
    answers: HasAnswers,
    names: HasNames,
    municipality: Code = "",
    first: Annotated[str, Query(alias="from")] = "",
    last: Annotated[str, Query(alias="to")] = "",
    format: Code = "xlsx",
) -> Response:
    """The register in the funder's shape, in the page's language."""
    check_choices(format, None, ("xlsx", "csv"))
    wanted = read_chosen(municipality, None, first, last, None, None, names)
    with services.databases.writing(member) as session:
        return file_answer(session, member, wanted, names, answers, format, page.language)


def shown_after(page: Page, written: list[HoursEntry]) -> RedirectResponse:
    first = written[0]
    target = address(
        page.language,
        HOURS_PATH,
        municipality=first.municipality,
        month=f"{first.month:%Y-%m}",
        saved=[entry.id for entry in written],
    )
    return RedirectResponse(target, 303)


def html(text: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(text, status, headers=NO_STORE)


def found_register(
    session: Session,
    services: Services,
    member: Actor,
    municipality: str,
    *,
    must_choose: bool = False,
) -> Register:
    """One municipality's, or with none chosen every one's by month, for the project office.

    Raises `NoSuchMunicipality`; somebody of a municipality always gets their own.
    """
    names = municipalities.names(session)
    code = member.municipality or municipality
    if (code or must_choose) and code not in names:
        raise NoSuchMunicipality(code)
    return Register(
        names=names,
        plan=plan_of(services.settings),
        today=services.rules.today,
        by_month=hours.by_month(session),
        activities=activities.everything(session),
        closed=locks.locked(session),
        may_choose=member.municipality is None,
        code=code,
        entries=hours.entries(session, Chosen(municipality=code)) if code else [],
        sites=hours.references(session, code) if code else [],
        attesters=attesting.attesters(session).get(code, []),
        may_attest=bool(code) and attesting.may_attest(session, member, code),
        reader_email=member.email,
        reader_name=member.name,
        role=hours.last_role(session, member) if code else "",
    )


def month_given(form: FormData, name: str = "month") -> date | None:
    return read_month(str(form.get(name, "")))
