"""The main job from end to end: a site is entered, published, found, and counted."""

import io
import json
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import text

from catalogue.database import Databases
from tests.builders import PASSWORD, TODAY, a_site, an_account, known_since, square

pytestmark = pytest.mark.browser

THEMES: dict[str, dict[str, str]] = {
    "identity": {
        "#site_type": "greenfield",
        "[name=suitable_for][value=battery]": "",
        "#contact_name": "Sara Forslid",
        "#contact_email": "sara.forslid@example.se",
    },
    "land": {
        "#area_gross_ha": "61,5",
        "#area_net_ha": "55",
        "#ownership": "municipal",
        "#flood_risk": "none",
        "#contamination": "none_known",
        "[name=protected_overlap][value=none]": "",
    },
    "plan": {"#comprehensive_plan": "industry", "#detaljplan_status": "laga_kraft"},
    "power": {
        "#bidding_area": "SE2",
        "#grid_owner_local": "Ellevio",
        "#grid_owner_regional": "Ellevio",
        "#power_now_mw": "10",
        "[name=power_timeline-0-year]": "2029",
        "[name=power_timeline-0-mw]": "120",
        "[name=power_timeline-0-firm]": "yes",
        "[name=connection_lead_months-from]": "24",
        "[name=connection_lead_months-to]": "36",
    },
    "water": {
        "#water_utility": "Helsinge Vatten",
        "#utility_area": "inside",
        "#drinking_water_m3_day": "300",
        "#sewage_m3_day-state": "unknown",
        "#sewage_m3_day-asked": "Helsinge Vatten",
        "#sewage_m3_day-asked_on": "2026-03-12",
    },
    "transport": {"#rail_siding": "none"},
}
"""What the editor fills in, theme by theme; the empty text ticks a box."""

SEARCH = (
    "area_gross_ha_min=50&power_mw_min=100&power_year=2030"
    "&distance_rail_km_max=10&sewage_m3_day_min=500"
)


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/sign-in" not in address)


def fill(page: Page, entries: dict[str, str]) -> None:
    for selector, value in entries.items():
        field = page.locator(selector).first
        kind = field.evaluate("element => element.type")
        if kind == "checkbox":
            field.check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)


def enter(page: Page) -> None:
    """A new site of Bollnäs, from its name to being submitted for review."""
    page.goto("/workspace/sites/new")
    page.fill("#name_sv", "Häggesta industripark")
    page.click("main button[type=submit]")
    page.wait_for_url("**/workspace/sites/GVB-2183-001**")
    page.goto("/workspace/sites/GVB-2183-001?theme=outline")
    page.fill("#outline-text", json.dumps(square(16.37, 61.36)))
    page.click(".save-bar button:not([name])")
    page.wait_for_load_state()
    for theme, entries in THEMES.items():
        page.goto(f"/workspace/sites/GVB-2183-001?theme={theme}")
        fill(page, entries)
        page.click(".save-bar button:not([name])")
        expect(page.locator("[data-saved]")).to_be_visible()
    page.click("button[name=to][value=in_review]")
    page.wait_for_load_state()


def test_a_site_is_entered_published_found_and_counted(
    browser: Browser, browsing: BrowserContext, databases: Databases, server: str
) -> None:
    a_site(databases, municipality="2180", substation="SUB-2180-1", power_now_mw=30)
    a_site(databases, municipality="2180", substation="SUB-2180-1", power_now_mw=50)
    editor, publisher, project = (
        an_account(databases, role, "2183")[0] for role in ("editor", "publisher", "project")
    )

    page = browsing.new_page()
    sign_in(page, editor)
    enter(page)
    with browser.new_context(base_url=server) as other:
        review = other.new_page()
        sign_in(review, publisher)
        review.goto("/workspace/sites/GVB-2183-001")
        review.click("button[name=to][value=published]")
        review.wait_for_load_state()

    with browser.new_context(base_url=server, locale="sv-SE") as visit:
        investor = visit.new_page()
        investor.goto(f"/?{SEARCH}")
        card = investor.locator("article, li").filter(has_text="GVB-2183-001").first
        expect(investor.get_by_role("heading", name="Kan passa")).to_be_visible()
        expect(card).to_contain_text("Avlopp")
        expect(card).to_contain_text("Helsinge Vatten")
        investor.goto("/en/sites/GVB-2183-001")
        expect(investor.get_by_role("heading", level=1)).to_have_text("Häggesta industripark")
        expect(investor.locator("main")).to_contain_text("120 MW")

    known_yesterday(databases)
    with browser.new_context(base_url=server) as office:
        report = office.new_page()
        sign_in(report, project)
        yesterday = TODAY - timedelta(days=1)
        content = office.request.get(f"/progress/report.xlsx?as_of={yesterday}").body()
    assert power_now_of_all(content) == counted_by_hand(databases) == 60


def known_yesterday(databases: Databases) -> None:
    """The tests' clock stands still, the database's does not."""
    known_since(databases, datetime(2026, 11, 1, 12, tzinfo=UTC))


def power_now_of_all(content: bytes) -> float:
    """MW now in all municipalities, each substation once, from the workbook."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["El"]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    now = rows["MW"].index("i dag")
    return float(str(rows["Effekt, varje station en gång"][now]))


def counted_by_hand(databases: Databases) -> float:
    with databases.owner.connect() as connection:
        return float(
            connection.execute(
                text(
                    "select sum(mw) from (select max(power_now_mw) as mw from site "
                    "where status in ('published', 'reserved') "
                    "group by coalesce(substation, reference)) as once"
                )
            ).scalar_one()
        )
