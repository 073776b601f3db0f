"""A browser that goes away while it sends: nothing is wrong, and the server's log says so."""

import logging
import queue
import socket
from collections.abc import Callable, Iterator
from logging.handlers import QueueHandler
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

SignIn = Callable[..., TestClient]
Records = queue.Queue[logging.LogRecord]
FORM = "multipart/form-data; boundary=x"
LOGGERS = ("sitefinder", "uvicorn.error", "asyncio")


@pytest.fixture
def told() -> Iterator[Records]:
    """What the server logs, of any importance."""
    records: Records = queue.Queue()
    handler = QueueHandler(records)
    before = {name: logging.getLogger(name).level for name in LOGGERS}
    for name in LOGGERS:
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(logging.INFO)
    yield records
    for name, level in before.items():
        logging.getLogger(name).removeHandler(handler)
        logging.getLogger(name).setLevel(level)


def leave(server: str, path: str, kind: str, heading: str) -> None:
    """In the middle of what was promised."""
    place = urlsplit(server)
    head = f"POST {path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: {kind}\r\n{heading}"
    with socket.create_connection((place.hostname, place.port)) as connection:
        connection.sendall(f"{head}\r\nContent-Length: 5000\r\n\r\n--x".encode())


def assert_one_quiet_line(told: Records, path: str) -> None:
    line = told.get(timeout=10)

    assert line.getMessage() == f"POST {path}: gone before all of it was sent"
    assert (line.levelno, line.exc_info) == (logging.INFO, None)
    assert told.empty()


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/sign-in", "application/x-www-form-urlencoded"), ("/workspace/import", FORM)],
)
def test_a_browser_that_leaves_in_the_middle_of_a_form_is_one_quiet_line(
    server: str, signed_in: SignIn, told: Records, path: str, kind: str
) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in signed_in("editor").cookies.items())

    leave(server, path, kind, f"Cookie: {cookies}")

    assert_one_quiet_line(told, path)


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/v1/imports", FORM), ("/api/v1/sites", "application/json")]
)
def test_a_program_that_leaves_is_too(
    server: str, with_token: SignIn, told: Records, path: str, kind: str
) -> None:
    token = with_token("editor").headers["Authorization"]

    leave(server, path, kind, f"Authorization: {token}")

    assert_one_quiet_line(told, path)
