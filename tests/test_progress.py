"""The figures of progress, worked out by hand for a handful of sites on chosen days."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.completeness import by_theme, completeness, total
from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.counted_versions import count_missing
from catalogue.progress.figures import DEFINITIONS, FIGURES
from catalogue.progress.progress import Progress, Row, Span, progress
from catalogue.progress.progress_gaps import Gaps, gaps
from catalogue.progress.progress_sites import site_counts
from catalogue.provenance import ShelfLife
from catalogue.site import Site
from tests.builders import ADMIN, RULES, TODAY, a_site, an_actor, known_since

PROJECT = an_actor("project")
BASELINE = date(2024, 4, 22)


def the_progress(
    databases: Databases, as_of: date = TODAY, since: date = BASELINE, role: Any = "project"
) -> Progress:
    actor = an_actor(role, "2183")
    with databases.writing(actor) as session:
        return progress(session, actor, Span(as_of, since), ProjectPlan(), ShelfLife())


def the_gaps(databases: Databases) -> Gaps:
    with databases.writing(PROJECT) as session:
        return gaps(session, TODAY, {"2183": "Bollnäs", "2184": "Hudiksvall"})


def row_of(found: Progress, code: str) -> Row:
    return next(row for row in found.rows if row.code == code)


def recorded(databases: Databases, site: Site, *days: datetime) -> None:
    """The moments at which the site's versions were made, the first version first."""
    for version, moment in enumerate(days, start=1):
        known_since(databases, moment, f"site_id = {site.id} and version = {version}")


def the_site(databases: Databases, **values: Any) -> Site:
    """A site whose versions are all of the day before `TODAY`."""
    site = a_site(databases, **values)
    recorded(databases, site, *[noon(2026, 11, 1)] * 3)
    return site


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def firm(*steps: tuple[int, float]) -> list[dict[str, Any]]:
    return [{"year": year, "mw": mw, "firm": True} for year, mw in steps]


@pytest.fixture
def county(databases: Databases) -> Databases:
    """Two sites on one substation in Bollnäs, one site and a draft in Hudiksvall."""
    the_site(
        databases,
        substation="Kilafors",
        power_now_mw=80,
        power_timeline=firm((2026, 80), (2030, 200)),
    )
    the_site(
        databases, substation="kilafors ", power_now_mw=120,
        power_timeline=firm((2026, 120), (2030, 150)), drinking_water_m3_day=450, area_net_ha=40,
    )  # fmt: skip
    the_site(
        databases, municipality="2184", status="reserved", bidding_area="SE3", power_now_mw=40,
        power_timeline=[*firm((2026, 40)), {"year": 2030, "mw": 90, "firm": False}],
        sewage_m3_day={"state": "unknown", "asked": "Hudiksvalls kommun", "asked_on": "2026-10-03"},
    )  # fmt: skip
    the_site(databases, municipality="2184", status="draft", area_net_ha=9)
    return databases


def test_a_shared_substation_counts_once_and_as_its_largest_site(county: Databases) -> None:
    numbers = the_progress(county).total.numbers

    assert numbers["power_mw_now"] == 120 + 40
    assert numbers["power_naive_mw_now"] == 80 + 120 + 40


def test_power_of_a_year_follows_the_timelines(county: Databases) -> None:
    numbers = the_progress(county).total.numbers

    assert numbers["power_mw_2030"] == 200 + 90
    assert numbers["power_firm_mw_2030"] == 200 + 40
    assert numbers["power_naive_mw_2030"] == 200 + 150 + 90


def test_power_is_told_for_each_bidding_area(county: Databases) -> None:
    numbers = the_progress(county).total.numbers

    assert (numbers["power_mw_2030_se2"], numbers["power_mw_2030_se3"]) == (200, 90)
    assert numbers["power_mw_2030_se1"] is None


def test_firm_power_is_never_more_than_all_power(databases: Databases) -> None:
    falling = [*firm((2026, 100)), {"year": 2030, "mw": 60, "firm": False, "condition": "x"}]
    the_site(databases, power_now_mw=100, power_timeline=falling)

    assert the_progress(databases).total.numbers["power_firm_mw_2030"] == 60


def test_flexible_power_today_is_not_firm(databases: Databases) -> None:
    the_site(databases, power_now_mw=30, power_type="flexible")

    numbers = the_progress(databases).total.numbers

    assert (numbers["power_mw_now"], numbers["power_firm_mw_now"]) == (30, 0)


def test_sites_are_counted_by_status_in_each_municipality(county: Databases) -> None:
    found = row_of(the_progress(county), "2184").numbers

    assert (found["sites"], found["sites_reserved"], found["sites_draft"]) == (2, 1, 1)
    assert found["sites_published"] == 0


