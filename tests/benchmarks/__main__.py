"""`make bench`: fills a throw-away catalogue, then measures each workload in interleaved rounds."""

import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import httpx
import typer

from seed.cluster import Cluster, throwaway_cluster
from tests.benchmarks.measuring import http_rate, pgbench_rate
from tests.benchmarks.workloads import WORKLOADS, Workload

PROGRAM = Path(sys.executable).parent / "sitefinder"
VARIANTS = 100
"""Requests of a cold round, each another filter or place; pgbench takes at most 128 files."""


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """The catalogue served by a process of its own: its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [str(PROGRAM), "serve"], env={**environment, "SITEFINDER_PORT": str(port)}
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                httpx.get(f"{address}/health/ready").raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        else:
            raise TimeoutError(address)
        yield address
    finally:
        process.terminate()
        process.wait()


@contextmanager
def filled(keep: Path | None, sites: int) -> Iterator[dict[str, str]]:
    """A catalogue of so many example sites: the environment that its commands run in.

    One that is kept is filled once, and brought to the newest shape when it is used again.
    """
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if keep:
            cluster = Cluster(keep / "postgres", durable=False)
            cluster.start()
            stack.callback(cluster.stop)
        else:
            cluster = stack.enter_context(throwaway_cluster())
        is_new = not cluster.sql("select 1 from pg_database where datname = 'bench'")
        cluster.ensure_database("bench")
        environment = {
            **os.environ,
            "SITEFINDER_DATABASE_URL": cluster.url("bench"),
            "SITEFINDER_DATA": str(folder),
            "SITEFINDER_DEMO": "false",
        }
        filling = (["seed"], ["demo", "--sites", str(sites), "--seed", "1"]) if is_new else ()
        for command in (["migrate"], *filling):
            subprocess.run([str(PROGRAM), *command], env=environment, check=True)
        yield environment


def measure(
    workload: Workload, address: str, url: str, folder: Path, rounds: int, seconds: int
) -> tuple[float, float, float, float, float]:
    """Medians: cold HTTP at 1 and 8 clients, pgbench at 1 and 8, and warm HTTP at 8."""
    program = Path(shutil.which("pgbench") or newest_pgbench())
    chance = random.Random(f"{workload.name}")
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        requests = [workload.make(chance) for _ in range(VARIANTS)]
        for clients in (1, 8):
            many = [workload.make(chance) for _ in range(20 * VARIANTS)]
            found.setdefault(f"http {clients}", []).append(
                http_rate(address, many, clients, seconds)
            )
            found.setdefault(f"pgbench {clients}", []).append(
                pgbench_rate(program, url, folder, requests, clients, seconds)
            )
        found.setdefault("warm 8", []).append(http_rate(address, requests[:10], 8, seconds))
    names = ("http 1", "http 8", "pgbench 1", "pgbench 8", "warm 8")
    one, eight, bare_one, bare_eight, warm = (statistics.median(found[name]) for name in names)
    return one, eight, bare_one, bare_eight, warm


def newest_pgbench() -> str:
    return str(max(Path("/usr/lib/postgresql").glob("*/bin/pgbench")))


def run(
    sites: Annotated[int, typer.Option(help="Sites in the catalogue")] = 100_000,
    rounds: Annotated[int, typer.Option(help="Interleaved rounds")] = 3,
    seconds: Annotated[int, typer.Option(help="Length of each measurement")] = 4,
    keep: Annotated[Path | None, typer.Option(help="Folder of a catalogue to use again")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Workloads by name; all if unsaid")] = None,
) -> None:
    """Requests a second of the served catalogue, and what share of pgbench's rate that is."""
    with filled(keep, sites) as environment, tempfile.TemporaryDirectory() as folder:
        url = environment["SITEFINDER_DATABASE_URL"].replace("postgresql+psycopg", "postgresql")
        with served(environment) as address:
            typer.echo(
                f"{sites} sites; requests a second, medians of {rounds} rounds of {seconds} s\n"
                f"{'':32}{'cold 1':>9}{'cold 8':>9}{'pgbench 1':>11}{'pgbench 8':>11}"
                f"{'ratio 1':>9}{'ratio 8':>9}{'warm 8':>9}{'warm/cold':>11}"
            )
            for workload in WORKLOADS:
                if only and workload.name not in only:
                    continue
                one, eight, bare_one, bare_eight, warm = measure(
                    workload, address, url, Path(folder), rounds, seconds
                )
                typer.echo(
                    f"{workload.name:32}{one:9.0f}{eight:9.0f}{bare_one:11.0f}{bare_eight:11.0f}"
                    f"{one / bare_one:9.2f}{eight / bare_eight:9.2f}{warm:9.0f}{warm / eight:11.1f}"
                )


if __name__ == "__main__":
    typer.run(run)
