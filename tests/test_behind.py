"""The list behind each figure, and its change down to site and field: worked out by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.behind.behind import Asked, Window, behind
from catalogue.behind.lines import Behind, Group, Line, Part
from catalogue.changes import read_changes
from catalogue.database import Databases
from catalogue.fields import SITE
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figure_definitions import ONCE, SUM
from catalogue.progress.figures import DEFINITIONS, FIGURE, FIGURES
from catalogue.progress.progress import Span, progress
from catalogue.provenance import ShelfLife
from catalogue.site import Site
from tests.builders import ADMIN, RULES, a_site, an_actor, known_since

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
PROJECT = an_actor("project")

OF_DEFINITIONS = [[one for one in FIGURES if one.definition == meant] for meant in DEFINITIONS]
FIRST_AND_LAST = {one.key: one for some in OF_DEFINITIONS for one in (some[0], some[-1])}.values()
"""Figures between them differ from them in a year, a code or a theme of the same expression."""


def noon(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def recorded(databases: Databases, site: Site, *moments: datetime) -> None:
    """When the site's versions were made, the first version first."""
    for version, moment in enumerate(moments, start=1):
        known_since(databases, moment, f"site_id = {site.id} and version = {version}")


def changed(databases: Databases, site: Site, **body: Any) -> None:
    with databases.writing(ADMIN) as session:
        changes = read_changes(body, SITE, today=RULES.today, kept=frozenset())
        version = sites.find(session, site.reference).version
        sites.change(session, ADMIN, site.reference, changes, RULES, expected_version=version)


def the_list(
    databases: Databases,
    key: str,
    code: str = "",
    since: date = MARCH,
    as_of: date = JUNE,
) -> Behind:
    with databases.writing(PROJECT) as session:
        asked = Asked(FIGURE[key], (code,) if code else (), Span(as_of, since))
        return behind(session, PROJECT, asked, ProjectPlan(), ShelfLife(), Window())


def lines(found: Behind) -> list[Line]:
    return [line for entry in (*found.changed, *found.unchanged) for line in entry.lines]


@pytest.fixture
def enlarged(databases: Databases) -> Site:
    """A site of 50 ha in March, 70 ha in June, in a text and in hectares."""
    site = a_site(databases)
    changed(databases, site, area_gross_ha=90, area_net_ha=70, name_sv="Nytt namn")
    recorded(databases, site, noon(3, 1), noon(3, 2), noon(5, 4))
    return site


def test_a_sum_is_what_its_sites_add(databases: Databases, enlarged: Site) -> None:
    same = a_site(databases, area_net_ha=8)
    recorded(databases, same, noon(1, 1), noon(1, 2))

    found = the_list(databases, "area_net_ha")

    assert (found.before.value, found.now.value, found.change) == (58, 78, 20)
    assert [(one.key, one.change) for one in found.changed] == [(enlarged.reference, 20)]
    assert [(one.key, one.now.value) for one in found.unchanged] == [(same.reference, 8)]


def test_a_change_is_explained_by_the_field_that_matters(
    databases: Databases, enlarged: Site
) -> None:
    [line] = lines(the_list(databases, "area_net_ha"))

    [step] = line.steps
    assert (step.key, step.old.value, step.new.value, step.change) == ("area_net_ha", 50, 70, 20)
    assert (step.version, step.recorded_at) == (3, noon(5, 4))
    assert set(line.also) == {"area_gross_ha", "name_sv"}


def test_a_site_that_was_published_brings_its_hectares(databases: Databases) -> None:
    site = a_site(databases)
    recorded(databases, site, noon(3, 1), noon(5, 2))

    [line] = lines(the_list(databases, "area_net_ha"))

    [step] = line.steps
    assert (step.kind, step.old.value, step.new.value) == ("status", "draft", "published")
    assert (step.change, line.change, line.is_new) == (50, 50, False)


def test_a_new_site_is_said_to_be_new(databases: Databases) -> None:
    site = a_site(databases, status="draft")
    recorded(databases, site, noon(4, 1))

    [line] = lines(the_list(databases, "sites"))

    assert (line.is_new, [step.kind for step in line.steps], line.change) == (True, ["new"], 1)


def test_a_withdrawn_site_is_said_to_be_withdrawn(databases: Databases) -> None:
    site = a_site(databases, status="withdrawn")
    recorded(databases, site, noon(3, 1), noon(3, 2), noon(5, 2))

    found = the_list(databases, "sites_published")

    [line] = lines(found)
    assert (line.is_withdrawn, line.change, found.change) == (True, -1, -1)


def test_steps_come_to_the_change_though_a_value_went_up_and_down(databases: Databases) -> None:
    site = a_site(databases)
    changed(databases, site, area_net_ha=55)
    changed(databases, site, area_net_ha=44)
    recorded(databases, site, noon(3, 1), noon(3, 2), noon(4, 4), noon(5, 4))

    [line] = lines(the_list(databases, "area_net_ha"))

    assert [step.change for step in line.steps] == [5, -11]
    assert line.change == -6


