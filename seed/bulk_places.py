"""Where bulk sites are strewn, and what each municipality has to tell about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from geoalchemy2.shape import to_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.fields import Value
from catalogue.provenance import Provenance
from catalogue.tables import municipality
from geo.layers import Nearest
from seed import bulk_names
from seed.base import read
from seed.demo_grounds import Ground, Station, Suppliers, suppliers_of
from seed.demo_people import Person, person
from seed.demo_standing import dated
from seed.demo_values import Account, account

FARTHEST_STATION_KM = 12
RAIL_NEAR_KM = 2.5
AREA_BANDS_HA = (30, 80, 160, 300)
TELLINGS_PER_BAND = 3
ROUND_DAYS = 14
"""Themes were gone through on days that lie this far apart."""
HASTE = 5.0
"""Many sites are described less closely than a few."""


class Telling(NamedTuple):
    """What is said of a site, whichever it is; many sites share one."""

    values: Mapping[str, Value]
    provenance: Mapping[str, Provenance]


@dataclass(frozen=True)
class Place:
    """A municipality; `tellings` fills as sites ask for them."""

    code: str
    name: str
    suppliers: Suppliers
    outline: BaseGeometry
    people: tuple[Person, ...]
    tellings: dict[tuple[object, ...], Telling] = field(default_factory=dict)

    def ground(
        self, area_ha: float, rail: Nearest | None, near: Nearest | None, random: Random
    ) -> Ground:
        site_type = random.choice(bulk_names.SITE_TYPES)
        locality = bulk_names.locality(random)
        return Ground(
            code=self.code,
            municipality=self.name,
            suppliers=self.suppliers,
            locality=locality,
            name=bulk_names.name(locality, site_type, random),
            site_type=site_type,
            suitable_for=random.choice(bulk_names.USES),
            area_ha=area_ha,
            rail_km=rail.distance_km if rail else 99.0,
            station=station(near),
        )

    def telling(self, ground: Ground, today: date, random: Random) -> Telling:
        """One made for a site of about this size, as near to the grid and the railway."""
        band = sum(ground.area_ha > limit for limit in AREA_BANDS_HA)
        variant = int(TELLINGS_PER_BAND * random.random())
        code = ground.station.code if ground.station else None
        kind = (code, ground.rail_km < RAIL_NEAR_KM, band, variant)
        found = self.tellings.get(kind)
        if found is None:
            level = min(5, int(6 * random.random() ** 1.3))
            said = account(ground, level, random, today, HASTE)
            found = self.tellings[kind] = Telling(said.values, provenance(said, today, random))
        return found


def station(nearest: Nearest | None) -> Station | None:
    if nearest is None or nearest.distance_km > FARTHEST_STATION_KM:
        return None
    feature = nearest.feature
    kv = max(feature.properties.get("voltage_kv") or [0])
    return Station(feature.code or feature.name, feature.name, kv)


def provenance(said: Account, today: date, random: Random) -> dict[str, Provenance]:
    """Answers came in four rounds within the last year and a half, more of them of late."""
    days = [today - timedelta(days=ROUND_DAYS * int(37 * random.random() ** 2)) for _ in range(4)]
    return {
        key: dated(standing, days[number % 4], "")
        for number, (key, standing) in enumerate(said.standings.items())
    }


def places(session: Session, random: Random) -> list[Place]:
    """The catalogue's municipalities by code."""
    facts = {one["code"]: one for one in read("municipalities.json")["municipalities"]}
    columns = municipality.c
    statement = select(columns.code, columns.name, columns.county, columns.outline)
    return [
        Place(
            code=code,
            name=name,
            suppliers=suppliers_of(county, name, facts.get(code)),
            outline=to_shape(outline),
            people=tuple(person(random) for _ in range(6)),
        )
        for code, name, county, outline in session.execute(statement.order_by(columns.code))
    ]
