"""The PostgreSQL servers with PostGIS that this machine has."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST_VERSION = 14


@dataclass(frozen=True)
class Programs:
    """An installed PostgreSQL that has PostGIS."""

    version: int
    folder: Path


def installed() -> list[Programs]:
    """Every PostgreSQL with PostGIS on this machine that is new enough, the newest first."""
    programs = [
        Programs(_version(folder / "postgres"), folder)
        for folder in _folders()
        if (folder / "postgres").exists() and _has_postgis(folder)
    ]
    new_enough = [found for found in programs if found.version >= OLDEST_VERSION]
    return sorted(new_enough, key=lambda found: found.version, reverse=True)


def client_programs(server_version: int) -> Path | None:
    """The folder of the `pg_dump` nearest to a server's version: of its own, or a newer one."""
    found = {_version(folder / "pg_dump"): folder for folder in _folders() if _dumps(folder)}
    version = min((one for one in found if one >= server_version), default=None)
    return found[version] if version else None


def _folders() -> list[Path]:
    """Those of a version of their own last: what lies on the path may only lead to them."""
    folders = [Path(found).parent] if (found := shutil.which("pg_dump")) else []
    if found := shutil.which("pg_config"):
        folders.append(Path(_output([found, "--bindir"])))
    folders += [path.resolve() for path in Path("/usr/lib/postgresql").glob("*/bin")]
    return list(dict.fromkeys(folders))


def _dumps(folder: Path) -> bool:
    return (folder / "pg_dump").exists() and (folder / "pg_restore").exists()


def _version(program: Path) -> int:
    """Of a line such as `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`."""
    return int(_output([program, "--version"]).split()[2].split(".")[0])


def _has_postgis(folder: Path) -> bool:
    debian = Path("/usr/share/postgresql", folder.parent.name)
    share = debian if debian.exists() else Path(_output([folder / "pg_config", "--sharedir"]))
    return (share / "extension/postgis.control").exists()


def _output(command: list[str | Path]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