def test_a_value_that_only_grew_old_went_stale_as_time_passed(databases: Databases) -> None:
    written = {"value": 10, "basis": "utility_written", "as_of": "2025-11-01"}
    site = a_site(databases, power_now_mw=written)
    recorded(databases, site, noon(3, 1), noon(3, 2))

    # Power counts as stale 180 days after 1 November 2025: from 1 May 2026.
    found = the_list(databases, "stale_values")

    [line] = [one for one in lines(found) if one.key == site.reference]
    [step] = line.steps
    assert (step.kind, step.aged, step.change) == ("time", ("power_now_mw",), 1)


def test_each_value_that_went_stale_is_named_and_no_other(databases: Databases) -> None:
    site = a_site(databases, status="draft")
    recorded(databases, site, noon(3, 1))

    [line] = lines(the_list(databases, "stale_values", as_of=date(2028, 6, 30)))

    [step] = line.steps
    assert len(step.aged) == line.change
    assert "area_net_ha" in step.aged


def test_a_question_that_was_answered_is_no_longer_counted(databases: Databases) -> None:
    asked = {"state": "unknown", "asked": "Hudiksvalls kommun", "asked_on": "2026-02-03"}
    site = a_site(databases, sewage_m3_day=asked)
    changed(databases, site, sewage_m3_day=120)
    recorded(databases, site, noon(3, 1), noon(3, 2), noon(5, 5))

    found = the_list(databases, "questions_open")

    [line] = lines(found)
    [step] = line.steps
    assert (found.before.value, found.now.value, line.change) == (1, 0, -1)
    assert (step.key, step.new.value, step.change) == ("sewage_m3_day", 120, -1)


def test_a_share_says_how_many_of_how_many(databases: Databases) -> None:
    site = a_site(databases, status="draft", bidding_area=None, rail_siding=None)
    changed(databases, site, rail_siding="none")
    recorded(databases, site, noon(3, 1), noon(5, 1))

    found = the_list(databases, "completeness_transport")

    [line] = lines(found)
    assert line.before.share is not None
    assert line.now.share is not None
    assert (line.before.share[0], line.now.share[0]) == (0, 1)
    assert (line.change, found.now.share) == ((1, 0), line.now.share)
    assert [step.key for step in line.steps] == ["rail_siding"]


@pytest.fixture
def station(databases: Databases) -> tuple[Site, Site]:
    """Two sites on Kilafors: 80 and 120 MW in March; the first has 150 MW in June."""
    later = [{"year": 2029, "mw": 200, "firm": True}]
    first = a_site(databases, substation="Kilafors", power_now_mw=80, power_timeline=later)
    second = a_site(databases, substation="kilafors ", power_now_mw=120)
    changed(databases, first, power_now_mw=150)
    recorded(databases, first, noon(3, 1), noon(3, 2), noon(5, 1))
    recorded(databases, second, noon(3, 1), noon(3, 2))
    return first, second


def test_a_shared_substation_is_one_group_that_comes_to_its_largest_site(
    databases: Databases, station: tuple[Site, Site]
) -> None:
    first, second = station

    found = the_list(databases, "power_mw_now")

    [group] = found.changed
    assert isinstance(group, Group)
    assert (group.before.value, group.now.value, group.change) == (120, 150, 30)
    assert (group.counts_before, group.counts_now) == (second.reference, first.reference)
    assert [(line.key, line.now.value) for line in group.lines] == [
        (first.reference, 150),
        (second.reference, 120),
    ]
    assert (found.before.value, found.now.value) == (120, 150)


def test_a_site_that_moves_to_another_substation_is_taken_from_one_and_added_to_the_other(
    databases: Databases,
) -> None:
    site = a_site(databases, substation="Kilafors", power_now_mw=80)
    changed(databases, site, substation="Ockelbo")
    recorded(databases, site, noon(3, 1), noon(3, 2), noon(5, 1))

    found = the_list(databases, "power_mw_now")

    groups = {one.name: one.change for one in found.changed if isinstance(one, Group)}
    assert groups == {"Kilafors": -80, "Ockelbo": 80}
    assert found.change == 0


def test_every_figure_has_a_list_that_comes_to_it(
    databases: Databases, station: tuple[Site, Site]
) -> None:
    with databases.writing(PROJECT) as session:
        whole = progress(session, PROJECT, Span(JUNE, MARCH), ProjectPlan(), ShelfLife()).total
        found = {
            figure.key: behind(
                session,
                PROJECT,
                Asked(figure, (), Span(JUNE, MARCH)),
                ProjectPlan(),
                ShelfLife(),
                Window(),
            )
            for figure in FIRST_AND_LAST
        }

    assert {key: one.now.value for key, one in found.items()} == {
        key: whole.numbers[key] for key in found
    }
    assert {key: one.before.value for key, one in found.items()} == {
        key: whole.before[key] for key in found
    }
    assert {key: one.change for key, one in found.items()} == {
        key: whole.change(key) for key in found
    }
    sums = [one for one in found.values() if one.definition.added_up in (SUM, ONCE)]
    assert [entries_come_to(one) for one in sums] == [(one.before, one.now) for one in sums]
    told = [line for one in found.values() for line in lines(one) if line.steps]
    assert {(line.steps[0].before, line.steps[-1].now) for line in told} == {
        (line.before, line.now) for line in told
    }


