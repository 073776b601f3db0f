"""The page of one site: what it says, how surely, to whom, and what it leaves unsaid."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import BrowserContext
from shapely.geometry import Point
from sqlalchemy import event
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.fields import SITE
from frontend.site_page_contact import Contact
from frontend.site_page_facts import Told
from frontend.site_page_gaps import levels
from frontend.site_page_places import lines_to
from geo.layers import LayerFeature, Layers
from geo.texts import Language
from tests.axe import EVERY_RULE, violations
from tests.builders import TODAY, a_site, square

SignIn = Callable[..., TestClient]
NBSP = "\N{NO-BREAK SPACE}"
WRITTEN = {"basis": "utility_written", "as_of": "2026-10-03", "source": "Ellevio"}
STEPS = [
    {"year": 2028, "mw": 60, "firm": True, "condition": "Ny transformator"},
    {"year": 2030, "mw": 120, "firm": False, "condition": None},
]
LEVEL_3 = {
    "geotech": "desk",
    "power_timeline": {"value": [{"year": 2029, "mw": 120, "firm": True}], **WRITTEN},
    "drinking_water_m3_day": {"value": 300, **WRITTEN},
}


def told(language: Language = "sv", **said: Any) -> Told:
    """A site with these values, each from the municipality on the first of September."""
    behind = {
        key: {"state": "known", "basis": "municipality", "as_of": "2026-09-01"} for key in said
    }
    return Told({**said, "provenance": behind, "asked": {}}, SITE, language, TODAY)


def words(html: str) -> str:
    """A page's text, on one line."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", html)).replace(" .", ".")


def test_the_page_says_what_the_site_is_called_and_where_it_lies(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases, name_sv="Stugsunds industripark")

    html = client.get(f"/sites/{site.reference}").text

    assert "<h1>Stugsunds industripark</h1>" in html
    assert site.reference in html
    assert 'href="/municipalities/2183"' in html


@pytest.mark.parametrize("reference", ["GVB-2183-999", "nonsense"])
def test_a_site_that_does_not_exist_has_no_page(
    client: TestClient, databases: Databases, reference: str
) -> None:
    assert client.get(f"/sites/{reference}").status_code == 404


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_a_site_that_is_not_published_has_no_page(
    client: TestClient, databases: Databases, status: Any
) -> None:
    site = a_site(databases, status=status)

    assert client.get(f"/sites/{site.reference}").status_code == 404


def test_the_english_page_shows_the_english_name(client: TestClient, databases: Databases) -> None:
    site = a_site(databases, name_sv="Norra parken", name_en="North Park")

    assert "<h1>North Park</h1>" in client.get(f"/en/sites/{site.reference}").text


def test_a_name_in_the_other_language_says_which_language_it_is(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases, name_sv="Norra parken", name_en=None)

    html = client.get(f"/en/sites/{site.reference}").text

    assert '<h1 lang="sv">Norra parken</h1>' in html


def test_what_a_person_wrote_is_escaped(client: TestClient, databases: Databases) -> None:
    site = a_site(databases, name_sv="<img src=x onerror=alert(1)>")

    assert "<img src=x" not in client.get(f"/sites/{site.reference}").text


def test_a_value_is_shown_with_who_says_so_and_how_old_it_is(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases, power_now_mw={"value": 10, **WRITTEN})

    text = words(client.get(f"/sites/{site.reference}").text)

    assert f"Ellevio, skriftligt, 3{NBSP}okt{NBSP}2026 30 dagar sedan" in text


def test_a_value_past_its_shelf_life_is_marked_stale() -> None:
    said = {"value": 1, "provenance": {"power_now_mw": {"state": "known", "basis": "authority",
            "as_of": "2026-01-01", "fresh_until": "2026-06-30"}}}  # fmt: skip

    assert Told(said, SITE, "sv", TODAY).mark("power_now_mw") == "stale"


def test_what_is_unknown_says_who_has_been_asked_and_how_long_they_have_had(
    client: TestClient, databases: Databases
) -> None:
    asked = {"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-09-23"}
    site = a_site(databases, sewage_m3_day=asked)

    text = words(client.get(f"/sites/{site.reference}").text)

    assert f"Avlopp Helsinge Vatten fick frågan 23{NBSP}sep{NBSP}2026 · väntat 40 dagar" in text


def test_what_nobody_has_given_is_said_plainly(client: TestClient, databases: Databases) -> None:
    site = a_site(databases)

    text = words(client.get(f"/sites/{site.reference}").text)

    assert re.search(r"Inte angivet .* Mark Största sammanhängande yta, Möjlig utökning", text)


def test_a_field_that_does_not_apply_is_not_missed(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases, detaljplan_status="laga_kraft")

    assert "Laga kraft väntas" not in client.get(f"/sites/{site.reference}").text


def test_only_those_who_sign_in_see_what_is_for_registered_readers(
    client: TestClient, signed_in: SignIn, databases: Databases
) -> None:
    site = a_site(databases, property_designations=["BOLLNÄS HÄGGESTA 7:12"])
    address = f"/sites/{site.reference}"

    assert "HÄGGESTA" not in client.get(address).text
    assert "HÄGGESTA" in signed_in("investor").get(address).text


