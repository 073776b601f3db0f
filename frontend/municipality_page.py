"""The pages of the municipalities: all of them, and what each says about itself and its sites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue import power
from catalogue.fields import PROFILE, SITE, Field
from catalogue.overview import Overview
from catalogue.profile_sections import GROUPED
from catalogue.provenance import Mark
from frontend.figures import Figure
from frontend.formats import number, value_text, with_unit
from frontend.rendering import Page, render
from frontend.site_page import STATUS_TONES, name_of
from frontend.site_page_contact import contact
from frontend.site_page_facts import MARK_ORDER, Fact, Told, Words
from frontend.site_page_files import documents, photos
from geo.texts import Language, Text

GROUPS = {name: GROUPED[name] for name in ("people", "supply", "planning", "living")}
"""The parts of a profile that everybody may read."""
COLUMNS = {
    "population": Text("Invånare", "Population"),
    "plan_lead_months": Text("Detaljplan, månader", "Detailed plan, months"),
    "tax_rate_pct": Text("Skattesats, %", "Tax rate, %"),
}
"""What the list of municipalities tells of each; units stand in the heading."""


@dataclass(frozen=True)
class Group:
    """A part of the profile; `missing` are the labels of what nobody has filled in."""

    name: str
    title: Text
    facts: tuple[Fact, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A number without its unit; empty where it has not been given."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class Entry:
    """One municipality in the list."""

    code: str
    name: str
    sites: int
    net_ha: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Card:
    """One site of the municipality."""

    reference: str
    name: Words
    readiness: int | None
    status: Text
    tone: str
    figures: tuple[Figure, ...]


def municipalities_page(page: Page, everyone: Sequence[Overview], today: date) -> str:
    """All of them in alphabetical order: they are not ranked."""
    entries = [
        Entry(one.code, one.name, one.sites, one.net_ha, cells(one, page.language, today))
        for one in everyone
    ]
    used = {cell.mark for entry in entries for cell in entry.cells if cell.text}
    return render(
        "municipality/list.html",
        page,
        entries=entries,
        marks=[mark for mark in MARK_ORDER if mark in used],
        columns=list(COLUMNS.values()),
        sites=sum(one.sites for one in everyone),
        net_ha=sum(one.net_ha for one in everyone),
    )


def cells(one: Overview, language: Language, today: date) -> tuple[Cell, ...]:
    told = Told(one.profile, PROFILE, language, today)
    found = []
    for key in COLUMNS:
        value = told.number(key)
        text = "" if value is None else number(value, language, PROFILE[key].decimals)
        found.append(Cell(text, told.mark(key)))
    return tuple(found)


def municipality_page(
    page: Page,
    municipality: Overview,
    features: Sequence[Mapping[str, Any]],
    today: date,
    office: str,
) -> str:
    """One municipality with its profile and cards of its sites; Any: GeoJSON.

    `office` is the address to write to where there is nobody else to ask.
    """
    told = Told(municipality.profile, PROFILE, page.language, today)
    return render(
        "municipality/page.html",
        page,
        municipality=municipality,
        description=told.words("description"),
        priorities=told.words("priorities"),
        website=told.value("website"),
        contact=contact(municipality.profile, municipality.name),
        office=office,
        groups=[group(told, name, *one) for name, one in GROUPS.items()],
        photos=photos(told),
        documents=documents(told),
        marks=told.marks(municipality.profile["provenance"]),
        cards=[card(feature, page.language, today) for feature in features],
    )


def group(told: Told, name: str, title: Text, fields: Sequence[Field]) -> Group:
    shown = [field for field in fields if told.behind(field.key)]
    return Group(
        name,
        title,
        tuple(told.fact(field.key) for field in shown),
        tuple(told.label(field.key) for field in fields if field not in shown),
    )


def card(feature: Mapping[str, Any], language: Language, today: date) -> Card:
    """Any: GeoJSON."""
    said = feature["properties"]
    return Card(
        reference=said["reference"],
        name=name_of(Told(said, SITE, language, today)),
        readiness=said.get("readiness"),
        status=SITE["status"].code_label(said["status"]),
        tone=STATUS_TONES[said["status"]],
        figures=tuple(figures(said, language)),
    )


def figures(said: Mapping[str, Any], language: Language) -> list[Figure]:
    """Area, power and plan, as far as they are known; Any: JSON."""
    found = []
    for key in ("area_net_ha", "power_now_mw", "detaljplan_status"):
        text = value_text(SITE[key], said.get(key), language)
        if key == "power_now_mw":
            text = power_text(said, language) or text
        if text:
            found.append(Figure(label=SITE[key].label.in_language(language), value=text))
    return found


def power_text(said: Mapping[str, Any], language: Language) -> str:
    """`120 MW 2030`: the most power and from when; Any: JSON."""
    year = power.full_from(said)
    if year is None:
        return ""
    most = max(point.mw for point in power.points(said["power_timeline"]))
    unit = SITE["power_now_mw"].unit
    return f"{with_unit(number(most, language), unit, language)} {year}"
