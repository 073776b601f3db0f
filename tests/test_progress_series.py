"""Figures over time: a scenario told month by month, its figures counted by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.counted_versions import count_missing, differing
from catalogue.progress.figures import FIGURE, FIGURES
from catalogue.progress.progress import Span, progress
from catalogue.progress.progress_water import water_by_utility
from catalogue.progress.series import Series, Wanted, month_ends, series
from catalogue.provenance import ShelfLife
from catalogue.site import Site
from tests.builders import TODAY, a_site, an_actor, known_since

PROJECT = an_actor("project")
SPRING = month_ends(date(2026, 3, 1), date(2026, 6, 1), TODAY)
WRITTEN = {"basis": "utility_written", "as_of": "2026-03-01"}


def the_series(
    databases: Databases, *keys: str, days: list[date] = SPRING, municipality: str = ""
) -> Series:
    with databases.writing(PROJECT) as session:
        wanted = Wanted(days=days, figures=[FIGURE[key] for key in keys], municipality=municipality)
        return series(session, PROJECT, wanted, ProjectPlan(), ShelfLife())


def recorded(databases: Databases, site: Site, *days: date) -> None:
    """The days on which the site's versions were made, the first version first."""
    for version, day in enumerate(days, start=1):
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        known_since(databases, moment, f"site_id = {site.id} and version = {version}")


@pytest.fixture
def spring(databases: Databases) -> Databases:
    """A site of March, published in May; one of April; and one of March that was withdrawn."""
    recorded(
        databases,
        a_site(databases, substation="Kilafors", power_now_mw=80, area_net_ha=40),
        date(2026, 3, 10), date(2026, 5, 20),
    )  # fmt: skip
    recorded(
        databases,
        a_site(databases, substation="kilafors", power_now_mw=120, area_net_ha=30),
        date(2026, 4, 1), date(2026, 4, 2),
    )  # fmt: skip
    recorded(
        databases,
        a_site(databases, municipality="2184", status="withdrawn", power_now_mw=10),
        date(2026, 3, 1), date(2026, 3, 2), date(2026, 6, 30),
    )  # fmt: skip
    return databases


def test_a_series_counts_each_month_as_it_was_known_then(spring: Databases) -> None:
    found = the_series(spring, "sites", "sites_published", "sites_withdrawn")

    assert found.of("sites") == [2, 3, 3, 2]
    assert found.of("sites_published") == [1, 2, 3, 2]
    assert found.of("sites_withdrawn") == [0, 0, 0, 1]


def test_a_shared_substation_counts_once_in_every_month(spring: Databases) -> None:
    found = the_series(spring, "power_mw_now", "power_naive_mw_now", "power_mw_now_se2")

    assert found.of("power_mw_now") == [10, 130, 130, 120]
    assert found.of("power_naive_mw_now") == [10, 130, 210, 200]
    assert found.of("power_mw_now_se2", "2183") == [None, 120, 120, 120]


def test_a_municipality_has_its_own_series(spring: Databases) -> None:
    found = the_series(spring, "area_net_ha", municipality="2183")

    assert found.of("area_net_ha", "2183") == [0, 30, 70, 70]
    assert list(found.places) == ["2183"]


def test_values_age_from_month_to_month(databases: Databases) -> None:
    site = a_site(databases, power_now_mw={"value": 10, **WRITTEN})
    recorded(databases, site, date(2026, 3, 2), date(2026, 3, 3))
    # LEVEL_1 of the builders holds 21 facts, 20 of them of TODAY. One is written on 1 March; 180
    # days later is 28 August.
    days = [date(2026, 8, 28), date(2026, 8, 29)]

    found = the_series(databases, "stale_values", "verified_pct", days=days)

    assert found.of("stale_values") == [0, 1]
    assert found.of("verified_pct") == [4.8, 0]


def test_the_median_age_lies_between_the_two_in_the_middle(databases: Databases) -> None:
    of_march = {"as_of": "2026-03-01", "basis": "authority"}
    old: dict[str, Any] = {
        key: {"value": value, **of_march}
        for key, value in {
            "flood_risk": "none", "contamination": "none_known", "ownership": "municipal",
            "rail_siding": "none",
        }.items()
    }  # fmt: skip
    site = a_site(databases, **old)
    recorded(databases, site, date(2026, 3, 2), date(2026, 3, 3))
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        connection.exec_driver_sql(
            "update site_version set state = jsonb_set(state, '{provenance}',"
            " (select jsonb_object_agg(key, value) from jsonb_each(state -> 'provenance')"
            "  where key in ('flood_risk', 'contamination', 'bidding_area', 'site_type')))"
        )

    # Two of 1 March and two of TODAY, 2 November: 246 days and none.
    assert the_series(databases, "median_age_days", days=[TODAY]).of("median_age_days") == [123]


def test_one_day_is_a_series_of_one(spring: Databases) -> None:
    with spring.writing(PROJECT) as session:
        day = SPRING[2]
        one = progress(session, PROJECT, Span(day, day), ProjectPlan(), ShelfLife())
    found = the_series(spring, *(figure.key for figure in FIGURES))

    assert found.found[day, ""] == one.total.numbers
    assert {row.code: found.found[day, row.code] for row in one.rows} == {
        row.code: row.numbers for row in one.rows
    }


def test_a_month_that_is_not_over_ends_today() -> None:
    assert month_ends(date(2026, 9, 1), date(2026, 11, 1), TODAY) == [
        date(2026, 9, 30),
        date(2026, 10, 31),
        TODAY,
    ]


