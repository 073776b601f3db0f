"""The status report sent to the steering group: by itself once after each period, or by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from procrastinate import JobContext
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogue.database import OPERATOR, Actor, Databases
from catalogue.errors import Fault, Invalid, NotAllowed
from catalogue.jobs import queue
from catalogue.progress.progress import WHOLE_READERS, Span
from catalogue.progress.progress_files import Formats
from catalogue.progress.report_letters import send_report
from catalogue.progress.reports import report
from catalogue.rules import Rules, rules_of
from catalogue.settings import Settings
from catalogue.snapshots.period_ends import period_end
from catalogue.tables import report_sending as table
from catalogue.working_days import first_working_day
from geo.texts import Text

LOOKED_BACK = 14
"""Days after a period's end that a job, which may have been away, still sends its report."""


@dataclass(frozen=True, kw_only=True)
class Sending:
    """The report sent once."""

    as_of: date
    since: date
    sent_at: datetime
    sent_by: str
    """The role of whoever sent it, or `job`."""
    recipients: int


def may_send(actor: Actor) -> None:
    """Raises `NotAllowed` for whoever does not follow the whole project."""
    if actor.role not in WHOLE_READERS:
        raise NotAllowed(
            Text(
                "Rapporten skickas av projektkontoret.", "The report is sent by the project office."
            )
        )


def sendings(session: Session, limit: int) -> list[Sending]:
    """Those the actor may read, the latest first."""
    columns = [table.c[name] for name in Sending.__dataclass_fields__]
    rows = session.execute(select(*columns).order_by(table.c.id.desc()).limit(limit)).mappings()
    return [Sending(**row) for row in rows]


def send_by_hand(
    session: Session, actor: Actor, span: Span, settings: Settings, rules: Rules, formats: Formats
) -> int:
    """How many it goes to; raises `NotAllowed`, or `Invalid` where nobody is on the list."""
    may_send(actor)
    addresses = settings.report_recipients_list
    if not addresses:
        text = Text(
            "Ingen står på styrgruppens lista. En administratör skriver in adresserna under "
            "Inställningar.",
            "Nobody is on the steering group's list. An administrator enters the addresses under "
            "Settings.",
        )
        raise Invalid([Fault("", text)])
    note(session, span, rules, addresses, sent_by=actor.role, period=None)
    found = report(session, actor, span, settings, rules)
    send_report(session, found, formats, addresses, settings.contact_email)
    return len(addresses)


@queue.periodic(cron="10 5 * * *")
@queue.task(name="send_status_report", pass_context=True, queueing_lock="send_status_report")
def send_status_report(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    formats: Formats = context.additional_context["formats"]
    with databases.writing(OPERATOR, "Periodens slut") as session:
        send_after_period(session, settings, rules_of(settings), formats)


def send_after_period(
    session: Session, settings: Settings, rules: Rules, formats: Formats
) -> date | None:
    """The end of the period whose report was sent; nothing where none was due."""
    months, addresses = settings.report_months_set, settings.report_recipients_list
    if not (months and addresses):
        return None
    end = period_end(rules.today, months)
    is_due = first_working_day(end) <= rules.today and (rules.today - end).days <= LOOKED_BACK
    if not is_due or end < settings.project_start:
        return None
    span = Span(end, min(settings.baseline_date, end))
    if not note(session, span, rules, addresses, sent_by="job", period=end):
        return None
    found = report(session, OPERATOR, span, settings, rules)
    send_report(session, found, formats, addresses, settings.contact_email)
    return end


def note(
    session: Session,
    span: Span,
    rules: Rules,
    addresses: Sequence[str],
    *,
    sent_by: str,
    period: date | None,
) -> bool:
    """Whether it is noted: a period that has been noted is not again, also by two jobs at once."""
    noted = session.execute(
        insert(table)
        .values(
            period_end=period,
            as_of=span.as_of,
            since=span.since,
            sent_at=rules.now(),
            sent_by=sent_by,
            recipients=len(addresses),
        )
        .on_conflict_do_nothing(index_elements=[table.c.period_end])
        .returning(table.c.id)
    )
    return noted.first() is not None
