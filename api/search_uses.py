"""Counting how the search is used: noted with each answer, written by a thread of its own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from api.context import Services
from catalogue import municipalities
from catalogue.search import uses

EVERY_SECONDS = 60

logger = logging.getLogger(__name__)


@contextmanager
def counting_searches(services: Services) -> Iterator[None]:
    """Written once a minute, and what is left when the server stops."""
    stopping = Event()

    def work() -> None:
        while not stopping.wait(EVERY_SECONDS):
            write(services)

    thread = Thread(target=work, name="search uses", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()
        write(services)


def write(services: Services) -> None:
    """What was noted since the last time; a database that is away costs some counts, no answer."""
    taken = services.uses.take()
    if not taken:
        return
    try:
        with services.databases.reading("public") as session:
            names = municipalities.listed_names(session, "public")
        uses.write(services.databases, taken, names, services.rules.today)
    except SQLAlchemyError:
        logger.warning("searches not counted: %s", sum(taken.values()), exc_info=True)
