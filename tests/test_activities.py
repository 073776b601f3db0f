"""What hours can be spent on: the list that an administrator keeps, and what it does to the register."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.html_forms import form_of

ADDRESS = "/admin/activities"
HOURS = "/api/v1/hours"
OF_THE_DOMAIN = [
    "data_collection", "grid_contact", "water_contact", "planning", "meeting", "training",
    "rfi_answer", "quality_control",
]  # fmt: skip


@pytest.fixture
def admin(signed_in: Callable[..., TestClient]) -> TestClient:
    return signed_in("admin")


@pytest.fixture
def editor(with_token: Callable[..., TestClient]) -> TestClient:
    return with_token("editor", "2183")


def send(admin: TestClient, action: str, page: str = "", **texts: str) -> str:
    """A form of a page, sent with these texts; the page that comes back."""
    sent = form_of(admin.get(page or action).text, action)
    return admin.post(action, data={**sent, **{name: [text] for name, text in texts.items()}}).text


def an_entry(activity: str) -> dict[str, object]:
    return {"month": "2026-05", "role": "Planarkitekt", "hours": 2, "activity": activity}


def test_the_register_starts_with_the_eight_activities_of_the_project(editor: TestClient) -> None:
    listed = editor.get(f"{HOURS}/activities").json()["activities"]

    assert [one["code"] for one in listed] == OF_THE_DOMAIN
    assert all(one["offered"] for one in listed)


def test_an_added_activity_can_be_entered_at_once(admin: TestClient, editor: TestClient) -> None:
    send(admin, ADDRESS, code="site_visit", label_sv=" Besök på  plats", label_en="Site visit")

    assert editor.post(HOURS, json=an_entry("site_visit")).status_code == 201
    assert ">Besök på plats</option>" in admin.get("/hours/rows?municipality=2183").text


def test_a_retired_activity_is_refused_and_stays_where_it_was_entered(
    admin: TestClient, editor: TestClient
) -> None:
    editor.post(HOURS, json=an_entry("training"))

    send(admin, f"{ADDRESS}/training", retired="yes")

    refused = editor.post(HOURS, json=an_entry("training")).json()["errors"][0]
    assert refused["pointer"] == "/activity"
    assert "The activity training is no longer in use." in refused["detail"]
    page = admin.get("/hours?municipality=2183").text
    assert "<td>Utbildning</td>" in page
    assert ">Utbildning</label>" not in page


def test_other_words_for_an_activity_show_on_the_hours_already_entered(
    admin: TestClient, editor: TestClient
) -> None:
    editor.post(HOURS, json=an_entry("meeting"))

    send(admin, f"{ADDRESS}/meeting", label_sv="Sammanträde")

    assert "<td>Sammanträde</td>" in admin.get("/hours?municipality=2183").text


def test_an_activity_in_use_is_not_removed(
    admin: TestClient, editor: TestClient, databases: Databases
) -> None:
    forms = form_of(admin.get(f"{ADDRESS}/training").text, f"{ADDRESS}/training/removal")
    editor.post(HOURS, json=an_entry("training"))

    answer = admin.post(f"{ADDRESS}/training/removal", data=forms)

    assert answer.status_code == 409
    assert "Tid är inskriven på training" in answer.text
    with databases.owner.connect() as connection:
        assert connection.scalar(text("select count(*) from activity")) == 8


def test_an_activity_without_hours_is_removed_and_the_log_says_who_did_it(
    admin: TestClient, editor: TestClient, databases: Databases
) -> None:
    page = send(admin, f"{ADDRESS}/training/removal", f"{ADDRESS}/training")

    assert "Aktiviteten är borttagen." in page
    assert editor.post(HOURS, json=an_entry("training")).status_code == 422
    with databases.owner.connect() as connection:
        logged = connection.execute(
            text("select actor, action, subject from audit_event where kind = 'activity'")
        ).one()
    assert tuple(logged) == ("admin.all@example.se", "removed", "training")


@pytest.mark.parametrize(
    ("code", "label", "said"),
    [
        ("Site visit", "Besök", "En kod är 2–40 tecken"),
        ("meeting", "Besök", "Koden meeting finns redan."),
        ("visit", " ", "Ange ett namn"),
        ("visit", "möte", "möte heter redan en annan aktivitet."),
    ],
)
def test_what_cannot_be_added_is_refused_with_what_to_do(
    admin: TestClient, code: str, label: str, said: str
) -> None:
    assert said in send(admin, ADDRESS, code=code, label_sv=label, label_en="Visit")