def test_land_and_water_of_a_draft_do_not_count(county: Databases) -> None:
    numbers = the_progress(county).total.numbers

    assert numbers["area_net_ha"] == 50 + 40 + 50
    assert numbers["drinking_water_m3_day"] == 300 + 450 + 300
    assert numbers["sewage_m3_day"] == 300 + 300


def test_an_established_site_is_no_longer_to_be_had(databases: Databases) -> None:
    the_site(databases, status="established")

    numbers = the_progress(databases).total.numbers

    assert (numbers["sites_established"], numbers["area_net_ha"]) == (1, 0)


def test_a_withdrawn_site_counts_under_its_status_only(databases: Databases) -> None:
    the_site(databases, status="withdrawn")

    numbers = the_progress(databases).total.numbers

    assert (numbers["sites_withdrawn"], numbers["sites"], numbers["known_values"]) == (1, 0, 0)


def test_a_question_waits_from_the_day_it_was_asked(county: Databases) -> None:
    numbers = the_progress(county).total.numbers

    assert numbers["questions_open"] == 1
    assert numbers["questions_longest_days"] == 30  # 3 October to 2 November


def test_a_figure_of_the_past_is_what_was_known_then(databases: Databases) -> None:
    site = a_site(databases)
    recorded(databases, site, noon(2026, 3, 1), noon(2026, 6, 1))

    in_may = the_progress(databases, date(2026, 5, 1)).total.numbers
    in_june = the_progress(databases, date(2026, 6, 1)).total.numbers

    assert (in_may["sites_draft"], in_may["sites_published"]) == (1, 0)
    assert (in_june["sites_draft"], in_june["sites_published"]) == (0, 1)


def test_a_day_ends_at_midnight_in_sweden(databases: Databases) -> None:
    before = a_site(databases, status="draft")
    after = a_site(databases, status="draft")
    recorded(databases, before, datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC))
    recorded(databases, after, datetime(2026, 6, 30, 22, 0, tzinfo=UTC))

    assert the_progress(databases, date(2026, 6, 30)).total.numbers["sites_draft"] == 1
    assert the_progress(databases, date(2026, 7, 1)).total.numbers["sites_draft"] == 2


def test_change_is_the_difference_between_the_two_days(databases: Databases) -> None:
    recorded(databases, a_site(databases), noon(2026, 3, 1), noon(2026, 3, 2))
    recorded(databases, a_site(databases), noon(2026, 7, 1), noon(2026, 7, 2))

    found = the_progress(databases, TODAY, date(2026, 5, 1))

    assert row_of(found, "2183").numbers["sites_published"] == 2
    assert row_of(found, "2183").change("sites_published") == 1
    assert row_of(found, "2184").change("sites_published") == 0


def test_a_value_is_judged_stale_on_the_day_shown(databases: Databases) -> None:
    written = {"value": 10, "basis": "utility_written", "as_of": "2026-05-01"}
    site = a_site(databases, power_now_mw=written)
    recorded(databases, site, noon(2026, 5, 2), noon(2026, 5, 3))

    on_its_last_day = the_progress(databases, date(2026, 10, 28)).total.numbers
    a_day_later = the_progress(databases, date(2026, 10, 29)).total.numbers

    assert (on_its_last_day["stale_values"], a_day_later["stale_values"]) == (0, 1)
    assert (on_its_last_day["verified_pct"], a_day_later["verified_pct"]) == (4.8, 0)


def test_the_verified_share_is_of_the_known_values(databases: Databases) -> None:
    written = {"value": 10, "basis": "utility_written", "as_of": TODAY.isoformat()}
    the_site(databases, power_now_mw=written)

    numbers = the_progress(databases).total.numbers

    # LEVEL_1 of the builders holds 21 facts; one of them is now in writing.
    assert numbers["known_values"] == 21
    assert numbers["verified_pct"] == 4.8


def test_the_median_age_is_of_all_values_together(databases: Databases) -> None:
    old = {"value": "none", "basis": "authority", "as_of": "2026-10-23"}
    the_site(databases, flood_risk=old)

    assert the_progress(databases).total.numbers["median_age_days"] == 0


@pytest.mark.parametrize("plan", ["laga_kraft", "samrad"])
def test_a_site_is_counted_as_the_site_page_counts_it(databases: Databases, plan: str) -> None:
    expected = {} if plan == "laga_kraft" else {"detaljplan_in_force_expected": "2027-12-01"}
    reference = the_site(databases, detaljplan_status=plan, divisible=True, **expected).reference

    with databases.writing(ADMIN) as session:
        site = sites.find(session, reference)
        count_missing(session)
        [found] = site_counts(session, TODAY, ShelfLife())

    counts = completeness(site.values, site.provenance)
    assert found.themes == by_theme(counts)
    assert found.percent == total(counts).percent
    assert found.level == site.readiness.level


