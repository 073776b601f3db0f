"""How ready a site is, worked out from its values: a level holds when all its requirements do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalogue.fields import SITE, Value
from catalogue.provenance import VERIFIED_RANK, Provenance
from geo.texts import Text

LEVELS: tuple[Text, ...] = (
    Text("Idé", "Idea"),
    Text("Utpekad", "Designated"),
    Text("Rådighet", "Controlled"),
    Text("Planlagd", "Zoned"),
    Text("Anslutningsbar", "Connectable"),
    Text("Byggklar", "Build-ready"),
)
POWER_KEYS = ("power_now_mw", "power_timeline")
WATER_KEYS = ("drinking_water_m3_day", "process_water_m3_day")


@dataclass(frozen=True)
class Facts:
    """What readiness is judged on."""

    values: Mapping[str, Value | None]
    provenance: Mapping[str, Provenance]
    has_outline: bool

    def known(self, *keys: str) -> bool:
        return all(self.values.get(key) is not None for key in keys)

    def any_of(self, key: str, *codes: str) -> bool:
        return self.values.get(key) in codes

    def at_least(self, key: str, code: str) -> bool:
        """An ordered code at or past another; one outside the order never is."""
        order, value = SITE[key].code_order, self.values.get(key)
        return value in order and order.index(str(value)) >= order.index(code)

    def written(self, *keys: str) -> bool:
        """At least one of them is known in writing, or better."""
        return any(
            self.known(key)
            and key in self.provenance
            and self.provenance[key].rank >= VERIFIED_RANK
            for key in keys
        )

    def worked_on(self, *keys: str) -> bool:
        """At least one of them is known, or somebody has been asked."""
        return any(key in self.provenance for key in keys)


@dataclass(frozen=True)
class Requirement:
    """One thing a level asks for, and the fields where it is mended."""

    level: int
    text: Text
    keys: tuple[str, ...]
    holds: Callable[[Facts], bool]


@dataclass(frozen=True)
class Readiness:
    """The highest level whose requirements, and those below, all hold; None before level 0."""

    level: int | None
    missing: tuple[Requirement, ...]
    """What the next level still asks for."""

    @property
    def next_level(self) -> int | None:
        return self.missing[0].level if self.missing else None


def readiness(facts: Facts) -> Readiness:
    for level, requirements in BY_LEVEL.items():
        missing = tuple([one for one in requirements if not one.holds(facts)])
        if missing:
            return Readiness(level - 1 if level else None, missing)
    return Readiness(len(LEVELS) - 1, ())


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        0, Text("Området är ritat", "The outline is drawn"), ("outline",), lambda f: f.has_outline
    ),
    Requirement(
        0,
        Text("En namngiven kontaktperson finns", "There is a named contact"),
        ("contact_name", "contact_email"),
        lambda f: f.known("contact_name"),
    ),
    Requirement(
        1,
        Text(
            "Platsen är utpekad i översiktsplanen eller har positivt planbesked",
            "The site is in the comprehensive plan or has a positive planning notice",
        ),
        ("comprehensive_plan", "detaljplan_status"),
        lambda f: (
            f.any_of("comprehensive_plan", "industry", "business_area", "development_area")
            or f.at_least("detaljplan_status", "op")
        ),
    ),
    Requirement(
        1,
        Text("Ägaren är känd", "The owner is known"),
        ("ownership",),
        lambda f: f.known("ownership"),
    ),
    Requirement(
        1,
        Text("Skyddade områden är kontrollerade", "Protected areas have been checked"),
        ("protected_overlap",),
        lambda f: f.known("protected_overlap"),
    ),
    Requirement(
        2,
        Text(
            "Kommunen äger marken eller har option",
            "The municipality owns the land or has an option",
        ),
        ("ownership", "control"),
        lambda f: f.any_of("ownership", "municipal") or f.any_of("control", "owned", "option"),
    ),
    Requirement(
        2,
        Text("Planarbetet har börjat", "Planning has started"),
        ("detaljplan_status",),
        lambda f: f.at_least("detaljplan_status", "uppdrag"),
    ),
    Requirement(
        2,
        Text("Nätägaren är tillfrågad", "The grid owner has been asked"),
        POWER_KEYS,
        lambda f: f.worked_on(*POWER_KEYS),
    ),
    Requirement(
        3,
        Text("Detaljplanen har laga kraft", "The detailed plan is in force"),
        ("detaljplan_status",),
        lambda f: f.any_of("detaljplan_status", "laga_kraft"),
    ),
    Requirement(
        3,
        Text(
            "Geotekniken är utredd, minst som skrivbordsstudie",
            "Ground conditions are studied, at least at the desk",
        ),
        ("geotech",),
        lambda f: f.at_least("geotech", "desk"),
    ),
    Requirement(
        3,
        Text("Skriftligt besked om effekt", "A written statement on power"),
        POWER_KEYS,
        lambda f: f.written(*POWER_KEYS),
    ),
    Requirement(
        3,
        Text("Skriftligt besked om vatten", "A written statement on water"),
        WATER_KEYS,
        lambda f: f.written(*WATER_KEYS),
    ),
    Requirement(
        4,
        Text(
            "Effekt per år och spänning är skriftligt bekräftade",
            "Power by year and voltage are confirmed in writing",
        ),
        ("power_timeline", "connection_voltage_kv"),
        lambda f: f.written("power_timeline") and f.known("connection_voltage_kv"),
    ),
    Requirement(
        4,
        Text("Kapaciteten för vatten och avlopp är känd", "Water and sewage capacity is known"),
        (*WATER_KEYS, "sewage_m3_day"),
        lambda f: any(f.known(key) for key in WATER_KEYS) and f.known("sewage_m3_day"),
    ),
    Requirement(
        4,
        Text("Vägen dit är känd", "Road access is known"),
        ("road_class",),
        lambda f: f.known("road_class"),
    ),
    Requirement(
        4,
        Text("Föroreningar är utredda", "Contamination has been investigated"),
        ("contamination",),
        lambda f: (
            f.any_of("contamination", "investigated", "remediated") or f.written("contamination")
        ),
    ),
    Requirement(
        4,
        Text(
            "Natur och fornlämningar är utredda av myndighet",
            "Nature and archaeology have been investigated by an authority",
        ),
        ("protected_overlap",),
        lambda f: f.written("protected_overlap"),
    ),
    Requirement(
        5,
        Text(
            "Marken kan överlåtas inom tre månader", "The land can be transferred within 3 months"
        ),
        ("land_access_months",),
        lambda f: f.known("land_access_months") and float(str(f.values["land_access_months"])) <= 3,
    ),
    Requirement(
        5,
        Text(
            "Effekten är reserverad eller avtalad",
            "The power is reserved or under contract",
        ),
        ("capacity_application",),
        lambda f: f.at_least("capacity_application", "reserved"),
    ),
    Requirement(
        5,
        Text("Markarbeten kan börja", "Earthworks can start"),
        ("earthworks",),
        lambda f: f.at_least("earthworks", "cleared"),
    ),
    Requirement(
        5,
        Text("Tillståndsvägen är beskriven med tider", "The permit route is described with times"),
        ("env_permit", "env_instance", "env_lead_days"),
        lambda f: f.known("env_permit", "env_instance", "env_lead_days"),
    ),
)
BY_LEVEL: dict[int, tuple[Requirement, ...]] = {
    level: tuple(one for one in REQUIREMENTS if one.level == level) for level in range(len(LEVELS))
}
