"""Indicators of the funding decision as they stood on a day: a change is a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import Changed, NotAllowed, NotFound
from catalogue.hours.hours import end_of
from catalogue.progress.figures import FIGURE
from catalogue.tables import account
from catalogue.tables import indicator as table
from catalogue.tables import indicator_reading as readings
from catalogue.tables import indicator_version as versions
from geo.texts import Text

KEEPERS = frozenset({"project", "admin"})
VERSIONED = (
    "name_sv", "name_en", "unit_sv", "unit_en", "target", "target_date", "start_value",
    "start_date", "source", "follow_up", "figure", "municipality", "retired",
)  # fmt: skip
"""What a version says, and a new one may say otherwise."""
ONE_AT_A_TIME = 7_307_312
"""Key of the lock that lets versions be written one after the other."""


class NoSuchIndicator(NotFound):
    def __init__(self, number: int) -> None:
        text = Text("Det finns ingen indikator {number}.", "There is no indicator {number}.")
        super().__init__(text.format(number=str(number)))


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A value that somebody found out and wrote down; of two for a day, the later one counts."""

    id: int
    indicator: int
    value: float
    read_on: date
    source: str
    note: str
    entered_at: datetime
    entered_by: str


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator as one of its versions has it."""

    id: int
    version: int
    name_sv: str
    name_en: str
    unit_sv: str
    unit_en: str
    """Of a figure, which has its own unit, these are empty."""
    target: float
    target_date: date
    start_value: float
    """What there was on `start_date`; a change is counted from 0."""
    start_date: date
    source: str
    """The decision, and where in it."""
    follow_up: str
    """`value` of a figure, its `change` since the start, or a `reading` by hand."""
    figure: str
    """Its key; empty where readings are taken by hand."""
    municipality: str | None
    """Whose figure; None for all of them together."""
    retired: bool
    is_example: bool
    reason: str
    recorded_at: datetime
    recorded_by: str
    last_reading: Reading | None = None

    @property
    def name(self) -> Text:
        return Text(self.name_sv, self.name_en)

    @property
    def unit(self) -> Text:
        figure = FIGURE.get(self.figure)
        return figure.unit if figure else Text(self.unit_sv, self.unit_en)

    @property
    def starts_from(self) -> float:
        return 0.0 if self.follow_up == "change" else self.start_value


def may_keep(actor: Actor) -> None:
    """Raises `NotAllowed` for an account that does not follow the whole project."""
    if actor.role not in KEEPERS:
        raise NotAllowed(
            Text(
                "Indikatorerna följs av projektkontoret.",
                "The indicators are followed by the project office.",
            )
        )


def indicators_on(session: Session, day: date, *, with_retired: bool = False) -> list[Indicator]:
    """Those that were known at the end of a day, as they stood then, with their last reading."""
    known = versions.c.recorded_at < end_of(day)
    rows = session.execute(
        select(versions, table.c.is_example)
        .ext(distinct_on(versions.c.indicator))
        .join(table, table.c.id == versions.c.indicator)
        .where(known)
        .order_by(versions.c.indicator, versions.c.version.desc())
    ).mappings()
    last = last_readings(session, day)
    found = [replace(from_row(row), last_reading=last.get(row["indicator"])) for row in rows]
    return [one for one in found if with_retired or not one.retired]


def last_readings(session: Session, day: date) -> dict[int, Reading]:
    """By indicator: the reading that counts on a day, of what had been entered by its end."""
    rows = session.execute(
        select(readings)
        .ext(distinct_on(readings.c.indicator))
        .where(readings.c.entered_at < end_of(day), readings.c.read_on <= day)
        .order_by(readings.c.indicator, readings.c.read_on.desc(), readings.c.id.desc())
    ).mappings()
    return {row["indicator"]: Reading(**row) for row in rows}


def find(session: Session, number: int) -> Indicator:
    """As it stands now; raises `NoSuchIndicator` also where the actor may not read it."""
    return history(session, number)[0]


def history(session: Session, number: int) -> list[Indicator]:
    """Its versions, the latest first; raises `NoSuchIndicator`."""
    rows = session.execute(
        select(versions, table.c.is_example)
        .join(table, table.c.id == versions.c.indicator)
        .where(versions.c.indicator == number)
        .order_by(versions.c.version.desc())
    ).mappings()
    found = [from_row(row) for row in rows]
    if not found:
        raise NoSuchIndicator(number)
    return found


def readings_of(session: Session, number: int) -> list[Reading]:
    """The latest day first; of one day, the one that counts first."""
    rows = session.execute(
        select(readings)
        .where(readings.c.indicator == number)
        .order_by(readings.c.read_on.desc(), readings.c.id.desc())
    ).mappings()
    return [Reading(**row) for row in rows]


def from_row(row: RowMapping) -> Indicator:
    said = dict(row)
    return Indicator(**{"id": said.pop("indicator"), **said})


def names_of(session: Session, addresses: Sequence[str]) -> dict[str, str]:
    """Who is behind an e-mail address, for those that have an account."""
    rows = session.execute(
        select(account.c.email, account.c.name).where(account.c.email.in_(addresses))
    )
    return {email: name for email, name in rows}


def add(
    session: Session, actor: Actor, values: Mapping[str, Any], reason: str, now: datetime
) -> Indicator:
    """Its first version; raises `NotAllowed`. Any: columns differ in type."""
    may_keep(actor)
    number = session.scalars(insert(table).values(is_example=False).returning(table.c.id)).one()
    return write(session, actor, number, 1, values, reason, now)


def change(
    session: Session,
    actor: Actor,
    number: int,
    values: Mapping[str, Any],
    reason: str,
    now: datetime,
    *,
    expected_version: int,
) -> Indicator:
    """A version with these values in place of what stood there; the same where nothing differs.

    Raises `NotAllowed`, `NoSuchIndicator`, and `Changed` where somebody was first. Any: columns
    differ in type.
    """
    may_keep(actor)
    session.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    before = find(session, number)
    if before.version != expected_version:
        raise Changed(before.name_sv, before.version, before.recorded_by)
    kept = {name: getattr(before, name) for name in VERSIONED}
    if {**kept, **values} == kept:
        return before
    return write(session, actor, number, before.version + 1, {**kept, **values}, reason, now)


def write(
    session: Session,
    actor: Actor,
    number: int,
    version: int,
    values: Mapping[str, Any],
    reason: str,
    now: datetime,
) -> Indicator:
    session.execute(
        insert(versions).values(
            {
                **values,
                "indicator": number,
                "version": version,
                "reason": reason,
                "recorded_at": now,
                "recorded_by": actor.email,
            }
        )
    )
    return find(session, number)


def add_reading(
    session: Session, actor: Actor, number: int, values: Mapping[str, Any], now: datetime
) -> Reading:
    """Raises `NotAllowed` and `NoSuchIndicator`. Any: columns differ in type."""
    may_keep(actor)
    find(session, number)
    row = session.execute(
        insert(readings)
        .values({**values, "indicator": number, "entered_at": now, "entered_by": actor.email})
        .returning(readings)
    )
    return Reading(**row.mappings().one())
