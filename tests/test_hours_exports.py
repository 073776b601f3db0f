"""The register in the funder's shape, and the letter when a month is empty."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from catalogue.database import OPERATOR, Databases
from catalogue.hours import reminders
from catalogue.settings import Settings
from tests.builders import RULES, an_account
from tests.hours_builders import HOURS, an_entry, give_right, lock
from tests.mail_servers import Inbox, send_waiting

Client = Callable[..., TestClient]


@pytest.fixture
def project(with_token: Client, databases: Databases) -> TestClient:
    """The office, when three entries are made and those of Bollnäs are attested."""
    client, head = with_token("project"), with_token("publisher")
    give_right(databases, "publisher.2183@example.se")
    client.post(HOURS, json=an_entry(hours=7.5, activity="meeting", person="Anna", note="=1+1"))
    client.post(HOURS, json=an_entry(hours=9, activity="planning"))
    head.post(f"{HOURS}/attest", json={"month": "2026-05"})
    client.post(HOURS, json=an_entry(hours=3.5, municipality="2184", month="2026-06"))
    return client


def sheets(client: TestClient, query: str) -> dict[str, list[tuple[Any, ...]]]:
    answer = client.get(f"{HOURS}?format=xlsx&language=sv&{query}")
    assert answer.status_code == 200, answer.text
    book = load_workbook(io.BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(min_row=4, values_only=True)) for sheet in book}


def table(rows: list[tuple[Any, ...]], *headings: str) -> list[tuple[Any, ...]]:
    places = [rows[0].index(heading) for heading in headings]
    return [tuple(row[place] for place in places) for row in rows[1:]]


def test_the_workbook_has_a_row_an_entry_a_row_a_month_and_a_row_an_activity(
    databases: Databases, project: TestClient
) -> None:
    lock(databases, date(2026, 5, 1))

    found = sheets(project, "from=2026-05&to=2026-06")

    entries = table(found["Rader"], "Kommun", "Månad", "Timmar", "Aktivitet (kod)", "Attesterad av")
    assert entries == [
        ("Bollnäs", "2026-05", 7.5, "meeting", "publisher.2183@example.se"),
        ("Bollnäs", "2026-05", 9, "planning", "publisher.2183@example.se"),
        ("Hudiksvall", "2026-06", 3.5, "grid_contact", None),
        (None, None, 20, None, None),
    ]
    months = table(found["Per månad"], "Kommun", "Månad", "Timmar", "Hela timmar, nedåt",
                   "Enligt planen", "Varav attesterat", "Låst")  # fmt: skip
    assert ("Bollnäs", "2026-05", 16.5, 16, 16, 16.5, "ja") in months
    assert ("Hudiksvall", "2026-06", 3.5, 3, 16, 0, None) in months
    assert ("Gävle", "2026-06", 0, 0, 16, 0, None) in months
    assert months[-1] == (None, None, 20, 19, 320, 16.5, None)
    assert table(found["Per aktivitet"], "Kommun", "Aktivitet", "Timmar") == [
        ("Bollnäs", "Möte", 7.5),
        ("Bollnäs", "Planfrågor", 9),
        ("Hudiksvall", "Kontakt med nätägare", 3.5),
        (None, None, 20),
    ]


def test_a_file_of_one_municipality_holds_no_other_s(
    with_token: Client, project: TestClient
) -> None:
    found = sheets(with_token("editor", "2184"), "")

    assert {row[2] for row in found["Rader"][1:-1]} == {"Hudiksvall"}
    assert {row[1] for row in found["Per månad"][1:-1]} == {"Hudiksvall"}
    assert len(found["Per månad"]) == 1 + 36 + 1


def test_the_csv_has_the_same_entries_and_runs_no_formula(project: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(project.get(f"{HOURS}?format=csv").text)))

    assert [(row["month"], row["hours"], row["activity"]) for row in rows] == [
        ("2026-05", "7.5", "meeting"),
        ("2026-05", "9.0", "planning"),
        ("2026-06", "3.5", "grid_contact"),
    ]
    assert rows[0]["note"] == "'=1+1"


def test_no_file_speaks_of_money(project: TestClient) -> None:
    told = str(sheets(project, "")) + project.get(f"{HOURS}?format=csv").text

    assert not [word for word in ("SEK", "kr", "kostnad", "cost", "EUR") if f" {word}" in told]


def test_the_months_are_told_as_json_and_csv(project: TestClient) -> None:
    address = f"{HOURS}/months?municipality=2183&month=2026-05"

    [may] = project.get(address).json()["months"]
    [row] = csv.DictReader(io.StringIO(project.get(f"{address}&format=csv").text))

    assert (may["hours"], may["whole_hours"], may["target"], may["attested"]) == (
        16.5,
        16,
        16,
        16.5,
    )
    assert (row["hours"], row["whole_hours"]) == ("16.5", "16")


@pytest.mark.parametrize("query", ["format=pdf", "from=x", "attested=maybe", "language=fi"])
def test_a_bad_parameter_is_named(project: TestClient, query: str) -> None:
    answer = project.get(f"{HOURS}?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_the_page_hands_out_the_file_in_its_own_language(
    signed_in: Client, project: TestClient
) -> None:
    answer = signed_in("editor").get("/en/hours/export?from=2026-05&to=2026-05")

    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Entries", "By month", "By activity"]


# The letter when a month is empty

OCTOBER_5 = replace(RULES, clock=lambda: datetime(2026, 10, 5, 9, tzinfo=UTC))
OCTOBER_4 = replace(RULES, clock=lambda: datetime(2026, 10, 4, 9, tzinfo=UTC))


def remind(databases: Databases, settings: Settings, rules: Any = OCTOBER_5) -> list[str]:
    """Any: the rules of a day."""
    with databases.writing(OPERATOR) as session:
        return reminders.remind(session, settings, rules)


def test_editors_are_reminded_once_of_an_empty_month_in_their_language(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    an_account(databases, "editor")
    an_account(databases, "publisher")
    with databases.owner.begin() as owner:
        owner.exec_driver_sql("update account set language = 'en' where role = 'editor'")

    assert remind(databases, mailing) == ["2183"]
    assert remind(databases, mailing) == []
    send_waiting(databases, mailing)

    [letter] = inbox.letters
    body = letter.get_body(("plain",))
    assert (letter["To"], letter["Subject"]) == (
        "editor.2183@example.se",
        "No hours are entered for September 2026",
    )
    assert body is not None
    assert "/en/hours?municipality=2183&month=2026-09" in body.get_content()


def test_nobody_is_reminded_before_the_day_or_where_it_is_off(
    databases: Databases, settings: Settings
) -> None:
    an_account(databases, "editor")

    assert remind(databases, settings, OCTOBER_4) == []
    assert remind(databases, settings.model_copy(update={"hours_reminder_day": 0})) == []


def test_a_month_with_hours_or_one_that_is_locked_needs_no_reminder(
    databases: Databases, settings: Settings, with_token: Client
) -> None:
    with_token("editor", "2183").post(HOURS, json=an_entry(month="2026-09"))
    with_token("editor", "2184")
    with_token("editor", "2180")
    lock(databases, date(2026, 9, 1))

    assert remind(databases, settings) == ["2180"]


def test_a_month_after_the_project_is_not_missed(databases: Databases, settings: Settings) -> None:
    an_account(databases, "editor")

    assert (
        remind(
            databases, settings, replace(RULES, clock=lambda: datetime(2026, 11, 6, 9, tzinfo=UTC))
        )
        == []
    )
