"""What was known of a site, and when: for its municipality, the project and administrators."""

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.context import HasNames, WriteSession
from api.parameters import refuse_unknown
from catalogue import history
from catalogue.full_site import full_feature

router = APIRouter(tags=["sites"])


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
    """Every version, newest first: who, when, why and which fields; or one day's state."""
    refuse_unknown(request, "as_of")
    if as_of is not None:
        site = history.as_of(session, reference, as_of)
        name = names.get(site.municipality, site.municipality)
        found: dict[str, Any] = full_feature(site, name, answers.services.rules.shelf_life)
    else:
        found = {
            "reference": reference,
            "versions": [
                {
                    "version": one.number,
                    "recorded_at": one.recorded_at,
                    "actor": one.actor,
                    "reason": one.reason,
                    "status": one.status,
                    "changed": one.keys,
                }
                for one in history.versions(session, reference)
            ],
        }
    return Response(orjson.dumps(found), headers=answers.headers, media_type=JSON)
