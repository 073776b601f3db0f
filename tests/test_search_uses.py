"""How the search is used: counted by day and condition, without anything about who searched."""

from collections.abc import Callable
from datetime import date

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from api.search_uses import write
from catalogue.database import Databases
from catalogue.search.filters import SiteFilter
from catalogue.search.uses import Counts, keep
from catalogue.tables import search_use, search_use_site
from tests.builders import a_site


@pytest.fixture(autouse=True)
def nothing_waits(app: FastAPI) -> None:
    app.state.services.uses.take()


def counted(app: FastAPI, databases: Databases) -> dict[tuple[str, str], tuple[int, int]]:
    """Searches and dropouts by condition and range, once what waits is written."""
    write(app.state.services)
    with Session(databases.owner) as session:
        rows = session.execute(select(search_use))
        return {(row.parameter, row.range): (row.searches, row.dropped) for row in rows}


def test_conditions_are_counted_coarsely_with_the_sites_that_drop_out(
    app: FastAPI, databases: Databases, client: TestClient
) -> None:
    a_site(databases, area_gross_ha=30, area_net_ha=20)
    a_site(databases, area_gross_ha=80)

    for _ in range(2):  # the second answer comes from memory
        client.get("/?area_gross_ha_min=60&bidding_area=SE2")

    assert counted(app, databases) == {
        ("", ""): (2, 0),
        ("area_gross_ha_min", ""): (2, 2),
        ("area_gross_ha_min", "50-100"): (2, 0),
        ("bidding_area", ""): (2, 0),
        ("bidding_area", "SE2"): (2, 0),
    }
    with Session(databases.owner) as session:
        rows = session.execute(select(search_use_site)).all()
    assert [(row.parameter, row.reference, row.searches) for row in rows] == [
        ("area_gross_ha_min", "GVB-2183-001", 2)
    ]


def test_counts_are_added_to_those_of_the_day(
    app: FastAPI, databases: Databases, client: TestClient
) -> None:
    found = {}
    for _ in range(2):
        client.get("/?bidding_area=SE3")
        found = counted(app, databases)

    assert found["bidding_area", "SE3"] == (2, 0)


def test_words_and_places_are_not_kept(
    app: FastAPI, databases: Databases, client: TestClient
) -> None:
    client.get("/?text=hemligt&near=16.3,61.4,20")

    assert counted(app, databases) == {
        ("", ""): (1, 0),
        ("near", ""): (1, 0),
        ("near", "10-25"): (1, 0),
        ("text", ""): (1, 0),
    }


def test_a_search_for_two_values_is_one_search(
    app: FastAPI,
    databases: Databases,
    client: TestClient,
    signed_in: Callable[..., TestClient],
) -> None:
    a_site(databases)
    client.get("/?municipality=2180,2181")
    write(app.state.services)

    [condition] = signed_in("project", None).get("/api/v1/progress/demand").json()["conditions"]

    assert condition["searches"] == 1
    assert condition["ranges"] == {"2180": 1, "2181": 1}


@pytest.mark.parametrize(
    ("address", "agent"),
    [
        ("/?bidding_area=SE2", "Mozilla/5.0 (compatible; Googlebot/2.1)"),
        ("/?bidding_area=SE2&offset=20", "Firefox"),
        ("/", "Firefox"),
        ("/?no_such=1", "Firefox"),
    ],
)
def test_robots_further_pages_and_searches_for_nothing_are_not_counted(
    app: FastAPI, databases: Databases, client: TestClient, address: str, agent: str
) -> None:
    client.get(address, headers={"User-Agent": agent})

    assert counted(app, databases) == {}


def test_the_projects_own_accounts_are_not_counted(
    app: FastAPI, databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    signed_in("editor").get("/?bidding_area=SE2")

    assert counted(app, databases) == {}


def test_the_project_reads_what_is_looked_for(
    app: FastAPI, databases: Databases, client: TestClient, signed_in: Callable[..., TestClient]
) -> None:
    a_site(databases, area_gross_ha=30, area_net_ha=20, name_sv="Norra fältet")
    client.get("/?area_gross_ha_min=60")
    write(app.state.services)
    office = signed_in("project", None)

    page = office.get("/progress/demand").text
    told = office.get("/api/v1/progress/demand").json()

    assert "Bruttoyta, minst" in page
    assert "Norra fältet" in page
    assert told["conditions"][0]["ranges"] == {"50-100": 1}
    assert told["sites"] == [
        {"reference": "GVB-2183-001", "parameter": "area_gross_ha_min", "searches": 1}
    ]
    table = office.get("/api/v1/progress/demand?format=csv").text
    assert "area_gross_ha_min" in table.splitlines()[1]


def test_searches_are_told_week_by_week_beside_the_days_before(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    searches = {date(2026, 10, 4): 3, date(2026, 10, 5): 1, date(2026, 10, 11): 2,
                date(2026, 10, 14): 4, date(2026, 9, 28): 7}  # fmt: skip
    with databases.writing(None) as session:
        for day, number in searches.items():
            counts = Counts()
            counts.count(SiteFilter(fresh=True), {}, number)
            keep(session, counts, day)
    office = signed_in("project", None)

    told = office.get("/api/v1/progress/demand?since=2026-10-04&until=2026-10-14").json()

    assert (told["searches"], told["searches_before"]) == (10, 7)
    assert [(one["since"], one["searches"]) for one in told["steps"]] == [
        ("2026-10-04", 3), ("2026-10-05", 3), ("2026-10-12", 4)
    ]  # fmt: skip


def test_days_that_cannot_be_are_told_of_on_the_page(
    signed_in: Callable[..., TestClient],
) -> None:
    page = signed_in("project", None).get("/progress/demand?since=2026-10-04&until=2026-09-04")

    assert page.status_code == 400
    assert "Första dagen ligger efter den sista." in page.text
    assert 'href="#since"' in page.text


def test_others_do_not(client: TestClient, signed_in: Callable[..., TestClient]) -> None:
    assert signed_in("editor").get("/progress/demand").status_code == 403
    assert signed_in("investor", None).get("/api/v1/progress/demand").status_code == 403
    assert client.get("/api/v1/progress/demand").status_code == 401
