"""The hours register: what each municipality puts in, month by month; a correction is a new row."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

from catalogue.completeness import Weights
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NoSuchMunicipality, NotAllowed
from catalogue.hours import locks
from catalogue.municipalities import names
from catalogue.rules import SWEDEN, weights_of
from catalogue.settings import Settings
from catalogue.tables import hours_entry as table
from catalogue.tables import site
from geo.texts import Text

KEYS = ("municipality", "month", "role", "person", "hours", "activity", "sites", "note")
ROLES: tuple[Text, ...] = (
    Text("Näringslivsutvecklare", "Business developer"),
    Text("Näringslivschef", "Head of business development"),
    Text("Planarkitekt", "Planning architect"),
    Text("GIS-ingenjör", "GIS engineer"),
    Text("Miljöinspektör", "Environmental inspector"),
    Text("VA-ingenjör", "Water engineer"),
)
"""Suggestions; a municipality's own title is as good."""
MOST_HOURS = 744
"""The hours of the longest month."""


@dataclass(frozen=True)
class ProjectPlan:
    """The project's period and what each municipality puts in; settings of the installation."""

    start: date = date(2023, 10, 1)
    end: date = date(2026, 9, 30)
    hours_per_month: float = 16
    weights: Weights = Weights()
    """Of the levels of fields, in completeness."""

    @property
    def months(self) -> list[date]:
        """The first day of each month of the period."""
        first, last = month_number(self.start), month_number(self.end)
        return [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]

    def begun(self, day: date) -> list[date]:
        """Those of the months that have begun by a day."""
        return [month for month in self.months if month <= day]

    def last_begun(self, day: date) -> date | None:
        """The month that work of a day is entered on: its own, or the project's last."""
        return max((month for month in self.months if month <= day), default=None)

    def months_elapsed(self, day: date) -> int:
        """Whole months of the period that have ended; a month ends on its last day."""
        return sum(last_day(month) <= day for month in self.months)

    def target(self, day: date) -> float:
        """Hours that one municipality should have put in by then."""
        return self.hours_per_month * self.months_elapsed(day)


def plan_of(settings: Settings) -> ProjectPlan:
    return ProjectPlan(
        settings.project_start,
        settings.project_end,
        settings.hours_per_month,
        weights_of(settings),
    )


def end_of(day: date) -> datetime:
    """The moment at which a day ends in Sweden."""
    return datetime.combine(day + timedelta(days=1), time(), SWEDEN)


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


