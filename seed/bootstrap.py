"""From a fresh checkout to a served catalogue (`make run`) or to ready tools and tests.

Needs only the standard library: it runs before anything is installed.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from types import FrameType

from seed import packages, watch
from seed.cluster import DATABASE, Cluster, ClusterError
from seed.packages import COMMAND, ROOT, SetUpError
from seed.progress import Steps, say

RUN_LOCK = "requirements.txt"
TEST_LOCK = "requirements-dev.txt"
# What decides the shape and the first content of the database, and which settings do not.
SOURCES = ("geo", "catalogue", "migrations", "seed")
PLACES = {"SITEFINDER_PORT", "SITEFINDER_DATA", "SITEFINDER_DATABASE_URL"}
LONGEST_START_S = 120


def run() -> None:
    """Set everything up, serve until interrupted, and stop all that was started."""
    environment = _environment()
    _refuse_taken_port(environment["SITEFINDER_PORT"])
    Path(environment["SITEFINDER_DATA"]).mkdir(parents=True, exist_ok=True)
    steps = Steps(7)
    with ExitStack() as started:
        with _only_one():
            _set_up(steps, [RUN_LOCK], database="SITEFINDER_DATABASE_URL")
        cluster = _start_database(steps, environment, started)
        with steps.step("Schema and demo data"):
            _fill(cluster, environment)
        with steps.step("Server"):
            server = watch.start([COMMAND, "serve"], environment=environment)
            started.callback(watch.stop, server)
            _wait_until_served(server, environment)
        port, data = environment["SITEFINDER_PORT"], Path(environment["SITEFINDER_DATA"])
        say(f"\nServed after {steps.seconds:.1f} s at http://127.0.0.1:{port} – Ctrl-C stops it.")
        say(f"Demo sign-ins: {_shown(data / 'logins.json')}")
        _work_until_the_end(server, cluster, environment, started)


def prepare_tools() -> None:
    """The Python packages of developers, for `make check`."""
    steps = Steps(2)
    with _only_one():
        _set_up_python(steps, [RUN_LOCK, TEST_LOCK])


def prepare_tests() -> None:
    """All that `make test` needs; the tests start their own PostgreSQL."""
    steps = Steps(6)
    with _only_one():
        _set_up(steps, [RUN_LOCK, TEST_LOCK], database="TEST_DATABASE_URL")
        with steps.step("S3 server for tests"):
            packages.install_test_bucket()
        with steps.step("Chromium"):
            packages.install_browser(steps.note)


def _environment() -> dict[str, str]:
    """Ours, with the settings that decide where things are, in full."""
    port = os.environ.get("SITEFINDER_PORT") or os.environ.get("PORT") or "8000"
    data = ROOT / (os.environ.get("SITEFINDER_DATA") or ".local")
    return os.environ | {"SITEFINDER_PORT": port, "PORT": port, "SITEFINDER_DATA": str(data)}


def _refuse_taken_port(number: str) -> None:
    if not number.isdecimal():
        raise SetUpError(f"PORT={number} is not a number.")
    port = int(number)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as refusal:
            raise SetUpError(
                f"Port {port} cannot be used ({refusal}). Choose another: make run PORT={port + 1}"
            ) from None


@contextmanager
def _only_one() -> Iterator[None]:
    """Two instances may start from one checkout at the same time; they share its packages."""
    with (ROOT / "package.json").open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up in this checkout to finish …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _set_up_python(steps: Steps, locks: list[str]) -> None:
    with steps.step("Python environment"):
        packages.make_environment(steps.note)
    with steps.step("Python packages"):
        packages.install_python_packages(*locks)


def _set_up(steps: Steps, locks: list[str], *, database: str) -> None:
    """All packages; PostGIS only where the setting `database` names no server to use instead."""
    _set_up_python(steps, locks)
    with steps.step("Front-end packages"):
        packages.install_front_end(development=TEST_LOCK in locks)
    with steps.step("PostGIS"):
        if not os.environ.get(database):
            packages.install_postgis(steps.note)


def _start_database(
    steps: Steps, environment: dict[str, str], started: ExitStack
) -> Cluster | None:
    """Our own PostgreSQL, unless SITEFINDER_DATABASE_URL names one; its address is noted there."""
    with steps.step("Database"):
        if environment.get("SITEFINDER_DATABASE_URL"):
            steps.note("as SITEFINDER_DATABASE_URL says")
            return None
        wanted = Path(environment["SITEFINDER_DATA"], "postgres")
        cluster = Cluster(wanted)
        if cluster.folder != wanted:
            steps.note(f"user postgres cannot reach {wanted}: kept in {cluster.folder}")
        started.callback(cluster.stop)
        cluster.start()
        cluster.ensure_database(DATABASE)
        environment["SITEFINDER_DATABASE_URL"] = cluster.url(DATABASE)
        return cluster


def _fill(cluster: Cluster | None, environment: Mapping[str, str]) -> None:
    """Migrate and seed. Our own database carries a mark of what filled it, and is then left be."""
    mark = f"filled by {_filling_digest(environment)}"
    question = (
        "select shobj_description(oid, 'pg_database') from pg_database where datname = :'name'"
    )
    has_sign_ins = Path(environment["SITEFINDER_DATA"], "logins.json").exists()
    if cluster and has_sign_ins and cluster.sql(question, name=DATABASE) == mark:
        return
    packages.run_quietly([COMMAND, "migrate"], environment=environment)
    packages.run_quietly([COMMAND, "seed"], environment=environment)
    if cluster:
        cluster.sql("comment on database :\"name\" is :'mark'", name=DATABASE, mark=mark)


def _filling_digest(environment: Mapping[str, str]) -> str:
    """Changes with everything that decides what the database holds after it was filled."""
    digest = sha256((ROOT / RUN_LOCK).read_bytes())
    for name in sorted(environment):
        if name.startswith("SITEFINDER_") and name not in PLACES:
            digest.update(f"{name}={environment[name]}".encode())
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def _wait_until_served(server: subprocess.Popen[bytes], environment: Mapping[str, str]) -> None:
    address = f"http://127.0.0.1:{environment['SITEFINDER_PORT']}/health/live"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + LONGEST_START_S
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SetUpError(f"The server did not start ({server.returncode}); see above.")
        try:
            direct.open(address, timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SetUpError(f"The server does not answer at {address}.")


def _work_until_the_end(
    server: subprocess.Popen[bytes],
    cluster: Cluster | None,
    environment: Mapping[str, str],
    started: ExitStack,
) -> None:
    """Keep a worker beside the server; pages are served without one, so its end is not theirs."""
    worker = _start_worker(environment, started)
    while server.poll() is None:
        if cluster and not cluster.running:
            raise SetUpError(f"PostgreSQL ended by itself; see {cluster.log}.")
        if worker.poll() is not None:
            say(f"The worker ended by itself ({worker.returncode}) and is started again.")
            worker = _start_worker(environment, started)
        time.sleep(1)
    raise SetUpError(f"The server ended by itself ({server.returncode}).")


def _start_worker(environment: Mapping[str, str], started: ExitStack) -> subprocess.Popen[bytes]:
    worker = watch.start([COMMAND, "worker"], environment=environment)
    started.callback(watch.stop, worker)
    return worker


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> int:
    """The command line: `python -m seed.bootstrap run | tests | tools`."""
    tasks = {"run": run, "tests": prepare_tests, "tools": prepare_tools}
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, _interrupt)
    if "MAKELEVEL" in os.environ:
        # A make that is killed tells nobody.
        watch.die_with_parent()
    task = sys.argv[1] if len(sys.argv) > 1 else ""
    if task not in tasks:
        say(f"One of these, please: {', '.join(tasks)}")
        return 2
    try:
        tasks[task]()
    except KeyboardInterrupt:
        say("\nStopped.")
        return 0 if task == "run" else 130
    except (SetUpError, ClusterError) as refusal:
        say(f"\n{refusal}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
