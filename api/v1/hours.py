"""The hours register over HTTP: read by those who belong to the project, added to, never changed."""

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.bodies import JsonObject
from api.context import HasNames, WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation import Schema, body
from catalogue.errors import BadParameters, Fault
from catalogue.hours import activities, hours
from catalogue.hours.hours import HoursEntry, plan_of
from catalogue.hours.hours_input import NOT_A_MONTH, read_entry, read_month
from catalogue.progress.progress import may_read
from geo.texts import Text

router = APIRouter(tags=["hours"])
MAX_LIMIT = 1_000

ENTRY_BODY: Schema = body(
    {
        "type": "object",
        "properties": {
            "municipality": {"type": "string", "description": "Code; one's own if left out"},
            "month": {"type": "string", "description": "A month of the project, such as 2026-05"},
            "role": {"type": "string", "maxLength": 80},
            "person": {"type": "string", "maxLength": 80},
            "hours": {
                "type": "number",
                "multipleOf": 0.5,
                "minimum": -744,
                "maximum": 744,
                "description": "Half hours; negative takes earlier hours back and needs a note",
            },
            "activity": {
                "type": "string",
                "description": "A code of `GET hours/activities` that is offered",
            },
            "sites": {"type": "array", "items": {"type": "string"}, "maxItems": 50},
            "note": {"type": "string", "maxLength": 500},
        },
        "required": ["month", "role", "hours", "activity"],
        "additionalProperties": False,
    },
    {
        "municipality": "2183",
        "month": "2026-05",
        "role": "Näringslivsutvecklare",
        "hours": 3.5,
        "activity": "grid_contact",
    },
)


@router.get("/hours")
def read_hours(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    municipality: Annotated[str | None, Query(description="A municipality's code")] = None,
    month: Annotated[str | None, Query(description="One month, such as 2026-05")] = None,
    limit: Annotated[int, Query(ge=1, description="Most entries; 1 000 at the most")] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="Entries passed over")] = 0,
) -> Response:
    """The entries of one's own municipality, or of all for the project; latest month first."""
    refuse_unknown(request, "municipality", "month", "limit", "offset")
    may_read(answers.visitor.signed_in())
    first, code = check_month(month), check_code(municipality, names)
    matched, total = hours.count(session, code, first)
    found = hours.entries(session, code, first, limit=min(limit, MAX_LIMIT), offset=offset)
    shown = {
        "numberMatched": matched,
        "numberReturned": len(found),
        "hours": total,
        "target_per_month": answers.services.settings.hours_per_month,
        "entries": [as_json(entry) for entry in found],
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post(
    "/hours",
    status_code=201,
    openapi_extra={"requestBody": ENTRY_BODY},
)
def add_hours(given: JsonObject, session: WriteSession, answers: HasAnswers) -> Response:
    """One more entry. Nothing is ever changed: a correction is an entry with negative hours."""
    actor, services = answers.visitor.signed_in(), answers.services
    own = {"municipality": actor.municipality} if actor.municipality else {}
    entry = read_entry(
        {**own, **given},
        plan_of(services.settings),
        activities=activities.everything(session),
        today=services.rules.today,
    )
    added = hours.add(session, actor, entry)
    headers = {
        **answers.headers,
        "Location": f"/api/v1/hours?municipality={added.municipality}&month={added.month:%Y-%m}",
    }
    return Response(orjson.dumps(as_json(added)), 201, headers=headers, media_type=JSON)


@router.get("/hours/activities")
def read_activities(request: Request, session: WriteSession, answers: HasAnswers) -> Response:
    """What hours can be spent on; one that is not `offered` stands in earlier entries only."""
    refuse_unknown(request)
    may_read(answers.visitor.signed_in())
    shown = [
        {
            "code": one.code,
            "label_sv": one.label_sv,
            "label_en": one.label_en,
            "offered": not one.retired,
        }
        for one in activities.everything(session).values()
    ]
    return Response(orjson.dumps({"activities": shown}), headers=answers.headers, media_type=JSON)


def check_month(given: str | None) -> date | None:
    """Raises `BadParameters`."""
    month = read_month(given)
    if given and month is None:
        raise BadParameters([Fault("month", NOT_A_MONTH, in_parameter=True)])
    return month


def check_code(given: str | None, names: dict[str, str]) -> str | None:
    """Raises `BadParameters` for a code that no municipality has."""
    if given and given not in names:
        text = Text("Välj bland: {codes}.", "Choose among: {codes}.")
        codes = text.format(codes=", ".join(names))
        raise BadParameters([Fault("municipality", codes, in_parameter=True)])
    return given or None


def as_json(entry: HoursEntry) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "id": entry.id,
        "municipality": entry.municipality,
        "month": f"{entry.month:%Y-%m}",
        "role": entry.role,
        "person": entry.person,
        "hours": entry.hours,
        "activity": entry.activity,
        "sites": entry.sites,
        "note": entry.note,
        "entered_at": entry.entered_at,
        "entered_by": entry.entered_by,
        "attested_by": entry.attested_by,
        "attested_at": entry.attested_at,
    }
