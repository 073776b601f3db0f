"""Shortlists shared by a link: what whoever holds it sees, for how long, and what is marked."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.comparisons import shared_lists
from catalogue.database import Databases
from tests.builders import NOW, a_site

SignedIn = Callable[..., TestClient]
WithToken = Callable[..., TestClient]
SITE = "GVB-2183-001"


@pytest.fixture
def site(databases: Databases) -> None:
    a_site(databases, name_sv="Stora fältet", area_net_ha=50, connection_cost_msek=37.25)


def share(client: TestClient, **given: str | list[str]) -> str:
    """The address of the page that manages a new list."""
    form = {"reference": SITE, "days": "30", **given}
    answer = client.post("/shared", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"].removesuffix("?new=yes"))


def link(client: TestClient, managing: str) -> str:
    """The path of the link to send, as the managing page tells it."""
    found = re.search(
        r'class="share-link"\s+href="http://127\.0\.0\.1:8000(/shared/[^"]+)"',
        client.get(managing).text,
    )
    assert found
    return found[1]


def said(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ")


def aged(databases: Databases, by: timedelta) -> None:
    """All lists made to run out earlier by so much."""
    with databases.owner.begin() as connection:
        connection.execute(text("update shared_list set expires_at = expires_at - :by"), {"by": by})


def changed(with_token: WithToken, **values: object) -> None:
    publisher, address = with_token("publisher"), f"/api/v1/sites/{SITE}"
    headers = {"If-Match": publisher.get(address).headers["etag"]}
    assert publisher.patch(address, json=values, headers=headers).status_code == 200


def test_anybody_shares_and_whoever_has_the_link_sees_todays_values(
    site: None, client: TestClient
) -> None:
    there = link(client, share(client, title="Fyra till Norrsken", shared_by="Anna på regionen"))

    page = client.get(there)

    assert page.status_code == 200
    assert "Delad av Anna på regionen 2 nov 2026" in said(page.text)
    assert "Fyra till Norrsken" in page.text
    assert "Stora fältet" in page.text
    assert "Inget har ändrats sedan listan delades" in page.text


def test_a_shared_page_is_kept_from_search_engines_and_caches(
    site: None, client: TestClient
) -> None:
    headers = client.get(link(client, share(client))).headers

    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert "no-store" in headers["cache-control"]


def test_only_hashes_of_the_links_are_stored(
    site: None, client: TestClient, databases: Databases
) -> None:
    managing = share(client, password="korrekt häst")
    there = link(client, managing)

    with databases.owner.connect() as connection:
        row = str(connection.execute(text("select shared_list::text from shared_list")).scalar())

    assert len(there.removeprefix("/shared/")) == 43
    assert there.removeprefix("/shared/") not in row
    assert managing.removeprefix("/shared/manage/") not in row
    assert "korrekt" not in row


def test_notes_are_shared_only_where_they_are_chosen(site: None, client: TestClient) -> None:
    note = {f"note-{SITE}": "Ring Sara om rälsen"}

    without = client.get(link(client, share(client, **note)))
    with_it = client.get(link(client, share(client, **note, include=SITE)))

    assert "Ring Sara" not in without.text
    assert "Ring Sara om rälsen" in with_it.text


def test_what_somebody_writes_is_shown_as_text(site: None, client: TestClient) -> None:
    there = link(
        client, share(client, **{f"note-{SITE}": "<script>alert(1)</script>"}, include=SITE)
    )

    assert "<script>alert(1)" not in client.get(there).text


def test_what_has_changed_since_is_marked_and_shown_as_it_is_now(
    site: None, client: TestClient, with_token: WithToken
) -> None:
    there = link(client, share(client))

    changed(with_token, area_net_ha=44)

    page = said(client.get(there).text)
    assert "ändrad Nettoyta som kan bebyggas" in page
    assert "är märkt" in page
    assert "50 ha" not in page


def test_a_change_that_the_public_may_not_see_is_not_told(
    site: None, client: TestClient, with_token: WithToken
) -> None:
    there = link(client, share(client))

    changed(with_token, connection_cost_msek=99)

    assert "Inget har ändrats" in said(client.get(there).text)


def test_a_site_that_is_withdrawn_since_is_said_to_be(
    site: None, client: TestClient, with_token: WithToken
) -> None:
    there = link(client, share(client))
    steps = with_token("publisher").post(
        f"/api/v1/sites/{SITE}/transitions", json={"to": "withdrawn", "reason": "Såld till annan"}
    )
    assert steps.status_code == 200

    page = client.get(there)

    assert f"{SITE} visas inte längre" in page.text
    assert "Stora fältet" not in page.text


def test_a_link_runs_out_and_says_so(site: None, client: TestClient, databases: Databases) -> None:
    there = link(client, share(client, days="7"))
    aged(databases, timedelta(days=6, hours=23))
    assert client.get(there).status_code == 200

    aged(databases, timedelta(hours=1))

    page = client.get(there, headers={"Accept": "text/html"})
    assert page.status_code == 410
    assert "Be den som skickade länken om en ny" in page.text


def test_no_link_holds_longer_than_half_a_year(site: None, client: TestClient) -> None:
    answer = client.post("/shared", data={"reference": SITE, "days": "365"})

    assert answer.status_code == 422
    assert "Välj hur länge" in answer.text


def test_a_password_opens_the_list_in_the_browser_that_knew_it(
    site: None, client: TestClient
) -> None:
    there = link(client, share(client, password="korrekt häst"))
    assert "Stora fältet" not in client.get(there).text

    wrong = client.post(there, data={"password": "fel häst 123"})
    right = client.post(there, data={"password": "korrekt häst"})

    assert wrong.status_code == 403
    assert "Lösenordet stämmer inte" in wrong.text
    assert "Stora fältet" in right.text
    assert "Stora fältet" in client.get(there).text
    client.cookies.clear()
    assert "Stora fältet" not in client.get(there).text


def test_the_file_needs_the_password_too(site: None, client: TestClient) -> None:
    there = link(client, share(client, password="korrekt häst"))

    answer = client.get(f"{there}?format=xlsx")

    assert answer.headers["content-type"].startswith("text/html")


def test_a_short_password_is_refused(site: None, client: TestClient) -> None:
    answer = client.post("/shared", data={"reference": SITE, "days": "7", "password": "kort"})

    assert answer.status_code == 422
    assert "Minst 8 tecken" in answer.text


def test_the_maker_takes_a_link_back(site: None, client: TestClient, databases: Databases) -> None:
    managing = share(client, **{f"note-{SITE}": "Hemligt"}, include=SITE)
    there = link(client, managing)

    client.post(f"{managing}/removal", data={})

    assert client.get(there).status_code == 410
    assert "gäller inte längre" in client.get(managing).text
    with databases.owner.connect() as connection:
        assert connection.execute(text("select items from shared_list")).scalar() == []


def test_the_link_itself_does_not_manage_the_list(site: None, client: TestClient) -> None:
    token = link(client, share(client)).removeprefix("/shared/")

    assert client.get(f"/shared/manage/{token}").status_code == 404
    assert client.post(f"/shared/manage/{token}/removal", data={}).status_code == 404


def test_a_link_that_was_never_made_is_not_found(client: TestClient) -> None:
    assert client.get(f"/shared/{'x' * 43}").status_code == 404


def test_the_database_shows_no_list_to_who_holds_no_link(
    site: None, client: TestClient, databases: Databases
) -> None:
    share(client)

    with databases.writing(None) as session:
        found = session.execute(text("select count(*) from shared_list")).scalar()

    assert found == 0


def test_an_account_sees_and_takes_back_its_own(site: None, signed_in: SignedIn) -> None:
    reader = signed_in("investor")
    token = reader.get("/account/shared").text.split('name="csrf-token" content="')[1].split('"')[0]
    managing = share(reader, title="Mina fyra", csrf_token=token)

    shown = reader.get("/account/shared").text
    number = re.search(r"/account/shared/(\d+)/removal", shown)
    assert "Mina fyra" in shown
    assert number
    there = link(reader, managing)
    reader.post(number[0], data={"csrf_token": token})

    assert reader.get(there).status_code == 410


def test_a_registered_reader_shares_public_values_only(
    site: None, signed_in: SignedIn, client: TestClient
) -> None:
    reader = signed_in("investor")
    token = reader.get("/account").text.split('name="csrf-token" content="')[1].split('"')[0]
    wish = {"reference": SITE, "days": "7", "csrf_token": token, "password": "korrekt häst"}

    assert reader.post("/shared", data={**wish, "audience": "registered"}).status_code == 422
    there = link(reader, share(reader, csrf_token=token))
    page = client.get(there)

    assert "Bara öppna uppgifter visas" in page.text
    assert "37,25" not in page.text


def test_the_project_office_shares_registered_values_with_a_password(
    site: None, signed_in: SignedIn, client: TestClient, databases: Databases
) -> None:
    a_site(databases, municipality="2180")
    office = signed_in("project")
    token = office.get("/account").text.split('name="csrf-token" content="')[1].split('"')[0]
    both = {
        "reference": [SITE, "GVB-2180-001"], "audience": "registered", "csrf_token": token,
    }  # fmt: skip
    assert office.post("/shared", data={**both, "days": "7"}).status_code == 422
    there = link(office, share(office, **both, password="korrekt häst"))

    page = client.post(there, data={"password": "korrekt häst"})

    assert "Med uppgifter för registrerade läsare" in page.text
    assert "37,3" in page.text
    with databases.owner.begin() as connection:
        connection.execute(text("update account set active = false"))
    assert "37,3" not in client.get(there).text


def test_old_lists_are_removed_by_the_clock(
    site: None, client: TestClient, databases: Databases
) -> None:
    share(client, days="7")

    with databases.writing(None) as session:
        assert shared_lists.remove_old(session, NOW + timedelta(days=36)) == 0
        assert shared_lists.remove_old(session, NOW + timedelta(days=38)) == 1


def test_the_form_shows_the_notes_without_choosing_them(site: None, client: TestClient) -> None:
    page = client.post("/shared/new", data={"reference": SITE, f"note-{SITE}": "Ring Sara"}).text

    assert "Ta med anteckningen: ”Ring Sara”" in page
    assert f'value="{SITE}" checked' not in page


def test_a_title_over_many_characters_is_refused_at_its_field(
    site: None, client: TestClient
) -> None:
    answer = client.post("/shared", data={"reference": SITE, "days": "7", "title": "x" * 121})

    assert answer.status_code == 422
    assert 'id="title-error"' in answer.text
