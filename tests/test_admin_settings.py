"""Settings changed by an administrator: checked, kept with their history, in force everywhere."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from api.main import create_app
from catalogue.administration import adjustments
from catalogue.administration.adjustments import ADJUSTABLE, in_force
from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.jobs import defer_letter, work
from catalogue.progress.progress import Span, progress
from catalogue.provenance import ShelfLife
from catalogue.settings import Settings
from frontend.admin.setting_words import GROUPS, WORDS
from tests.builders import ADMIN, RULES, a_site, an_actor
from tests.html_forms import form_of
from tests.mail_servers import a_letter

ADDRESS = "/admin/settings"


@pytest.fixture
def admin(signed_in: Callable[..., TestClient]) -> TestClient:
    return signed_in("admin")


@pytest.fixture
def elsewhere(settings: Settings, databases: Databases) -> Iterator[TestClient]:
    """Another process of the same installation."""
    app = create_app(settings, RULES)
    yield TestClient(app, base_url="http://127.0.0.1:8000")
    app.state.services.databases.dispose()


def save(client: TestClient, group: str, address: str = ADDRESS, **texts: str) -> str:
    """A group of settings sent with these texts; the page that comes back."""
    page = client.get(address).text
    token = form_of(page, address)["csrf_token"][0]
    shown = {name: texts.pop(name, None) for name in names_of(group)}
    kept = {name: text or form_value(page, name) for name, text in shown.items()}
    return client.post(address, data={"csrf_token": token, "group": group, **kept, **texts}).text


def names_of(group: str) -> tuple[str, ...]:
    return next(one.names for one in GROUPS if one.key == group)


def form_value(page: str, name: str) -> str:
    return page.split(f'id="{name}"')[1].split('value="')[1].split('"', maxsplit=1)[0]


def change(databases: Databases, settings: Settings, **values: object) -> None:
    with databases.writing(ADMIN) as session:
        adjustments.change(session, settings, values, (), "prov")


def test_every_adjustable_setting_stands_in_one_group_with_its_words() -> None:
    assert sorted(name for group in GROUPS for name in group.names) == sorted(ADJUSTABLE)
    assert set(WORDS) == set(ADJUSTABLE)


def test_a_changed_shelf_life_holds_in_every_process_at_once(
    admin: TestClient, elsewhere: TestClient
) -> None:
    assert "180" in elsewhere.get("/about/data").text

    page = save(admin, "freshness", shelf_life_power_days="97")

    assert "Sparat. Ändringen gäller nu." in page
    assert "97" in elsewhere.get("/about/data").text


def test_a_value_past_its_new_shelf_life_is_shown_as_stale(
    admin: TestClient, databases: Databases, settings: Settings
) -> None:
    said = {"value": 10, "basis": "utility_written", "as_of": "2026-09-01"}
    site = a_site(databases, power_now_mw=said)
    fresh = f"/api/v1/sites?power_now_mw_min=1&fresh=true&reference={site.reference}"
    wanted = f"/api/v1/sites/{site.reference}"
    assert fresh_until(admin, wanted) == "2027-02-28"

    save(admin, "freshness", shelf_life_power_days="30", **{"freshness-reason": "Nätet ändras"})
    work(settings, wait=False)

    assert fresh
    assert fresh_until(admin, wanted) == "2026-10-01"
    assert "Alla platser gås igenom" not in admin.get(ADDRESS).text


def fresh_until(client: TestClient, address: str) -> str:
    said = client.get(address).json()["properties"]["provenance"]["power_now_mw"]
    return str(said["fresh_until"])


def test_a_letter_is_sent_from_the_sender_set_since_the_worker_started(
    databases: Databases, settings: Settings
) -> None:
    change(databases, settings, mail_from="Katalogen <katalogen@example.se>")
    with databases.writing(ADMIN) as session:
        defer_letter(session, a_letter(id="set-since"))

    work(settings, wait=False)

    file = settings.data / "mail" / "set-since.eml"
    kept = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert kept["From"] == "Katalogen <katalogen@example.se>"


def test_the_page_says_where_each_setting_comes_from(
    admin: TestClient, databases: Databases, settings: Settings
) -> None:
    change(databases, settings, hours_per_month=20)

    page = admin.get(ADDRESS).text

    assert "Satt av admin@example.se den" in page
    assert "Standardvärde" in page


def test_a_setting_given_back_is_the_installation_s_again(
    admin: TestClient, databases: Databases, settings: Settings
) -> None:
    change(databases, settings, hours_per_month=20)
    token = form_of(admin.get(ADDRESS).text, ADDRESS)["csrf_token"][0]

    page = admin.post(ADDRESS, data={"csrf_token": token, "give_back": "hours_per_month"}).text

    assert form_value(page, "hours_per_month") == "16"
    assert "återställd" in page


@pytest.mark.parametrize(
    ("group", "name", "written", "said"),
    [
        ("freshness", "shelf_life_days", "0", "Minst 1."),
        ("freshness", "shelf_life_days", "ett år", "Skriv ett heltal, som 180."),
        ("project", "hours_per_month", "-1", "Minst 0."),
        ("project", "project_end", "2023-01-01", "Projektet slutar före det börjar."),
        ("project", "baseline_date", "snart", "Skriv ett datum, som 2026-09-30."),
        ("sign_in", "session_idle_minutes", "900", "Längre än hela sessionen, som är 8 timmar."),
        ("mail", "mail_from", "Katalogen", "Skriv en e-postadress"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_and_kept_in_its_field(
    admin: TestClient, group: str, name: str, written: str, said: str
) -> None:
    page = save(admin, group, **{name: written})

    assert said in page
    assert form_value(page, name) == written


def test_a_refusal_is_told_in_english_on_the_english_page(admin: TestClient) -> None:
    page = save(admin, "freshness", f"/en{ADDRESS}", shelf_life_days="0")

    assert "At least 1." in page


def test_the_roles_that_must_sign_in_in_two_steps_are_ticked(
    admin: TestClient, databases: Databases
) -> None:
    sent = form_of(admin.get(ADDRESS).text, ADDRESS)
    token = {"csrf_token": sent["csrf_token"][0], "group": "sign_in"}
    kept = {"session_idle_minutes": "30", "session_hours": "8"}

    page = admin.post(
        ADDRESS, data={**token, **kept, "second_factor_roles": ["publisher", "project"]}
    ).text

    assert "publicerare, projektkontoret" in page
    with databases.owner.connect() as connection:
        stored = connection.scalar(text("select settings from catalogue_state"))
    assert stored == {"second_factor_roles": "publisher,project"}


def test_saving_what_is_there_already_is_no_change(admin: TestClient, databases: Databases) -> None:
    page = save(admin, "project", hours_per_month="16,0")

    with databases.owner.connect() as connection:
        changes = connection.scalar(text("select count(*) from setting_change"))
    assert "Inget var ändrat." in page
    assert changes == 0


def test_progress_of_a_past_day_keeps_the_shelf_life_of_that_day(
    databases: Databases, settings: Settings
) -> None:
    change(databases, settings, shelf_life_days=30)
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)

    assert shelf_life_shown(databases, tomorrow).other_days == 30
    assert shelf_life_shown(databases, date(2026, 11, 2)).other_days == 365


def shelf_life_shown(databases: Databases, day: date) -> ShelfLife:
    span = Span(day, date(2026, 6, 1))
    with databases.writing(an_actor("project")) as session:
        return progress(session, an_actor("project"), span, ProjectPlan(), ShelfLife()).shelf_life


def test_a_stored_setting_that_no_longer_fits_is_passed_by() -> None:
    settings = in_force(Settings(), {"shelf_life_days": -5, "hours_per_month": 12})

    assert (settings.shelf_life_days, settings.hours_per_month) == (365, 12)
