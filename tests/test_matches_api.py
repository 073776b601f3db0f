"""Matching over HTTP: a text or requirements in, ranked sites out."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site

LAND = {"key": "area_net_ha", "op": "min", "value": 60}
POWER = {"key": "power_mw", "op": "min", "value": 150, "year": 2029}


def asked(client: TestClient, **body: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/matches", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_requirements_are_answered_with_results_in_their_order(
    client: TestClient, databases: Databases
) -> None:
    reference = a_site(databases, area_net_ha=60).reference

    found = asked(client, requirements=[LAND, POWER])

    assert found["sites"][0]["reference"] == reference
    assert found["sites"][0]["fit"] == "fails"
    assert found["sites"][0]["results"] == [
        {"key": "area_net_ha", "result": "met", "value": 60, "gap": None},
        {"key": "power_mw", "result": "not_met", "value": 120, "gap": 30},
    ]
    assert found["near_misses"][0]["reference"] == reference


def test_a_text_is_read_and_its_requirements_are_told(
    client: TestClient, databases: Databases
) -> None:
    a_site(databases, area_net_ha=60)

    found = asked(client, text="We need at least 40 ha.")

    assert [(one["op"], one["value"]) for one in found["requirements"]] == [("min", 40)]
    assert found["meets"] == 1


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/text"]),
        ({"text": " "}, ["/text"]),
        ({"text": "60 ha", "requirements": [LAND]}, ["/text"]),
        ({"requirements": []}, ["/requirements"]),
        ({"requirements": [LAND, {**POWER, "value": "much"}]}, ["/requirements/1/value"]),
        ({"requirements": [{**LAND, "key": "gold"}]}, ["/requirements/0/key"]),
        ({"requirements": [LAND], "limit": 5}, ["/limit"]),
    ],
)
def test_a_bad_body_is_refused_with_the_place_of_each_fault(
    client: TestClient, body: dict[str, Any], pointers: list[str]
) -> None:
    answer = client.post("/api/v1/matches", json=body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [one["pointer"] for one in answer.json()["errors"]] == pointers


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_what_is_no_number_is_refused(client: TestClient, number: str) -> None:
    body = f'{{"requirements":[{{"key":"area_net_ha","op":"min","value":{number}}}]}}'

    answer = client.post(
        "/api/v1/matches", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code in (400, 422)


def test_registered_values_do_not_leak_into_a_public_answer(
    client: TestClient, databases: Databases
) -> None:
    a_site(databases, connection_cost_msek=2731, competing_requests_mw=6644)
    cost = {"key": "connection_cost_msek", "op": "max", "value": 3000}

    answer = client.post("/api/v1/matches", json={"requirements": [cost, LAND]})

    assert answer.json()["sites"][0]["results"][0]["result"] == "unknown"
    assert "2731" not in answer.text
    assert "6644" not in answer.text


def test_an_unknown_parameter_is_refused(client: TestClient) -> None:
    answer = client.post("/api/v1/matches?lmit=3", json={"requirements": [LAND]})

    assert answer.status_code == 400