@pytest.fixture
def zoned(databases: Databases) -> Databases:
    """Two sites in force, one of them controlled with power in writing; and one at samråd."""
    power: dict[str, Any] = {"power_now_mw": {"value": 20, **WRITTEN}}
    water: dict[str, Any] = {"drinking_water_m3_day": {"value": 250, **WRITTEN}}
    a_site(
        databases, detaljplan_status="laga_kraft", ownership="municipal", area_net_ha=12,
        water_utility="Helsinge Vatten", **power, **water,
    )  # fmt: skip
    a_site(
        databases, detaljplan_status="laga_kraft", ownership="private", area_net_ha=7.5,
        water_utility="Gästrike Vatten", **power, **water,
    )  # fmt: skip
    a_site(
        databases, detaljplan_status="samrad", detaljplan_in_force_expected="2027-12-01",
        ownership="municipal", area_net_ha=30, water_utility="Helsinge Vatten",
        drinking_water_m3_day=900,
    )  # fmt: skip
    known_since(databases, datetime(2026, 3, 1, tzinfo=UTC))
    return databases


def test_land_is_told_by_the_step_of_its_plan(zoned: Databases) -> None:
    found = the_series(
        zoned, "area_net_plan_laga_kraft_ha", "area_net_plan_samrad_ha", "area_net_plan_antagen_ha",
        "area_net_plan_unknown_ha", days=[TODAY],
    )  # fmt: skip

    assert found.of("area_net_plan_laga_kraft_ha") == [19.5]
    assert found.of("area_net_plan_samrad_ha") == [30]
    assert found.of("area_net_plan_antagen_ha") == found.of("area_net_plan_unknown_ha") == [0]


def test_land_is_available_with_plan_control_and_written_power(zoned: Databases) -> None:
    found = the_series(zoned, "area_net_available_ha", "sites_available", days=[TODAY])

    assert found.of("area_net_available_ha") == [12]
    assert found.of("sites_available") == [1]


def test_water_is_told_as_the_utilities_have_confirmed_it(zoned: Databases) -> None:
    with zoned.writing(PROJECT) as session:
        found = water_by_utility(session, TODAY, ShelfLife())

    assert [(one.utility, one.drinking_water_confirmed_m3_day) for one in found] == [
        ("Gästrike Vatten", 250),
        ("Helsinge Vatten", 250),
    ]
    total = the_series(zoned, "drinking_water_confirmed_m3_day", days=[TODAY])
    assert total.of("drinking_water_confirmed_m3_day") == [500]


def test_a_version_is_counted_once(spring: Databases) -> None:
    with spring.writing(PROJECT) as session:
        first, second = count_missing(session), count_missing(session)

    assert (first, second) == (7, 0)


def test_what_is_counted_is_what_the_versions_say(spring: Databases) -> None:
    with spring.writing(PROJECT) as session:
        count_missing(session)
        assert differing(session, 100) == []
    with spring.owner.begin() as connection:
        connection.execute(text("update counted_version set known = known + 1 where site_id = 1"))
    with spring.writing(PROJECT) as session:
        assert {site for site, _ in differing(session, 100)} == {1}


def test_other_rules_count_anew(spring: Databases) -> None:
    with spring.writing(PROJECT) as session:
        count_missing(session)
    with spring.owner.begin() as connection:
        connection.execute(text("update counted_version set rules = 'before', known = 99"))

    assert the_series(spring, "sites").of("sites") == [2, 3, 3, 2]


def test_an_editor_counts_and_reads_the_own_municipality_only(spring: Databases) -> None:
    editor = an_actor("editor", "2184")
    with spring.writing(editor) as session:
        assert count_missing(session) == 3
        wanted = Wanted(days=SPRING, figures=[FIGURE["sites"]])
        found = series(session, editor, wanted, ProjectPlan(), ShelfLife())

    assert list(found.places) == ["2184"]
    assert found.of("sites", "2184") == [1, 1, 1, 0]


def test_the_series_is_json(spring: Databases, with_token: Callable[..., TestClient]) -> None:
    answer = with_token("project").get(
        "/api/v1/progress/series?from=2026-03&to=2026-06&figure=sites&figure=area_net_ha"
    )

    told: dict[str, Any] = answer.json()
    assert told["days"] == ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]
    assert told["total"]["figures"] == {"sites": [2, 3, 3, 2], "area_net_ha": [50, 80, 120, 70]}
    assert [one["key"] for one in told["figures"]] == ["sites", "area_net_ha"]


def test_the_series_is_csv(spring: Databases, with_token: Callable[..., TestClient]) -> None:
    answer = with_token("project").get(
        "/api/v1/progress/series?from=2026-05&to=2026-06&figure=sites&municipality=2183&format=csv"
        "&language=sv"
    )

    assert answer.text.splitlines() == [
        "day,municipality,municipality_code,figure,name,value,unit",
        "2026-05-31,Bollnäs,2183,sites,Platser,2,",
        "2026-06-30,Bollnäs,2183,sites,Platser,2,",
    ]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("from=1999-12", "from"),
        ("from=2026-13", "from"),
        ("from=2026-05-01", "from"),
        ("to=2027-01", "to"),
        ("from=2026-05&to=2026-04", "from"),
        ("from=2010-01", "from"),
        ("figure=sitesx", "figure"),
        ("months=3", "months"),
        ("format=xlsx", "format"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    with_token: Callable[..., TestClient], query: str, parameter: str
) -> None:
    answer = with_token("project").get(f"/api/v1/progress/series?{query}")

    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == [parameter]


def test_a_series_of_another_municipality_is_not_there(
    with_token: Callable[..., TestClient],
) -> None:
    client = with_token("editor", "2183")

    assert client.get("/api/v1/progress/series?municipality=2184").status_code == 404
    assert with_token("investor").get("/api/v1/progress/series").status_code == 403
