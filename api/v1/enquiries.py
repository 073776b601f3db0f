"""Enquiries over HTTP: sent by anybody, read by those who answer them."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.answers import JSON, Answers, HasAnswers
from api.bodies import JsonObject, OpenJsonObject
from api.context import HasLanguage, HasNames, ReadSession, WriteSession
from api.open_forms import slow_down
from api.parameters import refuse_unknown
from api.v1.documentation import Schema, body
from api.v1.hours import check_code
from catalogue.enquiries import enquiries, enquiry_sending
from catalogue.enquiries.enquiries import KINDS, SECTORS, SIZES, STATUSES
from catalogue.enquiries.enquiry_input import (
    LONGEST_LINE,
    LONGEST_MESSAGE,
    LONGEST_NOTE,
    MOST_SITES,
    read_step,
    read_wanted,
)
from catalogue.errors import BadParameters, Fault
from catalogue.progress.progress import may_read
from catalogue.tables import enquiry as table
from geo.texts import Text

router = APIRouter(prefix="/enquiries", tags=["enquiries"])
MAX_LIMIT = 1_000
LINE: Schema = {"type": "string", "maxLength": LONGEST_LINE}
ENQUIRY_BODY = body(
    {
        "type": "object",
        "properties": {
            "kind": {"type": "string", "enum": list(KINDS), "default": "enquiry"},
            "references": {
                "type": "array",
                "items": {"type": "string"},
                "minItems": 1,
                "maxItems": MOST_SITES,
                "description": "The sites asked about",
            },
            "field": {"type": "string", "description": "The field that holds the error"},
            "name": LINE,
            "organisation": LINE,
            "email": {**LINE, "format": "email"},
            "phone": LINE,
            "message": {"type": "string", "maxLength": LONGEST_MESSAGE},
            "sector": {"type": "string", "enum": list(SECTORS)},
            "size": {"type": "string", "enum": list(SIZES)},
            "planned_start": {"type": "integer", "description": "A year"},
            "language": {"type": "string", "enum": ["sv", "en"]},
            "consent": {
                "type": "boolean",
                "description": "That name, address and message are kept for a time, to answer;"
                " must be true for an enquiry",
            },
        },
        "required": ["references", "email", "message"],
        "additionalProperties": False,
    },
    {
        "references": ["GVB-2183-001"],
        "name": "Jane Doe",
        "organisation": "Northern Cells Ltd",
        "email": "jane.doe@example.com",
        "message": "When could 100 MW be connected?",
        "sector": "battery",
        "size": "50_100",
        "consent": True,
    },
)
STEP_BODY = body(
    {
        "type": "object",
        "properties": {
            "status": {"type": "string", "enum": list(STATUSES)},
            "note": {"type": "string", "maxLength": LONGEST_NOTE},
        },
        "additionalProperties": False,
        "minProperties": 1,
    },
    {"status": "answered", "note": "Ringde och skickade faktabladet."},
    "application/merge-patch+json",
)
Number = Annotated[int, Path(ge=1, le=2**31, description="The enquiry's number")]


@router.get("")
def read_enquiries(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    municipality: Annotated[str | None, Query(description="A municipality's code")] = None,
    status: Annotated[
        str | None, Query(description=f"One of {', '.join(STATUSES)}; all if left out")
    ] = None,
    limit: Annotated[int, Query(ge=1, description="Most enquiries; 1 000 at the most")] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="Enquiries passed over")] = 0,
) -> Response:
    """The enquiries to one's own municipality, or to all for the project; the latest first."""
    refuse_unknown(request, "municipality", "status", "limit", "offset")
    may_read(answers.visitor.signed_in())
    held = []
    if code := check_code(municipality, names):
        held.append(table.c.municipality == code)
    if status:
        if status not in STATUSES:
            text = Text("Välj bland: {names}.", "Choose among: {names}.")
            fault = Fault("status", text.format(names=", ".join(STATUSES)), in_parameter=True)
            raise BadParameters([fault])
        held.append(table.c.status == status)
    found = enquiries.chosen(session, held, limit=min(limit, MAX_LIMIT), offset=offset)
    now = answers.services.rules.now()
    shown = {
        "numberMatched": sum(enquiries.count_by_status(session, held).values()),
        "numberReturned": len(found),
        "enquiries": [{**vars(one), "working_days": one.days_to_answer(now)} for one in found],
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.get("/{number}")
def read_enquiry(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """One enquiry with what has been done with it."""
    may_read(answers.visitor.signed_in())
    return one_answer(session, answers, number)


@router.patch("/{number}", openapi_extra={"requestBody": STEP_BODY})
def take_step(
    number: Number, given: JsonObject, session: WriteSession, answers: HasAnswers
) -> Response:
    """A new status, a note, or both; whoever reads or answers becomes its handler."""
    actor = answers.visitor.signed_in()
    may_read(actor)
    before = enquiries.find(session, number)
    enquiries.take_step(session, actor, before, read_step(given, before), answers.services.rules)
    return one_answer(session, answers, number)


def one_answer(session: Session, answers: Answers, number: int) -> Response:
    one = enquiries.find(session, number)
    shown = {
        **vars(one),
        "working_days": one.days_to_answer(answers.services.rules.now()),
        "steps": enquiries.steps(session, number),
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post("", status_code=201, openapi_extra={"requestBody": ENQUIRY_BODY})
def send_enquiry(
    request: Request,
    given: OpenJsonObject,
    session: ReadSession,
    answers: HasAnswers,
    language: HasLanguage,
) -> Response:
    """An enquiry about one or several sites, or an error reported in one; no account is needed.

    Without one it goes through once the sender has opened the link of a letter: a program shows
    nothing else by which it could be told from a robot.
    """
    services, actor = answers.services, answers.visitor.actor
    wanted = read_wanted(given, services.rules.today, language)
    sites = enquiry_sending.asked_about(session, wanted.references, answers.visitor.audience)
    slow_down(services, request, wanted.email)
    must_confirm = actor is None
    with services.databases.writing(actor) as writing:
        number = enquiry_sending.take(
            writing, wanted, sites, services.rules, must_confirm=must_confirm
        )
    shown = {"message_id": number, "must_confirm": must_confirm}
    return Response(orjson.dumps(shown), 201, headers=answers.headers, media_type=JSON)
