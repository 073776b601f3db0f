"""What a site's page tells programs: search engines, and services that show a link as a card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely.geometry import shape

from frontend.rendering import Page, address
from frontend.site_page_facts import Told, Words
from frontend.site_page_strip import KeyFact
from geo.texts import Text

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
PICTURE_ALT = Text(
    "Karta över {name} med de viktigaste uppgifterna.", "Map of {name} with its key facts."
)


@dataclass(frozen=True, kw_only=True)
class Meta:
    """Addresses in full."""

    here: str
    picture: str
    picture_alt: str
    sheet: str
    data: str
    summary: str
    """The key facts in one line."""
    linked_data: Mapping[str, Any]
    """JSON-LD in the words of schema.org; Any: JSON."""


def meta(page: Page, told: Told, name: Words, strip: list[KeyFact], geometry: Any) -> Meta:
    """Any: GeoJSON."""
    path = f"/sites/{told.said['reference']}"
    here = page.home + address(page.language, path)
    picture = f"{page.home}{path}/map.png?lang={page.language}"
    sheet = f"{page.home}{path}.pdf?lang={page.language}"
    data = f"{page.home}/api/v1{path}"
    summary = summary_of(strip)
    return Meta(
        here=here,
        picture=picture,
        picture_alt=PICTURE_ALT.format(name=name.text).in_language(page.language),
        sheet=sheet,
        data=data,
        summary=summary,
        linked_data={
            "@context": "https://schema.org",
            "@graph": [
                {
                    "@type": "Place",
                    "@id": f"{here}#place",
                    "name": name.text,
                    "identifier": told.said["reference"],
                    "description": summary,
                    "url": here,
                    "image": picture,
                    "address": {
                        "@type": "PostalAddress",
                        "addressLocality": told.said["municipality_name"],
                        "addressRegion": "Gävleborg",
                        "addressCountry": "SE",
                    },
                    **({"geo": position(geometry)} if geometry else {}),
                    "additionalProperty": [
                        {"@type": "PropertyValue", "name": fact.label, "value": fact.value}
                        for fact in strip
                    ],
                },
                {
                    "@type": "Dataset",
                    "@id": f"{here}#data",
                    "name": name.text,
                    "description": summary,
                    "url": here,
                    "inLanguage": page.language,
                    "license": LICENCE,
                    "isAccessibleForFree": True,
                    "dateModified": told.said["updated_at"],
                    "spatialCoverage": {"@id": f"{here}#place"},
                    "distribution": [
                        download("application/geo+json", data),
                        download("application/pdf", sheet),
                    ],
                },
            ],
        },
    )


def summary_of(strip: list[KeyFact]) -> str:
    """`Nettoyta 59,9 ha · Effekt i dag 0 MW · …`"""
    return " · ".join(f"{fact.label} {fact.value}" for fact in strip)


def position(geometry: Any) -> dict[str, Any]:
    """The middle of the outline as the reader may see it; Any: GeoJSON."""
    middle = shape(geometry).centroid
    return {
        "@type": "GeoCoordinates",
        "latitude": round(middle.y, 4),
        "longitude": round(middle.x, 4),
    }


def download(media_type: str, at: str) -> dict[str, str]:
    return {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": at}
