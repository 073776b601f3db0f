"""A snapshot of its own accord when a period has ended: once each, however often the job runs."""

from datetime import date, timedelta

from procrastinate import JobContext
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.database import OPERATOR, Databases
from catalogue.jobs import queue
from catalogue.progress.progress import Span
from catalogue.progress.progress_files import Formats
from catalogue.rules import Rules, rules_of
from catalogue.settings import Settings
from catalogue.snapshots.snapshot_letters import tell_taken
from catalogue.snapshots.snapshots import Snapshot, Wanted, take
from catalogue.tables import snapshot

EVERY_MONTH = frozenset(range(1, 13))
LOOKED_BACK = 45
"""Days after a period's end that a job, which may have been away, still takes its snapshot."""


@queue.periodic(cron="40 1 * * *")
@queue.task(name="take_period_snapshot", pass_context=True, queueing_lock="take_period_snapshot")
def take_period_snapshot(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    formats: Formats = context.additional_context["formats"]
    with databases.writing(OPERATOR, "Periodens slut") as session:
        freeze_period(session, settings, rules_of(settings), formats)


def freeze_period(
    session: Session, settings: Settings, rules: Rules, formats: Formats
) -> Snapshot | None:
    """The snapshot of the period that ended last, unless that is long ago or it is there."""
    months = settings.snapshot_months_set
    if not months:
        return None
    end = period_end(rules.today, months)
    if (rules.today - end).days > LOOKED_BACK or end < settings.project_start:
        return None
    name = f"Period till {end.isoformat()}"
    if session.scalar(select(snapshot.c.number).where(snapshot.c.name == name)):
        return None
    span = Span(end, min(settings.baseline_date, end))
    wanted = Wanted(name, span)
    made = take(session, OPERATOR, wanted, settings, rules, formats=formats, taken_by="job")
    tell_taken(session, made)
    return made


def period_end(today: date, months: frozenset[int] = EVERY_MONTH) -> date:
    """The last day, before today, of one of these months, of which there is one at least."""
    day = today.replace(day=1) - timedelta(days=1)
    while day.month not in months:
        day = day.replace(day=1) - timedelta(days=1)
    return day
