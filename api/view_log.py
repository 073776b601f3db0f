"""Every answer to a registered investor is noted before it leaves: which sites, when, in what form.

It is found in the answer's own bytes, so that it holds for every route, and for what is answered
from memory as for what is made anew.
"""

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.context import Services
from api.readers import Reader
from catalogue.access import registered_views
from catalogue.access.registered_views import Kind

SHOWN = (200, 206)
TEXTUAL = ("text/", "application/json", "application/geo+json", "application/vnd.geo+json",
           "application/vnd.google-earth.kml+xml", "application/ld+json")  # fmt: skip
LEFT_OUT = ("/static/", "/account", "/sign-", "/about/", "/api/v1/docs", "/api/v1/openapi.json")
STORED = re.compile(r"/files/([0-9a-f]{64})/")
OVERLAP = 32
"""Bytes kept from one part of an answer to the next, longer than a reference."""


class ViewLog:
    """Inside the compression, so that it reads what the investor will."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self.app = app
        self.services = services
        self.pattern = registered_views.reference_pattern(services.settings.reference_prefix)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(LEFT_OUT):
            await self.app(scope, receive, send)
            return
        reader = Reader()
        scope.setdefault("state", {})["reader"] = reader
        start: Message = {}
        is_sent = False
        tail = b""

        async def noted(message: Message) -> None:
            """The heading waits for the body, so that no answer leaves that could not be noted."""
            nonlocal start, is_sent, tail
            if reader.actor is None:
                await send(message)
                return
            if message["type"] == "http.response.start":
                start = message
                return
            body: bytes = message.get("body", b"")
            if is_textual(start):
                self.search(reader, tail + body)
                tail = body[-OVERLAP:]
            if not message.get("more_body"):
                await run_in_threadpool(self.note, reader, scope, start)
            if not is_sent:
                is_sent = True
                await send(start)
            await send(message)

        await self.app(scope, receive, noted)

    def search(self, reader: Reader, content: bytes) -> None:
        reader.found.update(one.group().decode() for one in self.pattern.finditer(content))

    def note(self, reader: Reader, scope: Scope, start: Message) -> None:
        """Nothing where no site stood in the answer, and where it was refused or everybody's."""
        actor, path = reader.actor, str(scope["path"])
        kept = Headers(raw=start["headers"]).get("cache-control", "")
        if actor is None or start["status"] not in SHOWN or kept.startswith("public"):
            return
        self.search(reader, f"{path}?{scope['query_string'].decode()}".encode())
        is_file = not is_textual(start)
        with self.services.databases.writing(actor) as session:
            if stored := STORED.match(path):
                reader.found.update(registered_views.sites_of_file(session, stored[1]))
            if reader.found or is_file:
                kind = kind_of(path, is_file=is_file)
                now = self.services.rules.now()
                registered_views.note(session, actor, kind, reader.found, now)


def is_textual(start: Message) -> bool:
    """Whether the answer's bytes can be read as they are."""
    return Headers(raw=start["headers"]).get("content-type", "text/").startswith(TEXTUAL)


def kind_of(path: str, *, is_file: bool) -> Kind:
    if path.startswith("/sites/") and path.endswith(".pdf"):
        return "fact_sheet"
    if path.endswith("/map") or path.startswith("/tiles/"):
        return "map"
    if is_file or path.startswith("/files/"):
        return "file"
    return "api" if path.startswith(("/api/", "/ogc", "/dcat")) else "page"
