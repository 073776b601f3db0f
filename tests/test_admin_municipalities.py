"""The municipalities as an administrator follows them, and who serves each."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site, an_account
from tests.html_forms import form_of

ADDRESS = "/admin/municipalities"


@pytest.fixture
def admin(signed_in: Callable[..., TestClient]) -> TestClient:
    return signed_in("admin")


def suppliers(databases: Databases, code: str, kind: str) -> list[tuple[str, bool]]:
    with databases.owner.connect() as connection:
        rows = connection.execute(
            text(
                "select name, to_verify from organisation join service_area on organisation_id = id"
                " where municipality = :code and kind = :kind order by name"
            ),
            {"code": code, "kind": kind},
        )
        return [(name, to_verify) for name, to_verify in rows]


def test_an_installation_knows_who_serves_each_municipality_and_that_it_is_to_be_confirmed(
    databases: Databases,
) -> None:
    """Working values of the project: Ovanåker has two local grids."""
    assert suppliers(databases, "2121", "grid_owners") == [
        ("Ellevio", True),
        ("Helsinge Net", True),
    ]
    assert suppliers(databases, "2132", "water_utilities") == [
        ("MittSverige Vatten & Avfall", True)
    ]


def test_the_list_shows_people_sites_and_the_profile_of_each(
    admin: TestClient, databases: Databases
) -> None:
    an_account(databases, "publisher", "2183")
    a_site(databases, municipality="2183", status="draft")

    page = admin.get(ADDRESS).text
    row = page.split(f'href="{ADDRESS}/2183"')[1].split("</tr>")[0]

    assert "utkast 1" in row
    assert "saknas" not in row
    assert page.count("saknas") == 9


def test_what_an_administrator_corrects_is_confirmed_and_logged(
    admin: TestClient, databases: Databases
) -> None:
    page = admin.get(f"{ADDRESS}/2180").text
    sent = form_of(page, f"{ADDRESS}/2180")
    with databases.owner.connect() as connection:
        added = connection.scalar(
            text("select id from organisation where kind = 'grid_owners' and name = 'Ellevio'")
        )

    sent["served_by"].append(str(added))
    answer = admin.post(f"{ADDRESS}/2180", data=sent)

    assert "nu bekräftat" in answer.text
    assert suppliers(databases, "2180", "grid_owners") == [
        ("Ellevio", False), ("Gävle Energi", False),
    ]  # fmt: skip
    assert "försörjs av" in admin.get("/admin/audit?kind=municipality").text


def test_a_municipality_that_is_not_there_is_not_found(admin: TestClient) -> None:
    token = form_of(admin.get(f"{ADDRESS}/2180").text, ADDRESS)["csrf_token"]

    assert admin.get(f"{ADDRESS}/9999").status_code == 404
    assert admin.post(f"{ADDRESS}/9999", data={"csrf_token": token}).status_code == 404
