"""Builders: every argument has a harmless value, a test names only what it is about."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import insert, text

from catalogue import sites
from catalogue.accounts import tokens
from catalogue.changes import read_changes
from catalogue.database import AccountRole, Actor, Databases
from catalogue.fields import SITE
from catalogue.rules import Rules
from catalogue.site import Site, Status
from catalogue.tables import account
from catalogue.workflow.transitions import Terms

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
RULES = Rules(clock=lambda: NOW)
ADMIN = Actor(0, "Administratören", "admin@example.se", "admin", None)
TERMS = Terms("Prov", date(2027, 5, 31))
PASSWORD = "rätt häst batteri häfta"

CENTRES: dict[str, tuple[float, float]] = {
    "2101": (16.60, 60.93),
    "2180": (16.95, 60.72),
    "2181": (16.55, 60.55),
    "2183": (16.30, 61.40),
    "2184": (16.95, 61.75),
}
"""Longitude and latitude of a spot well inside some of the municipalities."""

LEVEL_1: dict[str, Any] = {
    "name_sv": "Provplats",
    "name_en": "Test site",
    "site_type": "greenfield",
    "suitable_for": ["battery"],
    "contact_name": "Anna Prov",
    "contact_role": "Näringslivsutvecklare",
    "contact_email": "anna.prov@example.se",
    "contact_phone": "070-174 06 05",
    "area_gross_ha": 60,
    "area_net_ha": 50,
    "ownership": "municipal",
    "flood_risk": "none",
    "contamination": "none_known",
    "protected_overlap": ["none"],
    "comprehensive_plan": "industry",
    "detaljplan_status": "laga_kraft",
    "bidding_area": "SE2",
    "grid_owner_local": "Ellevio",
    "grid_owner_regional": "Ellevio",
    "power_now_mw": 10,
    "power_timeline": [{"year": 2029, "mw": 120, "firm": True}],
    "connection_lead_months": [12, 24],
    "water_utility": "Helsinge Vatten",
    "utility_area": "inside",
    "drinking_water_m3_day": 300,
    "sewage_m3_day": 300,
    "rail_siding": "none",
}
"""A value for every level-1 field that a person fills in."""


def square(
    longitude: float = 16.30, latitude: float = 61.40, side_deg: float = 0.01
) -> dict[str, Any]:
    """A GeoJSON polygon: some 60 ha at the default size."""
    west, east = longitude - side_deg / 2, longitude + side_deg / 2
    south, north = latitude - side_deg / 2, latitude + side_deg / 2
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def an_actor(role: AccountRole = "editor", municipality: str | None = "2183") -> Actor:
    if role not in ("editor", "publisher"):
        municipality = None
    return Actor(0, role.title(), f"{role}.{municipality or 'all'}@example.se", role, municipality)


def an_account(
    databases: Databases, role: AccountRole = "editor", municipality: str | None = "2183"
) -> tuple[str, str]:
    """An account that can sign in with `PASSWORD`: its e-mail address and a token."""
    actor = an_actor(role, municipality)
    with databases.writing(ADMIN) as session:
        session.execute(
            insert(account).values(
                email=actor.email,
                name=actor.name,
                role=role,
                municipality=actor.municipality,
                password_hash=password_hash(),
            )
        )
        return actor.email, tokens.add(session, actor.email, "test")


@cache
def password_hash() -> str:
    """Of `PASSWORD`, weaker than the program makes them: a hash says itself how much work it is."""
    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(PASSWORD)


def a_site(
    databases: Databases,
    *,
    municipality: str = "2183",
    status: Status = "published",
    outline: Mapping[str, Any] | None = None,
    actor: Actor = ADMIN,
    rules: Rules = RULES,
    **values: Any,
) -> Site:
    """A site with every level-1 field filled in but for what the test says; None empties one."""
    body = {
        **LEVEL_1,
        "outline": outline or square(*CENTRES.get(municipality, (16.30, 61.40))),
        **values,
    }
    given = {key: value for key, value in body.items() if value is not None}
    changes = read_changes(given, SITE, today=rules.today, kept=frozenset())
    with databases.writing(actor) as session:
        site = sites.create(session, actor, municipality, changes, rules).site
        path: dict[str, list[Status]] = {
            "draft": [],
            "in_review": ["in_review"],
            "published": ["published"],
        }
        for step in path.get(status, ["published", status]):
            site = sites.move(session, actor, site.reference, step, rules, terms=TERMS).site
    return site


def known_since(databases: Databases, moment: datetime, where: str = "true") -> None:
    """Versions dated back: what nobody may do, also not the owner, a test does without triggers.

    `where` is a condition in SQL; without one all versions are meant.
    """
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        connection.execute(
            text(f"update site_version set recorded_at = :at where {where}"), {"at": moment}
        )
        # What has been counted of a version keeps its moment too.
        connection.execute(text(f"delete from counted_version where {where}"))
