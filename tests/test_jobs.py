"""Jobs: noted with the change they belong to, done by a real worker, taken up when it dies."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from procrastinate.schema import SchemaManager
from procrastinate.tasks import Task
from sqlalchemy import text

from catalogue import sites
from catalogue.accounts import accounts
from catalogue.database import Actor, Databases
from catalogue.jobs import defer_letter, remove_ended_sessions, take_up_stalled_jobs, work
from catalogue.settings import Settings
from catalogue.site import Site
from tests.builders import ADMIN, RULES, TERMS, a_site, an_account, an_actor
from tests.mail_servers import Busy, Inbox, Slow, a_letter, mail_server, with_mail

EDITOR = an_actor("editor", "2183")
PUBLISHER = an_actor("publisher", "2183")


@pytest.fixture(autouse=True)
def no_jobs(databases: Databases) -> Iterator[None]:
    sweep = (
        "truncate procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers cascade"
    )
    execute(databases, sweep)
    yield
    execute(databases, sweep)


def execute(databases: Databases, statement: str) -> None:
    with databases.owner.begin() as connection:
        connection.execute(text(statement))


def statuses(databases: Databases) -> list[str]:
    """Of the letters' jobs."""
    question = "select status::text from procrastinate_jobs where task_name = 'send_letter'"
    with databases.owner.connect() as connection:
        return list(connection.scalars(text(question)))


def defer_a_letter(databases: Databases) -> None:
    with databases.writing(ADMIN) as session:
        defer_letter(session, a_letter())


def defer_now(databases: Databases, periodic: Task[Any, Any, Any]) -> None:
    """A periodic task before its time."""
    with databases.writing(None) as session:
        connection = session.connection().connection.driver_connection
        periodic.configure(connection=connection).defer(timestamp=0)


def start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    """The command `sitefinder worker`, as a process of its own."""
    ours = {
        "SITEFINDER_DATABASE_URL": settings.database_url,
        "SITEFINDER_SMTP_URL": settings.smtp_url or "",
    }
    command = [sys.executable, "-c", "from api.commands import app; app(['worker'])"]
    return subprocess.Popen(command, env=os.environ | ours)


def submitted(databases: Databases, **values: Any) -> Site:
    an_account(databases, "editor", "2183")
    site = a_site(databases, municipality="2183", status="draft", actor=EDITOR, **values)
    return moved(databases, EDITOR, site, "in_review")


def moved(databases: Databases, actor: Actor, site: Site, to: Any) -> Site:
    with databases.writing(actor) as session:
        return sites.move(session, actor, site.reference, to, RULES, terms=TERMS).site


