"""The file of a backup: an uncompressed zip of the database, stored files and a manifest of both.

It can be opened without SiteFinder: `database.dump` is what `pg_restore` takes.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from catalogue.errors import NoArchive, NotPossible
from catalogue.files.stored_files import AT_ONCE, place
from geo.texts import Text

MANIFEST = "manifest.json"
DATABASE = "database.dump"
FILES = "files/"
LARGEST_MANIFEST_BYTES = 500_000_000
"""Some two million files."""
OWNER_ONLY = 0o600


class Part(BaseModel):
    """One file within the archive."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=rf"^({DATABASE}|{FILES}[0-9a-f]{{2}}/[0-9a-f]{{64}})$")
    size_bytes: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What an archive holds, and where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    product: Literal["SiteFinder"] = "SiteFinder"
    format: Literal[1] = 1
    version: str = Field(description="Of SiteFinder")
    revision: str = Field(description="Of the database's shape: the newest migration in it")
    made_at: datetime
    county: str
    postgresql: str
    postgis: str
    rows: Mapping[str, int] = Field(description="In each table of the database, as dumped")
    parts: tuple[Part, ...]
    missing: tuple[str, ...] = Field(
        description="SHA-256 of contents that a file names and that the store did not have"
    )

    @property
    def files(self) -> list[Part]:
        """All but the database."""
        return [part for part in self.parts if part.name.startswith(FILES)]

    @property
    def size_bytes(self) -> int:
        return sum(part.size_bytes for part in self.parts)


@dataclass(frozen=True)
class NewArchive:
    """An archive being written."""

    zip: ZipFile
    made_at: datetime
    parts: list[Part] = field(default_factory=list)

    def add(self, name: str, chunks: Iterable[bytes]) -> Part:
        """Its size and hash are those of what was written, not of what was meant."""
        digest, size = sha256(), 0
        with self.zip.open(self._entry(name), "w", force_zip64=True) as output:
            for chunk in chunks:
                output.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        part = Part(name=name, size_bytes=size, sha256=digest.hexdigest())
        self.parts.append(part)
        return part

    def add_manifest(self, manifest: Manifest) -> None:
        told = manifest.model_dump(mode="json")
        self.zip.writestr(self._entry(MANIFEST), json.dumps(told, indent=1, ensure_ascii=False))

    def _entry(self, name: str) -> ZipInfo:
        entry = ZipInfo(name, self.made_at.timetuple()[:6])
        entry.compress_type = ZIP_STORED
        entry.external_attr = OWNER_ONLY << 16
        return entry


@contextmanager
def new_archive(target: Path, made_at: datetime) -> Iterator[NewArchive]:
    """There under its name once it is whole and on the disk, and never over another file.

    Until then, and for good if the block fails, nothing has that name.
    """
    unfinished = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        unfinished = Path(name)
        with os.fdopen(handle, "w+b") as output:
            with ZipFile(output, "w", ZIP_STORED) as opened:
                yield NewArchive(opened, made_at)
            output.flush()
            os.fsync(output.fileno())
        refuse_existing(target)
        unfinished.rename(target)
        unfinished = None
        _sync_folder(target.parent)
    except OSError as error:
        raise NotPossible(_cannot_write(target, error)) from error
    finally:
        if unfinished:
            unfinished.unlink(missing_ok=True)


def refuse_existing(target: Path) -> None:
    """Also before the work begins, so that nobody waits for a refusal."""
    if target.exists():
        said = Text(
            "{file} finns redan, och skrivs inte över. Välj ett annat namn.",
            "{file} is there already, and is not overwritten. Choose another name.",
        )
        raise NotPossible(said.format(file=str(target)))


@dataclass(frozen=True)
class Archive:
    """An archive that can be read; its parts are as the manifest says once `verify` has passed."""

    path: Path
    zip: ZipFile
    manifest: Manifest

    def verify(self) -> None:
        """Every part is there, with its size and hash, and nothing else is; raises `NoArchive`."""
        held = sorted(entry.filename for entry in self.zip.infolist())
        if held != sorted([MANIFEST, *(part.name for part in self.manifest.parts)]):
            raise damaged(self.path, MANIFEST)
        for part in self.manifest.parts:
            if self.zip.getinfo(part.name).file_size != part.size_bytes or self._hash(part) != (
                part.sha256
            ):
                raise damaged(self.path, part.name)
            if part.name not in (DATABASE, FILES + place(part.sha256)):
                raise damaged(self.path, part.name)

    @contextmanager
    def opened(self, part: Part) -> Iterator[IO[bytes]]:
        with self.zip.open(part.name) as content:
            yield content

    def _hash(self, part: Part) -> str:
        digest = sha256()
        try:
            with self.zip.open(part.name) as content:
                while chunk := content.read(AT_ONCE):
                    digest.update(chunk)
        except (BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise damaged(self.path, part.name) from error
        return digest.hexdigest()


@contextmanager
def opened_archive(path: Path) -> Iterator[Archive]:
    """Raises `NoArchive` for any other file."""
    try:
        with ZipFile(path) as opened:
            yield Archive(path, opened, _manifest(path, opened))
    except OSError as error:
        said = Text("{file} går inte att läsa: {why}.", "{file} cannot be read: {why}.")
        raise NoArchive(said.format(file=str(path), why=error.strerror or str(error))) from error
    except BadZipFile as error:
        raise no_backup(path) from error


def _manifest(path: Path, opened: ZipFile) -> Manifest:
    try:
        if opened.getinfo(MANIFEST).file_size > LARGEST_MANIFEST_BYTES:
            raise no_backup(path)
        told = json.loads(opened.read(MANIFEST))
        if isinstance(told, dict) and told.get("format", 1) != 1:
            raise NoArchive(
                Text(
                    "{file} är gjord av en nyare SiteFinder. Uppdatera den här först.",
                    "{file} was made by a newer SiteFinder. Update this one first.",
                ).format(file=str(path))
            )
        return Manifest.model_validate(told)
    except (KeyError, ValueError, ValidationError, NotImplementedError, RuntimeError) as error:
        raise no_backup(path) from error


def no_backup(path: Path) -> NoArchive:
    return NoArchive(
        Text(
            "{file} är ingen säkerhetskopia från SiteFinder, eller så är den inte hel.",
            "{file} is no backup made by SiteFinder, or it is not whole.",
        ).format(file=str(path))
    )


def damaged(path: Path, part: str) -> NoArchive:
    return NoArchive(
        Text(
            "{file} är skadad eller ändrad: {part} är inte vad som säkerhetskopierades.",
            "{file} is damaged or has been changed: {part} is not what was backed up.",
        ).format(file=str(path), part=part)
    )


def _cannot_write(target: Path, error: OSError) -> Text:
    said = Text("{file} går inte att skriva: {why}.", "{file} cannot be written: {why}.")
    return said.format(file=str(target), why=error.strerror or str(error))


def _sync_folder(folder: Path) -> None:
    """A new name is on the disk once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
