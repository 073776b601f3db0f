"""The register of meetings as a page: entered by the project office, read by the municipalities."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm, Services
from api.pages.progress import HasMember
from api.parameters import refuse_unknown
from catalogue import municipalities
from catalogue.anchoring import anchoring, meetings
from catalogue.anchoring.meeting_input import doubts, read_lines, read_meeting
from catalogue.database import Actor
from catalogue.errors import Invalid
from catalogue.hours.hours import plan_of
from frontend.meetings import (
    MEETINGS_PATH,
    MeetingForm,
    Told,
    correction_page,
    form_of,
    meetings_page,
)
from frontend.rendering import Page, address
from geo.texts import Text

router = APIRouter(prefix=MEETINGS_PATH, include_in_schema=False)
PRIVATE = {"Cache-Control": "private, no-store"}
MOST_SHOWN = 500
Number = Annotated[int, Path(ge=1, le=2**31)]
DONE = {
    "corrected": Text("Rättelsen är sparad.", "The correction is saved."),
    "withdrawn": Text("Mötet är borttaget.", "The meeting has been taken out."),
}


@router.get("")
def show_meetings(
    request: Request,
    page: HasPage,
    services: HasServices,
    member: HasMember,
    added: Annotated[int, Query(ge=0, le=1_000)] = 0,
    done: str = "",
) -> HTMLResponse:
    refuse_unknown(request, "added", "done")
    return meetings_answer(page, services, member, MeetingForm(), added=added, done=done)


def meetings_answer(
    page: Page,
    services: Services,
    member: Actor,
    form: MeetingForm,
    *,
    added: int = 0,
    done: str = "",
    status: int = 200,
) -> HTMLResponse:
    with services.databases.writing(member) as session:
        names = municipalities.names(session)
        found = meetings.chosen(session, limit=MOST_SHOWN)
    text = DONE.get(done)
    if added:
        one = Text("Mötet är sparat.", "The meeting is saved.")
        many = Text("{n} möten är sparade.", "{n} meetings are saved.").format(n=added)
        text = one if added == 1 else many
    latest = sorted(found, key=lambda meeting: meeting.id)[-added:] if added else []
    told = Told(text=text, doubts=doubts(latest, plan_of(services.settings)))
    content = meetings_page(
        page,
        found,
        names,
        form,
        own=member.municipality,
        today=services.rules.today,
        told=told,
    )
    return HTMLResponse(content, status, PRIVATE)


def typed(form: FormData) -> MeetingForm:
    people = {
        str(name).removeprefix("people-"): str(value).strip()
        for name, value in form.multi_items()
        if str(name).startswith("people-") and str(value).strip()
    }
    there = frozenset(str(one) for one in form.getlist("there"))
    return MeetingForm(
        held_on=str(form.get("held_on", "")),
        kind=str(form.get("kind", "")),
        subject=str(form.get("subject", "")),
        lines=str(form.get("lines", "")),
        there=there,
        people=people,
    )


def as_body(form: MeetingForm, names: dict[str, str]) -> dict[str, Any]:
    """What was typed as a body has it; a number is as good as a tick. Any: JSON."""
    ticked = names if "all" in form.there else form.there
    codes = {*ticked, *form.people}
    return {
        "held_on": form.held_on,
        "kind": form.kind,
        "subject": form.subject,
        "attended": {code: number_of(form.people.get(code)) for code in codes},
    }


def number_of(text: str | None) -> int | str | None:
    """What is no number stays as it was typed, to be refused where numbers are read."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else text


@router.post("")
def add_meeting(
    page: HasPage, services: HasServices, member: HasMember, form: PageForm
) -> Response:
    """Saved, or the form again with what is wrong."""
    anchoring.must_be_office(member)
    sent, plan = typed(form), plan_of(services.settings)
    try:
        with services.databases.writing(member) as session:
            names = municipalities.names(session)
            wanted = read_meeting(as_body(sent, names), names, plan, services.rules.today)
            meetings.add(session, member, [wanted])
    except Invalid as refusal:
        return refused(page, services, member, sent, refusal)
    return RedirectResponse(address(page.language, MEETINGS_PATH, added=1), 303)


@router.post("/lines")
def add_lines(page: HasPage, services: HasServices, member: HasMember, form: PageForm) -> Response:
    """Every line saved, or none and the lines again with what is wrong."""
    anchoring.must_be_office(member)
    sent, plan = typed(form), plan_of(services.settings)
    try:
        with services.databases.writing(member) as session:
            names = municipalities.names(session)
            wanted = read_lines(sent.lines, names, plan, services.rules.today)
            added = meetings.add(session, member, wanted)
    except Invalid as refusal:
        return refused(page, services, member, sent, refusal)
    return RedirectResponse(address(page.language, MEETINGS_PATH, added=len(added)), 303)


def refused(
    page: Page, services: Services, member: Actor, sent: MeetingForm, refusal: Invalid
) -> HTMLResponse:
    again = replace(sent, faults=refusal.faults)
    return meetings_answer(page, services, member, again, status=422)


@router.get("/{number}")
def show_meeting(
    request: Request, number: Number, page: HasPage, services: HasServices, member: HasMember
) -> HTMLResponse:
    refuse_unknown(request)
    anchoring.must_be_office(member)
    return correction_answer(page, services, member, number)


def correction_answer(
    page: Page,
    services: Services,
    member: Actor,
    number: int,
    form: MeetingForm | None = None,
    status: int = 200,
) -> HTMLResponse:
    with services.databases.writing(member) as session:
        names = municipalities.names(session)
        meeting = meetings.find(session, number)
    content = correction_page(page, meeting, names, form or form_of(meeting), services.rules.today)
    return HTMLResponse(content, status, PRIVATE)


@router.post("/{number}")
def correct_meeting(
    number: Number, page: HasPage, services: HasServices, member: HasMember, form: PageForm
) -> Response:
    """The new one in the place of the old; or the form again with what is wrong."""
    anchoring.must_be_office(member)
    sent, plan = typed(form), plan_of(services.settings)
    try:
        with services.databases.writing(member) as session:
            names = municipalities.names(session)
            wanted = read_meeting(as_body(sent, names), names, plan, services.rules.today)
            meetings.correct(session, member, number, wanted)
    except Invalid as refusal:
        again = replace(sent, faults=refusal.faults)
        return correction_answer(page, services, member, number, again, 422)
    return RedirectResponse(address(page.language, MEETINGS_PATH, done="corrected"), 303)


@router.post("/{number}/withdrawal")
def withdraw_meeting(
    number: Number, page: HasPage, services: HasServices, member: HasMember, form: PageForm
) -> Response:
    with services.databases.writing(member) as session:
        meetings.withdraw(session, member, number)
    return RedirectResponse(address(page.language, MEETINGS_PATH, done="withdrawn"), 303)
