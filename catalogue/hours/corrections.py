"""Corrections: what was entered stays, and a counter-entry takes it back with a reference to it.

A closed month is corrected in an open one; the counter-entry says which month it concerns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NoSuchEntry, NotPossible
from catalogue.hours import activities, locks
from catalogue.hours.hours import HoursEntry, ProjectPlan, add, as_entry, may_enter
from catalogue.hours.hours_input import decimal, read_entry
from catalogue.tables import hours_entry as table
from geo.texts import Text

UNDONE = Text("Ångrar rad {number}", "Undoes entry {number}")
REASON_MISSING = Text(
    "Säg kort vad som var fel, till exempel ”skrevs in två gånger”.",
    "Say in short what was wrong, such as “entered twice”.",
)
NOTHING_CHANGED = Text(
    "Raden är redan så. Ändra det som är fel, eller skriv 0 timmar för att ta tillbaka hela.",
    "The entry is like that already. Change what is wrong, or write 0 hours to take all of it back.",
)
CORRECTABLE = ("month", "role", "person", "hours", "activity", "sites")


@dataclass(frozen=True)
class Correction:
    """What took the entry back, and what stands instead of it, if anything does."""

    corrected: HoursEntry
    counter: HoursEntry
    instead: HoursEntry | None


def find(session: Session, number: int) -> HoursEntry:
    """An entry that the actor may read; raises `NoSuchEntry` for any other."""
    row = session.execute(select(table).where(table.c.id == number)).mappings().first()
    if row is None:
        raise NoSuchEntry
    return HoursEntry(**as_entry(row))


def find_own(session: Session, actor: Actor, number: int) -> HoursEntry:
    """An entry that the actor made; raises `NoSuchEntry` for any other."""
    found = find(session, number)
    if found.entered_by != actor.email:
        raise NoSuchEntry
    return found


def left(session: Session, entry: HoursEntry) -> float:
    """What no counter-entry has taken back of an entry yet."""
    taken = session.scalars(
        select(func.coalesce(func.sum(table.c.hours), 0)).where(
            table.c.corrects == entry.id, table.c.hours < 0
        )
    ).one()
    return entry.hours + float(taken)


def take_back(session: Session, actor: Actor, number: int, plan: ProjectPlan, today: date) -> None:
    """The actor's entry taken off again; once, however often it is asked. Raises `NoSuchEntry`."""
    entry = find_own(session, actor, number)
    if left(session, entry) > 0:
        note = UNDONE.format(number=str(entry.id)).sv
        counter(session, actor, entry, note, booked_month(session, entry, plan, today))


def counter(
    session: Session, actor: Actor, entry: HoursEntry, note: str, month: date
) -> HoursEntry:
    """What is left of an entry taken back in a month; raises `NotPossible` where nothing is."""
    remaining = left(session, entry)
    if entry.hours < 0 or remaining <= 0:
        raise NotPossible(
            Text(
                "Raden är redan rättad. Rätta den rad som skrevs i stället.",
                "The entry is corrected already. Correct the one that was entered instead.",
            )
        )
    taken = replace(
        entry, hours=-remaining, month=month, note=note, corrects=entry.id, import_id=None
    )
    return add(session, actor, taken)


def booked_month(session: Session, entry: HoursEntry, plan: ProjectPlan, today: date) -> date:
    """Where a correction is entered: in the entry's month, or the latest open one."""
    closed = locks.locked(session, entry.municipality)
    if (entry.municipality, entry.month) not in closed:
        return entry.month
    return locks.open_month(closed, entry.municipality, plan.begun(today))


def correct(
    session: Session,
    actor: Actor,
    number: int,
    raw: Mapping[str, Any],
    plan: ProjectPlan,
    today: date,
) -> Correction:
    """The entry taken back, and entered anew as it should be; 0 hours only take it back.

    `raw` holds what differs, and in `note` why. Both new rows stand in the month given there.
    Raises `NotAllowed`, `NoSuchEntry`, `NotPossible` or `Invalid`. Any: whatever was sent.
    """
    entry = find(session, number)
    may_enter(actor, entry.municipality)
    is_whole = is_nothing(raw.get("hours"))
    wanted = read_right(session, entry, raw, plan, today, is_whole=is_whole)
    booked = booked_month(session, entry, plan, today)
    if not is_whole and all(getattr(wanted, key) == getattr(entry, key) for key in CORRECTABLE):
        raise Invalid([Fault("hours", NOTHING_CHANGED)])
    is_closed = booked != entry.month
    taken = counter(session, actor, entry, wanted.note, wanted.month if is_closed else entry.month)
    if is_whole:
        return Correction(entry, taken, None)
    concerns = entry.concerns if is_closed else wanted.month
    instead = add(session, actor, replace(wanted, corrects=entry.id, concerns=concerns))
    return Correction(entry, taken, instead)


def read_right(
    session: Session,
    entry: HoursEntry,
    raw: Mapping[str, Any],
    plan: ProjectPlan,
    today: date,
    *,
    is_whole: bool,
) -> HoursEntry:
    """The entry as it should have been; raises `Invalid`."""
    known: dict[str, Any] = {key: getattr(entry, key) for key in CORRECTABLE}
    known |= {
        "month": f"{booked_month(session, entry, plan, today):%Y-%m}",
        "sites": list(entry.sites),
        "municipality": entry.municipality,
        "note": "",
    }
    said = {**known, **raw, "municipality": entry.municipality}
    offered = dict(activities.everything(session))
    if said["activity"] == entry.activity:
        offered[entry.activity] = replace(offered[entry.activity], retired=False)
    if is_whole:
        said["hours"] = entry.hours
    faults: list[Fault] = []
    found = entry
    try:
        found = read_entry(said, plan, activities=offered, today=today)
    except Invalid as refusal:
        faults.extend(refusal.faults)
    if not str(said["note"] or "").strip():
        faults.append(Fault("note", REASON_MISSING))
    if not is_whole and is_negative(said["hours"]):
        text = Text(
            "Skriv hur många timmar det skulle ha varit. Minusraden skrivs av sig själv.",
            "Write how many hours it should have been. The negative row is written by itself.",
        )
        faults = [one for one in faults if one.where != "hours"] + [Fault("hours", text)]
    if faults:
        raise Invalid(faults)
    return found


def number_in(given: object) -> float | None:
    if isinstance(given, str):
        return decimal(given)
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    return float(str(given)) if is_number else None


def is_nothing(given: object) -> bool:
    return number_in(given) == 0


def is_negative(given: object) -> bool:
    number = number_in(given)
    return number is not None and number < 0


def corrections_of(session: Session, entries: Sequence[HoursEntry]) -> dict[int, list[HoursEntry]]:
    """What corrects each of the entries, in the order it was entered."""
    rows = session.execute(
        select(table)
        .where(table.c.corrects.in_([entry.id for entry in entries]))
        .order_by(table.c.id)
    )
    found: dict[int, list[HoursEntry]] = {}
    for row in rows.mappings():
        found.setdefault(int(row["corrects"]), []).append(HoursEntry(**as_entry(row)))
    return found
