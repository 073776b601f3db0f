"""Photos and documents as they are fetched: by their content's hash, by whoever may see them."""

import logging
import re

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from api.context import HasServices, HasVisitor, Services, Visitor
from api.file_names import disposition
from catalogue.errors import NoSuchFile
from catalogue.files import files
from catalogue.files.file_types import PDF, SHOWN_INLINE
from catalogue.files.files import PREVIEW_TYPE, Fetched
from catalogue.files.stored_files import NotStored

router = APIRouter(include_in_schema=False)
log = logging.getLogger("sitefinder")

RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
SEALED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
PDF_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
)
"""Without a sandbox, in which not every browser opens its PDF viewer; scripts have no place in one."""


@router.get("/files/{digest}/{name}")
def fetch_file(
    digest: str, name: str, request: Request, services: HasServices, visitor: HasVisitor
) -> Response:
    """The bytes, or the part of them asked for; the address of a content never changes."""
    found = find(services, visitor, digest, name)
    headers = {**headings(found, name), "ETag": f'"{found.hash}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    try:
        return answer(services, found, request, headers)
    except NotStored as error:
        log.error("The bytes of %s are missing", found.hash)
        raise NoSuchFile from error


def find(services: Services, visitor: Visitor, digest: str, name: str) -> Fetched:
    """By what the audience may see, then by what is the actor's own; raises `NoSuchFile`."""
    with services.databases.reading(visitor.audience) as session:
        found = files.fetched(session, visitor.audience, digest, name)
    if found is not None:
        return found
    if visitor.actor is None:
        raise NoSuchFile
    with services.databases.writing(visitor.actor) as session:
        return files.fetched_by_owner(session, digest, name)


def headings(found: Fetched, name: str) -> dict[str, str]:
    """What keeps a file from being anything else than it is, and from the wrong caches."""
    is_shown = found.media_type in SHOWN_INLINE or found.media_type == PREVIEW_TYPE
    return {
        "Content-Disposition": disposition(name, is_shown=is_shown),
        "Content-Security-Policy": PDF_POLICY if found.media_type == PDF.media_type else SEALED,
        "Cache-Control": "public, max-age=31536000, immutable"
        if found.is_public
        else "private, no-store",
        "Accept-Ranges": "bytes",
    }


def answer(
    services: Services, found: Fetched, request: Request, headers: dict[str, str]
) -> Response:
    """Streamed from the storage; raises `NotStored`."""
    asked = RANGE.fullmatch(request.headers.get("range", ""))
    is_same = request.headers.get("if-range", headers["ETag"]) == headers["ETag"]
    if asked and is_same and any(asked.groups()):
        size = services.files.size(found.hash)
        start, end = part_of(asked, size)
        if start >= end:
            return Response(
                status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"}
            )
        part = services.files.read(found.hash, start, end)
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    else:
        part = services.files.read(found.hash)
    headers["Content-Length"] = str(part.end - part.start)
    status = 206 if "Content-Range" in headers else 200
    return StreamingResponse(part.chunks, status, headers, media_type=found.media_type)


def part_of(asked: re.Match[str], size: int) -> tuple[int, int]:
    """From and up to, not including; nothing left where the start is beyond the end."""
    first, last = asked.groups()
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size
