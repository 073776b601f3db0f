"""Each municipality at a glance: its profile, how many sites it lists and how much land."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from catalogue import listing, municipalities
from catalogue.database import Audience
from catalogue.errors import NoSuchMunicipality


@dataclass(frozen=True)
class Overview:
    """What one municipality offers, as far as the audience may see it."""

    code: str
    name: str
    profile: Mapping[str, Any]
    """Any: JSON."""
    sites: int
    net_ha: float
    """The developable area of the sites that tell it."""


def one(session: Session, audience: Audience, code: str) -> Overview:
    """One municipality; raises `NoSuchMunicipality`."""
    found = overview(session, audience, municipalities.LISTINGS[audience].c.code == code)
    if not found:
        raise NoSuchMunicipality(code)
    return found[0]


def overview(session: Session, audience: Audience, *wanted: ColumnElement[bool]) -> list[Overview]:
    """Those wanted, or all, in Swedish alphabetical order; those without sites too."""
    profiles, sites = municipalities.LISTINGS[audience], listing.LISTINGS[audience]
    offered = (
        select(
            sites.c.municipality,
            func.count().label("sites"),
            func.coalesce(func.sum(sites.c.area_net_ha), 0).label("net_ha"),
        )
        .group_by(sites.c.municipality)
        .subquery()
    )
    statement = (
        select(
            profiles.c.code,
            profiles.c.name,
            profiles.c.profile,
            func.coalesce(offered.c.sites, 0),
            func.coalesce(offered.c.net_ha, 0),
        )
        .outerjoin(offered, offered.c.municipality == profiles.c.code)
        .where(*wanted)
        .order_by(profiles.c.name.collate(municipalities.SWEDISH))
    )
    return [
        Overview(code, name, json.loads(profile), sites, net_ha)
        for code, name, profile, sites, net_ha in session.execute(statement)
    ]
