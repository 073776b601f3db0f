"""Places that a client may name: municipalities, landscapes and towns, with where they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from geoalchemy2.shape import to_shape
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.tables import layer_feature
from geo.reference_systems import WGS84

LANDSCAPES: dict[str, tuple[str, ...]] = {
    "Gästrikland": ("2101", "2104", "2180", "2181"),
    "Hälsingland": ("2121", "2132", "2161", "2182", "2183", "2184"),
}
"""The municipalities of a landscape, by code."""


@dataclass(frozen=True)
class Places:
    """What this installation knows by name."""

    municipalities: Mapping[str, str] = field(default_factory=dict)
    """Names by code."""
    towns: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Longitude and latitude by name."""

    @cached_property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """Of municipalities and landscapes, by name in small letters."""
        found: dict[str, tuple[str, ...]] = {
            name.casefold(): (code,) for code, name in self.municipalities.items()
        }
        for name, codes in LANDSCAPES.items():
            known = tuple(code for code in codes if code in self.municipalities)
            if known:
                found[name.casefold()] = known
        return found

    @cached_property
    def points(self) -> dict[str, tuple[float, float]]:
        return {name.casefold(): point for name, point in self.towns.items()}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the names, as the text writes them; never matches where there are none."""
        names = sorted({*self.municipalities.values(), *self.towns, *LANDSCAPES}, key=len)
        either = "|".join(re.escape(name) for name in reversed(names)) or "(?!)"
        return re.compile(rf"(?<!\w)(?P<name>{either})s?(?!\w)", re.IGNORECASE)

    def name_at(self, longitude: float, latitude: float) -> str:
        """The town at a point, empty where there is none."""
        return next(
            (name for name, point in self.towns.items() if point == (longitude, latitude)), ""
        )


def known_places(session: Session, municipality_names: Mapping[str, str]) -> Places:
    """The towns of the reference layer; the first of a name is the largest."""
    statement = (
        select(layer_feature.c.name, func.ST_Transform(layer_feature.c.shape, WGS84))
        .where(layer_feature.c.kind == "place", layer_feature.c.name != "")
        .order_by(layer_feature.c.id.desc())
    )
    towns = {}
    for name, shape in session.execute(statement):
        point = to_shape(shape).centroid
        towns[name] = (round(point.x, 5), round(point.y, 5))
    return Places(municipality_names, towns)
