"""Rates: of the served catalogue over HTTP, and of pgbench on the same statements."""

import http.client
import itertools
import os
import re
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from catalogue.database import SESSION_OPTIONS
from tests.benchmarks.workloads import Request

TPS = re.compile(r"tps = ([\d.]+)")


def http_rate(address: str, requests: Sequence[Request], clients: int, seconds: float) -> float:
    """Requests a second; every client takes the next address that nobody has asked for."""
    following = itertools.cycle(requests)
    lock, stop_at = threading.Lock(), time.perf_counter() + seconds
    done = [0] * clients

    def ask(client: int) -> None:
        connection = http.client.HTTPConnection(urlsplit(address).netloc)
        while time.perf_counter() < stop_at:
            with lock:
                path = next(following).path
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status not in (200, 404):
                raise RuntimeError(f"{answer.status} {path}")
            done[client] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - started)


def pgbench_rate(
    program: Path, url: str, folder: Path, requests: Sequence[Request], clients: int, seconds: int
) -> float:
    """Transactions a second, each the statements of one request, in random order; with the settings
    that the catalogue's own sessions have."""
    files = []
    for number, request in enumerate(requests):
        file = folder / f"{number}.sql"
        file.write_text(";\n".join(request.statements) + ";\n", "utf-8")
        files += ["-f", str(file)]
    finished = subprocess.run(
        [str(program), "-n", "-c", str(clients), "-j", "1", "-T", str(seconds), *files, url],
        env={**os.environ, "PGOPTIONS": SESSION_OPTIONS},
        capture_output=True,
        text=True,
        check=True,
    )
    found = TPS.search(finished.stdout)
    if found is None:
        raise RuntimeError(finished.stdout + finished.stderr)
    return float(found.group(1))
