"""The map: what it asks for, how many features it ever gets, and what its parts load."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.maps.map_features import MOST_CELLS, view
from frontend.maps import Backdrop, Ground, Line, MapParts, catalogue_map, drawing_map, site_map
from frontend.rendering import Page
from tests.builders import a_site, square

UNKNOWN = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-03-12"}
COUNTY = "14.5,60,18,62.5"
BACKDROP = Backdrop((14.5, 60.2, 17.6, 62.4), 7, frozenset({"rail"}))
PAGE = Page(language="sv", path="/", nonce="abc123")
OUTLINE = square()


def features(client: TestClient, query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/map?{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["features"]
    return found


def every_map() -> list[MapParts]:
    return [
        catalogue_map(PAGE, BACKDROP, "{}"),
        site_map(PAGE, BACKDROP, OUTLINE, [Line("rail", "4 km", [[16.3, 61.4], [16.5, 61.5]])]),
        drawing_map(PAGE, BACKDROP, "outline", OUTLINE, Ground(square(side_deg=0.5))),
    ]


def test_sites_close_together_are_one_cluster_from_afar(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, outline=square(16.30, 61.40))
    a_site(databases, outline=square(16.32, 61.41))

    [cluster] = features(client, f"zoom=7&box={COUNTY}")

    said = cluster["properties"]
    assert (said["kind"], said["count"], said["meets"], said["may_fit"]) == ("cluster", 2, 2, 0)
    assert "reference" not in said
    assert said["box"] == pytest.approx([16.30, 61.40, 16.32, 61.41], abs=0.001)
    assert cluster["geometry"]["coordinates"] == pytest.approx([16.31, 61.405], abs=0.001)


def test_a_site_alone_says_what_it_is_from_afar(databases: Databases, client: TestClient) -> None:
    site = a_site(databases, name_sv="Ensam mark", area_gross_ha=61)

    [alone] = features(client, f"zoom=7&box={COUNTY}")

    said = alone["properties"]
    assert (said["count"], said["reference"]) == (1, site.reference)
    assert (said["name_sv"], said["area_gross_ha"], said["power_now_mw"]) == ("Ensam mark", 61, 10)
    assert (said["power_most_mw"], said["power_most_year"]) == (120, 2029)


def test_clusters_tell_those_that_meet_from_those_that_may_fit(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, sewage_m3_day=600)
    a_site(databases, sewage_m3_day=UNKNOWN)
    a_site(databases, sewage_m3_day=100)

    [cluster] = features(client, f"zoom=7&box={COUNTY}&sewage_m3_day_min=500")

    said = cluster["properties"]
    assert (said["count"], said["meets"], said["may_fit"]) == (2, 1, 1)


def test_near_sites_are_outlines_that_say_how_they_fit(
    databases: Databases, client: TestClient
) -> None:
    site = a_site(databases, outline=square(16.3, 61.4), sewage_m3_day=UNKNOWN)

    [outline] = features(client, "zoom=12&box=16.2,61.3,16.4,61.5&sewage_m3_day_min=500")

    assert outline["geometry"]["type"] == "MultiPolygon"
    said = outline["properties"]
    assert (said["kind"], said["reference"], said["fit"]) == ("outline", site.reference, "may_fit")
    assert said["unknown"] == ["sewage_m3_day"]


def test_the_public_map_shows_a_blurred_site_only_as_blurred(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, outline=square(16.3, 61.4), outline_precision="point_only")

    [point] = features(client, "zoom=14&box=16.2,61.3,16.4,61.5")

    assert point["geometry"]["type"] == "Point"


def test_sites_outside_the_view_are_left_out(databases: Databases, client: TestClient) -> None:
    a_site(databases, outline=square(16.3, 61.4))

    assert features(client, "zoom=12&box=17.0,60.5,17.1,60.6") == []


def test_clusters_stand_still_when_the_map_is_moved(
    databases: Databases, client: TestClient
) -> None:
    for step in range(6):
        a_site(databases, outline=square(16.3 + step / 50, 61.4 + step / 100))

    before = features(client, "zoom=8&box=15.00,60.5,17.5,62.0")
    after = features(client, "zoom=8&box=15.13,60.6,17.63,62.1")

    assert before == after


@pytest.mark.parametrize("zoom", [0, 3, 6.75, 9, 10.99, 18])
@pytest.mark.parametrize("box", [(14.5, 60.0, 18.0, 62.5), (-180, -90, 180, 90), (1, 1, 1.1, 1.2)])
def test_a_view_never_has_more_cells_than_allowed(
    box: tuple[float, float, float, float], zoom: float
) -> None:
    shown = view(box, zoom)

    columns, rows = shown.east - shown.west + 1, shown.north - shown.south + 1
    assert columns * rows <= MOST_CELLS


def test_a_view_across_the_180_meridian_asks_for_both_sides(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases)

    across = features(client, "zoom=2&box=10,50,-170,70")
    beside = features(client, "zoom=2&box=170,50,-170,70")

    assert [len(across), len(beside)] == [1, 0]


def test_a_box_given_twice_limits_the_sites_too(databases: Databases, client: TestClient) -> None:
    site = a_site(databases, outline=square(16.3, 61.4))
    a_site(databases, outline=square(16.9, 61.7), municipality="2184")

    found = features(client, f"box=16.2,61.3,16.4,61.5&box={COUNTY}&zoom=7")

    assert [one["properties"].get("reference") for one in found] == [site.reference]


@pytest.mark.parametrize("query", ["zoom=x", "zoom=40", "box=1,2", "colour=red", "readiness_min=x"])
def test_a_bad_question_to_the_map_is_refused_by_name(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/v1/map?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_an_unchanged_map_is_not_sent_again(databases: Databases, client: TestClient) -> None:
    a_site(databases)
    first = client.get("/api/v1/map?zoom=7")

    again = client.get("/api/v1/map?zoom=7", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304


@pytest.mark.parametrize("kind", ["rail", "e_road", "port", "place", "water", "municipalities"])
def test_a_reference_layer_is_geojson_for_everybody(client: TestClient, kind: str) -> None:
    answer = client.get(f"/api/v1/layers/{kind}")

    assert answer.headers["content-type"] == "application/geo+json"
    assert all(
        one["properties"].keys() & {"name", "code", "kind"} for one in answer.json()["features"]
    )


def test_a_layer_with_its_version_may_be_kept_for_a_year(client: TestClient) -> None:
    page = client.get("/").text
    version = re.search(r'data-layers-version="(\d+)"', page)

    fixed = client.get(f"/api/v1/layers/port?v={version and version[1]}")
    other = client.get("/api/v1/layers/port?v=0")

    assert "immutable" in fixed.headers["Cache-Control"]
    assert "immutable" not in other.headers["Cache-Control"]


def test_a_layer_that_does_not_exist_is_refused(client: TestClient) -> None:
    assert client.get("/api/v1/layers/castles").status_code == 400


def test_a_map_loads_nothing_from_elsewhere() -> None:
    for made in every_map():
        linked = re.findall(r'(?:src|href)="([^"#]+)"', made.header + made.html)
        fetched = re.findall(r'"([^"]+\.(?:js|css)\b[^"]*)"', made.script)
        addresses = linked + fetched
        assert addresses
        assert all(address.startswith("/static/") for address in addresses)


def test_the_only_script_of_a_map_carries_the_nonce_of_the_page() -> None:
    for made in every_map():
        assert re.findall(r"<script[^>]*>", made.script) == [
            '<script type="module" nonce="abc123">'
        ]
        assert "<script" not in made.html


def test_a_label_cannot_end_the_script_it_stands_in() -> None:
    line = Line("rail", "</script><script>alert(1)</script>", [[16.3, 61.4], [16.5, 61.5]])

    made = site_map(PAGE, BACKDROP, OUTLINE, [line])

    assert made.script.count("<script") == 1
    assert made.script.count("</script") == 1


def test_a_map_speaks_the_language_of_its_page() -> None:
    english = catalogue_map(Page(language="en", path="/"), BACKDROP, "{}")

    assert "Zoom in" in english.script
    assert "Layers" in english.html
    assert "OpenStreetMap contributors" in english.script
