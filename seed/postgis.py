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
    folders = {path.resolve() for path in Path("/usr/lib/postgresql").glob("*/bin")}
    if found := shutil.which("pg_config"):
        folders.add(Path(_output([found, "--bindir"])))
    programs = [
        Programs(_version(folder), folder)
        for folder in folders
        if (folder / "postgres").exists() and _has_postgis(folder)
    ]
    new_enough = [found for found in programs if found.version >= OLDEST_VERSION]
    return sorted(new_enough, key=lambda found: found.version, reverse=True)


def _version(folder: Path) -> int:
    return int(_output([folder / "postgres", "--version"]).split()[2].split(".")[0])


def _has_postgis(folder: Path) -> bool:
    debian = Path("/usr/share/postgresql", folder.parent.name)
    share = debian if debian.exists() else Path(_output([folder / "pg_config", "--sharedir"]))
    return (share / "extension/postgis.control").exists()


def _output(command: list[str | Path]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
