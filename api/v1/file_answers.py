"""Answers about photos and documents, the same whether a site or a municipality has them."""

from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import Path
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api.answers import JSON, Answers
from api.bodies import JsonObject
from api.context import Services
from api.uploads import FindOwner, keep, uploads
from api.v1.documentation import Schema, body
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid
from catalogue.files import files, site_files
from catalogue.files.files import FIELDS, Owner, SiteFile
from catalogue.files.site_files import LONGEST, read_description
from geo.texts import Text

FileId = Annotated[int, Path(ge=1, le=2**62)]
DESCRIBED: Schema = {
    **{key: {"type": "string", "maxLength": most} for key, most in LONGEST.items()},
    "date": {"type": "string", "format": "date", "description": "Taken or written on this day"},
    "visibility": {
        "type": "string",
        "enum": ["public", "registered", "internal"],
        "description": "A photo needs `alt_sv` before others than the municipality may see it",
    },
}
EXAMPLE: Schema = {
    "caption_sv": "Området från söder",
    "alt_sv": "Flygbild: en plan åker mellan järnvägen och skogen.",
    "date": "2026-06-14",
    "visibility": "public",
}
UPLOAD_BODY = body(
    {
        "type": "object",
        "properties": {
            "file": {
                "type": "array",
                "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                "description": "JPEG, HEIC, PNG, WebP, PDF, DOCX, XLSX, PPTX, ODT or ODS, "
                "known by its content",
            },
            **DESCRIBED,
        },
        "required": ["file"],
    },
    {**EXAMPLE, "file": ["flygbild.jpg"]},
    "multipart/form-data",
)
CHANGES = body(
    {
        "type": "object",
        "properties": {
            **DESCRIBED,
            "position": {"type": "integer", "minimum": 1, "description": "Place in its kind"},
            "removed": {"type": "boolean", "description": "`false` brings a removed file back"},
        },
        "additionalProperties": False,
    },
    {**EXAMPLE, "position": 1},
    "application/merge-patch+json",
)


def listed(said: Mapping[str, Any]) -> dict[str, Any]:
    """The uploaded files among what an audience is told of a site or a profile; Any: JSON."""
    return {key: [one for one in said.get(key, ()) if "id" in one] for key in FIELDS.values()}


def json_text(said: object, services: Services) -> str:
    return files.addressed(orjson.dumps(said).decode(), services.settings.visited_at)


def everything(session: Session, owner: Owner) -> dict[str, Any]:
    """Any: JSON."""
    present = files.of_owner(session, owner)
    found = {
        key: [one.in_full() for one in present if one.kind == kind] for kind, key in FIELDS.items()
    }
    return {**found, "removed": [one.in_full() for one in files.removed_of(session, owner)]}


def added(
    services: Services, actor: Actor, find_owner: FindOwner, form: FormData, place: str
) -> Response:
    """The answer to a form with files; `place` is the address they are listed at."""
    sent = uploads(form)
    if not sent:
        raise Invalid([Fault("file", Text("Välj minst en fil.", "Choose at least one file."))])
    texts = {key: value for key, value in form.multi_items() if key != "file"}
    described = read_description(texts, services.rules.today)
    kept = keep(services, actor, find_owner, sent, described)
    said = {"files": [one.in_full() for one in kept]}
    headers = {"Cache-Control": "private, no-store", "Location": f"{place}/{kept[0].id}"}
    return Response(json_text(said, services), 201, headers=headers, media_type=JSON)


def changed(
    session: Session,
    owner: Owner,
    file_id: int,
    given: JsonObject,
    version: int,
    answers: Answers,
) -> Response:
    """The answer to a merge-patch of one file."""
    rules = answers.services.rules
    described = {key: value for key, value in given.items() if key not in ("position", "removed")}
    place, removed = read_place(given), read_removed(given)
    file = site_files.change(
        session, owner, file_id, read_description(described, rules.today), rules,
        expected_version=version,
    )  # fmt: skip
    if removed is not None:
        set_removed(session, answers.services, owner, file, removed)
    if place is not None:
        site_files.move(session, owner, file_id, place, rules)
    return file_answer(site_files.find(session, owner, file_id), answers)


def read_place(given: JsonObject) -> int | None:
    place = given.get("position")
    if place is not None and (type(place) is not int or place < 1):
        text = Text("Ett heltal, minst 1.", "A whole number, at least 1.")
        raise Invalid([Fault("position", text)])
    return place


def read_removed(given: JsonObject) -> bool | None:
    removed = given.get("removed")
    if not (removed is None or isinstance(removed, bool)):
        raise Invalid([Fault("removed", Text("true eller false.", "true or false."))])
    return removed


def set_removed(
    session: Session, services: Services, owner: Owner, file: SiteFile, removed: bool
) -> None:
    if removed:
        site_files.remove(session, owner, file.id, services.rules)
    else:
        site_files.restore(session, owner, file.id, services.files, services.rules)


def file_answer(file: SiteFile, answers: Answers) -> Response:
    headers = {**answers.headers, "ETag": f'"{file.version}-file"'}
    return Response(json_text(file.in_full(), answers.services), headers=headers, media_type=JSON)
