"""Jobs about access: telling who decides, ending what has run out, and keeping the log's age."""

import logging
from datetime import date, timedelta

from procrastinate import JobContext
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from catalogue.access import access_letters, registered_views
from catalogue.accounts import accounts
from catalogue.database import OPERATOR, Databases
from catalogue.enquiries.enquiry_jobs import project_office
from catalogue.jobs import queue
from catalogue.rules import Rules, rules_of
from catalogue.settings import Settings
from catalogue.tables import access_request, account
from catalogue.tables import investor_access as table
from geo.texts import Language

logger = logging.getLogger(__name__)


@queue.task(name="tell_of_access_request", pass_context=True)
def tell_of_access_request(context: JobContext, number: int) -> None:
    """The project office is told once, however often the job runs."""
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    with databases.writing(OPERATOR) as session:
        asked = session.execute(
            update(access_request)
            .where(access_request.c.id == number, access_request.c.told_at.is_(None))
            .values(told_at=rules_of(settings).now())
            .returning(access_request)
        ).first()
        if asked is None:
            return
        texts = {"name": asked.name, "who": asked.organisation, "purpose": asked.purpose}
        for email in project_office(session, settings):
            access_letters.tell_asked(session, email, number, texts)


@queue.periodic(cron="10 * * * *")
@queue.task(name="end_investor_access", pass_context=True, queueing_lock="end_investor_access")
def end_investor_access(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    rules = rules_of(settings)
    with databases.writing(OPERATOR, "Tiden har gått ut") as session:
        ended = end_over(session, rules.today, settings)
        warn(session, rules.today, settings)
        remove_unconfirmed(session, rules, settings)
    with Session(databases.owner) as owner, owner.begin():
        registered_views.remove_old(owner, rules.now(), settings.view_log_days)
    if ended:
        logger.info("Closed %d accounts whose time was over", ended)


def end_over(session: Session, today: date, settings: Settings) -> int:
    """How many accounts were closed; each of their holders is told."""
    over = open_until(session, date.min, today - timedelta(days=1))
    for email, language, day in over:
        accounts.disable(session, email)
        access_letters.tell_end(
            session, (email, language), access_letters.OVER, day, settings.contact_email
        )
    return len(over)


def warn(session: Session, today: date, settings: Settings) -> None:
    """Once for each last day, so many days before it."""
    until = today + timedelta(days=settings.access_warning_days)
    for email, language, day in open_until(session, today, until, is_warned=False):
        access_letters.tell_end(
            session, (email, language), access_letters.SOON, day, settings.contact_email
        )
    session.execute(
        update(table).where(table.c.expires_on.between(today, until)).values(
            warned_for=table.c.expires_on
        )
    )  # fmt: skip


def open_until(
    session: Session, first: date, last: date, *, is_warned: bool | None = None
) -> list[tuple[str, Language, date]]:
    """Address, language and last day of the open accounts whose last day lies between two."""
    statement = (
        select(account.c.email, account.c.language, table.c.expires_on)
        .join(table, table.c.account_id == account.c.id)
        .where(account.c.active, table.c.expires_on.between(first, last))
        .order_by(account.c.id)
    )
    if is_warned is False:
        statement = statement.where(table.c.warned_for.is_distinct_from(table.c.expires_on))
    return [(email, language, day) for email, language, day in session.execute(statement)]


def remove_unconfirmed(session: Session, rules: Rules, settings: Settings) -> None:
    """What nobody confirmed in time, and what was refused as long ago as enquiries are kept."""
    waiting = rules.now() - timedelta(days=settings.unconfirmed_days)
    kept = rules.now() - timedelta(days=settings.enquiry_days)
    session.execute(
        delete(access_request).where(
            (access_request.c.confirmed_at.is_(None) & (access_request.c.received_at < waiting))
            | ((access_request.c.status == "refused") & (access_request.c.decided_at < kept))
        )
    )
