"""Files of progress narrowed by municipality and theme: what they hold, and that they say so."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pypdfium2
import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site, known_since
from tests.test_progress_exports import rows

ADDRESS = "/api/v1/progress"
ASKED = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-10-03"}
TWO = "municipality=2183&municipality=Hudiksvall"


@pytest.fixture
def county(databases: Databases) -> None:
    """Bollnäs and Hudiksvall share a substation; Gävle has one of its own."""
    a_site(databases, power_now_mw=80, substation="Kilafors", area_net_ha=10)
    a_site(databases, municipality="2184", power_now_mw=120, substation="Kilafors", area_net_ha=20)
    a_site(databases, municipality="2180", power_now_mw=ASKED, area_net_ha=40)
    known_since(databases, datetime(2026, 11, 1, 12, tzinfo=UTC))


@pytest.fixture
def office(county: None, with_token: Callable[..., TestClient]) -> TestClient:
    return with_token("project")


def test_json_of_two_municipalities_adds_up_those_two(office: TestClient) -> None:
    found = office.get(f"{ADDRESS}?{TWO}").json()

    assert found["narrowed_to"] == {"municipalities": ["2183", "2184"], "theme": None}
    assert [one["code"] for one in found["municipalities"]] == ["2183", "2184"]
    numbers = found["total"]["figures"]
    assert numbers["area_net_ha"]["value"] == 30
    # The substation that they share is counted once.
    assert numbers["power_mw_now"]["value"] == 120


def test_csv_names_those_that_are_added_up(office: TestClient) -> None:
    told = rows(office.get(f"{ADDRESS}?{TWO}&format=csv&language=sv").text)

    [total] = [one for one in told if (one["municipality_code"], one["figure"]) == ("", "sites")]
    assert (total["municipality"], total["value"]) == ("Bollnäs och Hudiksvall", "2")
    assert "Gävle" not in {one["municipality"] for one in told}


def test_a_theme_holds_its_figures_and_its_fields(office: TestClient) -> None:
    found = office.get(f"{ADDRESS}?municipality=Gävle&theme=power").json()
    told = rows(office.get(f"{ADDRESS}?municipality=2180&theme=power&format=csv").text)

    [gavle] = found["municipalities"]
    assert set(gavle["figures"]) == {"completeness_power", "asked_power"}
    [field] = [one for one in found["fields"] if one["key"] == "power_now_mw"]
    assert (field["total"]["applicable"], field["total"]["asked"]) == (1, 1)
    assert [one["key"] for one in found["definitions"]] == ["completeness", "asked"]
    asked = next(one for one in told if one["figure"] == "field_power_now_mw_asked")
    assert (asked["municipality"], asked["value"]) == ("Gävle", "1")


def test_the_workbook_says_what_it_was_narrowed_to(office: TestClient) -> None:
    answer = office.get(f"{ADDRESS}?{TWO}&theme=power&format=xlsx&language=sv")
    book = load_workbook(io.BytesIO(answer.content))

    assert book.sheetnames == ["Sammanfattning", "Fält för fält", "Definitioner"]
    for sheet in book:
        assert str(sheet["A2"].value).startswith("Urval: Bollnäs och Hudiksvall, tema El.")
    assert "2183-2184-power" in answer.headers["content-disposition"]
    headings = [cell.value for cell in book["Fält för fält"][5]]
    assert headings[:4] == ["Fält", "Bollnäs (%)", "Hudiksvall (%)", "De valda (%)"]


def test_the_report_on_paper_is_of_those_chosen(office: TestClient) -> None:
    content = office.get(f"{ADDRESS}?{TWO}&format=pdf&language=sv").content

    document = pypdfium2.PdfDocument(content)
    text = document[0].get_textpage().get_text_bounded()
    assert "Bollnäs och Hudiksvall" in text
    assert "Söderhamn" not in text


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("municipality=0000", "municipality"),
        ("municipality=2183&municipality=Nowhere", "municipality"),
        ("theme=identity", "theme"),
        ("theme=power&format=pdf", "theme"),
    ],
)
def test_a_part_that_there_is_not_is_refused(office: TestClient, query: str, where: str) -> None:
    answer = office.get(f"{ADDRESS}?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == where


def test_an_editor_cannot_choose_another_municipality(
    county: None, with_token: Callable[..., TestClient]
) -> None:
    assert with_token("editor", "2183").get(f"{ADDRESS}?municipality=2184").status_code == 400


def test_the_page_offers_files_as_narrow_as_itself(
    county: None, signed_in: Callable[..., TestClient]
) -> None:
    client = signed_in("project")

    shown = client.get("/en/progress?municipality=2183&municipality=2184&theme=power").text
    report = client.get(f"/en/progress/report?{TWO}").text

    assert "municipality=2183&amp;municipality=2184&amp;theme=power" in shown
    assert "Bollnäs and Hudiksvall, as it was known" in report
    workbook = client.get("/progress/report.xlsx?municipality=2183&theme=power")
    assert workbook.status_code == 200
