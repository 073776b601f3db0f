"""How many ask for land, for what, and how soon they are answered, as of any day."""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    TableClause,
    Text,
    any_,
    case,
    cast,
    column,
    extract,
    func,
    select,
    table,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY

from catalogue.enquiries.enquiries import REAL, SECTORS, SIZES
from catalogue.progress import figure_definitions_enquiries as means
from catalogue.progress.days import HOLIDAYS, day_in_sweden, days_cte, is_chosen, median
from catalogue.progress.figure import UNSAID, Counted, Figure, registered, registered_part
from catalogue.progress.relation import Columns, Relation
from catalogue.tables import enquiry

FRIDAY = 5
MESSAGES: TableClause = table(
    "messages",
    column("day", Date),
    column("municipality", Text),
    column("id", Integer),
    column("sector", Text),
    column("size", Text),
    column("taken", Integer),
)
"""A row for each day and message that had come in by then, in each municipality that it went to
and in all; working days to the first answer, where one had come."""


def messages_ctes(_: Columns, of_one: bool) -> list[CTE]:
    days = days_cte()
    is_answered = enquiry.c.answered_at < days.c.ends_at
    taken = case(
        (
            is_answered,
            working_days(
                day_in_sweden(enquiry.c.received_at), day_in_sweden(enquiry.c.answered_at)
            ),
        )
    )
    rows = (
        select(
            days.c.day,
            enquiry.c.municipality,
            func.min(enquiry.c.id).label("id"),
            func.max(said(enquiry.c.sector)).label("sector"),
            func.max(said(enquiry.c.size)).label("size"),
            func.min(taken).label("taken"),
        )
        .join_from(days, enquiry, enquiry.c.received_at < days.c.ends_at)
        .where(REAL, enquiry.c.kind == "enquiry")
        .group_by(
            days.c.day,
            enquiry.c.message_id,
            func.grouping_sets(tuple_(enquiry.c.municipality), tuple_()),
        )
    )
    return [(rows.where(is_chosen(enquiry.c.municipality)) if of_one else rows).cte("messages")]


def said(code: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(func.nullif(code, ""), "unsaid")


def working_days(first: ColumnElement[Any], last: ColumnElement[Any]) -> ColumnElement[Any]:
    """Those after one day, up to and with another, as `catalogue.working_days` counts them."""
    number = (
        func.generate_series(1, last - first)
        .table_valued(column("number", Integer))
        .render_derived(name="numbers")
    )
    day = first + number.c.number
    is_off = day == any_(cast(HOLIDAYS, ARRAY(Date)))
    held = (extract("isodow", day) <= FRIDAY, ~is_off)
    return select(func.count()).select_from(number).where(*held).scalar_subquery()


CAME = Relation(MESSAGES, messages_ctes, has_totals=True, thing="id")


def with_code(name: str, code: str) -> Counted:
    return Counted(CAME, func.count().filter(MESSAGES.c[name] == code))


ENQUIRY_FIGURES: tuple[Figure, ...] = (
    registered(means.RECEIVED, Counted(CAME, func.count())),
    registered(means.ANSWERED, Counted(CAME, func.count(MESSAGES.c.taken))),
    registered(means.TAKEN, Counted(CAME, median(MESSAGES.c.taken))),
    *(
        registered_part(definition, code, label, with_code(name, code))
        for definition, name, labels in (
            (means.SECTOR, "sector", SECTORS),
            (means.SIZE, "size", SIZES),
        )
        for code, label in {**labels, "unsaid": UNSAID}.items()
    ),
)
