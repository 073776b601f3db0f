"""What to do next: the fields that would help a municipality's sites most, the best one first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Literal

from catalogue.completeness import applies
from catalogue.fields import SITE, SITE_FIELDS, Field, Theme, Value
from catalogue.provenance import Provenance
from catalogue.readiness import LEVELS, Requirement
from catalogue.rules import Rules
from catalogue.site import Site
from catalogue.sites import lacking
from geo.texts import Text

Reason = Literal["publishing", "readiness", "stale", "gap"]
ORDER: tuple[Reason, ...] = ("publishing", "readiness", "stale", "gap")
POSITIONS = {field.key: position for position, field in enumerate(SITE_FIELDS)}

WHO_BY_THEME: dict[Theme, Text] = {
    "identity": Text("Ni själva", "You yourselves"),
    "land": Text("Mark- och exploateringsavdelningen", "The land department"),
    "plan": Text("Planavdelningen", "The planning department"),
    "power": Text("Den lokala nätägaren", "The local grid owner"),
    "water": Text("VA-huvudmannen", "The water utility"),
    "transport": Text("Stadsnätet eller energibolaget", "The city network or the energy company"),
    "permits": Text("Miljökontoret", "The environment office"),
    "profile": Text("Ni själva", "You yourselves"),
}
WHY_BY_THEME: dict[Theme, Text] = {
    "identity": Text(
        "Utan det vet ingen vad platsen är eller vem man ringer.",
        "Without it nobody knows what the site is or whom to call.",
    ),
    "land": Text(
        "Ytan och marken är det första som en investerare sållar på.",
        "Area and ground are the first things an investor sorts by.",
    ),
    "plan": Text(
        "Planläget avgör när någon kan börja bygga.",
        "Planning decides when somebody can start building.",
    ),
    "power": Text(
        "Platser utan uppgift om el sållas bort först.",
        "Sites that say nothing about power are dropped first.",
    ),
    "water": Text(
        "Vatten och avlopp avgör vilka verksamheter som passar.",
        "Water and sewage decide which activities fit.",
    ),
    "transport": Text(
        "Den som ska frakta gods frågar om det direkt.",
        "Whoever ships goods asks about it at once.",
    ),
    "permits": Text(
        "Tiden till tillstånd avgör om platsen hinner bli klar.",
        "The time to a permit decides whether the site can be ready.",
    ),
    "profile": Text("Det är lika för alla platser.", "It is the same for every site."),
}
"""Why a missing value of a theme matters to whoever looks for land."""
PLANNERS = WHO_BY_THEME["plan"]
ENVIRONMENT_OFFICE = WHO_BY_THEME["permits"]
CITY_NETWORK = Text("Stadsnätet", "The city network")
ENERGY_COMPANY = Text("Energibolaget", "The energy company")
TRAFIKVERKET = Text("Trafikverket", "Trafikverket")
SURVEYORS = Text("Kart- och mätavdelningen", "The survey department")
WHO_BY_KEY: dict[str, Text] = {
    "outline": PLANNERS,
    "property_designations": WHO_BY_THEME["land"],
    "area_gross_ha": PLANNERS,
    "area_net_ha": PLANNERS,
    "largest_contiguous_ha": PLANNERS,
    "elevation_m": SURVEYORS,
    "slope_pct": SURVEYORS,
    "flood_risk": PLANNERS,
    "protected_overlap": PLANNERS,
    "contamination": ENVIRONMENT_OFFICE,
    "water_permit": ENVIRONMENT_OFFICE,
    "road_class": TRAFIKVERKET,
    "rail_siding": TRAFIKVERKET,
    "fibre_providers": CITY_NETWORK,
    "dark_fibre": CITY_NETWORK,
    "independent_routes": CITY_NETWORK,
    "latency_ms_stockholm": CITY_NETWORK,
    "district_heating": ENERGY_COMPANY,
    "excess_heat_offtake_mw": ENERGY_COMPANY,
    "gas": ENERGY_COMPANY,
}
NAMED_BY: dict[Theme, str] = {"power": "grid_owner_local", "water": "water_utility"}
"""The field in which a site itself says who knows about a theme."""


@dataclass(frozen=True)
class NextStep:
    """One field of one site that is worth the next half hour."""

    site: Site
    key: str
    reason: Reason
    why: Text
    who: Text
    asked: Provenance | None = None
    """Set where somebody has been asked and the answer is awaited."""

    @property
    def field(self) -> Field:
        return SITE[self.key]


@dataclass(frozen=True)
class Need:
    """A field that wants something, before it is put into words."""

    key: str
    reason: Reason
    requirement: Requirement | None = None
    day: date | None = None

    @property
    def why(self) -> Text:
        field = SITE[self.key]
        if self.requirement is not None:
            return needed_for(self.requirement)
        if self.reason == "stale":
            old = Text("Uppgiften är från {day}", "The value is from {day}")
            return old.format(day=self.day) if self.day else Text("Utan datum", "Without a date")
        is_basic = self.reason == "publishing" or field.level == 1
        return WHY_BY_THEME[field.theme] if is_basic else FOR_REQUESTS


def next_steps(sites: Iterable[Site], rules: Rules, most: int | None = None) -> list[NextStep]:
    """The steps of all sites, each field once, under its weightiest reason; at most so many.

    What blocks publishing comes first, then what the next level of readiness asks for, what has
    grown old, and what is empty. Within a reason: empty before asked, and the site that has least
    left before the others, since that is where one answer changes most.
    """
    found: list[tuple[tuple[int, bool, int, str, int], Site, Need]] = []
    for site in sites:
        if site.status in ("established", "withdrawn"):
            continue
        needs = list(needs_of(site, rules))
        left = Counter(need.reason for need in needs)
        for need in needs:
            order = (
                ORDER.index(need.reason),
                awaited(site, need.key) is not None,
                left[need.reason],
                site.reference,
                POSITIONS[need.key],
            )
            found.append((order, site, need))
    first = nsmallest(len(found) if most is None else most, found, key=lambda one: one[0])
    return [
        NextStep(
            site=site,
            key=need.key,
            reason=need.reason,
            why=need.why,
            who=who_knows(SITE[need.key], site.values),
            asked=awaited(site, need.key),
        )
        for _, site, need in first
    ]


def awaited(site: Site, key: str) -> Provenance | None:
    """The question that waits for an answer, where one has been asked."""
    behind = site.provenance.get(key)
    return behind if behind is not None and behind.state == "unknown" else None


def needs_of(site: Site, rules: Rules) -> Iterator[Need]:
    """One site's needs, the weightiest for each field only."""
    seen: set[str] = set()
    for need in all_needs(site, rules):
        if need.key not in seen:
            seen.add(need.key)
            yield need


