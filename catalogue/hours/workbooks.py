"""Workbooks of hours on their way into the register: checked, read in once, taken back as a whole.

The same workbook is known by its content, and rows of it that an earlier one brought by what they
say: they are not counted twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NotFound, NotPossible
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
from catalogue.hours.workbook_reading import ReadRow
from catalogue.imports.register import plain_name
from catalogue.tables import hours_entry
from catalogue.tables import hours_import as table
from geo.texts import Text

TAKEN_BACK = Text("Tar tillbaka filen {name}", "Takes back the file {name}")
KEPT = ("month", "role", "person", "hours", "activity", "sites", "note")


@dataclass(frozen=True, kw_only=True)
class ReadWorkbook:
    id: int
    municipality: str
    file_name: str
    content_hash: str
    entries: Sequence[Mapping[str, Any]]
    """All of its rows, until they are read in. Any: JSON."""
    rows: int
    hours: float
    checked_at: datetime
    checked_by: str
    read_at: datetime | None
    read_by: str | None
    taken_back_at: datetime | None
    taken_back_by: str | None

    @property
    def waits(self) -> bool:
        return self.read_at is None

    @property
    def is_in_force(self) -> bool:
        return self.read_at is not None and self.taken_back_at is None


class AlreadyRead(NotPossible):
    """The workbook, or every row of it, is in the register."""

    def __init__(self, earlier: ReadWorkbook, *, is_same_file: bool) -> None:
        text = (
            Text(
                "Filen är redan inläst {day} av {who}, som {name}. Inget har lagts till.",
                "The file was read in already on {day} by {who}, as {name}. Nothing was added.",
            )
            if is_same_file
            else Text(
                "Varje rad i filen är redan inläst {day} av {who}, i {name}. Inget har lagts till.",
                "Every row of the file was read in already on {day} by {who}, in {name}. Nothing "
                "was added.",
            )
        )
        day = (earlier.read_at or earlier.checked_at).date()
        super().__init__(text.format(day=day, who=earlier.read_by or "", name=earlier.file_name))
        self.earlier = earlier


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


def from_row(row: RowMapping) -> ReadWorkbook:
    return ReadWorkbook(**row)


def find(session: Session, number: int) -> ReadWorkbook:
    """One that the actor may read; raises `NotFound` for any other."""
    row = session.execute(select(table).where(table.c.id == number)).mappings().first()
    if row is None:
        raise NotFound(
            Text(
                "Det finns ingen sådan fil. En fil som inte lästes in tas bort efter en tid.",
                "There is no such file. A file that was not read in is removed after a while.",
            )
        )
    return from_row(row)


def latest(session: Session, municipality: str | None, limit: int = 20) -> list[ReadWorkbook]:
    """Those read in, the newest first."""
    held: list[ColumnElement[bool]] = [table.c.read_at.is_not(None)]
    if municipality is not None:
        held.append(table.c.municipality == municipality)
    rows = session.execute(select(table).where(*held).order_by(table.c.id.desc()).limit(limit))
    return [from_row(row) for row in rows.mappings()]


def same_file(session: Session, municipality: str, content_hash: str) -> ReadWorkbook | None:
    row = session.execute(
        select(table).where(
            table.c.municipality == municipality,
            table.c.content_hash == content_hash,
            table.c.read_at.is_not(None),
            table.c.taken_back_at.is_(None),
        )
    )
    found = row.mappings().first()
    return from_row(found) if found else None


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


def recognised(
    session: Session, municipality: str, rows: Iterable[ReadRow]
) -> dict[int, ReadWorkbook]:
    """The rows that an earlier file brought: as many as it brought, whatever name they had."""
    statement = (
        select(hours_entry, table.c.id.label("workbook"))
        .join(table, table.c.id == hours_entry.c.import_id)
        .where(
            hours_entry.c.municipality == municipality,
            hours_entry.c.corrects.is_(None),
            table.c.taken_back_at.is_(None),
        )
        .order_by(hours_entry.c.id)
    )
    there: dict[tuple[Any, ...], list[int]] = {}
    for row in session.execute(statement).mappings():
        there.setdefault(signature(row, str(row["person"])), []).append(int(row["workbook"]))
    workbooks: dict[int, ReadWorkbook] = {}
    known = {}
    for one in rows:
        if one.entry is None:
            continue
        told = vars(one.entry)
        for person in (one.entry.person, ""):
            matching = there.get(signature(told, person))
            if matching:
                number = matching.pop(0)
                if number not in workbooks:
                    workbooks[number] = find(session, number)
                known[one.number] = workbooks[number]
                break
    return known


def signature(row: Mapping[Any, Any], person: str) -> tuple[Any, ...]:
    """What makes two rows the same. Any: columns differ in type."""
    return (
        row["month"], row["role"], person, row["hours"], row["activity"], tuple(row["sites"]),
        row["note"],
    )  # fmt: skip


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


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
        select(func.pg_advisory_xact_lock(func.hashtext("hours_import"), workbook.id % 2**31))
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
