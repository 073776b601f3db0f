"""Enquiries from anybody: the form and its guards, the letters, the register and what is forgotten."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, text
from starlette.testclient import TestClient

from api.context import Services
from catalogue import jobs
from catalogue.database import Databases
from catalogue.enquiries import enquiry_jobs
from catalogue.settings import Settings
from catalogue.tables import enquiry as table
from frontend.progress_formats import FORMATS
from tests.builders import ADMIN, NOW, a_site, an_account
from tests.html_forms import Texts, open_form
from tests.mail_servers import Inbox

SAID = {
    "message": ["När kan 100 MW anslutas?\nVi söker till 2029."],
    "name": ["Jane Doe"],
    "organisation": ["Northern Cells"],
    "email": ["jane.doe@example.com"],
    "sector": ["battery"],
    "size": ["50_100"],
    "planned_start": ["2029"],
    "consent": ["yes"],
}


def typed(client: TestClient, reference: str) -> Texts:
    path = "/enquiries/new"
    return {**open_form(client, f"{path}?reference={reference}", path), **SAID}


def opened(client: TestClient) -> list[str]:
    services: Services = client.app.state.services  # type: ignore[attr-defined]
    return [services.guard.seal.closed(f"open form {NOW - timedelta(minutes=2)}", NOW)]


def send(client: TestClient, about: str, /, **said: Any) -> Any:
    """Any: httpx's answer. Sent when a person could have filled in the form."""
    form = {**typed(client, about), "opened": opened(client), **said}
    return client.post("/enquiries/new", data=form, follow_redirects=False)


def work_through(mailing: Settings) -> None:
    """Do what waits, and then the letters that came of it."""
    for _ in range(2):
        jobs.work(mailing, {"formats": FORMATS}, wait=False)


def rows(databases: Databases) -> list[Any]:
    with databases.writing(ADMIN) as session:
        return list(session.execute(select(table).order_by(table.c.id)).mappings())


def by_receiver(inbox: Inbox) -> dict[str, EmailMessage]:
    return {str(letter["To"]): letter for letter in inbox.letters}


def words(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage) -> str:
    [link] = {line for line in words(letter).splitlines() if "/enquiries/confirm/" in line}
    return link.removeprefix("http://127.0.0.1:8000")


