"""Property designations: read in one form, refused with what was meant, looked up in a layer."""

from collections.abc import Callable, Iterator

import pytest
from shapely import box
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.maps.reference_layers import replace_layer
from catalogue.outlines.property_designations import (
    BadDesignation,
    look_like,
    municipality_of,
    read_list,
)
from catalogue.outlines.property_outlines import property_outline
from geo.errors import InvalidOutline
from geo.layers import LayerFeature
from tests.builders import an_actor

REGION = ("Gävle", "Sandviken", "Hofors", "Bollnäs")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Gävle Andersberg 14:32", "GÄVLE ANDERSBERG 14:32"),
        ("GÄVLE KVARNEN 3", "GÄVLE KVARNEN 3"),
        ("bollnäs häggesta s:3", "BOLLNÄS HÄGGESTA S:3"),
        ("Bollnäs Häggesta ga:12", "BOLLNÄS HÄGGESTA GA:12"),
        ("  Gävle   Norra Kungsbäck 3 : 14 ", "GÄVLE NORRA KUNGSBÄCK 3:14"),
        ("SANDVIKEN S:T OLOF 1:2", "SANDVIKEN S:T OLOF 1:2"),
        ("HOFORS BÖLE 2:1>2", "HOFORS BÖLE 2:1>2"),
    ],
)
def test_a_designation_is_read_in_its_one_form(written: str, read: str) -> None:
    assert read_list([written]) == [read]


def test_a_pasted_list_is_taken_apart_and_each_is_kept_once() -> None:
    pasted = (
        "Gävle Andersberg 14:32, Gävle Kvarnen 3;\nGÄVLE ANDERSBERG 14:32\r\nBollnäs Säversta 1:1"
    )

    assert read_list([pasted]) == [
        "GÄVLE ANDERSBERG 14:32", "GÄVLE KVARNEN 3", "BOLLNÄS SÄVERSTA 1:1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Gävle Andersberg 14:32, 14:33", "Do you mean GÄVLE ANDERSBERG 14:33?"),
        ("Gävle Andersberg14:32", "Do you mean GÄVLE ANDERSBERG 14:32?"),
        ("Gävle Andersberg", "does not end in a number"),
        ("Andersberg 14:32", "lacks the municipality"),
        ("Gävle <b>x</b> 1:1", "lacks the municipality"),
        ("14:32", "lacks the municipality"),
        ("x" * 200, "is not written as a property designation"),
    ],
)
def test_what_is_wrong_is_told_with_what_was_meant(written: str, told: str) -> None:
    with pytest.raises(BadDesignation) as refusal:
        read_list([written])

    assert told in refusal.value.text.en


def test_a_municipality_is_found_and_a_misspelt_one_suggested() -> None:
    assert municipality_of("GÄVLE KVARNEN 3", REGION) == "Gävle"
    with pytest.raises(BadDesignation, match="Do you mean BOLLNÄS HÄGGESTA 7:12"):
        municipality_of("BOLNÄS HÄGGESTA 7:12", REGION)
    with pytest.raises(BadDesignation, match="does not begin with a municipality"):
        municipality_of("STOCKHOLM VASASTADEN 1:1", REGION)


def test_the_api_keeps_the_one_form(with_token: Callable[..., TestClient]) -> None:
    body = {
        "municipality": "2183", "name_sv": "Häggesta",
        "property_designations": ["Bollnäs Häggesta 7:12, bollnäs häggesta 7:13"],
    }  # fmt: skip

    answer = with_token("editor").post("/api/v1/sites", json=body)

    assert answer.json()["properties"]["property_designations"] == [
        "BOLLNÄS HÄGGESTA 7:12", "BOLLNÄS HÄGGESTA 7:13",
    ]  # fmt: skip


def test_coordinates_are_not_taken_for_designations() -> None:
    assert look_like("Bollnäs Häggesta 7:12\nBollnäs Häggesta 7:13")
    assert not look_like("61.352 16.394\n61.356 16.394")
    assert not look_like("N 61 21 08 E 16 23 39")
    assert not look_like("")


def test_without_property_boundaries_a_designation_gives_no_outline(databases: Databases) -> None:
    with (
        databases.writing(an_actor()) as session,
        pytest.raises(InvalidOutline, match="no property boundaries here"),
    ):
        property_outline(session, "Bollnäs Häggesta 7:12")


@pytest.fixture
def properties(databases: Databases) -> Iterator[None]:
    shapes = {
        "Bollnäs Häggesta 7:12": box(574_000, 6_802_000, 574_500, 6_802_400),
        "Bollnäs Häggesta 7:13": box(574_500, 6_802_000, 574_750, 6_802_400),
    }
    features = [LayerFeature("property", name, shape) for name, shape in shapes.items()]
    with Session(databases.owner) as session, session.begin():
        replace_layer(session, "property", features)
    yield
    with Session(databases.owner) as session, session.begin():
        replace_layer(session, "property", [])


@pytest.mark.usefixtures("properties")
def test_where_there_are_boundaries_designations_give_the_outline(databases: Databases) -> None:
    with databases.writing(an_actor()) as session:
        outline = property_outline(session, "bollnäs häggesta 7:12, Bollnäs Häggesta 7:13")

    assert outline.area_ha == pytest.approx(30)


@pytest.mark.usefixtures("properties")
def test_a_designation_that_the_layer_lacks_is_named(databases: Databases) -> None:
    with (
        databases.writing(an_actor()) as session,
        pytest.raises(InvalidOutline, match="does not have BOLLNÄS HÄGGESTA 7:14"),
    ):
        property_outline(session, "Bollnäs Häggesta 7:12, Bollnäs Häggesta 7:14")


@pytest.mark.usefixtures("properties")
def test_property_boundaries_are_not_given_away(client: TestClient) -> None:
    assert client.get("/api/v1/layers/property").status_code in (400, 404)
