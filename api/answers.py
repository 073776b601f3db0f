"""Answers that stay the same while the catalogue does: kept, tagged, and 304 when unchanged."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.cache import AnswerCache
from api.context import HasVisit, Services, Visit, Visitor
from catalogue.listing import LISTINGS
from catalogue.search import queries
from catalogue.state import CatalogueState

GEOJSON = "application/geo+json"
JSON = "application/json"


@dataclass(frozen=True)
class Answers:
    """How a read is answered: from memory where it can be, with the headers that caches need."""

    visit: Visit

    @property
    def request(self) -> Request:
        return self.visit.request

    @property
    def visitor(self) -> Visitor:
        return self.visit.visitor

    @property
    def session(self) -> Session:
        return self.visit.session

    @property
    def names(self) -> dict[str, str]:
        return self.visit.names

    @property
    def state(self) -> CatalogueState:
        return self.visit.state

    @property
    def services(self) -> Services:
        """With the settings in force, which looking at the state takes on."""
        _ = self.visit.state
        return self.visit.services

    def unchanged(self, etag: str) -> bool:
        """Whether the client already has this representation."""
        held = self.request.headers.get("if-none-match", "")
        return held == "*" or etag in (part.strip().removeprefix("W/") for part in held.split(","))

    @property
    def headers(self) -> dict[str, str]:
        """Public answers may be kept but are asked about each time; personal ones never kept."""
        if self.visitor.actor is None:
            return {"Cache-Control": "public, no-cache", "Vary": "Cookie, Authorization, Accept"}
        return {"Cache-Control": "private, no-store", "Vary": "Cookie, Authorization, Accept"}

    def listed(self) -> int:
        """How many sites the audience can see at all, counted once per catalogue version."""
        audience = self.visitor.audience
        return self.services.cache.kept(
            ("listed", self.state.version, audience),
            lambda: queries.everything(self.session, LISTINGS[audience]),
        )

    def key(self, what: Hashable) -> Hashable:
        """What an answer is kept under: it holds until the catalogue or the day changes."""
        return (self.state.version, self.services.rules.today, self.visitor.audience, what)

    def kept(
        self,
        what: Hashable,
        make: Callable[[], str | bytes],
        media_type: str = JSON,
        cache: AnswerCache | None = None,
    ) -> Response:
        """The answer under `what`, made once per catalogue version, audience and day; kept with
        the others unless a cache of its own is named."""
        key = self.key(what)
        etag = f'"{sha256(repr(key).encode()).hexdigest()[:24]}"'
        headers = {**self.headers, "ETag": etag}
        if self.unchanged(etag):
            return Response(status_code=304, headers=headers)
        content = (cache or self.services.cache).kept(key, make)
        return Response(content, headers=headers, media_type=media_type)


async def get_answers(visit: HasVisit) -> Answers:
    return Answers(visit)


HasAnswers = Annotated[Answers, Depends(get_answers)]
