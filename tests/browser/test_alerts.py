"""From a search to the letter about a new site: asked for, confirmed, told and ended."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from catalogue.alerts import digests
from catalogue.database import Databases
from catalogue.settings import Settings
from tests.browser.test_accessibility import violations
from tests.builders import NOW, RULES, a_site, square
from tests.mail_servers import Inbox, send_waiting

pytestmark = pytest.mark.browser

WORDS = {
    "": {"watch": "Bevaka", "name": "Nya fältet", "end": "Avsluta"},
    "/en": {"watch": "Watch", "name": "New field", "end": "End it"},
}


def link_in(letter: EmailMessage, path: str) -> str:
    """The first link of the plain text that leads there, without the server's name."""
    body = letter.get_body(("plain",))
    assert body is not None
    line = next(line for line in str(body.get_content()).splitlines() if path in line)
    return line[line.index("http") :].removeprefix("http://127.0.0.1:8000").strip()


def wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize(("language", "width"), [("", 1440), ("/en", 390)])
def test_a_watched_search_is_told_of_a_new_site_and_ends_with_one_click(
    browsing: BrowserContext,
    databases: Databases,
    mailing: Settings,
    inbox: Inbox,
    language: str,
    width: int,
) -> None:
    page, words = browsing.new_page(), WORDS[language]
    page.set_viewport_size({"width": width, "height": 844})
    a_site(databases, name_sv="Gamla fältet", name_en="Old field")

    page.goto(f"{language}/?area_net_ha_min=40")
    page.get_by_role("link", name=words["watch"]).first.click()
    page.locator("input[name=email]").fill("jane@example.com")
    assert (violations(page), wide(page)) == ([], False)
    page.get_by_role("button", name=words["watch"]).click()
    expect(page.locator("main [role=status], main [role=alert]").first).to_be_visible()
    assert (violations(page), wide(page)) == ([], False)

    send_waiting(databases, mailing)
    [asking] = inbox.letters
    assert asking["To"] == "jane@example.com"
    page.goto(link_in(asking, "/alerts/confirm/"))
    page.locator("main form button").first.click()
    assert (violations(page), wide(page)) == ([], False)

    inbox.letters.clear()
    a_site(databases, name_sv="Nya fältet", name_en="New field", outline=square(16.35, 61.42))
    tomorrow = replace(RULES, clock=lambda: NOW + timedelta(days=1))
    assert digests.send_all(databases, tomorrow, mailing) == 1
    send_waiting(databases, mailing)
    [told] = inbox.letters
    body = told.get_body(("plain",))
    assert body is not None
    text = str(body.get_content())
    assert words["name"] in text
    assert "Gamla fältet" not in text
    assert "Old field" not in text

    page.goto(link_in(told, "/alerts/end/"))
    assert (violations(page), wide(page)) == ([], False)
    page.get_by_role("button", name=words["end"], exact=True).click()
    inbox.letters.clear()
    a_site(databases, name_sv="Ännu ett", name_en="Another", outline=square(16.4, 61.42))
    assert digests.send_all(databases, tomorrow, mailing) == 0
