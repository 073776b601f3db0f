"""Power by year as a curve, and the steps to the first day of building."""

from datetime import date
from typing import Any

import pytest

from catalogue.fields import SITE
from frontend.power_chart import PowerChart, power_chart
from frontend.site_page_facts import Told
from frontend.timeline import timeline
from geo.texts import Language
from tests.builders import TODAY

NBSP = "\N{NO-BREAK SPACE}"
STEPS = [
    {"year": 2028, "mw": 60, "firm": True, "condition": "Ny transformator"},
    {"year": 2030, "mw": 120, "firm": False, "condition": None},
]


def told(language: Language = "sv", **said: Any) -> Told:
    """A site with these values, each from the municipality on the first of September."""
    behind = {
        key: {"state": "known", "basis": "municipality", "as_of": "2026-09-01"} for key in said
    }
    return Told({**said, "provenance": behind, "asked": {}}, SITE, language, TODAY)


def a_chart(**values: Any) -> PowerChart:
    chart = power_chart({"power_now_mw": 20, "power_timeline": STEPS, **values}, TODAY, "sv")
    assert chart is not None
    return chart


def test_flexible_power_is_drawn_apart_from_firm_power() -> None:
    chart = a_chart()

    last = chart.steps[-1]
    assert chart.has_flexible
    assert last.firm_top - last.top == pytest.approx((chart.bottom - last.top) / 2)


def test_the_table_says_what_the_curve_shows() -> None:
    rows = [(row.year, row.mw, row.firm, row.condition) for row in a_chart().rows]

    assert rows == [
        (None, "20", "20", ""),
        (2028, "60", "60", "Ny transformator"),
        (2030, "120", "60", ""),
    ]


def test_the_curve_begins_this_year_and_stays_on_its_last_level_for_a_while() -> None:
    years = [tick.year for tick in a_chart().ticks]

    assert years == [2026, 2027, 2028, 2029, 2030, 2031, 2032]


def test_power_that_nobody_knows_is_not_drawn_as_zero() -> None:
    chart = a_chart(power_now_mw=None)

    assert chart.steps[0].label == "?"
    assert chart.summary == (
        "Effekt från 2026 okänt; från 2028 60 MW; från 2030 120 MW, varav 60 MW fast."
    )


def test_there_is_no_curve_without_a_timeline() -> None:
    assert power_chart({"power_now_mw": 20, "power_timeline": None}, TODAY, "sv") is None


def test_the_time_line_says_which_step_sets_the_construction_start() -> None:
    steps = timeline(
        told(
            detaljplan_status="samrad",
            detaljplan_in_force_expected="2028-06-01",
            land_access_months=3,
            env_lead_days=400,
            earliest_construction_start="2028-06-01",
        )
    ).steps

    start = next(step for step in steps if step.name == "start")
    assert (start.when, start.text.sv) == (
        f"juni{NBSP}2028",
        "Avgörs av det som blir klart sist: detaljplan i laga kraft. Räknat på: detaljplan i laga kraft 1 juni 2028, tillträde till marken 1 dec 2026, miljötillstånd 6 okt 2027.",
    )


def test_the_time_line_says_what_is_missing_for_a_construction_start() -> None:
    steps = timeline(told(detaljplan_status="laga_kraft", land_access_months=0)).steps

    start = next(step for step in steps if step.name == "start")
    assert start.when == "Okänt"
    assert start.text.en == (
        "Cannot be worked out until there is a time for: environmental permit."
    )


def test_a_permit_that_has_been_granted_is_done() -> None:
    steps = timeline(told(env_permit="granted")).steps

    assert next(step for step in steps if step.name == "permit").when == "Klart"


def test_the_connection_is_a_span_counted_from_today() -> None:
    steps = timeline(told(connection_lead_months=[12, 24])).steps

    connection = next(step for step in steps if step.name == "connection")
    assert (connection.day, connection.latest) == (date(2027, 11, 2), date(2028, 11, 2))
    assert connection.span is not None
