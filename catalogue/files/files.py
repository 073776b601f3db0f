"""Photos and documents of sites and municipalities as they are read, and what each audience is
told of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any
from urllib.parse import quote

from sqlalchemy import ColumnElement, RowMapping, Table, and_, select, tuple_
from sqlalchemy.orm import Session

from catalogue import tables
from catalogue.database import Audience
from catalogue.errors import NoSuchFile
from catalogue.fields import Visibility
from catalogue.files.file_types import FileKind

FIELDS: dict[FileKind, str] = {"photo": "photos", "document": "documents"}
"""The key under which files of each kind are told, of a site beside the links typed there."""
VIEWS = {"public": tables.file_public, "registered": tables.file_registered}
PREVIEW_TYPE = "image/webp"
ADDRESS = re.compile(r'"(?=/files/[0-9a-f]{64}/)')
table = tables.site_file


Uploads = dict[str, list[list[int]]]
"""Which file in which version stands under each key, in order: pairs of id and version."""


@dataclass(frozen=True)
class Owner:
    """What files belong to: a site, or a municipality's own profile where no site is named."""

    municipality: str
    site_id: int | None = None
    reference: str = ""
    """The site's."""

    def owns(self, table: Table) -> ColumnElement[bool]:
        """Which rows are its own, of the files or of their versions."""
        if self.site_id is not None:
            return table.c.site_id == self.site_id
        return and_(table.c.site_id.is_(None), table.c.municipality == self.municipality)


@dataclass(frozen=True, kw_only=True)
class SiteFile:
    """One photo or document, with the addresses it is fetched at."""

    id: int
    site_id: int | None
    kind: FileKind
    hash: str
    name: str
    media_type: str
    size_bytes: int
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    previews: Mapping[str, str]
    """The hash of each smaller picture, under its width in pixels."""
    caption_sv: str = ""
    caption_en: str = ""
    alt_sv: str = ""
    alt_en: str = ""
    day: date | None = None
    visibility: Visibility = "internal"
    position: int = 1
    version: int = 1
    added_at: datetime | None = None
    added_by: str = ""
    updated_at: datetime | None = None
    updated_by: str = ""
    removed_at: datetime | None = None

    @property
    def path(self) -> str:
        return f"/files/{self.hash}/{quote(self.name)}"

    @property
    def thumbnails(self) -> dict[str, str]:
        """The address of each smaller picture, the smallest first."""
        widths = sorted(self.previews, key=int)
        return {width: f"/files/{self.hash}/{width}.webp" for width in widths}

    @property
    def field(self) -> str:
        return FIELDS[self.kind]

    def told(self) -> dict[str, Any]:
        """As JSON for whoever may see it; what is empty is left out. Any: JSON."""
        word = "caption" if self.kind == "photo" else "title"
        said = {
            "id": self.id,
            word: self.caption_sv or self.caption_en or self.name.rpartition(".")[0],
            "url": self.path,
            "date": self.day,
            f"{word}_sv": self.caption_sv,
            f"{word}_en": self.caption_en,
            "alt_sv": self.alt_sv,
            "alt_en": self.alt_en,
            "media_type": self.media_type,
            "size_bytes": self.size_bytes,
            "width": self.width,
            "height": self.height,
            "pages": self.pages,
            "thumbnails": self.thumbnails,
            "visibility": self.visibility,
        }
        return {key: value for key, value in said.items() if value not in (None, "", {})}

    def in_full(self) -> dict[str, Any]:
        """As JSON for those who work with the site. Any: JSON."""
        return {
            **self.told(),
            "kind": self.kind,
            "name": self.name,
            "version": self.version,
            "added_at": self.added_at,
            "added_by": self.added_by,
            "updated_at": self.updated_at,
            "updated_by": self.updated_by,
            "removed_at": self.removed_at,
        }


@dataclass(frozen=True)
class Fetched:
    """What an address of a file leads to."""

    hash: str
    media_type: str
    is_public: bool


def from_row(row: RowMapping) -> SiteFile:
    return SiteFile(**{name: row[name] for name in SiteFile.__dataclass_fields__})


def of_sites(session: Session, ids: Sequence[int]) -> dict[int, tuple[SiteFile, ...]]:
    """The files that have not been removed, in their order, by the sites' ids."""
    found: dict[int, list[SiteFile]] = {}
    statement = (
        select(table)
        .where(table.c.site_id.in_(ids), table.c.removed_at.is_(None))
        .order_by(table.c.site_id, table.c.position, table.c.id)
    )
    for row in session.execute(statement).mappings():
        found.setdefault(row["site_id"], []).append(from_row(row))
    return {site_id: tuple(files) for site_id, files in found.items()}