def test_an_editor_sees_the_own_municipality_only(county: Databases) -> None:
    found = the_progress(county, role="editor")

    assert [row.name.sv for row in found.rows] == ["Bollnäs"]
    assert found.total.numbers["sites"] == 2


def test_municipalities_stand_in_alphabetical_order(databases: Databases) -> None:
    names = [row.name.sv for row in the_progress(databases).rows]

    assert names[:2] == ["Bollnäs", "Gävle"]
    assert names[-1] == "Söderhamn"


def test_the_plan_grows_by_whole_months_until_the_project_ends(databases: Databases) -> None:
    found = the_progress(databases, TODAY, date(2024, 4, 22))

    assert found.total.numbers["hours_target"] == 10 * 16 * 36
    assert found.total.before["hours_target"] == 10 * 16 * 6
    assert ProjectPlan().target(date(2024, 4, 30)) == 16 * 7


def test_hours_count_from_the_day_they_were_entered(databases: Databases) -> None:
    with databases.owner.begin() as connection:
        connection.execute(
            text(
                "insert into hours_entry (municipality, month, role, hours, activity, entered_at)"
                " values ('2183', '2026-05-01', 'x', 12, 'meeting', '2026-06-02 12:00+00'),"
                " ('2183', '2026-05-01', 'x', -2.5, 'meeting', '2026-07-02 12:00+00')"
            )
        )

    assert the_progress(databases, date(2026, 6, 1)).total.numbers["hours"] == 0
    assert the_progress(databases, date(2026, 6, 2)).total.numbers["hours"] == 12
    assert the_progress(databases).total.numbers["hours"] == 9.5


def test_a_site_close_to_its_next_level_says_who_owes_the_answer(databases: Databases) -> None:
    asked = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-09-01"}
    the_site(databases, geotech="desk", power_now_mw=asked, power_timeline=asked)

    (blocked,) = the_gaps(databases).blocked

    assert [one.owed_by.sv for one in blocked.missing] == ["Ellevio", "Helsinge Vatten"]
    assert blocked.missing[0].asked_on == date(2026, 9, 1)


def test_questions_are_gathered_by_whom_was_asked(county: Databases) -> None:
    asked = next(one for one in the_gaps(county).owing if one.name.sv == "Hudiksvalls kommun")

    assert (asked.questions, asked.median_days, asked.longest_days) == (1, 30, 30)


def test_every_figure_and_definition_has_one_declaration() -> None:
    keys = [figure.key for figure in FIGURES]

    assert len(set(keys)) == len(keys)
    assert len({one.key for one in DEFINITIONS}) == len(DEFINITIONS)


def test_every_declared_figure_is_worked_out_and_no_other(databases: Databases) -> None:
    assert set(the_progress(databases).total.numbers) == {figure.key for figure in FIGURES}


def test_the_page_asks_strangers_to_sign_in(client: TestClient) -> None:
    answer = client.get("/en/progress?as_of=2026-05-01", follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == ("/en/sign-in?next=%2Fen%2Fprogress%3Fas_of%3D2026-05-01")


def test_the_page_is_not_for_investors(signed_in: Callable[..., TestClient]) -> None:
    assert signed_in("investor").get("/progress").status_code == 403


def test_the_page_shows_both_sums_of_power(
    county: Databases, signed_in: Callable[..., TestClient]
) -> None:
    page = signed_in("project").get("/progress").text

    assert "skulle det i dag bli 80 MW för mycket" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert 'id="def-power_naive_mw"' in page


def test_the_list_behind_a_figure_holds_its_sites(
    county: Databases, signed_in: Callable[..., TestClient]
) -> None:
    page = signed_in("project").get("/en/progress/sites?municipality=2184&status=reserved").text

    assert "1 site" in page
    assert "GVB-2184-001" in page
    assert "GVB-2184-002" not in page


def test_the_list_behind_a_figure_is_as_it_was_known_then(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    recorded(databases, a_site(databases), noon(2026, 3, 1), noon(2026, 6, 1))
    project = signed_in("project")

    drafts = project.get("/progress/sites?status=draft&as_of=2026-05-01").text
    published = project.get("/progress/sites?status=published&as_of=2026-05-01").text

    assert "GVB-2183-001" in drafts
    assert "Inga platser" in published


def test_definitions_carry_the_installations_own_settings(
    signed_in: Callable[..., TestClient],
) -> None:
    page = signed_in("project").get("/progress").text.replace("\N{NO-BREAK SPACE}", " ")

    assert f"{RULES.shelf_life.power_days} dagar för el" in page
