"""From the landing page to the fact sheet of the right site, counted interaction by interaction."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from catalogue.database import Databases
from tests.builders import a_site, square

MOST_INTERACTIONS = 6
WORDS = {
    "/": {"filter": "Filter", "sheet": "Faktablad PDF"},
    "/en/": {"filter": "Filter", "sheet": "Fact sheet PDF"},
}


class Hand:
    """Clicks and types as a person would, and counts."""

    def __init__(self) -> None:
        self.interactions = 0

    def click(self, target: Locator) -> None:
        self.interactions += 1
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        self.interactions += 1
        target.fill(text)
        target.press("Tab")


def sheet_opened(page: Page, hand: Hand, link: Locator) -> Response:
    with page.expect_response(lambda answer: ".pdf" in answer.url) as opened:
        hand.click(link)
    return opened.value


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("start", ["/", "/en/"])
def test_the_right_fact_sheet_is_at_most_six_interactions_away(
    browsing: BrowserContext, databases: Databases, start: str, width: int
) -> None:
    power: list[dict[str, Any]] = [{"year": 2026, "mw": 80, "firm": True}]
    large = {"area_gross_ha": 100, "area_net_ha": 90}
    a_site(databases, name_sv="Liten", name_en="Small", power_now_mw=80, power_timeline=power)
    a_site(databases, name_sv="Svag", name_en="Weak", outline=square(16.4, 61.45), **large)
    right = a_site(
        databases, name_sv="Rätt", name_en="Right", outline=square(16.35, 61.42),
        power_now_mw=80, power_timeline=power, **large,
    )  # fmt: skip
    page, hand, words = browsing.new_page(), Hand(), WORDS[start]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(start)

    is_phone = width < 600
    if is_phone:
        hand.click(page.get_by_role("button", name=words["filter"]))
    hand.fill(page.locator("input[name^=area_][name$=_ha_min]:visible").first, "85")
    hand.fill(page.locator("input[name=power_mw_min]"), "50")
    if is_phone:
        hand.click(page.locator("#filter button[type=submit]").last)
    card = page.locator(".site-card")
    expect(card).to_have_count(1)
    hand.click(card.get_by_role("link").first)
    opened = sheet_opened(page, hand, page.get_by_role("link", name=words["sheet"]))

    assert (opened.status, opened.headers["content-type"]) == (200, "application/pdf")
    assert f"/sites/{right.reference}.pdf" in opened.url
    assert hand.interactions <= MOST_INTERACTIONS