def entries_come_to(found: Behind) -> tuple[Part, Part]:
    """The sum of the list's entries, on the day compared with and on the day shown."""
    listed = (*found.changed, *found.unchanged)
    before, now = (
        [value for value in values if value is not None]
        for values in (
            [entry.before.value for entry in listed], [entry.now.value for entry in listed]
        )
    )  # fmt: skip
    return (
        Part(sum(before) if before else found.before.value),
        Part(sum(now) if now else found.now.value),
    )


def test_a_median_says_how_old_its_values_are(databases: Databases) -> None:
    asked = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-03-01"}
    site = a_site(databases, sewage_m3_day=asked, power_now_mw={**asked, "asked_on": "2026-03-21"})
    recorded(databases, site, noon(3, 25), noon(3, 25))

    found = the_list(databases, "questions_median_days")

    # On 31 March the questions were 30 and 10 days old, on 30 June 121 and 101.
    assert (found.before.value, found.now.value) == (20, 111)
    spread = {one.days: (one.before, one.now) for one in found.spread}
    assert (spread[30], spread[90], spread[180], spread[None]) == ((2, 0), (2, 0), (2, 2), (2, 2))


def test_an_editor_is_shown_their_own_municipality(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    a_site(databases, name_sv="Vår plats")
    a_site(databases, municipality="2184", name_sv="Grannens plats")
    known_since(databases, noon(10, 1))

    shown = signed_in("editor", "2183").get("/progress/behind?figure=sites").text

    assert "Vår plats" in shown
    assert "Grannens plats" not in shown


def test_several_municipalities_are_one_list(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    for code in ("2183", "2184", "2180"):
        a_site(databases, municipality=code, area_net_ha=10, power_now_mw=30, substation="Kilafors")
    known_since(databases, noon(10, 1))
    query = "municipality=2183,Hudiksvall&as_of=2026-11-02"

    client = signed_in("project")
    area, power = (
        client.get(f"/api/v1/progress/changes?figure={key}&{query}").json()
        for key in ("area_net_ha", "power_mw_now")
    )

    assert (area["municipalities"], area["municipality"]) == (["2183", "2184"], None)
    assert (area["now"]["value"], len(area["changed"])) == (20, 2)
    # One substation, though it stands in two of them.
    assert (power["now"]["value"], len(power["changed"])) == (30, 1)
    shown = client.get(f"/progress/behind?figure=area_net_ha&{query}").text
    assert "Bollnäs och Hudiksvall" in shown


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("figure=no_such", "figure"),
        ("", "figure"),
        ("figure=sites&municipality=2184", "municipality"),
        ("figure=sites&municipality=0000", "municipality"),
        ("figure=sites&as_of=2027-01-01", "as_of"),
        ("figure=sites&as_of=2026-01-01&since=2026-02-01", "since"),
        ("figure=sites&siz=3", "siz"),
    ],
)
def test_what_cannot_be_shown_is_refused(
    with_token: Callable[..., TestClient], query: str, where: str
) -> None:
    answer = with_token("editor", "2183").get(f"/api/v1/progress/changes?{query}")

    assert answer.status_code == 400
    assert where in answer.text


def test_the_page_shows_old_and_new_with_who_and_where_to_compare(
    databases: Databases, enlarged: Site, signed_in: Callable[..., TestClient]
) -> None:
    address = "/en/progress/behind?figure=area_net_ha&since=2026-03-31&as_of=2026-06-30"

    shown = signed_in("project").get(address).text

    assert "50\N{NO-BREAK SPACE}ha" in shown
    assert "70\N{NO-BREAK SPACE}ha" in shown
    assert f"/en/workspace/sites/{enlarged.reference}/history/compare?old=2&amp;new=3" in shown
    assert ADMIN.name not in shown


def test_names_of_persons_are_not_told(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    site = a_site(databases, status="draft", contact_name=None)
    changed(databases, site, contact_name="Berit Hemlig")
    recorded(databases, site, noon(3, 1), noon(5, 1))
    client = signed_in("project")
    dates = "since=2026-03-31&as_of=2026-06-30"

    for place in ("/progress/behind", "/api/v1/progress/changes"):
        shown = client.get(f"{place}?figure=readiness_none&{dates}").text
        assert site.reference in shown
        assert "Berit" not in shown


def test_the_page_links_its_files(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    client = signed_in("project")
    dates = "as_of=2026-06-30&since=2026-03-31"

    shown = client.get(f"/en/progress/behind?figure=sites&{dates}").text

    for kind in ("xlsx", "csv", "json"):
        query = f"figure=sites&{dates}&format={kind}&language=en"
        assert f"/api/v1/progress/changes?{query}".replace("&", "&amp;") in shown
        assert client.get(f"/api/v1/progress/changes?{query}").status_code == 200
