"""Where bulk sites are strewn, and what each municipality has to tell about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import NamedTuple, cast

from geoalchemy2.shape import to_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.fields import Value
from catalogue.provenance import Provenance
from catalogue.site import LISTED_STATUSES, Status
from catalogue.tables import municipality
from geo.layers import Nearest
from geo.outlines import Precision
from geo.texts import Text
from seed import bulk_names
from seed.base import read
from seed.bulk_shapes import middles
from seed.demo_grounds import Ground, Station, Suppliers, suppliers_of
from seed.demo_people import Person, contact, person
from seed.demo_standing import dated
from seed.demo_values import Account, account

FARTHEST_STATION_KM = 12
RAIL_NEAR_KM = 2.5
SMALLEST_HA = (10, 30, 80, 160)
"""Of the bands of area: what is told of a band holds for the smallest site in it."""
PATTERNS_PER_BAND = 2
ROUND_DAYS = 14
"""Themes were gone through on days that lie this far apart."""
HASTE = 5.0
"""Many sites are described less closely than a few."""
STATUSES: tuple[tuple[float, Status], ...] = (
    (0.86, "published"), (0.89, "reserved"), (0.90, "established"), (0.93, "in_review"),
    (0.98, "draft"), (1.0, "withdrawn"),
)  # fmt: skip
"""The share of sites at or below each status."""
PRECISIONS = ("exact", "exact", "exact", "generalised", "point_only")
DESCRIBED_SHARE = 0.4
SAID_OF_EACH = frozenset(
    {"area_gross_ha", "area_net_ha", "largest_contiguous_ha", "property_designations"}
)
"""What is told of a site or not by its pattern, but of each in its own figures and words."""


class Situation(NamedTuple):
    """What a site's account depends on: how near it is to grid and rail, and about how large."""

    station: Station | None
    is_near_rail: bool
    band: int
    variant: int


@dataclass(frozen=True)
class Pattern:
    """What is said of a site, whichever it is; many sites share one."""

    values: Mapping[str, Value]
    provenance: Mapping[str, Provenance]
    status: Status
    is_described: bool
    ground: Ground
    """Of no site in particular: its name, locality and size are still to come."""

    @cached_property
    def shown_as(self) -> Precision | None:
        """How exactly the public sees outlines of it; None where no listing has them."""
        if self.status not in LISTED_STATUSES:
            return None
        return cast(Precision, self.values["outline_precision"])

    @cached_property
    def own_keys(self) -> frozenset[str]:
        """Of values that each site has of its own: the names, and what is told at all."""
        found = SAID_OF_EACH & self.values.keys()
        if self.is_described:
            found |= {"description_sv", "description_en"}
        return frozenset(found | {"name_sv", "name_en"})


@dataclass(frozen=True)
class Place:
    """A municipality."""

    code: str
    name: str
    suppliers: Suppliers
    outline: BaseGeometry
    middles: BaseGeometry
    people: tuple[Person, ...]

    def pattern(self, situation: Situation, seed: int, today: date) -> Pattern:
        """The same for the same situation and seed, in whatever order they are asked for."""
        random = Random(f"{seed} {self.code} {situation}")
        ground = self.ground(situation, random)
        level = min(5, int(6 * random.random() ** 1.3))
        said = account(ground, level, random, today, HASTE)
        draw = random.random()
        values: dict[str, Value] = {
            **said.values,
            **contact(random.choice(self.people), ground.domain),
            "outline_precision": random.choice(PRECISIONS),
            "site_type": ground.site_type,
            "suitable_for": list(ground.suitable_for),
        }
        return Pattern(
            values=values,
            provenance=provenance(said, today, random),
            status=next(status for share, status in STATUSES if draw < share),
            is_described=random.random() < DESCRIBED_SHARE,
            ground=ground,
        )

    def ground(self, situation: Situation, random: Random) -> Ground:
        return Ground(
            code=self.code,
            municipality=self.name,
            suppliers=self.suppliers,
            locality="",
            name=Text("", ""),
            site_type=random.choice(bulk_names.SITE_TYPES),
            suitable_for=random.choice(bulk_names.USES),
            area_ha=SMALLEST_HA[situation.band],
            rail_km=RAIL_NEAR_KM / 2 if situation.is_near_rail else 2 * RAIL_NEAR_KM,
            station=situation.station,
        )


def situation(
    area_ha: float, rail: Nearest | None, substation: Nearest | None, random: Random
) -> Situation:
    return Situation(
        station(substation),
        rail is not None and rail.distance_km < RAIL_NEAR_KM,
        sum(area_ha >= smallest for smallest in SMALLEST_HA) - 1,
        int(PATTERNS_PER_BAND * random.random()),
    )


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
            middles=middles(to_shape(outline)),
            people=tuple(person(random) for _ in range(6)),
        )
        for code, name, county, outline in session.execute(statement.order_by(columns.code))
    ]
