"""The municipalities and what they say of themselves."""

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from api.answers import HasAnswers
from api.bodies import ExpectedVersion, JsonObject
from api.context import HasNames, ReadSession, WriteSession
from api.v1.documentation import Schema, body, field_schema
from catalogue import municipalities
from catalogue.changes import read_changes
from catalogue.fields import PROFILE, PROFILE_FIELDS
from catalogue.files import files

router = APIRouter(prefix="/municipalities", tags=["municipalities"])

PROFILE_BODY: Schema = body(
    {
        "type": "object",
        "properties": {field.key: field_schema(field) for field in PROFILE_FIELDS},
        "additionalProperties": False,
    },
    {"tax_rate_pct": {"value": 33.86, "basis": "authority", "as_of": "2026-01-01"}},
    "application/merge-patch+json",
)


@router.get("")
def list_municipalities(names: HasNames, session: ReadSession, answers: HasAnswers) -> Response:
    """Every municipality with its profile, in Swedish alphabetical order."""

    def made() -> bytes:
        found = municipalities.profiles(session, answers.visitor.audience)
        text = f'{{"municipalities":[{",".join(found)}]}}'
        return files.addressed(text, answers.services.settings.visited_at).encode()

    return answers.kept("municipalities", made)


@router.get("/{code}")
def read_municipality(code: str, session: ReadSession, answers: HasAnswers) -> Response:
    """One profile with what stands behind each value."""
    found = municipalities.profile(session, code, answers.visitor.audience)
    etag = f'"{orjson.loads(found)["version"]}-{answers.visitor.audience}"'
    headers = {**answers.headers, "ETag": etag}
    if answers.unchanged(etag):
        return Response(status_code=304, headers=headers)
    text = files.addressed(found, answers.services.settings.visited_at)
    return Response(text, headers=headers, media_type="application/json")


@router.patch("/{code}", openapi_extra={"requestBody": PROFILE_BODY})
def change_municipality(
    code: str,
    given: JsonObject,
    version: ExpectedVersion,
    session: WriteSession,
    answers: HasAnswers,
) -> Response:
    """The profile with the given values changed."""
    rules = answers.services.rules
    changes = read_changes(given, PROFILE, today=rules.today, kept=frozenset())
    after = municipalities.change_profile(
        session,
        answers.visitor.signed_in(),
        code,
        changes,
        rules,
        expected_version=version,
    )
    seen = municipalities.seen(after, "registered", rules.shelf_life)
    shown = files.addressed(seen, answers.services.settings.visited_at)
    headers = {**answers.headers, "ETag": f'"{after.version}-registered"'}
    return Response(shown, headers=headers, media_type="application/json")
