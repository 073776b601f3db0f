"""A month of hours entered on a phone, with and without script."""

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from catalogue.database import Databases
from tests.builders import PASSWORD, an_account

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 390, "height": 844}


def month_entered(context: BrowserContext, databases: Databases, *, has_script: bool) -> None:
    email, _ = an_account(databases, "editor")
    page = context.new_page()
    page.set_viewport_size(PHONE)
    page.goto("/sign-in?next=/hours?month=2026-05")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.goto("/hours?month=2026-05")
    page.get_by_label("Möte").fill("2,5")
    page.get_by_label("Planfrågor").fill("4")
    if has_script:
        expect(page.get_by_role("status")).to_have_text("Summa i maj 2026 6,5 av 16 h")
    page.get_by_label("Din roll").fill("Planarkitekt")
    page.get_by_role("button", name="Spara månaden").click()

    expect(page.get_by_text("2 rader är sparade, 6,5 timmar i allt.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_sum_follows_what_is_typed(browsing: BrowserContext, databases: Databases) -> None:
    month_entered(browsing, databases, has_script=True)


def test_a_month_is_entered_without_script(
    browser: Browser, server: str, databases: Databases
) -> None:
    context = browser.new_context(base_url=server, locale="sv-SE", java_script_enabled=False)
    month_entered(context, databases, has_script=False)
    context.close()
