"""Versions counted before somebody asks for figures: by the worker, a little behind the saves."""

from procrastinate import JobContext

from catalogue.database import OPERATOR, Databases
from catalogue.jobs import queue
from catalogue.progress.counted_versions import count_missing


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="count_versions", pass_context=True, queueing_lock="count_versions")
def count_versions(context: JobContext, timestamp: int) -> None:
    databases: Databases = context.additional_context["databases"]
    with databases.writing(OPERATOR) as session:
        count_missing(session)
