"""The list behind each figure, and its change down to site and field: worked out by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from catalogue.behind.behind import Asked, behind
from catalogue.behind.lines import Behind
from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figures import FIGURE, FIGURES
from catalogue.progress.progress import Span, progress
from catalogue.provenance import ShelfLife
from catalogue.site import Site
from tests.builders import a_site, an_actor, known_since

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
PROJECT = an_actor("project")


def noon(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def recorded(databases: Databases, site: Site, *moments: datetime) -> None:
    """When the site's versions were made, the first version first."""
    for version, moment in enumerate(moments, start=1):
        known_since(databases, moment, f"site_id = {site.id} and version = {version}")


def the_list(
    databases: Databases,
    key: str,
    code: str = "",
    since: date = MARCH,
    as_of: date = JUNE,
) -> Behind:
    with databases.writing(PROJECT) as session:
        asked = Asked(FIGURE[key], code, Span(as_of, since))
        return behind(session, PROJECT, asked, ProjectPlan(), ShelfLife())


def test_every_figure_has_a_list_that_comes_to_it(databases: Databases) -> None:
    site = a_site(databases, substation="Kilafors", power_now_mw=80)
    recorded(databases, site, noon(3, 1), noon(5, 2))
    with databases.writing(PROJECT) as session:
        whole = progress(session, PROJECT, Span(JUNE, MARCH), ProjectPlan(), ShelfLife()).total

    found = {figure.key: the_list(databases, figure.key) for figure in FIGURES}

    assert {key: one.now.value for key, one in found.items()} == whole.numbers
    assert {key: one.before.value for key, one in found.items()} == whole.before
    assert {key: one.change for key, one in found.items()} == {
        key: whole.change(key) for key in found
    }


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


def test_the_list_of_all_says_what_each_municipality_adds(databases: Databases) -> None:
    recorded(databases, a_site(databases), noon(3, 1), noon(5, 2))
    recorded(databases, a_site(databases, municipality="2184"), noon(3, 1), noon(3, 2))

    found = the_list(databases, "sites_published")

    assert [(one.key, one.change) for one in found.changed] == [("2183", 1)]
    assert [(one.key, one.change) for one in found.unchanged] == [("2184", 0)]


def test_an_editor_is_shown_their_own_municipality(
    databases: Databases, with_token: Callable[..., TestClient]
) -> None:
    a_site(databases)
    a_site(databases, municipality="2184")
    known_since(databases, noon(10, 1))

    found = with_token("editor", "2183").get("/api/v1/progress/changes?figure=sites").json()

    assert (found["municipality"], found["now"]) == ("2183", {"value": 1})
    assert [line["key"] for line in found["changed"]] == ["2183"]


def test_the_page_links_its_files(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    client = signed_in("project")
    dates = "as_of=2026-06-30&since=2026-03-31"

    shown = client.get(f"/en/progress/behind?figure=sites&{dates}").text

    for kind in ("xlsx", "csv", "json"):
        query = f"figure=sites&municipality=&{dates}&format={kind}&language=en"
        assert f"/api/v1/progress/changes?{query}".replace("&", "&amp;") in shown
        assert client.get(f"/api/v1/progress/changes?{query}").status_code == 200
