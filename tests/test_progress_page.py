"""The progress page narrowed by municipality, theme and period, held to sites counted by hand."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.errors import BadParameters
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.progress import Progress, Span, progress
from catalogue.progress.progress_filter import Given, ProgressFilter, read_filter
from catalogue.progress.progress_gaps import gaps
from catalogue.progress.progress_levels import levels_on
from catalogue.progress.progress_themes import theme_progress
from catalogue.progress.readings import Reading
from catalogue.progress.trends import trends
from catalogue.provenance import ShelfLife
from catalogue.tables.counted_versions import THEMES
from frontend.charts import line_chart
from frontend.progress_matrix import matrix
from tests.builders import TODAY, a_site, an_actor, known_since

PROJECT = an_actor("project")
BASELINE = date(2024, 4, 22)
BEFORE = date(2026, 9, 1)
NAMES = {"2183": "Bollnäs", "2180": "Gävle", "2184": "Hudiksvall"}
ASKED = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-10-03"}


@pytest.fixture
def county(databases: Databases) -> Databases:
    """Two sites on one substation, one in Bollnäs since spring, one in Hudiksvall since October,
    where another is reserved; and a draft in Gävle."""
    first = a_site(databases, substation="Kilafors", power_now_mw=80)
    a_site(databases, municipality="2184", substation="Kilafors", power_now_mw=120)
    a_site(databases, municipality="2184", status="reserved", power_now_mw=ASKED)
    a_site(databases, municipality="2180", status="draft", power_now_mw=7)
    known_since(databases, datetime(2026, 10, 5, 12, tzinfo=UTC))
    known_since(databases, datetime(2026, 4, 1, 12, tzinfo=UTC), f"site_id = {first.id}")
    return databases


def the_progress(databases: Databases, *codes: str) -> Progress:
    with databases.writing(PROJECT) as session:
        span = Span(TODAY, BEFORE)
        return progress(session, PROJECT, span, ProjectPlan(), ShelfLife(), chosen=codes)


def read(given: Given) -> ProgressFilter:
    return read_filter(given, NAMES, BASELINE, TODAY)


def words(page: str) -> str:
    return " ".join(page.replace("\N{NO-BREAK SPACE}", " ").split())


def test_some_municipalities_are_counted_together(county: Databases) -> None:
    found = the_progress(county, "2183", "2184")

    assert [row.name.sv for row in found.rows] == ["Bollnäs", "Hudiksvall"]
    assert found.total.numbers["sites"] == 3
    assert found.total.numbers["power_mw_now"] == 120
    assert found.total.numbers["hours_target"] == 2 * 16 * 36


def test_sites_of_municipalities_not_chosen_are_left_out(county: Databases) -> None:
    found = the_progress(county, "2180")

    assert [site.municipality for site in found.sites] == ["2180"]
    assert (found.total.numbers["sites"], found.is_whole) == (1, False)


def test_without_a_choice_the_comparison_is_with_the_baseline() -> None:
    assert read(Given()).span == Span(TODAY, BASELINE)


@pytest.mark.parametrize(
    ("period", "as_of", "since"),
    [
        ("year", "2026-11-02", date(2025, 12, 31)),
        ("quarter", "2026-05-31", date(2026, 2, 28)),
        ("month", "2026-01-15", date(2025, 12, 15)),
        ("baseline", "2024-01-01", date(2024, 1, 1)),
    ],
)
def test_a_period_is_counted_back_from_the_day_shown(period: str, as_of: str, since: date) -> None:
    assert read(Given(period=period, as_of=as_of)).span.since == since


def test_a_municipality_is_chosen_by_code_or_name() -> None:
    assert read(Given(municipality=("hudiksvall", "2183"))).municipalities == ("2183", "2184")


def test_choosing_every_municipality_is_no_choice() -> None:
    assert read(Given(municipality=tuple(NAMES))).municipalities == ()


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        (Given(municipality=("Falun",)), "municipality"),
        (Given(theme="identity"), "theme"),
        (Given(period="week"), "period"),
        (Given(period="month", since="2026-01-01"), "period"),
        (Given(since="2026-13-01"), "since"),
    ],
)
def test_a_filter_that_cannot_be_is_refused_by_name(given: Given, parameter: str) -> None:
    with pytest.raises(BadParameters) as refused:
        read(given)

    assert [fault.where for fault in refused.value.faults] == [parameter]


def test_sites_are_counted_by_status_and_level(county: Databases) -> None:
    with county.writing(PROJECT) as session:
        now = levels_on(session, TODAY, NAMES, ShelfLife())
        before = levels_on(session, BEFORE, ["2183"], ShelfLife())

    by_status = Counter[str]()
    for (status, _), count in now.items():
        by_status[status] += count
    assert by_status == {"published": 2, "reserved": 1, "draft": 1}
    assert sum(before.values()) == 1


def test_the_matrix_tells_counts_and_changes() -> None:
    now = Counter({("published", 3): 4, ("draft", None): 1, ("withdrawn", 2): 1})
    before = Counter({("published", 3): 1, ("in_review", 3): 2})

    lines = matrix(now, before, lambda status, level: f"{status}/{level}")

    told = {line.status: [(one.count, one.change) for one in line.cells] for line in lines}
    assert list(told) == ["draft", "in_review", "published", "", "withdrawn"]
    assert told["published"][4] == (4, 3)
    assert told["in_review"][4] == (0, -2)
    assert told[""][-1] == (5, 2)
    published = next(line for line in lines if line.status == "published")
    assert published.cells[4].href == "published/3"


def test_a_theme_is_told_field_by_field(county: Databases) -> None:
    with county.writing(PROJECT) as session:
        found = progress(session, PROJECT, Span(TODAY, BEFORE), ProjectPlan(), ShelfLife())
        power = theme_progress(session, found, "power")

    power_now = power.count("2184", "power_now_mw")
    assert (power_now.applicable, power_now.filled, power_now.asked) == (2, 1, 1)
    assert power.earlier("2184", "power_now_mw").applicable == 0
    assert power.count(key="power_now_mw").filled_pct == 75


def test_the_fields_of_a_theme_come_to_what_the_sites_count(county: Databases) -> None:
    with county.writing(PROJECT) as session:
        found = progress(session, PROJECT, Span(TODAY, BEFORE), ProjectPlan(), ShelfLife())
        themes = [theme_progress(session, found, theme).count() for theme in THEMES]

    kept = [site for site in found.sites if site.status != "withdrawn"]
    every = [count for site in kept for count in site.themes.values()]
    assert [sum(getattr(one, part) for one in themes) for part in ("applicable", "filled")] == [
        sum(getattr(one, part) for one in every) for part in ("applicable", "filled")
    ]
    assert [
        sum(getattr(one, part) for one in themes) for part in ("known", "verified", "stale")
    ] == [sum(getattr(site, part) for site in kept) for part in ("known", "verified", "stale")]


def test_a_theme_narrows_questions_and_what_is_missing(county: Databases) -> None:
    with county.writing(PROJECT) as session:
        standing = gaps(session, TODAY, NAMES)

    assert [one.field.key for one in standing.within("power").questions] == ["power_now_mw"]
    assert standing.within("water").questions == []
    assert {one.theme for site in standing.within("water").blocked for one in site.missing} <= {
        "water"
    }


def test_trends_end_on_the_day_shown(county: Databases) -> None:
    with county.writing(PROJECT) as session:
        reading = Reading(session, NAMES, ProjectPlan(), ShelfLife(), is_part=True)
        found = trends(reading, date(2026, 3, 10), TODAY)

    assert found.days[:2] == [date(2026, 3, 31), date(2026, 4, 30)]
    assert found.days[-2:] == [date(2026, 10, 31), TODAY]
    assert found.values["sites_published"] == [0, 1, 1, 1, 1, 1, 1, 2, 2]


def test_a_line_breaks_where_a_number_is_missing() -> None:
    chart = line_chart([0, 5, None, 10, 8])

    assert chart.pieces == ["0.0,100.0 25.0,50.0", "75.0,0.0 100.0,20.0"]
    assert (chart.most, chart.end) == (10, (100.0, 20.0))


def test_a_line_without_numbers_is_empty() -> None:
    chart = line_chart([None, None])

    assert (chart.pieces, chart.end) == ([], None)


def test_the_page_says_what_it_is_narrowed_to(
    county: Databases, signed_in: Callable[..., TestClient]
) -> None:
    page = words(
        signed_in("project").get("/progress?municipality=2183&municipality=Gävle&period=year").text
    )

    assert "<h1>Läget i Bollnäs och Gävle</h1>" in page
    assert "jämfört med 31 dec 2025" in page
    assert "/progress?municipality=2180&amp;period=year" in page  # without Bollnäs


def test_a_theme_is_shown_alone(county: Databases, signed_in: Callable[..., TestClient]) -> None:
    page = words(signed_in("project").get("/en/progress?theme=power").text)

    assert "<h1>Progress of the catalogue: Power</h1>" in page
    assert "Field by field" in page
    assert 'id="hours"' not in page


def test_an_editor_may_not_choose_another_municipality(
    county: Databases, signed_in: Callable[..., TestClient]
) -> None:
    editor = signed_in("editor", "2183")

    assert editor.get("/progress?municipality=2184").status_code == 400
    assert editor.get("/progress?municipality=2183").status_code == 200


def test_the_list_of_sites_takes_several_municipalities(
    county: Databases, signed_in: Callable[..., TestClient]
) -> None:
    page = signed_in("project").get("/progress/sites?municipality=2183&municipality=2180").text

    assert "2 platser" in page
    assert "GVB-2184" not in page


def test_who_owes_an_answer_leads_to_what_waits_for_it(
    county: Databases, signed_in: Callable[..., TestClient]
) -> None:
    project = signed_in("project")

    assert "/progress/waiting?who=Ellevio" in project.get("/progress").text
    page = words(project.get("/progress/waiting?who=Ellevio").text)
    assert "<h1>Väntar på Ellevio</h1>" in page
    assert "Effekt i dag" in page
    assert "Helsinge Vatten" not in page


def test_a_field_leads_to_the_sites_where_it_waits_for_an_answer(
    county: Databases, signed_in: Callable[..., TestClient]
) -> None:
    project = signed_in("project")

    page = words(project.get("/progress/sites?field=power_now_mw&mark=unknown").text)

    assert "<h1>1 plats</h1>" in page
    assert "Ellevio 3 okt 2026" in page
    assert "field=power_now_mw&amp;mark=unknown" in project.get("/progress?theme=power").text


@pytest.mark.parametrize(
    "query", ["field=nonsense", "field=power_now_mw&mark=nonsense", "mark=stale"]
)
def test_a_field_or_mark_that_there_is_not_is_refused(
    query: str, signed_in: Callable[..., TestClient]
) -> None:
    assert signed_in("project").get(f"/progress/sites?{query}").status_code == 400


def test_every_link_within_the_page_leads_somewhere(
    county: Databases, signed_in: Callable[..., TestClient]
) -> None:
    project = signed_in("project")

    for query in ("", "?municipality=2183", "?municipality=2183&municipality=2184", "?theme=water"):
        page = project.get(f"/progress{query}").text
        places = set(re.findall(r'\bid="([^"]+)"', page))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= places


def test_requests_lead_to_their_register(signed_in: Callable[..., TestClient]) -> None:
    page = signed_in("project").get("/progress").text

    assert "Inget i registret än" in page
    assert 'href="/requests"' in page


def test_everything_is_unfolded_on_request(signed_in: Callable[..., TestClient]) -> None:
    project = signed_in("project")

    assert '<details class="fold" open>' in project.get("/progress?unfold=true").text
    assert '<details class="fold" open>' not in project.get("/progress").text
