"""What is new in a search as an Atom feed (RFC 4287), as everybody may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.alerts import sightings
from catalogue.alerts.sightings import TABLE
from catalogue.search import conditions, queries
from catalogue.search.filters import SiteFilter
from geo.texts import Language, Text

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_ENTRIES = 50
FIRST_YEAR = "2026"
"""In which the addresses of entries were first given out; never changed (RFC 4151)."""
TITLE = Text("Nya platser i SiteFinder Gävleborg", "New sites in SiteFinder Gävleborg")
OF_SEARCH = Text("SiteFinder Gävleborg: {said}", "SiteFinder Gävleborg: {said}")
VALUE = Text("{field}: {value}", "{field}: {value}")
ALWAYS_TOLD = ("area_gross_ha", "power_now_mw", "detaljplan_status")


Times = tuple[datetime, datetime | None]
"""When a site was last changed, and when it was published."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One site of the feed, in one language."""

    reference: str
    title: str
    updated: datetime
    published: datetime | None
    summary: str


@dataclass(frozen=True)
class Place:
    """Where the feed and its pages are found: the site's address, the language and the query."""

    home: str
    language: Language
    query: str
    said: str
    """The search in words."""

    def address(self, path: str) -> str:
        return self.home + ("/en" if self.language == "en" else "") + path

    @property
    def asked(self) -> str:
        return f"?{self.query}" if self.query else ""

    def tag(self, name: str) -> str:
        """A name for good, whatever becomes of the page."""
        return f"tag:{urlsplit(self.home).hostname},{FIRST_YEAR}:{name}"


def write(
    session: Session, wanted: SiteFilter, names: Mapping[str, str], place: Place, now: datetime
) -> bytes:
    """The sites that meet the search or may, the last changed first; without a search those
    published last. `names` are the municipalities'.
    """
    newest = queries.Page(
        limit=MOST_ENTRIES, sort=("-updated_at" if place.query else "-published_at",)
    )
    texts = queries.features(session, wanted, TABLE, newest)
    found = sightings.properties(orjson.loads(text) for text in texts)
    times = times_of(session, [said["reference"] for said in found])
    entries = [entry(said, times[said["reference"]], wanted, names, place) for said in found]
    if place.query:
        # What meets the search stands before what may, until now.
        entries.sort(key=lambda one: one.updated, reverse=True)
    return document(entries, place, now)


def times_of(session: Session, references: Sequence[str]) -> Mapping[str, Times]:
    """By reference: when the site was last changed, and when it was published."""
    keys = TABLE.c.reference, TABLE.c.updated_at, TABLE.c.published_at
    rows = session.execute(select(*keys).where(TABLE.c.reference.in_(references)))
    return {row.reference: (row.updated_at, row.published_at) for row in rows}


def entry(
    said: Mapping[str, Any],
    times: Times,
    wanted: SiteFilter,
    names: Mapping[str, str],
    place: Place,
) -> Entry:
    """Says what the search asks about, so that a reader sees what has changed. Any: JSON."""
    name = said.get("name_en") if place.language == "en" else said.get("name_sv")
    lines = [Text(*[names.get(said["municipality"], "")] * 2)]
    if place.query:
        lines.append(sightings.fit_words(said["fit"], said["unknown"]))
    keys = dict.fromkeys((*sightings.watched(wanted), *ALWAYS_TOLD))
    if wanted.power and wanted.power.year is None:
        del keys[conditions.POWER_NOW_KEY]
    lines += [
        VALUE.format(field=sightings.label(key, wanted), value=sightings.worded(key, value))
        for key, value in sightings.seen(said, wanted, [*keys])["values"].items()
        if key != sightings.STATUS
    ]
    return Entry(
        reference=said["reference"],
        title=str(name or said.get("name_sv") or said["reference"]),
        updated=times[0],
        published=times[1],
        summary=". ".join(line.in_language(place.language) for line in lines),
    )


def document(entries: Sequence[Entry], place: Place, now: datetime) -> bytes:
    feed = ElementTree.Element("feed", {"xmlns": ATOM, XML_LANGUAGE: place.language})
    title = OF_SEARCH.format(said=place.said) if place.query else TITLE
    add(feed, "id", place.address(f"/feed.atom{place.asked}"))
    add(feed, "title", title.in_language(place.language))
    # An empty feed has not changed today, however often it is read.
    midnight = now.replace(hour=0, minute=0, second=0)
    add(feed, "updated", moment(max((one.updated for one in entries), default=midnight)))
    add(add(feed, "author"), "name", "SiteFinder Gävleborg")
    link(feed, "self", place.address(f"/feed.atom{place.asked}"), "application/atom+xml")
    link(feed, "alternate", place.address(f"/{place.asked}"), "text/html")
    for one in entries:
        add_entry(feed, one, place)
    whole: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return whole


def add_entry(feed: ElementTree.Element, said: Entry, place: Place) -> None:
    entry = add(feed, "entry")
    add(entry, "id", place.tag(said.reference))
    add(entry, "title", said.title)
    add(entry, "updated", moment(said.updated))
    if said.published:
        add(entry, "published", moment(said.published))
    link(entry, "alternate", place.address(f"/sites/{said.reference}"), "text/html")
    add(entry, "summary", said.summary)


def moment(when: datetime) -> str:
    """RFC 3339, in UTC."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def add(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name)
    if text:
        made.text = text
    return made


def link(parent: ElementTree.Element, relation: str, address: str, kind: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address, "type": kind})
