"""The photos and documents that a site's page shows, uploaded ones and links alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from catalogue.files.file_types import TYPES
from frontend.formats import size_text
from frontend.site_page_facts import Told, Words
from geo.texts import LANGUAGES, Text


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A picture of ours, in the sizes it is shown at."""

    url: str
    sources: tuple[tuple[str, str], ...]
    """Width and address, the smallest first; the picture itself is not among them."""
    width: int
    height: int
    alt: Words
    caption: Words
    day: date | None
    is_registered: bool
    """Shown to registered readers and not to the public."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file of ours, or something that stands elsewhere on the web."""

    title: Words
    url: str
    facts: str
    """Type, size and pages; of a link, the host it leads to."""
    day: date | None
    is_ours: bool
    is_registered: bool
    """Shown to registered readers and not to the public."""


def photos(told: Told) -> list[Photo]:
    return [photo(said, told) for said in told.value("photos") or [] if "thumbnails" in said]


def photo(said: Mapping[str, Any], told: Told) -> Photo:
    """Any: JSON."""
    return Photo(
        url=said["url"],
        sources=tuple(said["thumbnails"].items()),
        width=said["width"],
        height=said["height"],
        alt=words(said, "alt", told),
        caption=words(said, "caption", told),
        day=day(said),
        is_registered=said["url"] in told.registered,
    )


def documents(told: Told) -> list[Document]:
    """Documents first, then links to photos, which we do not show by ourselves."""
    links = [said for said in told.value("photos") or [] if "thumbnails" not in said]
    return [document(said, told) for said in [*(told.value("documents") or []), *links]]


def document(said: Mapping[str, Any], told: Told) -> Document:
    """Any: JSON."""
    is_ours = "media_type" in said
    word = "title" if "title" in said else "caption"
    return Document(
        title=words(said, word, told),
        url=said["url"],
        facts=facts(said, told) if is_ours else urlsplit(said["url"]).hostname or "",
        day=day(said),
        is_ours=is_ours,
        is_registered=said["url"] in told.registered,
    )


def facts(said: Mapping[str, Any], told: Told) -> str:
    """Any: JSON."""
    parts = [
        TYPES[said["media_type"]].label.in_language(told.language),
        size_text(said["size_bytes"], told.language),
    ]
    if pages := said.get("pages"):
        word = Text("sida", "page") if pages == 1 else Text("sidor", "pages")
        parts.append(f"{pages} {word.in_language(told.language)}")
    return ", ".join(parts)


def words(said: Mapping[str, Any], key: str, told: Told) -> Words:
    """In the page's language, else in the one it is written in; Any: JSON."""
    for language in (told.language, *LANGUAGES):
        if text := said.get(f"{key}_{language}"):
            return Words(str(text), language)
    return Words(str(said.get(key, "")), told.language)


def day(said: Mapping[str, Any]) -> date | None:
    """Any: JSON."""
    return date.fromisoformat(said["date"]) if said.get("date") else None
