"""The Atom feed: valid by RFC 4287, stable, and the same for everybody."""

from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: TestClient, address: str = "/feed.atom") -> Element:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def texts(parent: Element, path: str) -> list[str | None]:
    return [
        one.text for one in parent.findall("/".join(f"{ATOM}{part}" for part in path.split("/")))
    ]


def test_the_feed_and_its_entries_have_what_the_standard_demands(
    client: TestClient, databases: Databases
) -> None:
    a_site(databases, name_sv="Kilen & Näset")
    found = feed(client)

    for element in (found, *found.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [text] = texts(element, name)
            assert text
        for moment in texts(element, "updated"):
            assert datetime.fromisoformat(str(moment)).tzinfo == UTC
    assert texts(found, "author/name") == ["SiteFinder Gävleborg"]
    assert texts(found, "entry/title") == ["Kilen & Näset"]
    assert found.find(f"{ATOM}link[@rel='self']") is not None
    assert found.find(f"{ATOM}entry/{ATOM}link[@rel='alternate']") is not None


def test_an_entry_keeps_its_id_in_both_languages_and_every_search(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases)
    addresses = ("/feed.atom", "/en/feed.atom", "/feed.atom?area_gross_ha_min=1")

    ids = {tuple(texts(feed(client, one), "entry/id")) for one in addresses}

    assert ids == {(f"tag:127.0.0.1,2026:{site.reference}",)}


def test_the_site_published_last_comes_first_whatever_was_changed_since(
    client: TestClient, databases: Databases
) -> None:
    old, new = a_site(databases).reference, a_site(databases).reference
    stands = text(
        "update listing_public set published_at = :published, updated_at = :updated"
        " where reference = :reference"
    )
    with databases.owner.begin() as connection:
        for reference, published, updated in (
            (old, "2026-10-01", "2026-10-20"),
            (new, "2026-10-10", "2026-10-10"),
        ):
            said = {"reference": reference, "published": published, "updated": updated}
            connection.execute(stands, said)

    def order(address: str) -> list[str]:
        return [str(one).rpartition(":")[2] for one in texts(feed(client, address), "entry/id")]

    assert order("/feed.atom") == [new, old]
    assert order("/feed.atom?area_gross_ha_min=1") == [old, new]


def test_with_conditions_only_sites_that_meet_them_or_may_are_in_it(
    client: TestClient, databases: Databases
) -> None:
    a_site(databases, name_sv="Stora", area_gross_ha=60)
    a_site(databases, municipality="2180", name_sv="Okända", power_type=None)
    some = "/feed.atom?power_type=firm&municipality=2180"

    assert texts(feed(client, some), "entry/title") == ["Okända"]
    assert texts(feed(client, f"{some}&unknown=exclude"), "entry/title") == []
    assert len(texts(feed(client, "/feed.atom?area_gross_ha_min=50"), "entry/id")) == 2


def test_an_entry_says_what_the_search_asks_about(client: TestClient, databases: Databases) -> None:
    a_site(databases, area_gross_ha=60, power_type=None, land_access_months=6)

    found = feed(client, "/feed.atom?power_type=firm&land_access_months_max=8")

    [title], [summary] = texts(found, "title"), texts(found, "entry/summary")
    assert "Tid till tillträde ≤\u00a08\u00a0månader, Typ av effekt: Fast" in str(title)
    assert "Kan passa. Okänt: Typ av effekt" in str(summary)
    assert "6\u00a0mån" in str(summary)
    assert "Bruttoyta: 60\u00a0ha" in str(summary)


def test_a_draft_is_not_in_it(client: TestClient, databases: Databases) -> None:
    a_site(databases, status="draft")

    assert texts(feed(client), "entry/id") == []


def test_an_unchanged_feed_is_not_sent_again(client: TestClient, databases: Databases) -> None:
    a_site(databases)
    first = client.get("/feed.atom")

    again = client.get("/feed.atom", headers={"If-None-Match": first.headers["etag"]})

    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/feed.atom?nonsense=1", "/feed.atom?area_gross_ha_min=x"])
def test_a_condition_that_is_none_is_refused(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_an_account_gets_what_everybody_gets(
    signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    a_site(databases, area_gross_ha={"value": 66, "visibility": "registered"})

    assert b"66" not in signed_in("investor", None).get("/feed.atom").content
