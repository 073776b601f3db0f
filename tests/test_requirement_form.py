"""The requirements read from a text are confirmed, changed and added to, with nothing lost."""

import pytest
from starlette.testclient import TestClient

from tests.request_texts import controls

MAIL = "Minst 60 hektar, 150 MW senast 2029 (fast), SE2 eller SE3, gärna svartfiber, plan mark."


def opened(client: TestClient) -> str:
    answer = client.post("/match", data={"text": MAIL}, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    text: str = answer.text
    return text


def changed(page: str, **parts: str | list[str]) -> dict[str, str | list[str]]:
    """What a browser sends of the page, some of it changed: `r0_value` for `r0-value`."""
    return {**controls(page), **{name.replace("_", "-"): text for name, text in parts.items()}}


def test_each_requirement_stands_beside_the_words_it_came_from(client: TestClient) -> None:
    page = opened(client)

    assert page.count('class="panel requirement"') == 4
    assert "”150 MW senast 2029 (fast)”" in page
    assert "plan mark" in page


def test_a_form_sent_as_it_is_asks_for_what_was_read(client: TestClient) -> None:
    answer = client.post(
        "/match/requirements", data=controls(opened(client)), follow_redirects=True
    )

    again = client.get("/match/requirements", params={"asked": answer.url.params["asked"]})
    sent, kept = controls(opened(client)), controls(again.text)
    assert {name: kept[name] for name in sent} == sent


@pytest.mark.parametrize(
    ("part", "text"), [("value", "sextio"), ("value", ""), ("weight", "11"), ("value", "-5")]
)
def test_a_fault_stands_at_its_field_and_nothing_is_lost(
    client: TestClient, part: str, text: str
) -> None:
    sent = changed(opened(client), **{f"r0_{part}": text})

    answer = client.post("/match/requirements", data=sent)

    assert answer.status_code == 422
    assert f'href="#r0-{part}"' in answer.text
    assert f'id="r0-{part}-error"' in answer.text
    assert controls(answer.text) == sent


def test_a_condition_is_removed_and_another_added(client: TestClient) -> None:
    sent = changed(opened(client), r0_remove="true", action="add", need="sewage_m3_day")

    page = client.post("/match/requirements", data=sent).text

    keys = [text for name, text in controls(page).items() if name.endswith("-key")]
    assert keys == ["power_mw", "bidding_area", "dark_fibre", "sewage_m3_day"]


def test_words_not_understood_become_a_condition(client: TestClient) -> None:
    sent = {**controls(opened(client)), "from": "0"}

    page = client.post("/match/requirements", data=sent).text

    assert controls(page)["r4-key"] == "slope_pct"


def test_a_spreadsheet_is_read_instead_of_the_text(client: TestClient) -> None:
    file = {"file": ("krav.csv", "Nr;Krav;Värde;Enhet\n1;Markyta;12;ha\n", "text/csv")}

    page = client.post("/match", data={"text": ""}, files=file, follow_redirects=True).text

    assert (controls(page)["r0-key"], controls(page)["r0-question"]) == ("area_net_ha", "1")


def test_a_file_that_is_no_spreadsheet_is_refused_at_its_field(client: TestClient) -> None:
    answer = client.post("/match", files={"file": ("krav.pdf", b"%PDF-1.7", "application/pdf")})

    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
