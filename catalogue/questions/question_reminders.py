"""Reminders of questions that nobody has answered: by the clock, and by hand."""

from datetime import timedelta
from typing import Any

from procrastinate import JobContext
from sqlalchemy import ColumnElement, func, update
from sqlalchemy.orm import Session

from catalogue import municipalities, sites
from catalogue.database import OPERATOR, Actor, Databases
from catalogue.errors import NotPossible
from catalogue.jobs import queue
from catalogue.questions.question_asking import new_link
from catalogue.questions.question_letters import send_reminder
from catalogue.questions.questions import STAGES, Question, chosen, find
from catalogue.rules import Rules, rules_of
from catalogue.settings import Settings
from catalogue.tables import question as table
from geo.texts import Text

MOST_REMINDERS = 3
"""Sent by the clock; after that a person picks up the telephone."""


def remind(
    session: Session, actor: Actor, number: int, rules: Rules, *, link_days: int
) -> Question:
    """One more letter with a link of its own; raises `NotPossible` where nothing is awaited."""
    asked = find(session, number)
    sites.may_write(actor, asked.municipality)
    expires_at = rules.now() + timedelta(days=link_days)
    counted = session.execute(
        update(table)
        .where(table.c.id == number, table.c.reminders == asked.reminders, STAGES["open"])
        .values(reminders=table.c.reminders + 1, reminded_at=rules.now(), expires_at=expires_at)
        .returning(table.c.id)
    ).first()
    if counted is None:
        raise NotPossible(
            Text(
                "Frågan väntar inte längre på svar.", "The question no longer waits for an answer."
            )
        )
    asked = find(session, number)
    token = new_link(session, asked, expires_at)
    send_reminder(session, asked, token, municipalities.names(session)[asked.municipality])
    return asked


def is_due(rules: Rules) -> ColumnElement[bool]:
    """So many days after the last letter, if a reminder is wanted and not too many are sent."""
    pause = func.make_interval(0, 0, 0, table.c.remind_after_days)
    last = func.coalesce(table.c.reminded_at, table.c.asked_at)
    waits: ColumnElement[bool] = last + pause <= rules.now()
    return (
        STAGES["open"]
        & (table.c.remind_after_days > 0)
        & (table.c.reminders < MOST_REMINDERS)
        & waits
    )


def remind_all(databases: Databases, rules: Rules, link_days: int) -> int:
    """A reminder for every question that is due, each in a transaction of its own; how many."""
    with databases.writing(OPERATOR) as session:
        due = [asked.id for asked in chosen(session, [is_due(rules)])]
    for number in due:
        with databases.writing(OPERATOR) as session:
            remind(session, OPERATOR, number, rules, link_days=link_days)
    return len(due)


# Every weekday morning, when whoever was asked is at work.
@queue.periodic(cron="0 6 * * 1-5")
@queue.task(name="remind_of_questions", pass_context=True, queueing_lock="remind_of_questions")
def remind_of_questions(context: JobContext, timestamp: int) -> None:
    """Any: the worker's own context."""
    told: dict[str, Any] = context.additional_context
    settings: Settings = told["settings"]
    remind_all(told["databases"], rules_of(settings), settings.question_days)
