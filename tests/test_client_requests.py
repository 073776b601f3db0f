"""The register of clients' requests: kept by the project office, closed to everybody else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.search.demand import Demand, demand
from catalogue.tables import client_request, client_request_version
from tests.builders import RULES, a_site, an_actor

ELK: dict[str, Any] = {
    "code_name": "Projekt Älg",
    "received_on": "2026-10-01",
    "due_on": "2026-10-03",
    "sector": "battery",
    "requirements": [{"key": "area_net_ha", "op": "min", "value": 60}],
}


@pytest.fixture
def office(with_token: Callable[..., TestClient]) -> TestClient:
    return with_token("project")


def added(office: TestClient, **parts: Any) -> dict[str, Any]:
    answer = office.post("/api/v1/requests", json={**ELK, **parts})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def changed(office: TestClient, one: dict[str, Any], **parts: Any) -> Any:
    return office.patch(
        f"/api/v1/requests/{one['id']}",
        json=parts,
        headers={"If-Match": f'"{one["version"]}-request"'},
    )


def test_a_request_is_kept_and_handled_by_whoever_added_it(office: TestClient) -> None:
    one = added(office)

    assert (one["outcome"], one["handler"]) == ("open", "project.all@example.se")
    assert office.get("/api/v1/requests").json()["requests"] == [one]


def test_days_are_counted_to_the_answer_and_until_then_to_today(office: TestClient) -> None:
    open_one = added(office)
    answered = added(office, code_name="Projekt Bäver", answered_on="2026-10-03")

    assert (open_one["days_open"], open_one["is_late"]) == (32, True)
    assert (answered["days_open"], answered["is_late"]) == (2, False)


def test_every_change_is_a_version(office: TestClient, databases: Databases) -> None:
    one = added(office)
    assert changed(office, one, outcome="lost", lost_because="power").status_code == 200

    with databases.writing(an_actor("project")) as session:
        rows = session.execute(
            select(client_request_version.c.version, client_request_version.c.changed).order_by(
                client_request_version.c.version
            )
        ).all()

    assert [(version, sorted(keys)) for version, keys in rows] == [
        (1, ["created"]),
        (2, ["lost_because", "outcome"]),
    ]


def test_two_who_change_at_once_do_not_write_over_each_other(office: TestClient) -> None:
    one = added(office)
    assert changed(office, one, note="först").status_code == 200

    assert changed(office, one, note="sist").status_code == 412


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [
        ({"code_name": ""}, "/code_name"),
        ({"received_on": "i går"}, "/received_on"),
        ({"received_on": "2027-01-01"}, "/received_on"),
        ({"answered_on": "2026-09-30"}, "/answered_on"),
        ({"outcome": "gone"}, "/outcome"),
        ({"lost_because": "power"}, "/lost_because"),
        ({"sites": "GVB"}, "/sites"),
        ({"requirements": [{"key": "gold", "op": "min", "value": 1}]}, "/requirements/0/key"),
        ({"client": "x"}, "/client"),
    ],
)
def test_a_fault_is_told_with_its_place(
    office: TestClient, parts: dict[str, Any], pointer: str
) -> None:
    answer = office.post("/api/v1/requests", json={**ELK, **parts})

    assert answer.status_code == 422
    assert pointer in [one["pointer"] for one in answer.json()["errors"]]


def test_a_code_name_is_taken_once(office: TestClient) -> None:
    added(office)

    assert office.post("/api/v1/requests", json=ELK).status_code == 422


@pytest.mark.parametrize("role", ["editor", "publisher", "investor"])
def test_nobody_else_reads_the_register(
    office: TestClient, with_token: Callable[..., TestClient], role: Any
) -> None:
    one = added(office)
    other = with_token(role)

    answers = [other.get("/api/v1/requests"), other.get(f"/api/v1/requests/{one['id']}")]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_row_level_security_hides_the_register_whatever_the_code_does(
    office: TestClient, databases: Databases
) -> None:
    added(office)

    with databases.writing(an_actor("editor")) as session:
        seen = session.execute(select(client_request)).all()
        hit = session.execute(update(client_request).values(note="x").returning(client_request))
        assert (seen, hit.all()) == ([], [])


def test_a_version_is_changed_by_nobody(office: TestClient, databases: Databases) -> None:
    added(office)

    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        databases.writing(an_actor("admin")) as session,
    ):
        session.execute(update(client_request_version).values(actor="x"))


def test_what_an_open_request_waits_for_is_demand_in_its_municipality(
    office: TestClient, databases: Databases
) -> None:
    site = a_site(databases, status="draft", area_net_ha=None)
    wished = {"key": "sewage_m3_day", "op": "min", "value": 9000, "must": False}
    added(office, requirements=[*ELK["requirements"], wished])
    added(office, code_name="Projekt Bäver", outcome="lost")

    with databases.writing(an_actor("editor")) as session:
        found = demand(session, [site], {"2183": "Bollnäs"}, RULES.shelf_life)

    assert found == {(site.reference, "area_net_ha"): Demand(alone=1)}


def offered(client: TestClient) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/requests/offered")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["offered"]
    return found


def test_a_municipality_learns_where_its_sites_were_offered_and_how_it_went(
    office: TestClient, with_token: Callable[..., TestClient], databases: Databases
) -> None:
    own, other = a_site(databases), a_site(databases, municipality="2180")
    added(office, sites=[own.reference, other.reference], outcome="lost", lost_because="power")

    [one] = offered(with_token("editor"))

    assert [site["reference"] for site in one["sites"]] == [own.reference]
    assert (one["sector"], one["received_on"]) == ("battery", "2026-10-01")
    assert (one["outcome"], one["lost_because"]) == ("lost", "power")
    assert not {"code_name", "text", "requirements", "note", "handler", "request_id"} & set(one)


def test_the_page_of_sites_offered_names_no_client(
    office: TestClient, signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    own, other = a_site(databases), a_site(databases, municipality="2180")
    added(office, sites=[own.reference, other.reference], note="Ringde på måndagen")

    page = signed_in("editor").get("/workspace/offered").text

    assert own.reference in page
    assert [word for word in (other.reference, "Älg", "måndagen") if word in page] == []


def test_the_project_sees_what_was_offered_in_every_municipality(
    office: TestClient, databases: Databases
) -> None:
    sites = [a_site(databases), a_site(databases, municipality="2180")]
    added(office, sites=[site.reference for site in sites])

    assert {one["municipality"] for one in offered(office)} == {"2183", "2180"}


def test_an_investor_does_not_see_what_was_offered(with_token: Callable[..., TestClient]) -> None:
    assert with_token("investor").get("/api/v1/requests/offered").status_code == 403
