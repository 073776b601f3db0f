"""The other sites near a site: how far away, and whether they share its power."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from catalogue.fields import SITE
from frontend.formats import number, value_text, with_unit
from frontend.site_page_facts import Told, Words
from geo.reference_systems import SWEREF99TM, WGS84, transformed
from geo.texts import Language, Text


@dataclass(frozen=True, kw_only=True)
class NearSite:
    """Another listed site and the straight line to it."""

    reference: str
    name: Words
    municipality_name: str
    distance: str
    area: str
    power: str
    shares_substation: bool


def near_sites(
    told: Told,
    feature: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]],
    neighbours: Sequence[Mapping[str, Any]],
) -> list[NearSite]:
    """The nearest first, by the outlines as the reader may see them. Any: GeoJSON."""
    if not others:
        return []
    here, sharing = outline(feature), {one["id"] for one in neighbours}
    distances = sorted(
        ((here.distance(outline(one)) / 1_000, one) for one in others), key=lambda pair: pair[0]
    )
    return [
        NearSite(
            reference=one["id"],
            name=named(one, told.language)[1],
            municipality_name=one["properties"]["municipality_name"],
            distance=far(km, told.language),
            area=value(one, "area_net_ha", told.language),
            power=value(one, "power_now_mw", told.language),
            shares_substation=one["id"] in sharing,
        )
        for km, one in distances
    ]


def outline(feature: Mapping[str, Any]) -> BaseGeometry:
    """In SWEREF 99 TM; Any: GeoJSON."""
    return transformed(shape(feature["geometry"]), WGS84, SWEREF99TM)


def far(km: float, language: Language) -> str:
    return f"≈\N{NO-BREAK SPACE}{with_unit(number(km, language), Text('km', 'km'), language)}"


def value(feature: Mapping[str, Any], key: str, language: Language) -> str:
    """Any: GeoJSON."""
    return value_text(SITE[key], feature["properties"].get(key), language)


def named(feature: Mapping[str, Any], language: Language) -> tuple[str, Words]:
    """A listed site's reference and name; Any: GeoJSON."""
    said = feature["properties"]
    names = [(said.get(f"name_{one}"), one) for one in (language, "sv", "en")]
    text, spoken = next(((text, one) for text, one in names if text), (said["reference"], language))
    return said["reference"], Words(text, spoken)
