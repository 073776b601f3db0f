"""The indicators of the funding decision over HTTP: for the project office and administrators."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.answers import JSON, Answers, HasAnswers
from api.bodies import ExpectedVersion, JsonObject
from api.context import HasNames, WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation import CREATED, Schema, body
from catalogue.exports import tidy
from catalogue.hours.hours import plan_of
from catalogue.indicators import indicators
from catalogue.indicators.indicator_input import (
    FOLLOW_UPS,
    LONGEST,
    REQUIRED,
    read_indicator,
    read_reading,
)
from catalogue.indicators.indicators import VERSIONED, Indicator, Reading
from catalogue.indicators.standings import as_json
from catalogue.progress.progress import progress, read_span

router = APIRouter(prefix="/indicators", tags=["progress"])
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The indicator's number")]
DAY: Schema = {"type": "string", "format": "date"}
EMPTY: Schema = {"type": "null"}


def words(name: str) -> Schema:
    return {"type": "string", "maxLength": LONGEST[name]}


GIVEN: Schema = {
    "type": "object",
    "properties": {
        "name_sv": {**words("name_sv"), "minLength": 1},
        "name_en": {**words("name_en"), "description": "The Swedish name if left out"},
        "target": {"type": "number"},
        "target_date": {**DAY, "description": "The day it is to be reached by"},
        "source": {
            **words("source"),
            "minLength": 1,
            "description": "The decision, and the page or reference number",
        },
        "follow_up": {
            "type": "string",
            "enum": list(FOLLOW_UPS),
            "description": "The value of a figure, its change since the start, or readings by hand",
        },
        "figure": {
            "anyOf": [{"type": "string"}, EMPTY],
            "description": "The key of a figure of /api/v1/progress; none for readings",
        },
        "municipality": {
            "anyOf": [{"type": "string"}, EMPTY],
            "description": "The code of a municipality; all of them if left out",
        },
        "start_value": {"type": "number", "description": "0 if left out"},
        "start_date": {**DAY, "description": "The project's baseline if left out"},
        "unit_sv": {**words("unit_sv"), "description": "Of readings; a figure has its own unit"},
        "unit_en": words("unit_en"),
        "retired": {"type": "boolean", "description": "Whether it is no longer followed"},
        "reason": words("reason"),
    },
    "additionalProperties": False,
}
ADDED = body(
    {**GIVEN, "required": list(REQUIRED)},
    {
        "name_sv": "Publicerade platser i katalogen",
        "name_en": "Published sites in the catalogue",
        "target": 40,
        "target_date": "2027-06-30",
        "source": "Beslut om stöd, dnr 2023-0000, sidan 4",
        "follow_up": "value",
        "figure": "sites_published",
    },
)
CHANGED = body(
    GIVEN, {"target": 45, "reason": "Ändringsbeslut, dnr 2023-0000-7"},
    "application/merge-patch+json",
)  # fmt: skip
READ = body(
    {
        "type": "object",
        "properties": {
            "value": {"type": "number"},
            "read_on": {**DAY, "description": "The day it was true; today or before"},
            "source": {**words("source"), "minLength": 1},
            "note": words("note"),
        },
        "required": ["value", "read_on", "source"],
        "additionalProperties": False,
    },
    {"value": 12, "read_on": "2026-10-31", "source": "Projektkontorets besökslista"},
)


@router.get("")
def list_indicators(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    as_of: Annotated[
        str | None, Query(description="The day shown, as it was known then; today if left out")
    ] = None,
) -> Response:
    """Each indicator that was followed on a day, with its value and how it goes."""
    refuse_unknown(request, "as_of")
    actor, services = answers.visitor.signed_in(), answers.services
    indicators.may_keep(actor)
    settings, rules = services.settings, services.rules
    span = read_span(as_of, None, settings.baseline_date, rules.today)
    found = progress(session, actor, span, plan_of(settings), rules.shelf_life)
    shown = {"as_of": span.as_of, "indicators": as_json(found.indicators)}
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post("", status_code=201, openapi_extra={"requestBody": ADDED, "responses": CREATED})
def add_indicator(
    given: JsonObject, session: WriteSession, answers: HasAnswers, names: HasNames
) -> Response:
    """What the funding decision asks for, from now on followed up."""
    actor, services = answers.visitor.signed_in(), answers.services
    indicators.may_keep(actor)
    read = read_indicator(given, names, services.settings.baseline_date, None)
    added = indicators.add(session, actor, read.values, read.reason, services.rules.now())
    return one_answer(session, added, answers, 201)


@router.get("/{number}")
def read_indicator_history(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """One indicator with all its versions and readings; the ETag is its version."""
    indicators.may_keep(answers.visitor.signed_in())
    return one_answer(session, indicators.find(session, number), answers)


@router.patch("/{number}", openapi_extra={"requestBody": CHANGED})
def change_indicator(
    number: Number,
    given: JsonObject,
    version: ExpectedVersion,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
) -> Response:
    """The parts sent take the place of what stood there; what held before is kept."""
    actor, services = answers.visitor.signed_in(), answers.services
    indicators.may_keep(actor)
    stands = indicators.find(session, number)
    kept = {name: getattr(stands, name) for name in VERSIONED}
    read = read_indicator(given, names, services.settings.baseline_date, None, kept)
    changed = indicators.change(
        session, actor, number, read.values, read.reason, services.rules.now(),
        expected_version=version,
    )  # fmt: skip
    return one_answer(session, changed, answers)


@router.post(
    "/{number}/readings", status_code=201,
    openapi_extra={"requestBody": READ, "responses": CREATED},
)  # fmt: skip
def add_reading(
    number: Number, given: JsonObject, session: WriteSession, answers: HasAnswers
) -> Response:
    """A value found out by hand; of two for the same day, the later one counts."""
    actor, services = answers.visitor.signed_in(), answers.services
    indicators.may_keep(actor)
    values = read_reading(given, services.rules.today, None)
    added = indicators.add_reading(session, actor, number, values, services.rules.now())
    headers = {**answers.headers, "Location": f"/api/v1/indicators/{number}"}
    content = orjson.dumps(reading_json(added))
    return Response(content, 201, headers=headers, media_type=JSON)


def one_answer(session: Session, one: Indicator, answers: Answers, status: int = 200) -> Response:
    headers = {**answers.headers, "ETag": f'"{one.version}-indicator"'}
    if status == 201:
        headers["Location"] = f"/api/v1/indicators/{one.id}"
    shown = {
        "id": one.id,
        "is_example": one.is_example,
        **version_json(one),
        "versions": [version_json(version) for version in indicators.history(session, one.id)],
        "readings": [reading_json(reading) for reading in indicators.readings_of(session, one.id)],
    }
    return Response(orjson.dumps(shown), status, headers=headers, media_type=JSON)


def version_json(one: Indicator) -> dict[str, Any]:
    """Any: JSON."""
    said = {name: getattr(one, name) for name in VERSIONED}
    return {
        "version": one.version,
        **said,
        "target": tidy(one.target),
        "start_value": tidy(one.start_value),
        "figure": one.figure or None,
        "reason": one.reason,
        "recorded_at": one.recorded_at,
        "recorded_by": one.recorded_by,
    }


def reading_json(reading: Reading) -> dict[str, Any]:
    """Any: JSON."""
    return {**vars(reading), "value": tidy(reading.value)}
