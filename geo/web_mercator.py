"""The web's square map of the world, in metres from the point where the equator meets Greenwich."""

import math

EARTH_RADIUS_M = 6_378_137.0
WORLD_M = 2 * math.pi * EARTH_RADIUS_M
"""The side of the square."""
HIGHEST_LATITUDE = 85.05


def mercator_x(longitude: float) -> float:
    return math.radians(longitude) * EARTH_RADIUS_M


def mercator_y(latitude: float) -> float:
    """What lies nearer to a pole than the square reaches stands on its edge."""
    clamped = min(max(latitude, -HIGHEST_LATITUDE), HIGHEST_LATITUDE)
    return math.asinh(math.tan(math.radians(clamped))) * EARTH_RADIUS_M


def longitude_of(x: float) -> float:
    return math.degrees(x / EARTH_RADIUS_M)


def latitude_of(y: float) -> float:
    return math.degrees(math.atan(math.sinh(y / EARTH_RADIUS_M)))
