"""Clients' requests as figures of progress, counted by hand and as they were known on a day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.progress import Progress, Span, progress
from catalogue.provenance import ShelfLife
from catalogue.requests import register
from catalogue.requests.register_input import read_given
from tests.builders import ADMIN, TODAY, an_actor

EARLY, LATE = datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 10, 30, tzinfo=UTC)


def known_since(databases: Databases, at: datetime, where: str = "true") -> None:
    """Versions dated back, which nobody may do: without the triggers."""
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        dated = f"update client_request_version set recorded_at = :at where {where}"
        connection.execute(text(dated), {"at": at})


def kept(databases: Databases, code_name: str, **parts: Any) -> None:
    said = {"code_name": code_name, "received_on": "2026-10-01", **parts}
    with databases.writing(ADMIN) as session:
        register.add(session, ADMIN, read_given(said, {}, TODAY))


@pytest.fixture
def requested(databases: Databases) -> Databases:
    """Answered after 2 and 6 days, three sites offered; one still waits; one lost."""
    kept(databases, "Älg", answered_on="2026-10-03", sites=["GVB-2183-001", "GVB-2183-002"])
    kept(
        databases,
        "Bäver",
        answered_on="2026-10-07",
        sites=["GVB-2180-001"],
        outcome="lost",
        lost_because="power",
    )
    kept(databases, "Varg")
    known_since(databases, LATE)
    return databases


def seen(databases: Databases, role: Any = "project", as_of: date = TODAY) -> Progress:
    plan = ProjectPlan(date(2023, 10, 1), date(2026, 9, 30), 16)
    with databases.writing(an_actor(role)) as session:
        return progress(session, an_actor(role), Span(as_of, as_of), plan, ShelfLife())


def test_requests_are_counted_for_the_county(requested: Databases) -> None:
    numbers = seen(requested).total.numbers

    assert {key: numbers[f"rfi_{key}"] for key in ("received", "open", "answered", "lost")} == {
        "received": 3, "open": 1, "answered": 2, "lost": 1,
    }  # fmt: skip
    assert (numbers["rfi_lost_for_power"], numbers["rfi_lost_for_water"]) == (1, 0)
    assert (numbers["rfi_answer_days"], numbers["rfi_sites_offered"]) == (4, 3)


def test_a_municipality_counts_what_was_offered_of_its_own(requested: Databases) -> None:
    [bollnas] = [row for row in seen(requested).rows if row.code == "2183"]

    assert bollnas.numbers["rfi_received"] == 1
    assert bollnas.numbers["rfi_sites_offered"] == 2


def test_a_day_is_shown_as_it_was_known_then(requested: Databases) -> None:
    known_since(requested, EARLY, "request_id = 1")

    assert seen(requested, as_of=date(2026, 10, 21)).total.numbers["rfi_received"] == 1


def test_a_municipality_is_told_nothing_of_the_register(requested: Databases) -> None:
    assert seen(requested, "editor").rows[0].numbers["rfi_received"] is None
