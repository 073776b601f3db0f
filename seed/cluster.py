"""A private PostgreSQL in a folder: reached through a Unix socket, apart from any other server.

Needs only the standard library, so that it works before anything is installed.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from seed import postgis, watch

OWNER = "sitefinder"
DATABASE = "sitefinder"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH_BYTES = 107

SETTINGS = {
    "listen_addresses": "",
    "cluster_name": "sitefinder",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "100",
    "jit": "off",
    "wal_compression": "on",
    "min_wal_size": "128MB",
    "max_wal_size": "2GB",
}
FORGETFUL_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ClusterError(Exception):
    """The private PostgreSQL cannot be found, made or started; the message says what to do."""


class Cluster:
    """PostgreSQL's data in a folder, and the server that runs on it.

    Started as root it runs as user postgres, since PostgreSQL refuses root. Where that user
    cannot reach the folder, `folder` is another one under /var/tmp, the same every time.
    A cluster that is not `durable` is faster and lost when the machine stops.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.account = _account()
        self.folder = _reachable(folder.absolute(), self.account)
        self.durable = durable
        self._server: subprocess.Popen[bytes] | None = None
        self._short_folder: Path | None = None

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def running(self) -> bool:
        """Whether a server runs on the folder, whoever started it."""
        try:
            process = self._status()[0]
            return Path("/proc", process, "cwd").samefile(self.folder)
        except (OSError, IndexError):
            return False

    def start(self) -> None:
        """Make the cluster where there is none and start its server, unless it runs already."""
        while self.running and self._status()[7:] == ["stopping"]:
            time.sleep(0.02)
        if not self.running:
            self._make()
            self._launch()
        while self._status()[7:] != ["ready"]:
            if not self.running and (self._server is None or self._server.poll() is not None):
                raise ClusterError(f"PostgreSQL did not start:\n{self._end_of_log()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server if this object started it; open connections are closed."""
        if self._server is None:
            return
        watch.stop(self._server, signal.SIGINT, patience_s=60)
        self._server = None
        if self._short_folder:
            shutil.rmtree(self._short_folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """The address of a database, as SQLAlchemy with psycopg takes it."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={quote(str(self._socket_folder()))}"

    def ensure_database(self, name: str) -> None:
        """Make the database unless it exists."""
        exists = "select 1 from pg_database where datname = :'name'"
        if not self.sql(exists, name=name):
            self.sql('create database :"name"', name=name)

    def drop_database(self, name: str) -> None:
        """Remove the database if it exists, and close whatever is connected to it."""
        self.sql('drop database if exists :"name" with (force)', name=name)

    def sql(self, statement: str, **values: str) -> str:
        """What psql prints for a statement outside any database of ours.

        `:'key'` stands for a value as text, `:"key"` for a value as a name.
        """
        psql = self._programs() / "psql"
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        given = [f"--set={key}={value}" for key, value in values.items()]
        place = ["-h", str(self._socket_folder()), "-U", OWNER, "-d", "postgres"]
        answer = subprocess.run(
            [psql, *options, *given, *place],
            input=statement,
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode:
            raise ClusterError(answer.stderr.strip())
        return answer.stdout.strip()

    def _status(self) -> list[str]:
        """The lines of postmaster.pid: process, folder, …, the socket's folder, …, state."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
        except PermissionError:
            raise ClusterError(
                f"{self.folder} belongs to another user. Use another SITEFINDER_DATA."
            ) from None
        return [line.strip() for line in lines]

    def _socket_folder(self) -> Path:
        return Path(self._status()[4])

    def _programs(self) -> Path:
        """The programs for this cluster: of its own version, for a new one the newest."""
        made_by = self.folder / "PG_VERSION"
        version = int(made_by.read_text()) if made_by.exists() else None
        for found in postgis.installed():
            if version in (None, found.version):
                return found.folder
        raise ClusterError(f"PostgreSQL {version or ''} with PostGIS is not installed.")

    def _make(self) -> None:
        if (self.folder / "PG_VERSION").exists():
            return
        # Renamed when complete: an interrupted initdb leaves what looks like a cluster.
        unfinished = self.folder.with_name(f"{self.folder.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        if self.account:
            os.chown(unfinished, self.account.pw_uid, self.account.pw_gid)
        choices = ["-A", "trust", "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        with tempfile.TemporaryFile() as output:
            initdb = watch.start(
                [self._programs() / "initdb", *choices, "-D", unfinished],
                folder=Path("/"),
                output=output,
                account=self.account,
            )
            if initdb.wait():
                output.seek(0)
                raise ClusterError(f"initdb failed:\n{output.read().decode(errors='replace')}")
        unfinished.rename(self.folder)

    def _launch(self) -> None:
        self._remove_stale_status()
        settings = SETTINGS if self.durable else SETTINGS | FORGETFUL_SETTINGS
        options = [f"--{name}={value}" for name, value in settings.items()]
        socket_folder = self.folder
        if len(os.fsencode(self.folder / SOCKET)) > LONGEST_SOCKET_PATH_BYTES:
            socket_folder = self._short_folder = _short_folder(self.account)
        with self.log.open("wb") as output:
            self._server = watch.start(
                [self._programs() / "postgres", "-D", self.folder, "-k", socket_folder, *options],
                folder=self.folder,
                output=output,
                account=self.account,
                last_signal=signal.SIGINT,
            )
        while not self.running and self._server.poll() is None:
            time.sleep(0.02)

    def _remove_stale_status(self) -> None:
        """After a crash the process id on file may belong to another program by now.

        PostgreSQL would take that for a running server; a free id it understands itself.
        """
        lines = self._status()
        if lines and Path("/proc", lines[0]).exists():
            (self.folder / "postmaster.pid").unlink()

    def _end_of_log(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-15:])


def running_url(data: Path) -> str | None:
    """The address of the database that `make run` serves from a data folder; None while it does not."""
    try:
        cluster = Cluster(data / "postgres")
        return cluster.url(DATABASE) if cluster.running else None
    except ClusterError:
        return None


@contextmanager
def throwaway_cluster() -> Iterator[Cluster]:
    """A cluster for tests: fast, and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sitefinder-", ignore_cleanup_errors=True) as folder:
        # User postgres must get through it; the cluster's own folder stays closed.
        Path(folder).chmod(0o711)
        cluster = Cluster(Path(folder, "postgres"), durable=False)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as, where that is not us."""
    if os.geteuid():
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise ClusterError("PostgreSQL refuses root, and there is no user postgres.") from None


def _reachable(folder: Path, account: pwd.struct_passwd | None) -> Path:
    if account is None or all(_may_enter(parent, account) for parent in folder.parents):
        return folder
    name = sha256(os.fsencode(folder)).hexdigest()[:12]
    place = Path("/var/tmp", f"sitefinder-{name}")  # noqa: S108 - owned and closed, see below
    place.mkdir(mode=0o711, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid:
        raise ClusterError(f"{place} belongs to another user. Use another SITEFINDER_DATA.")
    return place / folder.name


def _may_enter(folder: Path, account: pwd.struct_passwd) -> bool:
    if not folder.exists():
        return True
    test = subprocess.run(
        ["test", "-x", folder],
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return test.returncode == 0


def _short_folder(account: pwd.struct_passwd | None) -> Path:
    """Where the socket goes when the cluster's path is too long for one; closed to others too."""
    folder = Path(tempfile.mkdtemp(prefix="sitefinder-"))
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder
