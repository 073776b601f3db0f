"""One throw-away cluster, one migrated database and one browser for all tests.

Tests write for real, in the application's own roles, and what they wrote is swept away after each.
`TEST_DATABASE_URL` names an empty database to use instead of the cluster.
"""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from pydantic import SecretStr
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from api.context import Services
from api.main import create_app
from catalogue import schema
from catalogue.database import AccountRole, Databases, connect
from catalogue.files.stored_files import open_files
from catalogue.settings import Settings
from catalogue.tables import metadata
from seed.base import seed_base
from seed.cluster import throwaway_cluster
from seed.packages import BROWSERS
from tests.buckets import BUCKET, s3_server
from tests.builders import PASSWORD, RULES, an_account
from tests.mail_servers import Inbox, mail_server, with_mail

RESTORED = (
    "activity", "municipality", "municipality_listing_public", "municipality_listing_registered",
    "organisation", "service_area",
)  # fmt: skip
SEEDED = {*RESTORED, "layer_feature", "reference_word", "catalogue_state"}
QUEUE = (
    "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_events",
    "procrastinate_workers",
)  # fmt: skip
SWEPT = (*(name for name in metadata.tables if name not in SEEDED), *QUEUE)
WRITTEN = " union all ".join(f"select '{name}' where exists (select from {name})" for name in SWEPT)
NUMBERED = ", ".join(
    f"'{table}_{column}_seq'"
    for table, column in (
        *((one.name, c.name) for one in metadata.tables.values() for c in one.c if c.identity),
        *((name, "id") for name in QUEUE),
    )
    if table in SWEPT
)
BEGIN_AGAIN = f"""select setval(sequencename::text, 1, false) from pg_sequences
    where sequencename in ({NUMBERED}) and last_value is not null"""
CHANGED = " union all ".join(
    f"""select '{name}' from {name} having count(*) <> (select count(*) from {name}_kept)
        or max(xmin::text::bigint) > (select max(xmin::text::bigint) from {name}_kept)"""
    for name in RESTORED
)
"""The tables with another number of rows than they came with, or a row written since."""
NO_HELPERS = """do $$ begin
    execute format('alter database %%I set max_parallel_workers_per_gather = 0', current_database());
end $$"""
"""Of tables without statistics much is expected: whole processes are started to read three rows."""
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

LONGEST_WAIT_MS = 15_000
"""For what a page is to show: others may be at work on the machine."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: from the first on, Playwright keeps an event loop running."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with throwaway_cluster() as cluster:
        cluster.ensure_database("sitefinder_test")
        yield cluster.url("sitefinder_test")


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        database_url=database_url,
        data=tmp_path_factory.mktemp("data"),
        pool_size=4,
        sign_in_attempts="1000/minute",
        answer_attempts="1000/minute",
        form_attempts="1000/minute",
    )


@pytest.fixture(scope="session")
def prepared(settings: Settings) -> Iterator[Databases]:
    """The database migrated and seeded with the county's municipalities and layers, no sites."""
    databases = connect(settings)
    with databases.owner.begin() as connection:
        connection.exec_driver_sql(NO_HELPERS)
    databases.owner.dispose()
    schema.migrate(databases.owner)
    with Session(databases.owner) as session, session.begin():
        seed_base(session, settings.county, RULES)
        connection = session.connection()
        for name in RESTORED:
            connection.exec_driver_sql(f"drop table if exists {name}_kept")
            connection.exec_driver_sql(f"create table {name}_kept as table {name}")
    yield databases
    databases.dispose()


@pytest.fixture
def databases(prepared: Databases) -> Iterator[Databases]:
    """The database without any site; swept after the test."""
    yield prepared
    sweep(prepared)