@dataclass(frozen=True, kw_only=True)
class HoursEntry:
    """Work of one kind, in one month, by one role; negative hours take earlier ones back."""

    id: int = 0
    municipality: str
    month: date
    """Its first day."""
    role: str
    person: str = ""
    hours: float
    activity: str
    sites: tuple[str, ...] = ()
    note: str = ""
    entered_at: datetime | None = None
    entered_by: str = ""
    attested_by: str | None = None
    attested_at: datetime | None = None
    corrects: int | None = None
    """The number of the entry that this one takes back, or stands instead of."""
    concerns: date | None = None
    """The month it is about, where that is one that was locked; filled in by the database."""
    import_id: int | None = None

    @property
    def is_of_another_month(self) -> bool:
        """Whether it corrects a month that was closed when it was entered."""
        return self.concerns is not None and self.concerns != self.month


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which entries; what is None is no condition."""

    municipality: str | None = None
    first: date | None = None
    """First day of the first month."""
    last: date | None = None
    """First day of the last month."""
    activity: str | None = None
    attested: bool | None = None
    import_id: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        held: list[ColumnElement[bool]] = []
        if self.municipality is not None:
            held.append(table.c.municipality == self.municipality)
        if self.first is not None:
            held.append(table.c.month >= self.first)
        if self.last is not None:
            held.append(table.c.month <= self.last)
        if self.activity is not None:
            held.append(table.c.activity == self.activity)
        if self.attested is not None:
            held.append(table.c.attested_by.is_not(None) == self.attested)
        if self.import_id is not None:
            held.append(table.c.import_id == self.import_id)
        return held


EVERYTHING = Chosen()


def add(session: Session, actor: Actor, entry: HoursEntry) -> HoursEntry:
    """The entry written; raises `NotAllowed`, `NoSuchMunicipality` or `Invalid`."""
    may_enter(actor, entry.municipality)
    if entry.municipality not in names(session):
        raise NoSuchMunicipality(entry.municipality)
    locks.check(session, entry.municipality, entry.month)
    if entry.sites:
        check_sites(session, entry)
    check_amount(session, entry)
    values = {key: getattr(entry, key) for key in (*KEYS, "corrects", "concerns", "import_id")}
    written = session.execute(
        insert(table)
        .values({**values, "sites": list(entry.sites), "entered_by": actor.email})
        .returning(table)
    )
    return HoursEntry(**as_entry(written.mappings().one()))


def add_all(session: Session, actor: Actor, entries: Iterable[HoursEntry]) -> list[HoursEntry]:
    """All of them or none: raises `Invalid` with what is wrong in each, under `NUMBER/field`."""
    added: list[HoursEntry] = []
    faults: list[Fault] = []
    for number, entry in enumerate(entries):
        try:
            added.append(add(session, actor, entry))
        except Invalid as refusal:
            faults.extend(Fault(f"{number}/{one.where}", one.text) for one in refusal.faults)
    if faults:
        raise Invalid(faults)
    return added


def may_enter(actor: Actor, municipality: str) -> None:
    """Editors and publishers for their own municipality; the project office for all.

    The database holds to the same rule by itself; this is where it is explained.
    """
    own = actor.role in ("editor", "publisher") and actor.municipality == municipality
    if not own and actor.role not in ("project", "admin"):
        raise NotAllowed(
            Text(
                "Ditt konto får inte skriva in tid för den kommunen.",
                "Your account may not enter hours for that municipality.",
            )
        )


def check_sites(session: Session, entry: HoursEntry) -> None:
    found = session.scalars(
        select(site.c.reference).where(
            site.c.reference.in_(entry.sites), site.c.municipality == entry.municipality
        )
    ).all()
    absent = [reference for reference in entry.sites if reference not in found]
    if absent:
        text = Text(
            "Kommunen har ingen plats med beteckningen {names}.",
            "The municipality has no site with the reference {names}.",
        )
        raise Invalid([Fault("sites", text.format(names=", ".join(absent)))])


def check_amount(session: Session, entry: HoursEntry) -> None:
    """A correction takes back hours that are there, and a month holds no more than it has."""
    about = table.c.concerns == (entry.concerns or entry.month)
    there = total(session, table.c.municipality == entry.municipality, about)
    if entry.hours < 0 and there + entry.hours < 0:
        text = Text(
            "Månaden har {there} timmar. Rättelsen kan inte ta bort fler.",
            "The month holds {there} hours. The correction cannot take back more.",
        )
        raise Invalid([Fault("hours", text.format(there=there))])
    if entry.hours > 0 and there + entry.hours > MOST_HOURS:
        text = Text(
            "Månaden skulle få {sum} timmar. Ingen månad har fler än {most}.",
            "The month would hold {sum} hours. No month has more than {most}.",
        )
        raise Invalid([Fault("hours", text.format(sum=there + entry.hours, most=MOST_HOURS))])


def total(session: Session, *held: ColumnElement[bool]) -> float:
    return float(
        session.scalars(select(func.coalesce(func.sum(table.c.hours), 0)).where(*held)).one()
    )


def as_entry(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Any: the columns differ in type."""
    return {str(key): tuple(value) if key == "sites" else value for key, value in row.items()}


def entries(
    session: Session, wanted: Chosen = EVERYTHING, *, limit: int | None = None, offset: int = 0
) -> list[HoursEntry]:
    """The entries the actor may read, latest month first."""
    rows = session.execute(
        select(table)
        .where(*wanted.conditions())
        .order_by(table.c.month.desc(), table.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [HoursEntry(**as_entry(row)) for row in rows.mappings()]


def count(session: Session, wanted: Chosen = EVERYTHING) -> tuple[int, float]:
    """How many entries there are, and their hours together."""
    held = wanted.conditions()
    number = session.scalars(select(func.count()).select_from(table).where(*held)).one()
    return number, total(session, *held)


def by_month(session: Session) -> dict[tuple[str, date], float]:
    """Hours by municipality and month."""
    statement = select(table.c.municipality, table.c.month, func.sum(table.c.hours)).group_by(
        table.c.municipality, table.c.month
    )
    return {(code, month): float(hours) for code, month, hours in session.execute(statement)}


def known_on(session: Session, day: date) -> dict[str, float]:
    """Hours by municipality as the register stood at the end of a day, months to come left out."""
    statement = (
        select(table.c.municipality, func.sum(table.c.hours))
        .where(*known_by(day))
        .group_by(table.c.municipality)
    )
    return {code: float(hours) for code, hours in session.execute(statement)}


def known_by(day: date) -> tuple[ColumnElement[bool], ...]:
    """Which entries count at the end of a day."""
    return table.c.entered_at < end_of(day), table.c.month <= day


def references(session: Session, municipality: str) -> list[tuple[str, str]]:
    """The municipality's sites that work can be entered on: reference and name."""
    statement = (
        select(site.c.reference, site.c.name_sv)
        .where(site.c.municipality == municipality, site.c.status != "withdrawn")
        .order_by(site.c.reference)
    )
    return [(reference, name or reference) for reference, name in session.execute(statement)]


def last_role(session: Session, actor: Actor) -> str:
    """The role of the last entry that the actor made; empty where there is none."""
    return (
        session.scalars(
            select(table.c.role)
            .where(table.c.entered_by == actor.email)
            .order_by(table.c.id.desc())
            .limit(1)
        ).first()
        or ""
    )
