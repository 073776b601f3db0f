"""From the search to a comparison and a shared shortlist, in both languages and on a phone."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from catalogue.database import Databases
from tests.axe import violations
from tests.builders import a_site, square

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browsing: BrowserContext, databases: Databases) -> Page:
    a_site(databases, name_sv="Stora fältet", name_en="Large field", area_net_ha=50)
    a_site(
        databases,
        name_sv="Lilla tomten",
        name_en="Small plot",
        municipality="2180",
        outline=square(16.95, 60.72, 0.005),
        area_gross_ha=15,
        area_net_ha=12,
        power_timeline=[{"year": 2028, "mw": 40, "firm": False}],
        sewage_m3_day={"state": "unknown", "asked": "Gästrike Vatten", "asked_on": "2026-03-12"},
    )
    return browsing.new_page()


def faults(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return violations(page) + (["wider than the screen"] if wide else [])


@pytest.mark.parametrize(
    ("home", "width", "words"),
    [
        ("/", 1440, ("Jämför", "Dela", "Gör länken", "Stora fältet")),
        ("/en/", 390, ("Compare", "Share", "Make the link", "Large field")),
    ],
)
def test_two_sites_are_compared_and_shared_from_the_search(
    page: Page, home: str, width: int, words: tuple[str, ...]
) -> None:
    compare, share, make, name = words
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(home)
    for place in (0, 1):
        page.locator("#list [data-compare]").nth(place).click()
        page.locator("#list [data-shortlist]").nth(place).click()
    expect(page.locator("#list [data-shortlist]").first).to_have_attribute("aria-pressed", "true")
    assert faults(page) == []

    page.locator("[data-compare-tray]").get_by_role("link", name=compare).click()
    expect(page.locator("#row-area_net_ha [data-standing=best]").first).to_be_visible()
    assert faults(page) == []

    page.goto(home + "shortlist")
    note = page.locator("[data-note]").first
    note.fill("Ring om rälsen")
    assert faults(page) == []
    page.reload()
    expect(page.locator("[data-note]").first).to_have_value("Ring om rälsen")
    page.get_by_role("button", name=share).click()
    page.locator("[name=include]").check()
    page.get_by_role("button", name=make).click()
    link = page.locator(".share-link").get_attribute("href")
    assert link
    assert faults(page) == []

    page.evaluate("localStorage.clear()")
    page.goto(re.sub(r"^http://[^/]+", "", link))
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_text("Ring om rälsen")).to_be_visible()
    assert faults(page) == []


def test_the_order_and_what_is_removed_are_kept(page: Page) -> None:
    page.goto("/")
    for place in (0, 1):
        page.locator("#list [data-shortlist]").nth(place).click()
    expect(page.locator("[data-shortlist-count]")).to_have_text(" (2)")
    page.goto("/shortlist")
    first = page.locator("[data-item]").first.get_attribute("data-item")

    page.locator("[data-move=down]").first.click()
    page.reload()
    expect(page.locator("[data-item]").last).to_have_attribute("data-item", first or "")
    page.locator("[data-remove]").first.click()

    expect(page.locator("[data-item]")).to_have_count(1)
    expect(page.locator("[data-shortlist-count]")).to_have_text(" (1)")


@pytest.mark.parametrize("width", [1440, 390])
def test_table_and_map_light_each_other(page: Page, width: int) -> None:
    page.goto("/?view=table")
    expect(page.locator(".map-cluster")).to_have_count(2)
    page.locator(".search-table tbody tr").first.hover()
    expect(page.locator(".map-halo, .map-cluster-holder[data-lit]").first).to_be_attached()
    page.locator(".map-cluster").first.hover()
    expect(page.locator(".search-table tr[data-lit]")).to_have_count(1)

    page.set_viewport_size({"width": width, "height": 844})

    assert faults(page) == []


def test_columns_are_chosen_by_keyboard(page: Page) -> None:
    page.goto("/?view=table")
    page.locator(".table-columns summary").press("Enter")
    page.locator(".table-columns [value=ownership]").press("Space")
    page.get_by_role("button", name="Visa kolumnerna").press("Enter")

    expect(page.locator(".search-table thead")).to_contain_text("Markägare")
    expect(page).to_have_url(re.compile("columns=.*ownership"))
