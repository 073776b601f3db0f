"""How much of a municipality's profile is said, counted by hand, now and as it was on a past day."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue import municipalities
from catalogue.changes import read_changes
from catalogue.database import Databases
from catalogue.fields import PROFILE
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.progress import Progress, Span, progress
from catalogue.progress.progress_counts import Numbers
from catalogue.provenance import ShelfLife
from tests.builders import ADMIN, RULES, TODAY, an_actor

IN_JUNE = date(2026, 6, 1)
WHOLE = ("completeness", "asked", "verified_pct")
WRITTEN = {"basis": "authority", "source": "Arbetsförmedlingen", "as_of": "2026-05-20"}


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def say(databases: Databases, recorded_at: datetime, **values: Any) -> None:
    """A save of Bollnäs' profile, dated back with what stood there before."""
    with databases.writing(ADMIN) as session:
        now = municipalities.find(session, "2183")
        changes = read_changes(values, PROFILE, today=TODAY, kept=frozenset())
        municipalities.change_profile(
            session, ADMIN, "2183", changes, RULES, expected_version=now.version
        )
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        connection.execute(
            text(
                "update municipality_version set recorded_at = :at"
                " where code = '2183' and recorded_at > :at and version > :before"
            ),
            {"at": recorded_at, "before": now.version},
        )
        connection.execute(
            text(
                "update municipality_version set recorded_at = '2026-01-15 12:00+00'"
                " where code = '2183' and recorded_at > :today and version <= :before"
            ),
            {"today": RULES.now(), "before": now.version},
        )


@pytest.fixture
def bollnas(databases: Databases) -> Databases:
    """The population from the start; two more facts on 1 June, and the rest on 1 October."""
    say(databases, noon(6, 1), hotel_beds=240, unemployment_pct={"value": 7.4, **WRITTEN})
    say(
        databases,
        noon(10, 1),
        description_sv="Bollnäs ligger vid Ljusnan, mitt i Hälsingland. " * 2,
        housing_pipeline={"state": "not_applicable"},
        grid_situation={"state": "unknown", "asked": "Ellevio", "asked_on": "2026-09-15"},
        fast_track=True,
    )
    return databases


def found_on(databases: Databases, day: date, role: Any = "project") -> Progress:
    actor = an_actor(role)
    with databases.writing(actor) as session:
        return progress(session, actor, Span(day, date(2024, 4, 22)), ProjectPlan(), ShelfLife())


def of(found: Progress, code: str) -> Numbers:
    return next(row.numbers for row in found.rows if row.code == code)


def whole(numbers: Numbers) -> list[float | None]:
    return [numbers[f"profile_{key}"] for key in WHOLE]


def test_a_profile_is_counted_as_it_stands_now(bollnas: Databases) -> None:
    numbers = of(found_on(bollnas, TODAY), "2183")

    # 45 fields apply, the fast track's description too. Filled in are population, hotel beds,
    # unemployment, the description, homes (not applicable) and the fast track; one is asked about.
    # Of the four known values unemployment comes from an authority, and so does the population,
    # but that is of 2023 and stale.
    assert whole(numbers) == [13.3, 2.2, 25]
    assert numbers["profile_completeness_people"] == 20  # 2 of 10
    assert numbers["profile_completeness_living"] == 22.2  # 2 of 9
    assert numbers["profile_completeness_swot"] == 0


def test_a_profile_of_a_past_day_is_what_had_been_saved_by_then(bollnas: Databases) -> None:
    numbers = of(found_on(bollnas, IN_JUNE), "2183")

    # 44 fields applied without a fast track: population, hotel beds and unemployment, one of the
    # three verified.
    assert whole(numbers) == [6.8, 0, 33.3]
    assert numbers["profile_completeness_presentation"] == 0


def test_what_stood_before_the_first_change_counts_from_its_own_day(bollnas: Databases) -> None:
    assert whole(of(found_on(bollnas, date(2026, 5, 31)), "2183")) == [2.3, 0, 0]
    assert whole(of(found_on(bollnas, date(2026, 1, 14)), "2183")) == [0, 0, None]


def test_all_profiles_are_counted_together(bollnas: Databases) -> None:
    # The other nine, put in later than that day, count as empty: 6 of 45 + 9 × 44 fields.
    assert whole(found_on(bollnas, TODAY).total.numbers) == [1.4, 0.2, 25]


def test_a_profile_without_versions_counts_as_it_was_put_in(databases: Databases) -> None:
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        connection.exec_driver_sql("delete from municipality_version where code = '2180'")
        connection.exec_driver_sql(
            "update municipality set updated_at = '2026-03-01 12:00+00' where code = '2180'"
        )

    # The population, of 44 fields.
    assert whole(of(found_on(databases, date(2026, 3, 1)), "2180")) == [2.3, 0, 0]
    assert whole(of(found_on(databases, date(2026, 2, 28)), "2180")) == [0, 0, None]


def test_an_editor_counts_the_own_profile_only(bollnas: Databases) -> None:
    found = found_on(bollnas, TODAY, "editor")

    assert whole(found.total.numbers) == whole(of(found, "2183")) == [13.3, 2.2, 25]


@pytest.mark.parametrize(("day", "value", "shown"), [(TODAY, 13.3, "13"), (IN_JUNE, 6.8, "7")])
def test_page_and_every_file_say_the_same(
    bollnas: Databases,
    with_token: Callable[..., TestClient],
    signed_in: Callable[..., TestClient],
    day: date,
    value: float,
    shown: str,
) -> None:
    project, address = with_token("project"), f"/api/v1/progress?as_of={day}&language=en"
    (place,) = [
        one for one in project.get(address).json()["municipalities"] if one["code"] == "2183"
    ]
    lines = csv.DictReader(io.StringIO(project.get(f"{address}&format=csv").text))
    in_csv = [
        line["value"]
        for line in lines
        if (line["municipality_code"], line["figure"]) == ("2183", "profile_completeness")
    ]
    book = load_workbook(io.BytesIO(project.get(f"{address}&format=xlsx").content))
    headings, first, *_ = book["Profiles"].iter_rows(min_row=5, values_only=True)
    in_book = dict(zip(headings, first, strict=True))
    page = signed_in("admin").get(f"/en/progress?as_of={day}").text
    section = page.split('id="profiles"')[1].split("</section>")[0]
    row = section.split("Bollnäs</a>")[1].split("</tr>")[0]

    assert place["figures"]["profile_completeness"]["value"] == value
    assert [float(one) for one in in_csv] == [value]
    assert (in_book["Municipality"], in_book["Completeness of the profile (%)"]) == (
        "Bollnäs",
        value,
    )
    assert f">{shown}&nbsp;%</a>" in row
    assert 'href="#def-profile_completeness"' in section
    assert 'id="def-profile_completeness"' in page
