"""Photos and documents of a site: listed, sent, described, put in order and removed."""

from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api.answers import JSON, Answers, HasAnswers
from api.bodies import ExpectedVersion, JsonObject, UploadForm
from api.context import HasServices, HasVisitor, ReadSession, Services, WriteSession
from api.uploads import FindOwner, keep, of_site, uploads
from api.v1.documentation import Schema, body
from catalogue import sites
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NoSuchSite
from catalogue.files import files, site_files
from catalogue.files.files import FIELDS, Owner, SiteFile
from catalogue.files.site_files import LONGEST, read_description
from catalogue.listing import LISTINGS
from catalogue.search import queries
from geo.texts import Text

router = APIRouter(prefix="/sites/{reference}/files", tags=["sites"])

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


@router.get("")
def list_files(
    reference: str,
    session: ReadSession,
    services: HasServices,
    visitor: HasVisitor,
    answers: HasAnswers,
) -> Response:
    """The files that whoever asks may see.

    Those who work with the site also see internal and removed ones.
    """
    found = owned(services, visitor.actor, reference) if visitor.actor else None
    if found is None:
        detail = queries.detail(session, reference, LISTINGS[visitor.audience])
        found = listed(orjson.loads(detail.feature)["properties"])
    return Response(json_text(found, services), headers=answers.headers, media_type=JSON)


def listed(said: Mapping[str, Any]) -> dict[str, Any]:
    """The uploaded files among what an audience is told of a site or a profile; Any: JSON."""
    return {key: [one for one in said.get(key, ()) if "id" in one] for key in FIELDS.values()}


def json_text(said: object, services: Services) -> str:
    return files.addressed(orjson.dumps(said).decode(), services.settings.visited_at)


def owned(services: Services, actor: Actor, reference: str) -> dict[str, Any] | None:
    """Everything, from the write side; None where the actor reads only what is listed. Any: JSON."""
    with services.databases.writing(actor) as session:
        try:
            return everything(session, sites.find(session, reference).owner)
        except NoSuchSite:
            return None


def everything(session: Session, owner: Owner) -> dict[str, Any]:
    """Any: JSON."""
    present = files.of_owner(session, owner)
    found = {
        key: [one.in_full() for one in present if one.kind == kind] for kind, key in FIELDS.items()
    }
    return {**found, "removed": [one.in_full() for one in files.removed_of(session, owner)]}


@router.post("", status_code=201, openapi_extra={"requestBody": UPLOAD_BODY})
def add_files(
    reference: str, form: UploadForm, services: HasServices, visitor: HasVisitor
) -> Response:
    """New photos and documents, all or none; what is written beside them counts for each."""
    actor = visitor.signed_in()
    place = f"/api/v1/sites/{reference}/files"
    return added(services, actor, of_site(actor, reference), form, place)


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


@router.get("/{file_id}")
def read_file(
    reference: str, file_id: FileId, session: WriteSession, answers: HasAnswers
) -> Response:
    """One file with its version, for those who work with the site."""
    owner = sites.find(session, reference).owner
    return file_answer(site_files.find(session, owner, file_id), answers)


@router.patch("/{file_id}", openapi_extra={"requestBody": CHANGES})
def change_file(
    reference: str,
    file_id: FileId,
    given: JsonObject,
    version: ExpectedVersion,
    session: WriteSession,
    answers: HasAnswers,
) -> Response:
    """The file with the given values; what is left out stays."""
    owner = sites.find_to_write(session, answers.visitor.signed_in(), reference).owner
    return changed(session, owner, file_id, given, version, answers)


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


@router.delete("/{file_id}", status_code=204)
def remove_file(
    reference: str, file_id: FileId, session: WriteSession, answers: HasAnswers
) -> Response:
    """The file hidden; it can be brought back, and the trail stays."""
    owner = sites.find_to_write(session, answers.visitor.signed_in(), reference).owner
    site_files.remove(session, owner, file_id, answers.services.rules)
    return Response(status_code=204, headers=answers.headers)


def file_answer(file: SiteFile, answers: Answers) -> Response:
    headers = {**answers.headers, "ETag": f'"{file.version}-file"'}
    return Response(json_text(file.in_full(), answers.services), headers=headers, media_type=JSON)
