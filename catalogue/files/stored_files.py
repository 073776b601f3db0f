"""Bytes by what they are: each content is kept once, under its SHA-256, in a folder or by S3.

Nothing here knows whose a file is or who may see it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import IO, TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from catalogue.errors import FilesAway
from catalogue.settings import Settings

if TYPE_CHECKING:
    from obstore import GetOptions

AT_ONCE = 256 * 1024
"""Bytes handed on in one piece."""
PLACES_LISTED_AT_ONCE = 500
LONGEST_WAIT = timedelta(seconds=20)
ATTEMPTS = 3
PARTS_AT_ONCE = 2
"""Of 5 MB each, so that a large file never stands whole in memory."""


class NotStored(Exception):
    """A row names bytes that are not there: `sitefinder check` tells which."""


@dataclass(frozen=True)
class Kept:
    """One content in the store."""

    hash: str
    since: datetime


@dataclass(frozen=True)
class Part:
    """Bytes `start` up to, not including, `end` of a content of `size` bytes."""

    chunks: Iterator[bytes]
    start: int
    end: int
    size: int


@dataclass(frozen=True)
class StoredFiles:
    """The same for either kind of storage; raises `FilesAway` where that does not answer."""

    store: LocalStore | S3Store

    def put(self, content: IO[bytes]) -> str:
        """Keep the content from its beginning, if it is not there already; its hash."""
        digest = hash_of(content)
        if not self.holds(digest):
            content.seek(0)
            with answered():
                self.store.put(place(digest), content, max_concurrency=PARTS_AT_ONCE)
        return digest

    def holds(self, digest: str) -> bool:
        try:
            with answered():
                self.store.head(place(digest))
        except FileNotFoundError:
            return False
        return True

    def size(self, digest: str) -> int:
        """In bytes; raises `NotStored`."""
        try:
            with answered():
                return self.store.head(place(digest))["size"]
        except FileNotFoundError as error:
            raise NotStored(digest) from error

    def read(self, digest: str, start: int = 0, end: int | None = None) -> Part:
        """The bytes from `start` up to `end`, as they come; raises `NotStored`.

        `start` lies within the content and before `end`.
        """
        options: GetOptions = {"range": {"offset": start} if end is None else (start, end)}
        try:
            with answered():
                found = self.store.get(place(digest), options=options)
        except FileNotFoundError as error:
            raise NotStored(digest) from error
        stream = found.stream(min_chunk_size=AT_ONCE)
        return Part((bytes(chunk) for chunk in stream), *found.range, found.meta["size"])

    def kept(self) -> Iterator[list[Kept]]:
        """All there is, some at a time."""
        with answered():
            for found in self.store.list(chunk_size=PLACES_LISTED_AT_ONCE):
                yield [Kept(one["path"].rpartition("/")[2], one["last_modified"]) for one in found]

    def remove(self, digests: list[str]) -> None:
        """What is not there is fine: another worker was first."""
        for digest in digests:
            try:
                with answered():
                    self.store.delete(place(digest))
            except FileNotFoundError:
                continue


def hash_of(content: IO[bytes]) -> str:
    """The SHA-256 of the whole content, in hexadecimal."""
    digest = sha256()
    content.seek(0)
    while chunk := content.read(AT_ONCE):
        digest.update(chunk)
    return digest.hexdigest()


def place(digest: str) -> str:
    """A folder for each first byte, since folders with very many files are slow."""
    return f"{digest[:2]}/{digest}"


@contextmanager
def answered() -> Iterator[None]:
    """The library's own errors tell addresses, which are nothing for whoever asked."""
    try:
        yield
    except BaseError as error:
        raise FilesAway from error


def open_files(settings: Settings) -> StoredFiles:
    """Where the settings say; nothing is asked of S3 until something is stored or read."""
    if settings.files_url is None:
        folder = settings.data.absolute() / "files"
        return StoredFiles(LocalStore(folder, mkdir=True, automatic_cleanup=True))
    return StoredFiles(s3(settings))


def s3(settings: Settings) -> S3Store:
    """The bucket of `s3://bucket/prefix?endpoint=https://…&region=…`."""
    url = urlsplit(settings.files_url or "")
    said = {name: texts[-1] for name, texts in parse_qs(url.query).items()}
    endpoint = said.get("endpoint")
    secret = settings.files_secret
    return S3Store(
        url.netloc,
        config={"endpoint": endpoint} if endpoint else None,
        prefix=url.path.strip("/") or None,
        region=said.get("region", "us-east-1"),
        access_key_id=settings.files_key or "",
        secret_access_key=secret.get_secret_value() if secret else "",
        client_options={"allow_http": (endpoint or "").startswith("http://")},
        retry_config={"max_retries": ATTEMPTS - 1, "retry_timeout": LONGEST_WAIT},
    )
