"""Jobs and letters as an administrator sees them: what failed and why, tried again, taken away."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.jobs import work
from catalogue.letters import mail
from catalogue.settings import Settings
from tests.html_forms import form_of
from tests.mail_servers import Inbox, Strict, a_letter, mail_server
from tests.test_jobs import defer_a_letter, execute, statuses, with_mail

JOBS, LETTERS = "/admin/jobs", "/admin/letters"


@pytest.fixture
def admin(signed_in: Callable[..., TestClient]) -> TestClient:
    return signed_in("admin")


@pytest.fixture
def kept(settings: Settings) -> Iterator[Path]:
    """The folder of letters, empty before and after."""
    folder = settings.data / "mail"
    for file in folder.glob("*.eml"):
        file.unlink()
    yield folder
    for file in folder.glob("*.eml"):
        file.unlink()


def press(admin: TestClient, do: str, back: str = LETTERS) -> str:
    """One of the buttons of the only job on the page; the page that comes back."""
    page = admin.get(back).text
    action = page.split(f'action="{JOBS}/')[1].split('"')[0]
    token = form_of(page, f"{JOBS}/")["csrf_token"][0]
    sent = {"csrf_token": token, "do": do, "back": back}
    return admin.post(f"{JOBS}/{action}", data=sent).text


def refuse_a_letter(databases: Databases, settings: Settings) -> None:
    """A letter that a mail server has refused once, and that waits for its next attempt."""
    defer_a_letter(databases)
    with mail_server(Strict()) as place:
        work(with_mail(settings, place), wait=False)


def test_a_letter_that_was_refused_says_why(
    admin: TestClient, databases: Databases, settings: Settings
) -> None:
    refuse_a_letter(databases, settings)

    page = admin.get(LETTERS).text

    assert "Försöker igen" in page
    assert "No such mailbox" in page
    assert "1 väntar på ett nytt försök" in admin.get("/admin").text


def test_a_letter_is_tried_again_at_once_when_asked(
    admin: TestClient, databases: Databases, settings: Settings
) -> None:
    refuse_a_letter(databases, settings)
    inbox = Inbox()

    page = press(admin, "again")
    with mail_server(inbox) as place:
        work(with_mail(settings, place), wait=False)

    assert "Jobbet görs så snart en arbetare är ledig." in page
    assert len(inbox.letters) == 1


def test_a_failed_letter_is_sent_once_it_is_tried_again(
    admin: TestClient, databases: Databases, settings: Settings
) -> None:
    refuse_a_letter(databases, settings)
    execute(databases, "update procrastinate_jobs set status = 'failed'")
    inbox = Inbox()

    press(admin, "again")
    with mail_server(inbox) as place:
        work(with_mail(settings, place), wait=False)

    assert len(inbox.letters) == 1


@pytest.mark.parametrize("status", ["todo", "failed"])
def test_a_job_taken_away_is_gone_with_its_errors_and_stands_in_the_log(
    admin: TestClient, databases: Databases, settings: Settings, status: str
) -> None:
    refuse_a_letter(databases, settings)
    execute(databases, f"update procrastinate_jobs set status = '{status}'")

    page = press(admin, "stop", JOBS)

    with databases.owner.connect() as connection:
        errors = connection.scalar(text("select count(*) from job_failure"))
    assert "Jobbet är borttaget." in page
    assert (statuses(databases), errors) == ([], 0)
    assert "Skicka mejl, 1" in admin.get("/admin/audit?kind=job").text


def test_a_job_that_is_done_meanwhile_is_told_to_be_gone(
    admin: TestClient, databases: Databases
) -> None:
    token = form_of(admin.get("/admin/settings").text, "/admin/settings")["csrf_token"][0]

    answer = admin.post(f"{JOBS}/77", data={"csrf_token": token, "do": "again"})

    assert answer.status_code == 409
    assert "Jobbet finns inte kvar" in answer.text


def test_a_silent_worker_is_told_with_the_time(admin: TestClient, databases: Databases) -> None:
    heard = "insert into procrastinate_workers (last_heartbeat) values ('2026-11-02T{}Z')"
    assert "Ingen arbetare har varit igång" in admin.get(JOBS).text

    execute(databases, heard.format("07:30:00"))
    assert "Ingen arbetare igång sedan 2\xa0nov\xa02026 kl.\xa008.30" in admin.get(JOBS).text

    execute(databases, heard.format("08:59:50"))
    assert "En arbetare är igång" in admin.get(JOBS).text


def test_a_letter_kept_as_a_file_is_shown_as_text_and_as_it_looks(
    admin: TestClient, settings: Settings, kept: Path
) -> None:
    mail.send(a_letter(id="20261102T090000-ab"), settings)

    listed = admin.get(LETTERS).text
    page = admin.get(f"{LETTERS}/20261102T090000-ab").text
    html = admin.get(f"{LETTERS}/20261102T090000-ab/html")

    assert "Granska Långnäs" in listed
    assert "Gå igenom den." in page
    assert "sandbox" in html.headers["content-security-policy"]
    assert "default-src 'none'" in html.headers["content-security-policy"]


def test_a_letter_s_file_is_the_one_that_would_have_been_sent(
    admin: TestClient, settings: Settings, kept: Path
) -> None:
    mail.send(a_letter(id="20261102T090000-ab"), settings)

    answer = admin.get(f"{LETTERS}/20261102T090000-ab/file")

    assert answer.headers["content-type"] == "message/rfc822"
    assert answer.content == (kept / "20261102T090000-ab.eml").read_bytes()


@pytest.mark.parametrize("name", ["missing", "..%2Flogins", "%2e%2e"])
def test_no_other_file_is_read_as_a_letter(admin: TestClient, kept: Path, name: str) -> None:
    assert admin.get(f"{LETTERS}/{name}").status_code in {400, 404}
