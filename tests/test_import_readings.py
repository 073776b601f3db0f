"""A file of sites whose coordinates may be meant in several ways: somebody chooses."""

import json
from collections.abc import Callable

import pytest
import shapely
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.database import Databases
from catalogue.errors import NotPossible
from catalogue.imports import register
from catalogue.imports.work import check_import
from geo.reference_systems import transformed
from tests.builders import ADMIN, RULES, a_site
from tests.geodata_builders import geodata
from tests.html_forms import form_of
from tests.import_files import a_csv, an_importer, checked, found, saved


def in_the_wrong_system() -> bytes:
    """A hundred hectares in Bollnäs in the zone 16 30, by a file that says SWEREF 99 TM."""
    area = transformed(shapely.box(569_000, 6_807_000, 570_000, 6_808_000), 3006, 3010)
    return geodata(".gpkg", [area], {"referens": ["GVB-2183-001"]})


def test_where_coordinates_are_in_doubt_the_ways_to_read_them_are_offered(
    databases: Databases,
) -> None:
    a_site(databases)

    one = checked(databases, in_the_wrong_system(), name="mark.gpkg")

    assert one.state == "refused"
    assert one.readings is not None
    assert one.readings[0]["code"] == "3010"
    assert one.readings[0]["lands"][0].startswith("1 av 1 områden hamnar i Bollnäs")
    assert "61.40 N, 16.30 O" in one.readings[0]["lands"][0]


def test_the_file_is_checked_anew_as_somebody_chose_to_read_it(databases: Databases) -> None:
    a_site(databases)
    doubted = checked(databases, in_the_wrong_system(), name="mark.gpkg")
    actor = an_importer(databases)

    with databases.writing(actor) as session:
        register.read_as(session, actor, doubted.id, "3010")
    check_import(databases, RULES, doubted.id)
    one = saved(databases, found(databases, doubted.id))

    with databases.writing(ADMIN) as session:
        outline = sites.find(session, "GVB-2183-001").outline
    assert (one.state, one.readings) == ("done", None)
    assert outline is not None
    assert outline.centroid.distance(shapely.Point(569_500, 6_807_500)) < 1


def a_geojson(system: int, crs: str = "") -> bytes:
    """The same hundred hectares in a system of one's own, which only a `crs` member may tell."""
    area = transformed(shapely.box(569_000, 6_807_000, 570_000, 6_808_000), 3006, system)
    feature = {
        "type": "Feature",
        "properties": {"referens": "GVB-2183-001"},
        "geometry": json.loads(shapely.to_geojson(area)),
    }
    whole: dict[str, object] = {"type": "FeatureCollection", "features": [feature]}
    if crs:
        whole["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(whole).encode()


def the_middle(databases: Databases) -> shapely.Point:
    with databases.writing(ADMIN) as session:
        outline = sites.find(session, "GVB-2183-001").outline
    assert outline is not None
    return outline.centroid


@pytest.mark.parametrize("system", [3006, 3010])
def test_geojson_in_metres_is_read_as_somebody_chooses(databases: Databases, system: int) -> None:
    a_site(databases)
    doubted = checked(databases, a_geojson(system), name="mark.geojson")
    actor = an_importer(databases)
    with databases.writing(actor) as session:
        register.read_as(session, actor, doubted.id, str(system))
    check_import(databases, RULES, doubted.id)
    one = saved(databases, found(databases, doubted.id))

    assert doubted.state == "refused"
    assert doubted.readings is not None
    assert str(system) in [reading["code"] for reading in doubted.readings]
    assert one.state == "done"
    assert the_middle(databases).distance(shapely.Point(569_500, 6_807_500)) < 1


@pytest.mark.parametrize(("system", "crs"), [(3010, "urn:ogc:def:crs:EPSG::3010"), (4326, "")])
def test_geojson_that_says_where_it_is_raises_no_question(
    databases: Databases, system: int, crs: str
) -> None:
    a_site(databases)

    one = saved(databases, checked(databases, a_geojson(system, crs), name="mark.geojson"))

    assert one.state == "done"
    assert the_middle(databases).distance(shapely.Point(569_500, 6_807_500)) < 1


def test_a_crs_member_that_cannot_be_right_is_asked_about(databases: Databases) -> None:
    a_site(databases)

    one = checked(databases, a_geojson(3010, "urn:ogc:def:crs:EPSG::3006"), name="mark.geojson")

    assert one.readings is not None
    assert one.readings[0]["code"] == "3010"
    assert one.readings[0]["lands"][0].startswith("1 av 1 områden hamnar i Bollnäs")


def test_a_file_without_a_doubt_is_not_read_in_another_way(databases: Databases) -> None:
    a_site(databases)
    one = checked(databases, a_csv(databases), name="platser.csv")
    actor = an_importer(databases)

    with pytest.raises(NotPossible), databases.writing(actor) as session:
        register.read_as(session, actor, one.id, "3010")


def test_the_page_of_the_import_offers_the_ways_with_where_they_lead(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    client = signed_in("editor")
    a_site(databases)
    doubted = checked(databases, in_the_wrong_system(), name="mark.gpkg")
    address = f"/workspace/import/{doubted.id}"

    page = client.get(address).text
    client.post(f"{address}/reading", data=form_of(page, f"{address}/reading"))

    assert "Hur är koordinaterna menade?" in page
    assert "SWEREF 99 16 30 (EPSG:3010)" in page
    assert found(databases, doubted.id).reading == "3010"
