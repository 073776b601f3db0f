"""Many sites at once in a browser: a file sent, followed, read about and confirmed."""

import threading
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from catalogue.database import Databases
from catalogue.jobs import work
from catalogue.settings import Settings
from tests.browser.test_accessibility import violations
from tests.builders import PASSWORD, a_site, an_account
from tests.import_files import a_template, edited, written

pytestmark = pytest.mark.browser


def test_a_file_is_sent_followed_mended_and_confirmed(
    browsing: BrowserContext, databases: Databases, settings: Settings, tmp_path: Path
) -> None:
    a_site(databases, name_sv="Häggesta")
    template = a_template(databases)
    bad, good = tmp_path / "fel.xlsx", tmp_path / "rätt.xlsx"
    bad.write_bytes(edited(template, written({"power_now_mw": "mycket", "redundancy": "N-1"})))
    good.write_bytes(edited(template, written({"redundancy": "N-1"})))
    email, _ = an_account(databases, "editor", "2183")
    page = browsing.new_page()
    page.goto("/sign-in?next=/workspace/import")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    assert violations(page) == []

    page.set_input_files("#file", bad)
    page.click("text=Kontrollera filen")
    expect(page.locator(".import-bar")).to_be_visible()
    assert violations(page) == []
    in_a_thread(settings)
    expect(page.locator(".finding-table")).to_contain_text("”mycket” är inte ett tal")
    assert violations(page) == []

    page.click("text=Ladda upp en annan fil")
    page.set_input_files("#file", good)
    page.click("text=Kontrollera filen")
    page.wait_for_url("**/import/*")
    in_a_thread(settings)
    page.click("text=Spara ändringen")
    in_a_thread(settings)

    expect(page.locator(".notice[data-tone=success]")).to_contain_text("Sparat")
    page.set_viewport_size({"width": 390, "height": 844})
    assert violations(page) == []


def in_a_thread(settings: Settings) -> None:
    """The worker brings an event loop of its own, and Playwright's runs in this thread."""
    worker = threading.Thread(target=work, args=(settings,), kwargs={"wait": False})
    worker.start()
    worker.join()
