"""What is typed and not saved: kept for the one who typed it, offered back, gone when saved."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.site import Site
from tests.builders import a_site, an_actor
from tests.html_forms import open_form

SignIn = Callable[..., TestClient]


def power(site: Site) -> str:
    return f"/workspace/sites/{site.reference}?theme=power"


def leave(client: TestClient, site: Site, place: str = "", **said: str) -> int:
    """What the form's script sends; the answer's status."""
    sent = open_form(client, power(site))
    draft = {
        "csrf_token": sent["csrf_token"][0],
        "place": place or f"{site.reference}/power",
        "version": sent["version"][0],
        "before": "power_now_mw=10",
        "texts": "power_now_mw=33",
        **said,
    }
    return client.post("/workspace/drafts", data=draft).status_code


def kept(databases: Databases) -> list[str]:
    with databases.owner.connect() as connection:
        return list(connection.scalars(text("select texts from form_draft")))


def test_a_draft_is_offered_back_and_makes_no_version(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases)
    client = signed_in("editor")

    assert leave(client, site) == 204
    page = client.get(power(site)).text

    assert "Du har osparade ändringar från" in page
    assert "power_now_mw=33" in page
    assert open_form(client, power(site))["version"] == [str(site.version)]


def test_a_later_draft_replaces_the_earlier(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)
    client = signed_in("editor")

    leave(client, site)
    leave(client, site, texts="power_now_mw=44")

    assert kept(databases) == ["power_now_mw=44"]


def test_a_draft_is_gone_when_the_form_is_saved(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)
    client = signed_in("editor")
    leave(client, site)

    client.post(power(site), data=open_form(client, power(site)) | {"power_now_mw": ["33"]})

    assert kept(databases) == []


def test_a_draft_of_a_refused_form_stays(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)
    client = signed_in("editor")
    leave(client, site)

    client.post(power(site), data=open_form(client, power(site)) | {"power_now_mw": ["tre"]})

    assert len(kept(databases)) == 1


def test_a_draft_without_texts_is_dropped(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)
    client = signed_in("editor")
    leave(client, site)

    leave(client, site, texts="")

    assert kept(databases) == []


def test_a_colleague_does_not_see_it(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)
    leave(signed_in("editor"), site)

    page = signed_in("publisher").get(power(site)).text

    assert "power_now_mw=33" not in page


def test_not_even_an_administrator_reads_another_s_draft(
    databases: Databases, signed_in: SignIn
) -> None:
    leave(signed_in("editor"), a_site(databases))

    with databases.writing(an_actor("admin")) as session:
        assert session.scalars(text("select texts from form_draft")).all() == []


@pytest.mark.parametrize(
    ("place", "status"),
    [("2183/people", 204), ("2180/people", 403), ("GVB-2183-999/power", 404),
     ("GVB-2183-001/../x", 404), ("", 404)],
)  # fmt: skip
def test_a_draft_belongs_to_a_form_that_the_person_could_save(
    databases: Databases, signed_in: SignIn, place: str, status: int
) -> None:
    site = a_site(databases)
    client = signed_in("editor")

    assert leave(client, site, place=place or " ") == status


def test_a_draft_is_not_a_place_to_store_things(databases: Databases, signed_in: SignIn) -> None:
    assert leave(signed_in("editor"), a_site(databases), texts="x" * 400_001) == 422
