"""How long those who were asked take to answer, counted by hand and as it was known on a day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert

from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.progress import Progress, Span, progress
from catalogue.progress.progress_counts import Numbers
from catalogue.provenance import ShelfLife
from catalogue.tables import question
from tests.builders import TODAY, a_site, an_actor


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def a_question(databases: Databases, municipality: str, asked: datetime, **said: Any) -> None:
    site = a_site(databases, municipality=municipality)
    with databases.owner.begin() as connection:
        number = connection.exec_driver_sql(
            "select id from site where reference = %s", (site.reference,)
        ).scalar_one()
        connection.execute(
            insert(question).values(
                municipality=municipality,
                site_id=number,
                reference=site.reference,
                site_name="Provplats",
                keys=["power_now_mw", "redundancy"],
                were={},
                shown={},
                receiver_name="Karin Ek",
                receiver_email="karin.ek@example.se",
                remind_after_days=14,
                asked_at=asked,
                asked_on=asked.date(),
                asked_by="x@example.se",
                asked_by_name="X",
                expires_at=asked,
                **said,
            )
        )


@pytest.fixture
def asked(databases: Databases) -> Databases:
    """Bollnäs: two wait, since 23 October and 3 September; Gävle: answered after 4 and 10 days."""
    a_question(databases, "2183", noon(10, 23))
    a_question(databases, "2183", noon(9, 3))
    a_question(databases, "2183", noon(9, 1), withdrawn_at=noon(9, 20))
    a_question(databases, "2180", noon(10, 1), answered_at=noon(10, 5))
    a_question(databases, "2180", noon(10, 10), answered_at=noon(10, 20))
    return databases


def found_on(databases: Databases, day: date) -> Progress:
    actor = an_actor("project")
    with databases.writing(actor) as session:
        span = Span(day, date(2024, 4, 22))
        return progress(session, actor, span, ProjectPlan(), ShelfLife())


def letters(numbers: Numbers) -> list[float | None]:
    keys = ("open", "median_days", "longest_days", "answered", "answer_days")
    return [numbers[f"letters_{key}"] for key in keys]


def test_letters_are_counted_per_municipality_and_in_all(asked: Databases) -> None:
    found = found_on(asked, TODAY)
    by_code = {row.code: row.numbers for row in found.rows}

    # From 23 October 10 days have passed, from 3 September 60.
    assert letters(by_code["2183"]) == [2, 35, 60, 0, None]
    assert letters(by_code["2180"]) == [0, None, None, 2, 7]
    assert letters(found.total.numbers) == [2, 35, 60, 2, 7]


def test_a_past_day_knows_only_what_had_come_by_then(asked: Databases) -> None:
    # On 4 October the one withdrawn is gone, and the answer of 5 October has not come.
    assert letters(found_on(asked, date(2026, 10, 4)).total.numbers) == [2, 17, 31, 0, None]


def test_a_withdrawn_letter_waited_until_it_was_withdrawn(asked: Databases) -> None:
    assert letters(found_on(asked, date(2026, 9, 10)).total.numbers) == [2, 8, 9, 0, None]
