"""Work done later, by the worker: what is to be done waits in the database.

A job may run twice, when its worker is killed on the last line; each must bear that.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from procrastinate import (
    App,
    JobContext,
    PsycopgConnector,
    RetryStrategy,
    SyncPsycopgConnector,
)
from procrastinate.worker import Worker
from sqlalchemy import insert, make_url
from sqlalchemy.orm import Session

from catalogue import relisting
from catalogue.accounts import account_links, sessions, sign_ins
from catalogue.administration import adjustments
from catalogue.database import OPERATOR, WRITER_ROLE, Actor, Databases, connect
from catalogue.files import unused_files
from catalogue.files.stored_files import open_files
from catalogue.letters import mail
from catalogue.letters.mail import Letter
from catalogue.outlines import kept_geodata
from catalogue.rules import rules_of
from catalogue.settings import Settings
from catalogue.tables import job_failure

NOTHING: Mapping[str, object] = {}
AT_ONCE = 4
"""So that a slow mail server does not hold up the rest."""

logger = logging.getLogger(__name__)
TASKS_ELSEWHERE = (
    "catalogue.access.access_jobs",
    "catalogue.accounts.account_jobs",
    "catalogue.alerts.digests",
    "catalogue.anchoring.anchoring_reminders",
    "catalogue.comparisons.tasks",
    "catalogue.enquiries.enquiry_jobs",
    "catalogue.hours.reminders",
    "catalogue.imports.tasks",
    "catalogue.progress.report_sendings",
    "catalogue.progress.counting_jobs",
    "catalogue.questions.question_reminders",
    "catalogue.snapshots.period_ends",
    "catalogue.snapshots.reporting_dates",
    "catalogue.workflow.reservations",
)
queue = App(connector=SyncPsycopgConnector(), import_paths=TASKS_ELSEWHERE)
"""It opens no connection of its own: jobs are deferred on a session's, a worker brings its own.

A worker imports the modules named, whose tasks need more of the catalogue than may be known here.
"""

deferring = App(connector=SyncPsycopgConnector())
"""Notes jobs on a session's connection also inside a worker, where `queue` has one of its own."""


def defer_letter(session: Session, letter: Letter) -> None:
    """Send the letter once the session's transaction is committed, and never if it is not."""
    connection = session.connection().connection.driver_connection
    deferring.configure_task("send_letter", connection=connection, allow_unknown=True).defer(
        letter=letter.model_dump(mode="json")
    )


# Waits 5 s, 25 s, 2 min, 10 min, 52 min, 4 h and 22 h: longer than a mail server is away.
@queue.task(
    name="send_letter",
    pass_context=True,
    retry=RetryStrategy(max_attempts=7, exponential_wait=5, retry_exceptions=[OSError]),
)
def send_letter(context: JobContext, letter: dict[str, Any]) -> None:
    """Any: the letter as JSON."""
    settings: Settings = context.additional_context["settings"]
    try:
        mail.send(Letter.model_validate(letter), settings)
    except OSError as failure:
        attempt = context.job.attempts + 1
        logger.warning("Letter %s, attempt %d: %s", letter["id"], attempt, failure)
        raise


def defer_relisting(session: Session, actor: Actor) -> None:
    """Make the read side anew once the session's transaction is committed."""
    connection = session.connection().connection.driver_connection
    relist.configure(connection=connection).defer(number=relisting.ask(session, actor))


@queue.task(name="relist", pass_context=True, lock="relist")
def relist(context: JobContext, number: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    relisting.carry_out(lambda: databases.writing(OPERATOR), number, rules_of(settings))


@queue.periodic(cron="0 * * * *")
@queue.task(name="remove_ended_sessions", pass_context=True)
def remove_ended_sessions(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    with databases.writing(None) as session:
        now = rules_of(settings).now()
        sessions.remove_ended(session, now, sessions.session_life(settings))
        account_links.remove_old(session, now)
        sign_ins.remove_old(session, now, settings.sign_in_events_days)


@queue.periodic(cron="17 3 * * *")
@queue.task(name="remove_unused_files", pass_context=True, queueing_lock="remove_unused_files")
def remove_unused_files(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    count = unused_files.remove_unused(
        databases, open_files(settings), settings, rules_of(settings).now()
    )
    logger.info("Removed %d contents that no file refers to", count)


@queue.periodic(cron="20 * * * *")
@queue.task(name="remove_expired_geodata", pass_context=True)
def remove_expired_geodata(context: JobContext, timestamp: int) -> None:
    databases: Databases = context.additional_context["databases"]
    with databases.writing(None) as session:
        kept_geodata.remove_expired(session)


@queue.periodic(cron="* * * * *")
@queue.task(name="take_up_stalled_jobs", pass_context=True, queueing_lock="take_up_stalled_jobs")
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Whatever a worker had begun that has not been heard of for 30 s is to be done again."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)


def surround(call_next: Callable[[], Any], context: JobContext, _: Worker) -> Any:
    """Each job works by the settings in force when it begins, and why it failed is kept.

    Any: what a job returns; `Exception` because a job may fail in any way, and fails on.
    """
    databases: Databases = context.additional_context["databases"]
    with databases.writing(None) as session:
        installed: Settings = context.additional_context["settings"]
        context.additional_context["settings"] = adjustments.present(session, installed)
    try:
        return call_next()
    except Exception as failure:
        with databases.writing(OPERATOR) as session:
            session.execute(
                insert(job_failure).values(
                    job_id=context.job.id,
                    attempt=context.job.attempts + 1,
                    error=f"{type(failure).__name__}: {failure}"[:2_000],
                )
            )
        raise


def work(settings: Settings, given: Mapping[str, object] = NOTHING, *, wait: bool = True) -> None:
    """Do jobs until told to stop by SIGTERM or SIGINT; those begun are finished first.

    `given` is what jobs need and the catalogue has not, by name: `formats`, those that progress is
    written in.

    Without `wait`, only until none is left that is due.
    """
    url = make_url(settings.database_url).set(drivername="postgresql")
    connector = PsycopgConnector(
        conninfo=url.render_as_string(hide_password=False),
        kwargs={"options": f"-c role={WRITER_ROLE} -c timezone=UTC"},
        min_size=1,
        max_size=AT_ONCE,
    )
    databases = connect(settings)
    with queue.replace_connector(connector):
        queue.run_worker(
            wait=wait,
            concurrency=AT_ONCE,
            delete_jobs="successful",
            additional_context={
                "settings": settings,
                "databases": databases,
                **given,
            },
            task_middleware=[surround],
        )
    databases.dispose()
