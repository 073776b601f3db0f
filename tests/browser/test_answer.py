"""A question answered on a phone, through its link and without an account."""

import pytest
from playwright.sync_api import Browser, expect

from catalogue.database import Databases
from catalogue.questions import question_asking, questions
from catalogue.questions.question_input import Receiver, Request
from tests.browser.test_accessibility import violations
from tests.builders import ADMIN, RULES, a_site

pytestmark = pytest.mark.browser


def a_link(databases: Databases) -> str:
    site = a_site(databases, redundancy=None)
    wanted = Request(
        reference=site.reference,
        keys=("power_now_mw", "power_timeline", "connection_voltage_kv", "redundancy"),
        shown=frozenset({"power_now_mw", "power_timeline"}),
        receiver=Receiver(name="Karin Ek", email="karin.ek@example.se", organisation="Ellevio"),
        message="Vi talades vid i går.",
        reply_by=None,
        remind_after_days=14,
    )
    with databases.writing(ADMIN) as session:
        asked = question_asking.ask(session, ADMIN, wanted, RULES, link_days=30, png=b"")
        return f"/answer/{question_asking.new_link(session, asked, asked.expires_at)}"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_is_answered_on_a_phone(
    browser: Browser, server: str, databases: Databases, scripts: bool
) -> None:
    link = a_link(databases)
    context = browser.new_context(
        base_url=server,
        viewport={"width": 390, "height": 844},
        locale="sv-SE",
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.goto(link)
    if scripts:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("alert")).to_contain_text("Effekt i dag: Välj ett svar")
    if scripts:
        assert violations(page) == []
    page.check('input[name="power_now_mw-verdict"][value="corrected"]')
    page.get_by_role("textbox", name="Effekt i dag", exact=True).fill("14,5")
    page.check('input[name="power_timeline-verdict"][value="confirmed"]')
    page.check('input[name="connection_voltage_kv-verdict"][value="unknown"]')
    page.check('input[name="redundancy-verdict"][value="other"]')
    page.get_by_label("Vem vi ska fråga om Redundans").fill("Nils Berg")
    page.get_by_role("button", name="Skicka svaret").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Tack för ditt svar!")
    expect(page.get_by_text("14,5")).to_be_visible()
    if scripts:
        assert violations(page) == []
    context.close()
    with databases.writing(ADMIN) as session:
        answers = questions.find(session, 1).answers
    assert [one.verdict for one in answers] == ["corrected", "confirmed", "unknown", "other"]
