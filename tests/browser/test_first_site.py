"""A newcomer's first site, by keyboard alone: made, drawn by coordinates, described, submitted.

With `GUIDE_PICTURES=docs/pictures` the run also takes the pictures of `docs/guide-editor.md`.
"""

import io
import os
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from catalogue import municipalities, sites
from catalogue.changes import read_changes
from catalogue.database import Databases
from catalogue.fields import PROFILE, SITE
from catalogue.publishing import lacking
from catalogue.tables import site as table
from tests.axe import violations
from tests.builders import ADMIN, PASSWORD, RULES, TODAY, an_account

pytestmark = pytest.mark.browser

MOST_TABS = 250
MINUTES = 10
KEYS_A_MINUTE = 120
"""Of somebody who types slowly, half a word at a time, and reads in between."""
COUNT_KEYS = """
addEventListener("keydown", () => {
  localStorage.setItem("keys", 1 + Number(localStorage.getItem("keys")));
}, true);
"""
CORNERS = ["61.35214 16.39412", "61.35602 16.40120", "61.34903 16.40533"]


class Keyboard:
    """A person who touches nothing but the keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, selector: str) -> None:
        """Tab until the control has the focus."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} is not reached by Tab")

    def type(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(text)

    def choose(self, key: str, code: str) -> None:
        """An option, by the beginning of its text.

        Up to the first letter that the driver's keyboard has no key for: it would be put in as
        text, which a list of options does not take.
        """
        self.reach(f"#{key}")
        text = SITE[key].code_label(code).sv
        self.page.keyboard.type("".join(takewhile(str.isascii, text)))
        expect(self.page.locator(f"#{key}")).to_have_value(code)

    def tick(self, key: str, code: str) -> None:
        self.reach(f"input[name={key}][value={code}]")
        self.press("Space")

    def follow(self, selector: str) -> None:
        """A link or a button; the page that comes begins at its top."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def go_on(self) -> None:
        """Save and continue to the next theme."""
        self.follow(".save-bar button[name=onward]")
        assert self.page.locator(".error-summary li").all_inner_texts() == []


@pytest.fixture
def pictured() -> Callable[[Page, str], None]:
    """Takes a picture for the guide, where the run is asked to."""
    folder = os.environ.get("GUIDE_PICTURES")

    def take(page: Page, name: str) -> None:
        if folder:
            with Image.open(io.BytesIO(page.screenshot())) as shot:
                shot.save(Path(folder) / f"guide-{name}.webp", quality=80)

    return take


@pytest.fixture
def newcomer(browsing: BrowserContext, databases: Databases) -> Page:
    """Somebody who edits Bollnäs, whose profile names a contact, and who has no site yet."""
    contact = {
        "contact_name": "Anna Prov",
        "contact_role": "Näringslivsutvecklare",
        "contact_phone": "070-174 06 05",
        "contact_email": "anna.prov@example.se",
    }
    changes = read_changes(contact, PROFILE, today=TODAY, kept=frozenset())
    with databases.writing(ADMIN) as session:
        now = municipalities.find(session, "2183")
        municipalities.change_profile(
            session, ADMIN, "2183", changes, RULES, expected_version=now.version
        )
    email, _ = an_account(databases, "editor", "2183")
    page = browsing.new_page()
    page.add_init_script(COUNT_KEYS)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/sign-in?next=/workspace")
    page.locator("#email").focus()
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page


Pictured = Callable[[Page, str], None]


def test_a_newcomer_enters_a_whole_level_1_site_by_keyboard_alone(
    newcomer: Page, databases: Databases, pictured: Pictured
) -> None:
    keys = Keyboard(newcomer)
    pictured(newcomer, "start")
    name_and_outline(keys)
    pictured(newcomer, "outline")
    basics_land_and_plan(keys, databases)
    power(keys, pictured)
    water(keys, pictured)
    keys.choose("rail_siding", "none")
    keys.follow(".save-bar button:not([name])")
    expect(newcomer.get_by_text("Allt som krävs för att publicera finns.")).to_be_visible()
    pictured(newcomer, "ready")

    keys.follow("button[name=to][value=in_review]")

    found = made(databases)
    assert (found.status, lacking(found)) == ("in_review", [])
    pressed = int(newcomer.evaluate("localStorage.getItem('keys')"))
    assert pressed < MINUTES * KEYS_A_MINUTE, pressed
    newcomer.goto("/workspace")
    pictured(newcomer, "workspace")


def name_and_outline(keys: Keyboard) -> None:
    keys.follow(".empty-state a")
    keys.type("#name_sv", "Kilafors logistikpark")
    with keys.page.expect_navigation():
        keys.press("Enter")
    keys.reach("#outline-text")
    for corner in CORNERS:
        keys.page.keyboard.type(corner)
        keys.press("Enter")
    keys.follow(".save-bar button[type=submit]")
    expect(keys.page.locator("[data-saved]")).to_have_text("Område")


def basics_land_and_plan(keys: Keyboard, databases: Databases) -> None:
    keys.follow(".save-bar a")
    expect(keys.page.locator("#contact_name")).to_have_value("Anna Prov")
    keys.choose("site_type", "greenfield")
    keys.tick("suitable_for", "battery")
    keys.go_on()

    area_ha = hectares(databases)
    keys.type("#area_gross_ha", f"{area_ha:.1f}".replace(".", ","))
    keys.type("#area_net_ha", f"{area_ha * 0.8:.1f}".replace(".", ","))
    keys.choose("ownership", "municipal")
    keys.choose("flood_risk", "none")
    keys.choose("contamination", "none_known")
    keys.tick("protected_overlap", "none")
    keys.go_on()

    keys.choose("comprehensive_plan", "industry")
    keys.choose("detaljplan_status", "laga_kraft")
    keys.go_on()


def power(keys: Keyboard, pictured: Pictured) -> None:
    keys.choose("bidding_area", "SE2")
    fill_empty(keys, "grid_owner_local", "Bollnäs Energi")
    fill_empty(keys, "grid_owner_regional", "Ellevio")
    keys.type("#power_now_mw", "10")
    keys.type("[name=power_timeline-0-year]", "2026")
    keys.type("[name=power_timeline-0-mw]", "10")
    keys.reach("[name=power_timeline-0-firm]")
    keys.page.keyboard.type("Ja")
    pictured(keys.page, "theme")
    keys.type("#connection_lead_months-from", "12")
    keys.type("#connection_lead_months-to", "24")
    keys.go_on()


def water(keys: Keyboard, pictured: Pictured) -> None:
    fill_empty(keys, "water_utility", "Helsinge Vatten")
    keys.choose("utility_area", "inside")
    keys.type("#drinking_water_m3_day", "300")
    keys.reach("#sewage_m3_day-state")
    keys.page.keyboard.type("Ok")
    keys.type("#sewage_m3_day-asked", "Helsinge Vatten")
    pictured(keys.page, "unknown")
    keys.go_on()


def fill_empty(keys: Keyboard, key: str, text: str) -> None:
    """Typed where nothing is proposed."""
    keys.reach(f"#{key}")
    if not keys.page.locator(f"#{key}").input_value():
        keys.page.keyboard.type(text)


def hectares(databases: Databases) -> float:
    with databases.owner.connect() as connection:
        return float(
            connection.exec_driver_sql("select st_area(outline) / 10000 from site").scalar_one()
        )


def made(databases: Databases) -> sites.Site:
    with databases.writing(ADMIN) as session:
        reference = session.scalars(select(table.c.reference)).one()
        return sites.find(session, reference)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("address", ["/workspace?who=grid", "/account/searches?save=text%3Dhamn"])
def test_new_pages_are_accessible_and_fit_the_screen(
    newcomer: Page, address: str, width: int
) -> None:
    newcomer.set_viewport_size({"width": width, "height": 844})
    newcomer.goto(address)

    assert violations(newcomer) == []
    assert newcomer.evaluate("document.documentElement.scrollWidth") <= width
