"""The project's reporting dates: checked, shown, reminded of once, frozen once; and who reads them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.administration import adjustments
from catalogue.database import OPERATOR, Databases
from catalogue.rules import Rules
from catalogue.settings import Settings
from catalogue.snapshots import snapshots
from catalogue.snapshots.period_ends import freeze_period
from catalogue.snapshots.reporting_dates import freeze_report, next_date, remind
from catalogue.snapshots.snapshots import Snapshot
from frontend.progress_formats import FORMATS
from tests.builders import ADMIN, NOW, RULES, an_account
from tests.html_forms import form_of

SETTINGS = "/admin/settings"
DATES = "2026-04-30,2026-10-31,2026-11-12"


def with_dates(settings: Settings, dates: str = DATES, **more: Any) -> Settings:
    return settings.model_copy(update={"reporting_dates": dates, **more})


def waiting_letters(databases: Databases) -> list[dict[str, Any]]:
    statement = "select args -> 'letter' from procrastinate_jobs where task_name = 'send_letter'"
    with databases.owner.begin() as connection:
        return list(connection.scalars(text(f"{statement} order by id")))


def save(admin: TestClient, dates: str) -> str:
    sent = form_of(admin.get(SETTINGS).text, f"{SETTINGS}#group-reporting")
    return admin.post(SETTINGS, data={**sent, "reporting_dates": [dates]}).text


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("i vår", "”i” är inte en dag"),
        ("2026-02-30", "”2026-02-30” är inte en dag"),
        ("2026-10-31, 2026-04-30", "2026-04-30 kommer inte efter dagen före"),
        ("2026-04-30 2026-04-30", "2026-04-30 kommer inte efter dagen före"),
        ("2023-09-30", "30 sep 2023 är före projektets första dag"),
    ],
)
def test_dates_that_cannot_be_are_refused_at_the_field(
    signed_in: Callable[..., TestClient], dates: str, said: str
) -> None:
    page = save(signed_in("admin"), dates)

    assert said in page
    assert 'aria-invalid="true"' in page
    assert f'value="{dates}"' in page


def test_dates_are_kept_with_their_history_which_the_project_reads(
    signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    save(signed_in("admin"), "2026-10-31; 2026-12-31")
    office = signed_in("project", None)

    page = office.get("/progress/settings").text

    said = "31\N{NO-BREAK SPACE}okt\N{NO-BREAK SPACE}2026, 31\N{NO-BREAK SPACE}dec"
    assert page.count(said) == 2
    progress = office.get("/progress").text
    assert "59 dagar kvar" in progress
    assert "/progress?as_of=2026-10-31" in progress
    assert "as_of=2026-10-31&amp;name=Rapport" in office.get("/progress/snapshots").text


def test_the_project_reads_no_other_settings_history(databases: Databases) -> None:
    with databases.writing(ADMIN) as session:
        values = {"reporting_dates": DATES, "question_days": 20}
        adjustments.change(session, Settings(), values, (), "prov")

    email, _ = an_account(databases, "project", None)
    office = OPERATOR.__class__(1, "Kontoret", email, "project", None)
    with databases.writing(office) as session:
        read = [one.name for one in adjustments.history(session, 10)]

    assert read == ["reporting_dates"]


@pytest.mark.parametrize("role", ["editor", "publisher", "investor"])
def test_the_page_of_settings_is_the_project_s(
    signed_in: Callable[..., TestClient], role: str
) -> None:
    assert signed_in(role).get("/progress/settings").status_code == 403


def test_the_next_date_may_be_today_and_may_be_none(settings: Settings) -> None:
    wanted = with_dates(settings)

    assert next_date(wanted, date(2026, 10, 31)) == date(2026, 10, 31)
    assert next_date(wanted, date(2026, 11, 1)) == date(2026, 11, 12)
    assert next_date(wanted, date(2026, 11, 13)) is None


def test_the_office_is_reminded_once_in_its_own_language(
    databases: Databases, settings: Settings
) -> None:
    an_account(databases, "project", None)
    wanted = with_dates(settings, reporting_reminder_days=10)

    def reminded() -> date | None:
        with databases.writing(OPERATOR) as session:
            return remind(session, wanted, RULES)  # 2 November: 10 days before the 12th

    assert (reminded(), reminded()) == (date(2026, 11, 12), None)
    (letter,) = waiting_letters(databases)
    assert letter["subject"] == "Rapportdagen 12 nov 2026 närmar sig"
    assert "Det är 10 dagar kvar." in letter["paragraphs"][0]


@pytest.mark.parametrize("days", [0, 9])
def test_nobody_is_reminded_too_early_or_against_the_setting(
    databases: Databases, settings: Settings, days: int
) -> None:
    with databases.writing(OPERATOR) as session:
        wanted = with_dates(settings, reporting_reminder_days=days)

        assert remind(session, wanted, RULES) is None


def frozen(databases: Databases, settings: Settings, rules: Rules = RULES) -> Snapshot | None:
    with databases.writing(OPERATOR) as session:
        return freeze_report(session, settings, rules, FORMATS)


def test_a_reporting_date_is_frozen_once_and_the_seal_is_sent_out(
    databases: Databases, settings: Settings
) -> None:
    an_account(databases, "project", None)
    made, again = frozen(databases, with_dates(settings)), frozen(databases, with_dates(settings))

    assert made is not None
    assert (made.name, made.as_of, made.taken_by) == (
        "Rapport 2026-10-31",
        date(2026, 10, 31),
        "job",
    )
    assert again is None
    (letter,) = waiting_letters(databases)
    assert made.seal in letter["paragraphs"][1]


def test_a_day_that_is_a_period_s_end_too_is_frozen_once(
    databases: Databases, settings: Settings
) -> None:
    wanted = with_dates(settings, snapshot_months="10")
    with databases.writing(OPERATOR) as session:
        freeze_period(session, wanted, RULES, FORMATS)

    assert frozen(databases, wanted) is None
    with databases.writing(OPERATOR) as session:
        assert len(snapshots.all_of(session)) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"reporting_snapshots": False},
        {"reporting_dates": ""},
        {"reporting_dates": "2026-11-02"},  # today is not over
        {"reporting_dates": "2026-09-17"},  # 46 days ago
    ],
)
def test_nothing_is_frozen_that_should_not_be(
    databases: Databases, settings: Settings, changed: dict[str, Any]
) -> None:
    assert RULES.now() == NOW
    assert frozen(databases, with_dates(settings).model_copy(update=changed)) is None
