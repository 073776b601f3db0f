"""What a municipality says of its part in the project, and a meeting, entered by the office."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import text

from catalogue.anchoring import anchoring, meetings
from catalogue.anchoring.anchoring_input import read_given
from catalogue.anchoring.meetings import Meeting
from catalogue.database import Databases
from tests.builders import NOW, TODAY, an_actor

OFFICE = an_actor("project")


MOMENTS = {
    "anchoring_version": "recorded_at",
    "meeting": "entered_at",
    "municipality_version": "recorded_at",
    "site_version": "recorded_at",
}


def known_by_now(databases: Databases) -> None:
    """What was entered by the machine's clock is known on the day that the tests take it to be."""
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        for table, moment in MOMENTS.items():
            statement = f"update {table} set {moment} = :now where {moment} > :now"
            connection.execute(text(statement), {"now": NOW})


def say(databases: Databases, code: str = "2183", **raw: object) -> None:
    """The parts named, in place of what stands there."""
    with databases.writing(OFFICE) as session:
        before = anchoring.find(session, code)
        given = read_given(raw, TODAY, before.values)
        anchoring.change(session, OFFICE, code, given, before.version)
    known_by_now(databases)


def hold(databases: Databases, day: date, *there: str, kind: str = "working_group") -> int:
    """Its number; Bollnäs came unless others are named."""
    with databases.writing(OFFICE) as session:
        attended = dict.fromkeys(there or ("2183",))
        wanted = Meeting(held_on=day, kind=kind, subject="Prov", attended=attended)
        [number] = meetings.add(session, OFFICE, [wanted])
    known_by_now(databases)
    return number


def said(databases: Databases, code: str, known: datetime, **raw: Any) -> None:
    """Something a municipality says, dated back."""
    say(databases, code, **raw)
    last = f"(select max(version) from anchoring_version where municipality = '{code}')"
    where = f"municipality = '{code}' and version = {last}"
    dated(databases, "anchoring_version", where, known, "recorded_at")


def held(databases: Databases, day: date, kind: str, *, known: datetime, **there: Any) -> int:
    with databases.writing(OFFICE) as session:
        wanted = Meeting(
            held_on=day,
            kind=kind,
            subject="Prov",
            attended={code.removeprefix("m"): people for code, people in there.items()},
        )
        [number] = meetings.add(session, OFFICE, [wanted])
    dated(databases, "meeting", f"id = {number}", known, "entered_at")
    return number


def dated(databases: Databases, table: str, where: str, at: datetime, column: str) -> None:
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        connection.execute(text(f"update {table} set {column} = :at where {where}"), {"at": at})


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)
