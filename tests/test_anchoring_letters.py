"""Reminders of what is missing: by a click, and once for each occasion by the clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text, update
from starlette.testclient import TestClient

from catalogue.anchoring.anchoring_reminders import remind_all
from catalogue.database import Databases
from catalogue.jobs import work
from catalogue.rules import Rules
from catalogue.settings import Settings
from catalogue.tables import account
from tests.builders import ADMIN, NOW, RULES, a_site, an_account, known_since
from tests.html_forms import form_of
from tests.mail_servers import Inbox

PAGE = "/progress/anchoring/2183"


def at(moment: datetime) -> Rules:
    return replace(RULES, clock=lambda: moment)


def letters(inbox: Inbox, settings: Settings) -> list[tuple[str, str, str]]:
    """To whom, subject and text of what the worker sends."""
    work(settings, wait=False)
    return [
        (str(one["To"]), str(one["Subject"]), one.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # every letter has a plain part
        for one in inbox.letters
    ]


def test_a_letter_goes_to_those_chosen_after_it_was_seen(
    databases: Databases,
    signed_in: Callable[..., TestClient],
    inbox: Inbox,
    mailing: Settings,
) -> None:
    editor, _ = an_account(databases, "editor", "2183")
    an_account(databases, "publisher", "2183")
    office, path = signed_in("project"), f"{PAGE}/letter"
    page = office.get(path).text
    assert "Förankringen i Bollnäs: 8 saker kvar" in page

    sent = office.post(
        path,
        data={**form_of(page, path), "to": [editor], "message": "Ring mig gärna!"},
    )
    twice = office.post(path, data={**form_of(page, path), "to": [editor]})

    assert "Påminnelsen är på väg till en person." in sent.text
    assert twice.status_code == 409
    [(to, subject, told)] = letters(inbox, mailing)
    assert (to, subject) == (editor, "Förankringen i Bollnäs: 8 saker kvar")
    assert "Ring mig gärna!" in told
    assert "/progress/anchoring/2183#decided_on" in told


def test_a_letter_to_nobody_is_refused(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    an_account(databases, "editor", "2183")
    office, path = signed_in("project"), f"{PAGE}/letter"
    form = form_of(office.get(path).text, path)

    answer = office.post(path, data={**form, "to": ["x@example.com"], "message": "Kvar"})

    assert answer.status_code == 422
    assert "Välj minst en mottagare." in answer.text
    assert "Kvar" in answer.text


def test_in_a_month_of_the_setting_each_municipality_is_reminded_once(
    databases: Databases, inbox: Inbox, mailing: Settings
) -> None:
    an_account(databases, "editor", "2183")
    with databases.writing(ADMIN) as session:
        session.execute(update(account).values(language="en"))
    monthly = mailing.model_copy(update={"anchoring_months": "1,11"})

    counts = [remind_all(databases, monthly, RULES) for _ in range(2)]

    assert counts == [1, 0]
    [(_, subject, told)] = letters(inbox, mailing)
    assert subject == "Anchoring in Bollnäs: 8 things left"
    assert "No deputy is appointed." in told


def test_without_the_settings_nobody_is_reminded(databases: Databases, mailing: Settings) -> None:
    an_account(databases, "editor", "2183")

    assert remind_all(databases, mailing, RULES) == 0


def test_silence_is_reminded_of_again_after_as_long_and_three_times_at_most(
    databases: Databases, inbox: Inbox, mailing: Settings
) -> None:
    an_account(databases, "editor", "2183")
    a_site(databases, municipality="2183")
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        connection.execute(text("update site_version set recorded_at = '2026-01-01T12:00Z'"))
    idle = mailing.model_copy(update={"anchoring_idle_days": 30})
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)

    sent = [
        remind_all(databases, idle, at(start + timedelta(days=days)))
        for days in (29, 30, 31, 60, 90, 120, 150)
    ]

    assert sent == [0, 1, 0, 1, 1, 0, 0]
    # The worker sends side by side, in no order.
    texts = {" ".join(told.split()) for _, _, told in letters(inbox, mailing)}
    assert any("sedan 1 jan 2026. Det är 30 dagar sedan." in told for told in texts)


def test_two_reasons_on_one_morning_are_told_on_two(
    databases: Databases, inbox: Inbox, mailing: Settings
) -> None:
    an_account(databases, "editor", "2183")
    a_site(databases, municipality="2183")
    known_since(databases, datetime(2026, 10, 13, 12, tzinfo=UTC))
    both = mailing.model_copy(update={"anchoring_months": "11", "anchoring_idle_days": 20})

    sent = [remind_all(databases, both, at(NOW + timedelta(days=days))) for days in range(3)]

    assert sent == [1, 1, 0]
    assert {subject for _, subject, _ in letters(inbox, mailing)} == {
        "Förankringen i Bollnäs: 7 saker kvar",
        "Det har varit tyst om Bollnäs ett tag",
    }
