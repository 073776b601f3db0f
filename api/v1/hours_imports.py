"""Workbooks of hours over HTTP: the template, a file checked, read in, and taken back as a whole."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.bodies import prove_origin
from api.context import HasLanguage, HasNames, HasServices, HasVisitor, Services, WriteSession
from api.parameters import refuse_unknown
from api.sent_files import FileSent
from api.v1.documentation_imports import TEMPLATE_ANSWER, UPLOAD_BODY
from api.v1.hours import FILES, check_code
from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault
from catalogue.hours import activities, hours, locks, sent_workbooks, workbooks
from catalogue.hours.hours import may_enter, plan_of
from catalogue.hours.sent_workbooks import ReadWorkbook
from catalogue.hours.workbook_reading import read_file
from catalogue.hours.workbook_template import HoursTemplate, write_template
from catalogue.hours.workbooks import Checked
from catalogue.progress.progress import may_read
from geo.texts import Language, Text

router = APIRouter(prefix="/hours/imports", tags=["hours"])
Number = Annotated[int, Path(ge=1, le=2**62, description="The file's number")]
Municipality = Annotated[
    str | None, Query(description="A municipality's code; one's own where left out")
]


@router.get("/template", openapi_extra={"responses": TEMPLATE_ANSWER})
def download_template(
    request: Request,
    session: WriteSession,
    visitor: HasVisitor,
    services: HasServices,
    names: HasNames,
    language: HasLanguage,
    municipality: Municipality = None,
) -> Response:
    """An empty workbook of hours, with lists of months, activities, roles and sites."""
    refuse_unknown(request, "municipality")
    code = chosen(visitor.signed_in(), municipality, names)
    return template_answer(session, services, code, names[code], language)


@router.post("", status_code=201, openapi_extra={"requestBody": UPLOAD_BODY})
def send_workbook(
    request: Request,
    sent: FileSent,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    language: HasLanguage,
    municipality: Municipality = None,
    dry_run: Annotated[bool, Query(description="Only check; it can be confirmed after")] = False,
    name: Annotated[
        str | None, Query(description="The file's name, where the body is the file itself")
    ] = None,
) -> Response:
    """A file of hours, all of it or nothing: 422 with what is wrong row by row, and 409 for one that
    is in the register already."""
    refuse_unknown(request, "municipality", "dry_run", "name")
    actor = answers.visitor.signed_in()
    code = chosen(actor, municipality, names)
    checked = checked_file(session, answers.services, actor, code, sent.content)
    kept = workbooks.keep(session, actor, code, checked, sent.content, sent.name)
    if not dry_run:
        kept = workbooks.confirm(session, actor, kept.id)
    shown = {**as_json(kept), "already_there": len(checked.known)}
    headers = {**answers.headers, "Location": f"/api/v1/hours/imports/{kept.id}"}
    return Response(orjson.dumps(shown), 201, headers=headers, media_type=JSON)


@router.get("")
def list_workbooks(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    municipality: Municipality = None,
) -> Response:
    """The files read in, the newest first."""
    refuse_unknown(request, "municipality")
    may_read(answers.visitor.signed_in())
    code = check_code(municipality, names)
    shown = {"imports": [as_json(one) for one in sent_workbooks.latest(session, code, 100)]}
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.get("/{number}")
def read_workbook(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """What a file holds, and whether it is read in or taken back."""
    may_read(answers.visitor.signed_in())
    shown = as_json(sent_workbooks.find(session, number))
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post("/{number}/confirm", dependencies=[Depends(prove_origin)])
def confirm_workbook(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """A checked file read in, all of its rows or none."""
    done = workbooks.confirm(session, answers.visitor.signed_in(), number)
    return Response(orjson.dumps(as_json(done)), headers=answers.headers, media_type=JSON)


@router.post("/{number}/removal", dependencies=[Depends(prove_origin)])
def take_back_workbook(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """All that is left of a file's rows taken back, by counter-entries."""
    services = answers.services
    done = workbooks.take_back(
        session,
        answers.visitor.signed_in(),
        number,
        plan_of(services.settings),
        services.rules.today,
    )
    return Response(orjson.dumps(as_json(done)), headers=answers.headers, media_type=JSON)


def chosen(actor: Actor, wanted: str | None, names: dict[str, str]) -> str:
    """Whose hours are meant; raises `BadParameters`, or `NotAllowed` for another's."""
    code = check_code(wanted, names) or actor.municipality
    if code is None:
        text = Text("Välj en kommun.", "Choose a municipality.")
        raise BadParameters([Fault("municipality", text, in_parameter=True)])
    may_enter(actor, code)
    return code


def checked_file(
    session: Session, services: Services, actor: Actor, code: str, content: bytes
) -> Checked:
    rows = read_file(
        content,
        code,
        plan_of(services.settings),
        activities=activities.everything(session),
        today=services.rules.today,
    )
    return workbooks.check(session, actor, code, content, rows)


def template_answer(
    session: Session, services: Services, code: str, name: str, language: Language
) -> Response:
    """The workbook of one municipality, with the months that are open."""
    plan, closed = plan_of(services.settings), locks.locked(session, code)
    subject = HoursTemplate(
        municipality_name=name,
        months=[
            month
            for month in reversed(plan.begun(services.rules.today))
            if (code, month) not in closed
        ],
        activities=activities.everything(session),
        sites=hours.references(session, code),
        language=language,
    )
    word = Text("timmar", "hours").in_language(language)
    shown = f'attachment; filename="sitefinder-{word}-{code}.xlsx"'
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": shown}
    return Response(write_template(subject), headers=headers, media_type=FILES["xlsx"][0])


def as_json(one: ReadWorkbook) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "id": one.id,
        "municipality": one.municipality,
        "file": one.file_name,
        "rows": one.rows,
        "hours": one.hours,
        "checked_at": one.checked_at,
        "checked_by": one.checked_by,
        "read_at": one.read_at,
        "read_by": one.read_by,
        "taken_back_at": one.taken_back_at,
        "taken_back_by": one.taken_back_by,
        "entries": one.entries,
    }
