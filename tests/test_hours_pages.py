"""The pages where hours are attested, locked and corrected, as a person goes through them."""

from collections.abc import Callable
from datetime import date

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.hours_builders import HOURS, an_entry, give_right, lock
from tests.html_forms import form_of, open_form

SignIn = Callable[..., TestClient]


@pytest.fixture
def editor(signed_in: SignIn) -> TestClient:
    return signed_in("editor")


def entered(client: TestClient, **values: object) -> int:
    """The number of an entry made over HTTP by a browser's session."""
    token = client.get("/hours").text.split('name="csrf-token" content="')[1].split('"')[0]
    answer = client.post(HOURS, json=an_entry(**values), headers={"X-CSRF-Token": token})
    return int(answer.json()["id"])


def test_a_month_is_attested_on_the_page_and_what_is_one_s_own_has_no_box(
    signed_in: SignIn, databases: Databases, editor: TestClient
) -> None:
    first, second = entered(editor), entered(editor)
    head = signed_in("publisher")
    give_right(databases, "publisher.2183@example.se")
    own = entered(head)
    page = head.get("/hours?month=2026-05").text
    assert [f'"Attestera rad {number}"' in page for number in (first, second, own)] == [
        True,
        True,
        False,
    ]

    form = form_of(page, "/hours/attest")
    ticked = head.post("/hours/attest", data={**form, "entry": [str(first)]}).text
    whole = head.post("/hours/attest", data={**form, "whole": "yes"}).text

    assert "3,5 timmar är attesterade." in ticked
    assert "2 av 3 rader väntar på attest" in ticked
    assert "1 av 3 rader väntar på attest" in whole


def test_nobody_without_the_right_sees_a_button_to_attest(editor: TestClient) -> None:
    entered(editor)

    page = editor.get("/hours?month=2026-05").text

    assert "/hours/attest" not in page
    assert "väntar på attest" in page


def test_attesting_nothing_says_what_is_wrong(
    signed_in: SignIn, databases: Databases, editor: TestClient
) -> None:
    entered(editor)
    head = signed_in("publisher")
    give_right(databases, "publisher.2183@example.se")
    form = form_of(head.get("/hours?month=2026-05").text, "/hours/attest")

    answer = head.post("/hours/attest", data=form)

    assert answer.status_code == 409
    assert "väntar på attest" in answer.text


def test_a_correction_shows_the_entry_with_what_came_instead(editor: TestClient) -> None:
    number = entered(editor, hours=5)
    address = f"/hours/entries/{number}/correction"
    form = open_form(editor, address)
    assert (form["hours"], form["role"], form["note"]) == (["5"], ["Näringslivsutvecklare"], [""])
    refused = editor.post(address, data=form)
    assert (refused.status_code, "Säg kort vad som var fel" in refused.text) == (422, True)

    page = editor.post(address, data={**form, "hours": "2,5", "note": "Fel antal"}).text

    assert f"Rad {number} står kvar" in page
    assert f"tar tillbaka rad {number}" in page
    assert f"i stället för rad {number}" in page
    assert "Raden är redan rättad" in editor.get(address).text


def test_a_correction_of_a_locked_month_is_offered_in_an_open_one(
    databases: Databases, editor: TestClient
) -> None:
    number = entered(editor, hours=5)
    lock(databases, date(2026, 5, 1))
    address = f"/hours/entries/{number}/correction"
    form = open_form(editor, address)
    assert form["month"] == ["2026-09"]

    page = editor.post(address, data={**form, "hours": "0", "note": "Dubbelt"}).text

    assert "gäller maj 2026" in page


def test_months_are_locked_and_unlocked_on_the_page(signed_in: SignIn, editor: TestClient) -> None:
    project = signed_in("project")
    form = open_form(project, "/hours/locks")
    sent = {**form, "first": "2026-04", "month": "2026-06", "reason": "Lägesrapport 8"}

    locked = project.post("/hours/locks", data=sent).text
    refused = project.post("/hours/locks", data={**sent, "unlock": "yes", "reason": ""})
    unlocked = project.post(
        "/hours/locks",
        data={
            **form,
            "municipality": "2183",
            "month": "2026-05",
            "reason": "Glömt",
            "unlock": "yes",
        },
    ).text

    assert "Klart. 30 månader ändrades" in locked
    assert "Låste april 2026 – juni 2026" in " ".join(locked.split())
    assert (refused.status_code, "Säg varför månaden låses upp" in refused.text) == (422, True)
    assert "Klart. En månad i en kommun ändrades." in unlocked
    assert "h.2026-05.meeting" in editor.get("/hours?month=2026-05").text
    assert editor.get("/hours/locks").status_code == 403


def test_the_office_sees_which_months_are_locked(signed_in: SignIn, databases: Databases) -> None:
    lock(databases, date(2026, 5, 1))

    assert 'aria-label="låst"' in signed_in("project").get("/hours").text


def test_the_workspace_proposes_a_month_that_is_open(
    databases: Databases, editor: TestClient
) -> None:
    lock(databases, date(2026, 9, 1))

    form = form_of(editor.get("/workspace").text, "/workspace/hours")

    assert form["month"] == ["2026-08-01"]
