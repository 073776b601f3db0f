"""How long those who were asked take to answer: questions sent with a link, as of any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.hours.hours import end_of
from catalogue.progress.figure_definitions_questions import (
    ANSWERED,
    OPEN,
    TAKEN,
    WAITED,
    WAITED_LONGEST,
)
from catalogue.progress.progress_counts import Numbers
from catalogue.rules import SWEDEN
from catalogue.tables import question as table


@dataclass(frozen=True)
class SentQuestion:
    """One question as it was known on a day."""

    number: int
    municipality: str
    asked_on: date
    answered_on: date | None
    """None where it was not answered yet, or had been withdrawn."""
    is_open: bool


def sent_by(session: Session, day: date) -> list[SentQuestion]:
    """The questions that the actor may read and that had been sent when a day ended in Sweden."""
    end = end_of(day)
    rows = session.execute(
        select(
            table.c.id,
            table.c.municipality,
            table.c.asked_on,
            table.c.answered_at,
            table.c.withdrawn_at,
        )
        .where(table.c.asked_at < end)
        .order_by(table.c.id)
    )
    found = []
    for number, municipality, asked_on, answered_at, withdrawn_at in rows:
        answered_on = day_by(answered_at, end)
        is_open = answered_on is None and day_by(withdrawn_at, end) is None
        found.append(SentQuestion(number, municipality, asked_on, answered_on, is_open))
    return found


def day_by(moment: datetime | None, end: datetime) -> date | None:
    """The day of a moment in Sweden, if it had come by then."""
    return moment.astimezone(SWEDEN).date() if moment is not None and moment < end else None


def question_numbers(sent: Sequence[SentQuestion], day: date) -> Numbers:
    waited = [(day - one.asked_on).days for one in sent if one.is_open]
    taken = [(one.answered_on - one.asked_on).days for one in sent if one.answered_on]
    return {
        OPEN.key: len(waited),
        WAITED.key: median(waited) if waited else None,
        WAITED_LONGEST.key: max(waited, default=None),
        ANSWERED.key: len(taken),
        TAKEN.key: median(taken) if taken else None,
    }
