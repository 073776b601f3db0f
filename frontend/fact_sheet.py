"""The fact sheet of one site: what its page says, set on a few sheets of paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from catalogue.database import Audience
from catalogue.fields import PROFILE, SITE
from catalogue.provenance import MARK_LABELS, Mark
from catalogue.readiness import LEVELS
from frontend.drawn_map import Reach, reaches
from frontend.fact_sheet_charts import power_told, timeline_told
from frontend.formats import date_text
from frontend.rendering import swedish_day
from frontend.site_page import MUNICIPALITY_KEYS, name_of, precision
from frontend.site_page_contact import contact
from frontend.site_page_facts import Fact, Told, Words
from frontend.site_page_files import documents, photos
from frontend.site_page_gaps import chapters, gaps, questions
from frontend.site_page_near import named
from frontend.site_page_places import lines_to, places
from frontend.site_page_strip import KeyFact, strip
from frontend.typesetting import Document, qr_code
from geo.layers import Layers
from geo.reference_systems import SWEREF99TM, WGS84, transformed
from geo.texts import Language, Text

MOST_PHOTOS = 4
MOST_BESIDE_VALUES = 3_600
"""Characters of sources that stand beside their values; a site filled in as usual has 2 500."""
LONG_DESCRIPTION = 900
"""Characters; a longer one comes after the map, over the whole width, and may run on to a new page."""
NOT_KNOWN = Text("Okänd", "Unknown")
LICENCE = Text(
    "Uppgifterna är fria att använda (CC0 1.0). Kartunderlag: © OpenStreetMaps bidragsgivare, "
    "SCB och GeoNames.",
    "The data is free to use (CC0 1.0). Map data: © OpenStreetMap contributors, Statistics Sweden "
    "and GeoNames.",
)
SUBJECT = Text(
    "Faktablad om {name} i {municipality}: yta, el, vatten, plan, avstånd och kontakt.",
    "Fact sheet of {name} in {municipality}: area, power, water, planning, distances and contact.",
)


@dataclass(frozen=True, kw_only=True)
class SheetSeen:
    """One site as an audience may see it; Any: JSON."""

    feature: Mapping[str, Any]
    profile: Mapping[str, Any]
    """Of its municipality."""
    neighbours: Sequence[Mapping[str, Any]]
    """The other listed sites at its substation, as features."""
    audience: Audience
    layers: Layers
    today: date
    address: str
    """Of the site's page, in full and in the sheet's language."""
    registered: frozenset[str] = frozenset()
    """The keys that the public is not shown."""

    @property
    def outline(self) -> BaseGeometry:
        """In SWEREF 99 TM, as exactly as the audience may see it."""
        return transformed(shape(dict(self.feature["geometry"])), WGS84, SWEREF99TM)

    def told(self, language: Language) -> Told:
        said = self.feature["properties"]
        return Told(said, SITE, language, self.today, self.registered)

    def reaches(self, language: Language) -> list[Reach]:
        """The straight lines to what lies near."""
        return reaches(lines_to(self.told(language), self.feature["geometry"], self.layers))


def fact_sheet(
    seen: SheetSeen, language: Language, site_map: bytes, pictures: Mapping[str, bytes]
) -> Document:
    """The document; `pictures` are the photos by the address the site tells, smaller ones."""
    said, drawn = sheet_told(seen, language, site_map, pictures)
    return Document(template="fact_sheet.typ", said=said, pictures=drawn)


def sheet_told(
    seen: SheetSeen, language: Language, site_map: bytes, pictures: Mapping[str, bytes]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the sheet says, and the pictures that it names, each by a name of its site's own.

    Any: JSON.
    """
    told = seen.told(language)
    reference = seen.feature["properties"]["reference"]
    shown = [one for one in photos(told) if one.url in pictures][:MOST_PHOTOS]
    said = {
        "map": f"{reference}-map.svg",
        "qr": f"{reference}-qr.svg",
        **headed(seen, told),
        **located(seen, told),
        "power": power_told(told),
        "timeline": timeline_told(told),
        **valued(told),
        **unknown(seen, told),
        "municipality": municipality(seen, language),
        "photos": [
            {
                "file": f"{reference}-{number}.webp",
                "alt": one.alt.text or one.caption.text,
                "caption": words_told(one.caption),
                "day": date_text(one.day, language) if one.day else "",
            }
            for number, one in enumerate(shown)
        ],
        "documents": [
            {"title": words_told(one.title), "facts": one.facts} for one in documents(told)
        ],
    }
    files = {f"{reference}-{number}.webp": pictures[one.url] for number, one in enumerate(shown)}
    return said, {**files, said["map"]: site_map, said["qr"]: qr_code(seen.address)}


