"""One value, one number, one unit: on the page, the fact sheet, the comparison, the answer pack, in
files and API.

The texts are written by hand, in each language's way of writing numbers.
"""

import csv
import io
import re
from typing import Any

import openpyxl
import pypdfium2
import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.fields import SITE
from geo.texts import Language
from tests.builders import a_site

NUMBERS: dict[str, tuple[float | list[int], str, str]] = {
    "area_gross_ha": (61.5, "61,5 ha", "61.5 ha"),
    "area_net_ha": (50.3, "50,3 ha", "50.3 ha"),
    "largest_contiguous_ha": (41.7, "41,7 ha", "41.7 ha"),
    "expansion_ha": (1234.5, "1 234,5 ha", "1,234.5 ha"),
    "min_plot_ha": (7.9, "7,9 ha", "7.9 ha"),
    "price_sek_m2": (455, "455 kr/m²", "455 SEK/m²"),
    "land_access_months": (11, "11 månader", "11 months"),
    "elevation_m": (137, "137 m", "137 m"),
    "slope_pct": (3.5, "3,5 %", "3.5 %"),
    "depth_to_rock_m": (12.5, "12,5 m", "12.5 m"),
    "max_building_height_m": (31.5, "31,5 m", "31.5 m"),
    "power_now_mw": (17.5, "17,5 MW", "17.5 MW"),
    "connection_voltage_kv": ([36, 145], "36, 145 kV", "36, 145 kV"),
    "connection_lead_months": ([13, 27], "13–27 månader", "13–27 months"),
    "outage_min_year": (83, "83 min/år", "83 min/year"),
    "fossil_free_pct": (97.5, "97,5 %", "97.5 %"),
    "drinking_water_m3_day": (1850, "1 850 m³/dygn", "1,850 m³/day"),
    "process_water_m3_day": (12500, "12 500 m³/dygn", "12,500 m³/day"),
    "cooling_water_distance_km": (4.5, "4,5 km", "4.5 km"),
    "summer_temp_c": (16.5, "16,5 °C", "16.5 °C"),
    "sewage_m3_day": (1450, "1 450 m³/dygn", "1,450 m³/day"),
    "fire_water_l_s": (41, "41 l/s", "41 l/s"),
    "latency_ms_stockholm": (6.5, "6,5 ms", "6.5 ms"),
    "excess_heat_offtake_mw": (22.5, "22,5 MW", "22.5 MW"),
    "env_lead_days": (480, "480 dagar", "480 days"),
}
BESIDES: dict[str, Any] = {
    "divisible": True,
    "power_timeline": [{"year": 2026, "mw": 17.5, "firm": True}],
    "cooling_water_source": "river",
    "process_water_source": "river",
    "env_permit": "applied",
    "env_instance": "A_court",
    "rail_siding": "feasible",
}
"""What the numbers ask for beside themselves."""
LANGUAGES: tuple[Language, ...] = ("sv", "en")


@pytest.fixture
def reference(databases: Databases) -> str:
    values = {key: value for key, (value, _, _) in NUMBERS.items()}
    written = {
        "value": values["drinking_water_m3_day"],
        "basis": "utility_written",
        "as_of": "2026-10-03",
        "source": "Helsinge Vatten",
    }
    a_site(databases, name_sv="Ett annat fält", power_now_mw=1)
    made = a_site(databases, **{**BESIDES, **values, "drinking_water_m3_day": written})
    return made.reference


def plain(text: str) -> str:
    """On one line, every kind of space as one."""
    return " ".join(text.split())


def said(html: str) -> str:
    return plain(re.sub(r"<[^>]+>", " ", html))


def expected(language: Language) -> dict[str, str]:
    return {key: sv if language == "sv" else en for key, (_, sv, en) in NUMBERS.items()}


def missing(text: str, language: Language) -> list[str]:
    """Numbers with their units that do not stand in the text as whole words."""
    return [
        one
        for one in expected(language).values()
        if not re.search(rf"(?<![\d,.]){re.escape(one)}(?!\w)", text)
    ]


