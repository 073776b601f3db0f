"""Workbooks of hours that were sent, and how one is known again: by its content and by its rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.orm import Session

from catalogue.errors import NotFound, NotPossible
from catalogue.hours.workbook_reading import ReadRow
from catalogue.tables import hours_entry
from catalogue.tables import hours_import as table
from geo.texts import Text


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
