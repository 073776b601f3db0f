"""Snapshots of progress over HTTP: taken, listed, compared, and their files as they were written."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.answers import JSON, Answers, HasAnswers
from api.bodies import JsonObject
from api.context import WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation import Schema, body
from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault, Invalid
from catalogue.progress.progress import read_span
from catalogue.snapshots import snapshots
from catalogue.snapshots.comparison import compare
from catalogue.snapshots.snapshots import LONGEST_NAME, LONGEST_NOTE, Snapshot, Wanted
from frontend.progress_formats import FORMATS
from geo.texts import Text

router = APIRouter(prefix="/snapshots", tags=["progress"])
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The snapshot's number")]
KINDS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}

DAY: Schema = {"type": "string", "format": "date"}
TAKING: Schema = body(
    {
        "type": "object",
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
            "as_of": {**DAY, "description": "A day that is over"},
            "since": {**DAY, "description": "The day compared with; the baseline if left out"},
            "note": {"type": "string", "maxLength": LONGEST_NOTE},
        },
        "required": ["name", "as_of"],
        "additionalProperties": False,
    },
    {"name": "Lägesrapport 8", "as_of": "2026-09-30"},
)


def keeper(answers: Answers) -> Actor:
    """Whoever asks; raises `NotSignedIn` or `NotAllowed`."""
    actor = answers.visitor.signed_in()
    snapshots.may_keep(actor)
    return actor


@router.get("")
def list_snapshots(request: Request, session: WriteSession, answers: HasAnswers) -> Response:
    """Every snapshot, the latest first, and whether each is as it was when it was taken."""
    refuse_unknown(request)
    keeper(answers)
    shown = {
        "snapshots": [as_json(session, one, answers) for one in snapshots.all_of(session)],
        "broken": [
            {"number": one.number, "said_sv": one.said.sv, "said_en": one.said.en}
            for one in snapshots.broken(session)
        ],
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post("", status_code=201, openapi_extra={"requestBody": TAKING})
def take_snapshot(given: JsonObject, session: WriteSession, answers: HasAnswers) -> Response:
    """Progress at the end of a day, frozen with every file of it."""
    actor, services = keeper(answers), answers.services
    sent = texts(given)
    try:
        span = read_span(
            sent["as_of"], sent["since"], services.settings.baseline_date, services.rules.today
        )
    except BadParameters as refusal:
        raise Invalid([Fault(one.where, one.text) for one in refusal.faults]) from refusal
    wanted = Wanted(sent["name"], span, sent["note"])
    made = snapshots.take(
        session, actor, wanted, services.settings, services.rules, formats=FORMATS
    )
    headers = {**answers.headers, "Location": f"/api/v1/snapshots/{made.number}"}
    content = orjson.dumps(as_json(session, made, answers))
    return Response(content, 201, headers=headers, media_type=JSON)


@router.get("/{number}")
def read_snapshot(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """What a snapshot is of, its seal, and where its files are."""
    keeper(answers)
    content = orjson.dumps(as_json(session, snapshots.find(session, number), answers))
    return Response(content, headers=answers.headers, media_type=JSON)


@router.get("/{number}/files/{name}")
def read_file(number: Number, name: str, session: WriteSession, answers: HasAnswers) -> Response:
    """One of its files, byte for byte as it was written."""
    keeper(answers)
    return file_answer(session, number, name, answers.headers)


@router.get("/{number}/comparison")
def read_comparison(
    request: Request,
    number: Number,
    session: WriteSession,
    answers: HasAnswers,
    other: Annotated[int, Query(alias="with", ge=1, le=2**31 - 1, description="The other one")],
) -> Response:
    """Every figure in two snapshots, and how much it has changed."""
    refuse_unknown(request, "with")
    keeper(answers)
    found = compare(session, number, other)
    shown = {
        "before": as_json(session, found.before, answers),
        "after": as_json(session, found.after, answers),
        "is_defined_alike": found.is_defined_alike,
        "settings": [
            {"name": name, "before": before, "after": after}
            for name, before, after in found.settings
        ],
        "figures": [
            {
                "municipality": line.municipality or None,
                "key": line.key,
                "name_sv": line.name.sv,
                "name_en": line.name.en,
                "unit_sv": line.unit.sv,
                "unit_en": line.unit.en,
                "before": line.before,
                "after": line.after,
                "change": line.change,
            }
            for line in found.lines
        ],
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


def file_answer(session: Session, number: int, name: str, headers: dict[str, str]) -> Response:
    content = snapshots.file(session, number, name)
    kind = KINDS.get(name.rpartition(".")[2], "application/octet-stream")
    shown = f'attachment; filename="sitefinder-snapshot-{number}-{name}"'
    return Response(content, headers={**headers, "Content-Disposition": shown}, media_type=kind)


def texts(given: dict[str, Any]) -> dict[str, str]:
    """The four texts of a body; raises `Invalid`. Any: JSON."""
    names = ("name", "as_of", "since", "note")
    faults = [
        Fault(str(name)[:60], Text("Fältet finns inte.", "There is no such field."))
        for name in given
        if name not in names
    ] + [
        Fault(name, Text("Ange en text.", "Give a text."))
        for name in names
        if not isinstance(given.get(name, "" if name in ("since", "note") else None), str)
    ]
    if faults:
        raise Invalid(faults)
    return {name: given.get(name, "") for name in names}


def as_json(session: Session, one: Snapshot, answers: Answers) -> dict[str, object]:
    base = f"{answers.services.settings.visited_at}/api/v1/snapshots/{one.number}"
    return {
        **one.header,
        "seal": one.seal,
        "links": [{"rel": "self", "href": base}]
        + [
            {"rel": "item", "href": f"{base}/files/{name}", "title": name, "length": size}
            for name, size in snapshots.file_sizes(session, one.number).items()
        ],
    }