def path(language: Language, address: str) -> str:
    return f"/en{address}" if language == "en" else address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_page_says_every_number(
    client: TestClient, reference: str, language: Language
) -> None:
    text = said(client.get(path(language, f"/sites/{reference}")).text)

    assert missing(text, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fact_sheet_says_every_number(
    client: TestClient, reference: str, language: Language
) -> None:
    content = client.get(f"/sites/{reference}.pdf", params={"lang": language}).content
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]

    assert missing(plain(" ".join(pages)), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_comparison_says_every_number_in_its_row(
    client: TestClient, reference: str, language: Language
) -> None:
    query = f"reference={reference}&reference=GVB-2183-001"
    html = client.get(path(language, f"/compare?{query}")).text

    for key, text in expected(language).items():
        row = said(html.split(f'id="row-{key}"')[1].split("</tr>", maxsplit=1)[0])
        assert text in row, row


def test_the_api_says_every_number(client: TestClient, reference: str) -> None:
    properties = client.get(f"/api/v1/sites/{reference}").json()["properties"]
    compared = client.get(f"/api/v1/comparisons?reference={reference}").json()["rows"]
    values = {row["key"]: row["values"][0]["value"] for row in compared}

    for key, (value, _, _) in NUMBERS.items():
        assert (properties[key], values[key]) == (value, value), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_says_every_number_under_its_unit(
    client: TestClient, reference: str, language: Language
) -> None:
    spoken = {"Accept-Language": language}
    answer = client.get("/api/v1/sites?format=xlsx", headers=spoken)
    cells = by_heading(openpyxl.load_workbook(io.BytesIO(answer.content)), reference)

    for key, (value, _, _) in NUMBERS.items():
        field = SITE[key]
        unit = field.unit.in_language(language)
        heading = next(one for one in cells if one.startswith(field.label.in_language(language)))
        assert unit in heading
        if not isinstance(value, list):
            assert cells[heading] == value, key


def by_heading(book: openpyxl.Workbook, reference: str) -> dict[str, Any]:
    """The site's cells of the sheet of values. Any: cells."""
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    own = next(row for row in rows if reference in row)
    headings = next(row for row in rows if sum(cell is not None for cell in row) > 20)
    return {plain(str(name)): cell for name, cell in zip(headings, own, strict=True) if name}


def test_the_csv_says_every_number(client: TestClient, reference: str) -> None:
    text = client.get("/api/v1/sites?format=csv").text.removeprefix("\ufeff")
    own = next(row for row in csv.DictReader(io.StringIO(text)) if row["reference"] == reference)

    for key, (value, _, _) in NUMBERS.items():
        if not isinstance(value, list):
            assert float(own[key]) == value, key


ASKED = {
    "requirements": [
        {"key": "power_mw" if key == "power_now_mw" else key, "op": op, "value": limit}
        for key in NUMBERS
        for op, limit in [("max", 60) if key == "connection_lead_months" else ("min", 1)]
    ]
}
"""Every number asked for; a site's answer is the number that it has."""


def packed(client: TestClient, reference: str, wanted: str, language: Language) -> bytes:
    query = {"format": wanted, "language": language, "reference": reference}
    answer = client.post("/api/v1/matches", json=ASKED, params=query)
    assert answer.status_code == 200, answer.text
    return answer.content


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_pack_says_every_number_before_its_fact_sheets(
    client: TestClient, reference: str, language: Language
) -> None:
    content = packed(client, reference, "pdf", language)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    first_words = {"sv": "Fullständighet", "en": "Completeness"}[language]
    sheet = next(place for place, page in enumerate(pages) if first_words in page)

    answers, sheets = plain(" ".join(pages[:sheet])), plain(" ".join(pages[sheet:]))
    assert (missing(answers, language), missing(sheets, language)) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_packs_workbook_says_every_number_with_its_unit(
    client: TestClient, reference: str, language: Language
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(packed(client, reference, "xlsx", language)))
    answers = [row[7] for row in book.worksheets[1].iter_rows(min_row=6)]
    themes = [cell for sheet in book.worksheets[2:] for row in sheet.iter_rows(values_only=True)
              for cell in row if cell]  # fmt: skip

    for (key, (value, _, _)), cell in zip(NUMBERS.items(), answers, strict=True):
        if not isinstance(value, list):
            unit = SITE[key].unit.in_language(language)
            assert (cell.value, unit in cell.number_format) == (value, True), key
    assert missing(plain(" | ".join(map(str, themes))), language) == []


def test_a_match_says_every_number(client: TestClient, reference: str) -> None:
    found = client.post("/api/v1/matches", json=ASKED, params={"limit": 100}).json()["sites"]
    own = next(site for site in found if site["reference"] == reference)

    for (key, (value, _, _)), result in zip(NUMBERS.items(), own["results"], strict=True):
        if not isinstance(value, list):
            assert result["value"] == value, key
