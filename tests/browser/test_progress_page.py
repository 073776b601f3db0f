"""The progress page as only a browser shows it: without script, on a telephone, and on paper."""

from datetime import UTC, datetime

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from catalogue.database import Databases
from tests.browser.test_main_job import sign_in
from tests.builders import a_site, an_account, known_since

pytestmark = pytest.mark.browser

PAPER_PX = 688
"""What an upright A4 sheet leaves between its margins."""


@pytest.fixture
def page(browser: Browser, server: str, databases: Databases) -> Page:
    a_site(
        databases,
        sewage_m3_day={"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-03-12"},
    )
    known_since(databases, datetime(2026, 10, 5, 12, tzinfo=UTC))
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="sv-SE")
    context.set_default_timeout(15_000)
    page = context.new_page()
    sign_in(page, an_account(databases, "project")[0])
    return page


def test_the_filter_works_without_script(page: Page) -> None:
    page.goto("/progress?period=month")
    page.click("summary:has-text('Kommun')")
    page.check("label:has-text('Bollnäs')")
    page.check("label:has-text('Gävle')")
    page.click("form:has(fieldset) button")

    assert page.inner_text("h1") == "Läget i Bollnäs och Gävle"
    assert "period=month" in page.url


def test_a_number_in_the_matrix_leads_to_its_site(page: Page) -> None:
    page.goto("/progress")
    page.click(".matrix tr:has-text('Publicerad') td:last-child a")

    assert page.inner_text("h1") == "1 plats"


def test_the_page_is_no_wider_than_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})

    for address in ("/progress?unfold=true", "/progress?theme=land", "/progress/waiting"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_table_is_cut_on_paper(page: Page) -> None:
    page.set_viewport_size({"width": PAPER_PX, "height": 1000})
    page.emulate_media(media="print")
    page.goto("/progress")

    widths = page.eval_on_selector_all(
        ".fold[open] table, section > .table-scroll table",
        "tables => tables.map(table => table.getBoundingClientRect().right)",
    )
    assert widths
    assert max(widths) <= PAPER_PX


def test_paper_says_where_it_comes_from_and_leaves_out_what_is_folded(page: Page) -> None:
    page.goto("/progress")
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))

    words = " ".join(sheet.get_textpage().get_text_range() for sheet in printed)

    assert "Utskrivet" in words
    assert "/progress" in words
    assert "Så räknas det" not in words
