"""The register of meetings over HTTP: read by the project's members, added to by its office."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.bodies import JsonObject, prove_origin
from api.context import WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation import Schema, body
from catalogue import municipalities
from catalogue.anchoring import anchoring, meetings
from catalogue.anchoring.meeting_input import (
    LONGEST_SUBJECT,
    MOST_PEOPLE,
    doubts,
    read_meeting,
)
from catalogue.anchoring.meetings import KINDS, Meeting
from catalogue.hours.hours import plan_of

router = APIRouter(prefix="/meetings", tags=["progress"])
MAX_LIMIT = 1_000
Number = Annotated[int, Path(ge=1, le=2**31, description="The meeting's number")]
COUNT: Schema = {
    "anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_PEOPLE}, {"type": "null"}]
}
MEETING: Schema = body(
    {
        "type": "object",
        "properties": {
            "held_on": {"type": "string", "format": "date"},
            "kind": {"type": "string", "enum": list(KINDS)},
            "subject": {
                "type": "string",
                "maxLength": LONGEST_SUBJECT,
                "description": "What it was about; needed for a training",
            },
            "attended": {
                "description": "Codes of the municipalities that were there, or how many came by "
                "code; null where only that they did is known",
                "anyOf": [
                    {"type": "array", "items": {"type": "string"}, "minItems": 1},
                    {"type": "object", "additionalProperties": COUNT, "minProperties": 1},
                ],
            },
        },
        "required": ["held_on", "kind", "attended"],
        "additionalProperties": False,
    },
    {
        "held_on": "2026-05-12",
        "kind": "training",
        "subject": "Rita på kartan",
        "attended": {"2183": 3, "2180": 2},
    },
)


@router.get("")
def read_meetings(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    limit: Annotated[int, Query(ge=1, description="Most meetings; 1 000 at the most")] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="Meetings passed over")] = 0,
) -> Response:
    """The meetings held, the latest first; a municipality sees who was there from itself only."""
    refuse_unknown(request, "limit", "offset")
    anchoring.may_read(answers.visitor.signed_in())
    found = meetings.chosen(session, limit=min(limit, MAX_LIMIT), offset=offset)
    shown = {
        "numberMatched": meetings.count(session),
        "numberReturned": len(found),
        "meetings": [as_json(one) for one in found],
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post("", status_code=201, openapi_extra={"requestBody": MEETING})
def add_meeting(given: JsonObject, session: WriteSession, answers: HasAnswers) -> Response:
    """One more meeting, for the project office. It is never changed, only withdrawn."""
    actor, services = answers.visitor.signed_in(), answers.services
    anchoring.must_be_office(actor)
    plan = plan_of(services.settings)
    wanted = read_meeting(given, municipalities.names(session), plan, services.rules.today)
    [number] = meetings.add(session, actor, [wanted])
    shown = {
        **as_json(meetings.find(session, number)),
        "doubts": [{"text_sv": one.sv, "text_en": one.en} for one in doubts([wanted], plan)],
    }
    headers = {**answers.headers, "Location": f"/api/v1/meetings/{number}"}
    return Response(orjson.dumps(shown), 201, headers=headers, media_type=JSON)


@router.get("/{number}")
def read_meeting_by_number(
    request: Request, number: Number, session: WriteSession, answers: HasAnswers
) -> Response:
    """One meeting; one that has been withdrawn is not found."""
    refuse_unknown(request)
    anchoring.may_read(answers.visitor.signed_in())
    content = orjson.dumps(as_json(meetings.find(session, number)))
    return Response(content, headers=answers.headers, media_type=JSON)


@router.post("/{number}/withdrawal", status_code=204, dependencies=[Depends(prove_origin)])
def withdraw_meeting(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """Counted no more from now on; figures of earlier days stay as they were."""
    meetings.withdraw(session, answers.visitor.signed_in(), number)
    return Response(status_code=204, headers=answers.headers)


def as_json(one: Meeting) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "id": one.id,
        "held_on": one.held_on,
        "kind": one.kind,
        "subject": one.subject,
        "attended": one.attended,
        "is_example": one.is_example,
        "entered_at": one.entered_at,
    }