def headed(seen: SheetSeen, told: Told) -> dict[str, Any]:
    """What stands first, and on every page; Any: JSON."""
    said, language = told.said, told.language
    name = name_of(told)
    subject = f"{said['reference']} {name.text}"
    person = contact(said, subject) or contact(seen.profile, subject)
    level = told.value("readiness")
    changed = date.fromisoformat(said["updated_at"][:10])
    description = told.words("description")
    return {
        "language": language,
        "title": name.text,
        "subject": SUBJECT.format(
            name=name.text, municipality=said["municipality_name"]
        ).in_language(language),
        "day": [seen.today.year, seen.today.month, seen.today.day],
        "made": date_text(seen.today, language),
        "changed": date_text(swedish_day(changed), language),
        "name": words_told(name),
        "reference": said["reference"],
        "municipality_name": said["municipality_name"],
        "status": SITE["status"].code_label(said["status"]).in_language(language),
        "status_code": said["status"],
        "is_example": said["is_example"],
        "is_registered": seen.audience == "registered",
        "level": level,
        "level_word": LEVELS[level].in_language(language) if level is not None else "",
        "completeness": told.text("completeness_pct"),
        "description": words_told(description) if description else None,
        "is_described_at_length": bool(description and len(description.text) > LONG_DESCRIPTION),
        "strip": [key_told(fact, language) for fact in strip(told)],
        "contact": {
            "name": person.name,
            "role": person.role,
            "phone": person.phone,
            "tel": person.tel,
            "email": person.email,
            "mailto": person.mailto,
        }
        if person
        else None,
        "address": seen.address,
        "licence": LICENCE.in_language(language),
    }


def located(seen: SheetSeen, told: Told) -> dict[str, Any]:
    """Where it lies and what lies near; Any: JSON."""
    language = told.language
    found = places(told)
    near = "; ".join(
        f"{one.thing.in_language(language)} {one.name} {one.distance}".replace("  ", " ")
        for one in found
    )
    alt = Text(
        "Karta över {name} i {municipality}. Avstånd i rät linje: {near}.",
        "Map of {name} in {municipality}. Distances in a straight line: {near}.",
    ).format(name=name_of(told).text, municipality=told.said["municipality_name"], near=near or "–")
    return {
        "map_alt": alt.in_language(language),
        "precision": precision(seen.feature),
        "places": [
            {
                "thing": one.thing.in_language(language),
                "name": one.name,
                "distance": one.distance,
                "accuracy": one.accuracy,
                "mark": mark_told(one.mark, language),
            }
            for one in found
        ],
        "neighbours": [
            {"reference": reference, "name": words_told(name)}
            for reference, name in (named(one, language) for one in seen.neighbours)
        ],
    }


def valued(told: Told) -> dict[str, Any]:
    """Every value by theme. Where much stands behind them, the sources are told once each, in a list
    that the values refer to by number: a sheet of four pages is read, one of six is not. Any: JSON.
    """
    language = told.language
    titled = [
        (one.title, [fact_told(fact, language) for fact in one.facts])
        for one in chapters(told)
        if one.facts
    ]
    found = [{"title": title.in_language(language), "facts": facts} for title, facts in titled]
    facts = [fact for _, some in titled for fact in some]
    if sum(len(fact["source"]) for fact in facts) <= MOST_BESIDE_VALUES:
        return {"chapters": found, "sources": []}
    numbers: dict[str, int] = {}
    for fact in facts:
        if fact["source"]:
            number = numbers.setdefault(fact["source"], len(numbers) + 1)
            fact.update(source="", source_number=number)
    return {"chapters": found, "sources": list(numbers)}


def unknown(seen: SheetSeen, told: Told) -> dict[str, Any]:
    """What has been asked, and what has not been given; Any: JSON."""
    language = told.language
    return {
        "questions": [
            {
                "asked": one.asked,
                "labels": ", ".join(one.labels),
                "day": date_text(one.day, language) if one.day else "–",
                "days": one.days if one.day else None,
            }
            for one in questions(told)
        ],
        "gaps": [
            {"title": one.title.in_language(language), "labels": ", ".join(one.labels)}
            for one in gaps(told, seen.audience)
        ],
    }


def municipality(seen: SheetSeen, language: Language) -> dict[str, Any]:
    """Any: JSON."""
    told = Told(seen.profile, PROFILE, language, seen.today)
    about = told.words("description")
    first = Words(about.text.splitlines()[0], about.language) if about else None
    return {
        "name": seen.profile["name"],
        "about": words_told(first) if first else None,
        "facts": [
            fact_told(told.fact(key), language) for key in MUNICIPALITY_KEYS if told.text(key)
        ],
    }


def fact_told(fact: Fact, language: Language) -> dict[str, Any]:
    """Any: JSON."""
    word = NOT_KNOWN if fact.mark == "unknown" else MARK_LABELS[fact.mark]
    return {
        "label": fact.label,
        "value": fact.value or word.in_language(language).capitalize(),
        "lines": list(fact.lines),
        "mark": mark_told(fact.mark, language),
        "source": fact.source,
        "source_number": None,
        "is_registered": fact.is_registered,
    }


def key_told(fact: KeyFact, language: Language) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "label": fact.label,
        "value": fact.value,
        "mark": mark_told(fact.mark, language),
        "notes": [
            {"text": one.text, "mark": mark_told(one.mark, language) if one.mark else None}
            for one in fact.notes
        ],
    }


def mark_told(mark: Mark, language: Language) -> dict[str, str]:
    return {"code": mark, "word": MARK_LABELS[mark].in_language(language)}


def words_told(words: Words) -> dict[str, str]:
    return {"text": words.text, "language": words.language}
