"""What an outline lies on is told whoever saves it: other sites, water, protected areas."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from shapely import Polygon, box
from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.maps.reference_layers import replace_layer
from catalogue.outlines.outline_surroundings import surroundings
from geo.layers import LayerFeature, LayerKind
from geo.reference_systems import transformed
from tests.builders import ADMIN, a_site, an_actor, square

WithToken = Callable[..., TestClient]
SQUARE = square()
WEST_HALF: Polygon = transformed(box(16.295, 61.395, 16.30, 61.405), 4326, 3006)
"""Half of the square: 267 m by 1 114 m, less 0.08 % on the plane of SWEREF 99 TM."""


@pytest.fixture
def layers(databases: Databases) -> Iterator[Callable[..., None]]:
    """`layers("water", feature)` replaces a layer for the length of the test."""
    kept: list[str] = []

    def replaced(kind: LayerKind, **said: Any) -> None:
        with databases.owner.begin() as connection:
            connection.exec_driver_sql(
                f"create table if not exists kept_{kind} as "
                f"select * from layer_feature where kind = '{kind}'"
            )
            kept.append(kind)
        feature = LayerFeature(kind, shape=WEST_HALF, **said)
        with Session(databases.owner) as session, session.begin():
            replace_layer(session, kind, [feature])

    yield replaced
    with databases.owner.begin() as connection:
        for kind in kept:
            connection.exec_driver_sql(f"delete from layer_feature where kind = '{kind}'")
            connection.exec_driver_sql(
                f"insert into layer_feature overriding system value table kept_{kind}"
            )
            connection.exec_driver_sql(f"drop table kept_{kind}")


def posted(client: TestClient, **values: Any) -> dict[str, Any]:
    """A new draft in Bollnäs with the square as its outline."""
    body = {"municipality": "2183", "name_sv": "Ny plats", "outline": SQUARE, **values}
    answer: dict[str, Any] = client.post("/api/v1/sites", json=body).json()
    return answer


def told(answer: dict[str, Any]) -> str:
    return " ".join(one["detail"] for one in answer["warnings"])


def test_an_overlap_with_another_site_is_told_with_hectares(
    databases: Databases, with_token: WithToken
) -> None:
    other = a_site(databases, status="draft", name_sv="Granne", outline=square(16.305))

    answer = posted(with_token("editor"))

    assert f"overlaps {other.reference} Granne (29.7 ha)" in told(answer)


def test_a_common_border_is_no_overlap(databases: Databases, with_token: WithToken) -> None:
    a_site(databases, status="draft", outline=square(16.31))

    assert posted(with_token("editor"))["warnings"] == []


def test_drafts_of_another_municipality_stay_unknown(databases: Databases) -> None:
    a_site(databases, municipality="2180", status="draft", name_sv="Hemlig")
    shape: Any = transformed(box(16.945, 60.715, 16.955, 60.725), 4326, 3006)

    with databases.writing(an_actor("editor", "2183")) as session:
        found = surroundings(session, "GVB-2183-001", "2183", shape)

    assert found.sites == ()


def test_the_database_tells_nobody_of_drafts_next_door(databases: Databases) -> None:
    a_site(databases, municipality="2180", status="draft", name_sv="Hemlig")
    meeting = text(
        "select count(*) from sites_meeting('2180', st_makeenvelope(0, 0, 1e6, 1e7, 3006))"
    )

    with databases.writing(an_actor("editor", "2183")) as session:
        assert session.scalar(meeting) == 0
    with databases.writing(an_actor("editor", "2180")) as session:
        assert session.scalar(meeting) == 1


def test_water_beneath_is_told(
    databases: Databases, with_token: WithToken, layers: Callable[..., None]
) -> None:
    layers("water", name="Varpen")

    assert "partly in water by the reference layer: Varpen (29.7 ha)" in told(
        posted(with_token("editor"))
    )


def test_a_protected_area_is_told_and_fills_the_empty_field(
    databases: Databases, with_token: WithToken, layers: Callable[..., None]
) -> None:
    layers(
        "protected_area", name="Hedmyren", properties={"SKYDDSTYP": "Naturreservat"},
        source="naturvard.gpkg",
    )  # fmt: skip

    answer = posted(with_token("editor"))

    assert "overlaps protected areas: Hedmyren (29.7 ha)" in told(answer)
    said = answer["properties"]["protected_overlap"]
    assert said == ["nature_reserve"] or said["value"] == ["nature_reserve"]


def test_what_a_person_said_of_protection_is_not_overwritten(
    databases: Databases, with_token: WithToken, layers: Callable[..., None]
) -> None:
    layers("protected_area", name="Hedmyren", properties={"SKYDDSTYP": "Naturreservat"})

    answer = posted(with_token("editor"), protected_overlap=["shore_protection"])

    said = answer["properties"]["protected_overlap"]
    assert said == ["shore_protection"] or said["value"] == ["shore_protection"]


def test_an_administrator_is_told_as_the_editor_is(databases: Databases) -> None:
    other = a_site(databases, status="withdrawn", outline=square(16.305))

    with databases.writing(ADMIN) as session:
        found = surroundings(session, "GVB-2183-099", "2183", other.outline)  # type: ignore[arg-type]  # it has one

    assert [round(one.area_ha) for one in found.sites] == [59]
