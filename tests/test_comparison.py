"""Sites side by side: what stands in each column, what is best and worst, and what is refused."""

import csv
import io
import re
from typing import Any

import openpyxl
import pypdfium2
import pytest
from starlette.testclient import TestClient

from catalogue.comparisons.comparison import Standing, standings
from catalogue.database import Databases
from catalogue.fields import PROFILE, SITE
from tests.builders import a_site

COMPARISONS = "/api/v1/comparisons"
UNKNOWN = {"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-03-12"}


@pytest.fixture
def two(databases: Databases) -> str:
    """A large site far from everything known, and a small one whose sewage is not known."""
    a_site(
        databases, name_sv="Stora fältet", area_gross_ha=60, area_net_ha=55.5, power_now_mw=20,
        connection_lead_months=[12, 36],
    )  # fmt: skip
    a_site(
        databases, name_sv="Lilla tomten", municipality="2180", area_gross_ha=16, area_net_ha=12,
        power_now_mw=80, connection_lead_months=[20, 24], sewage_m3_day=UNKNOWN,
    )  # fmt: skip
    return "reference=GVB-2183-001&reference=GVB-2180-001"


def row(answer: Any, key: str) -> dict[str, Any]:
    """Any: JSON."""
    found: dict[str, Any] = next(one for one in answer.json()["rows"] if one["key"] == key)
    return found