def of_municipalities(session: Session, codes: Sequence[str]) -> dict[str, tuple[SiteFile, ...]]:
    """The same of municipalities' own profiles, by code."""
    found: dict[str, list[SiteFile]] = {}
    statement = (
        select(table)
        .where(
            table.c.site_id.is_(None),
            table.c.municipality.in_(codes),
            table.c.removed_at.is_(None),
        )
        .order_by(table.c.position, table.c.id)
    )
    for row in session.execute(statement).mappings():
        found.setdefault(row["municipality"], []).append(from_row(row))
    return {code: tuple(files) for code, files in found.items()}


def of_owner(session: Session, owner: Owner) -> tuple[SiteFile, ...]:
    """The owner's files that have not been removed, in their order."""
    statement = (
        select(table)
        .where(owner.owns(table), table.c.removed_at.is_(None))
        .order_by(table.c.position, table.c.id)
    )
    return tuple(from_row(row) for row in session.execute(statement).mappings())


def uploads(files: Iterable[SiteFile]) -> Uploads:
    """What a version of a site or a profile keeps of its files."""
    found: Uploads = {}
    for file in files:
        found.setdefault(file.field, []).append([file.id, file.version])
    return found


def as_uploaded(session: Session, kept: Sequence[Uploads]) -> list[tuple[SiteFile, ...]]:
    """The files that each of the versions kept, as they were described then."""
    pairs = [
        [(number, version) for entries in uploads.values() for number, version in entries]
        for uploads in kept
    ]
    versions = tables.site_file_version
    statement = select(versions).where(
        tuple_(versions.c.file_id, versions.c.version).in_({*chain.from_iterable(pairs)}),
    )
    known = {
        (row["file_id"], row["version"]): from_state(row["state"])
        for row in session.execute(statement).mappings()
    }
    return [tuple(known[pair] for pair in own if pair in known) for own in pairs]


def from_state(state: Mapping[str, Any]) -> SiteFile:
    """A file from a version's row; Any: JSON without its nulls."""
    said = {name: state[name] for name in SiteFile.__dataclass_fields__ if name in state}
    for name in ("added_at", "updated_at", "removed_at"):
        if name in said:
            said[name] = datetime.fromisoformat(said[name])
    if "day" in said:
        said["day"] = date.fromisoformat(said["day"])
    return SiteFile(**{"site_id": None, **said})


def removed_of(session: Session, owner: Owner) -> list[SiteFile]:
    """Those that were removed, the last one first."""
    statement = (
        select(table)
        .where(owner.owns(table), table.c.removed_at.is_not(None))
        .order_by(table.c.removed_at.desc(), table.c.id)
    )
    return [from_row(row) for row in session.execute(statement).mappings()]


def addressed(text: str, home: str) -> str:
    """JSON text with the addresses of files in full: `home` put before each.

    Done where an answer leaves: what the read side keeps must not change when its address does.
    """
    return ADDRESS.sub(f'"{home}', text) if '"/files/' in text else text


def told(
    files: Iterable[SiteFile], allowed: frozenset[Visibility] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """The files that may be seen, under the keys of their fields; Any: JSON."""
    found: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        if allowed is None or file.visibility in allowed:
            found.setdefault(file.field, []).append(file.told())
    return found


def fetched(session: Session, audience: Audience, digest: str, name: str) -> Fetched | None:
    """The content at an address if the audience may have it; the session is the audience's.

    The same content may be seen by some at one site and by all at another: the widest counts.
    """
    view = VIEWS[audience]
    is_narrower = view.c.visibility != "public"
    rows = session.execute(select(view).where(view.c.hash == digest).order_by(is_narrower))
    return first_named(rows.mappings(), name)


def fetched_by_owner(session: Session, digest: str, name: str) -> Fetched:
    """The content at an address if the actor may read what it belongs to; raises `NoSuchFile`."""
    rows = session.execute(select(table).where(table.c.hash == digest)).mappings()
    found = first_named(rows, name)
    if found is None:
        raise NoSuchFile
    return replace(found, is_public=False)


def first_named(rows: Iterable[RowMapping], name: str) -> Fetched | None:
    """The file itself under its own name, or one of its previews under `320.webp`."""
    for row in rows:
        is_public = row["visibility"] == "public"
        if name == row["name"]:
            return Fetched(row["hash"], row["media_type"], is_public)
        width, _, ending = name.rpartition(".")
        if ending == "webp" and width in row["previews"]:
            return Fetched(row["previews"][width], PREVIEW_TYPE, is_public)
    return None
