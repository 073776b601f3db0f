"""The page of one site."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from shapely.geometry import shape
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse

from api.backdrop import HasBackdrop
from api.context import HasNames, HasPage, HasServices, HasVisitor, ReadSession
from catalogue import listing, municipalities
from catalogue.access.registered_keys import registered_keys
from catalogue.database import Actor, Audience
from catalogue.maps.reference_layers import current_layers
from catalogue.search import filters, queries
from frontend.site_page import SiteSeen, site_page

router = APIRouter(include_in_schema=False)

MOST_NEIGHBOURS = 20
MOST_NEAR = 8
NEAR_KM = 10


@router.get("/sites/{reference}")
def show_site(
    reference: str,
    page: HasPage,
    session: ReadSession,
    visitor: HasVisitor,
    names: HasNames,
    services: HasServices,
    backdrop: HasBackdrop,
) -> HTMLResponse:
    """A listed site; a draft is not there for anybody."""
    table = listing.LISTINGS[visitor.audience]
    feature = json.loads(queries.detail(session, reference, table).feature)
    code = feature["properties"]["municipality"]
    seen = SiteSeen(
        feature=feature,
        profile=json.loads(municipalities.profile(session, code, visitor.audience)),
        neighbours=neighbours(session, feature["properties"], visitor.audience, names),
        near=near(session, feature, visitor.audience, names),
        audience=visitor.audience,
        may_edit=may_edit(visitor.actor, code),
        registered=registered_keys(services.databases, [feature], visitor.audience).get(
            reference, frozenset()
        ),
        layers=current_layers(session),
        backdrop=backdrop,
        today=services.rules.today,
    )
    return HTMLResponse(site_page(page, seen))


def neighbours(
    session: Session, said: Mapping[str, Any], audience: Audience, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The other listed sites at the same substation, as far as that may be seen; Any: GeoJSON."""
    if not said.get("substation"):
        return []
    pairs = [("substation", said["substation"]), ("unknown", "exclude")]
    return others(session, pairs, audience, names, said["reference"])[:MOST_NEIGHBOURS]


def near(
    session: Session, feature: Mapping[str, Any], audience: Audience, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Other listed sites within `NEAR_KM` of the middle of this one. Any: GeoJSON."""
    middle = shape(feature["geometry"]).centroid
    pairs = [("near", f"{middle.x:.5f},{middle.y:.5f},{NEAR_KM}"), ("unknown", "exclude")]
    return others(session, pairs, audience, names, str(feature["id"]))[:MOST_NEAR]


def others(
    session: Session,
    pairs: Sequence[tuple[str, str]],
    audience: Audience,
    names: Mapping[str, str],
    reference: str,
) -> list[dict[str, Any]]:
    """The sites that meet a filter, but for one; Any: GeoJSON."""
    found = queries.features(
        session,
        filters.parse(pairs, names),
        listing.LISTINGS[audience],
        queries.Page(limit=MOST_NEIGHBOURS + 1, sort=("reference",)),
    )
    features = [json.loads(feature) for feature in found]
    return [one for one in features if one["id"] != reference]


def may_edit(actor: Actor | None, municipality: str) -> bool:
    """Editors and publishers in their own municipality, administrators everywhere."""
    return actor is not None and (actor.role == "admin" or actor.municipality == municipality)
