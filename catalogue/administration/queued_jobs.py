"""The jobs that wait, run or have failed, as an administrator sees and steers them.

The tables are procrastinate's own, which SQLAlchemy is told as much of as is asked for here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    case,
    cast,
    column,
    func,
    literal,
    select,
    table,
)
from sqlalchemy import (
    Text as SqlText,
)
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.orm import Session

from catalogue.errors import NotPossible
from catalogue.tables import job_failure
from geo.texts import Text

jobs = table(
    "procrastinate_jobs",
    column("id", BigInteger),
    column("task_name", SqlText),
    column("args", JSONB),
    column("status", SqlText),
    column("scheduled_at", DateTime(timezone=True)),
    column("attempts", Integer),
)
events = table(
    "procrastinate_events",
    column("job_id", BigInteger),
    column("at", DateTime(timezone=True)),
)
workers = table("procrastinate_workers", column("last_heartbeat", DateTime(timezone=True)))
periodic = table("procrastinate_periodic_defers", column("defer_timestamp", BigInteger))

SILENCE = timedelta(seconds=90)
"""A worker tells every ten seconds that it is there."""
LETTER = "send_letter"
TASKS: dict[str, Text] = {
    LETTER: Text("Skicka mejl", "Send an e-mail"),
    "relist": Text("Gå igenom alla platser", "Go through every site"),
    "remove_ended_sessions": Text("Städa avslutade sessioner", "Clear ended sessions"),
    "take_up_stalled_jobs": Text("Ta upp avbrutna jobb", "Take up stalled jobs"),
}
"""The tasks by name; one that is not here is shown by its own."""


@dataclass(frozen=True, kw_only=True)
class QueuedJob:
    id: int
    task_name: str
    args: dict[str, Any]
    """Any: JSON."""
    status: str
    """`todo`, `doing`, `failed`, `cancelled` or `aborted`."""
    scheduled_at: datetime | None
    attempts: int
    begun_at: datetime | None
    """When it was asked for."""
    failed_at: datetime | None
    error: str
    """Of the latest attempt; empty where none has failed."""


@dataclass(frozen=True)
class QueueCounts:
    waiting: int
    again: int
    """Waiting because an attempt has failed."""
    running: int
    failed: int


def found(
    session: Session, *wanted: ColumnElement[bool], limit: int, offset: int = 0
) -> Sequence[QueuedJob]:
    """Failed jobs first, then running ones, then those that wait."""
    last = (
        select(job_failure.c.job_id, job_failure.c.failed_at, job_failure.c.error)
        .ext(distinct_on(job_failure.c.job_id))
        .order_by(job_failure.c.job_id, job_failure.c.id.desc())
        .subquery()
    )
    asked = select(func.min(events.c.at)).where(events.c.job_id == jobs.c.id).scalar_subquery()
    status = cast(jobs.c.status, SqlText)
    order = case((status == "failed", 0), (status == "doing", 1), (status == "todo", 2), else_=3)
    statement = (
        select(
            jobs.c.id, jobs.c.task_name, jobs.c.args, status.label("status"),
            jobs.c.scheduled_at, jobs.c.attempts, asked.label("begun_at"), last.c.failed_at,
            func.coalesce(last.c.error, "").label("error"),
        )
        .outerjoin(last, last.c.job_id == jobs.c.id)
        .where(*wanted)
        .order_by(order, jobs.c.id.desc())
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [QueuedJob(**row) for row in session.execute(statement).mappings()]


def count(session: Session, *wanted: ColumnElement[bool]) -> QueueCounts:
    status = cast(jobs.c.status, SqlText)
    row = session.execute(
        select(
            func.count().filter(status == "todo", jobs.c.attempts == 0),
            func.count().filter(status == "todo", jobs.c.attempts > 0),
            func.count().filter(status == "doing"),
            func.count().filter(status == "failed"),
        )
        .select_from(jobs)
        .where(*wanted)
    ).one()
    return QueueCounts(*row)


def total(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(jobs)).one()


def does(task_name: str) -> ColumnElement[bool]:
    return jobs.c.task_name == task_name


def one(session: Session, number: int) -> QueuedJob:
    """Raises `NotPossible` where it is done and gone."""
    job = next(iter(found(session, jobs.c.id == number, limit=1)), None)
    if job is None:
        raise gone()
    return job


def try_again(session: Session, job: QueuedJob, now: datetime) -> None:
    """A failed job, or one that waits for its next attempt, is done as soon as there is a worker."""
    if job.status == "failed":
        again = func.procrastinate_retry_job_v2(job.id, now, None, None, None)
        session.execute(select(again))
    elif job.status == "todo":
        session.execute(jobs.update().where(jobs.c.id == job.id).values(scheduled_at=now))
    else:
        raise gone()


def stop(session: Session, job: QueuedJob) -> None:
    """One that waits or has failed is taken away; one that runs is asked to end."""
    if job.status == "failed":
        session.execute(jobs.delete().where(jobs.c.id == job.id))
    else:
        abort, delete = literal(value=True), literal(value=True)
        session.execute(select(func.procrastinate_cancel_job_v1(job.id, abort, delete)))


def gone() -> NotPossible:
    return NotPossible(
        Text(
            "Jobbet finns inte kvar: det har blivit klart eller tagits bort under tiden.",
            "The job is no longer there: it was finished or removed in the meantime.",
        )
    )


def worker_heard(session: Session) -> datetime | None:
    """When a worker was last heard of; None where none has ever been."""
    beat, minute = session.execute(
        select(
            select(func.max(workers.c.last_heartbeat)).scalar_subquery(),
            select(func.max(periodic.c.defer_timestamp)).scalar_subquery(),
        )
    ).one()
    heard = [beat] if beat else []
    if minute:
        heard.append(datetime.fromtimestamp(minute, UTC))
    return max(heard, default=None)


def is_heard(heard: datetime | None, now: datetime) -> bool:
    return heard is not None and now - heard < SILENCE
