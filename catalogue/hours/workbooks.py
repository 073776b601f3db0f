"""Workbooks of hours on their way into the register: checked, read in once, taken back as a whole.

The same workbook is known by its content, and rows of it that an earlier one brought by what they
say: they are not counted twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NotPossible
from catalogue.hours import corrections
from catalogue.hours.hours import (
    Chosen,
    HoursEntry,
    ProjectPlan,
    add,
    add_all,
    entries,
    may_enter,
)
from catalogue.hours.sent_workbooks import (
    AlreadyRead,
    ReadWorkbook,
    digest,
    find,
    from_row,
    recognised,
    same_file,
)
from catalogue.hours.workbook_reading import ReadRow
from catalogue.imports.register import plain_name
from catalogue.tables import hours_import as table
from geo.texts import Text

TAKEN_BACK = Text("Tar tillbaka filen {name}", "Takes back the file {name}")
KEPT = ("month", "role", "person", "hours", "activity", "sites", "note")


@dataclass(frozen=True)
class Checked:
    """A file as it was read: its rows, and which of them an earlier file brought."""

    rows: Sequence[ReadRow]
    known: Mapping[int, ReadWorkbook]
    """By the number of the row."""
    faults: Mapping[int, Sequence[tuple[str, str, Text]]]
    """By the number of the row, what is wrong: in itself, or with the register as it stands."""

    @property
    def new(self) -> list[HoursEntry]:
        return [row.entry for row in self.rows if row.entry and row.number not in self.known]


def check(
    session: Session, actor: Actor, municipality: str, content: bytes, rows: Sequence[ReadRow]
) -> Checked:
    """What would come of a file, with nothing kept; raises `AlreadyRead` or `NotAllowed`."""
    may_enter(actor, municipality)
    earlier = same_file(session, municipality, digest(content))
    if earlier is not None:
        raise AlreadyRead(earlier, is_same_file=True)
    known = recognised(session, municipality, rows)
    if len(known) == len(rows):
        raise AlreadyRead(next(iter(known.values())), is_same_file=False)
    faults = {row.number: list(row.faults) for row in rows if row.faults}
    with session.begin_nested() as trial:
        for row in rows:
            if row.entry is not None and row.number not in known:
                try:
                    add(session, actor, row.entry)
                except Invalid as refusal:
                    told = [(one.where, "", one.text) for one in refusal.faults]
                    faults.setdefault(row.number, []).extend(told)
        trial.rollback()
    return Checked(rows, known, faults)


def keep(
    session: Session,
    actor: Actor,
    municipality: str,
    checked: Checked,
    content: bytes,
    file_name: str,
) -> ReadWorkbook:
    """A file that nothing stands against, until it is confirmed; raises `Invalid`."""
    if checked.faults:
        raise Invalid(
            [
                Fault(f"rows/{number}/{where}", text)
                for number, found in sorted(checked.faults.items())
                for where, _, text in found
            ]
        )
    new = checked.new
    written = session.execute(
        insert(table)
        .values(
            municipality=municipality,
            file_name=plain_name(file_name),
            content_hash=digest(content),
            entries=[as_json(row.entry) for row in checked.rows if row.entry],
            rows=len(new),
            hours=sum(entry.hours for entry in new),
            checked_by=actor.email,
        )
        .returning(table)
    )
    return from_row(written.mappings().one())


def as_json(entry: HoursEntry) -> dict[str, Any]:
    """Any: JSON."""
    kept = {key: getattr(entry, key) for key in KEPT}
    return {**kept, "month": entry.month.isoformat(), "sites": list(entry.sites)}


def from_json(workbook: ReadWorkbook) -> list[HoursEntry]:
    return [
        HoursEntry(
            **{
                **row,
                "municipality": workbook.municipality,
                "month": date.fromisoformat(row["month"]),
                "sites": tuple(row["sites"]),
            }
        )
        for row in workbook.entries
    ]


def confirm(session: Session, actor: Actor, number: int) -> ReadWorkbook:
    """All of its rows in the register, or none.

    Raises `AlreadyRead`, `NotAllowed`, `NotFound` or `Invalid`.
    """
    workbook = find(session, number)
    may_enter(actor, workbook.municipality)
    session.execute(
        select(
            func.pg_advisory_xact_lock(
                func.hashtext("hours_import"), func.hashtext(workbook.municipality)
            )
        )
    )
    workbook = find(session, number)
    if not workbook.waits:
        raise AlreadyRead(workbook, is_same_file=True)
    earlier = same_file(session, workbook.municipality, workbook.content_hash)
    if earlier is not None:
        raise AlreadyRead(earlier, is_same_file=True)
    new, known = waiting(session, workbook)
    if not new:
        raise AlreadyRead(known[0], is_same_file=False)
    try:
        add_all(session, actor, [replace(entry, import_id=workbook.id) for entry in new])
    except Invalid as refusal:
        faults = [Fault(f"rows/{one.where}", one.text) for one in refusal.faults]
        raise Invalid(faults) from refusal
    return changed(
        session,
        workbook.id,
        entries=[],
        rows=len(new),
        hours=sum(entry.hours for entry in new),
        read_at=func.now(),
        read_by=actor.email,
    )


def waiting(
    session: Session, workbook: ReadWorkbook
) -> tuple[list[HoursEntry], list[ReadWorkbook]]:
    """The rows of a file that would be read in now, and the files that brought the others."""
    rows = [ReadRow(place, {}, entry, ()) for place, entry in enumerate(from_json(workbook))]
    known = recognised(session, workbook.municipality, rows)
    new = [row.entry for row in rows if row.entry and row.number not in known]
    return new, list(known.values())


def changed(session: Session, number: int, **values: object) -> ReadWorkbook:
    written = session.execute(
        update(table).where(table.c.id == number).values(**values).returning(table)
    )
    return from_row(written.mappings().one())


def take_back(
    session: Session, actor: Actor, number: int, plan: ProjectPlan, today: date
) -> ReadWorkbook:
    """A counter-entry for all that is left of its rows, in their months or the latest open one.

    Raises `NotAllowed`, `NotFound`, and `NotPossible` where it is not in the register.
    """
    workbook = find(session, number)
    may_enter(actor, workbook.municipality)
    if not workbook.is_in_force:
        raise NotPossible(
            Text(
                "Filen står inte i registret: den är redan tillbakatagen, eller lästes aldrig in.",
                "The file is not in the register: it is taken back already, or was never read in.",
            )
        )
    note = TAKEN_BACK.format(name=workbook.file_name).sv
    for entry in entries(session, Chosen(import_id=number)):
        if corrections.left(session, entry) > 0:
            month = corrections.booked_month(session, entry, plan, today)
            corrections.counter(session, actor, entry, note, month)
    return changed(session, number, taken_back_at=func.now(), taken_back_by=actor.email)


def discard(session: Session, actor: Actor, number: int) -> None:
    """A file that is not to be read in after all; raises `NotFound` or `NotAllowed`."""
    workbook = find(session, number)
    may_enter(actor, workbook.municipality)
    session.execute(delete(table).where(table.c.id == number, table.c.read_at.is_(None)))


def remove_unconfirmed(session: Session, now: datetime, days: int) -> int:
    """Files that nobody confirmed in so many days; how many."""
    gone = session.scalars(
        delete(table)
        .where(table.c.read_at.is_(None), table.c.checked_at < now - timedelta(days=days))
        .returning(table.c.id)
    ).all()
    return len(gone)
