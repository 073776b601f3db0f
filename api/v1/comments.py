"""What is said of a site over HTTP: read and added to by those who work with it."""

from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answers import JSON, HasAnswers
from api.bodies import JsonObject
from api.context import WriteSession
from api.parameters import refuse_unknown
from api.v1.documentation import body
from catalogue import sites
from catalogue.errors import Fault, Invalid
from catalogue.workflow import comments
from catalogue.workflow.comments import LONGEST, Comment, Thread
from geo.texts import Text

router = APIRouter(tags=["sites"])
PARTS = {"text": str, "key": str, "reply_to": int}
NEEDS_TEXT = Text("Ange en text.", "Give a text.")
COMMENT_BODY = body(
    {
        "type": "object",
        "properties": {
            "text": {"type": "string", "minLength": 1, "maxLength": LONGEST},
            "key": {
                "type": "string",
                "description": "The field it is about; the whole site if left out",
            },
            "reply_to": {
                "type": "integer",
                "description": "The number of the comment that is answered",
            },
        },
        "required": ["text"],
        "additionalProperties": False,
    },
    {"text": "Gäller siffran efter ombyggnaden?", "key": "power_now_mw"},
)


@router.get("/sites/{reference}/comments")
def read_comments(
    reference: str, request: Request, session: WriteSession, answers: HasAnswers
) -> Response:
    """All that has been said of a site, each with its replies: open ones first, the newest first."""
    refuse_unknown(request)
    answers.visitor.signed_in()
    site = sites.find(session, reference)
    shown = {
        "reference": site.reference,
        "comments": [thread_json(one) for one in comments.threads(session, site)],
    }
    return Response(orjson.dumps(shown), headers=answers.headers, media_type=JSON)


@router.post(
    "/sites/{reference}/comments", status_code=201, openapi_extra={"requestBody": COMMENT_BODY}
)
def add_comment(
    reference: str, given: JsonObject, session: WriteSession, answers: HasAnswers
) -> Response:
    """One more comment, or a reply; what has been said is never changed."""
    actor = answers.visitor.signed_in()
    check(given)
    number = comments.add(
        session,
        actor,
        reference,
        given["text"],
        key=given.get("key"),
        reply_to=given.get("reply_to"),
    )
    site = sites.find(session, reference)
    made = next(
        one
        for thread in comments.threads(session, site)
        for one in (thread.comment, *thread.replies)
        if one.id == number
    )
    headers = {**answers.headers, "Location": f"/api/v1/sites/{reference}/comments"}
    return Response(orjson.dumps(as_json(made)), 201, headers=headers, media_type=JSON)


def check(given: dict[str, Any]) -> None:
    """Raises `Invalid`. Any: JSON."""
    faults = [
        Fault(str(name)[:60], Text("Fältet finns inte.", "There is no such field."))
        for name in given
        if name not in PARTS
    ]
    for name, kind in PARTS.items():
        value = given.get(name)
        is_left_out = value is None and name != "text"
        if not is_left_out and (not isinstance(value, kind) or isinstance(value, bool)):
            text = Text("Ange ett heltal.", "Give a whole number.")
            faults.append(Fault(name, NEEDS_TEXT if kind is str else text))
    if faults:
        raise Invalid(faults)


def thread_json(thread: Thread) -> dict[str, Any]:
    """Any: JSON."""
    return {**as_json(thread.comment), "replies": [as_json(one) for one in thread.replies]}


def as_json(one: Comment) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "id": one.id,
        "key": one.key,
        "text": one.text,
        "author": one.author,
        "author_name": one.name,
        "created_at": one.created_at,
        "reply_to": one.reply_to,
        "resolved_at": one.resolved_at,
        "resolved_by": one.resolved_name or None,
    }