def test_an_enquiry_reaches_the_contact_the_project_office_and_its_sender(
    client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    an_account(databases, "project", None)
    site = a_site(databases)

    answer = send(client, site.reference)
    work_through(mailing)

    assert answer.status_code == 303, answer.text
    letters = by_receiver(inbox)
    assert set(letters) == {
        "anna.prov@example.se", "project.all@example.se", "jane.doe@example.com"
    }  # fmt: skip
    contact = letters["anna.prov@example.se"]
    assert contact["Reply-To"] == "jane.doe@example.com"
    assert "När kan 100 MW anslutas?" in words(contact)
    assert "Bransch: Batteri" in words(contact)
    assert "/workspace/enquiries/1" in words(contact)


def test_the_receipt_is_in_the_senders_language_and_repeats_nothing_written(
    client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    site = a_site(databases)
    form = typed(client, site.reference)

    client.post("/en/enquiries/new", data={**form, "opened": opened(client)})
    work_through(mailing)

    receipt = by_receiver(inbox)["jane.doe@example.com"]
    assert receipt["Subject"] == "We have received your enquiry"
    assert "MW" not in words(receipt)
    assert "Jane" not in words(receipt)


def test_a_job_that_runs_twice_writes_once(
    client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    send(client, a_site(databases).reference)
    work_through(mailing)
    with databases.writing(ADMIN) as session:
        message_id = session.scalars(select(table.c.message_id)).one()
        enquiry_jobs.tell_once(session, message_id, mailing, NOW)
    work_through(mailing)

    assert len(inbox.letters) == 2


def test_each_municipality_gets_what_concerns_it(client: TestClient, databases: Databases) -> None:
    one, two = a_site(databases), a_site(databases, municipality="2180")

    send(client, one.reference, reference=[one.reference, two.reference])

    found = {row["municipality"]: row for row in rows(databases)}
    assert found["2183"]["sites"] == [one.reference]
    assert found["2180"]["sites"] == [two.reference]
    assert found["2183"]["message_id"] == found["2180"]["message_id"]


@pytest.mark.parametrize(
    "said",
    [
        {"website": ["http://x.example"]},
        {"message": ["http://a.example http://b.example www.c.example"]},
    ],
)
def test_what_looks_suspicious_waits_for_its_sender(
    client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox, said: Texts
) -> None:
    send(client, a_site(databases).reference, **said)
    work_through(mailing)
    [letter] = inbox.letters
    waiting = rows(databases)[0]["confirmed_at"]

    answer = client.post(link_in(letter), data={})
    work_through(mailing)

    assert waiting is None
    assert answer.status_code == 200
    assert len(inbox.letters) == 3
    assert rows(databases)[0]["confirmed_at"] is not None


def test_a_form_sent_faster_than_a_person_types_is_suspicious(
    client: TestClient, databases: Databases
) -> None:
    form = typed(client, a_site(databases).reference)

    answer = client.post("/enquiries/new", data=form, follow_redirects=False)

    assert "confirm=yes" in answer.headers["location"]
    assert rows(databases)[0]["confirmed_at"] is None


@pytest.mark.parametrize("opened", ["", "forged", "x" * 200])
def test_a_form_without_its_seal_comes_back_with_all_that_was_typed(
    client: TestClient, databases: Databases, opened: str
) -> None:
    answer = send(client, a_site(databases).reference, opened=[opened])

    assert answer.status_code == 422
    assert "stod öppet för länge" in answer.text
    assert "När kan 100 MW anslutas?" in answer.text
    assert 'value="Northern Cells"' in answer.text
    assert rows(databases) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"email": ["jane"]}, "Det här är inte en e-postadress"),
        ({"message": [""]}, "Skriv vad det gäller"),
        ({"consent": [""]}, "Godkänn att vi sparar"),
        ({"planned_start": ["1999"]}, "Ett år mellan 2026 och 2046"),
        ({"organisation": [""]}, "Skriv vilken organisation"),
    ],
)
def test_a_fault_is_told_and_nothing_typed_is_lost(
    client: TestClient, databases: Databases, said: Texts, told: str
) -> None:
    answer = send(client, a_site(databases).reference, **said)

    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Jane Doe"' in answer.text


