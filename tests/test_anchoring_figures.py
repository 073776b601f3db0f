"""How the project is anchored, counted by hand and as it was known on a day."""

from datetime import date

import pytest
from sqlalchemy import insert

from catalogue.anchoring import meetings
from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.progress import Progress, Span, progress
from catalogue.progress.progress_counts import Numbers
from catalogue.provenance import ShelfLife
from catalogue.tables import hours_entry
from tests.anchoring_builders import OFFICE, dated, held, noon, said, say
from tests.builders import ADMIN, TODAY


@pytest.fixture
def anchored(databases: Databases) -> Databases:
    """Bollnäs decided in 2024 and appointed two; Gävle went to what Bollnäs went to, and to more."""
    said(
        databases, "2183", noon(2024, 6, 1),
        decided_on="2024-05-28", decided_by="Kommunstyrelsen", person_role="Utvecklare",
        person_since="2024-06-01",
    )  # fmt: skip
    said(databases, "2183", noon(2026, 3, 1), deputy_name="Anna Ek", deputy_since="2026-03-01")
    held(databases, date(2026, 1, 15), "training", known=noon(2026, 1, 16), m2183=3, m2180=None)
    held(databases, date(2026, 2, 10), "steering_group", known=noon(2026, 2, 11), m2180=1)
    held(databases, date(2026, 10, 20), "working_group", known=noon(2026, 10, 21), m2183=2, m2180=1)
    with databases.writing(ADMIN) as session:
        work = {"municipality": "2183", "month": date(2026, 9, 1), "role": "x", "hours": 2}
        session.execute(insert(hours_entry).values(**work, activity="meeting"))
    dated(databases, "hours_entry", "true", noon(2026, 10, 23), "entered_at")
    return databases


def found_on(databases: Databases, day: date) -> Progress:
    with databases.writing(OFFICE) as session:
        span = Span(day, date(2024, 4, 22))
        return progress(session, OFFICE, span, ProjectPlan(), ShelfLife())


def told(numbers: Numbers) -> list[float | None]:
    keys = (
        "anchored_decision", "anchored_people", "anchoring_parts", "meetings_attended",
        "trainings", "people_trained", "days_since_activity", "swot_age_days",
    )  # fmt: skip
    return [numbers[key] for key in keys]


def test_anchoring_is_counted_per_municipality_and_in_all(anchored: Databases) -> None:
    found = found_on(anchored, TODAY)
    by_code = {row.code: row.numbers for row in found.rows}

    # Decision, person, deputy, training, meeting 13 days ago, activity 10 days ago: six of eight.
    assert told(by_code["2183"]) == [1, 2, 6, 1, 1, 3, 10, None]
    assert told(by_code["2180"]) == [0, 0, 2, 2, 1, 0, None, None]
    # The working group and the training are one meeting each, though both municipalities came.
    assert told(found.total.numbers) == [1, 2, 8, 2, 1, 3, 10, None]


def test_a_past_day_knows_only_what_had_been_entered_by_then(anchored: Databases) -> None:
    found = found_on(anchored, date(2026, 2, 28))
    by_code = {row.code: row.numbers for row in found.rows}

    # The deputy was entered on 1 March, the working group met in October.
    assert told(by_code["2183"]) == [1, 1, 3, 0, 1, 3, None, None]
    assert told(by_code["2180"]) == [0, 0, 2, 1, 1, 0, None, None]


def test_a_meeting_taken_out_of_the_register_counted_until_then(anchored: Databases) -> None:
    number = held(anchored, date(2026, 5, 5), "other", known=noon(2026, 5, 6), m2183=None)
    with anchored.writing(OFFICE) as session:
        meetings.withdraw(session, OFFICE, number)
    dated(anchored, "meeting", f"id = {number}", noon(2026, 6, 1), "withdrawn_at")

    before, after = (found_on(anchored, date(2026, month, 20)) for month in (5, 6))

    assert before.total.numbers["meetings_attended"] == 2
    assert after.total.numbers["meetings_attended"] == 1


def test_what_is_kept_for_good_names_nobody(anchored: Databases) -> None:
    say(anchored, deputy_name="", deputy_role="VA-ingenjör")

    with anchored.owner.connect() as connection:
        kept = connection.exec_driver_sql(
            "select string_agg(state::text, '') from anchoring_version"
        )

        assert "Anna Ek" not in kept.scalar_one()


def test_a_swot_is_as_old_as_the_day_in_the_profile(databases: Databases) -> None:
    with databases.owner.begin() as connection:
        connection.exec_driver_sql(
            "update municipality set swot_date = '2026-10-03' where code = '2183'"
        )
        connection.exec_driver_sql(
            "update municipality set provenance = provenance where code = '2183'"
        )
    dated(databases, "municipality_version", "code = '2183'", noon(2026, 10, 4), "recorded_at")

    found = {row.code: row.numbers for row in found_on(databases, TODAY).rows}

    assert found["2183"]["swot_age_days"] == 30
    assert found["2180"]["swot_age_days"] is None
