"""Sites expected at their next level: what is under way, for how long, and whether it is enough."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.progress import Progress, Span, progress
from catalogue.progress.progress_moves import last_day_ahead
from catalogue.provenance import ShelfLife
from catalogue.questions import question_asking
from catalogue.questions.question_input import Receiver, Request
from catalogue.site import Site
from tests.builders import ADMIN, RULES, TODAY, a_site, an_actor, known_since

PROJECT = an_actor("project")
STUDIED = {"geotech": "desk"}
WRITTEN: dict[str, Any] = {"basis": "utility_written", "as_of": "2026-10-03", "source": "Brev"}
WATER = {"drinking_water_m3_day": {"value": 300, **WRITTEN}}
POWER = {"power_now_mw": {"value": 10, **WRITTEN}}
NOT_YET = {"detaljplan_status": "granskning"}


def asked(who: str, day: str) -> dict[str, str]:
    return {"state": "unknown", "asked": who, "asked_on": day}


def the_progress(databases: Databases, as_of: date = TODAY) -> Progress:
    known_since(databases, datetime(2026, 9, 1, 12, tzinfo=UTC))
    with databases.writing(PROJECT) as session:
        return progress(session, PROJECT, Span(as_of, as_of), ProjectPlan(), ShelfLife())


def references(found: Progress) -> list[str]:
    return [move.reference for move in found.moves]


def sent(databases: Databases, site: Site, *keys: str) -> None:
    """A letter about these fields, sent today."""
    wanted = Request(
        reference=site.reference,
        keys=keys,
        shown=frozenset(),
        receiver=Receiver(name="Karin Ek", email="karin.ek@example.se"),
        message="",
        reply_by=None,
        remind_after_days=14,
    )
    with databases.writing(ADMIN) as session:
        question_asking.ask(session, ADMIN, wanted, RULES, link_days=30, png=b"")


def test_a_site_moves_when_all_that_it_lacks_has_been_asked_for_lately(
    databases: Databases,
) -> None:
    site = a_site(databases, power_now_mw=asked("Ellevio", "2026-10-03"), **STUDIED, **WATER)

    found = the_progress(databases)

    [move] = found.moves
    assert (move.reference, move.level, move.next_name.sv) == (site.reference, 2, "Planlagd")
    [reason] = move.reasons
    assert reason.text.sv == "Skriftligt besked om effekt"
    assert reason.because.sv == "Ellevio tillfrågad 3 okt 2026"
    assert found.total.numbers["sites_expected"] == 1
    by_code = {row.code: row.numbers["sites_expected"] for row in found.rows}
    assert (by_code["2183"], by_code["2184"]) == (1, 0)


@pytest.mark.parametrize(
    "values",
    [
        {"power_now_mw": asked("Ellevio", "2026-08-03"), **STUDIED, **WATER},
        {"power_now_mw": asked("Ellevio", "2026-10-03"), **WATER},
        {"power_now_mw": asked("Ellevio", "2026-10-03"), "status": "withdrawn", **STUDIED, **WATER},
    ],
    ids=["asked more than 90 days ago", "something else is missing too", "withdrawn"],
)
def test_a_site_stays_where_less_than_all_is_under_way(
    databases: Databases, values: dict[str, Any]
) -> None:
    a_site(databases, **values)

    assert references(the_progress(databases)) == []


@pytest.mark.parametrize(
    ("expected_on", "moves"),
    [("2026-11-03", True), ("2027-02-01", True), ("2027-02-02", True), ("2027-02-03", False)],
)
def test_a_plan_counts_when_it_is_expected_in_force_within_three_months(
    databases: Databases, expected_on: str, moves: bool
) -> None:
    a_site(
        databases, detaljplan_in_force_expected=expected_on, **NOT_YET, **STUDIED, **WATER, **POWER
    )

    found = the_progress(databases)

    assert [move.reasons[0].expected_on for move in found.moves] == (
        [date.fromisoformat(expected_on)] if moves else []
    )


def test_a_letter_that_asks_for_a_figure_in_writing_counts_as_asked(databases: Databases) -> None:
    site = a_site(databases, **STUDIED, **WATER)
    sent(databases, site, "power_now_mw")

    [move] = the_progress(databases).moves

    assert move.reasons[0].asked == "Karin Ek"


def test_an_answer_that_meets_half_a_requirement_is_not_enough(databases: Databases) -> None:
    """Power year by year and the voltage are both asked for; only one is on its way."""
    ready = {"road_class": "BK1", "contamination": "investigated", **STUDIED, **WATER, **POWER}
    nature = {"protected_overlap": {"value": ["none"], **WRITTEN}}
    half = a_site(databases, **ready, **nature)
    whole = a_site(databases, **ready, **nature)
    sent(databases, half, "power_timeline")
    sent(databases, whole, "power_timeline", "connection_voltage_kv")

    assert references(the_progress(databases)) == [whole.reference]


def test_what_was_expected_on_a_day_gone_by_is_told_as_it_was_then(databases: Databases) -> None:
    a_site(databases, power_now_mw=asked("Ellevio", "2026-10-03"), **STUDIED, **WATER)

    assert references(the_progress(databases, date(2026, 10, 2))) == []
    assert len(references(the_progress(databases, date(2026, 10, 3)))) == 1


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 9, 30), date(2026, 12, 31)),
        (date(2026, 11, 2), date(2027, 2, 2)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2026, 11, 29), date(2027, 2, 27)),
    ],
)
def test_the_months_ahead_run_from_quarter_to_quarter(day: date, last: date) -> None:
    assert last_day_ahead(day) == last
