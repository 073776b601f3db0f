"""Around every request: the language in the address, foreign origins, body size, headers."""

import secrets
from collections.abc import Mapping
from re import Pattern
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_response
from geo.texts import Text

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SECRET_PATHS = (
    "/answer/",
    "/enquiries/confirm/",
    "/alerts/confirm/",
    "/alerts/end/",
    "/register/confirm/",
    "/shared/",
)
"""Pages whose address is itself the key to them."""
KEPT_SECRET = {
    b"cache-control": b"private, no-store",
    b"x-robots-tag": b"noindex, nofollow",
    # Not no-referrer, with which a browser does not say where our own form comes from.
    b"referrer-policy": b"same-origin",
}
PAGELESS = ("/api/", "/ogc", "/dcat", "/health", "/static/", "/metrics")


class Languages:
    """`/en/…` is the English page of `/…`; the rest of the code sees one address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path: str = scope["path"]
            if path == "/en" or path.startswith("/en/"):
                inner = path.removeprefix("/en") or "/"
                scope = {**scope, "path": inner, "raw_path": inner.encode()}
                scope["state"] = {**scope.get("state", {}), "language": "en"}
            elif not path.startswith(PAGELESS):
                scope["state"] = {**scope.get("state", {}), "language": "sv"}
        await self.app(scope, receive, send)


class Origins:
    """Refuses what another site's page sends in the name of somebody signed in here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in UNSAFE:
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
            if foreign or headers.get("sec-fetch-site") == "cross-site":
                answer = problem_response(
                    scope,
                    403,
                    Text(
                        "Anropet kom från en annan webbplats och har inte utförts.",
                        "The request came from another site and was not carried out.",
                    ),
                )
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


class BodyLimit:
    """Refuses a body that is too large before it is read, or as soon as it has become so.

    `wider` gives addresses that match a pattern a limit of their own.
    """

    def __init__(
        self, app: ASGIApp, limit_bytes: int, wider: Mapping[Pattern[str], int] | None = None
    ) -> None:
        self.app = app
        self.limit_bytes = limit_bytes
        self.wider = wider or {}

    def limit_of(self, path: str) -> int:
        return next(
            (limit for pattern, limit in self.wider.items() if pattern.fullmatch(path)),
            self.limit_bytes,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit_bytes = self.limit_of(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdigit() or int(declared) > limit_bytes:
            await self.refuse(scope, receive, send, limit_bytes)
            return
        received = 0
        started = False

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit_bytes:
                raise BodyTooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except BodyTooLarge:
            if started:
                raise
            await self.refuse(scope, receive, send, limit_bytes)

    async def refuse(self, scope: Scope, receive: Receive, send: Send, limit_bytes: int) -> None:
        answer = problem_response(
            scope,
            413,
            Text(
                "Det du skickar är för stort. Högst {limit} MB tas emot.",
                "What you send is too large. At most {limit} MB are accepted.",
            ).format(limit=limit_bytes // 1_000_000),
        )
        await answer(scope, receive, send)


class BodyTooLarge(Exception):
    """More arrived than was declared, or than is accepted."""


HEADINGS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"strict-origin-when-cross-origin",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"geolocation=(self), camera=()",
}
SECURE_HEADINGS = {**HEADINGS, b"strict-transport-security": b"max-age=31536000"}


class Headings:
    """Security headers on every answer, and the nonce that lets our own scripts run."""

    def __init__(self, app: ASGIApp, *, is_secure: bool) -> None:
        self.app = app
        self.headings = SECURE_HEADINGS if is_secure else HEADINGS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope["state"] = {**scope.get("state", {}), "nonce": nonce}

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headings = {b"content-security-policy": policy(nonce).encode(), **self.headings}
                if scope["path"].startswith(SECRET_PATHS):
                    headings |= KEPT_SECRET
                said = list(message.get("headers", ()))
                there = {name.lower() for name, _ in said}
                said += [one for one in headings.items() if one[0] not in there]
                message = {**message, "headers": said}
            await send(message)

        await self.app(scope, receive, headed)


def policy(nonce: str) -> str:
    """Leaflet sets positions in style attributes; nothing else inline runs without the nonce."""
    return (
        "default-src 'self'; "
        f"script-src 'self' 'nonce-{nonce}'; "
        f"style-src 'self' 'nonce-{nonce}'; "
        "style-src-attr 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


class Visits:
    """Ends what a request held on the read side, once its answer has left."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        finally:
            visit = scope.get("state", {}).get("visit")
            if visit is not None:
                visit.session.close()


class HeadRequests:
    """HEAD is GET without the body, on every address that answers GET."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def bodiless(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, bodiless)
