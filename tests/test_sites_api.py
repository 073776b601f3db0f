"""Sites over HTTP: made, changed, moved and read, and refused when something is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import LEVEL_1, a_site, square

SITES = "/api/v1/sites"
UNKNOWN_SEWAGE = {"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-03-12"}
WithToken = Callable[..., TestClient]


def a_body(**values: Any) -> dict[str, Any]:
    return {"municipality": "2183", **LEVEL_1, "outline": square(), **values}


def pointers(answer: Any) -> list[str]:
    return [error.get("pointer", error.get("parameter")) for error in answer.json()["errors"]]


def test_a_new_site_is_a_draft_with_a_reference_of_its_municipality(
    with_token: WithToken,
) -> None:
    answer = with_token("editor").post(SITES, json=a_body())

    assert answer.status_code == 201
    assert answer.headers["location"] == "/api/v1/sites/GVB-2183-001"
    assert answer.json()["properties"]["status"] == "draft"


def test_a_draft_is_not_seen_by_the_public(with_token: WithToken, client: TestClient) -> None:
    with_token("editor").post(SITES, json=a_body())

    assert client.get(f"{SITES}/GVB-2183-001").status_code == 404


def test_a_published_site_is_seen_by_the_public_with_its_provenance(
    with_token: WithToken, client: TestClient
) -> None:
    publisher = with_token("publisher")
    publisher.post(SITES, json=a_body(sewage_m3_day=UNKNOWN_SEWAGE))
    publisher.post(f"{SITES}/GVB-2183-001/transitions", json={"to": "published"})

    properties = client.get(f"{SITES}/GVB-2183-001").json()["properties"]

    assert properties["power_now_mw"] == 10
    assert properties["asked"] == {
        "sewage_m3_day": {"asked": "Helsinge Vatten", "asked_on": "2026-03-12"}
    }


def test_an_editor_submits_but_does_not_publish(with_token: WithToken) -> None:
    editor = with_token("editor")
    editor.post(SITES, json=a_body())

    answer = editor.post(f"{SITES}/GVB-2183-001/transitions", json={"to": "published"})

    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_incomplete_draft_is_not_submitted(with_token: WithToken) -> None:
    editor = with_token("editor")
    body = a_body()
    del body["sewage_m3_day"]
    editor.post(SITES, json=body)

    answer = editor.post(f"{SITES}/GVB-2183-001/transitions", json={"to": "in_review"})

    assert answer.status_code == 409
    assert pointers(answer) == ["/sewage_m3_day"]


def test_a_change_needs_the_version_it_builds_on(with_token: WithToken) -> None:
    editor = with_token("editor")
    editor.post(SITES, json=a_body())

    assert editor.patch(f"{SITES}/GVB-2183-001", json={"area_net_ha": 40}).status_code == 428


def test_the_second_of_two_changes_is_told_and_nothing_is_overwritten(
    with_token: WithToken,
) -> None:
    editor = with_token("editor")
    etag = editor.post(SITES, json=a_body()).headers["etag"]
    first = editor.patch(
        f"{SITES}/GVB-2183-001", json={"area_net_ha": 40}, headers={"If-Match": etag}
    )

    second = editor.patch(
        f"{SITES}/GVB-2183-001", json={"area_net_ha": 30}, headers={"If-Match": etag}
    )

    assert (first.status_code, second.status_code) == (200, 412)
    assert editor.get(f"{SITES}/GVB-2183-001").json()["properties"]["area_net_ha"] == 40


def test_the_public_etag_serves_a_change_too(
    databases: Databases, client: TestClient, with_token: WithToken
) -> None:
    site = a_site(databases)
    etag = client.get(f"{SITES}/{site.reference}").headers["etag"]

    answer = with_token("editor").patch(
        f"{SITES}/{site.reference}", json={"area_net_ha": 41}, headers={"If-Match": etag}
    )

    assert answer.status_code == 200


def test_a_value_alone_is_the_municipality_s_own_of_today(with_token: WithToken) -> None:
    editor = with_token("editor")
    editor.post(SITES, json=a_body(geotech="desk"))

    site = editor.get(f"{SITES}/GVB-2183-001").json()

    assert site["properties"]["provenance"]["geotech"] == {
        "state": "known",
        "basis": "municipality",
        "as_of": "2026-11-02",
        "fresh_until": "2027-11-02",
    }


def test_null_empties_a_field(with_token: WithToken) -> None:
    editor = with_token("editor")
    etag = editor.post(SITES, json=a_body(geotech="desk")).headers["etag"]

    editor.patch(f"{SITES}/GVB-2183-001", json={"geotech": None}, headers={"If-Match": etag})

    assert "geotech" not in editor.get(f"{SITES}/GVB-2183-001").json()["properties"]


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"no_such_field": 1}, "/no_such_field"),
        ({"site_type": "moonbase"}, "/site_type"),
        ({"area_gross_ha": "60"}, "/area_gross_ha"),
        ({"area_gross_ha": 0.1}, "/area_gross_ha"),
        ({"area_net_ha": 70}, "/area_net_ha"),
        ({"readiness": 5}, "/readiness"),
        ({"reference": "GVB-2183-999"}, "/reference"),
        ({"status": "published"}, "/status"),
        ({"name_sv": "ab"}, "/name_sv"),
        ({"connection_voltage_kv": [20], "power_now_mw": 200,
          "power_timeline": [{"year": 2026, "mw": 200, "firm": True}]}, "/connection_voltage_kv"),
        ({"power_timeline": [{"year": 2029, "mw": 120, "firm": True},
                             {"year": 2031, "mw": 90, "firm": True}]}, "/power_timeline"),
        ({"power_timeline": [{"year": 2029, "mw": 120}]}, "/power_timeline"),
        ({"detaljplan_in_force_expected": "2026-02-31"}, "/detaljplan_in_force_expected"),
        ({"sewage_m3_day": {"state": "unknown"}}, "/sewage_m3_day"),
        ({"sewage_m3_day": {"value": 1, "state": "unknown", "asked": "X",
                            "asked_on": "2026-01-01"}}, "/sewage_m3_day"),
        ({"sewage_m3_day": {"value": 1, "as_of": "2031-01-01"}}, "/sewage_m3_day"),
        ({"sewage_m3_day": {"value": 1, "basis": "rumour"}}, "/sewage_m3_day"),
        ({"sewage_m3_day": {"value": 1, "colour": "red"}}, "/sewage_m3_day"),
        ({"drinking_water_m3_day": 4000}, "/drinking_water_m3_day"),
        ({"property_designations": ["STOCKHOLM VASASTADEN 1:1"]}, "/property_designations"),
        ({"connection_lead_months": [24, 12]}, "/connection_lead_months"),
        ({"suitable_for": "battery"}, "/suitable_for"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_at_its_field_and_nothing_is_made(
    with_token: WithToken, values: dict[str, Any], pointer: str
) -> None:
    editor = with_token("editor")

    answer = editor.post(SITES, json=a_body(**values))

    assert (answer.status_code, pointers(answer)) == (422, [pointer])
    assert editor.get(f"{SITES}/GVB-2183-001").status_code == 404


RING = square()["coordinates"][0]


@pytest.mark.parametrize(
    ("outline", "said"),
    [
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "Point", "coordinates": [16.3, 61.4]}, "must be an area"),
        ({"type": "Polygon", "coordinates": [[[y, x] for x, y in RING]]}, "wrong order"),
        ({"type": "Polygon", "coordinates": [[RING[0], RING[2], RING[1], RING[3], RING[0]]]},
         "crosses itself"),
        (square(18.06, 59.33), "outside the county"),
        (square(17.14, 60.67), "mostly in Gävle"),
        ({"type": "Polygon", "coordinates": [[[540000, 6800000], [541000, 6800000],
                                              [541000, 6801000], [540000, 6800000]]]},
         "SWEREF 99 TM"),
        ("POLYGON((16 61, 16", "not valid WKT"),
        (7, "GeoJSON object or WKT"),
    ],
)  # fmt: skip
def test_a_bad_outline_is_refused_with_the_reason(
    with_token: WithToken, outline: Any, said: str
) -> None:
    answer = with_token("editor").post(SITES, json=a_body(outline=outline))

    assert (answer.status_code, pointers(answer)) == (422, ["/outline"])
    assert said in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ('{"municipality": NaN}', "application/json", 400),
        ("[1, 2]", "application/json", 400),
        ("{", "application/json", 400),
        ("municipality=2183", "application/x-www-form-urlencoded", 415),
        ("{}", "application/json", 422),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    with_token: WithToken, content: str, kind: str, status: int
) -> None:
    answer = with_token("editor").post(SITES, content=content, headers={"Content-Type": kind})

    assert answer.status_code == status


def test_a_body_of_100_mb_is_refused(client: TestClient) -> None:
    answer = client.post(SITES, content=b"x" * 100_000_000)

    assert answer.status_code == 413


def test_writing_without_a_token_is_unauthorised(client: TestClient) -> None:
    answer = client.post(SITES, json=a_body())

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_an_unknown_token_is_unauthorised(client: TestClient) -> None:
    answer = client.get(SITES, headers={"Authorization": "Bearer sf_wrong"})

    assert answer.status_code == 401


def test_another_municipality_is_forbidden(with_token: WithToken, databases: Databases) -> None:
    site = a_site(databases, municipality="2180")

    answer = with_token("editor", "2183").patch(
        f"{SITES}/{site.reference}", json={"area_net_ha": 1}, headers={"If-Match": '"1"'}
    )

    assert answer.status_code == 403


def test_a_draft_of_another_municipality_is_forbidden_too(
    with_token: WithToken, databases: Databases
) -> None:
    site = a_site(databases, municipality="2180", status="draft")

    answer = with_token("publisher", "2183").post(
        f"{SITES}/{site.reference}/transitions", json={"to": "published"}
    )

    assert answer.status_code == 403


def test_a_new_site_in_another_municipality_is_forbidden(with_token: WithToken) -> None:
    answer = with_token("editor", "2180").post(SITES, json=a_body(municipality="2183"))

    assert answer.status_code == 403


def test_an_investor_changes_nothing(with_token: WithToken) -> None:
    assert with_token("investor", None).post(SITES, json=a_body()).status_code == 403


def test_a_page_of_another_site_cannot_send_a_change(with_token: WithToken) -> None:
    answer = with_token("editor").post(
        SITES, json=a_body(), headers={"Origin": "https://elsewhere.example"}
    )

    assert answer.status_code == 403


def test_a_problem_speaks_swedish_to_those_who_ask_for_it(with_token: WithToken) -> None:
    answer = with_token("editor").post(
        SITES, json=a_body(area_net_ha=70), headers={"Accept-Language": "sv"}
    )

    assert "större än" in answer.json()["errors"][0]["detail"]


def test_the_history_tells_each_version_and_the_state_of_a_day(
    with_token: WithToken, databases: Databases
) -> None:
    site = a_site(databases, area_net_ha=50)
    editor = with_token("editor")
    editor.patch(
        f"{SITES}/{site.reference}",
        json={"area_net_ha": 45},
        headers={"If-Match": f'"{site.version}"'},
    )

    versions = editor.get(f"{SITES}/{site.reference}/history").json()["versions"]

    assert [(one["version"], one["changed"]) for one in versions] == [
        (3, ["area_net_ha"]),
        (2, ["status"]),
        (1, []),
    ]


def test_the_history_of_another_municipality_is_not_found(
    with_token: WithToken, databases: Databases
) -> None:
    site = a_site(databases, municipality="2180")

    assert with_token("editor").get(f"{SITES}/{site.reference}/history").status_code == 404


def test_the_public_has_no_history(client: TestClient, databases: Databases) -> None:
    site = a_site(databases)

    assert client.get(f"{SITES}/{site.reference}/history").status_code == 401
