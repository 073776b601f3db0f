"""Sending photos in a browser: a bar for each, what is refused, and a page everybody can use."""

import pytest
from playwright.sync_api import BrowserContext, FilePayload, expect

from catalogue.database import Databases
from tests.browser.test_accessibility import violations
from tests.browser.test_editor import sign_in
from tests.builders import a_site, an_account
from tests.file_builders import a_photo

pytestmark = pytest.mark.browser


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def test_files_are_sent_with_a_bar_each_and_then_described(
    browsing: BrowserContext, databases: Databases
) -> None:
    site = a_site(databases)
    email, _ = an_account(databases, "editor", "2183")
    page = browsing.new_page()
    sign_in(page, email)
    page.goto(f"/workspace/sites/{site.reference}?theme=files")

    page.set_input_files(
        "#file", [payload("Vy.jpg", a_photo()), payload("sida.jpg", b"<html></html>")]
    )
    expect(page.locator("[data-uploads] progress")).to_have_count(1)
    expect(page.locator("[data-uploads] [role=alert]")).to_contain_text(
        "sida.jpg är inte av en typ"
    )
    page.get_by_role("button", name="Visa filerna").click()

    expect(page.locator(".notice").first).to_contain_text("1 fil är uppladdad")
    page.get_by_label("Vad bilden visar").first.fill("En åker vid en väg")
    page.get_by_label("Vem får se?").select_option("public")
    page.get_by_label("Bildtext").first.press("Enter")
    expect(page.get_by_text("Sparat", exact=True)).to_be_visible()
    assert violations(page) == []

    page.goto(f"/sites/{site.reference}#files")
    picture = page.get_by_role("img", name="En åker vid en väg")
    expect(picture).to_be_visible()
    assert violations(page) == []
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
