"""The newest sites of a search as an Atom feed (RFC 4287), as everybody may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from catalogue.alerts.sightings import TABLE, value_words
from catalogue.fields import SITE
from catalogue.search import conditions
from catalogue.search.filters import SiteFilter
from geo.texts import Language, Text

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_ENTRIES = 50
FIRST_YEAR = "2026"
"""In which the addresses of entries were first given out; never changed (RFC 4151)."""
TITLE = Text("Nya platser i SiteFinder Gävleborg", "New sites in SiteFinder Gävleborg")
OF_SEARCH = Text(
    "Platser som passar din sökning i SiteFinder Gävleborg",
    "Sites that meet your search in SiteFinder Gävleborg",
)
ALWAYS = ("reference", "name_sv", "name_en", "municipality", "updated_at", "published_at")
TOLD = ("area_gross_ha", "power_now_mw", "detaljplan_status")


@dataclass(frozen=True)
class Place:
    """Where the feed and its pages are found: the site's address, the language and the query."""

    home: str
    language: Language
    query: str

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
    """The sites that meet the search, the last published first; `names` are the municipalities'."""
    sure = replace(wanted, unknown="exclude")
    listing = TABLE.c
    found = session.execute(
        select(*(listing[key] for key in (*ALWAYS, *TOLD)))
        .where(conditions.accepted(conditions.terms(sure, TABLE), sure))
        .order_by(listing.published_at.desc().nulls_last(), listing.reference)
        .limit(MOST_ENTRIES)
    )
    return document(found.mappings().all(), names, place, now)


def document(
    found: Sequence[RowMapping], names: Mapping[str, str], place: Place, now: datetime
) -> bytes:
    feed = ElementTree.Element("feed", {"xmlns": ATOM, XML_LANGUAGE: place.language})
    title = OF_SEARCH if place.query else TITLE
    add(feed, "id", place.address(f"/feed.atom{place.asked}"))
    add(feed, "title", title.in_language(place.language))
    # An empty feed has not changed today, however often it is read.
    midnight = now.replace(hour=0, minute=0, second=0)
    add(feed, "updated", moment(max((said["updated_at"] for said in found), default=midnight)))
    add(add(feed, "author"), "name", "SiteFinder Gävleborg")
    link(feed, "self", place.address(f"/feed.atom{place.asked}"), "application/atom+xml")
    link(feed, "alternate", place.address(f"/{place.asked}"), "text/html")
    for said in found:
        add_entry(feed, said, names, place)
    whole: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return whole


def add_entry(
    feed: ElementTree.Element, said: RowMapping, names: Mapping[str, str], place: Place
) -> None:
    entry = add(feed, "entry")
    name = said["name_en"] if place.language == "en" else said["name_sv"]
    add(entry, "id", place.tag(said["reference"]))
    add(entry, "title", str(name or said["name_sv"] or said["reference"]))
    add(entry, "updated", moment(said["updated_at"]))
    if said["published_at"]:
        add(entry, "published", moment(said["published_at"]))
    link(entry, "alternate", place.address(f"/sites/{said['reference']}"), "text/html")
    facts = [
        f"{SITE[key].label.in_language(place.language)}: "
        f"{value_words(SITE[key], said[key]).in_language(place.language)}"
        for key in TOLD
        if said[key] is not None
    ]
    add(entry, "summary", ". ".join([names.get(said["municipality"], ""), *facts]))


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
