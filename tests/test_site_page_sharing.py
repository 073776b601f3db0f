"""A site's page as it is sent, found and shown by other programs."""

import json
import re
from io import BytesIO
from typing import Any

from PIL import Image
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site, square

HOME = "http://127.0.0.1:8000"


def linked_data(html: str) -> dict[str, Any]:
    """By type; Any: JSON-LD."""
    found = re.search(r'<script type="application/ld.json"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found
    return {one["@type"]: one for one in json.loads(found.group(1))["@graph"]}


def test_a_link_is_shown_with_a_picture_of_the_size_that_services_ask_for(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases)
    html = client.get(f"/en/sites/{site.reference}").text
    address = f"{HOME}/sites/{site.reference}/map.png?lang=en"

    picture = Image.open(BytesIO(client.get(address.removeprefix(HOME)).content))

    assert f'<meta property="og:image" content="{address}">' in html
    assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_a_draft_has_no_picture(client: TestClient, databases: Databases) -> None:
    site = a_site(databases, status="draft")

    assert client.get(f"/sites/{site.reference}/map.png").status_code == 404


def test_search_engines_are_told_where_the_site_lies_and_on_what_terms_its_data_is_used(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases, outline=square(16.30, 61.40))

    said = linked_data(client.get(f"/sites/{site.reference}").text)

    assert said["Place"]["geo"]["latitude"] == 61.4
    assert said["Dataset"]["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_what_a_person_wrote_cannot_end_the_data_for_search_engines(
    client: TestClient, databases: Databases
) -> None:
    name = "</script><script>alert(1)</script>"
    site = a_site(databases, name_sv=name)

    html = client.get(f"/sites/{site.reference}").text

    assert linked_data(html)["Place"]["name"] == name
    assert "<script>alert" not in html


def test_every_language_of_a_page_is_named_by_its_address_in_full(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases)

    html = " ".join(client.get(f"/en/sites/{site.reference}").text.split())

    for language, path in (
        ("sv", f"/sites/{site.reference}"),
        ("en", f"/en/sites/{site.reference}"),
    ):
        assert f'<link rel="alternate" hreflang="{language}" href="{HOME}{path}">' in html
    assert f'<link rel="canonical" href="{HOME}/en/sites/{site.reference}">' in html


def test_sites_within_ten_kilometres_are_named_with_their_distance(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases, outline=square(16.30, 61.40))
    a_site(databases, name_sv="Nära", outline=square(16.30, 61.44))
    a_site(databases, name_sv="Långt bort", outline=square(16.30, 61.55))

    html = client.get(f"/sites/{site.reference}").text

    # 0.03° of latitude between the edges: 111.4 km × 0.03.
    assert re.search(r"Nära</a>.*?≈\s3,3\skm", html, re.DOTALL)
    assert "Långt bort" not in html


def test_an_error_can_be_reported_from_the_page(client: TestClient, databases: Databases) -> None:
    site = a_site(databases)

    html = client.get(f"/sites/{site.reference}").text

    assert f'href="/enquiries/new?reference={site.reference}&amp;kind=error"' in html


def test_the_sitemap_names_listed_sites_in_both_languages_and_no_drafts(
    client: TestClient, databases: Databases
) -> None:
    listed, draft = a_site(databases), a_site(databases, status="draft")

    text = client.get("/sitemap.xml").text

    assert f"<loc>{HOME}/sites/{listed.reference}</loc>" in text
    assert f"<loc>{HOME}/en/sites/{listed.reference}</loc>" in text
    assert draft.reference not in text


def test_robots_are_led_to_the_sitemap_and_away_from_what_needs_an_account(
    client: TestClient, databases: Databases
) -> None:
    lines = client.get("/robots.txt").text.splitlines()

    assert f"Sitemap: {HOME}/sitemap.xml" in lines
    assert "Disallow: /workspace" in lines
