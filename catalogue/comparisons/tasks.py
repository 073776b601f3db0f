"""Jobs about shared lists: those that are over do not stay."""

import logging

from procrastinate import JobContext

from catalogue.comparisons import shared_lists
from catalogue.database import Databases
from catalogue.jobs import queue
from catalogue.rules import rules_of
from catalogue.settings import Settings

logger = logging.getLogger(__name__)


@queue.periodic(cron="37 3 * * *")
@queue.task(name="remove_old_shared_lists", pass_context=True)
def remove_old_shared_lists(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    with databases.writing(None) as session:
        count = shared_lists.remove_old(session, rules_of(settings).now())
    logger.info("Removed %d shared lists that were over", count)
