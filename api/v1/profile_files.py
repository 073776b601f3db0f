"""Photos and documents of a municipality's profile: the same as of a site."""

from typing import Any

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.bodies import ExpectedVersion, JsonObject, UploadForm
from api.context import HasServices, HasVisitor, ReadSession, Services, WriteSession
from api.uploads import of_profile
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
from catalogue import municipalities
from catalogue.database import Actor
from catalogue.errors import NoSuchMunicipality
from catalogue.files import site_files

router = APIRouter(prefix="/municipalities/{code}/files", tags=["municipalities"])


@router.get("")
def list_profile_files(
    code: str,
    session: ReadSession,
    services: HasServices,
    visitor: HasVisitor,
    answers: HasAnswers,
) -> Response:
    """The files of the profile that whoever asks may see.

    Those who work with the municipality also see internal and removed ones.
    """
    found = owned(services, visitor.actor, code) if visitor.actor else None
    if found is None:
        found = listed(orjson.loads(municipalities.profile(session, code, visitor.audience)))
    return Response(json_text(found, services), headers=answers.headers, media_type=JSON)


def owned(services: Services, actor: Actor, code: str) -> dict[str, Any] | None:
    """Everything, from the write side; None where the actor reads only what is listed. Any: JSON."""
    with services.databases.writing(actor) as session:
        try:
            return everything(session, municipalities.find(session, code).owner)
        except NoSuchMunicipality:
            return None


@router.post("", status_code=201, openapi_extra={"requestBody": UPLOAD_BODY})
def add_profile_files(
    code: str, form: UploadForm, services: HasServices, visitor: HasVisitor
) -> Response:
    """New photos and documents, all or none; what is written beside them counts for each."""
    actor = visitor.signed_in()
    place = f"/api/v1/municipalities/{code}/files"
    return added(services, actor, of_profile(actor, code), form, place)


@router.get("/{file_id}")
def read_profile_file(
    code: str, file_id: FileId, session: WriteSession, answers: HasAnswers
) -> Response:
    """One file with its version, for those who work with the municipality."""
    owner = municipalities.find(session, code).owner
    return file_answer(site_files.find(session, owner, file_id), answers)


@router.patch("/{file_id}", openapi_extra={"requestBody": CHANGES})
def change_profile_file(
    code: str,
    file_id: FileId,
    given: JsonObject,
    version: ExpectedVersion,
    session: WriteSession,
    answers: HasAnswers,
) -> Response:
    """The file with the given values; what is left out stays."""
    owner = municipalities.find_to_write(session, answers.visitor.signed_in(), code).owner
    return changed(session, owner, file_id, given, version, answers)


@router.delete("/{file_id}", status_code=204)
def remove_profile_file(
    code: str, file_id: FileId, session: WriteSession, answers: HasAnswers
) -> Response:
    """The file hidden; it can be brought back, and the trail stays."""
    owner = municipalities.find_to_write(session, answers.visitor.signed_in(), code).owner
    site_files.remove(session, owner, file_id, answers.services.rules)
    return Response(status_code=204, headers=answers.headers)
