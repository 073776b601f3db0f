"""From the invitation to signing in with a second factor, in a real browser."""

import pytest
from playwright.sync_api import BrowserContext

from catalogue.accounts import account_links, invitations
from catalogue.accounts.invitations import Invitation
from catalogue.database import Databases
from tests.browser.test_accessibility import violations
from tests.builders import ADMIN, NOW
from tests.test_second_factor import code_at

pytestmark = pytest.mark.browser

GOOD = "fyra lampor under bron"


def test_an_invited_person_turns_on_two_steps_and_signs_in_with_them(
    browsing: BrowserContext, databases: Databases
) -> None:
    invitation = Invitation(
        email="nya.namnet@example.se", name="Nya Namnet", role="editor", municipality="2183"
    )
    with databases.writing(ADMIN) as session:
        number = invitations.invite(session, ADMIN, invitation, NOW)
        secret = account_links.make(session, number, "invitation", NOW)
    page = browsing.new_page()

    page.goto(f"/account/invitation/{secret}")
    assert violations(page) == []
    page.fill("#password", GOOD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/workspace")

    page.goto("/account/security")
    page.click("text=Slå på")
    key = page.inner_text("code.secret").replace(" ", "")
    page.fill("#code", code_at(key, NOW))
    page.click("main button[type=submit]")
    page.wait_for_selector("text=Spara dina återställningskoder")
    assert violations(page) == []
    recovery = page.locator(".recovery-codes code").first.inner_text()
    page.click("text=Jag har sparat koderna")
    page.wait_for_selector("text=Du har 10 återställningskoder kvar.")
    assert violations(page) == []

    page.click("header button:has-text('Nya Namnet')")
    page.click("text=Logga ut >> visible=true")
    page.goto("/sign-in")
    page.fill("#email", "nya.namnet@example.se")
    page.fill("#password", GOOD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/sign-in/code")
    assert violations(page) == []
    page.fill("#code", recovery)
    page.click("main button[type=submit]")
    page.wait_for_url("**/workspace")
