"""Workbooks of hours: checked row by row, read in whole and once, recognised, and taken back."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site
from tests.hours_builders import HOURS, a_workbook, an_entry, fields, lock

Client = Callable[..., TestClient]
IMPORTS = f"{HOURS}/imports"
MAY = ("2026-05", 2.5, "Möte", "Planarkitekt", "Anna Prov", None, "Samråd")
JUNE = (date(2026, 6, 17), 4, "planning", "Planarkitekt", None, None, None)


@pytest.fixture
def editor(with_token: Client) -> TestClient:
    return with_token("editor")


def send(
    client: TestClient, content: bytes, *, name: str = "tid.xlsx", **query: str
) -> httpx.Response:
    answer: httpx.Response = client.post(IMPORTS, params={"name": name, **query}, content=content)
    return answer


def entered(client: TestClient) -> list[tuple[str, str, float]]:
    found = client.get(HOURS).json()["entries"]
    return [(one["month"], one["activity"], one["hours"]) for one in found]


def test_a_workbook_is_read_in_with_words_codes_and_days(
    databases: Databases, editor: TestClient
) -> None:
    site = a_site(databases).reference
    touched = ("maj 2026", "1,5", "Contact with grid owner", "x", None, f"{site.lower()}; ", None)

    answer = send(editor, a_workbook([MAY, JUNE, touched]))

    assert (answer.status_code, answer.json()["rows"], answer.json()["hours"]) == (201, 3, 8)
    assert entered(editor) == [
        ("2026-06", "planning", 4),
        ("2026-05", "grid_contact", 1.5),
        ("2026-05", "meeting", 2.5),
    ]
    found = editor.get(HOURS).json()["entries"]
    assert found[1]["sites"] == [site]
    assert {one["import"] for one in found} == {answer.json()["id"]}


def test_a_bad_row_is_told_by_its_number_and_nothing_is_read_in(editor: TestClient) -> None:
    rows = [
        MAY,
        ("2026-12", 2, "Möte", "x", None, None, None),
        ("2026-05", -3, "Möte", "x", None, None, None),
        ("2026-05", 745, "Möte", "x", None, None, None),
        ("2026-05", 2, "Fika", "x", None, None, None),
        ("2026-05", 2, "Möte", None, None, "GVB-2183-999", None),
    ]

    answer = send(editor, a_workbook(rows))

    assert answer.status_code == 422
    told = fields(answer)
    assert sorted(told) == [
        "/rows/3/month",
        "/rows/4/hours",
        "/rows/5/hours",
        "/rows/6/activity",
        "/rows/7/role",
    ]
    assert "cannot be below 0" in told["/rows/4/hours"]
    assert (
        "“Fika” is no activity to choose. Choose among: Collecting data;"
        in told["/rows/6/activity"]
    )
    assert editor.get(HOURS).json()["numberMatched"] == 0


def test_a_row_of_a_locked_month_or_a_foreign_site_is_told_too(
    databases: Databases, editor: TestClient
) -> None:
    lock(databases, date(2026, 5, 1))
    foreign = a_site(databases, municipality="2184").reference
    rows = [MAY, ("2026-06", 2, "Möte", "x", None, foreign, None)]

    assert sorted(fields(send(editor, a_workbook(rows)))) == ["/rows/2/month", "/rows/3/sites"]


def test_a_dry_run_enters_nothing_until_it_is_confirmed(editor: TestClient) -> None:
    kept = send(editor, a_workbook([MAY]), dry_run="true").json()
    assert (kept["read_at"], entered(editor)) == (None, [])

    done = editor.post(f"{IMPORTS}/{kept['id']}/confirm").json()

    assert (done["read_by"], done["entries"]) == ("editor.2183@example.se", [])
    assert entered(editor) == [("2026-05", "meeting", 2.5)]


def test_the_same_workbook_is_recognised_and_refused(editor: TestClient) -> None:
    content = a_workbook([MAY, JUNE])
    send(editor, content, name="Tid maj.xlsx")

    answer = send(editor, content)

    assert answer.status_code == 409
    assert "was read in already on" in answer.json()["detail"]
    assert "by editor.2183@example.se, as Tid maj.xlsx" in answer.json()["detail"]
    assert len(entered(editor)) == 2


def test_the_same_rows_in_another_file_are_recognised_too(editor: TestClient) -> None:
    send(editor, a_workbook([MAY, JUNE]))

    answer = send(
        editor,
        a_workbook(
            [JUNE, MAY], headings=("Month", "Hours", "Activity", "Role", "Name", "Sites", "Note")
        ),
    )

    assert answer.status_code == 409
    assert "Every row of the file was read in already" in answer.json()["detail"]


def test_a_workbook_that_has_grown_brings_its_new_rows_only(editor: TestClient) -> None:
    send(editor, a_workbook([MAY]))

    answer = send(editor, a_workbook([MAY, MAY, JUNE]))

    assert (answer.json()["rows"], answer.json()["already_there"]) == (2, 1)
    assert sorted(entered(editor)) == [
        ("2026-05", "meeting", 2.5),
        ("2026-05", "meeting", 2.5),
        ("2026-06", "planning", 4),
    ]


def test_a_row_is_recognised_when_its_name_has_been_removed(editor: TestClient) -> None:
    send(editor, a_workbook([MAY]))
    editor.post(f"{HOURS}/names/removal", json={"name": "Anna Prov"})

    assert send(editor, a_workbook([MAY, JUNE])).json()["already_there"] == 1


def test_a_file_confirmed_twice_is_read_in_once(editor: TestClient) -> None:
    kept = send(editor, a_workbook([MAY]), dry_run="true").json()
    editor.post(f"{IMPORTS}/{kept['id']}/confirm")

    again = editor.post(f"{IMPORTS}/{kept['id']}/confirm")

    assert (again.status_code, len(entered(editor))) == (409, 1)


def test_a_workbook_is_taken_back_as_a_whole_and_can_be_sent_again(editor: TestClient) -> None:
    content = a_workbook([MAY, JUNE])
    number = send(editor, content).json()["id"]

    gone = editor.post(f"{IMPORTS}/{number}/removal")

    assert gone.json()["taken_back_by"] == "editor.2183@example.se"
    assert editor.get(HOURS).json()["hours"] == 0
    assert len(entered(editor)) == 4
    assert editor.post(f"{IMPORTS}/{number}/removal").status_code == 409
    assert send(editor, content).status_code == 201


def test_what_has_been_corrected_is_not_taken_back_twice(
    databases: Databases, editor: TestClient
) -> None:
    number = send(editor, a_workbook([MAY, JUNE])).json()["id"]
    [june, may] = editor.get(HOURS).json()["entries"]
    editor.post(f"{HOURS}/{may['id']}/correction", json={"hours": 1, "note": "Fel"})
    lock(databases, date(2026, 6, 1))

    editor.post(f"{IMPORTS}/{number}/removal")

    assert editor.get(HOURS).json()["hours"] == 1
    back = [one for one in editor.get(HOURS).json()["entries"] if one["corrects"] == june["id"]]
    assert [(one["hours"], one["month"], one["concerns"]) for one in back] == [
        (-4, "2026-09", "2026-06")
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Choose a file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "older Excel file"),
        (b"%PDF-1.7 x", "not recognised"),
        (b"{}", "no Excel workbook or CSV of hours"),
        (b"a;b\n1;2\n", "lacks the column Month, Hours, Activity"),
        (b"month,hours,activity,role\n", "no rows below the headings"),
    ],
)
def test_a_file_that_holds_no_hours_is_refused_with_what_to_do(
    editor: TestClient, content: bytes, told: str
) -> None:
    answer = send(editor, content)

    assert answer.status_code in (400, 422)
    assert told in answer.json()["detail"]


def test_hours_as_csv_are_read_too(editor: TestClient) -> None:
    content = "Månad;Timmar;Aktivitet;Roll\n2026-05;2,5;Möte;Planarkitekt\n".encode()

    assert send(editor, content, name="tid.csv").status_code == 201
    assert entered(editor) == [("2026-05", "meeting", 2.5)]


def test_the_template_has_lists_and_is_read_back_as_it_is_filled_in(
    databases: Databases, editor: TestClient
) -> None:
    lock(databases, date(2026, 9, 1))
    answer = editor.get(f"{IMPORTS}/template", headers={"Accept-Language": "sv"})
    book = load_workbook(io.BytesIO(answer.content))
    sheet = book["Tid"]
    checks = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    assert [cell.value for cell in sheet[1]][:4] == ["Månad", "Timmar", "Aktivitet", "Roll"]
    assert checks["C2:C301"].formula1 == "Listor!$B$2:$B$9"
    assert [book["Listor"]["A2"].value, book["Listor"]["B2"].value] == [
        "2026-08",
        "Samla in uppgifter",
    ]
    for column, value in enumerate(MAY, start=1):
        sheet.cell(2, column, value)
    filled = io.BytesIO()
    book.save(filled)

    assert send(editor, filled.getvalue()).status_code == 201


def test_hours_of_another_municipality_are_neither_sent_nor_seen(
    with_token: Client, editor: TestClient
) -> None:
    number = send(editor, a_workbook([MAY])).json()["id"]
    other = with_token("editor", "2184")

    assert send(other, a_workbook([MAY]), municipality="2183").status_code == 403
    assert other.get(f"{IMPORTS}/{number}").status_code == 404
    assert other.post(f"{IMPORTS}/{number}/removal").status_code == 404
    assert other.get(IMPORTS).json() == {"imports": []}


def test_the_pages_check_a_file_show_its_rows_and_read_it_in(
    signed_in: Callable[..., TestClient],
) -> None:
    client = signed_in("editor")
    token = {"csrf_token": csrf(client)}
    bad = client.post("/hours/import", data=token, files=a_file([("2026-05", 0.3, "Möte", "x")]))
    assert (bad.status_code, "<strong>B2</strong>" in bad.text) == (422, True)

    page = client.post("/hours/import", data=token, files=a_file([MAY]))
    assert "Läs in raden" in page.text
    done = client.post(f"{page.url.path}/confirm", data=token)
    again = client.post("/hours/import", data=token, files=a_file([MAY]))

    assert "Filen är inläst" in done.text
    assert (again.status_code, "är redan inläst" in again.text) == (409, True)
    assert "Filen är tillbakatagen" in client.post(f"{page.url.path}/removal", data=token).text


def a_file(rows: list[tuple[Any, ...]]) -> dict[str, tuple[str, bytes]]:
    return {"file": ("tid.xlsx", a_workbook(rows))}


def csrf(client: TestClient) -> str:
    text: str = client.get("/hours/import").text
    return text.split('name="csrf_token" value="')[1].split('"', maxsplit=1)[0]


def test_an_entry_by_hand_is_not_taken_for_a_row_of_a_file(editor: TestClient) -> None:
    said = an_entry(hours=2.5, activity="meeting", role="Planarkitekt", note="Samråd")
    editor.post(HOURS, json=said)

    assert send(editor, a_workbook([MAY])).json()["already_there"] == 0
