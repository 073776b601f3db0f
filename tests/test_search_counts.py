"""Counts under a filter: by code, size and year, and what it would take to find more."""

from typing import Any

from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site, square

UNKNOWN = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-03-12"}


def counts(client: TestClient, query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/counts?{query}").json()
    return found


def looser(client: TestClient, query: str) -> dict[str, int]:
    """The looser filters with what each brings."""
    return {one["query"]: one["more"] for one in counts(client, query)["loosen"]}


def test_facets_are_of_the_sites_that_pass_and_others_leave_the_own_condition_out(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, bidding_area="SE2", site_type="greenfield")
    a_site(databases, bidding_area="SE3", site_type="greenfield")
    a_site(databases, bidding_area="SE3", site_type="brownfield")

    found = counts(client, "bidding_area=SE2&site_type=greenfield")

    assert found["facets"]["bidding_area"] == [{"code": "SE2", "count": 1}]
    assert found["others"]["facets"]["bidding_area"] == [
        {"code": "SE2", "count": 1},
        {"code": "SE3", "count": 1},
    ]


def test_a_histogram_counts_sizes_and_what_is_unknown(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, sewage_m3_day=99)
    a_site(databases, sewage_m3_day=250)
    a_site(databases, sewage_m3_day=9_000)
    a_site(databases, sewage_m3_day=UNKNOWN)

    bars = counts(client, "sewage_m3_day_min=200")["others"]["histograms"]["sewage_m3_day"]

    assert bars["from"] == [0, 100, 250, 500, 1000, 2500]
    assert (bars["counts"], bars["unknown"]) == ([1, 0, 1, 0, 0, 1], 1)


def test_a_site_with_several_uses_is_counted_for_each(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, suitable_for=["battery", "food"])

    found = counts(client, "")["facets"]["suitable_for"]

    assert found == [{"code": "battery", "count": 1}, {"code": "food", "count": 1}]


def test_power_by_year_counts_the_sites_that_have_what_is_asked_for(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, power_timeline=[{"year": 2029, "mw": 120, "firm": True}])
    a_site(databases, power_timeline=[{"year": 2031, "mw": 200, "firm": True}])
    a_site(databases, power_timeline=[{"year": 2029, "mw": 60, "firm": True}])

    found = counts(client, "power_mw_min=100&power_year=2030")["power_by_year"]

    by_year = dict(zip(found["years"], found["counts"], strict=True))
    assert (found["mw"], by_year[2028], by_year[2030], by_year[2031]) == (100, 0, 1, 2)


def test_a_number_is_loosened_in_steps_that_bring_something(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, area_gross_ha=120)
    a_site(databases, area_gross_ha=83)
    a_site(databases, area_gross_ha=55)

    assert looser(client, "area_gross_ha_min=100") == {
        "area_gross_ha_min=80": 1,
        "area_gross_ha_min=50": 2,
    }


def test_a_site_that_fails_on_two_conditions_is_brought_by_neither(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, area_gross_ha=83, bidding_area="SE3")

    found = counts(client, "area_gross_ha_min=100&bidding_area=SE2")

    assert (found["loosen"], [one["more"] for one in found["relax"]]) == ([], [0, 0])


def test_power_is_loosened_to_less_or_later(databases: Databases, client: TestClient) -> None:
    a_site(databases, power_timeline=[{"year": 2028, "mw": 80, "firm": True}])
    a_site(databases, power_timeline=[{"year": 2032, "mw": 100, "firm": True}])

    assert looser(client, "power_mw_min=100&power_year=2030") == {
        "power_mw_min=80&power_year=2030": 1,
        "power_mw_min=100&power_year=2032": 1,
    }


def test_a_code_in_an_order_is_loosened_to_the_next(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, detaljplan_status="samrad", detaljplan_in_force_expected="2027-05-01")

    found = looser(client, "detaljplan_status_min=granskning")

    assert found == {"detaljplan_status_min=samrad": 1}


def test_one_code_more_is_offered_where_any_of_some_is_asked_for(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, municipality="2184")

    assert looser(client, "municipality=2183") == {"municipality=2183%2C2184": 1}


def test_a_distance_from_a_point_is_loosened_in_kilometres(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, outline=square(16.30, 61.40))

    found = looser(client, "near=16.3,61.3,10")

    assert found == {"near=16.3%2C61.3%2C12": 1}


def test_an_unknown_value_fails_where_nothing_may_be_unknown(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, sewage_m3_day=UNKNOWN)

    found = counts(client, "sewage_m3_day_min=100&unknown=exclude")

    assert found["relax"] == [{"parameters": ["sewage_m3_day_min"], "more": 1}]
