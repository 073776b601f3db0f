"""Hours of the register, and of the project's plan, as they stood at the end of any day."""

from sqlalchemy import (
    CTE,
    Date,
    DateTime,
    Double,
    Integer,
    TableClause,
    Text,
    cast,
    column,
    func,
    select,
    table,
    true,
)

from catalogue.progress.days import HOURS_PER_MONTH, PROJECT_END, PROJECT_START, days_cte, is_chosen
from catalogue.progress.figure import Counted
from catalogue.progress.relation import Columns, Relation
from catalogue.tables import hours_entry as entry
from catalogue.tables import municipality_area

ENTERED: TableClause = table(
    "entered",
    column("day", Date),
    column("municipality", Text),
    column("id", Integer),
    column("activity", Text),
    column("hours", Double),
)
"""A row for each day and entry that had been made by then, of a month that had begun."""
PLANNED: TableClause = table(
    "planned", column("day", Date), column("municipality", Text), column("hours", Double)
)
"""A row for each day, municipality and month of the project that had ended by then."""


def entered_ctes(_: Columns, of_one: bool) -> list[CTE]:
    days = days_cte()
    is_there = (entry.c.entered_at < days.c.ends_at) & (entry.c.month <= days.c.day)
    rows = select(
        days.c.day, entry.c.municipality, entry.c.id, entry.c.activity, entry.c.hours
    ).join_from(days, entry, is_there)
    return [(rows.where(is_chosen(entry.c.municipality)) if of_one else rows).cte("entered")]


def planned_ctes(_: Columns, of_one: bool) -> list[CTE]:
    """A month ends on its last day."""
    days = days_cte()
    first, last = (
        func.date_trunc("month", cast(day, Date)) for day in (PROJECT_START, PROJECT_END)
    )
    month = (
        func.generate_series(first, last, func.make_interval(0, 1))
        .table_valued(column("month", DateTime))
        .render_derived(name="month")
    )
    next_month = cast(month.c.month + func.make_interval(0, 1), Date)
    rows = (
        select(
            days.c.day,
            municipality_area.c.code.label("municipality"),
            HOURS_PER_MONTH.label("hours"),
        )
        .join_from(days, municipality_area, true())
        .join(month, next_month - 1 <= days.c.day)
    )
    return [(rows.where(is_chosen(municipality_area.c.code)) if of_one else rows).cte("planned")]


IN_REGISTER = Relation(ENTERED, entered_ctes, thing="id")
PUT_IN = Counted(IN_REGISTER, func.coalesce(func.sum(ENTERED.c.hours), 0))
TARGET = Counted(Relation(PLANNED, planned_ctes), func.coalesce(func.sum(PLANNED.c.hours), 0))
