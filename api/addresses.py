"""Which route answers an address, found by its first part rather than by asking every route."""

from collections import defaultdict
from collections.abc import Iterable

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

ANY = "{}"
"""Where a route takes any text as the part that the others are told apart by."""
CHOSEN = "sitefinder.route"


def part(path: str) -> str:
    """What tells an address from others: its first part, or in the API the one after `/api/v1`."""
    parts = path.split("/", 4)
    place = 3 if parts[1] == "api" else 1
    return parts[place] if len(parts) > place else ""


class Addresses(BaseRoute):
    """Stands before all other routes, and asks only those that can answer.

    There are some hundreds, and asking one costs microseconds. An address that none of those
    answers goes on to the others as if this one were not there.
    """

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self.routes = list(routes)
        parts = [parts_of(route) for route in self.routes]
        self.able: dict[str, list[BaseRoute]] = defaultdict(list)
        for name in {one for some in parts for one in some}:
            self.able[name] = [
                route
                for route, some in zip(self.routes, parts, strict=True)
                if name in some or ANY in some
            ]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        partial: tuple[Match, Scope] = Match.NONE, {}
        if scope["type"] != "http":
            return partial
        for route in self.able.get(part(scope["path"]), ()):
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, CHOSEN: route}
            if match is Match.PARTIAL and partial[0] is Match.NONE:
                partial = match, {**found, CHOSEN: route}
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        route: BaseRoute = scope[CHOSEN]
        await route.handle(scope, receive, send)


def parts_of(route: BaseRoute) -> set[str]:
    """The parts by which a route, or one of those within it, is told apart."""
    found = {part(one.path or "/") for one in iter_route_contexts([route])}
    return {ANY if "{" in name else name for name in found}
