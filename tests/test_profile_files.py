"""Photos and documents of a municipality's profile: seen by those who may, kept with each version."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.history import history
from tests.builders import ADMIN, a_site, an_actor
from tests.file_builders import PICTURE_ALT, a_pdf, a_photo
from tests.html_forms import form_of, open_form

SignIn = Callable[..., TestClient]
FILES = "/api/v1/municipalities/2183/files"
PROFILE = "/api/v1/municipalities/2183"
PAGE = "/workspace/profile?theme=files&municipality=2183"


def kept(client: TestClient, content: bytes, name: str, **said: str) -> dict[str, Any]:
    """Any: JSON."""
    answer = client.post(FILES, files={"file": (name, content)}, data=said)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()["files"][0]
    return found


def a_public_photo(client: TestClient, **said: str) -> dict[str, Any]:
    """Any: JSON."""
    described = {"alt_sv": PICTURE_ALT, "visibility": "public", **said}
    return kept(client, a_photo(with_position=True), "hamnen.jpg", **described)


def test_a_photo_of_the_municipality_stands_on_its_page_and_in_its_profile(
    storage: str, client: TestClient, with_token: SignIn
) -> None:
    photo = a_public_photo(with_token("editor"), caption_sv="Hamnen från söder")

    page = client.get("/municipalities/2183").text
    said = client.get(PROFILE).json()["photos"][0]
    got = Image.open(BytesIO(client.get(photo["url"]).content))

    assert "Hamnen från söder" in page
    assert said["url"] == photo["url"]
    assert said["url"].startswith("http")
    assert dict(got.getexif()) == {}


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        ("public", {"nobody", "investor", "own editor", "other editor", "project"}),
        ("registered", {"investor", "own editor", "other editor", "project"}),
        ("internal", {"own editor", "project"}),
    ],
)
def test_a_file_of_the_profile_is_fetched_and_told_to_those_who_may_see_it(
    client: TestClient, with_token: SignIn, visibility: str, seen_by: set[str]
) -> None:
    visitors = {
        "nobody": client,
        "investor": with_token("investor"),
        "own editor": with_token("editor", "2183"),
        "other editor": with_token("editor", "2180"),
        "project": with_token("project"),
    }
    photo = a_public_photo(visitors["own editor"], visibility=visibility)

    fetched = {name for name, one in visitors.items() if one.get(photo["url"]).is_success}
    told = {name for name, one in visitors.items() if one.get(FILES).json()["photos"]}

    assert fetched == seen_by
    assert told == seen_by


def test_another_municipality_adds_nothing(with_token: SignIn, databases: Databases) -> None:
    editor = with_token("editor", "2180")

    answer = editor.post(FILES, files={"file": ("a.pdf", a_pdf())})

    assert answer.status_code == 403


def test_the_database_itself_refuses_a_file_in_another_municipalitys_profile(
    databases: Databases,
) -> None:
    row = (
        "insert into site_file (municipality, kind, hash, name, media_type, size_bytes, position) "
        "values ('2180', 'document', 'x', 'x.pdf', 'application/pdf', 1, 1)"
    )

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        databases.writing(an_actor("editor", "2183")) as session,
    ):
        session.execute(text(row))


def test_a_new_file_makes_the_profile_another_to_caches(
    client: TestClient, with_token: SignIn
) -> None:
    before = client.get(PROFILE).headers["etag"]

    a_public_photo(with_token("editor"))

    again = client.get(PROFILE, headers={"If-None-Match": before})
    assert again.status_code == 200
    assert again.headers["etag"] != before


def test_the_history_of_the_profile_tells_of_its_files(
    with_token: SignIn, databases: Databases
) -> None:
    editor = with_token("editor")
    photo = a_public_photo(editor, caption_sv="Som det hette först")
    editor.patch(
        f"{FILES}/{photo['id']}",
        json={"caption_sv": "Som det heter nu"},
        headers={"If-Match": '"1-file"'},
    )

    with databases.writing(ADMIN) as session:
        versions = history.profile_versions(session, "2183")
        then = history.profile_at_version(session, "2183", versions[1].number)

    assert [one.keys for one in versions[:2]] == [("photos",), ("photos",)]
    assert then is not None
    assert [one.caption_sv for one in then.files] == ["Som det hette först"]


def test_a_file_removed_from_the_profile_is_gone_for_everybody_and_can_come_back(
    client: TestClient, with_token: SignIn
) -> None:
    editor = with_token("editor")
    photo = a_public_photo(editor)

    editor.delete(f"{FILES}/{photo['id']}")
    hidden = (client.get(photo["url"]).status_code, "photos" in client.get(PROFILE).json())
    tag = editor.get(f"{FILES}/{photo['id']}").headers["etag"]
    editor.patch(f"{FILES}/{photo['id']}", json={"removed": False}, headers={"If-Match": tag})

    assert hidden == (404, False)
    assert client.get(photo["url"]).status_code == 200


def test_the_form_takes_a_document_describes_it_and_shows_it_on_the_page(
    signed_in: SignIn, client: TestClient
) -> None:
    editor = signed_in("editor")
    upload = "/workspace/profile/files?municipality=2183"
    changes = "/workspace/profile/files/changes?municipality=2183"
    texts = open_form(editor, PAGE, upload)
    sent = editor.post(upload, data=texts, files={"file": ("plan.pdf", a_pdf(3))})
    described = form_of(sent.text, changes)
    title = next(name for name in described if name.endswith("-caption_sv"))
    seen = next(name for name in described if name.endswith("-visibility"))

    saved = editor.post(changes, data=described | {title: ["Översiktsplan"], seen: ["public"]})

    assert "1 fil är uppladdad" in sent.text
    assert "Sparat" in saved.text
    page = client.get("/municipalities/2183").text
    assert "Översiktsplan" in page
    assert "3 sidor" in page


def test_a_form_opened_before_a_file_came_is_saved_without_a_question(
    signed_in: SignIn, with_token: SignIn
) -> None:
    editor = signed_in("editor")
    address = "/workspace/profile?theme=presentation&municipality=2183"
    texts = open_form(editor, address, address)

    a_public_photo(with_token("publisher"))
    saved = editor.post(address, data=texts | {"contact_name": ["Örjan Åberg"]})

    assert saved.status_code == 200
    assert "Profilen är sparad" in saved.text


def test_the_profiles_files_do_not_show_at_a_site(with_token: SignIn, databases: Databases) -> None:
    site, editor = a_site(databases), with_token("editor")

    a_public_photo(editor)

    assert editor.get(f"/api/v1/sites/{site.reference}/files").json()["photos"] == []
