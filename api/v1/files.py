"""Photos and documents of a site; `profile_files` has those of a municipality."""

from typing import Any

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.bodies import ExpectedVersion, JsonObject, UploadForm
from api.context import HasServices, HasVisitor, ReadSession, Services, WriteSession
from api.uploads import of_site
from api.v1.file_answers import (
    CHANGES,
    UPLOAD_BODY,
    FileId,
    added,
    changed,
    everything,
    file_answer,
    json_text,
    listed,
)
from catalogue import sites
from catalogue.database import Actor
from catalogue.errors import NoSuchSite
from catalogue.files import site_files
from catalogue.listing import LISTINGS
from catalogue.search import queries

router = APIRouter(prefix="/sites/{reference}/files", tags=["sites"])


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


def owned(services: Services, actor: Actor, reference: str) -> dict[str, Any] | None:
    """Everything, from the write side; None where the actor reads only what is listed. Any: JSON."""
    with services.databases.writing(actor) as session:
        try:
            return everything(session, sites.find(session, reference).owner)
        except NoSuchSite:
            return None


@router.post("", status_code=201, openapi_extra={"requestBody": UPLOAD_BODY})
def add_files(
    reference: str, form: UploadForm, services: HasServices, visitor: HasVisitor
) -> Response:
    """New photos and documents, all or none; what is written beside them counts for each."""
    actor = visitor.signed_in()
    place = f"/api/v1/sites/{reference}/files"
    return added(services, actor, of_site(actor, reference), form, place)


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


@router.delete("/{file_id}", status_code=204)
def remove_file(
    reference: str, file_id: FileId, session: WriteSession, answers: HasAnswers
) -> Response:
    """The file hidden; it can be brought back, and the trail stays."""
    owner = sites.find_to_write(session, answers.visitor.signed_in(), reference).owner
    site_files.remove(session, owner, file_id, answers.services.rules)
    return Response(status_code=204, headers=answers.headers)
