"""The register of clients' requests over HTTP: for the project office and administrators."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.answers import JSON, Answers, HasAnswers
from api.bodies import ExpectedVersion, JsonObject
from api.context import HasNames, WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation import CREATED, Schema, body
from api.v1.documentation_matches import REQUIREMENT
from api.v1.hours import check_code
from catalogue.errors import BadParameters, Fault
from catalogue.progress.progress import may_read
from catalogue.requests import register
from catalogue.requests.offered import offers
from catalogue.requests.register import ClientRequest
from catalogue.requests.register_input import CHOICES, DAYS, LONGEST, OUTCOMES, read_given
from catalogue.tables import client_request as table
from geo.texts import Text

router = APIRouter(prefix="/requests", tags=["requests"])
MAX_LIMIT = 1_000
Number = Annotated[int, Path(ge=1, le=2**31, description="The request's number")]
EMPTY: Schema = {"type": "null"}
GIVEN: Schema = {
    "type": "object",
    "properties": {
        "code_name": {"type": "string", "minLength": 1, "maxLength": 60},
        **{name: {"anyOf": [{"type": "string", "format": "date"}, EMPTY]} for name in DAYS},
        **{
            name: {"anyOf": [{"type": "string", "enum": list(codes)}, EMPTY]}
            for name, codes in CHOICES.items()
        },
        **{name: {"type": "string", "maxLength": most} for name, most in LONGEST.items()},
        "requirements": {"type": "array", "items": REQUIREMENT},
        "sites": {
            "type": "array",
            "items": {"type": "string"},
            "description": "References of the sites offered",
        },
    },
    "additionalProperties": False,
}
ADDED = body(
    {**GIVEN, "required": ["code_name", "received_on"]},
    {
        "code_name": "Projekt Älg",
        "received_on": "2026-10-01",
        "due_on": "2026-10-03",
        "sector": "battery",
        "requirements": [{"key": "area_net_ha", "op": "min", "value": 60}],
    },
)
CHANGED = body(
    GIVEN,
    {"answered_on": "2026-10-02", "sites": ["GVB-2183-001"], "outcome": "shortlisted"},
    "application/merge-patch+json",
)


@router.get("")
def read_requests(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    outcome: Annotated[
        str | None, Query(description=f"One of {', '.join(OUTCOMES)}; all if left out")
    ] = None,
    limit: Annotated[int, Query(ge=1, description="Most requests; 1 000 at the most")] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="Requests passed over")] = 0,
) -> Response:
    """The requests for information that have come in, the latest first."""
    refuse_unknown(request, "outcome", "limit", "offset")
    register.may_read(answers.visitor.signed_in())
    if outcome is not None and outcome not in OUTCOMES:
        text = Text("Välj bland: {codes}.", "Choose among: {codes}.")
        fault = Fault("outcome", text.format(codes=", ".join(OUTCOMES)), in_parameter=True)
        raise BadParameters([fault])
    held = [table.c.outcome == outcome] if outcome else []
    found = register.chosen(session, held, limit=min(limit, MAX_LIMIT), offset=offset)
    shown = {
        "numberMatched": sum(register.count_by_outcome(session, held).values()),
        "numberReturned": len(found),
        "requests": [as_json(one, answers) for one in found],
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post("", status_code=201, openapi_extra={"requestBody": ADDED, "responses": CREATED})
def add_request(
    given: JsonObject, session: WriteSession, answers: HasAnswers, names: HasNames
) -> Response:
    """A request kept under a code name; who adds it handles it, unless somebody else is named."""
    actor = answers.visitor.signed_in()
    register.may_read(actor)
    added = register.add(session, actor, read_given(given, names, answers.services.rules.today))
    return one_answer(added, answers, 201)


@router.get("/offered")
def read_offered(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    municipality: Annotated[str | None, Query(description="A municipality's code")] = None,
) -> Response:
    """Where the sites of one's own municipality, or of all for the project, were offered to clients:
    sector, size, days and outcome, but nothing of who asks."""
    refuse_unknown(request, "municipality")
    may_read(answers.visitor.signed_in())
    found = offers(session, check_code(municipality, names) or "")
    content = orjson.dumps({"numberReturned": len(found), "offered": found})
    return Response(content, headers=answers.headers, media_type=JSON)


@router.get("/{number}")
def read_request(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """One request; the ETag is its version."""
    register.may_read(answers.visitor.signed_in())
    return one_answer(register.find(session, number), answers)


@router.patch("/{number}", openapi_extra={"requestBody": CHANGED})
def change_request(
    number: Number,
    given: JsonObject,
    version: ExpectedVersion,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
) -> Response:
    """The parts sent take the place of what stood there; every change is kept as a version."""
    actor = answers.visitor.signed_in()
    register.may_read(actor)
    kept = vars(register.find(session, number))
    read = read_given(given, names, answers.services.rules.today, kept)
    return one_answer(register.change(session, actor, number, read, version), answers)


def one_answer(one: ClientRequest, answers: Answers, status: int = 200) -> Response:
    headers = {**answers.headers, "ETag": f'"{one.version}-request"'}
    if status == 201:
        headers["Location"] = f"/api/v1/requests/{one.id}"
    content = orjson.dumps(as_json(one, answers))
    return Response(content, status, headers=headers, media_type=JSON)


def as_json(one: ClientRequest, answers: Answers) -> dict[str, Any]:
    """Any: JSON."""
    today = answers.services.rules.today
    return {**vars(one), "days_open": one.days_open(today), "is_late": one.is_late(today)}