def test_the_publishers_of_the_municipality_hear_of_a_submitted_site(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    an_account(databases, "publisher", "2183")
    an_account(databases, "publisher", "2184")
    site = submitted(databases, name_sv="Långnäs")

    work(mailing, wait=False)

    [letter] = inbox.letters
    said = letter.get_body(("plain",)).get_content()
    assert letter["To"] == "publisher.2183@example.se"
    assert letter["Subject"] == f"Granska Långnäs ({site.reference})"
    assert "Editor har skickat platsen" in said
    assert f"{mailing.visited_at}/workspace/sites/{site.reference}" in said


def test_a_letter_is_in_the_language_of_its_receiver(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    an_account(databases, "publisher", "2183")
    execute(databases, "update account set language = 'en'")
    a_site(databases, status="in_review", actor=EDITOR, name_sv="Kilafors")

    work(mailing, wait=False)

    assert inbox.letters[0]["Subject"] == "Review Kilafors (GVB-2183-001)"
    assert "/en/workspace/sites/GVB-2183-001" in inbox.letters[0].as_string()


def test_a_closed_account_gets_no_letters(databases: Databases) -> None:
    email, _ = an_account(databases, "publisher", "2183")
    with databases.writing(ADMIN) as session:
        accounts.disable(session, email)

    submitted(databases)

    assert statuses(databases) == []


def test_whoever_submitted_a_site_hears_that_it_is_published(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    site = submitted(databases, name_sv="Långnäs")
    moved(databases, PUBLISHER, site, "published")

    work(mailing, wait=False)

    [letter] = inbox.letters
    assert letter["To"] == EDITOR.email
    assert letter["Subject"] == f"Långnäs ({site.reference}) är publicerad"


def test_a_step_that_is_not_saved_sends_no_letter(databases: Databases) -> None:
    an_account(databases, "publisher", "2183")
    site = a_site(databases, municipality="2183", status="draft")

    with databases.writing(EDITOR) as session:
        sites.move(session, EDITOR, site.reference, "in_review", RULES)
        session.rollback()

    assert statuses(databases) == []


def test_a_letter_that_was_sent_leaves_nothing_behind(
    databases: Databases, mailing: Settings
) -> None:
    defer_a_letter(databases)

    work(mailing, wait=False)

    assert statuses(databases) == []


def test_a_letter_refused_for_now_is_tried_again_later(
    databases: Databases, settings: Settings
) -> None:
    busy = Busy()
    defer_a_letter(databases)

    with mail_server(busy) as place:
        work(with_mail(settings, place), wait=False)
        assert (statuses(databases), busy.letters) == (["todo"], [])
        execute(databases, "update procrastinate_jobs set scheduled_at = now()")
        work(with_mail(settings, place), wait=False)

    assert len(busy.letters) == 1


def test_a_job_whose_worker_was_killed_is_taken_up_again(
    databases: Databases, settings: Settings
) -> None:
    slow = Slow(pause_s=60)
    defer_a_letter(databases)
    with mail_server(slow) as place:
        worker = start_worker(with_mail(settings, place))
        assert slow.asked.wait(timeout=60)
        worker.kill()
        worker.wait()
        execute(
            databases, "update procrastinate_workers set last_heartbeat = now() - '1 min'::interval"
        )

        defer_now(databases, take_up_stalled_jobs)
        work(with_mail(settings, place), wait=False)
        work(with_mail(settings, place), wait=False)

    assert len(slow.letters) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_finishes_what_it_has_begun(
    databases: Databases, settings: Settings, number: signal.Signals
) -> None:
    slow = Slow(pause_s=1)
    defer_a_letter(databases)
    with mail_server(slow) as place:
        worker = start_worker(with_mail(settings, place))
        assert slow.asked.wait(timeout=60)
        worker.send_signal(number)
        ended_with = worker.wait(timeout=30)

    assert (ended_with, len(slow.letters), statuses(databases)) == (0, 1, [])


def test_sessions_that_have_ended_are_removed(databases: Databases, settings: Settings) -> None:
    an_account(databases)
    execute(
        databases,
        "insert into sign_in_session (token_hash, account_id, seen_at) select hash, id, seen "
        "from account, (values ('old', now() - interval '31 minutes'), ('new', now())) "
        "as made(hash, seen)",
    )

    defer_now(databases, remove_ended_sessions)
    work(settings, wait=False)

    with databases.owner.connect() as connection:
        left = connection.scalars(text("select token_hash from sign_in_session")).all()
    assert left == ["new"]


def test_the_queue_is_worked_in_the_role_of_the_application(databases: Databases) -> None:
    with databases.owner.connect() as connection:
        readable = connection.scalars(
            text("select has_table_privilege(role, 'procrastinate_jobs', 'select') "
                 "from unnest(array['sitefinder_app', 'sitefinder_reader', "
                 "'sitefinder_registered']) as role")
        ).all()  # fmt: skip
    assert readable == [True, False, False]


def test_the_shape_of_the_queue_is_the_one_that_the_migrations_made() -> None:
    """A newer one needs a migration for databases that have the older; see 0005_jobs."""
    steps = sorted(path.name for path in Path(SchemaManager.get_migrations_path()).glob("*.sql"))

    assert steps[-1] == "03.04.00_50_post_add_retry_failed_job_procedure.sql"
