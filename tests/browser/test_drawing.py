"""What only a browser shows of drawing: holes, parts, snapping, steps back and forth, live area."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from catalogue import sites
from catalogue.database import Databases
from catalogue.site import Site
from tests.axe import violations
from tests.browser.test_editor import editor
from tests.builders import ADMIN, a_site, square
from tests.geodata_builders import geodata
from tests.test_geodata_upload import FIELD, MEADOW

__all__ = ["editor"]

pytestmark = pytest.mark.browser
AREA = "[data-drawn-area]"
TEXT = "#outline-text"


def click(page: Page, x: float, y: float) -> None:
    """On the map, from its middle, as a hand would: the pointer comes near before it presses."""
    box = page.locator("[data-map=drawing]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2 + x - 8, box["y"] + box["height"] / 2 + y - 8)
    page.mouse.move(box["x"] + box["width"] / 2 + x, box["y"] + box["height"] / 2 + y, steps=3)
    page.mouse.down()
    page.mouse.up()


def ring(page: Page, *corners: tuple[float, float]) -> None:
    for corner in (*corners, corners[0]):
        click(page, *corner)


def geometry(page: Page) -> dict[str, object]:
    found: dict[str, object] = json.loads(page.locator(TEXT).input_value())
    return found


def hectares(page: Page) -> float:
    found = re.search(r"([\d,]+)\sha", page.locator(AREA).inner_text())
    assert found is not None
    return float(found.group(1).replace(",", "."))


@pytest.fixture
def drawing(editor: Page, databases: Databases) -> tuple[Page, Site]:
    site = a_site(databases, status="draft", outline=square(16.30, 61.40))
    editor.goto(f"/workspace/sites/{site.reference}?theme=outline")
    expect(editor.locator(".leaflet-overlay-pane path.map-outline")).to_have_count(1)
    return editor, site


def test_a_hole_is_cut_taken_back_and_put_in_again(
    drawing: tuple[Page, Site], databases: Databases
) -> None:
    page, site = drawing
    page.locator(".leaflet-pm-icon-cut").click()
    ring(page, (-40, -40), (40, -40), (40, 40), (-40, 40))
    expect(page.locator(AREA)).to_contain_text("1 hål")
    with_hole = hectares(page)

    page.click("[data-undo]")
    expect(page.locator(AREA)).not_to_contain_text("hål")
    whole = hectares(page)
    page.click("[data-redo]")
    expect(page.locator(AREA)).to_contain_text("1 hål")
    page.click("button[type=submit]:has-text('Spara området')")

    expect(page.locator("[data-saved]")).to_have_text("Område")
    with databases.writing(ADMIN) as session:
        outline = sites.find(session, site.reference).outline
    assert outline is not None
    assert with_hole < whole
    assert outline.area / 10_000 == pytest.approx(with_hole, abs=0.06)
    assert len(outline.geoms[0].interiors) == 1


def test_a_second_part_is_drawn_with_its_area_as_it_grows(drawing: tuple[Page, Site]) -> None:
    page, _ = drawing
    page.locator(".leaflet-control-zoom-out").click()
    page.wait_for_timeout(400)
    before = hectares(page)
    page.locator(".leaflet-pm-icon-polygon").click()
    for corner in ((-300, -100), (-240, -100), (-240, -40)):
        click(page, *corner)

    expect(page.locator(AREA)).to_contain_text("2 delar")
    growing = hectares(page)
    click(page, -300, -100)

    assert growing > before
    assert geometry(page)["type"] == "MultiPolygon"


def test_a_corner_snaps_to_the_site_beside(editor: Page, databases: Databases) -> None:
    a_site(databases, status="draft", name_sv="Granne", outline=square(16.30, 61.40))
    site = a_site(databases, status="draft", outline=square(16.312, 61.40))
    editor.goto(f"/workspace/sites/{site.reference}?theme=outline")
    corner = editor.evaluate(
        """() => {
            const box = document.querySelector("path.map-neighbour").getBoundingClientRect();
            return [box.right - 1, box.top + 1];
        }"""
    )
    editor.locator(".leaflet-pm-icon-polygon").click()
    editor.mouse.move(corner[0] + 20, corner[1] - 20)
    # Geoman looks for something to snap to at most every 100 ms, and lets moves between pass unseen:
    # a hand rests, and trembles, before it presses.
    for x in (8, 7, 6):
        editor.mouse.move(corner[0] + x, corner[1] - 5)
        editor.wait_for_timeout(150)
    editor.mouse.down()
    editor.mouse.up()
    for x, y in ((60, -60), (60, 10)):
        editor.mouse.move(corner[0] + x, corner[1] + y, steps=3)
        editor.mouse.down()
        editor.mouse.up()
    editor.mouse.move(corner[0] + 2, corner[1] - 2, steps=3)
    editor.mouse.down()
    editor.mouse.up()

    drawn = json.dumps(geometry(editor))

    assert "[16.305, 61.405]" in drawn


def test_typed_corners_are_drawn_and_measured(drawing: tuple[Page, Site]) -> None:
    page, _ = drawing

    page.fill(TEXT, "61,40 16,30\n61,41 16,30\n61,41 16,32\n61,40 16,32")

    expect(page.locator(AREA)).to_have_text("Ritad yta: 119\u00a0ha")
    page.locator("[data-map=drawing]").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(AREA)).to_contain_text("59,5")


@pytest.mark.parametrize("width", [1440, 390])
def test_choosing_from_a_file_works_and_is_accessible(
    editor: Page, databases: Databases, width: int
) -> None:
    site = a_site(databases, status="draft")
    editor.set_viewport_size({"width": width, "height": 844})
    editor.goto(f"/workspace/sites/{site.reference}?theme=outline")
    content = geodata(".gpkg", [FIELD, MEADOW], {"namn": ["Åkern", "Ängen"]})
    editor.set_input_files(
        "#outline-file",
        {"name": "mark.gpkg", "mimeType": "application/geopackage+sqlite3", "buffer": content},
    )
    editor.click(".file-form button")
    editor.get_by_label("Åkern").check()
    expect(editor.locator("[data-chosen-area]")).to_have_text("Valt: 20\u00a0ha")

    assert violations(editor) == []
    assert editor.evaluate("document.documentElement.scrollWidth") <= width
    editor.click("[name=save]")
    expect(editor.locator("[data-saved]")).to_have_text("Område")
