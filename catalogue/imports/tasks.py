"""The worker's part in imports: check a file, save what was confirmed, remove what is old."""

from procrastinate import JobContext
from sqlalchemy.orm import Session

from catalogue.database import Databases
from catalogue.imports import register
from catalogue.imports.work import check_import, give_up, write_import
from catalogue.jobs import queue
from catalogue.rules import rules_of
from catalogue.settings import Settings

MOST_ATTEMPTS = 3
"""A file that takes the worker down with it each time is not tried for ever."""


def defer_import(session: Session, import_id: int, *, writes: bool = False) -> None:
    """Check the file, or save what was confirmed, once the session's transaction is committed."""
    connection = session.connection().connection.driver_connection
    do_import.configure(connection=connection).defer(import_id=import_id, writes=writes)


@queue.task(name="do_import", pass_context=True)
def do_import(context: JobContext, import_id: int, writes: bool) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    rules = rules_of(settings)
    if context.job.attempts >= MOST_ATTEMPTS:
        give_up(databases, rules, import_id)
        return
    if writes or check_import(databases, rules, import_id):
        write_import(databases, rules, import_id)


@queue.periodic(cron="20 3 * * *")
@queue.task(name="remove_old_imports", pass_context=True)
def remove_old_imports(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    register.remove_old(databases, rules_of(settings).now(), settings.import_days)
