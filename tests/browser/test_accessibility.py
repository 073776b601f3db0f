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
from tests.builders import PASSWORD, RULES, a_site, an_account, an_actor, known_since
from tests.conftest import AXE

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
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


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run({runOnly: {type: 'tag', values: tags}})"
        ".then(result => result.violations.map(one =>"
        " one.id + ': ' + one.nodes.map(node => node.html).slice(0, 2).join(' ')))",
        TAGS,
    )
    return [str(one) for one in found]


@pytest.fixture
def page(browsing: BrowserContext, databases: Databases) -> Page:
    a_site(
        databases,
        sewage_m3_day={"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-03-12"},
    )
    known_since(databases, datetime(2026, 10, 5, 12, tzinfo=UTC))
    return browsing.new_page()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("address", OPEN)
def test_a_page_for_everybody_breaks_no_rule(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    assert violations(page) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_forms_with_faults_and_what_follows_them_break_no_rule(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in FORMS_FOR_EVERYBODY:
        page.goto(address)
        assert (address, violations(page)) == (address, [])
        page.click("main form button[type=submit]")
        page.wait_for_selector(".error-summary")
        assert (address, "with faults", violations(page)) == (address, "with faults", [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for address in AFTER_A_FORM:
        page.goto(address)
        assert (address, violations(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def two_snapshots(databases: Databases) -> None:
    formats = {"json": DATA_FORMATS["json"]}
    with databases.writing(an_actor("project")) as session:
        for name, day in (("Maj", date(2026, 5, 31)), ("Oktober", date(2026, 10, 31))):
            wanted = Wanted(name, Span(day, date(2024, 4, 22)))
            take(session, an_actor("project"), wanted, Settings(), RULES, formats=formats)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_project_s_pages_break_no_rule(page: Page, databases: Databases, width: int) -> None:
    email, _ = an_account(databases, "project")
    some_hours(databases)
    two_snapshots(databases)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/progress")

    for address in FOR_THE_PROJECT:
        answer = page.goto(address)
        assert (address, answer and answer.status, violations(page)) == (address, 200, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1440, 390])
def test_the_administrator_s_pages_break_no_rule(
    page: Page, databases: Databases, width: int
) -> None:
    email, _ = an_account(databases, "admin")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin")

    for address in FOR_THE_ADMINISTRATOR:
        page.goto(address)
        assert (address, violations(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def some_hours(databases: Databases) -> None:
    said = {"municipality": "2183", "month": date(2026, 9, 1), "role": "x", "activity": "meeting"}
    with databases.writing(an_actor("publisher")) as session:
        session.execute(insert(hours_entry).values(hours=2, person="Anna Prov", **said))


@pytest.mark.parametrize("width", [1440, 390])
def test_an_editor_s_pages_break_no_rule(page: Page, databases: Databases, width: int) -> None:
    email, _ = an_account(databases, "editor")
    some_hours(databases)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/workspace")

    for address in FOR_AN_EDITOR:
        page.goto(address)
        assert (address, violations(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
