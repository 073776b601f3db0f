"""The register in figures: each municipality's months against the plan, and hours by activity."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.hours import locks
from catalogue.hours.hours import Chosen, ProjectPlan
from catalogue.tables import hours_entry as table


@dataclass(frozen=True, kw_only=True)
class MonthFigures:
    """One month of one municipality, by the month that hours are entered on."""

    municipality: str
    month: date
    hours: float = 0
    attested: float = 0
    of_other_months: float = 0
    """Of `hours`: corrections of months that were closed."""
    entries: int = 0
    waiting: int = 0
    """Entries that nobody has attested."""
    target: float
    locked_at: datetime | None

    @property
    def whole_hours(self) -> int:
        """Rounded down, as the funder asks for them."""
        return math.floor(self.hours)


@dataclass(frozen=True)
class ActivityHours:
    municipality: str
    activity: str
    hours: float
    attested: float
    entries: int


attested_hours = func.sum(case((table.c.attested_by.is_not(None), table.c.hours), else_=0))


def entered_since(
    session: Session, actor: Actor, municipality: str, months: Iterable[date], number: int
) -> int:
    """How many entries the actor has made in these months after the one with a number."""
    return session.scalars(
        select(func.count())
        .select_from(table)
        .where(
            table.c.municipality == municipality,
            table.c.month.in_(set(months)),
            table.c.entered_by == actor.email,
            table.c.id > number,
        )
    ).one()


def month_figures(
    session: Session, wanted: Chosen, names: Mapping[str, str], plan: ProjectPlan, today: date
) -> list[MonthFigures]:
    """Every month of the project that has begun, empty ones too, and those outside it with hours.

    By municipality in the order of `names`, then by month.
    """
    other = case((table.c.concerns != table.c.month, table.c.hours), else_=0)
    rows = session.execute(
        select(
            table.c.municipality,
            table.c.month,
            func.sum(table.c.hours).label("hours"),
            attested_hours.label("attested"),
            func.sum(other).label("of_other_months"),
            func.count().label("entries"),
            func.count().filter(table.c.attested_by.is_(None)).label("waiting"),
        )
        .where(*wanted.conditions())
        .group_by(table.c.municipality, table.c.month)
    ).mappings()
    found = {(row["municipality"], row["month"]): dict(row) for row in rows}
    closed = locks.locked(session, wanted.municipality)
    codes = [code for code in names if wanted.municipality in (None, code)]
    return [
        MonthFigures(
            **found.get((code, month), {"municipality": code, "month": month}),
            target=plan.hours_per_month if month in plan.months else 0,
            locked_at=closed.get((code, month)),
        )
        for code in codes
        for month in sorted({*plan.begun(today), *(one for town, one in found if town == code)})
        if (wanted.first is None or month >= wanted.first)
        and (wanted.last is None or month <= wanted.last)
    ]


def activity_hours(session: Session, wanted: Chosen) -> list[ActivityHours]:
    """By municipality and activity, only those with entries."""
    rows = session.execute(
        select(
            table.c.municipality,
            table.c.activity,
            func.sum(table.c.hours),
            attested_hours,
            func.count(),
        )
        .where(*wanted.conditions())
        .group_by(table.c.municipality, table.c.activity)
        .order_by(table.c.municipality, table.c.activity)
    )
    return [ActivityHours(*row) for row in rows]
