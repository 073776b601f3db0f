"""Pages about the service: the data dictionary, the accessibility statement and privacy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from catalogue.fields import PROFILE_FIELDS, SITE_FIELDS, THEMES, Field, Theme
from catalogue.fields.field import Kind
from catalogue.provenance import BASIS_LABELS, VERIFIED_RANK, ShelfLife
from catalogue.readiness import LEVELS, REQUIREMENTS
from frontend.rendering import Page, render
from geo.texts import Text

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
ASSESSED_ON = date(2026, 11, 23)
"""When the accessibility of the pages was last gone through; change it with the statement."""
DOWNLOADS = {
    "GeoJSON": "/api/v1/sites.geojson",
    "CSV": "/api/v1/sites?format=csv",
    "Excel": "/api/v1/sites?format=xlsx",
}
VISIBILITIES = {
    "public": Text("Alla", "Everybody"),
    "registered": Text("Registrerade", "Registered"),
    "internal": Text("Interna", "Internal"),
}
KINDS: dict[Kind, Text] = {
    "text": Text("text", "text"),
    "long_text": Text("text", "text"),
    "link": Text("webbadress", "web address"),
    "number": Text("tal", "number"),
    "integer": Text("heltal", "whole number"),
    "integers": Text("heltal, flera", "whole numbers"),
    "date": Text("datum", "date"),
    "flag": Text("ja eller nej", "yes or no"),
    "code": Text("ett värde ur en lista", "one value from a list"),
    "codes": Text("värden ur en lista", "values from a list"),
    "list": Text("texter", "texts"),
    "span": Text("från och till", "from and to"),
    "records": Text("rader", "rows"),
    "outline": Text("område på kartan", "area on the map"),
}
FIELD_LEVELS = {
    1: Text("behövs för att publicera platsen", "needed before the site is published"),
    2: Text("behövs för att svara på en förfrågan", "needed to answer a request"),
    3: Text("behövs vid fördjupad granskning", "needed for due diligence"),
}


@dataclass(frozen=True)
class Chapter:
    """The fields of one theme, as one table of the dictionary."""

    theme: Theme
    title: Text
    fields: tuple[Field, ...]


def data_page(page: Page, shelf_life: ShelfLife | None = None) -> str:
    """The data dictionary: what every field means, and how the data may be used."""
    return render(
        "about/data.html",
        page,
        chapters=[*chapters(SITE_FIELDS), *chapters(PROFILE_FIELDS)],
        bases=[(label, rank >= VERIFIED_RANK) for rank, label in ranked_bases()],
        downloads=DOWNLOADS,
        kinds=KINDS,
        field_levels=FIELD_LEVELS,
        level_requirements=level_requirements(),
        licence=LICENCE,
        shelf_life=shelf_life or ShelfLife(),
        visibilities=VISIBILITIES,
    )


def accessibility_page(page: Page, contact_email: str = "") -> str:
    """The accessibility statement that the law on digital public services asks for."""
    return render(
        "about/accessibility.html", page, contact_email=contact_email, assessed_on=ASSESSED_ON
    )


def privacy_page(page: Page, contact_email: str = "") -> str:
    """Which personal data and cookies the service keeps, and why."""
    return render("about/privacy.html", page, contact_email=contact_email)


def chapters(fields: Iterable[Field]) -> list[Chapter]:
    """The fields by theme, in the order of the registry."""
    order = list(THEMES)
    by_theme = sorted(fields, key=lambda field: order.index(field.theme))
    return [
        Chapter(theme, THEMES[theme], tuple(group))
        for theme, group in groupby(by_theme, key=lambda field: field.theme)
    ]


def ranked_bases() -> list[tuple[int, Text]]:
    """The bases of a value, weakest first, each with its rank."""
    return list(enumerate(BASIS_LABELS.values(), start=1))


def level_requirements() -> list[tuple[Text, list[Text]]]:
    """Each level of readiness with what it asks for beyond the one below."""
    return [
        (label, [one.text for one in REQUIREMENTS if one.level == level])
        for level, label in enumerate(LEVELS)
    ]