def test_sites_at_one_substation_name_each_other_to_registered_readers(
    client: TestClient, signed_in: SignIn, databases: Databases
) -> None:
    site = a_site(databases, substation="SUB-2183-1")
    a_site(databases, name_sv="Grannplatsen", substation="SUB-2183-1")
    address = f"/sites/{site.reference}"

    assert "delar station" not in client.get(address).text
    assert "delar station med Grannplatsen" in words(signed_in("investor").get(address).text)


def test_editors_are_led_to_the_form_of_their_own_sites(
    signed_in: SignIn, databases: Databases
) -> None:
    site = a_site(databases, municipality="2183")
    page, link = f"/sites/{site.reference}", f'href="/workspace/sites/{site.reference}"'

    assert link in signed_in("editor", "2183").get(page).text
    assert link not in signed_in("editor", "2184").get(page).text


def test_the_contact_can_be_called_and_written_to(client: TestClient, databases: Databases) -> None:
    site = a_site(databases, contact_phone="+46 (0)270-750 00")

    html = client.get(f"/sites/{site.reference}").text

    assert 'href="tel:+4627075000"' in html
    assert "mailto:anna.prov@example.se?subject=" in html


def test_a_trunk_zero_in_brackets_is_not_dialled() -> None:
    assert Contact("Anna", phone="+46 (0)270-750 00").tel == "tel:+4627075000"


def test_distances_are_said_to_be_straight_and_approximate(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases)

    text = words(client.get(f"/sites/{site.reference}").text)

    assert re.search(rf"Järnväg .*? ≈{NBSP}[\d,]+{NBSP}km fågelvägen, ±{NBSP}", text)


def test_a_site_shown_as_a_point_says_that_it_is_approximate(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases, outline_precision="point_only")

    assert "visas som en ungefärlig punkt" in client.get(f"/sites/{site.reference}").text


def test_lines_start_at_the_outline_that_the_reader_sees() -> None:
    port = LayerFeature("port", "Hamnen", Point(620_000, 6_800_000))
    site = told(nearest_port="Hamnen", distance_port_km=4.0)

    (line,) = lines_to(site, {"type": "Point", "coordinates": [17.0, 61.3]}, Layers([port]))

    assert line.coordinates[0] == pytest.approx((17.0, 61.3))
    assert line.label == f"Hamnen, ≈{NBSP}4{NBSP}km"


def test_no_line_leads_to_what_the_reader_may_not_know() -> None:
    port = LayerFeature("port", "Hamnen", Point(620_000, 6_800_000))
    site = told(distance_port_km=4.0)

    assert lines_to(site, {"type": "Point", "coordinates": [17.0, 61.3]}, Layers([port])) == []


def test_readiness_says_what_the_next_level_takes(client: TestClient, databases: Databases) -> None:
    site = a_site(databases, **LEVEL_3)

    text = words(client.get(f"/sites/{site.reference}").text)

    assert "Kvar till anslutningsbar" in text
    assert "Vägen dit är känd" in text


def test_a_level_lists_what_it_has_and_what_it_lacks() -> None:
    missing = [{"sv": "Ägaren är känd", "en": "The owner is known", "keys": ["ownership"]}]
    site = Told({"readiness": 0, "next_level": 1, "missing": missing}, SITE, "sv", TODAY)

    second = levels(site)[1]

    assert [text.sv for text in second.missing] == ["Ägaren är känd"]
    assert "Skyddade områden är kontrollerade" in [text.sv for text in second.holds]
    assert not second.is_reached


def test_a_reserved_site_says_so(client: TestClient, databases: Databases) -> None:
    site = a_site(databases, status="reserved")

    assert "Platsen är reserverad" in client.get(f"/sites/{site.reference}").text


def test_a_page_costs_the_same_however_many_neighbours_the_site_has(
    app: FastAPI, signed_in: SignIn, databases: Databases
) -> None:
    client = signed_in("investor")
    site = a_site(databases, substation="SUB-2183-1")
    client.get(f"/sites/{site.reference}")
    alone = statements(app, lambda: client.get(f"/sites/{site.reference}"))
    for number in range(4):
        outline = square(latitude=61.35 + 0.02 * number)
        a_site(databases, substation="SUB-2183-1", outline=outline)
    client.get(f"/sites/{site.reference}")

    assert statements(app, lambda: client.get(f"/sites/{site.reference}")) == alone


def statements(app: FastAPI, ask: Callable[[], object]) -> int:
    """How many statements the read side is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    engine = app.state.services.databases.readers["registered"]
    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_can_be_read_by_everybody(
    browsing: BrowserContext, databases: Databases, width: int, scheme: Any
) -> None:
    site = a_site(databases, power_timeline=STEPS, outline_precision="point_only")
    page = browsing.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/sites/{site.reference}")

    assert violations(page, EVERY_RULE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
