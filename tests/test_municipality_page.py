"""The municipalities: all of them side by side, and what each says about itself and its sites."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from starlette.testclient import TestClient

from catalogue import municipalities, overview
from catalogue.changes import read_changes
from catalogue.database import Databases
from catalogue.fields import PROFILE
from tests.axe import EVERY_RULE, violations
from tests.builders import ADMIN, RULES, TODAY, a_site, square

SignIn = Callable[..., TestClient]
NBSP = "\N{NO-BREAK SPACE}"


def describe(databases: Databases, code: str = "2183", **values: Any) -> None:
    """A municipality's profile with these values."""
    changes = read_changes(values, PROFILE, today=TODAY, kept=frozenset())
    with databases.writing(ADMIN) as session:
        version = municipalities.find(session, code).version
        municipalities.change_profile(
            session, ADMIN, code, changes, RULES, expected_version=version
        )


def words(html: str) -> str:
    """A page's text, on one line."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", html.replace("&nbsp;", NBSP)))


def test_the_ten_municipalities_stand_in_alphabetical_order(
    client: TestClient, databases: Databases
) -> None:
    html = client.get("/municipalities").text

    assert re.findall(r'href="/municipalities/\d{4}">([^<]+)<', html) == [
        "Bollnäs", "Gävle", "Hofors", "Hudiksvall", "Ljusdal",
        "Nordanstig", "Ockelbo", "Ovanåker", "Sandviken", "Söderhamn",
    ]  # fmt: skip


def test_the_list_counts_published_sites_and_their_land(
    client: TestClient, databases: Databases
) -> None:
    a_site(databases, area_net_ha=50)
    a_site(databases, area_net_ha=40, outline=square(latitude=61.38))
    a_site(databases, area_net_ha=30, status="draft", outline=square(latitude=61.36))

    assert re.search(r"Bollnäs 2 90.ha", words(client.get("/municipalities").text))


def test_a_municipality_without_sites_is_there_all_the_same(databases: Databases) -> None:
    with databases.reading("public") as session:
        hofors = overview.one(session, "public", "2104")

    assert (hofors.name, hofors.sites, hofors.net_ha) == ("Hofors", 0, 0)


def test_a_municipality_that_does_not_exist_has_no_page(
    client: TestClient, databases: Databases
) -> None:
    assert client.get("/municipalities/0180").status_code == 404


def test_the_profile_says_who_stands_behind_each_value(
    client: TestClient, databases: Databases
) -> None:
    rate = {"value": 33.77, "basis": "authority", "as_of": "2026-01-01", "source": "SCB"}
    describe(databases, tax_rate_pct=rate)

    text = words(client.get("/municipalities/2183").text)

    assert re.search(rf"Skattesats 33,77{NBSP}% .*SCB, myndighet, 1{NBSP}jan{NBSP}2026", text)


def test_what_the_municipality_has_not_said_is_told(
    client: TestClient, databases: Databases
) -> None:
    text = words(client.get("/municipalities/2183").text)

    assert re.search(r"Inte angivet: Planlagd industrimark, ", text)


def test_internal_values_stay_inside(signed_in: SignIn, databases: Databases) -> None:
    describe(databases, swot_weaknesses=["Ont om elektriker"])

    assert "Ont om elektriker" not in signed_in("investor").get("/municipalities/2183").text


def test_the_description_falls_back_to_swedish_and_says_so(
    client: TestClient, databases: Databases
) -> None:
    about = "Bollnäs ligger mitt i Hälsingland, vid Norra stambanan och Ljusnan, nära till skog."
    describe(databases, description_sv=about)

    assert f'<p class="lead" lang="sv">{about}</p>' in client.get("/en/municipalities/2183").text


def test_the_page_shows_the_sites_of_that_municipality_only(
    client: TestClient, databases: Databases
) -> None:
    a_site(databases, municipality="2183", name_sv="Platsen i Bollnäs")
    a_site(databases, municipality="2184", name_sv="Platsen i Hudiksvall")

    text = words(client.get("/municipalities/2183").text)

    assert "Platsen i Bollnäs" in text
    assert "Platsen i Hudiksvall" not in text


def test_a_municipality_without_sites_says_what_to_do(
    client: TestClient, databases: Databases
) -> None:
    page = client.get("/municipalities/2104").text

    assert "Inga platser än" in page
    assert 'href="mailto:sitefinder@example.se"' in page


def test_the_site_page_tells_of_its_municipality(client: TestClient, databases: Databases) -> None:
    describe(databases, plan_lead_months=18)
    site = a_site(databases)

    assert f"Tid för detaljplan 18{NBSP}månader" in words(
        client.get(f"/sites/{site.reference}").text
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("address", ["/municipalities", "/en/municipalities/2183"])
def test_the_pages_can_be_read_by_everybody(
    browsing: BrowserContext, databases: Databases, width: int, address: str
) -> None:
    describe(databases, contact_name="Eva Sand", contact_phone="+46 278 250 00")
    a_site(databases)
    page = browsing.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    assert violations(page, EVERY_RULE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
