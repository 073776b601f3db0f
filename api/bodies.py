"""A body of JSON or of files, read before anything is done with it."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import orjson
from fastapi import Depends, Request
from starlette.datastructures import FormData

from api.context import HasVisitor, check_csrf
from catalogue.errors import Unreadable, VersionMissing, WrongContentType
from geo.texts import Text

MOST_FILES = 50
"""In one request."""
ACCEPTED = ("application/json", "application/merge-patch+json", "application/geo+json")


def check_origin(request: Request, visitor: HasVisitor) -> None:
    """Somebody signed in; a browser's session also proves where the request came from."""
    visitor.signed_in()
    check_csrf(visitor, request.headers.get("x-csrf-token", ""))


async def read_object(request: Request, visitor: HasVisitor) -> dict[str, Any]:
    """The body as an object; Any: its parts are checked by whoever wants them.

    Raises `NotSignedIn` first, so that strangers learn nothing; then `WrongContentType` and
    `Unreadable`.
    """
    check_origin(request, visitor)
    return await object_of(request)


async def read_open_object(request: Request, visitor: HasVisitor) -> dict[str, Any]:
    """The same where nobody need have signed in; whoever has proves where the request came from."""
    check_csrf(visitor, request.headers.get("x-csrf-token", ""))
    return await object_of(request)


async def object_of(request: Request) -> dict[str, Any]:
    """Any: its parts are checked by whoever wants them."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ACCEPTED:
        raise WrongContentType("application/json")
    try:
        body = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise Unreadable(
            Text(
                "Innehållet är inte giltig JSON: {why}.", "The body is not valid JSON: {why}."
            ).format(why=str(error)[:120])
        ) from error
    if not isinstance(body, dict):
        raise Unreadable(
            Text("Innehållet ska vara ett JSON-objekt.", "The body must be a JSON object.")
        )
    return body


JsonObject = Annotated[dict[str, Any], Depends(read_object)]
OpenJsonObject = Annotated[dict[str, Any], Depends(read_open_object)]


async def read_upload(request: Request, visitor: HasVisitor) -> AsyncIterator[FormData]:
    """A form with files, which are kept on disk once they are more than small.

    Raises `NotSignedIn` before anything is read, then `WrongContentType`.
    """
    visitor.signed_in()
    check_csrf(visitor, request.headers.get("x-csrf-token", ""))
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise WrongContentType("multipart/form-data")
    async with request.form(max_files=MOST_FILES) as form:
        yield form


UploadForm = Annotated[FormData, Depends(read_upload)]


async def prove_origin(request: Request, visitor: HasVisitor) -> None:
    """For a step that needs no body: a browser's session proves where the request came from."""
    visitor.signed_in()
    check_csrf(visitor, request.headers.get("x-csrf-token", ""))


def expected_version(request: Request) -> int:
    """The version in If-Match, as our ETags carry it before the hyphen; raises `VersionMissing`.

    -1, which no version is, for a tag that is not one of ours.
    """
    given = request.headers.get("if-match")
    if given is None:
        raise VersionMissing
    number = given.strip().removeprefix("W/").strip('"').partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else -1


ExpectedVersion = Annotated[int, Depends(expected_version)]
