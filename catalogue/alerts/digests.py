"""The digest: once a day, or once a week, each search is looked at again and what is new is told.

State, day and letter are written in one transaction, so that a digest that runs twice tells once,
and one that was interrupted tells all of it later.
"""

import logging
import secrets
from datetime import datetime, time, timedelta

from procrastinate import JobContext
from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.accounts.accounts import hashed
from catalogue.alerts import alert_letters, sightings
from catalogue.database import OPERATOR, Databases
from catalogue.errors import BadParameters
from catalogue.jobs import queue
from catalogue.rules import SWEDEN, Rules, rules_of
from catalogue.search.saved_searches import read_query
from catalogue.settings import Settings
from catalogue.tables import account, alert_link
from catalogue.tables import alert as table

logger = logging.getLogger(__name__)
DAYS_LATE = 7
"""A weekly digest that could not be sent on its day goes out so many days after the last."""


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="send_alerts", pass_context=True, queueing_lock="send_alerts")
def send_alerts(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    rules = rules_of(settings)
    remove_unconfirmed(databases, rules.now(), settings.unconfirmed_days)
    if told := send_all(databases, rules, settings):
        logger.info("Told %d alerts what is new", told)


def remove_unconfirmed(databases: Databases, now: datetime, days: int) -> None:
    """The addresses that nobody has confirmed in time."""
    with databases.writing(OPERATOR) as session:
        session.execute(
            delete(table).where(
                table.c.confirmed_at.is_(None), table.c.created_at < now - timedelta(days=days)
            )
        )


def send_all(databases: Databases, rules: Rules, settings: Settings) -> int:
    """How many letters were written; none before the hour of day that is set."""
    if rules.now().astimezone(SWEDEN).time() < time.fromisoformat(settings.alert_time):
        return 0
    with databases.writing(OPERATOR) as session:
        due = session.scalars(
            select(table.c.id).where(is_due(rules, settings)).order_by(table.c.id)
        ).all()
        names = municipalities.names(session)
    told = 0
    for number in due:
        with databases.writing(OPERATOR) as session, databases.reading("public") as reading:
            told += send_one(session, reading, number, names, rules)
    return told


def is_due(rules: Rules, settings: Settings) -> ColumnElement[bool]:
    """Not looked at today; a weekly one on its day of the week, or when a whole week has passed."""
    is_its_day = rules.today.isoweekday() == settings.alert_weekday
    last = rules.today - timedelta(days=1 if is_its_day else DAYS_LATE)
    return table.c.confirmed_at.is_not(None) & or_(
        (table.c.frequency == "daily") & (table.c.looked_on < rules.today),
        (table.c.frequency == "weekly") & (table.c.looked_on <= last),
    )


def send_one(
    session: Session, reading: Session, number: int, names: dict[str, str], rules: Rules
) -> bool:
    """Whether something was new; nothing is sent to an account that has been closed."""
    row = session.execute(
        select(table, account.c.active)
        .outerjoin(account, account.c.id == table.c.account_id)
        .where(table.c.id == number, table.c.looked_on < rules.today)
        .with_for_update(of=table, skip_locked=True)
    )
    found = row.mappings().first()
    if found is None or found["active"] is False:
        return False
    try:
        wanted = read_query(found["query"], names)
    except BadParameters:
        # A field or a municipality that is there no more: nothing can be said of it.
        return False
    now = sightings.look(reading, wanted)
    stopped = sightings.look_again(reading, wanted, found["state"], now)
    new = sightings.changes(found["state"], now, wanted, stopped)
    session.execute(
        update(table).where(table.c.id == number).values(state=now, looked_on=rules.today)
    )
    if not new:
        return False
    token = secrets.token_urlsafe(32)
    session.execute(insert(alert_link).values(token_hash=hashed(token), alert_id=number))
    alert_letters.tell(
        session,
        (found["email"], found["language"]),
        (found["name"], found["query"]),
        new,
        token,
    )
    return True
