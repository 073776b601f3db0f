"""From a client's text to the answer pack: four interactions, in both languages and on a phone."""

import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from catalogue.database import Databases
from tests.browser.test_accessibility import violations
from tests.builders import a_site

pytestmark = pytest.mark.browser

TEXTS = {
    "": "Minst 40 hektar och 100 MW. Gärna N-1. Avlopp helst 400 m³/dygn. Järnväg helst inom 5 km. "
    "Hamn helst inom 60 km. E-väg helst inom 10 km. Helst SE2. Gärna svartfiber. Gärna BK4.",
    "/en": "At least 40 hectares and 100 MW. Ideally N-1. Preferably sewage 400 m3/day. Preferably "
    "rail within 5 km. Preferably a port within 60 km. Preferably the E4 within 10 km. Ideally SE2. "
    "Ideally dark fibre. Ideally BK4.",
}
"""As many requirements as make a matrix wider than a screen."""
BUTTONS = {
    "": ("Läs ut kraven", "Visa platserna", "Ladda ner allt (ZIP)"),
    "/en": ("Read the requirements", "Show the sites", "Download everything (ZIP)"),
}


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_pasted_text_becomes_an_answer_pack_in_four_interactions(
    browsing: BrowserContext, databases: Databases, language: str, width: int
) -> None:
    reference = a_site(databases, area_net_ha=50, power_now_mw=120, power_timeline=[
        {"year": 2026, "mw": 120, "firm": True}]).reference  # fmt: skip
    page = browsing.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{language}/match")
    read, show, download = BUTTONS[language]
    seen = [violations(page)]
    done: list[str] = []

    def act(name: str, step: Callable[[], None]) -> None:
        step()
        done.append(name)

    act("paste", lambda: page.locator("textarea[name=text]").fill(TEXTS[language]))
    act("read", page.get_by_role("button", name=read).click)
    seen.append(violations(page))
    act("confirm", page.get_by_role("button", name=show).click)
    seen.append(violations(page))
    with page.expect_download() as downloading:
        act("download", page.get_by_role("button", name=download).click)

    assert len(done) == 4
    assert seen == [[], [], []]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    names = zipfile.ZipFile(downloading.value.path()).namelist()
    assert names == ["answer.pdf", "answer.xlsx", f"{reference}.pdf"]
