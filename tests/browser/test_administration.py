"""An administrator at work in a browser, with a worker beside."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from catalogue.database import Databases
from catalogue.settings import Settings
from tests.builders import PASSWORD, a_site, an_account
from tests.test_jobs import start_worker, with_mail

pytestmark = pytest.mark.browser

STALE = "#value-power_now_mw [data-mark=stale]"


@contextmanager
def a_worker(settings: Settings) -> Iterator[None]:
    started = start_worker(with_mail(settings, "127.0.0.1:9"))
    try:
        yield
    finally:
        started.terminate()
        started.wait(timeout=60)


def reload_until(page: Page, selector: str) -> None:
    """A worker needs a moment; a page shows what is so when it is opened."""
    for _ in range(60):
        if page.locator(selector).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator(selector)).not_to_have_count(0)


def test_a_shorter_shelf_life_shows_an_old_value_as_stale_on_the_site_s_page(
    browsing: BrowserContext, databases: Databases, settings: Settings
) -> None:
    said = {"value": 10, "basis": "utility_written", "as_of": "2026-09-01"}
    site = a_site(databases, power_now_mw=said)
    email, _ = an_account(databases, "admin")
    page = browsing.new_page()
    page.goto(f"/sites/{site.reference}")
    expect(page.locator(STALE)).to_have_count(0)
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.get_by_role("link", name="Inställningar").click()

    page.get_by_label("Uppgifter om el", exact=True).fill("30")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Sparat. Ändringen gäller nu.")

    page.goto(f"/sites/{site.reference}")
    with a_worker(settings):
        reload_until(page, STALE)
