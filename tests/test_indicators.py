"""The indicators of the funding decision: followed up, kept version by version, never changed."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.indicators import indicators
from catalogue.indicators.indicators import Indicator
from catalogue.indicators.standings import Standing
from tests.builders import NOW, a_site, an_actor, known_since
from tests.html_forms import form_of

ADDRESS = "/api/v1/indicators"
PATH = "/progress/indicators"
PROJECT = an_actor("project")
MIDSUMMER = date(2026, 7, 2)
"""182 of the 364 days from 1 January to 31 December 2026."""
PUBLISHED: dict[str, Any] = {
    "name_sv": "Publicerade platser",
    "name_en": "Published sites",
    "target": 10,
    "target_date": "2026-12-31",
    "start_date": "2026-01-01",
    "source": "Beslut 2023-0000, sidan 4",
    "follow_up": "value",
    "figure": "sites_published",
}
VISITS: dict[str, Any] = {
    "name_sv": "Besökta företag",
    "unit_sv": "företag",
    "unit_en": "companies",
    "target": 20,
    "target_date": "2026-12-31",
    "source": "Beslut 2023-0000, sidan 5",
    "follow_up": "reading",
}
READING = {"value": 5, "read_on": "2026-10-01", "source": "Besökslistan"}


@pytest.fixture
def project(databases: Databases, with_token: Callable[..., TestClient]) -> TestClient:
    """The project office; three published sites and a draft, two of them since August."""
    a_site(databases)
    a_site(databases, municipality="2184")
    known_since(databases, datetime(2026, 3, 1, 12, tzinfo=UTC))
    a_site(databases)
    a_site(databases, status="draft")
    known_since(databases, datetime(2026, 8, 1, 12, tzinfo=UTC), "recorded_at > '2026-06-01'")
    return with_token("project")


def added(client: TestClient, **body: Any) -> int:
    answer = client.post(ADDRESS, json=body)
    assert answer.status_code == 201, answer.text
    return int(answer.headers["location"].rpartition("/")[2])


def standing(client: TestClient, number: int, **query: str) -> dict[str, Any]:
    shown = client.get(ADDRESS, params=query).json()["indicators"]
    found: dict[str, Any] = next(one for one in shown if one["id"] == number)
    return found


def an_indicator(**said: Any) -> Indicator:
    given: dict[str, Any] = {
        "id": 1, "version": 1, "name_sv": "x", "name_en": "x", "unit_sv": "", "unit_en": "",
        "target": 100.0, "target_date": date(2026, 12, 31), "start_value": 0.0,
        "start_date": date(2026, 1, 1), "source": "x", "follow_up": "value",
        "figure": "sites_published", "municipality": None, "retired": False,
        "is_example": False, "reason": "", "recorded_at": NOW, "recorded_by": "",
    }  # fmt: skip
    return Indicator(**(given | said))


@pytest.mark.parametrize(
    ("day", "value", "share", "line", "verdict"),
    [
        (MIDSUMMER, 30.0, 30.0, 50.0, "behind"),
        (MIDSUMMER, 46.0, 46.0, 50.0, "on_line"),
        (MIDSUMMER, 80.0, 80.0, 50.0, "ahead"),
        (MIDSUMMER, 100.0, 100.0, 50.0, "reached"),
        (MIDSUMMER, None, None, 50.0, "no_value"),
        (date(2025, 12, 31), 80.0, 80.0, 0.0, "not_begun"),
        (date(2026, 12, 31), 90.0, 90.0, 100.0, "behind"),
        (date(2027, 1, 1), 99.0, 99.0, 100.0, "missed"),
        (date(2027, 1, 1), 101.0, 101.0, 100.0, "reached"),
    ],
)
def test_it_is_held_against_a_straight_line_from_start_to_target(
    day: date, value: float | None, share: float | None, line: float, verdict: str
) -> None:
    found = Standing(indicator=an_indicator(), day=day, value=value)

    assert (found.share_pct, found.line_pct, found.verdict) == (share, line, verdict)


def test_a_target_below_the_start_is_reached_by_coming_down() -> None:
    one = an_indicator(start_value=400.0, target=200.0)

    found = Standing(indicator=one, day=MIDSUMMER, value=250.0)

    assert (found.share_pct, found.line_value, found.verdict) == (75.0, 300.0, "ahead")


def test_a_figure_of_the_catalogue_follows_the_indicator_up(project: TestClient) -> None:
    number = added(project, **PUBLISHED)

    now = standing(project, number)

    assert (now["value"], now["target"], now["reached_pct"]) == (3, 10, 30)
    assert now["straight_line_pct"] == 83.8  # 305 of 364 days
    assert now["verdict_sv"] == "Efter den raka linjen"


def test_of_one_municipality_only_its_own_counts(project: TestClient) -> None:
    number = added(project, **PUBLISHED, municipality="2184")

    assert standing(project, number)["value"] == 1


def test_a_change_is_counted_from_the_day_it_starts(project: TestClient) -> None:
    since_may = {**PUBLISHED, "follow_up": "change", "start_date": "2026-05-01", "start_value": 9}
    number = added(project, **since_may)

    now = standing(project, number)

    assert (now["value"], now["start_value"], now["reached_pct"]) == (1, 0, 10)


def test_a_reading_counts_from_its_own_day_and_a_later_one_corrects_it(
    project: TestClient,
) -> None:
    number = added(project, **VISITS)
    readings = f"{ADDRESS}/{number}/readings"
    assert standing(project, number)["verdict"] == "no_value"

    for value, day in ((5, "2026-10-01"), (8, "2026-11-01"), (9, "2026-11-01")):
        body = {**READING, "value": value, "read_on": day}
        assert project.post(readings, json=body).status_code == 201

    now = standing(project, number)
    assert (now["value"], now["unit_sv"], now["reading"]["read_on"]) == (9, "företag", "2026-11-01")
    kept = project.get(f"{ADDRESS}/{number}").json()["readings"]
    assert [one["value"] for one in kept] == [9, 8, 5]


def test_what_was_the_target_on_a_past_day(databases: Databases, project: TestClient) -> None:
    values = {
        "name_sv": "x", "name_en": "x", "target": 10.0, "target_date": date(2026, 12, 31),
        "start_date": date(2026, 1, 1), "source": "Beslut", "follow_up": "value",
        "figure": "sites_published",
    }  # fmt: skip
    with databases.writing(PROJECT) as session:
        march = datetime(2026, 3, 10, 12, tzinfo=UTC)
        number = indicators.add(session, PROJECT, values, "", march).id

    answer = project.patch(
        f"{ADDRESS}/{number}",
        json={"target": 6, "reason": "Ändringsbeslut"},
        headers={"If-Match": '"1-indicator"'},
    )

    assert answer.json()["version"] == 2
    assert standing(project, number)["target"] == 6
    june = standing(project, number, as_of="2026-06-30")
    assert (june["target"], june["value"]) == (10, 2)
    before = project.get(ADDRESS, params={"as_of": "2026-03-09"}).json()["indicators"]
    assert before == []


def test_a_retired_one_is_followed_no_more_and_keeps_its_history(project: TestClient) -> None:
    number = added(project, **PUBLISHED)

    tag = {"If-Match": '"1-indicator"'}
    project.patch(f"{ADDRESS}/{number}", json={"retired": True}, headers=tag)

    assert project.get(ADDRESS).json()["indicators"] == []
    versions = project.get(f"{ADDRESS}/{number}").json()["versions"]
    assert [one["retired"] for one in versions] == [True, False]


def test_whoever_is_second_is_told_and_nothing_is_overwritten(project: TestClient) -> None:
    number = added(project, **PUBLISHED)
    address, tag = f"{ADDRESS}/{number}", {"If-Match": '"1-indicator"'}

    first = project.patch(address, json={"target": 11}, headers=tag)
    second = project.patch(address, json={"target": 12}, headers=tag)

    assert (first.status_code, second.status_code) == (200, 412)
    assert project.patch(address, json={"target": 12}).status_code == 428
    assert standing(project, number)["target"] == 11


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name_sv": " "}, "name_sv"),
        ({"name_sv": "x" * 121}, "name_sv"),
        ({"target": "många"}, "target"),
        ({"target": True}, "target"),
        ({"target": 0}, "target"),
        ({"target_date": "2026-01-01"}, "target_date"),
        ({"target_date": "31 juni 2026"}, "target_date"),
        ({"source": ""}, "source"),
        ({"figure": "lycka"}, "figure"),
        ({"figure": None}, "figure"),
        ({"follow_up": "magi"}, "follow_up"),
        ({"municipality": "9999"}, "municipality"),
        ({"weight": 3}, "weight"),
    ],
)
def test_an_indicator_that_cannot_be_is_refused_at_its_field(
    project: TestClient, body: dict[str, Any], field: str
) -> None:
    answer = project.post(ADDRESS, json={**PUBLISHED, **body})

    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{field}"]
    assert project.get(ADDRESS).json()["indicators"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"value": "fem"}, "value"),
        ({"read_on": "2026-11-03"}, "read_on"),
        ({"source": " "}, "source"),
        ({"note": 7}, "note"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_at_its_field(
    project: TestClient, body: dict[str, Any], field: str
) -> None:
    number = added(project, **VISITS)

    answer = project.post(f"{ADDRESS}/{number}/readings", json={**READING, **body})

    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{field}"]
    assert standing(project, number)["value"] is None


@pytest.mark.parametrize(
    "statement",
    [
        "update indicator_version set target = 1",
        "delete from indicator_reading",
        "truncate indicator_version",
    ],
)
def test_the_database_lets_nobody_change_what_was_said(
    project: TestClient, databases: Databases, statement: str
) -> None:
    number = added(project, **VISITS)
    project.post(f"{ADDRESS}/{number}/readings", json=READING)

    with pytest.raises(DBAPIError, match="never changed"), databases.owner.begin() as connection:
        connection.execute(text(statement))


def test_the_files_of_progress_hold_the_indicators(project: TestClient) -> None:
    number = added(project, **PUBLISHED)
    progress = "/api/v1/progress"

    listed = project.get(progress).json()["indicators"]
    table = project.get(progress, params={"format": "csv", "language": "sv"}).text
    book = project.get(progress, params={"format": "xlsx", "language": "sv"}).content

    assert [(one["id"], one["value"]) for one in listed] == [(number, 3)]
    said = {
        row["figure"].removeprefix(f"indicator_{number}"): row["value"]
        for row in csv.DictReader(io.StringIO(table))
        if row["figure"].startswith("indicator_")
    }
    assert said == {"": "3", "_target": "10", "_reached_pct": "30"}
    sheet = load_workbook(io.BytesIO(book))["Indikatorer"]
    assert [cell.value for cell in sheet[6]][5:7] == [3, 10]


def test_the_pages_add_change_and_read(signed_in: Callable[..., TestClient]) -> None:
    office = signed_in("project", None)
    new = f"{PATH}/new"
    sent = form_of(office.get(new).text, new)

    sent |= {
        "name_sv": ["Besökta företag"], "unit_sv": ["företag"], "target": ["20,5"],
        "target_date": ["2026-12-31"], "source": ["Beslutet, s. 5"], "follow_up": ["reading"],
    }  # fmt: skip
    shown = office.post(new, data=sent)
    here = shown.url.path
    assert "av 20,5" in shown.text

    read = form_of(shown.text, f"{here}/readings")
    refused = office.post(f"{here}/readings", data=read)
    assert refused.status_code == 422
    assert "Ange var värdet kommer från." in refused.text
    kept = office.post(f"{here}/readings", data={**read, "value": ["4,1"], "source": ["Lista"]})
    assert "20&nbsp;% av vägen" in kept.text.replace(" %", "&nbsp;%")

    edit = form_of(office.get(f"{here}/edit").text, f"{here}/edit")
    edit |= {"target": ["30"], "reason": ["Ändringsbeslut"]}
    changed = office.post(f"{here}/edit", data=edit)
    assert "20,5\N{NO-BREAK SPACE}företag → 30\N{NO-BREAK SPACE}företag" in changed.text
    assert "Besökta företag" in office.get("/progress").text
    assert office.post(f"{here}/edit", data=edit).status_code == 412


def test_a_form_with_faults_comes_back_with_what_was_typed(
    signed_in: Callable[..., TestClient],
) -> None:
    office = signed_in("project", None)
    new = f"/en{PATH}/new"
    sent = form_of(office.get(new).text, new) | {"name_sv": ["Kvar"], "target": ["ten"]}

    answer = office.post(new, data=sent)

    assert answer.status_code == 422
    assert 'value="Kvar"' in answer.text
    assert "“ten” is not a number" in answer.text
    assert "Choose how the indicator is followed up." in answer.text
