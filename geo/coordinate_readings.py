"""How coordinates can be understood: which system they are in, and which axis comes first.

A file may leave its system out, name the wrong one, or have its axes swapped. What gives it away
is where the coordinates land: few ways to read them put them in the right municipality.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely import box
from shapely.geometry.base import BaseGeometry

from geo.errors import InvalidGeodata
from geo.reference_systems import SWEREF99TM, WEB_MERCATOR, WGS84
from geo.texts import Text

LOCAL_ZONES = tuple(range(3007, 3019))
"""SWEREF 99 12 00 to 23 15: the twelve local projections of Lantmäteriet."""
RT90_ZONES = (3021, 3022, 3020, 3023, 3019, 3024)
"""The older national grid, 2.5 gon V first: the zone of national maps."""
SYSTEMS = (SWEREF99TM, *LOCAL_ZONES, WGS84, *RT90_ZONES, WEB_MERCATOR, 32634, 32632)
"""What Swedish geodata is in, the usual first; UTM 33 falls together with SWEREF 99 TM."""
SAMPLE = 300
"""Corners that are tried; a place is told from fewer."""
MOSTLY = 0.5
MARGIN_M = 2_000
"""Municipal borders may be coarse."""
SAME_M = 5
"""Two systems that put the same corner this close are one choice to a person."""


@dataclass(frozen=True)
class Place:
    """Where coordinates are expected; the shape in SWEREF 99 TM, the name as in “lies in …”."""

    shape: BaseGeometry
    name: Text


SWEDEN = Place(box(250_000, 6_120_000, 930_000, 7_690_000), Text("Sverige", "Sweden"))


@dataclass(frozen=True)
class Reading:
    """One way to understand a file's coordinates."""

    system: int | None = None
    """An EPSG code; None is what the file itself says, layer by layer."""
    swapped: bool = False
    """Whether north (latitude) comes before east (longitude)."""

    @property
    def code(self) -> str:
        """As a form sends it: `3010`, `3006-swapped`, `own`."""
        return f"{self.system or 'own'}{'-swapped' if self.swapped else ''}"

    @classmethod
    def from_code(cls, code: str) -> "Reading":
        """The reading that a form sent; what the file says where it makes no sense."""
        system, _, rest = code.partition("-")
        known = int(system) if system.isdecimal() and int(system) in SYSTEMS else None
        return cls(known, swapped=rest == "swapped")

    def named(self, own: str | None = None) -> Text:
        """In words; `own` is the system that the file itself states."""
        name = system_name(self.system or own or SWEREF99TM)
        if not self.swapped:
            return Text(name, name)
        return Text(f"{name}, med nord (latitud) först", f"{name}, with north (latitude) first")


@dataclass(frozen=True)
class Corners:
    """A layer's coordinates, or some of them, and the system the file states for them."""

    xy: np.ndarray
    own: str | None


@cache
def crs_of(system: int | str) -> CRS:
    """Raises `InvalidGeodata` for a system that is not known."""
    try:
        return CRS.from_user_input(system)
    except CRSError as error:
        raise InvalidGeodata(
            Text(
                "Koordinatsystemet ”{system}” känns inte igen. Spara filen i SWEREF 99 TM.",
                "The coordinate system “{system}” is not recognised. Save the file in "
                "SWEREF 99 TM.",
            ).format(system=str(system)[:60])
        ) from error


@cache
def system_name(system: int | str) -> str:
    """`SWEREF99 16 30 (EPSG:3010)`; the name alone where it has no code."""
    crs = crs_of(system)
    code = crs.to_epsg()
    return f"{crs.name.replace('SWEREF99', 'SWEREF 99')}{f' (EPSG:{code})' if code else ''}"


@cache
def to_metres(system: int | str) -> Transformer:
    """To SWEREF 99 TM, east before north on both sides."""
    return Transformer.from_crs(crs_of(system), SWEREF99TM, always_xy=True)


def moved(xy: np.ndarray, system: int | str, *, swapped: bool) -> np.ndarray:
    """Coordinates in SWEREF 99 TM; infinite where the system does not reach."""
    x, y = (xy[:, 1], xy[:, 0]) if swapped else (xy[:, 0], xy[:, 1])
    return np.column_stack(to_metres(system).transform(x, y))


def sampled(shapes: Sequence[BaseGeometry]) -> np.ndarray:
    """Some corners of the shapes, evenly chosen."""
    xy = shapely.get_coordinates(shapes)
    return xy[:: max(1, len(xy) // SAMPLE)]


def read_by(reading: Reading, layers: Sequence[Corners]) -> np.ndarray | None:
    """All corners in SWEREF 99 TM; None where there are none, or a layer has no system."""
    if reading.system is None and any(layer.own is None for layer in layers):
        return None
    parts = [
        moved(layer.xy, reading.system or layer.own or SWEREF99TM, swapped=reading.swapped)
        for layer in layers
    ]
    whole = np.concatenate(parts)
    return whole if len(whole) else None


def share_inside(reading: Reading, layers: Sequence[Corners], place: Place) -> float:
    """How many of the corners land in the place or its margin, 0 to 1."""
    corners = read_by(reading, layers)
    return 0.0 if corners is None else share_within(around(place), corners)


def share_within(shape: BaseGeometry, corners: np.ndarray) -> float:
    return float(np.mean(shapely.contains_xy(shape, corners[:, 0], corners[:, 1])))


def around(place: Place) -> BaseGeometry:
    """The place and a margin about it, made ready to be asked many times."""
    shape = place.shape.buffer(MARGIN_M)
    shapely.prepare(shape)
    return shape


def likely_readings(layers: Sequence[Corners], place: Place) -> list[Reading]:
    """The ways to read the coordinates that put most of them in the place, the likeliest first.

    What the file says itself wins over the others where it holds, and axes in the usual order
    over swapped ones.
    """
    found: list[tuple[float, Reading, np.ndarray]] = []
    wanted = around(place)
    for reading in every_reading():
        corners = read_by(reading, layers)
        if corners is None or (share := share_within(wanted, corners)) < MOSTLY:
            continue
        if not any(coincide(corners, other) for _, _, other in found):
            found.append((share, reading, corners))
    ranked = sorted(found, key=lambda one: (one[1].system is not None, -one[0], one[1].swapped))
    return [reading for _, reading, _ in ranked]


def coincide(some: np.ndarray, others: np.ndarray) -> bool:
    with np.errstate(invalid="ignore"):  # corners out of reach are infinite on both sides
        return bool(np.nanmax(np.abs(some - others)) < SAME_M)


def every_reading() -> Iterator[Reading]:
    for swapped in (False, True):
        for system in (None, *SYSTEMS):
            yield Reading(system, swapped)
