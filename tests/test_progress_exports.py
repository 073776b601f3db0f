"""Progress as files: the same numbers in JSON, CSV and the workbook, for those who may see them."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.progress.progress import Span
from catalogue.progress.progress_files import write_csv
from catalogue.progress.reports import Report, report
from catalogue.settings import Settings
from frontend.progress_formats import FORMATS
from geo.texts import Text
from tests.builders import RULES, TODAY, a_site, an_actor, known_since

ADDRESS = "/api/v1/progress"


@pytest.fixture
def project(databases: Databases, with_token: Callable[..., TestClient]) -> TestClient:
    """The project office, with two published sites in Bollnäs and a draft in Hudiksvall."""
    a_site(databases, power_now_mw=80, substation="Kilafors")
    a_site(databases, power_now_mw=120, substation="Kilafors")
    a_site(databases, municipality="2184", status="draft")
    known_yesterday(databases)
    return with_token("project")


def known_yesterday(databases: Databases) -> None:
    known_since(databases, datetime(2026, 11, 1, 12, tzinfo=UTC))


def rows(answer_text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer_text)))


def workbook(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def by_place(book: Workbook, sheet: str) -> dict[str, dict[str, Any]]:
    """A sheet's first table: municipality → heading → value."""
    headings, *lines = list(book[sheet].iter_rows(min_row=5, values_only=True))
    names = [str(heading) for heading in headings]
    first = takewhile(lambda line: line[0], lines)
    return {str(line[0]): dict(zip(names, line, strict=True)) for line in first}


def test_json_holds_every_definition_with_its_dates(project: TestClient) -> None:
    found = project.get(f"{ADDRESS}?as_of=2026-11-01&since=2026-01-01").json()

    assert (found["as_of"], found["since"]) == ("2026-11-01", "2026-01-01")
    assert all(one["definition_sv"] and one["definition_en"] for one in found["definitions"])
    keys = {one["key"] for one in found["definitions"]}
    assert {figure["definition"] for figure in found["figures"]} == keys


def test_change_is_since_the_baseline_where_no_day_is_given(project: TestClient) -> None:
    found = project.get(ADDRESS).json()

    assert (found["as_of"], found["since"]) == ("2026-11-02", "2024-04-22")
    assert found["total"]["figures"]["power_mw_now"] == {"value": 120, "change": 120}


def test_csv_says_what_json_says(project: TestClient) -> None:
    found = project.get(ADDRESS).json()["municipalities"]
    told = {
        (row["municipality_code"], row["figure"]): float(row["value"])
        for row in rows(project.get(f"{ADDRESS}?format=csv").text)
        if row["municipality_code"] and row["value"]
    }

    assert told == {
        (place["code"], key): figure["value"]
        for place in found
        for key, figure in place["figures"].items()
        if figure["value"] is not None
    }


def test_the_workbook_says_what_json_says(project: TestClient) -> None:
    places = project.get(ADDRESS).json()["municipalities"]
    book = workbook(project.get(f"{ADDRESS}?format=xlsx&language=en").content)
    status, heat = by_place(book, "Status and readiness"), by_place(book, "Completeness")

    for place in places:
        figures = {key: one["value"] for key, one in place["figures"].items()}
        assert status[place["name"]]["Published"] == figures["sites_published"]
        assert heat[place["name"]]["Completeness: Land (%)"] == figures.get("completeness_land")


def test_the_workbook_shows_a_shared_substation_once_and_naively(project: TestClient) -> None:
    book = workbook(project.get(f"{ADDRESS}?format=xlsx&language=en").content)

    power = by_place(book, "Power")

    assert power["Power, each substation once"]["today"] == 120
    assert power["Power, site by site"]["today"] == 200


