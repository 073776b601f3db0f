"""Imports as a program and a browser meet them, with the worker that does them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.database import Databases
from catalogue.jobs import work
from catalogue.settings import Settings
from tests.builders import ADMIN, a_site
from tests.import_files import a_workbook, edited, written

API = "/api/v1/imports"
PAGE = "/workspace/import"
Client = Callable[..., TestClient]

GOOD = b"reference;redundancy\nGVB-2183-001;N-1\n"
BAD = b"reference;power_now_mw\nGVB-2183-001;mycket\n"


@pytest.fixture
def editor(with_token: Client) -> TestClient:
    return with_token("editor", "2183")


def start(client: TestClient, content: bytes, name: str = "platser.csv", **query: Any) -> Any:
    """Any: JSON."""
    answer = client.post(API, params={"dry_run": "true"} | query, files={"file": (name, content)})
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"{API}/{answer.json()['id']}"
    return answer.json()


def redundancy(databases: Databases) -> object:
    with databases.writing(ADMIN) as session:
        return sites.find(session, "GVB-2183-001").values.get("redundancy")


def by_page(client: TestClient, content: bytes, name: str = "platser.csv") -> httpx.Response:
    """The answer to a file sent as a browser sends it."""
    token = client.get(PAGE).text.split('name="csrf_token" value="')[1].split('"')[0]
    answer: httpx.Response = client.post(
        PAGE, data={"csrf_token": token}, files={"file": (name, content)}, follow_redirects=False
    )
    return answer


def test_a_dry_run_is_reported_and_saved_when_it_is_confirmed(
    databases: Databases, editor: TestClient, settings: Settings
) -> None:
    a_site(databases)
    begun = start(editor, GOOD)
    assert begun["state"] == "waiting"

    work(settings, wait=False)
    checked = editor.get(f"{API}/{begun['id']}").json()
    assert (checked["state"], checked["may_be_confirmed"]) == ("checked", True)
    assert redundancy(databases) is None
    assert editor.post(f"{API}/{begun['id']}/confirm").status_code == 202
    work(settings, wait=False)

    assert editor.get(f"{API}/{begun['id']}").json()["state"] == "done"
    assert redundancy(databases) == "n1"


def test_without_a_dry_run_it_is_saved_at_once(
    databases: Databases, editor: TestClient, settings: Settings
) -> None:
    a_site(databases)

    begun = start(editor, GOOD, dry_run="false")
    work(settings, wait=False)

    assert editor.get(f"{API}/{begun['id']}").json()["state"] == "done"
    assert redundancy(databases) == "n1"


def test_faults_are_told_in_the_language_asked_for(
    databases: Databases, editor: TestClient, settings: Settings
) -> None:
    a_site(databases)
    begun = start(editor, BAD)
    work(settings, wait=False)

    read = editor.get(f"{API}/{begun['id']}", headers={"Accept-Language": "en"}).json()

    [fault] = read["report"]["faults"]
    assert (fault["cell"], fault["field"], fault["given"]) == ("B2", "power_now_mw", "mycket")
    assert fault["text"].startswith("“mycket” is not a number.")
    assert fault["mend"] == "Write it like this: A number, for example 12.5. 0–800 MW."


def test_a_file_with_faults_cannot_be_confirmed(
    databases: Databases, editor: TestClient, settings: Settings
) -> None:
    a_site(databases)
    begun = start(editor, BAD)
    work(settings, wait=False)

    assert editor.post(f"{API}/{begun['id']}/confirm").status_code == 409


def test_the_marked_workbook_can_be_fetched_for_any_kind_of_file(
    databases: Databases, editor: TestClient, settings: Settings
) -> None:
    a_site(databases)
    begun = start(editor, BAD)
    assert editor.get(f"{API}/{begun['id']}/report.xlsx").status_code == 404
    work(settings, wait=False)

    answer = editor.get(f"{API}/{begun['id']}/report.xlsx", headers={"Accept-Language": "sv"})

    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Att rätta", "platser.csv"]
    assert book["platser.csv"]["B2"].comment is not None
    assert "platser-att-r%C3%A4tta.xlsx" in answer.headers["content-disposition"]


def test_the_body_may_be_the_file_itself(
    databases: Databases, editor: TestClient, settings: Settings
) -> None:
    a_site(databases)
    content = a_workbook([["Referens", "Redundans"], ["GVB-2183-001", "N-1"]])

    answer = editor.post(API, params={"dry_run": "true", "name": "min.xlsx"}, content=content)

    assert (answer.status_code, answer.json()["kind"], answer.json()["file"]) == (
        202,
        "xlsx",
        "min.xlsx",
    )


@pytest.mark.parametrize(
    ("query", "content", "status"),
    [
        ({"municipality": "2180"}, GOOD, 403),
        ({"municipality": "9999"}, GOOD, 400),
        ({"colour": "red"}, GOOD, 400),
        ({"dry_run": "maybe"}, GOOD, 400),
        ({}, b"", 400),
        ({}, b"%PDF-1.7", 422),
    ],
)
def test_a_bad_request_is_refused_before_anything_is_kept(
    editor: TestClient, query: dict[str, str], content: bytes, status: int
) -> None:
    answer = editor.post(API, params=query, content=content)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert editor.get(API).json()["imports"] == []


def test_who_has_not_signed_in_is_asked_to(client: TestClient) -> None:
    assert client.post(API, content=GOOD).status_code == 401
    assert client.get(f"{API}/template").status_code == 401


@pytest.mark.parametrize("role", ["project", "investor"])
def test_those_who_do_not_write_do_not_import(with_token: Client, role: str) -> None:
    client = with_token(role, None)

    assert client.post(API, params={"municipality": "2183"}, content=GOOD).status_code == 403
    assert client.get(f"{API}/template", params={"municipality": "2183"}).status_code == 403


def test_an_administrator_says_whose_sites_the_file_is_about(
    databases: Databases, with_token: Client, settings: Settings
) -> None:
    a_site(databases)
    admin = with_token("admin", None)
    assert admin.post(API, content=GOOD).status_code == 400

    begun = start(admin, GOOD, municipality="2183", dry_run="false")
    work(settings, wait=False)

    assert admin.get(f"{API}/{begun['id']}").json()["state"] == "done"


def test_the_template_is_fetched_in_the_language_of_the_page(
    databases: Databases, signed_in: Client
) -> None:
    a_site(databases)

    answer = signed_in("editor").get(f"/en{PAGE}/template")

    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames[:2] == ["Read me", "Sites"]
    assert book["Sites"]["A5"].value == "GVB-2183-001"
    assert answer.headers["cache-control"] == "private, no-store"
    assert "sitefinder-sites-2183-" in answer.headers["content-disposition"]


def test_the_template_helps_in_its_cells(databases: Databases, editor: TestClient) -> None:
    a_site(databases)

    book = load_workbook(BytesIO(editor.get(f"{API}/template").content))

    sheet = book["Sites"]
    checks = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    kinds = {one.type for one in checks.values()}
    assert {"list", "decimal", "date", "textLength"} <= kinds
    assert sheet.protection.sheet
    assert sheet["A5"].protection.locked
    assert not sheet["C5"].protection.locked
    assert sheet["C2"].comment is not None
    assert book["Lists"].sheet_state == "hidden"


def test_a_page_follows_the_file_and_shows_what_would_change(
    databases: Databases, signed_in: Client, settings: Settings
) -> None:
    a_site(databases, name_sv="Häggesta")
    client = signed_in("editor")

    place = by_page(client, GOOD).headers["location"]
    waiting = client.get(place).text
    work(settings, wait=False)
    report = client.get(place).text

    assert 'hx-trigger="every 1s"' in waiting
    assert 'hx-trigger="every 1s"' not in report
    assert "Spara ändringen" in report
    assert "Häggesta" in report
    assert "N-1" in report


def test_a_page_says_what_is_wrong_with_a_file_at_once(signed_in: Client) -> None:
    answer = by_page(signed_in("editor"), b"%PDF-1.7", "plan.pdf")

    assert answer.status_code == 422
    assert "Filens innehåll känns inte igen." in answer.text


def test_a_form_without_its_token_is_refused(signed_in: Client) -> None:
    answer = signed_in("editor").post(PAGE, files={"file": ("x.csv", GOOD)})

    assert answer.status_code == 403


def test_a_cookie_alone_sends_no_file_over_the_api(signed_in: Client) -> None:
    assert signed_in("editor").post(API, files={"file": ("x.csv", GOOD)}).status_code == 403


def test_an_import_of_a_colleague_can_be_followed(
    databases: Databases, editor: TestClient, with_token: Client
) -> None:
    begun = start(editor, GOOD)

    assert with_token("publisher", "2183").get(f"{API}/{begun['id']}").status_code == 200


def test_a_template_changed_by_hand_comes_back_over_the_api(
    databases: Databases, editor: TestClient, settings: Settings
) -> None:
    a_site(databases)
    template = editor.get(f"{API}/template", headers={"Accept-Language": "sv"}).content

    begun = start(editor, edited(template, written({"redundancy": "N-1"})), dry_run="false")
    work(settings, wait=False)

    assert editor.get(f"{API}/{begun['id']}").json()["counts"]["changed"] == 1
    assert redundancy(databases) == "n1"
