"""Finding land in a browser: what script adds to the page, and that nothing depends on it."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from catalogue.database import Databases
from tests.axe import violations
from tests.builders import a_site, square

pytestmark = pytest.mark.browser

UNKNOWN = {"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-03-12"}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def three(databases: Databases) -> None:
    """A large site, a small one, and one whose sewage is not known."""
    a_site(databases, name_sv="Stora fältet", area_gross_ha=60, outline=square(16.30, 61.40))
    a_site(
        databases,
        name_sv="Lilla tomten",
        area_gross_ha=15,
        area_net_ha=10,
        sewage_m3_day=300,
        dark_fibre=True,
        municipality="2180",
        outline=square(16.95, 60.72, 0.005),
        bidding_area="SE3",
    )
    a_site(
        databases, name_sv="Okända mon", sewage_m3_day=UNKNOWN, municipality="2184",
        outline=square(17.0, 61.7),
    )  # fmt: skip


@pytest.fixture
def page(browsing: BrowserContext, three: None) -> Page:
    opened = browsing.new_page()
    opened.goto("/")
    expect(opened.locator(".map-cluster")).to_have_count(3)
    return opened


def test_typing_filters_list_map_and_address_without_a_new_page(page: Page) -> None:
    page.evaluate("document.body.dataset.stays = 'yes'")

    page.fill("#area_gross_ha_min", "50")

    expect(page.locator("#count")).to_contain_text("1 faller bort")
    expect(page.locator(".map-cluster")).to_have_count(2)
    expect(page).to_have_url("/?area_gross_ha_min=50")
    expect(page.locator("#area_gross_ha_min")).to_be_focused()
    assert page.evaluate("document.body.dataset.stays") == "yes"


def test_the_counts_beside_other_conditions_follow_what_is_typed(page: Page) -> None:
    page.locator("summary", has_text="Kommun").click()
    gavle = page.locator('#municipality [data-tally="municipality:2180"]')
    expect(gavle).to_have_text("1")

    page.fill("#area_gross_ha_min", "50")

    expect(gavle).to_have_text("0")
    expect(page.locator("#area_gross_ha_min")).to_be_focused()


def test_an_area_is_drawn_by_keyboard(page: Page) -> None:
    page.get_by_text("Läge på kartan").click()
    page.get_by_role("button", name="Rita en yta").click()
    for key in ("Space", "ArrowRight", "Space", "ArrowDown", "Space", "Enter"):
        page.keyboard.press(key)
        page.wait_for_timeout(400)  # the map glides

    expect(page.locator("#chips")).to_contain_text("Inom en ritad yta")
    assert page.input_value("#within").startswith("POLYGON((")
    page.go_back()
    expect(page.locator("#count")).to_contain_text("3 platser")
    expect(page.locator("#within")).to_have_value("")


def test_an_area_is_drawn_on_a_phone_that_has_shown_no_map_yet(
    browsing: BrowserContext, three: None
) -> None:
    page = browsing.new_page()
    page.set_viewport_size(PHONE)
    page.goto("/")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("Läge på kartan").click()

    page.get_by_role("button", name="Rita en yta").click()
    box = page.locator(".map[data-picking=area]").bounding_box()
    assert box is not None
    for across, down in ((0.3, 0.3), (0.8, 0.3), (0.5, 0.6), (0.3, 0.3)):
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])

    expect(page.locator("#chips")).to_contain_text("Inom en ritad yta")


def test_a_point_on_the_map_becomes_a_distance_that_can_be_undone(page: Page) -> None:
    page.get_by_text("Läge på kartan").click()
    page.get_by_role("button", name="Peka ut en punkt").click()
    page.locator(".map").click(position={"x": 300, "y": 300})

    expect(page.locator("#chips")).to_contain_text("≤ 25 km från en punkt")
    expect(page.locator(".map-asked")).to_have_count(1)


def test_a_condition_is_found_by_its_name(page: Page) -> None:
    page.get_by_text("Fler villkor").click()

    page.fill("#find-condition", "svartfiber")

    expect(page.locator("#dark_fibre")).to_be_visible()
    expect(page.locator("#slope_pct_min")).to_be_hidden()
    expect(page).to_have_url("/")


def test_taking_a_chip_away_empties_its_field(page: Page) -> None:
    page.goto("/?area_gross_ha_min=50&bidding_area=SE2")

    page.click("#chips a.chip >> nth=0")

    expect(page).to_have_url("/?bidding_area=SE2")
    expect(page.locator("#area_gross_ha_min")).to_have_value("")
    expect(page.locator("#count")).to_be_focused()


def test_going_back_brings_the_search_before(page: Page) -> None:
    page.fill("#area_gross_ha_min", "50")
    expect(page.locator("#count")).to_contain_text("1 faller bort")

    page.go_back()

    expect(page.locator("#count")).to_contain_text("3 platser")
    expect(page.locator("#area_gross_ha_min")).to_have_value("")
    expect(page.locator(".map-cluster")).to_have_count(3)


def test_the_map_keeps_its_view_when_the_search_changes(page: Page) -> None:
    page.click(".leaflet-control-zoom-in")
    view = "document.querySelector('.leaflet-control-scale-line').textContent"
    page.wait_for_timeout(500)
    before = page.evaluate(view)

    page.fill("#area_gross_ha_min", "50")
    expect(page.locator("#count")).to_contain_text("1 faller bort")

    assert page.evaluate(view) == before


def test_a_site_on_the_map_opens_its_key_facts(page: Page) -> None:
    page.get_by_role("button", name="Stora fältet", exact=True).press("Enter")

    popup = page.locator(".leaflet-popup")
    expect(popup).to_contain_text("60\u00a0ha")
    expect(popup.get_by_role("link", name="Stora fältet")).to_have_attribute(
        "href", "/sites/GVB-2183-001"
    )


def test_a_name_is_shown_as_text_on_the_map(databases: Databases, browsing: BrowserContext) -> None:
    a_site(databases, name_sv="<img src=x onerror=alert(1)> fältet")
    page = browsing.new_page()
    page.goto("/")

    page.locator(".map-cluster-holder").press("Enter")

    expect(page.locator(".leaflet-popup h3")).to_contain_text("<img src=x")
    expect(page.locator(".leaflet-popup img")).to_have_count(0)


def test_hovering_a_card_shows_its_place(page: Page) -> None:
    page.goto("/?text=fältet")
    expect(page.locator(".map-cluster")).to_have_count(1)

    page.hover("[data-reference]")

    expect(page.locator(".map-cluster-holder[data-lit]")).to_have_count(1)


def test_a_cluster_opens_into_outlines_that_tell_meets_from_may_fit(
    databases: Databases, browsing: BrowserContext
) -> None:
    a_site(databases, outline=square(16.30, 61.40))
    a_site(databases, outline=square(16.32, 61.41), sewage_m3_day=UNKNOWN)
    page = browsing.new_page()
    page.goto("/?sewage_m3_day_min=100")

    page.get_by_role("button", name="2 platser: 1 passar, 1 kan passa").press("Enter")

    outlines = page.locator(".leaflet-overlay-pane path")
    expect(outlines).to_have_count(2)
    fits = outlines.evaluate_all("some => some.map(one => one.dataset.fit).sort()")
    assert fits == ["may_fit", "meets"]


def test_a_layer_can_be_turned_on_from_the_keyboard(page: Page) -> None:
    page.locator(".map-layers summary").press("Enter")

    with page.expect_response("**/api/v1/layers/grid_line**") as answer:
        page.get_by_label("Kraftledningar").press("Space")

    assert answer.value.ok


def test_nothing_comes_from_elsewhere(browsing: BrowserContext, server: str, three: None) -> None:
    page = browsing.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/")
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if not url.startswith((server, "data:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/?sewage_m3_day_min=200", "/en/?power_mw_min=500", "/?x=1"])
def test_the_page_breaks_no_rule_of_accessibility(
    browser: Browser, server: str, three: None, address: str, scheme: str
) -> None:
    context = browser.new_context(base_url=server, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]  # one of the two
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")

    found = violations(page)

    context.close()
    assert found == []


@pytest.fixture
def phone(browser: Browser, server: str, three: None) -> Page:
    context = browser.new_context(
        base_url=server, viewport=PHONE, has_touch=True, is_mobile=True, locale="sv-SE"
    )
    opened = context.new_page()
    opened.goto("/?sewage_m3_day_min=200&area_gross_ha_min=10")
    return opened


def test_a_phone_never_scrolls_sideways(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_phone_filters_in_a_sheet_that_says_how_many(phone: Page) -> None:
    phone.click(".search-open")

    phone.fill("#area_gross_ha_min", "50")

    button = phone.get_by_role("button", name="Visa 2 platser")
    expect(button).to_be_visible()
    button.click()
    expect(phone.locator("#filter")).to_be_hidden()
    expect(phone.locator("#count")).to_contain_text("1 kan passa")


def test_a_phone_reads_no_map_before_it_is_asked_for(phone: Page) -> None:
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate("typeof L") == "undefined"

    phone.get_by_role("button", name="Karta").click()

    expect(phone.locator(".map-cluster").first).to_be_visible()


def test_a_condition_used_less_is_renewed_with_the_others_before_it_is_unfolded(
    page: Page,
) -> None:
    page.fill("#area_gross_ha_min", "50")
    expect(page.locator("#count")).to_contain_text("1 faller bort")

    page.get_by_text("Fler villkor").click()

    page.locator("summary", has_text="Transport och digitalt").click()
    expect(page.locator('#dark_fibre option[value="true"]')).to_have_text("Ja (0)")


def test_a_phone_switches_between_list_and_map(phone: Page) -> None:
    expect(phone.locator(".search-map")).to_be_hidden()

    phone.get_by_role("button", name="Karta").click()

    expect(phone.locator(".map-cluster").first).to_be_visible()
    expect(phone.locator("#list")).to_be_hidden()


def test_without_script_the_form_and_the_list_do_everything(
    browser: Browser, server: str, three: None
) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto("/")

    page.fill("#area_gross_ha_min", "50")
    page.get_by_role("button", name="Sök").click()

    expect(page).to_have_url("/?area_gross_ha_min=50")
    expect(page.locator("article")).to_have_count(2)
    context.close()


def without(page: Page, script: str) -> list[Route]:
    """The search anew, with the requests for a script, which wait to be let through."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/{script}*", hold)
    page.goto("/", wait_until="commit")
    return held


def test_what_is_chosen_before_htmx_is_there_is_searched_for_when_it_is(page: Page) -> None:
    held = without(page, "htmx.min.js")

    page.fill("#area_gross_ha_min", "50")
    page.wait_for_timeout(600)
    assert page.url.endswith("/")
    for one in held:
        one.continue_()

    expect(page).to_have_url(re.compile(r"\?area_gross_ha_min=50$"))


def test_conditions_unfolded_before_the_script_is_there_come_with_it(page: Page) -> None:
    held = without(page, "bundles/search.js")

    page.get_by_text("Fler villkor").click()
    expect(page.locator(".search-more")).to_have_attribute("open", "")
    for one in held:
        one.continue_()

    expect(page.locator("#dark_fibre")).to_be_attached()


def test_a_place_half_typed_is_not_searched_for_when_htmx_comes(page: Page) -> None:
    held = without(page, "htmx.min.js")

    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.locator("#near_place").press_sequentially("Gäv")
    for one in held:
        one.continue_()
    page.wait_for_timeout(1_000)

    assert page.evaluate("typeof htmx") == "object"
    assert page.url.endswith("/")
