"""The committed geodata: what the map and the demo rest on, held against facts from outside."""

import json
from functools import cache
from math import pi, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).parents[1] / "seed" / "data"
LAYERS = sorted(path.name for path in DATA.glob("*.geojson"))
LINES_ON_LAND = ("e_roads", "roads", "railways")
DEMO_SITES = range(42)
CODES = ("2101", "2104", "2121", "2132", "2161", "2180", "2181", "2182", "2183", "2184")
SUITABLE_FOR = {
    "heavy_industry", "battery", "hydrogen", "green_steel", "data_centre", "logistics", "food",
    "wood_bio", "energy_storage", "other",
}  # fmt: skip

Item = tuple[BaseGeometry, dict[str, Any]]  # Any: properties differ from layer to layer


def collection(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return read


def in_metres(geometry: BaseGeometry) -> BaseGeometry:
    to_metres = Transformer.from_crs(4326, 3006, always_xy=True)
    return shapely.transform(
        geometry, lambda positions: np.column_stack(to_metres.transform(*positions.T))
    )


@cache
def layer(name: str) -> list[Item]:
    """The features of a layer, in metres."""
    features = collection(f"{name}.geojson")["features"]
    return [(in_metres(shape(item["geometry"])), item["properties"]) for item in features]


@cache
def waters(kind: str | None = None) -> BaseGeometry:
    return shapely.union_all(
        [outline for outline, water in layer("water") if kind in (None, water["kind"])]
    )


def municipality(code: str) -> BaseGeometry:
    return next(outline for outline, known in layer("municipalities") if known["code"] == code)


def named(layer_name: str, name: str) -> BaseGeometry:
    return next(geometry for geometry, known in layer(layer_name) if known["name"] == name)


def metres_to(line: BaseGeometry, longitude: float, latitude: float) -> float:
    return in_metres(Point(longitude, latitude)).distance(line)


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_says_where_it_comes_from_and_holds_valid_geometries(name: str) -> None:
    read = collection(name)

    assert all(read[member] for member in ("source", "licence", "made_by"))
    assert (DATA.parents[1] / read["made_by"]).is_file()
    assert all(shape(item["geometry"]).is_valid for item in read["features"])


def test_the_files_stay_small_enough_to_commit() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 2_000_000


def test_there_are_290_municipalities_of_which_ten_in_county_21() -> None:
    codes = [known["code"] for _, known in layer("municipalities")]

    assert len(codes) == 290
    assert [code for code in codes if code.startswith("21")] == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_municipality_without_its_waters_is_as_large_as_its_land(code: str) -> None:
    facts = collection("municipalities.json")["municipalities"]
    land_km2 = next(row["land_km2"]["value"] for row in facts if row["code"] == code)

    drawn_km2 = municipality(code).difference(waters()).area / 1e6

    assert drawn_km2 == pytest.approx(land_km2, rel=0.06)


def test_gavle_ends_at_the_coast() -> None:
    assert municipality("2180").intersection(waters("sea")).area < 1e4
    assert municipality("2180").area / 1e6 == pytest.approx(1606, rel=0.12)


@pytest.mark.parametrize("code", CODES)
def test_a_municipality_holds_its_seat(code: str) -> None:
    facts = collection("municipalities.json")["municipalities"]
    seat = next(row["seat_position"] for row in facts if row["code"] == code)

    assert municipality(code).covers(in_metres(Point(seat)))


def test_the_county_has_fifty_places() -> None:
    in_county = [known for _, known in layer("places") if known["county"] == "21"]

    assert len(in_county) == 50
    assert in_county[0]["name"] == "Gävle"


@pytest.mark.parametrize(
    ("line", "town", "longitude", "latitude"),
    [
        ("Norra stambanan", "Bollnäs", 16.39, 61.348),
        ("Norra stambanan", "Ljusdal", 16.091, 61.829),
        ("Norra stambanan", "Ockelbo", 16.720, 60.889),
        ("Ostkustbanan", "Gävle", 17.141, 60.675),
        ("Ostkustbanan", "Söderhamn", 17.059, 61.304),
        ("Ostkustbanan", "Hudiksvall", 17.104, 61.728),
        ("Bergslagsbanan", "Sandviken", 16.776, 60.617),
        ("Bergslagsbanan", "Hofors", 16.286, 60.547),
    ],
)
def test_a_railway_passes_its_towns(
    line: str, town: str, longitude: float, latitude: float
) -> None:
    assert metres_to(named("railways", line), longitude, latitude) < 2_000, town


@pytest.mark.parametrize("name", LINES_ON_LAND)
def test_lines_on_land_stay_out_of_the_sea(name: str) -> None:
    in_sea_m = {
        known["name"]: line.intersection(waters("sea")).length for line, known in layer(name)
    }

    assert max(in_sea_m.values()) < 200  # a quay or a bridge


@pytest.mark.parametrize("number", DEMO_SITES)
def test_a_demo_site_lies_in_its_municipality(number: int) -> None:
    outline, site = layer("demo_sites")[number]

    assert outline.intersection(municipality(site["municipality"])).area >= 0.98 * outline.area


@pytest.mark.parametrize("number", DEMO_SITES)
def test_a_demo_site_keeps_fifty_metres_from_water(number: int) -> None:
    outline, site = layer("demo_sites")[number]

    assert outline.distance(waters()) >= 50, site["name_sv"]


@pytest.mark.parametrize("number", DEMO_SITES)
def test_a_demo_site_is_as_large_as_it_says(number: int) -> None:
    outline, site = layer("demo_sites")[number]

    assert 10 <= site["area_ha"] <= 300
    assert outline.area / 10_000 == pytest.approx(site["area_ha"], abs=0.06)


@pytest.mark.parametrize("number", DEMO_SITES)
def test_a_demo_site_lies_outside_the_towns(number: int) -> None:
    outline, _ = layer("demo_sites")[number]
    radii_m = [
        (place, 1_000 * sqrt(known["population"] / 1_700 / pi)) for place, known in layer("places")
    ]

    assert all(place.distance(outline) >= radius_m - 5 for place, radius_m in radii_m)


@pytest.mark.parametrize("number", DEMO_SITES)
def test_no_road_or_railway_runs_through_a_demo_site(number: int) -> None:
    outline, _ = layer("demo_sites")[number]

    assert not any(line.intersects(outline) for name in LINES_ON_LAND for line, _ in layer(name))


def test_demo_sites_do_not_overlap() -> None:
    outlines = [outline for outline, _ in layer("demo_sites")]

    assert shapely.union_all(outlines).area == pytest.approx(sum(one.area for one in outlines))


def test_demo_sites_are_numbered_within_their_municipality() -> None:
    numbers: dict[str, list[int]] = {}
    for _, site in layer("demo_sites"):
        numbers.setdefault(site["municipality"], []).append(site["number"])

    assert sorted(numbers) == list(CODES)
    assert all(given == list(range(1, len(given) + 1)) for given in numbers.values())


def test_demo_sites_use_the_words_of_the_catalogue() -> None:
    suitable = {code for _, site in layer("demo_sites") for code in site["suitable_for"]}
    types = {site["site_type"] for _, site in layer("demo_sites")}

    assert suitable == SUITABLE_FOR
    assert types == {"greenfield", "brownfield", "existing_building", "park_expansion"}


def test_a_demo_site_lies_within_twenty_kilometres_of_its_substation() -> None:
    stations = {known["code"]: place for place, known in layer("substations")}
    distances_m = [
        outline.distance(stations[site["substation"]])
        for outline, site in layer("demo_sites")
        if site["substation"]
    ]

    assert max(distances_m) <= 20_000


def test_some_demo_sites_share_a_substation() -> None:
    used = [site["substation"] for _, site in layer("demo_sites") if site["substation"]]

    assert len(used) > len(set(used)) + 2


def test_demo_outlines_come_in_all_shapes() -> None:
    parts = [shapely.get_parts(outline) for outline, _ in layer("demo_sites")]

    assert sum(len(of_site) > 1 for of_site in parts) == 2
    assert sum(len(of_site[0].interiors) for of_site in parts) == 1
