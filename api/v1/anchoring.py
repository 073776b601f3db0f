"""Anchoring over HTTP: one's own municipality's, or all of them for the project office."""

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import JSON, Answers, HasAnswers
from api.bodies import ExpectedVersion, JsonObject
from api.context import HasLanguage, WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation import Schema, body
from api.v1.progress import check_choices
from catalogue.anchoring import anchoring
from catalogue.anchoring.anchoring_files import as_json, write_csv, write_json
from catalogue.anchoring.anchoring_input import DAYS, LONGEST, PARTS, read_given
from catalogue.anchoring.overview import Town, overview, town
from catalogue.hours.hours import plan_of
from catalogue.progress.progress import read_span
from geo.texts import Language

router = APIRouter(prefix="/anchoring", tags=["progress"])
FORMATS = ("json", "csv")
AsOf = Annotated[
    str | None,
    Query(
        description="as it was known at the end of a day, such as 2026-05-01: without names and "
        "addresses, which no history holds; today if left out"
    ),
]


def part_schema(name: str) -> Schema:
    if name in DAYS:
        return {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
    longest = LONGEST.get(name) or LONGEST[name.rpartition("_")[2]]
    return {"type": "string", "maxLength": longest}


CHANGED = body(
    {
        "type": "object",
        "properties": {name: part_schema(name) for name in PARTS},
        "additionalProperties": False,
    },
    {
        "decided_on": "2024-05-28",
        "decided_by": "Kommunstyrelsen",
        "decision_reference": "KS 2024/118",
        "deputy_role": "Planarkitekt",
    },
    "application/merge-patch+json",
)


@router.get("")
def read_anchoring(
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    spoken: HasLanguage,
    chosen: Annotated[
        str | None, Query(alias="format", description="json (default) or csv")
    ] = None,
    language: Annotated[
        str | None, Query(description="sv or en, for CSV; Accept-Language if left out")
    ] = None,
    as_of: AsOf = None,
) -> Response:
    """What is in place in each municipality, since when, and what somebody can do something about."""
    refuse_unknown(request, "format", "language", "as_of")
    check_choices(chosen, language, FORMATS)
    rules, plan = answers.services.rules, plan_of(answers.services.settings)
    found = overview(session, answers.visitor.signed_in(), day_of(as_of, answers), rules)
    accept = request.headers.get("accept", "")
    if (chosen or ("csv" if accept.lower().startswith("text/csv") else "json")) == "csv":
        words: Language = "sv" if (language or spoken) == "sv" else "en"
        name = f"sitefinder-anchoring-{found.day}.csv"
        headers = {**answers.headers, "Content-Disposition": f'attachment; filename="{name}"'}
        content = write_csv(found, words)
        return Response(content, headers=headers, media_type="text/csv; charset=utf-8")
    content = write_json(found, plan)
    return Response(content, headers=answers.headers, media_type=JSON)


def day_of(as_of: str | None, answers: Answers) -> date:
    """Raises `BadParameters`."""
    today = answers.services.rules.today
    return read_span(as_of, None, today, today).as_of


@router.get("/{code}")
def read_town(
    request: Request,
    code: str,
    session: WriteSession,
    answers: HasAnswers,
    as_of: AsOf = None,
) -> Response:
    """One municipality's; the ETag is the version of its decision and people."""
    refuse_unknown(request, "as_of")
    day = day_of(as_of, answers)
    return town_answer(session_town(code, session, answers, day), answers)


@router.patch("/{code}", openapi_extra={"requestBody": CHANGED})
def change_town(
    code: str,
    given: JsonObject,
    version: ExpectedVersion,
    session: WriteSession,
    answers: HasAnswers,
) -> Response:
    """The parts sent take the place of what stood there. An empty name or address is forgotten."""
    actor, today = answers.visitor.signed_in(), answers.services.rules.today
    anchoring.may_read(actor, code)
    kept = anchoring.find(session, code)
    read = read_given(given, today, kept.values)
    anchoring.change(session, actor, code, read, version)
    return town_answer(session_town(code, session, answers, today), answers)


def session_town(code: str, session: WriteSession, answers: Answers, day: date) -> Town:
    return town(session, answers.visitor.signed_in(), code, day, answers.services.rules)


def town_answer(found: Town, answers: Answers) -> Response:
    shown: dict[str, Any] = as_json(found, plan_of(answers.services.settings))
    headers = {**answers.headers, "ETag": f'"{found.said.version}-anchoring"'}
    return Response(orjson.dumps(shown), headers=headers, media_type=JSON)
