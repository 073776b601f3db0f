"""Hours entered in one go: a month by activity, several months, several lines, several over HTTP."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site
from tests.hours_builders import HOURS, an_entry, faults, lock
from tests.html_forms import Texts, form_of, open_form

SignIn = Callable[..., TestClient]


@pytest.fixture
def editor(signed_in: SignIn) -> TestClient:
    return signed_in("editor")


def month_form(client: TestClient, month: str = "2026-05", **values: str) -> dict[str, Any]:
    form: Texts = open_form(client, f"/hours?month={month}", "/hours/months")
    return {**form, "role": "Planarkitekt", **values}


def entered(client: TestClient) -> list[tuple[str, str, float]]:
    found = client.get(HOURS).json()["entries"]
    return sorted((one["month"], one["activity"], one["hours"]) for one in found)


def test_a_month_is_entered_by_activity_in_one_go(editor: TestClient) -> None:
    form = month_form(editor)

    page = editor.post(
        "/hours/months", data=form | {"h.2026-05.meeting": "2,5", "h.2026-05.planning": "4"}
    )

    assert "2 rader är sparade, 6,5 timmar i allt." in page.text
    assert entered(editor) == [("2026-05", "meeting", 2.5), ("2026-05", "planning", 4)]


def test_what_is_entered_stands_beside_the_field_and_in_the_sum(editor: TestClient) -> None:
    editor.post("/hours/months", data=month_form(editor, **{"h.2026-05.meeting": "2,5"}))

    page = editor.get("/hours?month=2026-05").text

    assert '<td class="number soft">2,5</td>' in page
    assert "<span data-hours-sum>2,5</span>" in page


def test_sites_and_note_go_with_every_entry_of_the_month(
    databases: Databases, editor: TestClient
) -> None:
    site = a_site(databases).reference
    form = month_form(editor, note="Samråd", sites=site)

    editor.post("/hours/months", data=form | {"h.2026-05.meeting": "1"})

    [entry] = editor.get(HOURS).json()["entries"]
    assert (entry["sites"], entry["note"], entry["role"]) == ([site], "Samråd", "Planarkitekt")


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ("-2", "Timmarna kan inte vara färre än 0."),
        ("1,3", "Hela eller halva timmar"),
        ("745", "Hela eller halva timmar, från 0,5 till 744"),
        ("två", "Ange timmar som ett tal."),
    ],
)
def test_a_bad_field_is_told_there_and_the_others_keep_what_was_typed(
    editor: TestClient, hours: str, told: str
) -> None:
    form = month_form(editor) | {"h.2026-05.meeting": hours, "h.2026-05.planning": "7,5"}

    page = editor.post("/hours/months", data=form)

    assert page.status_code == 422
    assert told in page.text
    assert 'href="#h.2026-05.meeting"' in page.text
    assert form_of(page.text, "/hours/months")["h.2026-05.planning"] == ["7,5"]
    assert entered(editor) == []


def test_a_form_that_is_sent_twice_asks_before_it_adds_again(editor: TestClient) -> None:
    form = month_form(editor) | {"h.2026-05.meeting": "2"}
    editor.post("/hours/months", data=form)

    asked = editor.post("/hours/months", data=form)

    assert asked.status_code == 422
    assert "Du har redan sparat i månaden" in asked.text
    assert len(entered(editor)) == 1
    again = form_of(asked.text, "/hours/months")
    assert again["h.2026-05.meeting"] == ["2"]
    assert editor.post("/hours/months", data=again).status_code == 200
    assert len(entered(editor)) == 2


def test_lines_that_are_sent_twice_ask_too(editor: TestClient) -> None:
    form = {**open_form(editor, "/hours/rows"), **row(1)}
    editor.post("/hours/rows", data=form)

    asked = editor.post("/hours/rows", data=form)

    assert (asked.status_code, 'href="#r1.hours"' in asked.text) == (422, True)
    assert len(entered(editor)) == 1


def test_an_empty_form_asks_for_hours(editor: TestClient) -> None:
    page = editor.post("/hours/months", data=month_form(editor))

    assert "Skriv timmar i minst en ruta." in page.text


def test_a_month_holds_no_more_hours_than_it_has(editor: TestClient) -> None:
    form = month_form(editor) | {"h.2026-05.meeting": "700", "h.2026-05.planning": "44,5"}

    page = editor.post("/hours/months", data=form)

    assert "Månaden skulle få 744,5 timmar." in page.text
    assert entered(editor) == []


def test_a_locked_month_shows_why_and_has_no_fields(
    databases: Databases, editor: TestClient
) -> None:
    lock(databases, date(2026, 5, 1))

    page = editor.get("/hours?month=2026-05").text

    assert "Maj 2026 är låst" in page
    assert "h.2026-05" not in page


def test_several_months_are_entered_in_one_table(editor: TestClient) -> None:
    form = open_form(editor, "/hours/months?year=2025", "/hours/months")
    sent = {**form, "role": "GIS-ingenjör", "h.2025-01.meeting": "3", "h.2025-12.training": "8"}

    editor.post("/hours/months", data=sent)

    assert entered(editor) == [("2025-01", "meeting", 3), ("2025-12", "training", 8)]


def test_one_bad_month_and_none_of_them_is_saved(databases: Databases, editor: TestClient) -> None:
    form = open_form(editor, "/hours/months?year=2025", "/hours/months")
    lock(databases, date(2025, 12, 1))
    sent = {**form, "role": "x", "h.2025-01.meeting": "3", "h.2025-12.training": "8"}

    page = editor.post("/hours/months", data=sent)

    assert page.status_code == 422
    assert "December 2025 är låst" in page.text
    assert 'value="3"' in page.text
    assert entered(editor) == []


def row(number: int, **values: str) -> dict[str, str]:
    said = {"month": "2026-05", "hours": "2", "activity": "meeting", "role": "x", **values}
    return {f"r{number}.{key}": text for key, text in said.items()}


def test_lines_are_saved_together_and_empty_ones_passed_over(editor: TestClient) -> None:
    form = open_form(editor, "/hours/rows")

    editor.post("/hours/rows", data={**form, **row(0), **row(2, month="2026-04", hours="0,5")})

    assert entered(editor) == [("2026-04", "meeting", 0.5), ("2026-05", "meeting", 2)]


def test_a_bad_line_is_told_at_its_place_and_no_line_is_lost(editor: TestClient) -> None:
    form = open_form(editor, "/hours/rows")
    bad = row(2, hours="0,3", note="Den tredje")

    page = editor.post("/hours/rows", data={**form, **row(0, note="Den första"), **bad})

    assert page.status_code == 422
    assert 'href="#r2.hours"' in page.text
    assert 'value="Den första"' in page.text
    assert 'value="Den tredje"' in page.text
    assert entered(editor) == []


def test_more_lines_keep_those_that_are_filled_in(editor: TestClient) -> None:
    form = open_form(editor, "/hours/rows")

    page = editor.post("/hours/rows", data={**form, **row(1, note="Kvar"), "more": "yes"}).text

    assert 'value="Kvar"' in page
    assert 'name="rows" value="8"' in page


def test_several_entries_over_http_are_all_added_or_none(with_token: SignIn) -> None:
    client = with_token("editor")

    good = client.post(HOURS, json={"entries": [an_entry(), an_entry(hours=1)]})
    bad = client.post(HOURS, json={"entries": [an_entry(), an_entry(hours=0.2)]})

    assert (good.status_code, len(good.json()["entries"])) == (201, 2)
    assert (bad.status_code, faults(bad)) == (422, ["/entries/1/hours"])
    assert client.get(HOURS).json()["hours"] == 4.5


@pytest.mark.parametrize("sent", [[], "x", [1], [{}] * 501])
def test_a_body_of_several_is_a_list_of_entries(with_token: SignIn, sent: object) -> None:
    answer = with_token("editor").post(HOURS, json={"entries": sent})

    assert (answer.status_code, faults(answer)) == (422, ["/entries"])


def test_a_name_is_removed_and_the_hours_stay(with_token: SignIn, databases: Databases) -> None:
    client = with_token("editor")
    client.post(HOURS, json=an_entry(person="Anna Prov"))
    client.post(HOURS, json=an_entry(person="Bo Prov"))

    answer = client.post(f"{HOURS}/names/removal", json={"name": "anna prov"})

    assert answer.json() == {"entries": 1}
    assert [one["person"] for one in client.get(HOURS).json()["entries"]] == ["Bo Prov", ""]
    assert client.get(HOURS).json()["hours"] == 7
    with databases.owner.connect() as owner:
        [event] = owner.exec_driver_sql(
            "select actor, subject, after, before from audit_event where kind = 'hours'"
        )
    assert tuple(event) == ("editor.2183@example.se", "2183", {"entries": 1}, None)


def test_a_name_that_a_colleague_entered_is_removed_by_whose_it_is_or_by_the_office(
    with_token: SignIn,
) -> None:
    editor, colleague = with_token("editor"), with_token("publisher")
    editor.post(HOURS, json=an_entry(person="Publisher"))
    editor.post(HOURS, json=an_entry(person="Bo Prov"))
    remove = f"{HOURS}/names/removal"

    assert colleague.post(remove, json={"name": "Bo Prov"}).status_code == 404
    assert colleague.post(remove, json={"name": "Publisher"}).json() == {"entries": 1}
    assert with_token("project").post(remove, json={"name": "Bo Prov"}).json() == {"entries": 1}


def test_the_page_of_names_offers_one_s_own(editor: TestClient) -> None:
    editor.post(
        "/hours/months", data=month_form(editor, person="Anna Prov") | {"h.2026-05.meeting": "1"}
    )

    form = open_form(editor, "/hours/names")
    page = editor.post("/hours/names", data=form)

    assert form["name"] == ["Anna Prov"]
    assert "Namnet är borttaget från en rad." in page.text
