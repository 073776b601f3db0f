"""What is done with hours that are entered, as pages: attest, correct, lock, remove a name."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm, Services
from api.pages.hours import found_register, html, month_given, shown_after
from api.pages.progress import HasMember
from catalogue import municipalities
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NotAllowed
from catalogue.hours import attesting, corrections, locks, months, person_names
from catalogue.hours.hours import EVERYTHING, may_enter, plan_of
from catalogue.hours.hours_input import NOT_A_MONTH
from catalogue.hours.locks import Wanted
from frontend import hours_forms, hours_keeping
from frontend.hours import HOURS_PATH, HoursForm
from frontend.rendering import Page, address
from geo.texts import Text

router = APIRouter(prefix=HOURS_PATH, include_in_schema=False)

Number = Annotated[int, Path(ge=1, le=2**62)]
Count = Annotated[int | None, Query(ge=0)]
LOCK_FIELDS = ("municipality", "first", "month", "reason")


@router.post("/attest")
def attest(services: HasServices, page: HasPage, member: HasMember, form: PageForm) -> Response:
    """A month's entries, or those ticked; of a whole month one's own are left to somebody else."""
    code, month = str(form.get("municipality", "")), month_given(form)
    if month is None:
        raise Invalid([Fault("month", NOT_A_MONTH)])
    numbers = [int(str(one)) for one in form.getlist("entry") if str(one).isdecimal()]
    with services.databases.writing(member) as session:
        chosen = None if "whole" in form else numbers
        done = attesting.attest(session, member, code, month, chosen)
    shown = f"{month:%Y-%m}"
    target = address(page.language, HOURS_PATH, municipality=code, month=shown, attested=done.hours)
    return RedirectResponse(f"{target}#m-{month}", 303)


@router.get("/entries/{number}/correction")
def show_correction(
    number: Number, page: HasPage, services: HasServices, member: HasMember
) -> HTMLResponse:
    return correction_answer(page, services, member, number, HoursForm())


@router.post("/entries/{number}/correction")
def correct(
    number: Number, page: HasPage, services: HasServices, member: HasMember, form: PageForm
) -> Response:
    keys = ("month", "hours", "activity", "role", "person", "note")
    sent: dict[str, object] = {key: str(form.get(key, "")).strip() for key in keys}
    sent["sites"] = [str(one) for one in form.getlist("sites") if one]
    try:
        with services.databases.writing(member) as session:
            done = corrections.correct(
                session, member, number, sent, plan_of(services.settings), services.rules.today
            )
    except Invalid as refusal:
        again = HoursForm(values=sent, faults=refusal.faults)
        return correction_answer(page, services, member, number, again, 422)
    return shown_after(page, [done.counter, *([done.instead] if done.instead else [])])


def correction_answer(
    page: Page, services: Services, member: Actor, number: int, form: HoursForm, status: int = 200
) -> HTMLResponse:
    with services.databases.writing(member) as session:
        entry = corrections.find(session, number)
        may_enter(member, entry.municipality)
        register = found_register(session, services, member, entry.municipality)
        left = corrections.left(session, entry)
        booked = corrections.booked_month(
            session, entry, plan_of(services.settings), services.rules.today
        )
    shown = hours_forms.correction_page(page, register, entry, left, booked, form)
    return html(shown, status)


@router.get("/locks")
def show_locks(
    page: HasPage, services: HasServices, member: HasMember, done: Count = None
) -> HTMLResponse:
    return locks_answer(page, services, member, {}, done=done)


@router.post("/locks")
def change_locks(
    page: HasPage, services: HasServices, member: HasMember, form: PageForm
) -> Response:
    sent = {name: str(form.get(name, "")).strip() for name in LOCK_FIELDS}
    last = month_given(form)
    try:
        if last is None:
            raise Invalid([Fault("month", Text("Välj en månad.", "Choose a month."))])
        with services.databases.writing(member) as session:
            names = municipalities.names(session)
            wanted = Wanted(
                municipalities=[code for code in names if sent["municipality"] in ("", code)],
                first=month_given(form, "first") or last,
                last=last,
                is_locked="unlock" not in form,
                reason=sent["reason"],
            )
            begun = plan_of(services.settings).begun(services.rules.today)
            changed = locks.change(session, member, wanted, begun)
    except Invalid as refusal:
        return locks_answer(page, services, member, sent, refusal.faults, status=422)
    return RedirectResponse(address(page.language, f"{HOURS_PATH}/locks", done=changed), 303)


def locks_answer(
    page: Page,
    services: Services,
    member: Actor,
    values: dict[str, str],
    faults: tuple[Fault, ...] = (),
    *,
    done: int | None = None,
    status: int = 200,
) -> HTMLResponse:
    if member.role not in ("project", "admin"):
        raise NotAllowed(
            Text(
                "Bara projektkontoret låser månader och låser upp dem.",
                "Only the project office locks and unlocks months.",
            )
        )
    with services.databases.writing(member) as session:
        register = found_register(session, services, member, "")
        figures = months.month_figures(
            session, EVERYTHING, register.names, register.plan, register.today
        )
        history = locks.history(session)
    shown = hours_keeping.locks_page(page, register, figures, history, values, faults, done)
    return html(shown, status)


@router.get("/names")
def show_names(
    page: HasPage, services: HasServices, member: HasMember, removed: Count = None
) -> HTMLResponse:
    with services.databases.writing(member) as session:
        found = person_names.removable(session, member)
        names = municipalities.names(session)
    is_office = member.municipality is None
    return html(hours_keeping.names_page(page, names, found, removed, is_office=is_office))


@router.post("/names")
def remove_name(
    page: HasPage, services: HasServices, member: HasMember, form: PageForm
) -> RedirectResponse:
    name, code = str(form.get("name", "")), str(form.get("municipality", ""))
    with services.databases.writing(member) as session:
        removed = person_names.remove(session, member, name, code or None)
    return RedirectResponse(address(page.language, f"{HOURS_PATH}/names", removed=removed), 303)
