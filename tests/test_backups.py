"""The whole catalogue in one file, and back from it, as an operator does it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, create_engine, make_url, text
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from api.commands import app as commands
from catalogue.database import Databases, connect
from catalogue.files.stored_files import open_files
from catalogue.schema import migrate, newest_revision
from catalogue.settings import Settings
from seed import postgis
from tests.builders import PASSWORD, a_site, an_account, an_actor
from tests.conftest import sweep
from tests.file_builders import PICTURE_ALT, a_pdf, a_photo

SITE_KEY = "kUo3ePXn2Qm1S6l6cVtVb3pV0kQ0m3m1JcA1u2QxT2E="
OLDER = "0350"
"""A revision before the newest."""
Rows = dict[str, list[str]]


@dataclass(frozen=True)
class Original:
    """The archive of a catalogue, and what that held."""

    archive: Path
    said: str
    rows: Rows
    shape: str
    photo: bytes


@dataclass(frozen=True)
class Restored:
    """Another installation, which keeps its files in a bucket."""

    engine: Engine
    environment: dict[str, str]
    result: Result


NOWHERE = {"SITEFINDER_DATABASE_URL": "postgresql+psycopg://nobody@/nowhere"}
"""For what asks no database; without an address the command would look for one that is served."""


def run(environment: dict[str, str], *arguments: str | Path) -> Result:
    said = [str(argument) for argument in arguments]
    return CliRunner().invoke(commands, said, env=environment)


def rows_of(engine: Engine) -> Rows:
    """Every row of every table as text; sorted, since a table has no order."""
    names = "select tablename from pg_tables where schemaname = 'public' order by 1"
    with engine.connect() as connection:
        return {
            name: sorted(connection.scalars(text(f"select t::text from {name} t")))
            for name in connection.scalars(text(names)).all()
        }


def shape_of(engine: Engine) -> str:
    """Tables, functions, triggers, policies and grants, as pg_dump writes them."""
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    dump = [postgis.installed()[0].folder / "pg_dump", "--schema-only", "-d", url]
    written = subprocess.run(dump, capture_output=True, text=True, check=True).stdout
    return "\n".join(line for line in written.splitlines() if "restrict " not in line)


def names_on(server: Engine) -> set[str]:
    with server.connect() as connection:
        return set(connection.scalars(text("select datname from pg_database")))


@contextmanager
def a_database(database_url: str, name: str) -> Iterator[Engine]:
    """Empty; gone afterwards, with those that a restore left beside it."""
    server = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine = create_engine(make_url(database_url).set(database=name))
    yield engine
    engine.dispose()
    for left in sorted(one for one in names_on(server) if one.startswith(name)):
        with server.connect() as connection:
            connection.execute(text(f"drop database {left} with (force)"))
    server.dispose()


def environment_of(engine: Engine, data: Path) -> dict[str, str]:
    return {
        "SITEFINDER_DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "SITEFINDER_DATA": str(data),
        "SITEFINDER_SECRET_KEY": SITE_KEY,
    }


@pytest.fixture(scope="module")
def original(
    app: FastAPI,
    prepared: Databases,
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> Original:
    """Two sites, one with a photo and a document, hours, a snapshot and somebody signed in."""
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    email, token = an_account(prepared, "project", None)
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    editor = {"Authorization": f"Bearer {an_account(prepared, 'editor', '2183')[1]}"}
    site = a_site(prepared, power_now_mw=80)
    a_site(prepared, municipality="2184", status="draft")
    files = f"/api/v1/sites/{site.reference}/files"
    described = {"alt_sv": PICTURE_ALT, "visibility": "public"}
    sent = client.post(files, files={"file": ("a.jpg", a_photo())}, data=described, headers=editor)
    client.post(files, files={"file": ("plan.pdf", a_pdf())}, headers=editor)
    project = {"Authorization": f"Bearer {token}"}
    client.post(
        "/api/v1/snapshots", json={"name": "Rapport 8", "as_of": "2026-10-31"}, headers=project
    )
    folder = tmp_path_factory.mktemp("backups")
    written = run(environment_of(prepared.owner, settings.data), "backup", folder)
    assert written.exit_code == 0, written.output
    (archive,) = folder.iterdir()
    made = Original(
        archive,
        written.output,
        rows_of(prepared.owner),
        shape_of(prepared.owner),
        client.get(sent.json()["files"][0]["url"]).content,
    )
    sweep(prepared)
    return made


@pytest.fixture(scope="module")
def restored(
    original: Original,
    database_url: str,
    bucket: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Restored]:
    with a_database(database_url, "sitefinder_elsewhere") as engine:
        assert bucket.files_url
        environment = environment_of(engine, tmp_path_factory.mktemp("elsewhere")) | {
            "SITEFINDER_FILES_URL": bucket.files_url,
            "SITEFINDER_FILES_KEY": "test",
            "SITEFINDER_FILES_SECRET": "test",
        }
        yield Restored(engine, environment, run(environment, "restore", original.archive))


def altered(original: Original, folder: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """A copy of the archive with other parts in it."""
    with ZipFile(original.archive) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    change(parts)
    target = folder / "altered.zip"
    with ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target


def put(held: dict[str, bytes], **values: object) -> None:
    """In the manifest."""
    held["manifest.json"] = json.dumps(json.loads(held["manifest.json"]) | values).encode()


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_what_is_restored_is_sound(restored: Restored) -> None:
    assert restored.result.exit_code == 0, restored.result.output
    assert "WRONG" not in restored.result.output
    assert "1 whole, seal" in restored.result.output


def test_every_row_comes_back_but_nobody_is_signed_in(
    original: Original, restored: Restored
) -> None:
    expected, found = dict(original.rows), rows_of(restored.engine)

    assert len(expected.pop("sign_in_session")) == 1
    assert found.pop("sign_in_session") == []
    # What browsers have kept since the backup was made is keyed by the version, see below.
    assert expected.pop("catalogue_state") != found.pop("catalogue_state")
    assert len(expected["site_file"]) == 2
    assert found == expected


def test_the_version_is_one_that_nobody_has_seen(original: Original, restored: Restored) -> None:
    was = int(original.rows["catalogue_state"][0].strip("()").split(",")[1])
    with restored.engine.connect() as connection:
        now = connection.scalar(text("select version from catalogue_state"))

    assert now == was + 1_000_000


def test_rules_triggers_and_grants_come_back(original: Original, restored: Restored) -> None:
    assert "CREATE POLICY" in original.shape
    assert shape_of(restored.engine) == original.shape


def test_an_editor_of_another_municipality_still_sees_no_draft(restored: Restored) -> None:
    databases = connect(Settings(database_url=str(restored.environment["SITEFINDER_DATABASE_URL"])))
    with databases.writing(an_actor("editor", "2180")) as session:
        seen = session.scalars(text("select count(*) from site where status = 'draft'")).one()
    databases.dispose()

    assert seen == 0


def test_every_file_comes_back_byte_for_byte(
    original: Original, restored: Restored, settings: Settings, bucket: Settings
) -> None:
    with ZipFile(original.archive) as archive:
        hashes = [name[-64:] for name in archive.namelist() if name.startswith("files/")]

    def contents(of: Settings) -> list[bytes]:
        return [b"".join(open_files(of).read(one).chunks) for one in hashes]

    assert original.photo in contents(bucket)
    assert contents(bucket) == contents(settings)


def test_a_bucket_is_backed_up_as_a_folder_is(
    original: Original, restored: Restored, tmp_path: Path
) -> None:
    result = run(restored.environment, "backup", tmp_path / "again.zip")

    assert result.exit_code == 0, result.output
    with ZipFile(original.archive) as first, ZipFile(tmp_path / "again.zip") as second:
        assert first.namelist() == second.namelist()


def test_an_archive_is_for_its_owner_and_holds_no_key(original: Original) -> None:
    assert original.archive.stat().st_mode & 0o777 == 0o600
    assert SITE_KEY.encode() not in original.archive.read_bytes()
    assert "Not in it: the settings, and the key" in original.said


def test_the_manifest_tells_what_the_archive_holds(original: Original) -> None:
    with ZipFile(original.archive) as archive:
        manifest = json.loads(archive.read("manifest.json"))

    assert manifest["revision"] == newest_revision()
    assert (manifest["rows"]["site"], manifest["rows"]["account"]) == (2, 2)
    assert {one["name"]: one["size_bytes"] for one in manifest["parts"]} == {
        entry.filename: entry.file_size
        for entry in archive.infolist()
        if entry.filename != "manifest.json"
    }


def test_the_dump_can_be_read_without_sitefinder(original: Original) -> None:
    with ZipFile(original.archive) as archive:
        listed = subprocess.run(
            [postgis.installed()[0].folder / "pg_restore", "--list"],
            input=archive.read("database.dump"),
            capture_output=True,
            check=True,
        )

    assert b"TABLE DATA public site_version" in listed.stdout


def test_nothing_is_overwritten(
    original: Original, prepared: Databases, settings: Settings
) -> None:
    before = original.archive.read_bytes()

    result = run(environment_of(prepared.owner, settings.data), "backup", original.archive)

    assert result.exit_code == 1
    assert "is not overwritten" in result.output
    assert original.archive.read_bytes() == before


def test_a_backup_that_cannot_be_made_leaves_nothing(
    database_url: str, tmp_path: Path, settings: Settings
) -> None:
    with a_database(database_url, "sitefinder_nothing") as engine:
        result = run(environment_of(engine, settings.data), "backup", tmp_path)

    assert result.exit_code == 1
    assert "there is nothing to back up" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_content_that_is_lost_is_named_and_the_rest_kept(
    databases: Databases, settings: Settings, tmp_path: Path
) -> None:
    a_site(databases)
    with databases.owner.begin() as connection:
        connection.exec_driver_sql(
            "insert into site_file (site_id, municipality, kind, hash, name, media_type, size_bytes,"
            " position) select id, municipality, 'document', repeat('0', 64), 'x', 'x', 1, 1 from site"
        )

    result = run(environment_of(databases.owner, settings.data), "backup", tmp_path / "a.zip")

    assert result.exit_code == 0, result.output
    assert f"1 contents were not in the store, such as {'0' * 64}" in result.output


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (
            lambda parts: parts.update({"database.dump": flipped(parts["database.dump"])}),
            "database",
        ),
        (
            lambda parts: parts.update(
                {name: flipped(parts[name]) for name in parts if name.startswith("files/")}
            ),
            "files/",
        ),
        (lambda parts: parts.pop(next(n for n in parts if n.startswith("files/"))), "manifest"),
        (lambda parts: parts.update({"files/../../x": b""}), "manifest"),
    ],
    ids=["database", "file", "a part taken away", "a part put in"],
)
def test_an_archive_that_was_changed_is_refused(
    original: Original,
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], object],
    part: str,
) -> None:
    result = run(NOWHERE, "restore", "--verify", altered(original, tmp_path, change))

    assert result.exit_code == 1
    assert "is damaged or has been changed" in result.output
    assert part in result.output.splitlines()[-1]


def test_a_whole_archive_is_told_to_be_whole(original: Original) -> None:
    result = run(NOWHERE, "restore", "--verify", original.archive)

    assert result.exit_code == 0, result.output
    assert "each with its SHA-256" in result.output


def a_truncated(original: Original) -> bytes:
    return original.archive.read_bytes()[:-5_000]


def another_zip(_: Original) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("manifest.json", "[]")
    return made.getvalue()


@pytest.mark.parametrize("content", [a_truncated, another_zip, lambda _: b"\x89PNG"])
def test_a_wrong_file_is_refused_in_a_line(
    original: Original, tmp_path: Path, content: Callable[[Original], bytes]
) -> None:
    file = tmp_path / "wrong"
    file.write_bytes(content(original))

    result = run(NOWHERE, "restore", file)

    assert result.exit_code == 1
    assert result.output == f"{file} is no backup made by SiteFinder, or it is not whole.\n"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"revision": "9999"}, "(9999) is newer than this one"),
        ({"format": 2}, "was made by a newer SiteFinder"),
    ],
)
def test_an_archive_of_a_newer_program_is_refused_in_words(
    original: Original, tmp_path: Path, values: dict[str, object], said: str
) -> None:
    newer = altered(original, tmp_path, lambda parts: put(parts, **values))

    result = run(NOWHERE, "restore", "--verify", newer)

    assert result.exit_code == 1
    assert said in result.output


def test_an_older_archive_is_brought_to_the_newest_shape(
    database_url: str, settings: Settings, tmp_path: Path
) -> None:
    with a_database(database_url, "sitefinder_older") as engine:
        migrate(engine, OLDER)
        environment = environment_of(engine, settings.data)
        run(environment, "backup", tmp_path / "older.zip")
        engine.dispose()

        result = run(environment, "restore", tmp_path / "older.zip")

        assert f"Brought from {OLDER} to {newest_revision()}" in result.output
        with engine.connect() as connection:
            assert connection.scalar(text("table alembic_version")) == newest_revision()


def test_a_catalogue_is_replaced_only_when_told_so_and_whole(
    original: Original, restored: Restored
) -> None:
    with restored.engine.begin() as connection:
        connection.execute(text("update account set name = 'Senare'"))
    refused = run(restored.environment, "restore", original.archive)
    before = rows_of(restored.engine)
    restored.engine.dispose()
    killed(restored, "restore", "--replace", str(original.archive))
    after_kill = rows_of(restored.engine)

    result = run(restored.environment, "restore", "--replace", original.archive)

    assert (refused.exit_code, "--replace" in refused.output) == (1, True)
    assert after_kill == before
    assert result.exit_code == 0, result.output
    restored.engine.dispose()
    assert rows_of(restored.engine)["account"] == original.rows["account"]
    (kept,) = [
        name for name in names_on(restored.engine) if name.startswith("sitefinder_elsewhere_")
    ]
    assert kept in result.output
    old = create_engine(restored.engine.url.set(database=kept))
    assert rows_of(old) == before
    old.dispose()


def killed(restored: Restored, *arguments: str) -> None:
    """Killed as the machine would, with the other database half made."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from api.commands import app; app()", *arguments],
        env=os.environ | restored.environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while "sitefinder_elsewhere_restoring" not in names_on(restored.engine):
            assert process.poll() is None
            time.sleep(0.05)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_a_dump_that_cannot_be_read_leaves_the_catalogue(
    original: Original, restored: Restored, tmp_path: Path
) -> None:
    """The manifest fits it: whoever made the archive made it wrongly."""

    def shortened(parts: dict[str, bytes]) -> None:
        parts["database.dump"] = parts["database.dump"][:-100_000]
        first, *others = json.loads(parts["manifest.json"])["parts"]
        size, digest = len(parts["database.dump"]), sha256(parts["database.dump"]).hexdigest()
        put(parts, parts=[first | {"size_bytes": size, "sha256": digest}, *others])

    before = rows_of(restored.engine)
    broken = altered(original, tmp_path, shortened)

    result = run(restored.environment, "restore", "--replace", broken)

    assert result.exit_code == 1
    assert "pg_restore failed: pg_restore: error:" in result.output.splitlines()[-1]
    assert rows_of(restored.engine) == before
    assert "sitefinder_elsewhere_restoring" not in names_on(restored.engine)


@pytest.fixture
def poor_owner(database_url: str) -> Iterator[Engine]:
    """An empty database whose owner may not make others."""
    name = "sitefinder_poor"
    with a_database(database_url, name) as engine:
        with engine.begin() as connection:
            connection.execute(text(f"create role {name} login"))
            connection.execute(text(f"alter database {name} owner to {name}"))
        yield create_engine(engine.url.set(username=name))
        with engine.begin() as connection:
            connection.execute(text(f"alter database {name} owner to current_user"))
            connection.execute(text(f"drop role {name}"))


def test_an_owner_who_may_make_no_database_is_told_so(
    original: Original, poor_owner: Engine, settings: Settings
) -> None:
    result = run(environment_of(poor_owner, settings.data), "restore", original.archive)

    assert result.exit_code == 1
    assert "may not create databases" in result.output


def test_programs_as_new_as_the_server_are_needed() -> None:
    newest = postgis.installed()[0]

    assert postgis.client_programs(newest.version) == newest.folder
    assert postgis.client_programs(99) is None
