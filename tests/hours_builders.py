"""Builders for tests of the hours register: entries, people with the right to attest, closed months."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from sqlalchemy import update

from catalogue.database import Databases
from catalogue.hours import locks
from catalogue.hours.locks import Wanted
from catalogue.tables import account
from tests.builders import ADMIN

HOURS = "/api/v1/hours"
MONTHS = tuple(date(2023 + (9 + n) // 12, (9 + n) % 12 + 1, 1) for n in range(36))
"""Those of the project, from October 2023 to September 2026."""


def an_entry(**values: Any) -> dict[str, Any]:
    return {
        "municipality": "2183",
        "month": "2026-05",
        "role": "Näringslivsutvecklare",
        "hours": 3.5,
        "activity": "grid_contact",
        **values,
    }


def give_right(databases: Databases, email: str) -> None:
    """The right to attest hours, as an administrator gives it."""
    with databases.writing(ADMIN) as session:
        session.execute(update(account).where(account.c.email == email).values(attests_hours=True))


def lock(databases: Databases, month: date, *, is_locked: bool = True) -> None:
    """One month, for every municipality that the tests use."""
    wanted = Wanted(
        municipalities=["2183", "2184"],
        first=month,
        last=month,
        is_locked=is_locked,
        reason="Lägesrapport",
    )
    with databases.writing(ADMIN) as session:
        locks.change(session, ADMIN, wanted, MONTHS)


HEADINGS = ("Månad", "Timmar", "Aktivitet", "Roll", "Namn", "Platser", "Anteckning")


def a_workbook(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    """An Excel workbook of hours, as a person would save it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def faults(answer: Any) -> list[str]:
    return [one["pointer"] for one in answer.json()["errors"]]


def fields(answer: Any) -> Mapping[str, str]:
    return {one["pointer"]: one["detail"] for one in answer.json()["errors"]}
