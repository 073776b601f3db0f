"""A municipality's profile over HTTP: read by all, changed by its own, and reached from its sites."""

from collections.abc import Callable

from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site

WithToken = Callable[..., TestClient]
PROFILE = "/api/v1/municipalities/2183"


def version(client: TestClient) -> str:
    return client.get(PROFILE).headers["etag"]


def test_a_profile_is_changed_with_what_stands_behind_each_value(with_token: WithToken) -> None:
    client = with_token("editor", "2183")
    value = {"value": 14, "basis": "municipality", "as_of": "2026-05-01", "source": "Plankontoret"}

    answer = client.patch(
        PROFILE, json={"plan_lead_months": value}, headers={"If-Match": version(client)}
    )

    assert answer.status_code == 200
    said = client.get(PROFILE).json()
    assert said["plan_lead_months"] == 14
    assert said["provenance"]["plan_lead_months"]["source"] == "Plankontoret"
    assert said["provenance"]["plan_lead_months"]["as_of"] == "2026-05-01"


def test_a_change_without_a_version_is_refused(with_token: WithToken) -> None:
    assert with_token("editor", "2183").patch(PROFILE, json={}).status_code == 428


def test_a_change_made_from_an_older_version_is_refused(with_token: WithToken) -> None:
    client = with_token("editor", "2183")
    first = version(client)
    client.patch(PROFILE, json={"hotel_beds": 900}, headers={"If-Match": first})

    late = client.patch(PROFILE, json={"hotel_beds": 800}, headers={"If-Match": first})

    assert late.status_code == 412
    assert client.get(PROFILE).json()["hotel_beds"] == 900


def test_the_swot_is_for_the_municipality_alone(with_token: WithToken) -> None:
    client = with_token("editor", "2183")

    client.patch(
        PROFILE, json={"swot_threats": ["Ont om folk"]}, headers={"If-Match": version(client)}
    )

    assert "Ont om folk" not in client.get(PROFILE).text


def test_a_site_leads_to_the_profile_of_its_municipality(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases)

    link = client.get(f"/api/v1/sites/{site.reference}").headers["link"]

    assert f'<{PROFILE}>; rel="related"; title="municipality"' in link.split(", ")
