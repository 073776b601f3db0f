"""Static files: cached for ever when the address carries the content's hash."""

import gzip
from functools import lru_cache
from pathlib import Path, PurePath

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from frontend.assets import BUNDLES, bundle

router = APIRouter(include_in_schema=False)
FOR_EVER = "public, max-age=31536000, immutable"
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


class HashedFiles(StaticFiles):
    """A folder of files; an address with `?v=` never changes its content, so that is packed once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        is_fixed = b"v=" in scope["query_string"] or path.endswith(".woff2")
        answer.headers["Cache-Control"] = FOR_EVER if is_fixed else "public, max-age=300"
        kind = KINDS.get(PurePath(path).suffix)
        if is_fixed and kind and isinstance(answer, FileResponse):
            content = await run_in_threadpool(Path(answer.path).read_bytes)
            return await run_in_threadpool(as_text, content, kind, Headers(scope=scope))
        return answer


@router.get("/static/bundles/{name}")
def read_bundle(name: str, request: Request) -> Response:
    """Several styles or scripts as one."""
    if name not in BUNDLES:
        raise HTTPException(404)
    return as_text(bundle(name), KINDS[PurePath(name).suffix], request.headers)


def as_text(content: bytes, kind: str, asked: Headers) -> Response:
    """What never changes, packed as tightly as can be for whoever can unpack it."""
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if "gzip" in asked.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        content = packed(content)
    return Response(content, headers=headers, media_type=kind)


@lru_cache(maxsize=64)
def packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
