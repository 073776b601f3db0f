"""Describing a site in a browser: drawing, rows, states, and what was typed but not saved."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from catalogue.database import Databases
from tests.axe import violations
from tests.builders import PASSWORD, a_site, an_account

pytestmark = pytest.mark.browser

SAVE = ".save-bar button:not([name])"


@pytest.fixture
def editor(browsing: BrowserContext, databases: Databases) -> Page:
    """A page of somebody who edits Bollnäs."""
    email, _ = an_account(databases, "editor", "2183")
    page = browsing.new_page()
    sign_in(page, email)
    return page


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in?next=/workspace")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/workspace")


def test_a_value_makes_its_field_known(editor: Page, databases: Databases) -> None:
    site = a_site(databases)
    editor.goto(f"/workspace/sites/{site.reference}?theme=power")

    editor.fill("#outage_min_year", "90")

    expect(editor.locator("#outage_min_year-state")).to_have_value("known")


def test_unknown_asks_whom_and_hides_the_value(editor: Page, databases: Databases) -> None:
    site = a_site(databases)
    editor.goto(f"/workspace/sites/{site.reference}?theme=power")

    editor.locator("#redundancy-state").focus()
    editor.keyboard.type("Ok")

    expect(editor.locator("#redundancy")).to_be_hidden()
    expect(editor.locator("#redundancy-asked")).to_be_visible()
    expect(editor.locator("#redundancy-state")).to_be_focused()


def test_a_field_that_does_not_apply_is_hidden_until_it_does(
    editor: Page, databases: Databases
) -> None:
    site = a_site(databases)
    editor.goto(f"/workspace/sites/{site.reference}?theme=land")
    expect(editor.locator("#min_plot_ha")).to_be_hidden()

    editor.select_option("#divisible", "yes")

    expect(editor.locator("#min_plot_ha")).to_be_visible()


def test_a_row_is_added_and_saved(editor: Page, databases: Databases) -> None:
    site = a_site(databases)
    editor.goto(f"/workspace/sites/{site.reference}?theme=power")
    editor.click("[data-records=power_timeline] [data-add-row]")
    row = editor.locator("[data-records=power_timeline] tbody tr").nth(1)
    row.locator("input").nth(0).fill("2032")
    row.locator("input").nth(1).fill("200")
    row.locator("select").select_option("yes")

    editor.click(SAVE)

    expect(editor.locator("[data-saved]")).to_have_text("Effekt år för år")


def test_what_was_typed_survives_a_lost_session(
    editor: Page, browsing: BrowserContext, databases: Databases
) -> None:
    site = a_site(databases, power_now_mw=10)
    editor.goto(f"/workspace/sites/{site.reference}?theme=power")
    editor.fill("#power_now_mw", "33")
    browsing.clear_cookies()
    editor.click(SAVE)
    editor.fill("#email", "editor.2183@example.se")
    editor.fill("#password", PASSWORD)
    editor.click("main button[type=submit]")

    editor.click("[data-draft-restore]")

    expect(editor.locator("#power_now_mw")).to_have_value("33")


def test_an_outline_is_drawn_with_its_area_and_saved(editor: Page, databases: Databases) -> None:
    editor.goto("/workspace/sites/new")
    editor.fill("#name_sv", "Ritad plats")
    editor.click("main form button")
    box = editor.locator("[data-map=drawing]").bounding_box()
    assert box is not None
    editor.locator(".leaflet-pm-icon-polygon").click()
    for x, y in ((0, 0), (60, 0), (60, 60), (0, 0)):
        editor.mouse.move(box["x"] + box["width"] / 2 + x, box["y"] + 200 + y, steps=3)
        editor.mouse.down()
        editor.mouse.up()
    expect(editor.locator("[data-drawn-area]")).to_contain_text("Ritad yta")

    editor.click(SAVE)

    expect(editor.locator("[data-saved]")).to_have_text("Område")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "address",
    [
        "",
        "/sites/new",
        "/sites/{}?theme=outline",
        "/sites/{}?theme=power",
        "/profile",
        "/sites/{}/history",
        "/sites/{}/history?version=1",
        "/sites/{}/review",
        "/profile/history",
    ],
)
def test_pages_are_accessible_and_fit_the_screen(
    editor: Page, databases: Databases, address: str, width: int
) -> None:
    site = a_site(databases, status="draft", sewage_m3_day=None)
    editor.set_viewport_size({"width": width, "height": 844})
    editor.goto("/workspace" + address.format(site.reference))

    is_accessible_and_fits(editor, width)


def is_accessible_and_fits(editor: Page, width: int) -> None:
    assert violations(editor) == []
    assert editor.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1440, 390])
def test_two_versions_side_by_side_are_accessible_and_fit_the_screen(
    editor: Page, databases: Databases, width: int
) -> None:
    site = a_site(databases, power_now_mw=10)
    editor.set_viewport_size({"width": width, "height": 844})
    editor.goto(f"/workspace/sites/{site.reference}?theme=power")
    editor.fill("#power_now_mw", "15")
    editor.click(SAVE)
    editor.goto(f"/workspace/sites/{site.reference}/history/compare?old=2&new=3")

    is_accessible_and_fits(editor, width)


def test_without_script_a_theme_can_still_be_filled_in(
    browser: Browser, server: str, databases: Databases
) -> None:
    site = a_site(databases, power_timeline=None, status="draft")
    email, _ = an_account(databases, "editor", "2183")
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    sign_in(page, email)
    page.goto(f"/workspace/sites/{site.reference}?theme=power")
    page.fill("[name=power_timeline-2-year]", "2030")
    page.fill("[name=power_timeline-2-mw]", "12,5")
    page.select_option("[name=power_timeline-2-firm]", "yes")

    page.click(SAVE)

    expect(page.locator("[data-saved]")).to_have_text("Effekt år för år")
    context.close()


def test_two_people_s_changes_are_merged_field_by_field(
    editor: Page, browser: Browser, server: str, databases: Databases
) -> None:
    site = a_site(databases, power_now_mw=10)
    email, _ = an_account(databases, "publisher", "2183")
    address = f"/workspace/sites/{site.reference}?theme=power"
    beside = browser.new_context(base_url=server, locale="sv-SE")
    other = beside.new_page()
    sign_in(other, email)
    editor.goto(address)
    other.goto(address)
    other.fill("#power_now_mw", "15")
    other.fill("#fossil_free_pct", "98")
    other.click(SAVE)
    beside.close()
    editor.fill("#power_now_mw", "12")
    editor.fill("#outage_min_year", "60")
    editor.click(SAVE)
    expect(editor.get_by_role("heading", level=1)).to_have_text("Någon annan hann före")
    expect(editor.locator("fieldset.difference")).to_have_count(1)
    is_accessible_and_fits(editor, 1440)

    editor.get_by_role("radio", name="Nu sparat").check()
    editor.get_by_role("button", name="Spara allt ihop").click()

    expect(editor.locator("[data-saved]")).to_have_text("Avbrottstid (SAIDI)")
    values = [editor.input_value(f"#{key}") for key in ("power_now_mw", "fossil_free_pct")]
    assert (values, editor.input_value("#outage_min_year")) == (["15", "98"], "60")


def test_what_was_typed_at_one_desk_is_offered_at_another(
    editor: Page, browser: Browser, server: str, databases: Databases
) -> None:
    site = a_site(databases, power_now_mw=10)
    address = f"/workspace/sites/{site.reference}?theme=power"
    editor.goto(address)
    editor.fill("#power_now_mw", "33")
    editor.locator("#power_now_mw").blur()
    expect(editor.locator("[data-save-state]")).to_contain_text("Utkast sparat")
    elsewhere = browser.new_context(base_url=server, locale="sv-SE")
    page = elsewhere.new_page()
    sign_in(page, "editor.2183@example.se")
    page.goto(address)
    expect(page.locator("[data-draft]")).to_contain_text("Du har osparade ändringar från kl.")

    page.click("[data-draft-restore]")

    expect(page.locator("#power_now_mw")).to_have_value("33")
    elsewhere.close()
