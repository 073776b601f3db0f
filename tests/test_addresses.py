"""The way from an address to its route: shorter, and to the same route."""

import re
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Match

from api.addresses import CHOSEN, Addresses
from api.main import create_app
from catalogue.settings import Settings

ROUTES = create_app(Settings()).router.routes


def asked(path: str, method: str) -> dict[str, Any]:
    """What a route looks at; Any: ASGI."""
    return {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}


def one_by_one(path: str, method: str) -> tuple[Match, BaseRoute | None]:
    partial = None
    for route in ROUTES[1:]:
        match, _ = route.matches(asked(path, method))
        if match is Match.FULL:
            return match, route
        if match is Match.PARTIAL and partial is None:
            partial = route
    return (Match.PARTIAL if partial else Match.NONE), partial


def test_every_address_leads_to_the_route_that_asking_all_of_them_finds() -> None:
    first = ROUTES[0]
    assert isinstance(first, Addresses)
    contexts = list(iter_route_contexts(ROUTES[1:]))
    assert len(contexts) > 300
    for one in contexts:
        path = re.sub(r"{[^}]*}", "17", one.path or "/")
        for method in ("GET", "POST", "TRACE"):
            match, found = first.matches(asked(path, method))
            assert (match, found.get(CHOSEN)) == one_by_one(path, method), f"{method} {path}"


@pytest.mark.parametrize("path", ["/nothing", "/api", "/api/v1", "/api/v1/nothing", "/sites/1/2/3"])
def test_an_address_of_nothing_is_found_by_neither(path: str) -> None:
    assert ROUTES[0].matches(asked(path, "GET"))[0] is Match.NONE
    assert one_by_one(path, "GET") == (Match.NONE, None)
