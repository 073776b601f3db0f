"""The municipalities: all of them, and the page of each."""

import json
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse

from api.context import HasNames, HasPage, HasServices, HasVisitor, ReadSession
from catalogue import listing, overview
from catalogue.search import filters, queries
from frontend.municipality_page import municipalities_page, municipality_page

router = APIRouter(prefix="/municipalities", include_in_schema=False)

MOST_CARDS = 60
"""More sites than this are found on the map, by a link with the municipality chosen."""


@router.get("")
def list_municipalities(
    page: HasPage, session: ReadSession, visitor: HasVisitor, services: HasServices
) -> HTMLResponse:
    everyone = overview.overview(session, visitor.audience)
    return HTMLResponse(municipalities_page(page, everyone, services.rules.today))


@router.get("/{code}")
def show_municipality(
    code: Annotated[str, Path(max_length=20)],
    page: HasPage,
    session: ReadSession,
    visitor: HasVisitor,
    names: HasNames,
    services: HasServices,
) -> HTMLResponse:
    """One municipality's profile and its sites; raises `NoSuchMunicipality`."""
    municipality = overview.one(session, visitor.audience, code)
    wanted = filters.parse([("municipality", code)], names)
    table = listing.LISTINGS[visitor.audience]
    features = queries.features(session, wanted, table, queries.Page(limit=MOST_CARDS))
    cards = [json.loads(feature) for feature in features]
    today, office = services.rules.today, services.settings.contact_email
    return HTMLResponse(municipality_page(page, municipality, cards, today, office))