def sweep(databases: Databases) -> None:
    """Back to no sites and no accounts, whatever a test wrote."""
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        # Not truncated: that makes new files for every table, and costs more than most tests.
        for name in connection.exec_driver_sql(WRITTEN).scalars().all():
            connection.exec_driver_sql(f"delete from {name}")
        connection.exec_driver_sql(BEGIN_AGAIN)
        for name in connection.exec_driver_sql(CHANGED).scalars().all():
            connection.exec_driver_sql(f"delete from {name}")
            connection.exec_driver_sql(f"insert into {name} table {name}_kept")
            # Written anew as well, so that the two are of one age.
            connection.exec_driver_sql(f"delete from {name}_kept")
            connection.exec_driver_sql(f"insert into {name}_kept table {name}")
        connection.exec_driver_sql("set local session_replication_role = origin")
        connection.exec_driver_sql(
            "update catalogue_state set version = version + 1, has_examples = false, settings = '{}'"
        )


@pytest.fixture(scope="session")
def app(settings: Settings, prepared: Databases) -> Iterator[FastAPI]:
    made = create_app(settings, RULES)
    yield made
    made.state.services.databases.dispose()


@pytest.fixture
def client(app: FastAPI, databases: Databases) -> TestClient:
    """Somebody who has not signed in."""
    return TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


@pytest.fixture
def signed_in(app: FastAPI, databases: Databases) -> Callable[..., TestClient]:
    """`signed_in("editor", "2183")`: a browser's session, with its cookie and CSRF header."""

    def sign_in(role: AccountRole, municipality: str | None = "2183") -> TestClient:
        email, _ = an_account(databases, role, municipality)
        client = TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
        answer = client.post(
            "/sign-in", data={"email": email, "password": PASSWORD}, follow_redirects=False
        )
        assert answer.status_code == 303, answer.text
        return client

    return sign_in


@pytest.fixture
def with_token(app: FastAPI, databases: Databases) -> Callable[..., TestClient]:
    """`with_token("editor", "2183")`: a program that sends that account's bearer token."""

    def authorised(role: AccountRole, municipality: str | None = "2183") -> TestClient:
        _, token = an_account(databases, role, municipality)
        return TestClient(
            app,
            base_url="http://127.0.0.1:8000",
            headers={"Authorization": f"Bearer {token}"},
            raise_server_exceptions=False,
        )

    return authorised


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def mailing(inbox: Inbox, settings: Settings) -> Iterator[Settings]:
    """Settings with a mail server that fills the inbox."""
    with mail_server(inbox) as place:
        yield with_mail(settings, place)


@pytest.fixture(scope="session")
def server(app: FastAPI) -> Iterator[str]:
    """The application served on a free port of the loopback: its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{port}"
    wait_for(address)
    yield address
    served.should_exit = True
    thread.join(timeout=10)


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            httpx.get(f"{address}/health/live")
        except httpx.ConnectError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(address)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        expect.set_options(timeout=LONGEST_WAIT_MS)
        yield opened
        opened.close()


@pytest.fixture
def browsing(browser: Browser, server: str, databases: Databases) -> Iterator[BrowserContext]:
    """A fresh browser profile on the served application, 1440 px wide, in Swedish."""
    context = browser.new_context(
        base_url=server, viewport={"width": 1440, "height": 900}, locale="sv-SE"
    )
    context.set_default_timeout(LONGEST_WAIT_MS)
    yield context
    context.close()


@pytest.fixture(scope="session")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings that keep files in a bucket of a real S3 server."""
    with s3_server() as address:
        yield Settings(
            files_url=f"s3://{BUCKET}/files?endpoint={address}&region=eu-north-1",
            files_key="test",
            files_secret=SecretStr("test"),
            data=tmp_path_factory.mktemp("bucket"),
        )


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, app: FastAPI) -> Iterator[str]:
    """The application with each kind of storage in turn."""
    services: Services = app.state.services
    if request.param == "bucket":
        files = open_files(request.getfixturevalue("bucket"))
        app.state.services = replace(services, files=files)
    yield request.param
    app.state.services = services
