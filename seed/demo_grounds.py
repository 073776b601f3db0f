"""Where an example site lies: what is settled before anything is made up about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.texts import Text

PLAIN_LETTERS = str.maketrans("åäöéü ", "aaoeu-")
BIDDING_AREAS = {"25": "SE1", "21": "SE2", "22": "SE2", "23": "SE2", "24": "SE2",
                 "07": "SE4", "10": "SE4", "12": "SE4", "13": "SE4"}  # fmt: skip
"""By county, for those whose municipalities have no facts of their own; the rest are SE3."""


@dataclass(frozen=True)
class Suppliers:
    """Who supplies a municipality with power and water."""

    bidding_area: str
    grid_owners: tuple[str, ...]
    regional_grid_owner: str
    water_utility: str


@dataclass(frozen=True)
class Station:
    """A grid node and the highest voltage there."""

    code: str
    name: str
    kv: int


@dataclass(frozen=True)
class Ground:
    """One place for a site."""

    code: str
    municipality: str
    suppliers: Suppliers
    locality: str
    name: Text
    site_type: str
    suitable_for: tuple[str, ...]
    area_ha: float
    rail_km: float
    station: Station | None

    @property
    def domain(self) -> str:
        """The municipality's made-up place on the net; `.example` leads nowhere."""
        return f"{plain(self.municipality)}.example"


def plain(name: str) -> str:
    """A name as it stands in an e-mail address."""
    return name.lower().translate(PLAIN_LETTERS)


def suppliers_of(county: str, name: str, facts: Mapping[str, Any] | None) -> Suppliers:
    """From the facts of the county's municipalities, else the likely ones; Any: JSON."""
    if facts is None:
        return Suppliers(
            BIDDING_AREAS.get(county, "SE3"),
            ("Vattenfall Eldistribution",),
            "Vattenfall Eldistribution",
            f"VA-enheten, {name}",
        )
    return Suppliers(
        facts["bidding_area"]["value"],
        tuple(facts["grid_owners"]["value"]),
        facts["regional_grid_owner"]["value"],
        facts["water_utility"]["value"],
    )
