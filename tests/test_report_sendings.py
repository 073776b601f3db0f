"""The status report by mail: once after each period, and whenever the office wants it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any

import pypdfium2
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient

from catalogue import jobs
from catalogue.administration import adjustments
from catalogue.database import OPERATOR, Databases
from catalogue.progress import report_sendings
from catalogue.rules import Rules
from catalogue.settings import Settings
from catalogue.working_days import first_working_day
from frontend.progress_formats import FORMATS
from tests.builders import ADMIN, a_site, an_actor, known_since
from tests.html_forms import open_form
from tests.mail_servers import Inbox

PAGE = "/progress/report/send"
GROUP = "anna@bollnas.se, bo@gavle.se"
ENDED = date(2026, 9, 30)
ANCHORED = (
    "Av 10 kommuner hade ingen beslutat att delta, och av de 80 delar som förankrar projektet hos "
    "dem var 1 på plats"
)


def at(day: date) -> Rules:
    return Rules(clock=lambda: datetime(day.year, day.month, day.day, 6, tzinfo=UTC))


def sent_on(databases: Databases, settings: Settings, day: date) -> date | None:
    with databases.writing(OPERATOR) as session:
        return report_sendings.send_after_period(session, settings, at(day), FORMATS)


def with_group(settings: Settings, **more: str) -> Settings:
    return settings.model_copy(update={"report_recipients": GROUP, **more})


def words(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def office(app: FastAPI, signed_in: Callable[..., TestClient], databases: Databases) -> TestClient:
    """The project office, with somebody on the steering group's list."""
    client = signed_in("project")
    settle(databases, "report_recipients", GROUP)
    return client


def settle(databases: Databases, name: str, value: str) -> None:
    with databases.writing(ADMIN) as session:
        adjustments.change(session, Settings(), {name: value}, [], "")