def said(html: str) -> str:
    """What a page says, without its marking up."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def table_row(html: str, key: str) -> str:
    return said(html.split(f'id="row-{key}"')[1].split("</tr>", maxsplit=1)[0])


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("area_net_ha", [10, 20.5, None, 20.5], ["worst", "best", "", "best"]),
        ("price_sek_m2", [300, 80], ["worst", "best"]),
        ("connection_lead_months", [[6, 48], [30, 36]], ["worst", "best"]),
        ("earliest_construction_start", ["2027-03-01", "2029-01-01"], ["best", "worst"]),
        ("detaljplan_status", ["samrad", "laga_kraft", "upphavd"], ["worst", "best", ""]),
        ("dark_fibre", [True, False], ["best", "worst"]),
        ("elevation_m", [10, 200], ["", ""]),
        ("area_net_ha", [20, 20], ["", ""]),
        ("area_net_ha", [20, None], ["", ""]),
    ],
)
def test_best_and_worst_are_told_where_a_direction_has_meaning(
    key: str, values: list[Any], expected: list[Standing]
) -> None:
    assert standings(SITE[key], values) == expected


def test_only_what_can_be_measured_has_a_direction() -> None:
    directed = [one for one in (*SITE.values(), *PROFILE.values()) if one.better]

    assert {one.kind for one in directed} <= {"number", "integer", "span", "date", "flag", "code"}
    assert all(one.ordered for one in directed if one.kind == "code")


def test_the_sites_stand_in_the_order_asked_for(two: str, client: TestClient) -> None:
    answer = client.get(f"{COMPARISONS}?reference=GVB-2180-001,GVB-2183-001")

    assert [site["reference"] for site in answer.json()["sites"]] == [
        "GVB-2180-001", "GVB-2183-001",
    ]  # fmt: skip
    assert [one["value"] for one in row(answer, "area_net_ha")["values"]] == [12, 55.5]


def test_an_unknown_value_says_who_was_asked_and_when(two: str, client: TestClient) -> None:
    answer = client.get(f"{COMPARISONS}?{two}")

    assert row(answer, "sewage_m3_day")["values"][1] == {
        "value": None, "standing": None, "state": "unknown", "asked": "Helsinge Vatten",
        "asked_on": "2026-03-12",
    }  # fmt: skip
    page = client.get(f"/compare?{two}").text
    assert "Helsinge Vatten fick frågan 12 mars 2026" in table_row(page, "sewage_m3_day").replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_the_page_marks_best_and_worst_in_words(two: str, client: TestClient) -> None:
    page = client.get(f"/en/compare?{two}").text

    assert re.search("55.5.ha.* best .*12.ha.* worst", table_row(page, "area_net_ha"))
    assert "best" not in table_row(page, "ownership")


def test_the_municipalities_own_profiles_are_compared_too(
    two: str, client: TestClient, with_token: Any
) -> None:
    for code, months in (("2183", 14), ("2180", 9)):
        editor, profile = with_token("editor", code), f"/api/v1/municipalities/{code}"
        headers = {"If-Match": editor.get(profile).headers["etag"]}
        editor.patch(profile, json={"plan_lead_months": months}, headers=headers)

    found = row(client.get(f"{COMPARISONS}?{two}"), "plan_lead_months")

    assert found["theme"] == "profile-planning"
    assert [(one["value"], one["standing"]) for one in found["values"]] == [
        (14, "worst"), (9, "best"),
    ]  # fmt: skip


def test_only_differences_leaves_out_what_is_the_same(two: str, client: TestClient) -> None:
    page = client.get(f"/compare?{two}&differences=true").text

    assert 'id="row-area_net_ha"' in page
    assert 'id="row-ownership"' not in page


def test_what_no_site_has_given_is_named_once(two: str, client: TestClient) -> None:
    page = client.get(f"/compare?{two}").text

    assert 'id="row-fire_water_l_s"' not in page
    assert SITE["fire_water_l_s"].label.sv in said(page)


def test_an_unknown_reference_is_told_and_the_others_are_shown(
    two: str, client: TestClient
) -> None:
    answer = client.get(f"/compare?{two}&reference=GVB-2184-099")

    assert answer.status_code == 200
    assert "GVB-2184-099 finns inte i katalogen" in said(answer.text)
    assert 'id="row-area_net_ha"' in answer.text


def test_a_seventh_site_is_left_out_and_named(databases: Databases, client: TestClient) -> None:
    for _ in range(7):
        a_site(databases)
    seven = "&".join(f"reference=GVB-2183-00{number}" for number in range(1, 8))

    answer = client.get(f"/compare?{seven}")

    assert "GVB-2183-007 är inte med" in said(answer.text)
    assert 'data-reference="GVB-2183-006"' in answer.text
    assert 'data-reference="GVB-2183-007"' not in answer.text
    assert 'name="add"' not in answer.text


def test_the_same_site_twice_is_shown_once(two: str, client: TestClient) -> None:
    answer = client.get(f"/compare?{two}&reference=gvb-2183-001")

    assert "GVB-2183-001 stod med två gånger" in said(answer.text)
    assert answer.text.count('<th scope="col" data-reference="GVB-2183-001"') == 1


def test_the_api_refuses_what_the_page_only_tells(two: str, client: TestClient) -> None:
    for wrong in ("reference=GVB-2184-099", f"{two}&reference=GVB-2183-001", "", "format=csv"):
        answer = client.get(f"{COMPARISONS}?{wrong}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "reference"


def test_a_comparison_of_nothing_that_exists_is_not_found(client: TestClient) -> None:
    assert client.get("/compare?reference=GVB-2184-099").status_code == 404


def test_an_empty_comparison_tells_how_to_begin(client: TestClient) -> None:
    answer = client.get("/compare")

    assert answer.status_code == 200
    assert "Inga platser är valda än" in answer.text


def test_a_name_that_points_out_one_site_adds_it(two: str, client: TestClient) -> None:
    answer = client.get("/compare?reference=GVB-2183-001&add=lilla", follow_redirects=False)

    assert answer.headers["location"] == ("/compare?reference=GVB-2183-001&reference=GVB-2180-001")


def test_a_name_that_several_have_is_asked_about(two: str, client: TestClient) -> None:
    a_third = "reference=GVB-2183-001&add=GVB"

    answer = client.get(f"/compare?{a_third}", follow_redirects=False)

    assert answer.status_code == 303


def test_a_name_that_nobody_has_is_said(two: str, client: TestClient) -> None:
    answer = client.get(f"/compare?{two}&add=Atlantis")

    assert "Ingen plats heter något med ”Atlantis”" in said(answer.text)


def test_the_workbook_holds_the_same_numbers_as_the_api(two: str, client: TestClient) -> None:
    rows = client.get(f"{COMPARISONS}?{two}").json()["rows"]
    answer = client.get(f"/compare?{two}&format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    found = {
        (cells[0], cells[1] or ""): [cells[2], cells[4]]
        for cells in sheet.iter_rows(min_row=6, values_only=True)
    }

    numbers = [
        one for one in rows if any(type(each["value"]) in (int, float) for each in one["values"])
    ]
    assert len(numbers) > 15
    for one in numbers:
        told = [each["value"] for each in one["values"]]
        shown = found[one["label_sv"], (SITE | PROFILE)[one["key"]].unit.sv]
        assert [a for a, b in zip(shown, told, strict=True) if b is not None] == [
            each for each in told if each is not None
        ]


def test_the_workbook_marks_best_by_a_sign_and_keeps_the_number(
    two: str, client: TestClient
) -> None:
    answer = client.get(f"/compare?{two}&format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = next(
        cells for cells in sheet.iter_rows() if cells[0].value == SITE["area_net_ha"].label.sv
    )

    assert cells[2].value == 55.5
    assert "▲" in cells[2].number_format
    assert "▽" in cells[4].number_format


def test_the_document_holds_the_sites_and_their_values(two: str, client: TestClient) -> None:
    answer = client.get(f"/en/compare?{two}&format=pdf")
    document = pypdfium2.PdfDocument(answer.content)
    words = "".join(page.get_textpage().get_text_range() for page in document)

    assert answer.headers["content-type"] == "application/pdf"
    assert b"pdfuaid" in answer.content
    assert "55.5" in words
    assert "Helsinge Vatten was asked on" in " ".join(words.split())


def test_the_csv_has_a_column_for_each_site(two: str, client: TestClient) -> None:
    answer = client.get(f"{COMPARISONS}?{two}&format=csv")
    rows = {one["key"]: one for one in csv.DictReader(io.StringIO(answer.text))}

    assert rows["area_net_ha"]["GVB-2183-001"] == "55.5"
    assert rows["area_net_ha"]["GVB-2180-001"] == "12.0"


def test_registered_readers_alone_see_registered_values(
    databases: Databases, client: TestClient, signed_in: Any
) -> None:
    a_site(databases, connection_cost_msek=37.25)

    public = client.get(f"{COMPARISONS}?reference=GVB-2183-001").text
    registered = signed_in("investor").get(f"{COMPARISONS}?reference=GVB-2183-001")

    assert "37.25" not in public
    assert row(registered, "connection_cost_msek")["values"][0]["value"] == 37.25


def test_the_curves_of_all_sites_are_in_one_chart_with_a_table(
    two: str, client: TestClient
) -> None:
    page = client.get(f"/en/compare?{two}").text
    power = page.split('id="power-title"')[1].split("</section>")[0]

    assert re.findall(r'class="compare-curve" data-curve="(\d)"', power) == ["1", "2"]
    assert re.search(r"2026 20 80 .*2029 120 120", said(power.split("<tbody>")[1]))


def test_a_shortlist_in_the_address_works_without_script(two: str, client: TestClient) -> None:
    page = client.get(f"/shortlist?{two}").text

    assert 'data-item="GVB-2183-001"' in page
    assert "/compare?reference=GVB-2183-001&amp;reference=GVB-2180-001" in page


def test_an_empty_shortlist_explains_itself_without_script(client: TestClient) -> None:
    page = client.get("/shortlist").text

    assert "Kortlistan behöver JavaScript" in page.split("<noscript>")[1].split("</noscript>")[0]


def test_the_workbook_of_a_shortlist_holds_the_notes(two: str, client: TestClient) -> None:
    answer = client.post(
        "/shortlist/workbook",
        data={
            "reference": ["GVB-2180-001", "GVB-2183-001"],
            "note-GVB-2183-001": "=Fråga om rälsen",
        },
    )
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]

    assert [sheet.cell(6, column).value for column in (1, 3, 5)] == [
        "Anteckning", "", "=Fråga om rälsen",
    ]  # fmt: skip
    assert sheet.cell(6, 5).data_type == "s"


def test_a_note_that_is_too_long_is_refused(two: str, client: TestClient) -> None:
    answer = client.post(
        "/shortlist/workbook",
        data={"reference": "GVB-2183-001", "note-GVB-2183-001": "x" * 1_001},
    )

    assert answer.status_code == 422
