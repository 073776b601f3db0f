"""The project's reporting dates: which is next, a letter before it, a snapshot the night after.

Each is told of and frozen once, however often a job runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procrastinate import JobContext
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogue.database import OPERATOR, Databases
from catalogue.jobs import queue
from catalogue.progress.progress import Span
from catalogue.progress.progress_files import Formats
from catalogue.rules import Rules, rules_of
from catalogue.settings import Settings
from catalogue.snapshots.period_ends import LOOKED_BACK
from catalogue.snapshots.snapshot_letters import tell_near, tell_taken
from catalogue.snapshots.snapshots import Snapshot, Wanted, take
from catalogue.tables import reporting_reminder, snapshot


@dataclass(frozen=True)
class Reporting:
    """Where a day stands among the reporting dates."""

    next: date | None
    days_left: int
    past: Sequence[date]
    """The latest first."""


def reporting(settings: Settings, today: date) -> Reporting:
    following = next_date(settings, today)
    left = (following - today).days if following else 0
    return Reporting(following, left, past_dates(settings, today))


def next_date(settings: Settings, today: date) -> date | None:
    """Today counts; None where none is left."""
    return next((day for day in settings.reporting_days if day >= today), None)


def past_dates(settings: Settings, today: date) -> list[date]:
    """Those that are over, the latest first."""
    return [day for day in reversed(settings.reporting_days) if day < today]


# After the snapshots of periods, which may be of the same day.
@queue.periodic(cron="55 1 * * *")
@queue.task(name="take_report_snapshot", pass_context=True, queueing_lock="take_report_snapshot")
def take_report_snapshot(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    formats: Formats = context.additional_context["formats"]
    with databases.writing(OPERATOR, "Rapportdag") as session:
        freeze_report(session, settings, rules_of(settings), formats)


def freeze_report(
    session: Session, settings: Settings, rules: Rules, formats: Formats
) -> Snapshot | None:
    """The snapshot of the last reporting date, unless it is long ago or a job has frozen that day."""
    over = past_dates(settings, rules.today)
    if not settings.reporting_snapshots or not over:
        return None
    day = over[0]
    name = f"Rapport {day.isoformat()}"
    is_there = select(snapshot.c.number).where(
        (snapshot.c.name == name) | ((snapshot.c.as_of == day) & (snapshot.c.taken_by == "job"))
    )
    if (rules.today - day).days > LOOKED_BACK or session.scalars(is_there).first():
        return None
    wanted = Wanted(name, Span(day, min(settings.baseline_date, day)))
    made = take(session, OPERATOR, wanted, settings, rules, formats=formats, taken_by="job")
    tell_taken(session, made)
    return made


@queue.periodic(cron="10 5 * * *")
@queue.task(name="remind_of_report", pass_context=True, queueing_lock="remind_of_report")
def remind_of_report(context: JobContext, timestamp: int) -> None:
    settings: Settings = context.additional_context["settings"]
    databases: Databases = context.additional_context["databases"]
    with databases.writing(OPERATOR) as session:
        remind(session, settings, rules_of(settings))


def remind(session: Session, settings: Settings, rules: Rules) -> date | None:
    """The reporting date that letters have just told of."""
    day = next_date(settings, rules.today)
    if day is None or (day - rules.today).days > settings.reporting_reminder_days:
        return None
    if settings.reporting_reminder_days == 0:
        return None
    noted = session.scalars(
        insert(reporting_reminder)
        .values(day=day, sent_at=rules.now())
        .on_conflict_do_nothing()
        .returning(reporting_reminder.c.day)
    ).first()
    if noted is not None:
        left = (day - rules.today).days
        tell_near(session, day, left, freezes=settings.reporting_snapshots)
    return noted
