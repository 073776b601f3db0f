"""Sites found by a filter over HTTP: what meets, what may fit, what fails, and bad conditions."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site, square

UNKNOWN = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-03-12"}
NOT_APPLICABLE = {"state": "not_applicable"}


def found(client: TestClient, query: str) -> dict[str, str]:
    """Reference to fit."""
    features = client.get(f"/api/v1/sites?{query}").json()["features"]
    return {one["properties"]["reference"]: one["properties"]["fit"] for one in features}


def test_an_unknown_value_may_fit_and_comes_after_those_that_meet(
    databases: Databases, client: TestClient
) -> None:
    unknown = a_site(databases, sewage_m3_day=UNKNOWN).reference
    enough = a_site(databases, sewage_m3_day=600).reference
    a_site(databases, sewage_m3_day=100)

    answer = client.get("/api/v1/sites?sewage_m3_day_min=500").json()

    assert found(client, "sewage_m3_day_min=500") == {enough: "meets", unknown: "may_fit"}
    assert answer["features"][1]["properties"]["unknown"] == ["sewage_m3_day"]
    assert (answer["meets"], answer["may_fit"], answer["fails"]) == (1, 1, 1)


def test_unknown_values_can_be_left_out(databases: Databases, client: TestClient) -> None:
    a_site(databases, sewage_m3_day=UNKNOWN)

    assert found(client, "sewage_m3_day_min=500&unknown=exclude") == {}


def test_a_field_that_is_not_applicable_fails(databases: Databases, client: TestClient) -> None:
    a_site(databases, rail_siding=NOT_APPLICABLE)

    assert found(client, "rail_siding=active") == {}


def test_power_by_a_year_comes_from_the_timeline(databases: Databases, client: TestClient) -> None:
    site = a_site(databases, power_timeline=[{"year": 2029, "mw": 120, "firm": True}])

    assert found(client, "power_mw_min=100&power_year=2030") == {site.reference: "meets"}
    assert found(client, "power_mw_min=100&power_year=2028") == {}
    assert found(client, "power_mw_min=100") == {}


def test_flexible_power_is_not_firm(databases: Databases, client: TestClient) -> None:
    a_site(databases, power_timeline=[{"year": 2029, "mw": 120, "firm": False}])

    assert found(client, "power_mw_min=100&power_year=2030&power_firm=true") == {}


def test_power_is_unknown_without_a_timeline_unless_there_is_enough_now(
    databases: Databases, client: TestClient
) -> None:
    little = a_site(databases, power_now_mw=5, power_timeline=UNKNOWN).reference
    much = a_site(databases, power_now_mw=50, power_timeline=UNKNOWN).reference

    assert found(client, "power_mw_min=20&power_year=2030") == {much: "meets", little: "may_fit"}


def test_an_ordered_code_asks_for_at_least(databases: Databases, client: TestClient) -> None:
    site = a_site(databases, detaljplan_status="antagen", detaljplan_in_force_expected="2027-05-01")
    a_site(databases, detaljplan_status="samrad", detaljplan_in_force_expected="2027-05-01")

    assert found(client, "detaljplan_status_min=granskning") == {site.reference: "meets"}


def test_a_plan_in_force_is_in_force_by_any_day(databases: Databases, client: TestClient) -> None:
    here = a_site(databases, detaljplan_status="laga_kraft").reference
    soon = a_site(
        databases, detaljplan_status="samrad", detaljplan_in_force_expected="2027-05-01"
    ).reference
    a_site(databases, detaljplan_status="samrad", detaljplan_in_force_expected="2029-05-01")

    wanted = found(client, "detaljplan_in_force_expected_max=2027-12-31")

    assert wanted == {here: "meets", soon: "meets"}


def test_codes_that_a_site_must_not_have(databases: Databases, client: TestClient) -> None:
    clear = a_site(databases, protected_overlap=["shore_protection"]).reference
    unknown = a_site(databases, protected_overlap=UNKNOWN).reference
    a_site(databases, protected_overlap=["shore_protection", "natura_2000"])

    wanted = found(client, "protected_overlap_not=natura_2000")

    assert wanted == {clear: "meets", unknown: "may_fit"}


@pytest.mark.parametrize(
    "query",
    [
        "municipality=Bollnäs",
        "municipality=2183,2180",
        "status=published",
        "suitable_for=battery,food",
        "area_net_ha_min=50&area_net_ha_max=50",
        "connection_voltage_kv=130",
        "connection_voltage_kv_min=100",
        "bidding_area=SE2",
        "connection_lead_months_max=24",
        "readiness_min=1",
        "text=prov%20bollnäs",
        "text=2183-001",
        "box=16.2,61.3,16.4,61.5",
        "near=16.3,61.4,1",
        "within=POLYGON((16.2 61.3,16.4 61.3,16.4 61.5,16.2 61.3))",
        "distance_rail_km_max=400",
        "basis_min=municipality&area_net_ha_min=1",
        "fresh=true&area_net_ha_min=1",
        "area_net_ha_min=",
    ],
)
def test_a_condition_that_holds_finds_the_site(
    databases: Databases, client: TestClient, query: str
) -> None:
    site = a_site(databases, connection_voltage_kv=[130])

    assert found(client, query) == {site.reference: "meets"}


@pytest.mark.parametrize(
    "query",
    [
        "municipality=2180",
        "status=reserved",
        "suitable_for=food",
        "area_net_ha_min=50.1",
        "connection_voltage_kv=220",
        "connection_voltage_kv_min=145",
        "connection_lead_months_max=23",
        "text=provplats%20söderhamn",
        "text=100%25",
        "box=17,61.3,17.4,61.5",
        "near=16.3,61.6,5",
        "within=POLYGON((16.0 61.0,16.1 61.0,16.1 61.1,16.0 61.0))",
    ],
)
def test_a_condition_that_fails_does_not(
    databases: Databases, client: TestClient, query: str
) -> None:
    a_site(databases, connection_voltage_kv=[130])

    assert found(client, query) == {}


def test_a_box_across_the_180_meridian_is_accepted(
    databases: Databases, client: TestClient
) -> None:
    site = a_site(databases)

    assert found(client, "box=10,50,-170,70") == {site.reference: "meets"}


def test_an_unsure_value_counts_as_unknown_when_a_better_basis_is_asked_for(
    databases: Databases, client: TestClient
) -> None:
    site = a_site(databases, area_net_ha={"value": 50, "basis": "estimate"})

    assert found(client, "area_net_ha_min=40&basis_min=authority") == {site.reference: "may_fit"}


def test_a_stale_value_counts_as_unknown_when_fresh_ones_are_asked_for(
    databases: Databases, client: TestClient
) -> None:
    stale = {"value": 50, "basis": "authority", "as_of": "2020-01-01"}
    site = a_site(databases, area_net_ha=stale)

    assert found(client, "area_net_ha_min=40&fresh=true") == {site.reference: "may_fit"}


def test_what_is_worked_out_does_not_age_and_is_as_sure_as_an_estimate(
    databases: Databases, client: TestClient
) -> None:
    site = a_site(databases)
    by_rail = "distance_rail_km_max=900"

    assert found(client, f"{by_rail}&fresh=true") == {site.reference: "meets"}
    assert found(client, f"{by_rail}&basis_min=estimate") == {site.reference: "meets"}
    assert found(client, f"{by_rail}&basis_min=municipality") == {site.reference: "may_fit"}
    by_rules = "completeness_pct_min=1&basis_min=authority&fresh=true"
    assert found(client, by_rules) == {site.reference: "meets"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("no_such=1", "no_such"),
        ("area_net_ha_min=much", "area_net_ha_min"),
        ("area_net_ha_min=nan", "area_net_ha_min"),
        ("area_net_ha_min=inf", "area_net_ha_min"),
        ("site_type=moonbase", "site_type"),
        ("detaljplan_status_min=upphavd", "detaljplan_status_min"),
        ("municipality=Stockholm", "municipality"),
        ("box=1,2,3", "box"),
        ("box=16,62,17,61", "box"),
        ("near=16,61,0", "near"),
        ("within=POLYGON((16 61))", "within"),
        ("power_year=soon", "power_year"),
        ("unknown=maybe", "unknown"),
        ("basis_min=rumour", "basis_min"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("offset=x", "offset"),
        ("sort=colour", "sort"),
        ("format=docx", "format"),
        ("contact_name=Anna", "contact_name"),
    ],
)
def test_a_bad_parameter_is_refused_by_name(client: TestClient, query: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/sites?{query}")

    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


def test_pages_do_not_overlap_and_link_to_each_other(
    databases: Databases, client: TestClient
) -> None:
    references = [a_site(databases, status="published").reference for _ in range(3)]

    first = client.get("/api/v1/sites?limit=2&sort=reference").json()
    second = client.get(first["links"][1]["href"]).json()

    assert [one["id"] for one in first["features"] + second["features"]] == references
    assert [link["rel"] for link in second["links"]] == ["self", "prev"]


def test_an_unchanged_catalogue_is_answered_with_304(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases)
    etag = client.get("/api/v1/sites").headers["etag"]

    assert client.get("/api/v1/sites", headers={"If-None-Match": etag}).status_code == 304


def test_a_changed_catalogue_is_not(databases: Databases, client: TestClient) -> None:
    etag = client.get("/api/v1/sites").headers["etag"]
    a_site(databases)

    assert client.get("/api/v1/sites", headers={"If-None-Match": etag}).status_code == 200


def test_a_csv_row_holds_the_values_under_their_keys(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, name_sv="=1+1; Räksmörgås", sewage_m3_day=UNKNOWN)

    [row] = csv.DictReader(io.StringIO(client.get("/api/v1/sites?format=csv").text))

    assert (row["name_sv"], row["area_net_ha"], row["sewage_m3_day"]) == (
        "'=1+1; Räksmörgås", "50.0", "",
    )  # fmt: skip


def test_a_workbook_opens_again_with_values_and_sources(
    databases: Databases, client: TestClient
) -> None:
    site = a_site(databases, sewage_m3_day=UNKNOWN)
    content = client.get("/api/v1/sites?format=xlsx", headers={"Accept-Language": "sv"}).content

    book = openpyxl.load_workbook(io.BytesIO(content))

    assert book.sheetnames == ["Platser", "Källor", "Fält"]
    assert book["Platser"]["A2"].value == site.reference
    sources = {row[2]: row for row in book["Källor"].iter_rows(min_row=2, values_only=True)}
    assert sources["sewage_m3_day"][7] == "Ellevio"


def test_the_geojson_file_holds_every_site(databases: Databases, client: TestClient) -> None:
    references = [a_site(databases).reference for _ in range(3)]

    answer = client.get("/api/v1/sites.geojson?municipality=2183")

    assert [one["id"] for one in answer.json()["features"]] == references
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/geo+json", "application/geo+json"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("*/*", "application/geo+json"),
    ],
)
def test_the_accept_header_chooses_the_format(client: TestClient, accept: str, kind: str) -> None:
    assert client.get("/api/v1/sites", headers={"Accept": accept}).headers["content-type"] == kind


def test_a_format_nobody_makes_is_not_acceptable(client: TestClient) -> None:
    assert client.get("/api/v1/sites", headers={"Accept": "image/png"}).status_code == 406


def test_an_internal_value_is_in_no_public_answer(databases: Databases, client: TestClient) -> None:
    site = a_site(databases, area_net_ha={"value": 43.21, "visibility": "internal"})

    texts = [
        client.get(f"/api/v1/sites{rest}").text
        for rest in ("", "?format=json", "?format=csv", ".geojson", f"/{site.reference}")
    ]

    assert not any("43.21" in text for text in texts)


def test_a_registered_value_is_shown_to_those_signed_in_only(
    databases: Databases, client: TestClient, with_token: Any
) -> None:
    a_site(databases, area_net_ha={"value": 43.21, "visibility": "registered"})
    investor = with_token("investor", None)

    assert found(client, "area_net_ha_min=40") == {"GVB-2183-001": "may_fit"}
    assert found(investor, "area_net_ha_min=40") == {"GVB-2183-001": "meets"}


def test_a_generalised_outline_hides_the_corners(databases: Databases, client: TestClient) -> None:
    site = a_site(databases, outline=square(), outline_precision="generalised")

    geometry = client.get(f"/api/v1/sites/{site.reference}").json()["geometry"]

    corners = {tuple(corner) for corner in geometry["coordinates"][0]}
    assert not corners & {tuple(corner) for corner in square()["coordinates"][0]}


def test_counts_tell_what_each_condition_costs(databases: Databases, client: TestClient) -> None:
    a_site(databases, area_gross_ha=60, sewage_m3_day=600)
    a_site(databases, area_gross_ha=60, sewage_m3_day=100)
    a_site(databases, area_gross_ha=55, sewage_m3_day=100)

    counted = client.get("/api/v1/counts?area_gross_ha_min=58&sewage_m3_day_min=500").json()

    assert (counted["meets"], counted["may_fit"], counted["fails"]) == (1, 0, 2)
    assert counted["relax"][0] == {"parameters": ["sewage_m3_day_min"], "more": 1}
    assert counted["facets"]["municipality"] == [{"code": "2183", "count": 1}]


@pytest.mark.parametrize("address", ["/api/v1/sites?text=%00a", "/api/v1/sites/%00"])
def test_a_character_that_cannot_be_stored_is_refused(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_sign_in_with_such_a_character_is_refused(client: TestClient) -> None:
    answer = client.post("/sign-in", data={"email": "a\0@example.se", "password": "x"})

    assert answer.status_code == 400
