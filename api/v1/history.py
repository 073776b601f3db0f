"""What was known of a site, and when: for its municipality, the project and administrators."""

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.bodies import ExpectedVersion, JsonObject
from api.context import HasLanguage, HasNames, WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation import body
from api.v1.sites import LONGEST_REASON, saved_answer
from catalogue.errors import Fault, Invalid
from catalogue.full_site import full_feature
from catalogue.history import history, restoring
from catalogue.history.version_steps import site_steps
from geo.outline_changes import OutlineChange
from geo.texts import Text

router = APIRouter(tags=["sites"])

MOST_VERSIONS = 1_000
"""Of the newest; a site is saved some tens of times a year."""


@router.get("/sites/{reference}/history")
def read_history(
    reference: str,
    request: Request,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    as_of: Annotated[
        date | None, Query(description="The site as it was known at the end of this day")
    ] = None,
) -> Response:
    """Every version, newest first: who, when, why and each value before and after; or one day."""
    refuse_unknown(request, "as_of")
    if as_of is not None:
        site = history.as_of(session, reference, as_of)
        name = names.get(site.municipality, site.municipality)
        found: dict[str, Any] = full_feature(site, name, answers.services.rules)
    else:
        found = {"reference": reference, "versions": told(session, reference)}
    return Response(orjson.dumps(found), headers=answers.headers, media_type=JSON)


def told(session: Session, reference: str) -> list[dict[str, Any]]:
    """Newest first; Any: JSON."""
    return [
        {
            "version": step.version.number,
            "recorded_at": step.version.recorded_at,
            "actor": step.version.actor,
            "actor_name": step.version.name,
            "reason": step.version.reason,
            "status": step.version.status,
            "changed": step.version.keys,
            "differences": [
                {"key": one.key, "old": one.old.to_json(), "new": one.new.to_json()}
                for one in step.differences
            ],
            "files": [
                {
                    "id": one.file.id,
                    "old": one.old.in_full() if one.old else None,
                    "new": one.new.in_full() if one.new else None,
                }
                for one in step.version.files
            ],
            "outline": outline_told(step.outline),
        }
        for step in site_steps(session, reference, upto=None, limit=MOST_VERSIONS)
    ]


def outline_told(change: OutlineChange | None) -> dict[str, float] | None:
    """How much an outline grew and shrank; None where it stayed."""
    if change is None:
        return None
    return {
        "old_ha": round(change.old_ha, 2),
        "new_ha": round(change.new_ha, 2),
        "added_ha": round(change.added_ha, 2),
        "removed_ha": round(change.removed_ha, 2),
    }


RESTORATION_BODY = body(
    {
        "type": "object",
        "properties": {
            "version": {"type": "integer", "minimum": 1, "description": "The version to restore"},
            "reason": {"type": "string", "minLength": 1, "maxLength": LONGEST_REASON},
            "keys": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Only these fields; all that differ where left out",
            },
        },
        "required": ["version", "reason"],
        "additionalProperties": False,
    },
    {"version": 3, "reason": "Nätägaren drog tillbaka sitt nya besked"},
)


@router.post("/sites/{reference}/restorations", openapi_extra={"requestBody": RESTORATION_BODY})
def restore_site(
    reference: str,
    given: JsonObject,
    version: ExpectedVersion,
    session: WriteSession,
    answers: HasAnswers,
    names: HasNames,
    language: HasLanguage,
) -> Response:
    """An earlier version made to hold again, as a new version; the status stays."""
    asked = read_restoration(given)
    saved = restoring.restore_site(
        session,
        answers.visitor.signed_in(),
        reference,
        asked.version,
        asked.reason,
        answers.services.rules,
        expected_version=version,
        keys=asked.keys,
    )
    return saved_answer(saved, answers, names, language)


class Restoration(BaseModel):
    """The body of a restoration."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: int = Field(ge=1, le=1_000_000)
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)
    keys: list[str] | None = None


def read_restoration(given: dict[str, Any]) -> Restoration:
    """Raises `Invalid` with each part that is wrong; Any: JSON."""
    try:
        return Restoration.model_validate(given)
    except ValidationError as refusal:
        raise Invalid(
            [
                Fault(str(one["loc"][0])[:60], RESTORATION_PARTS.get(str(one["loc"][0]), NO_PART))
                for one in refusal.errors()
            ]
        ) from refusal


RESTORATION_PARTS = {
    "version": Text("Versionens nummer, som 3.", "The version's number, such as 3."),
    "reason": Text("Skriv varför, med högst 300 tecken.", "Say why, in at most 300 characters."),
    "keys": Text("En lista med fältens nycklar.", "A list of the fields' keys."),
}
NO_PART = Text("Fältet finns inte.", "There is no such field.")
