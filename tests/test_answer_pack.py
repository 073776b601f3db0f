"""The answer pack: the same values as the page and the interface, in the client's own order."""

import io
import zipfile
from typing import Any

import openpyxl
import pypdfium2
import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site

ASKED: dict[str, Any] = {
    "requirements": [
        {"key": "power_mw", "op": "min", "value": 150, "year": 2029, "question": "Q7 Power"},
        {"key": "area_net_ha", "op": "min", "value": 60, "fragment": "=60 ha"},
    ]
}


@pytest.fixture
def reference(databases: Databases) -> str:
    return a_site(
        databases,
        name_en="Häggesta North",
        area_net_ha=60,
        power_timeline={
            "value": [{"year": 2029, "mw": 120.5, "firm": True}],
            "basis": "utility_written",
            "as_of": "2026-10-01",
            "source": "Ellevio, brev",
        },
    ).reference


def packed(client: TestClient, wanted: str, **query: Any) -> bytes:
    answer = client.post(
        "/api/v1/matches", json=ASKED, params={"format": wanted, "language": "en", **query}
    )
    assert answer.status_code == 200, answer.text
    content: bytes = answer.content
    return content


def plain(value: Any) -> Any:
    """A cell with ordinary spaces. Any: cells differ in type."""
    return value.replace("\N{NO-BREAK SPACE}", " ") if isinstance(value, str) else value


def test_the_workbook_answers_in_the_clients_order_with_what_stands_behind(
    client: TestClient, reference: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(packed(client, "xlsx")))

    rows = [
        [plain(value) for value in row]
        for row in book["Answers"].iter_rows(min_row=6, values_only=True)
    ]

    assert rows[0][:5] == [1, "Q7 Power", "Power: at least 150 MW by 2029", "Must", 1]
    assert rows[0][5:10] == ["Häggesta North", reference, 120.5, "not met", "29.5 MW short"]
    assert rows[0][11] == "in writing, from the utility"
    assert rows[0][13] == "Ellevio, brev"
    assert rows[1][7] == 60


def test_a_clients_words_are_never_run_as_a_formula(client: TestClient, reference: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(packed(client, "xlsx")))

    cell = book["Answers"].cell(row=7, column=2)

    assert (cell.value, cell.data_type) == ("=60 ha", "s")


def test_the_document_tells_the_same_in_words(client: TestClient, reference: str) -> None:
    document = pypdfium2.PdfDocument(packed(client, "pdf"))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()

    text = " ".join(" ".join(pages).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "Häggesta North" in text
    assert "120.5 MW" in text
    assert "29.5 MW short" in text
    assert "Ellevio, brev" in text


def test_everything_in_one_file_holds_a_fact_sheet_of_each_site(
    client: TestClient, reference: str
) -> None:
    bundle = zipfile.ZipFile(io.BytesIO(packed(client, "zip", reference=reference)))

    assert bundle.namelist() == ["answer.pdf", "answer.xlsx", f"{reference}.pdf"]


def test_a_site_that_is_not_published_cannot_be_packed(
    client: TestClient, databases: Databases, reference: str
) -> None:
    draft = a_site(databases, status="draft").reference

    answer = client.post(
        "/api/v1/matches", json=ASKED, params={"format": "xlsx", "reference": draft}
    )

    assert answer.status_code == 404


def test_what_is_not_public_stands_in_no_part_of_a_public_pack(
    client: TestClient, databases: Databases
) -> None:
    a_site(databases, connection_cost_msek=2731, area_net_ha=60)

    bundle = zipfile.ZipFile(io.BytesIO(packed(client, "zip")))
    book = openpyxl.load_workbook(io.BytesIO(bundle.read("answer.xlsx")))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}

    assert not any("731" in str(cell) for cell in cells)