def test_the_report_goes_out_with_its_pdf_on_the_first_working_day_after_the_period(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    a_site(databases, power_now_mw=80)
    known_since(databases, datetime(2026, 9, 1, 12, tzinfo=UTC))

    assert sent_on(databases, with_group(mailing), date(2026, 10, 1)) == ENDED
    jobs.work(mailing, {"formats": FORMATS}, wait=False)

    assert sorted(str(letter["To"]) for letter in inbox.letters) == [
        "anna@bollnas.se",
        "bo@gavle.se",
    ]
    letter = inbox.letters[0]
    assert (letter["Subject"], letter["Content-Language"]) == ("Lägesrapport 30 sep 2026", "sv")
    assert letter["Reply-To"] == mailing.contact_email
    assert "Den 30 sep 2026 fanns en plats i katalogen" in words(letter)
    # That somebody saved a site is activity: one of the eight parts, in one municipality of ten.
    assert ANCHORED in " ".join(words(letter).split())
    assert "Svara på mejlet" in words(letter)
    [attached] = letter.iter_attachments()
    assert attached.get_filename() == "sitefinder-laget-2026-09-30.pdf"
    assert attached.get_content_type() == "application/pdf"
    content: Any = attached.get_content()
    assert "80 MW" in text_of(content)
    assert ANCHORED in " ".join(text_of(content).split())


def text_of(content: bytes) -> str:
    [page] = pypdfium2.PdfDocument(content)
    return str(page.get_textpage().get_text_range()).replace("\N{NO-BREAK SPACE}", " ")


def test_a_job_that_runs_twice_sends_one_report(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    days = [date(2026, 10, 1), date(2026, 10, 1), date(2026, 10, 2)]

    assert [sent_on(databases, with_group(mailing), day) for day in days] == [ENDED, None, None]
    jobs.work(mailing, {"formats": FORMATS}, wait=False)
    assert len(inbox.letters) == 2


@pytest.mark.parametrize(
    ("day", "changed"),
    [
        (date(2026, 9, 30), {}),
        (date(2026, 10, 15), {}),
        (date(2026, 10, 1), {"report_months": ""}),
        (date(2026, 10, 1), {"report_recipients": ""}),
        (date(2026, 10, 1), {"report_months": "6,12"}),
    ],
    ids=["not ended yet", "long ago", "never by itself", "nobody on the list", "not that month"],
)
def test_nothing_is_sent_when_none_is_due(
    databases: Databases, changed: dict[str, str], day: date
) -> None:
    assert sent_on(databases, with_group(Settings(), **changed), day) is None


@pytest.mark.parametrize(
    ("end", "first"),
    [
        (date(2026, 9, 30), date(2026, 10, 1)),
        (date(2026, 12, 31), date(2027, 1, 4)),
        (date(2027, 3, 31), date(2027, 4, 1)),
        (date(2026, 2, 28), date(2026, 3, 2)),
    ],
)
def test_the_first_working_day_passes_by_weekends_and_holidays(end: date, first: date) -> None:
    assert first_working_day(end) == first


def test_the_office_sends_it_by_hand_after_a_look_at_to_whom(
    databases: Databases, office: TestClient, mailing: Settings, inbox: Inbox
) -> None:
    path = f"{PAGE}?as_of=2026-10-31&since=2026-09-30"
    shown = office.get(path).text
    form = open_form(office, path, PAGE)

    answer = office.post(PAGE, data=form)
    jobs.work(mailing, {"formats": FORMATS}, wait=False)

    assert "anna@bollnas.se" in shown
    assert "Rapporten är på väg till styrgruppen." in answer.text
    assert {str(letter["Subject"]) for letter in inbox.letters} == {"Lägesrapport 31 okt 2026"}
    assert len(inbox.letters) == 2
    assert "Projektkontoret" in office.get(PAGE).text


def test_without_anybody_on_the_list_nothing_can_be_sent(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    office = signed_in("admin")
    csrf = open_form(office, "/progress/snapshots", "/progress/snapshots")["csrf_token"]

    answer = office.post(PAGE, data={"csrf_token": csrf, "as_of": "", "since": ""})

    assert answer.status_code == 422
    assert "Ingen står på styrgruppens lista" in answer.text


def test_an_editor_may_not_send_it(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    editor = signed_in("editor", "2183")

    assert editor.get(PAGE).status_code == 403
    assert "/progress/report/send" not in editor.get("/progress/report").text


def test_the_letter_stands_among_those_of_the_administrator_with_what_is_attached(
    app: FastAPI, databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    settings = app.state.services.installed
    sent_on(databases, with_group(settings), date(2026, 10, 1))
    jobs.work(settings, {"formats": FORMATS}, wait=False)
    admin = signed_in("admin")

    listed = admin.get("/admin/letters").text
    # Letters that other tests have kept stand there too.
    line = next(row for row in listed.split("<tr") if "Lägesrapport 30 sep 2026" in row)
    name = line.split('href="/admin/letters/')[1].split('"')[0]

    assert "Lägesrapport 30 sep 2026" in listed
    assert "sitefinder-laget-2026-09-30.pdf" in admin.get(f"/admin/letters/{name}").text


@pytest.mark.parametrize("addresses", ["anna@bollnas.se; bo@gavle.se", "anna", "a@b.se,,c@d.se"])
def test_a_list_that_is_no_addresses_is_refused_with_what_to_write(
    databases: Databases, signed_in: Callable[..., TestClient], addresses: str
) -> None:
    admin = signed_in("admin")
    csrf = open_form(admin, "/admin/settings", "/admin/settings")["csrf_token"]
    form = {"csrf_token": csrf, "group": "report", "report_recipients": addresses}

    answer = admin.post("/admin/settings", data={**form, "report_months": "3,6"})

    assert answer.status_code == 422
    assert "Skriv e-postadresser med komma emellan" in answer.text


@pytest.mark.parametrize("role", ["editor", "investor", None])
def test_others_neither_note_nor_read_what_was_sent(databases: Databases, role: Any) -> None:
    sent_on(databases, with_group(Settings()), date(2026, 10, 1))
    actor = an_actor(role, "2183") if role else None

    with databases.writing(actor) as session:
        assert report_sendings.sendings(session, 5) == []
    with pytest.raises(DBAPIError), databases.writing(actor) as session:
        report_sendings.note(
            session,
            report_sendings.Span(ENDED, ENDED),
            at(ENDED),
            ["x@y.se"],
            sent_by="job",
            period=None,
        )
