"""What a new site probably says, so that nobody types twice what the municipality has said already.

A proposal stands in the form, marked as one, until the person saves it.
"""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue import municipalities, tables
from catalogue.database import Actor
from catalogue.fields import SITE, Value
from catalogue.site import Site

CONTACT_KEYS = ("contact_name", "contact_role", "contact_phone", "contact_email")
SHARED_KEYS = ("bidding_area", "grid_owner_local", "grid_owner_regional", "water_utility")
"""Facts that the sites of a municipality tend to share."""


def contact(session: Session, actor: Actor, municipality: str) -> dict[str, Value]:
    """The person whom the municipality's profile names, else whoever makes the site."""
    said = municipalities.find(session, municipality).values
    if said.get("contact_name") and said.get("contact_email"):
        return {key: said[key] for key in CONTACT_KEYS if said.get(key)}
    if actor.municipality is None:
        return {}
    return {"contact_name": actor.name, "contact_email": actor.email}


def proposals(session: Session, site: Site) -> dict[str, Value]:
    """Values for the fields of a draft that say nothing yet."""
    if site.status != "draft":
        return {}
    found: dict[str, Value] = {**only_one(session, site.municipality), **usual(session, site)}
    return {
        key: value
        for key, value in found.items()
        if key not in site.values and key not in site.provenance
    }


def usual(session: Session, site: Site) -> Mapping[str, str]:
    """What most of the municipality's other sites say; the first in the alphabet of equals."""
    table, found = tables.site, {}
    for key in SHARED_KEYS:
        column = table.c[key]
        most = session.scalars(
            select(column)
            .where(
                table.c.municipality == site.municipality,
                table.c.reference != site.reference,
                column.is_not(None),
            )
            .group_by(column)
            .order_by(func.count().desc(), column)
            .limit(1)
        ).first()
        if most is not None:
            found[key] = most
    return found


def only_one(session: Session, municipality: str) -> Mapping[str, str]:
    """The organisation of a kind that serves the municipality, where no other does."""
    serving, area = tables.organisation, tables.service_area
    names = (
        select(serving.c.kind, func.min(serving.c.name))
        .join(area, area.c.organisation_id == serving.c.id)
        .where(area.c.municipality == municipality, serving.c.retired.is_(False))
        .group_by(serving.c.kind)
        .having(func.count() == 1)
    )
    by_kind = {kind: name for kind, name in session.execute(names)}
    return {
        key: by_kind[SITE[key].reference_list]
        for key in SHARED_KEYS
        if SITE[key].reference_list in by_kind
    }
