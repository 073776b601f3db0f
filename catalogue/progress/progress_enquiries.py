"""How many ask for land, for what, and how soon they are answered, as of any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.enquiries.enquiries import REAL, SECTORS, SIZES
from catalogue.hours.hours import end_of
from catalogue.progress.figure_definitions_enquiries import (
    ANSWERED,
    RECEIVED,
    SECTOR,
    SIZE,
    TAKEN,
)
from catalogue.progress.progress_counts import Numbers
from catalogue.rules import SWEDEN
from catalogue.tables import enquiry as table
from catalogue.working_days import working_days

UNSAID = "unsaid"


@dataclass(frozen=True)
class KnownEnquiry:
    """One municipality's part of a message, as it was known on a day."""

    message_id: str
    municipality: str
    sector: str
    size: str
    days: int | None
    """Working days to the answer; None where it had not come."""


def enquiries_by(session: Session, day: date) -> list[KnownEnquiry]:
    """Those that the actor may read and that had come in when a day ended in Sweden."""
    end = end_of(day)
    rows = session.execute(
        select(
            table.c.message_id,
            table.c.municipality,
            table.c.sector,
            table.c.size,
            table.c.received_at,
            table.c.answered_at,
        )
        .where(REAL, table.c.kind == "enquiry", table.c.received_at < end)
        .order_by(table.c.id)
    )
    return [
        KnownEnquiry(
            row.message_id,
            row.municipality,
            row.sector or UNSAID,
            row.size or UNSAID,
            days_between(row.received_at, row.answered_at, end),
        )
        for row in rows
    ]


def days_between(received: datetime, answered: datetime | None, end: datetime) -> int | None:
    if answered is None or answered >= end:
        return None
    return working_days(received.astimezone(SWEDEN).date(), answered.astimezone(SWEDEN).date())


def enquiry_numbers(found: Sequence[KnownEnquiry]) -> Numbers:
    """A message counts once, and is answered when the first of its municipalities has done so."""
    days: dict[str, list[int]] = {}
    for one in found:
        days.setdefault(one.message_id, []).extend([] if one.days is None else [one.days])
    messages = {one.message_id: one for one in found}.values()
    taken = [min(some) for some in days.values() if some]
    numbers: Numbers = {
        RECEIVED.key: len(messages),
        ANSWERED.key: len(taken),
        TAKEN.key: median(taken) if taken else None,
    }
    for sector in (*SECTORS, UNSAID):
        numbers[f"{SECTOR.key}_{sector}"] = sum(one.sector == sector for one in messages)
    for size in (*SIZES, UNSAID):
        numbers[f"{SIZE.key}_{size}"] = sum(one.size == size for one in messages)
    return numbers
