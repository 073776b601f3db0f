"""Static files: cached for ever when the address carries the content's hash."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class HashedFiles(StaticFiles):
    """A folder of files; an address with `?v=` never changes its content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        is_fixed = b"v=" in scope["query_string"] or path.endswith(".woff2")
        answer.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if is_fixed else "public, max-age=300"
        )
        return answer
