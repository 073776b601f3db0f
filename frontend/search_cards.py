"""The cards of the list: what decides most searches about a site, on four lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from shapely.geometry import shape

from catalogue import power
from catalogue.fields import SITE
from catalogue.provenance import Mark
from catalogue.search.filters import SiteFilter
from frontend.figures import Figure
from frontend.formats import NO_BREAK_SPACE, number, value_text, with_unit
from frontend.search_words import reasons
from geo.texts import Language, Text

MARKED_KEYS = ("area_gross_ha", "power_now_mw", "power_timeline", "drinking_water_m3_day")
"""The values on a card that say how sure they are."""
SHOWN_REASONS = 3
STATUS_TONES = {"reserved": "warning", "established": "info"}
Said = Mapping[str, Any]
"""The properties of a feature; Any: JSON."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """One site as the list shows it."""

    reference: str
    name: str
    municipality: str
    level: int | None
    figures: Sequence[Figure]
    status: str
    tone: str
    reasons: Sequence[str]
    """Why it only may fit; empty for a site that meets the search."""
    longitude: float
    latitude: float


def card(
    feature: Mapping[str, Any],
    marks: Mapping[str, Mark],
    wanted: SiteFilter,
    *,
    language: Language,
    today: date,
) -> Card:
    """Any: GeoJSON."""
    said = feature["properties"]
    point = shapely.point_on_surface(shape(feature["geometry"]))
    why = reasons(said, language, today)
    return Card(
        reference=said["reference"],
        name=name_of(said, language),
        municipality=said["municipality_name"],
        level=said.get("readiness"),
        figures=figures(said, marks, wanted, language, today),
        status=status_word(said, language),
        tone=STATUS_TONES.get(said["status"], ""),
        reasons=why[:SHOWN_REASONS],
        longitude=round(point.x, 5),
        latitude=round(point.y, 5),
    )


def name_of(said: Said, language: Language) -> str:
    """The name in the page's language, else in the other, else the reference."""
    other = "sv" if language == "en" else "en"
    return str(said.get(f"name_{language}") or said.get(f"name_{other}") or said["reference"])


def status_word(said: Said, language: Language) -> str:
    """Empty for an ordinary site: that it is published goes without saying."""
    if said["status"] == "published":
        return ""
    return SITE["status"].code_label(said["status"]).in_language(language)


def figures(
    said: Said, marks: Mapping[str, Mark], wanted: SiteFilter, language: Language, today: date
) -> list[Figure]:
    """Area, power, water, plan and railway, as far as they are known."""
    year = wanted.power.year if wanted.power else None
    found = [
        plain("area_gross_ha", said, marks, language),
        power_figure(said, marks, year, language, today),
        plain("drinking_water_m3_day", said, marks, language),
        plain("detaljplan_status", said, {}, language),
        rail_figure(said, language),
    ]
    return [figure for figure in found if figure is not None]


def plain(key: str, said: Said, marks: Mapping[str, Mark], language: Language) -> Figure | None:
    if said.get(key) is None:
        return None
    return Figure(
        label=SITE[key].label.in_language(language),
        value=value_text(SITE[key], said[key], language),
        mark=marks.get(key, ""),
    )


def power_figure(
    said: Said, marks: Mapping[str, Mark], year: int | None, language: Language, today: date
) -> Figure | None:
    """MW in the year asked for; else the most that is planned, with its year."""
    shown_year = year or power.full_from(said) or today.year
    megawatts = power.available(said, max(shown_year, today.year), firm_only=False)
    if megawatts is None:
        return None
    key = "power_timeline" if said.get("power_timeline") else "power_now_mw"
    size = with_unit(number(megawatts, language), SITE["power_now_mw"].unit, language)
    return Figure(
        label=Text("Effekt", "Power").in_language(language),
        value=f"{size}{NO_BREAK_SPACE}{max(shown_year, today.year)}",
        mark=marks.get(key, ""),
    )


def rail_figure(said: Said, language: Language) -> Figure | None:
    """Measured in a layer that is drawn approximately, and said so."""
    km = said.get("distance_rail_km")
    if km is None:
        return None
    frame = Text("≈{s}{km} järnväg", "≈{s}{km} to railway")
    distance = with_unit(number(km, language, 0 if km >= 10 else 1), SITE["distance_rail_km"].unit,
                         language)  # fmt: skip
    return Figure(label="", value=frame.format(s=NO_BREAK_SPACE, km=distance).in_language(language))
