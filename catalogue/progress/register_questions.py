"""How long those who were asked take to answer: questions sent with a link, as of any day."""

from sqlalchemy import CTE, Date, Integer, TableClause, Text, case, column, func, select, table

from catalogue.progress import figure_definitions_questions as means
from catalogue.progress.days import day_in_sweden, days_cte, is_chosen, median
from catalogue.progress.figure import Counted, Figure, registered
from catalogue.progress.relation import Columns, Relation
from catalogue.tables import question

LETTERS: TableClause = table(
    "letters",
    column("day", Date),
    column("municipality", Text),
    column("id", Integer),
    column("waited", Integer),
    column("taken", Integer),
)
"""A row for each day and question that had been sent by then: the days that it had waited, where
it was open, or that the answer had taken, where it had come."""


def letters_ctes(_: Columns, of_one: bool) -> list[CTE]:
    days = days_cte()
    is_answered = func.coalesce(question.c.answered_at < days.c.ends_at, False)
    is_withdrawn = func.coalesce(question.c.withdrawn_at < days.c.ends_at, False)
    answered_on = day_in_sweden(question.c.answered_at)
    rows = select(
        days.c.day,
        question.c.municipality,
        question.c.id,
        case((~is_answered & ~is_withdrawn, days.c.day - question.c.asked_on)).label("waited"),
        case((is_answered, answered_on - question.c.asked_on)).label("taken"),
    ).join_from(days, question, question.c.asked_at < days.c.ends_at)
    return [(rows.where(is_chosen(question.c.municipality)) if of_one else rows).cte("letters")]


SENT = Relation(LETTERS, letters_ctes, thing="id")
LETTER_FIGURES: tuple[Figure, ...] = (
    registered(means.OPEN, Counted(SENT, func.count(LETTERS.c.waited))),
    registered(means.WAITED, Counted(SENT, median(LETTERS.c.waited))),
    registered(means.WAITED_LONGEST, Counted(SENT, func.max(LETTERS.c.waited))),
    registered(means.ANSWERED, Counted(SENT, func.count(LETTERS.c.taken))),
    registered(means.TAKEN, Counted(SENT, median(LETTERS.c.taken))),
)