def test_the_workbook_has_its_sheets_with_frozen_headings(project: TestClient) -> None:
    book = workbook(project.get(f"{ADDRESS}?format=xlsx&language=sv").content)

    assert book.sheetnames == [
        "Översikt", "I ord", "Sammanfattning", "Status och mognad", "På väg", "Fullständighet",
        "Profiler", "Frågor", "Förfrågningar", "RFI", "El", "El per kommun", "Vatten", "Timmar", "Förankring",
        "Definitioner",
    ]  # fmt: skip
    assert all(sheet.freeze_panes for sheet in book)


def test_the_workbook_draws_status_readiness_power_hours_and_the_overview(
    project: TestClient,
) -> None:
    content = project.get(f"{ADDRESS}?format=xlsx").content

    names = ZipFile(io.BytesIO(content)).namelist()

    assert len([name for name in names if name.startswith("xl/charts/chart")]) == 4 + 4


def test_the_heat_map_is_coloured_by_its_numbers(project: TestClient) -> None:
    book = workbook(project.get(f"{ADDRESS}?format=xlsx&language=sv").content)

    (ranges,) = list(book["Fullständighet"].conditional_formatting)

    assert str(ranges.sqref) == "B6:G15"


def test_the_workbook_opens_from_the_page_too(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    answer = signed_in("project").get("/progress/report.xlsx?as_of=2026-10-01")

    assert "sitefinder-laget-2026-10-01.xlsx" in answer.headers["content-disposition"]
    assert workbook(answer.content)["Sammanfattning"]["A2"].value.startswith("Läget 1 okt 2026")


def test_the_workbook_says_when_the_sites_are_invented(
    databases: Databases, with_token: Callable[..., TestClient]
) -> None:
    a_site(databases)
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("update site set is_example = true")
    known_yesterday(databases)

    book = workbook(with_token("project").get(f"{ADDRESS}?format=xlsx&language=en").content)

    assert "Example data" in book["Summary"]["A2"].value


def test_a_formula_in_a_name_is_written_as_text(databases: Databases) -> None:
    found = the_report(databases)
    dangerous = replace(found.progress.rows[0], name=Text("=1+1", "=1+1"))
    found = replace(found, progress=replace(found.progress, rows=[dangerous]))

    written = rows(write_csv(found, "en").decode())

    assert written[0]["municipality"] == "'=1+1"


def the_report(databases: Databases) -> Report:
    actor = an_actor("project")
    with databases.writing(actor) as session:
        return report(session, actor, Span(TODAY, TODAY), Settings(), RULES)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_comes_with_its_media_type(project: TestClient, format: str) -> None:
    answer = project.get(f"{ADDRESS}?format={format}")

    assert answer.headers["content-type"] == FORMATS[format].media_type
    assert answer.headers["cache-control"] == "private, no-store"


def test_the_client_may_name_the_format_in_accept(project: TestClient) -> None:
    answer = project.get(ADDRESS, headers={"Accept": "text/csv"})

    assert answer.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(
    "query",
    [
        "format=ods",
        "language=fi",
        "asof=2026-01-01",
        "as_of=1999-12-31",
        "as_of=2026-11-03",
        "as_of=yesterday",
        "as_of=2026-05-01&since=2026-06-01",
    ],
)
def test_a_bad_parameter_is_refused_and_named(project: TestClient, query: str) -> None:
    answer = project.get(f"{ADDRESS}?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] in query


def test_a_format_that_does_not_exist_is_answered_with_those_that_do(project: TestClient) -> None:
    answer = project.get(f"{ADDRESS}?format=ods")

    assert "json, csv, xlsx, pdf" in answer.json()["errors"][0]["detail"]


def test_strangers_and_investors_get_no_figures(
    client: TestClient, with_token: Callable[..., TestClient]
) -> None:
    assert client.get(ADDRESS).status_code == 401
    assert with_token("investor").get(ADDRESS).status_code == 403


def test_an_editor_gets_the_own_municipality_without_a_total(
    project: TestClient, with_token: Callable[..., TestClient]
) -> None:
    found = with_token("editor", "2184").get(ADDRESS).json()

    assert [place["code"] for place in found["municipalities"]] == ["2184"]
    assert found["total"] is None
