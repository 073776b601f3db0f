"""A file somebody sent, looked at before anything is kept: what it is, cleaned, with its previews."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from threading import BoundedSemaphore
from typing import IO, Any

from catalogue.errors import FileNotAccepted, FileTooLarge
from catalogue.files.file_rendering import TOO_MANY_PIXELS
from catalogue.files.file_types import HEIC, JPEG, PDF, FileType, file_type, safe_name
from catalogue.settings import Settings
from geo.texts import Text

LONGEST_RENDERING_S = 60
AT_ONCE = BoundedSemaphore(2)
"""Renderings of a process; each may take as much memory as a large picture does."""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """What is going to be kept; its contents are open files, good until `accepted` ends."""

    name: str
    type: FileType
    content: IO[bytes]
    size_bytes: int
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    day: date | None = None
    """When the picture was taken, where the camera says so."""
    previews: Mapping[int, IO[bytes]] = field(default_factory=dict)
    """Smaller pictures by their width in pixels, all WebP."""


@contextmanager
def accepted(content: IO[bytes], name: str, settings: Settings) -> Iterator[Accepted]:
    """Raises `FileTooLarge` or `FileNotAccepted`, which name the file."""
    size_bytes = content.seek(0, 2)
    if size_bytes > settings.file_limit_mb * 1_000_000:
        raise too_many_bytes(name[:80], settings.file_limit_mb)
    type = file_type(content, name[:80])
    named = safe_name(name, type)
    with ExitStack() as opened:
        if type.kind == "photo" or type == PDF:
            folder = Path(opened.enter_context(TemporaryDirectory()))
            yield rendered(content, named, type, folder, settings, opened)
        else:
            yield Accepted(name=named, type=type, content=content, size_bytes=size_bytes)


def rendered(
    content: IO[bytes],
    name: str,
    type: FileType,
    folder: Path,
    settings: Settings,
    opened: ExitStack,
) -> Accepted:
    said, code = render(content, type, folder, settings.photo_limit_mpx * 1_000_000)
    if code == TOO_MANY_PIXELS:
        raise too_many_pixels(name, settings.photo_limit_mpx)
    if not said:
        raise unreadable(name, type)
    kept_as = JPEG if type == HEIC else type
    main = folder / "main"
    kept = opened.enter_context(main.open("rb")) if type.kind == "photo" else content
    return Accepted(
        name=safe_name(name, kept_as),
        type=kept_as,
        content=kept,
        size_bytes=kept.seek(0, 2),
        width=said.get("width"),
        height=said.get("height"),
        pages=said.get("pages"),
        day=date.fromisoformat(said["day"]) if said.get("day") else None,
        previews={
            int(path.name): opened.enter_context(path.open("rb"))
            for path in folder.iterdir()
            if path.name.isdecimal()
        },
    )


def render(
    content: IO[bytes], type: FileType, folder: Path, most_pixels: int
) -> tuple[dict[str, Any], int]:
    """What the rendering program told, and its exit code; Any: JSON.

    A document that opens but cannot be drawn in time has told its pages and no more.
    """
    kind = "jpeg" if type.ending == "jpg" else type.ending
    with real_file(content) as file, AT_ONCE:
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", "catalogue.files.file_rendering", kind, str(folder),
             str(most_pixels)],
            stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={},
        )  # fmt: skip
        try:
            told, _ = process.communicate(timeout=LONGEST_RENDERING_S)
        except subprocess.TimeoutExpired:
            process.kill()
            told, _ = process.communicate()
    said: dict[str, Any] = {}
    for line in told.splitlines():
        said |= json.loads(line)
    return said, process.returncode


@contextmanager
def real_file(content: IO[bytes]) -> Iterator[IO[bytes]]:
    """The content as a file that another process can read from its beginning."""
    content.seek(0)
    if isinstance(content, SpooledTemporaryFile):
        content.rollover()
        content.flush()
        content.seek(0)
        yield content
        return
    with SpooledTemporaryFile() as copy:
        while chunk := content.read(1_000_000):
            copy.write(chunk)
        copy.rollover()
        copy.flush()
        copy.seek(0)
        yield copy


def too_many_bytes(name: str, limit_mb: int) -> FileTooLarge:
    return FileTooLarge(
        Text(
            "{name} är för stor. En fil får vara högst {limit} MB.",
            "{name} is too large. A file may be at most {limit} MB.",
        ).format(name=name, limit=limit_mb)
    )


def too_many_pixels(name: str, limit_mpx: int) -> FileTooLarge:
    return FileTooLarge(
        Text(
            "{name} har för många bildpunkter. En bild får ha högst {limit} miljoner; spara den "
            "mindre och försök igen.",
            "{name} has too many pixels. A picture may have at most {limit} million; save it "
            "smaller and try again.",
        ).format(name=name, limit=limit_mpx)
    )


def unreadable(name: str, type: FileType) -> FileNotAccepted:
    return FileNotAccepted(
        Text(
            "{name} går inte att öppna som {type}. Kontrollera att filen är hel och inte skyddad "
            "med lösenord.",
            "{name} cannot be opened as {type}. Check that the file is whole and not protected "
            "by a password.",
        ).format(name=name, type=type.label)
    )
