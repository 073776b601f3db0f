"""Bytes in a folder and in a bucket: kept once, read in parts, removed when nothing refers to them."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from starlette.testclient import TestClient

from api.context import Services
from catalogue.administration import soundness
from catalogue.database import Databases
from catalogue.errors import FilesAway
from catalogue.files.stored_files import NotStored, StoredFiles, open_files
from catalogue.files.unused_files import remove_unused, wait_for_cleaning
from catalogue.settings import Settings
from tests.builders import a_site, an_actor
from tests.file_builders import a_pdf

SignIn = Callable[..., TestClient]
LATER = datetime.now(UTC) + timedelta(days=2)
"""When what is stored now has lain unused for longer than a day."""


@pytest.fixture(params=["folder", "bucket"])
def stored(request: pytest.FixtureRequest, settings: Settings) -> StoredFiles:
    chosen = request.getfixturevalue("bucket") if request.param == "bucket" else settings
    return open_files(chosen)


@pytest.fixture
def services(storage: str, app: FastAPI) -> Services:
    """The application's, with each kind of storage in turn."""
    found: Services = app.state.services
    return found


def all_hashes(stored: StoredFiles) -> list[str]:
    return [one.hash for batch in stored.kept() for one in batch]


def test_the_same_content_is_kept_once_under_its_hash(stored: StoredFiles) -> None:
    content = b"Sm\xc3\xa5 dokument" * 1_000

    hashes = {stored.put(BytesIO(content)), stored.put(BytesIO(content))}

    assert hashes == {sha256(content).hexdigest()}
    assert all_hashes(stored).count(hashes.pop()) == 1


def test_a_large_content_comes_back_whole_in_pieces(stored: StoredFiles) -> None:
    content = bytes(range(256)) * 50_000

    part = stored.read(stored.put(BytesIO(content)))
    pieces = list(part.chunks)

    assert b"".join(pieces) == content
    assert len(pieces) > 1
    assert (part.start, part.end, part.size) == (0, len(content), len(content))


def test_what_is_not_there_is_said_so(stored: StoredFiles) -> None:
    with pytest.raises(NotStored):
        stored.read("0" * 64)


def test_a_storage_that_does_not_answer_is_told_without_its_address() -> None:
    away = open_files(
        Settings(
            files_url="s3://bucket?endpoint=http://127.0.0.1:9",
            files_key="key",
            files_secret="hemligt",  # type: ignore[arg-type]  # as the environment gives it
        )
    )

    with pytest.raises(FilesAway, match="does not answer"):
        away.put(BytesIO(b"x"))


def test_a_bucket_without_keys_is_refused() -> None:
    with pytest.raises(ValueError, match="SITEFINDER_FILES_KEY"):
        Settings(files_url="s3://bucket?endpoint=https://files.example.se")


def test_the_secret_of_the_bucket_is_not_shown(bucket: Settings) -> None:
    assert "test" not in repr(bucket.files_secret)


def test_bytes_that_nothing_refers_to_are_removed_once_they_are_old(
    services: Services, with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    sent = {"file": ("plan.pdf", a_pdf())}
    answer = editor.post(f"/api/v1/sites/{site.reference}/files", files=sent)
    url = answer.json()["files"][0]["url"]
    unused = services.files.put(BytesIO(b"avbruten uppladdning"))

    remove_unused(databases, services.files, services.settings, datetime.now(UTC))
    assert services.files.holds(unused)
    remove_unused(databases, services.files, services.settings, LATER)

    assert not services.files.holds(unused)
    assert editor.get(url).status_code == 200


def test_the_bytes_of_a_removed_file_stay_until_it_cannot_be_brought_back(
    services: Services, with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    address = f"/api/v1/sites/{site.reference}/files"
    file = editor.post(address, files={"file": ("plan.pdf", a_pdf(3))}).json()["files"][0]
    digest = file["url"].split("/")[-2]
    editor.delete(f"{address}/{file['id']}")

    remove_unused(databases, services.files, services.settings, LATER)
    assert services.files.holds(digest)
    remove_unused(databases, services.files, services.settings, LATER + timedelta(days=366))

    assert not services.files.holds(digest)
    back = editor.patch(
        f"{address}/{file['id']}", json={"removed": False}, headers={"If-Match": '"2-file"'}
    )
    assert back.status_code == 409


def test_the_cleaning_waits_for_an_upload_that_has_stored_its_bytes_and_not_yet_its_row(
    app: FastAPI, databases: Databases
) -> None:
    services: Services = app.state.services
    digest = services.files.put(BytesIO(b"mitt i en uppladdning"))
    cleaning = threading.Thread(
        target=remove_unused, args=(databases, services.files, services.settings, LATER)
    )

    with databases.writing(an_actor()) as session:
        wait_for_cleaning(session)
        cleaning.start()
        cleaning.join(timeout=0.5)
        waited, was_there = cleaning.is_alive(), services.files.holds(digest)
    cleaning.join(timeout=30)

    assert (waited, was_there, services.files.holds(digest)) == (True, True, False)


@pytest.fixture
def found(settings: Settings, prepared: Databases) -> Callable[[], soundness.Finding]:
    return lambda: next(
        one for one in soundness.look_over(settings) if one.name.en == "Photos and documents"
    )


def test_missing_bytes_are_found_before_a_visitor_finds_them(
    app: FastAPI,
    with_token: SignIn,
    databases: Databases,
    found: Callable[[], soundness.Finding],
) -> None:
    site, editor = a_site(databases), with_token("editor")
    address = f"/api/v1/sites/{site.reference}/files"
    file = editor.post(address, files={"file": ("plan.pdf", a_pdf(5))}).json()["files"][0]
    assert found().is_sound

    services: Services = app.state.services
    services.files.remove([file["url"].split("/")[-2]])

    assert not found().is_sound
    assert editor.get(file["url"]).status_code == 404


@pytest.mark.parametrize(
    "statement",
    [
        "delete from site_file",
        "update site_file set hash = 'x'",
        "update site_file set site_id = 2",
        "update site_file_version set actor = 'x'",
        "select * from file_public",
    ],
)
def test_the_application_cannot_lose_or_swap_a_file(databases: Databases, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="InsufficientPrivilege"),
        databases.writing(an_actor()) as session,
    ):
        session.execute(text(statement))


def test_every_change_of_a_file_leaves_who_and_what(
    with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    address = f"/api/v1/sites/{site.reference}/files"
    file = editor.post(address, files={"file": ("plan.pdf", a_pdf())}).json()["files"][0]
    one = f"{address}/{file['id']}"
    editor.patch(one, json={"caption_sv": "Plan"}, headers={"If-Match": '"1-file"'})
    editor.delete(one)

    with databases.owner.connect() as connection:
        trail = connection.execute(
            text("select version, actor, changed from site_file_version order by version")
        ).all()

    assert [tuple(row) for row in trail] == [
        (1, "editor.2183@example.se", ["added"]),
        (2, "editor.2183@example.se", ["caption_sv"]),
        (3, "editor.2183@example.se", ["removed_at"]),
    ]