def test_too_many_forms_are_slowed_down_with_all_that_was_typed(
    client: TestClient, databases: Databases, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    services: Services = app.state.services
    monkeypatch.setattr(services, "form_attempts", type(services.form_attempts)("1/hour"))
    site = a_site(databases)

    first, second = send(client, site.reference), send(client, site.reference)

    assert (first.status_code, second.status_code) == (303, 429)
    assert "När kan 100 MW anslutas?" in second.text


def test_an_error_needs_an_address_and_a_message_only(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases)
    shown = client.get(f"/enquiries/new?reference={site.reference}&kind=error&field=power_now_mw")

    answer = client.post(
        "/enquiries/new",
        data={
            "kind": "error",
            "field": "power_now_mw",
            "reference": site.reference,
            "email": "x@example.com",
            "message": "Det är 12 MW.",
            "opened": opened(client)[0],
        },
        follow_redirects=False,
    )

    assert "Rapportera ett fel" in shown.text
    assert answer.status_code == 303, answer.text
    assert rows(databases)[0]["field"] == "power_now_mw"


def test_a_draft_cannot_be_asked_about(client: TestClient, databases: Databases) -> None:
    draft = a_site(databases, status="draft")

    assert client.get(f"/enquiries/new?reference={draft.reference}").status_code == 404


def test_an_answer_is_timed_in_working_days(
    client: TestClient, databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    send(client, a_site(databases).reference)
    with databases.owner.begin() as connection:
        # From Wednesday 28 October to Monday 2 November: Thursday, Friday, Monday.
        connection.execute(text("update enquiry set received_at = '2026-10-28 20:00+01'"))
    editor = signed_in("editor")

    editor.post(
        "/workspace/enquiries/1",
        data={"status": "answered", "note": "Ringde.", "csrf_token": token_of(editor)},
    )

    shown = editor.get("/workspace/enquiries/1").text
    listed = editor.get("/api/v1/enquiries").json()["enquiries"]
    assert "3 arbetsdagar" in shown
    assert "Ringde." in shown
    assert (listed[0]["status"], listed[0]["working_days"]) == ("answered", 3)


def test_an_english_reader_of_the_register_sees_the_english_names(
    client: TestClient, databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    send(client, a_site(databases, name_sv="Norra fältet", name_en="North field").reference)
    editor = signed_in("editor")

    for path in ("/workspace/enquiries", "/workspace/enquiries/1"):
        assert "Norra fältet" in editor.get(path).text
        shown = editor.get(f"/en{path}").text
        assert ("North field" in shown, "Norra fältet" in shown) == (True, False)


def token_of(client: TestClient) -> str:
    form = open_form(client, "/workspace/enquiries/1")
    return form["csrf_token"][0]


def test_the_project_office_answers_too(
    client: TestClient, databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    send(client, a_site(databases).reference)
    office = signed_in("project", None)

    answer = office.post(
        "/workspace/enquiries/1", data={"status": "read", "csrf_token": token_of(office)}
    )

    assert answer.status_code == 200
    assert rows(databases)[0]["handler"] == "project.all@example.se"


def test_after_a_time_only_what_is_counted_is_left(
    client: TestClient, databases: Databases, settings: Settings
) -> None:
    send(client, a_site(databases).reference)
    later = NOW + timedelta(days=settings.enquiry_days + 1)

    with databases.writing(ADMIN) as session:
        forgotten = enquiry_jobs.forget(session, settings, later)

    [row] = rows(databases)
    assert forgotten == 1
    assert [row[part] for part in ("name", "organisation", "email", "phone", "message")] == [""] * 5
    assert (row["sector"], row["size"], row["planned_start"]) == ("battery", "50_100", 2029)


def test_what_nobody_confirmed_is_gone_after_a_time(
    client: TestClient, databases: Databases, settings: Settings
) -> None:
    send(client, a_site(databases).reference, website=["x"])

    with databases.writing(ADMIN) as session:
        enquiry_jobs.forget(session, settings, NOW + timedelta(days=8))
        left = session.scalars(select(func.count()).select_from(table)).one()

    assert left == 0


def test_a_program_without_an_account_must_confirm_by_letter(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases)
    body = {
        "references": [site.reference],
        "name": "Jane Doe",
        "organisation": "Northern Cells",
        "email": "jane.doe@example.com",
        "message": "When?",
        "consent": True,
    }

    answer = client.post("/api/v1/enquiries", json=body)

    assert answer.status_code == 201
    assert answer.json()["must_confirm"] is True
    assert rows(databases)[0]["confirmed_at"] is None


def test_nobody_reads_the_register_without_an_account(client: TestClient) -> None:
    assert client.get("/api/v1/enquiries").status_code == 401


def test_a_program_says_how_far_an_answer_has_come(
    client: TestClient, databases: Databases, with_token: Callable[..., TestClient]
) -> None:
    send(client, a_site(databases).reference)
    editor = with_token("editor")
    [one] = editor.get("/api/v1/enquiries").json()["enquiries"]

    answer = editor.patch(
        f"/api/v1/enquiries/{one['id']}", json={"status": "answered", "note": "Ringde upp"}
    )

    said = answer.json()
    assert (answer.status_code, said["status"]) == (200, "answered")
    assert said["handler"] == "editor.2183@example.se"
    assert [step["note"] for step in said["steps"]] == ["Ringde upp"]
    assert editor.get(f"/api/v1/enquiries/{one['id']}").json() == said


@pytest.mark.parametrize(
    ("body", "status"),
    [({"status": "lost"}, 422), ({"who": "x"}, 422), ({"note": 5}, 422), ({}, 409)],
)
def test_a_step_that_says_nothing_is_refused(
    client: TestClient,
    databases: Databases,
    with_token: Callable[..., TestClient],
    body: dict[str, Any],
    status: int,
) -> None:
    send(client, a_site(databases).reference)
    editor = with_token("editor")
    [one] = editor.get("/api/v1/enquiries").json()["enquiries"]

    assert editor.patch(f"/api/v1/enquiries/{one['id']}", json=body).status_code == status
