"""The matcher's pages: a request pasted, and the sites that answer it shown in both languages."""

import re
import zlib
from base64 import urlsafe_b64encode
from typing import Any

import orjson
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.requests.asked import Asked, packed, unpacked
from catalogue.requests.leftovers import NOT_SURE, Unread
from catalogue.requests.requirements import read_requirements
from tests.builders import a_site

NAMES = {"2183": "Bollnäs"}
LAND = {"key": "area_net_ha", "op": "min", "value": 60}
POWER = {"key": "power_mw", "op": "min", "value": 100, "year": 2029, "weight": 2}
COST = {"key": "connection_cost_msek", "op": "max", "value": 3000}


def asked(*given: dict[str, Any], words: tuple[str, ...] = ()) -> Asked:
    unread = tuple(Unread(one, NOT_SURE) for one in words)
    return Asked(read_requirements(list(given), NAMES), unread)


def shown(client: TestClient, wanted: Asked, language: str = "") -> str:
    answer = client.get(f"{language}/match", params={"asked": packed(wanted)})
    assert answer.status_code == 200, answer.text
    text: str = answer.text
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_asked_survives_the_address() -> None:
    wanted = asked(LAND, POWER, words=("takhöjd 12 m",))

    assert unpacked(packed(wanted), NAMES) == wanted


def test_pasted_text_leads_to_an_answer_that_can_be_linked_to(
    client: TestClient, databases: Databases
) -> None:
    a_site(databases, area_net_ha=60, name_sv="Häggesta norra")

    read = client.post("/match", data={"text": "Minst 40 hektar."}, follow_redirects=False)
    wanted = unpacked(read.headers["location"].partition("asked=")[2], NAMES)

    assert "Häggesta norra" in shown(client, wanted)


def test_an_empty_request_is_asked_for_again_with_the_fault_at_the_field(
    client: TestClient,
) -> None:
    answer = client.post("/match", data={"text": ""})

    assert answer.status_code == 422
    assert 'href="#text"' in answer.text


def test_a_broken_link_says_what_to_do(client: TestClient) -> None:
    answer = client.get("/match", params={"asked": "eNp1jl"})

    assert answer.status_code == 400
    assert "Börja om med förfrågan" in answer.text


def test_a_near_miss_is_told_in_words(client: TestClient, databases: Databases) -> None:
    a_site(databases, area_net_ha=60, power_timeline=[{"year": 2029, "mw": 98, "firm": True}])

    assert "98 av 100 MW år 2029" in shown(client, asked(LAND, POWER))
    assert "98 of 100 MW by 2029" in shown(client, asked(LAND, POWER), "/en")


def test_what_was_not_understood_is_told_and_escaped(
    client: TestClient, databases: Databases
) -> None:
    page = shown(client, asked(LAND, words=("<b>takhöjd</b>",)))

    assert "&lt;b&gt;takhöjd&lt;/b&gt;" in page


def test_each_word_that_was_not_read_has_its_reason_in_both_languages(client: TestClient) -> None:
    read = client.post("/match", data={"text": "60 hektar och 50 MVA."}, follow_redirects=False)
    address = read.headers["location"]

    assert "MVA är skenbar effekt" in client.get(address).text
    assert "MVA is apparent power" in client.get(f"/en{address}").text


def test_a_link_made_before_there_were_reasons_opens() -> None:
    said = {"r": [LAND], "n": ["takhöjd 12 m"]}
    before = urlsafe_b64encode(zlib.compress(orjson.dumps(said))).decode()

    assert unpacked(before, NAMES).not_understood == ("takhöjd 12 m",)


def test_a_value_that_is_not_public_is_unknown_on_the_page(
    client: TestClient, databases: Databases
) -> None:
    a_site(databases, connection_cost_msek=2731)

    page = shown(client, asked(COST))

    assert "2731" not in page.replace(" ", "")
    assert "1</strong> kan passa" in page


def test_whoever_edits_the_site_is_one_click_from_the_question(
    client: TestClient, signed_in: Any, databases: Databases
) -> None:
    reference = a_site(
        databases,
        process_water_m3_day={
            "state": "unknown",
            "asked": "Helsinge Vatten",
            "asked_on": "2026-03-12",
        },
    ).reference
    wanted = asked({"key": "process_water_m3_day", "op": "min", "value": 100})

    own = shown(signed_in("editor", "2183"), wanted)

    place = f"/workspace/sites/{reference}/questions/new"
    assert f"{place}?field=process_water_m3_day" in own
    assert place not in shown(client, wanted)
    assert "Helsinge Vatten" in shown(client, wanted)


def confirmed(client: TestClient, wanted: Asked, **fields: str) -> Asked:
    answer = client.post(
        "/match/requirements", data={"asked": packed(wanted), **fields}, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    return unpacked(answer.headers["location"].partition("asked=")[2], NAMES)


def test_a_requirement_is_made_a_wish_corrected_and_weighed(client: TestClient) -> None:
    fields = {"keep-0": "1", "must-0": "should", "value-0": "75,5", "weight-0": "3"}

    [one] = confirmed(client, asked(LAND, POWER), **fields).requirements

    assert (one.key, one.value, one.must, one.weight) == ("area_net_ha", 75.5, False, 3)


def test_a_requirement_is_added_by_hand(client: TestClient) -> None:
    fields = {"key-new-0": "power_mw min", "value-new-0": "150", "year-new-0": "2029"}

    [one] = confirmed(client, asked(), **fields).requirements

    assert (one.key, one.value, one.year) == ("power_mw", 150, 2029)


def test_a_bad_value_is_told_at_its_control(client: TestClient) -> None:
    fields = {"asked": packed(asked(LAND)), "keep-0": "1", "value-0": "mycket", "weight-0": "1"}

    answer = client.post("/match/requirements", data=fields)

    assert answer.status_code == 422
    assert 'href="#value-0"' in answer.text


def test_a_clients_spreadsheet_is_read_in_its_own_order(client: TestClient) -> None:
    file = ("krav.csv", "Krav;Värde\nEffekt minst;150 MW\nYta minst;60 ha\n".encode(), "text/csv")

    read = client.post("/match", files={"file": file}, follow_redirects=False)

    assert read.status_code == 303, read.text
    wanted = unpacked(read.headers["location"].partition("asked=")[2], NAMES)
    assert [one.value for one in wanted.requirements] == [150, 60]


def test_a_file_that_is_no_spreadsheet_is_refused_at_its_field(client: TestClient) -> None:
    answer = client.post("/match", files={"file": ("x.pdf", b"%PDF-1.7", "application/pdf")})

    assert answer.status_code == 422
    assert 'href="#file"' in answer.text


def test_the_page_says_how_much_was_read_as_what(client: TestClient) -> None:
    wanted = asked(LAND, {**POWER, "must": False}, words=("takhöjd 12 m", "70 anställda"))

    text = client.get("/en/match/requirements", params={"asked": packed(wanted)}).text

    assert re.findall(r"(Must|Should|Not read): <strong>(\d)", text) == [
        ("Must", "1"), ("Should", "1"), ("Not read", "2"),
    ]  # fmt: skip