def all_needs(site: Site, rules: Rules) -> Iterator[Need]:
    """The weightiest first; what is old, the oldest first."""
    if site.status in ("draft", "in_review"):
        for key in lacking(site):
            yield Need(key, "publishing")
    for one in site.readiness.missing:
        yield Need(mended_at(one, site), "readiness", requirement=one)
    for key, day in stale(site, rules):
        yield Need(key, "stale", day=day)
    for field in SITE_FIELDS:
        if field.level < 3 and is_gap(field, site):
            yield Need(field.key, "gap")


FOR_REQUESTS = Text(
    "Behövs för att svara på en förfrågan.", "Needed to answer a request for information."
)


def needed_for(one: Requirement) -> Text:
    return Text(
        "Mognad {number}, {level}: {requirement}", "Readiness {number}, {level}: {requirement}"
    ).format(
        number=one.level,
        level=LEVELS[one.level],
        requirement=Text(*(text[:1].lower() + text[1:] for text in one.text)),
    )


def mended_at(one: Requirement, site: Site) -> str:
    """The field where a requirement is met: the first that is empty, else the first."""
    return next((key for key in one.keys if is_gap(SITE[key], site)), one.keys[0])


def is_gap(field: Field, site: Site) -> bool:
    """Whether a field that a person fills in says nothing at all."""
    if field.key == "outline":
        return site.outline is None
    if field.computed or field.structural or not applies(field, site.values):
        return False
    return field.key not in site.values and field.key not in site.provenance


def stale(site: Site, rules: Rules) -> list[tuple[str, date | None]]:
    """The keys whose values count as stale, with their dates; computed ones do not age."""
    found = [
        (key, behind.as_of)
        for key, behind in site.provenance.items()
        if SITE[key].factual
        and not SITE[key].computed
        and applies(SITE[key], site.values)
        and behind.is_stale(SITE[key], rules.shelf_life, rules.today)
    ]
    return sorted(found, key=lambda one: (one[1] or date.min, one[0]))


def who_knows(field: Field, values: Mapping[str, Value | None]) -> Text:
    """Who can answer: by name where the site says it, else by their part."""
    named_by = NAMED_BY.get(field.theme)
    name = values.get(named_by) if named_by and field.key not in WHO_BY_KEY else None
    if name and field.key != named_by:
        return Text(str(name), str(name))
    return WHO_BY_KEY.get(field.key, WHO_BY_THEME[field.theme])
