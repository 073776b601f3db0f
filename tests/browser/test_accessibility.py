"""Every page follows WCAG 2.2 AA as far as axe can tell, on a wide screen and on a phone."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import insert

from catalogue.database import Databases
from catalogue.progress.progress import Span
from catalogue.progress.progress_files import DATA_FORMATS
from catalogue.settings import Settings
from catalogue.snapshots.snapshots import Wanted, take
from catalogue.tables import hours_entry
from frontend.menus import PROJECT_PAGES
from tests.axe import violations
from tests.builders import PASSWORD, RULES, a_site, an_account, an_actor, known_since

pytestmark = pytest.mark.browser

OPEN = (
    "/", "/en/", "/?area_gross_ha_min=abc", "/sites/GVB-2183-001", "/en/sites/GVB-2183-001",
    "/municipalities", "/municipalities/2183", "/sign-in", "/account/forgotten", "/account/reset/old", "/about/data", "/about/accessibility",
    "/about/privacy", "/api/v1/docs", "/no-such-page",
)  # fmt: skip
FOR_THE_ADMINISTRATOR = (
    "/admin", "/en/admin", "/admin/settings", "/en/admin/settings", "/admin/organisations",
    "/admin/organisations/1", "/admin/activities", "/admin/activities/meeting", "/admin/jobs", "/admin/letters", "/admin/audit",
    "/admin/municipalities", "/admin/municipalities/2183", "/admin/users", "/admin/users/1",
    "/admin/users/invite", "/admin/identity-providers",
)  # fmt: skip
FOR_THE_PROJECT = (
    *(f"{language}{entry.path}" for language in ("", "/en") for entry in PROJECT_PAGES),
    "/progress?unfold=true", "/progress?theme=water&municipality=2183", "/progress/definitions",
    "/progress/sites", "/progress/waiting", "/progress/behind?figure=power_mw_now",
    "/en/progress/behind?figure=questions_median_days",
    "/progress/behind?figure=area_net_ha&municipality=2183,2184",
    "/progress/report?municipality=2183&municipality=2184", "/progress/report/send",
    "/en/progress/indicators/new", "/progress/anchoring/2183", "/progress/anchoring/meetings",
    "/progress/snapshots/2", "/progress/snapshots/2/comparison?with=1", "/requests/new",
    "/hours/locks", "/account", "/account/security",
    "/en/account/security", "/account/second-factor", "/account/tokens",
)  # fmt: skip


FOR_AN_EDITOR = (
    "/progress/anchoring", "/progress/anchoring/2183", "/progress/anchoring/meetings",
    "/progress/anchoring/2183?as_of=2026-10-31",
    "/workspace/profile?theme=supply", "/workspace/profile/questions/new?theme=supply",
    "/en/workspace/sites/GVB-2183-001/questions/new?theme=power", "/workspace/questions",
    "/account/searches", "/workspace/offered", "/workspace/import", "/workspace/sites/GVB-2183-001?theme=files",
    "/hours", "/hours/months", "/hours/rows", "/hours/import", "/hours/names",
    "/en/hours/entries/1/correction",
)  # fmt: skip


FORMS_FOR_EVERYBODY = (
    "/register", "/en/enquiries/new?reference=GVB-2183-001",
    "/enquiries/new?reference=GVB-2183-001&kind=error", "/alerts/new?area_gross_ha_min=50",
)  # fmt: skip
AFTER_A_FORM = (
    "/register/sent", "/alerts/asked", "/alerts/confirm/unknown", "/alerts/end/unknown",
    "/enquiries/sent?reference=GVB-2183-001", "/enquiries/confirm/unknown",
    "/register/confirm/unknown", "/shared/unknown", "/shared/new", "/shortlist", "/compare", "/match",
    "/en/compare?reference=GVB-2183-001&reference=GVB-2183-001&reference=GVB-2183-099",
    "/?area_gross_ha_min=9000", "/en/?unknown=exclude&fresh=true&basis_min=utility_written&view=table",
)  # fmt: skip
WIDTHS = (1440, 390)
"""Of one page in turn: its layout alone depends on them, and loading costs more than looking."""


def assert_sound(page: Page, address: str) -> None:
    """It is there, breaks no rule, and is nowhere wider than the screen."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    answer = page.goto(address)
    assert (address, answer and answer.status) == (address, 200)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert (address, width, violations(page)) == (address, width, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def page(browsing: BrowserContext, databases: Databases) -> Page:
    a_site(
        databases,
        sewage_m3_day={"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-03-12"},
    )
    known_since(databases, datetime(2026, 10, 5, 12, tzinfo=UTC))
    return browsing.new_page()


@pytest.mark.parametrize("address", OPEN)
def test_a_page_for_everybody_breaks_no_rule(page: Page, address: str) -> None:
    page.goto(address)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, violations(page)) == (width, [])


def test_forms_with_faults_and_what_follows_them_break_no_rule(page: Page) -> None:
    for address in FORMS_FOR_EVERYBODY:
        page.goto(address)
        assert broken(page) == {1440: [], 390: []}, address
        page.click("main form button[type=submit]")
        page.wait_for_selector(".error-summary")
        assert broken(page) == {1440: [], 390: []}, f"{address}, with faults"
    for address in AFTER_A_FORM:
        page.goto(address)
        assert broken(page) == {1440: [], 390: []}, address


def broken(page: Page) -> dict[int, list[str]]:
    """By width: what axe finds, and whether the page is wider than that."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[width] = violations(page) + (["wider than the screen"] if is_wide else [])
    return found


def two_snapshots(databases: Databases) -> None:
    formats = {"json": DATA_FORMATS["json"]}
    with databases.writing(an_actor("project")) as session:
        for name, day in (("Maj", date(2026, 5, 31)), ("Oktober", date(2026, 10, 31))):
            wanted = Wanted(name, Span(day, date(2024, 4, 22)))
            take(session, an_actor("project"), wanted, Settings(), RULES, formats=formats)


def test_the_project_s_pages_break_no_rule(page: Page, databases: Databases) -> None:
    email, _ = an_account(databases, "project")
    some_hours(databases)
    two_snapshots(databases)
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/progress")

    for address in FOR_THE_PROJECT:
        assert_sound(page, address)


def test_the_administrator_s_pages_break_no_rule(page: Page, databases: Databases) -> None:
    email, _ = an_account(databases, "admin")
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin")

    for address in FOR_THE_ADMINISTRATOR:
        assert_sound(page, address)


def some_hours(databases: Databases) -> None:
    said = {"municipality": "2183", "month": date(2026, 9, 1), "role": "x", "activity": "meeting"}
    with databases.writing(an_actor("publisher")) as session:
        session.execute(insert(hours_entry).values(hours=2, person="Anna Prov", **said))


def test_an_editor_s_pages_break_no_rule(page: Page, databases: Databases) -> None:
    email, _ = an_account(databases, "editor")
    some_hours(databases)
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/workspace")

    for address in FOR_AN_EDITOR:
        assert_sound(page, address)


def test_what_breaks_a_rule_is_found(page: Page) -> None:
    page.set_content("<html lang=sv><title>Prov</title><main><h1>Prov</h1><img src=x></main>")

    assert [one.partition(":")[0] for one in violations(page)] == ["image-alt"]
