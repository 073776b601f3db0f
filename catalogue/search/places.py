"""Places that sites can be near: towns, ports, airports and terminals, by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.search.words import folded
from catalogue.tables import layer_feature
from geo.reference_systems import WGS84
from geo.texts import Text

KINDS = ("place", "port", "airport", "terminal")
DECIMALS = 4
"""Of a degree: about ten metres."""
NEAREST_SPELLINGS = 3


@dataclass(frozen=True)
class Place:
    """A point with a name, in degrees."""

    name: str
    longitude: float
    latitude: float


class UnknownPlace(Exception):
    """No place of that name; says which come close."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def places(session: Session) -> tuple[Place, ...]:
    """Each name once, the most populous place of several, in alphabetical order."""
    point = func.ST_Transform(func.ST_PointOnSurface(layer_feature.c.shape), WGS84)
    population = func.coalesce(layer_feature.c.properties["population"].as_float(), 0)
    rows = session.execute(
        select(layer_feature.c.name, func.ST_X(point), func.ST_Y(point))
        .where(layer_feature.c.kind.in_(KINDS), layer_feature.c.name.is_not(None))
        .order_by(population, layer_feature.c.id.desc())
    )
    by_name = {name: Place(name, round(x, DECIMALS), round(y, DECIMALS)) for name, x, y in rows}
    return tuple(sorted(by_name.values(), key=lambda place: folded(place.name)))


def point(text: str, known: Sequence[Place]) -> tuple[float, float]:
    """Longitude and latitude of a place's name, or of `61.3, 17.06`; raises `UnknownPlace`."""
    wanted = folded(text.strip())
    by_name = {folded(place.name): place for place in known}
    if wanted in by_name:
        return by_name[wanted].longitude, by_name[wanted].latitude
    typed = coordinates(text)
    if typed is not None:
        return typed
    close = [by_name[name].name for name in get_close_matches(wanted, by_name, NEAREST_SPELLINGS)]
    if close:
        raise UnknownPlace(
            Text(
                "Det finns ingen ort ”{text}” här. Menar du {names}?",
                "There is no place “{text}” here. Do you mean {names}?",
            ).format(text=text[:40], names=" / ".join(close))
        )
    raise UnknownPlace(
        Text(
            "Det finns ingen ort ”{text}” här. Skriv en annan, eller latitud och longitud.",
            "There is no place “{text}” here. Give another, or latitude and longitude.",
        ).format(text=text[:40])
    )


def coordinates(text: str) -> tuple[float, float] | None:
    """Latitude first, as maps tell it and people read it aloud."""
    parts = text.replace(";", ",").replace(",", " ").split()
    try:
        latitude, longitude = map(float, parts)
    except ValueError:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return round(longitude, DECIMALS), round(latitude, DECIMALS)


def named(longitude: float, latitude: float, known: Sequence[Place]) -> str:
    """The name of the place that stands just there; empty for any other point."""
    here = (round(longitude, DECIMALS), round(latitude, DECIMALS))
    return next((one.name for one in known if (one.longitude, one.latitude) == here), "")
