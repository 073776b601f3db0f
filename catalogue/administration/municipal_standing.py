"""Each municipality as an administrator follows it: its people, its sites, its profile."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from catalogue import municipalities, tables
from catalogue.completeness import completeness, total
from catalogue.fields import PROFILE_FIELDS


@dataclass(frozen=True, kw_only=True)
class Standing:
    code: str
    name: str
    people: Mapping[str, int] = field(default_factory=dict)
    """Open accounts by role."""
    sites: Mapping[str, int] = field(default_factory=dict)
    """By status."""
    profile_pct: int
    to_verify: int
    """So many facts about who serves it."""


def standings(session: Session) -> list[Standing]:
    """Every municipality by name."""
    account, site, area = tables.account, tables.site, tables.service_area
    people = counted(
        session,
        select(account.c.municipality, account.c.role, func.count())
        .where(account.c.active, account.c.municipality.is_not(None))
        .group_by(account.c.municipality, account.c.role),
    )
    sites = counted(
        session,
        select(site.c.municipality, site.c.status, func.count()).group_by(
            site.c.municipality, site.c.status
        ),
    )
    asked = select(area.c.municipality, func.count()).where(area.c.to_verify)
    unsure = {code: number for code, number in session.execute(asked.group_by(area.c.municipality))}
    return [
        Standing(
            code=code,
            name=name,
            people=people.get(code, {}),
            sites=sites.get(code, {}),
            profile_pct=profile_pct(session, code),
            to_verify=unsure.get(code, 0),
        )
        for code, name in municipalities.names(session).items()
    ]


def counted(session: Session, statement: Select[str, str, int]) -> dict[str, dict[str, int]]:
    """By municipality and then by the second column."""
    found: dict[str, dict[str, int]] = {}
    for code, what, number in session.execute(statement):
        found.setdefault(code, {})[what] = number
    return found


def profile_pct(session: Session, code: str) -> int:
    profile = municipalities.find(session, code)
    return total(completeness(profile.values, profile.provenance, PROFILE_FIELDS)).percent
