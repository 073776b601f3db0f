"""The table of a search: the list's equal, with the columns that were chosen."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site

UNKNOWN = {"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-03-12"}
SignedIn = Callable[..., TestClient]


@pytest.fixture
def two(databases: Databases) -> None:
    a_site(databases, name_sv="Stora fältet", area_net_ha=55.5, sewage_m3_day=UNKNOWN)
    a_site(databases, name_sv="Lilla tomten", municipality="2180", area_net_ha=12)


def cells(html: str) -> list[list[str]]:
    """The words of the table's cells, row by row."""
    body = html.split('class="table search-table"')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    return [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def column(html: str, number: int) -> list[str]:
    return [row[number] for row in cells(html)[1:]]


def test_chosen_columns_stand_in_their_order_with_units_in_the_headings(
    two: None, client: TestClient
) -> None:
    page = client.get("/?view=table&columns=area_net_ha,sewage_m3_day&sort=-area_net_ha").text

    assert cells(page)[0][2:4] == ["Nettoyta som kan bebyggas ha", "Avlopp m³/dygn"]
    assert [text.split()[0] for text in column(page, 2)] == ["55,5", "12"]


def test_an_unknown_value_says_whom_has_been_asked(two: None, client: TestClient) -> None:
    page = client.get("/?view=table&columns=sewage_m3_day&sort=-area_net_ha").text

    assert "Okänd : Helsinge Vatten fick frågan 12 mars 2026" in column(page, 2)[0]


def test_a_heading_sorts_and_then_sorts_the_other_way(two: None, client: TestClient) -> None:
    page = client.get("/?view=table&columns=area_net_ha").text
    first = unescape(re.findall(r'<a href="([^"]*sort=[^"]*area_net_ha[^"]*)"', page)[0])
    again = client.get(first).text

    assert "sort=-area_net_ha" in first
    assert 'aria-sort="descending"' in again
    assert "sort=area_net_ha" in unescape(again)
    assert "view=table" in first
    assert "columns=area_net_ha" in first


def test_the_form_and_every_link_keep_the_table(two: None, client: TestClient) -> None:
    page = client.get("/?view=table&columns=area_net_ha&bidding_area=SE2").text

    chips = page.split('id="chips"')[1].split("</div>")[0]
    assert "view=table" in chips
    assert '<input type="hidden" name="columns" value="area_net_ha">' in page
    assert '<input type="hidden" name="view" value="table">' in page


def test_a_filter_in_the_table_shows_the_same_sites_as_the_list(
    two: None, client: TestClient
) -> None:
    page = client.get("/?view=table&area_net_ha_min=40").text

    assert [text.split(" GVB")[0] for text in column(page, 0)] == ["Stora fältet"]


def test_columns_ticked_one_by_one_are_the_same_as_between_commas(
    two: None, client: TestClient
) -> None:
    page = client.get("/?view=table&columns=area_net_ha&columns=ownership").text

    assert [text.split()[0] for text in cells(page)[0][2:4]] == ["Nettoyta", "Markägare"]


def test_a_column_that_does_not_exist_is_refused(two: None, client: TestClient) -> None:
    answer = client.get("/?view=table&columns=hemligt")

    assert answer.status_code == 400
    assert "Det finns ingen kolumn hemligt" in answer.text


def test_a_registered_column_is_offered_to_registered_readers_alone(
    two: None, client: TestClient, signed_in: SignedIn
) -> None:
    there = "/?view=table&columns=connection_cost_msek"

    assert client.get(there).status_code == 400
    assert signed_in("investor").get(there).status_code == 200


def test_a_part_of_the_page_holds_the_table_too(two: None, client: TestClient) -> None:
    answer = client.get("/?view=table&area_net_ha_min=40", headers={"HX-Request": "true"})

    assert "search-table" in answer.text
    assert answer.headers["hx-push-url"] == "/?area_net_ha_min=40&view=table"
