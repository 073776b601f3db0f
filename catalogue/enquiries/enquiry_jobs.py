"""Jobs about enquiries: telling those who are to answer, and forgetting who asked."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from procrastinate import JobContext
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.database import OPERATOR, Databases
from catalogue.enquiries import enquiry_letters
from catalogue.enquiries.enquiries import COLUMNS, Enquiry, of_row
from catalogue.jobs import queue
from catalogue.rules import rules_of
from catalogue.settings import Settings
from catalogue.tables import account, enquiry_step, municipality, site
from catalogue.tables import enquiry as table

logger = logging.getLogger(__name__)


@queue.task(name="tell_of_enquiry", pass_context=True)
def tell_of_enquiry(context: JobContext, message_id: str) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    with databases.writing(OPERATOR) as session:
        tell_once(session, message_id, settings, rules_of(settings).now())


def tell_once(session: Session, message_id: str, settings: Settings, now: datetime) -> None:
    """The receipt and the letters to those who are to answer; run again, it sends nothing."""
    rows = session.execute(
        update(table)
        .where(
            table.c.message_id == message_id,
            table.c.confirmed_at.is_not(None),
            table.c.told_at.is_(None),
        )
        .values(told_at=now)
        .returning(*COLUMNS)
    )
    parts = [of_row(row) for row in rows.mappings()]
    if not parts:
        return
    names = municipalities.names(session)
    enquiry_letters.send_receipt(
        session,
        parts,
        [names[part.municipality] for part in parts],
        settings.enquiry_days,
        settings.contact_email,
    )
    told: set[str] = set()
    for part in parts:
        for email in contacts(session, part):
            told.add(email.lower())
            enquiry_letters.tell(session, [part], email)
    for email in project_office(session, settings):
        if email.lower() not in told:
            enquiry_letters.tell(session, parts, email)


def contacts(session: Session, part: Enquiry) -> Sequence[str]:
    """The addresses of the sites' contact persons; the municipality's own where they have none,
    and its publishers where it has none either."""
    rows = session.scalars(
        select(site.c.contact_email)
        .where(site.c.reference.in_(part.sites), site.c.contact_email.is_not(None))
        .distinct()
        .order_by(site.c.contact_email)
    ).all()
    if rows:
        return rows
    own = session.scalars(
        select(municipality.c.contact_email).where(
            municipality.c.code == part.municipality, municipality.c.contact_email.is_not(None)
        )
    ).all()
    return (
        own
        or session.scalars(
            select(account.c.email)
            .where(
                account.c.active,
                account.c.role == "publisher",
                account.c.municipality == part.municipality,
            )
            .order_by(account.c.email)
        ).all()
    )


def project_office(session: Session, settings: Settings) -> Sequence[str]:
    if settings.enquiry_email:
        return [settings.enquiry_email]
    return session.scalars(
        select(account.c.email)
        .where(account.c.active, account.c.role == "project")
        .order_by(account.c.email)
    ).all()


@queue.periodic(cron="40 2 * * *")
@queue.task(name="forget_enquiries", pass_context=True, queueing_lock="forget_enquiries")
def forget_enquiries(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    with databases.writing(OPERATOR) as session:
        forgotten = forget(session, settings, rules_of(settings).now())
    logger.info("Removed the personal data of %d enquiries", forgotten)


def forget(session: Session, settings: Settings, now: datetime) -> int:
    """How many lost what was personal in them; what is counted stays. Those that nobody confirmed
    in time are gone."""
    unconfirmed = now - timedelta(days=settings.unconfirmed_days)
    session.execute(
        delete(table).where(table.c.confirmed_at.is_(None), table.c.received_at < unconfirmed)
    )
    personal = ("name", "organisation", "email", "phone", "message")
    numbers = session.scalars(
        update(table)
        .where(
            table.c.erased_at.is_(None),
            table.c.received_at < now - timedelta(days=settings.enquiry_days),
        )
        .values(**dict.fromkeys(personal, ""), confirm_hash=None, erased_at=now)
        .returning(table.c.id)
    ).all()
    session.execute(
        update(enquiry_step).where(enquiry_step.c.enquiry_id.in_(numbers)).values(note="")
    )
    return len(numbers)
