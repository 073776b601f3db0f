"""A reader's saved searches over HTTP."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.bodies import JsonObject, check_origin
from api.context import HasNames, Services, WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation import Schema, body
from catalogue.errors import Fault, Invalid
from catalogue.search import saved_searches
from catalogue.search.saved_searches import LONGEST_NAME, SavedSearch, read_query
from geo.texts import Text

router = APIRouter(prefix="/saved-searches", tags=["saved searches"])
Number = Annotated[int, Path(ge=1, le=2**62, description="The search's number")]

NAME: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
SEARCH_BODY: Schema = body(
    {
        "type": "object",
        "properties": {
            "name": NAME,
            "query": {
                "type": "string",
                "description": "Filter parameters, as in the query of `GET sites`",
            },
        },
        "required": ["name", "query"],
        "additionalProperties": False,
    },
    {"name": "Batterifabrik", "query": "area_gross_ha_min=50&power_mw_min=100&power_year=2030"},
)
RENAMING: Schema = body(
    {
        "type": "object",
        "properties": {"name": NAME},
        "required": ["name"],
        "additionalProperties": False,
    },
    {"name": "Batterifabrik, etapp 1"},
    "application/merge-patch+json",
)


@router.get("")
def list_searches(request: Request, session: WriteSession, answers: HasAnswers) -> Response:
    """One's own saved searches, the one used last first."""
    refuse_unknown(request)
    shown = {"searches": [as_json(one, answers.services) for one in saved_searches.own(session)]}
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post("", status_code=201, openapi_extra={"requestBody": SEARCH_BODY})
def save_search(
    given: JsonObject, session: WriteSession, answers: HasAnswers, names: HasNames
) -> Response:
    """A search kept under a name; one that is kept already gets the new name."""
    sent = texts(given, "name", "query")
    actor = answers.visitor.signed_in()
    made = saved_searches.save(session, actor, sent["name"], read_query(sent["query"], names))
    headers = {**answers.headers, "Location": f"/api/v1/saved-searches/{made.id}"}
    content = orjson.dumps(as_json(made, answers.services))
    return Response(content, 201, headers=headers, media_type=JSON)


@router.get("/{number}")
def read_search(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """One of one's own saved searches."""
    content = orjson.dumps(as_json(saved_searches.find(session, number), answers.services))
    return Response(content, headers=answers.headers, media_type=JSON)


@router.patch("/{number}", openapi_extra={"requestBody": RENAMING})
def rename_search(
    number: Number, given: JsonObject, session: WriteSession, answers: HasAnswers
) -> Response:
    """The search under another name."""
    made = saved_searches.rename(session, number, texts(given, "name")["name"])
    content = orjson.dumps(as_json(made, answers.services))
    return Response(content, headers=answers.headers, media_type=JSON)


@router.delete("/{number}", status_code=204, dependencies=[Depends(check_origin)])
def remove_search(number: Number, session: WriteSession, answers: HasAnswers) -> Response:
    """The search is gone."""
    saved_searches.remove(session, number)
    return Response(status_code=204, headers=answers.headers)


def texts(given: dict[str, Any], *names: str) -> dict[str, str]:
    """The texts of a body that has these and nothing else; raises `Invalid`. Any: JSON."""
    faults = [
        Fault(str(name)[:60], Text("Fältet finns inte.", "There is no such field."))
        for name in given
        if name not in names
    ] + [
        Fault(name, Text("Ange en text.", "Give a text."))
        for name in names
        if not isinstance(given.get(name), str)
    ]
    if faults:
        raise Invalid(faults)
    return {name: given[name] for name in names}


def as_json(one: SavedSearch, services: Services) -> dict[str, object]:
    base = services.settings.visited_at
    return {
        "id": one.id,
        "name": one.name,
        "query": one.query,
        "created_at": one.created_at,
        "used_at": one.used_at,
        "links": [
            {"rel": "sites", "href": f"{base}/api/v1/sites?{one.query}"},
            {"rel": "alternate", "type": "text/html", "href": f"{base}/?{one.query}"},
        ],
    }
