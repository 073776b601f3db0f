"""What stands behind each made-up value: who answered, how surely, and what is still asked."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from random import Random
from typing import NamedTuple

from catalogue.fields import SITE, Theme
from catalogue.provenance import Basis, Provenance, State
from seed.demo_grounds import Suppliers


class Office(NamedTuple):
    """Somebody who knows: what they are called, and what their answers rise to."""

    name: str
    ladder: tuple[Basis, ...]
    sources: tuple[str, ...]
    """One for each step of the ladder; `{name}` stands for the office."""


class Standing(NamedTuple):
    """A provenance that is not dated yet; `who` is the source, or who was asked."""

    state: State
    basis: Basis | None
    who: str


INAPPLICABLE = Standing("not_applicable", "municipality", "")
OFFICES: dict[str, Office] = {
    "grid": Office(
        "{grid}",
        ("estimate", "utility_verbal", "utility_written", "utility_written", "signed_agreement"),
        (
            "Kommunens bedömning efter samråd om elnätet", "{name}, samtal med nätplaneringen",
            "{name}, skriftligt besked", "{name}, svar på förfrågan", "Avtal med {name}",
        ),
    ),
    "water": Office(
        "{water}",
        ("estimate", "utility_verbal", "utility_written", "utility_written"),
        (
            "Kommunens bedömning ur VA-planen", "{name}, samtal med driften",
            "{name}, skriftligt besked", "{name}, kapacitetsutredning",
        ),
    ),
    "land": Office(
        "Mark- och exploateringsavdelningen",
        ("estimate", "municipality", "municipality"),
        ("Bedömning på karta", "{name}", "Kommunens fastighetsregister"),
    ),
    "planning": Office(
        "Planavdelningen",
        ("municipality", "municipality", "authority"),
        ("Översiktsplanen", "{name}", "Kommunens planregister"),
    ),
    "county": Office(
        "Länsstyrelsen",
        ("estimate", "municipality", "authority"),
        ("Bedömning på karta", "Kommunens underlag till översiktsplanen", "{name}"),
    ),
    "survey": Office(
        "Kart- och mätavdelningen",
        ("estimate", "municipality", "authority"),
        ("Avläst på karta", "{name}", "Geoteknisk utredning"),
    ),
    "environment": Office(
        "Miljökontoret",
        ("estimate", "municipality", "authority"),
        ("Bedömning efter liknande ärenden", "{name}", "{name}, yttrande"),
    ),
    "traffic": Office(
        "Trafikverket",
        ("estimate", "municipality", "authority"),
        ("Bedömning på karta", "Kommunens trafikplan", "{name}"),
    ),
    "fibre": Office(
        "Stadsnätet",
        ("estimate", "utility_verbal", "utility_written"),
        ("Kommunens bedömning", "{name}, samtal", "{name}, skriftligt besked"),
    ),
}  # fmt: skip
OFFICE_OF_THEME: dict[Theme, str] = {
    "identity": "land", "land": "land", "plan": "planning", "power": "grid", "water": "water",
    "transport": "fibre", "permits": "environment",
}  # fmt: skip
OFFICE_OF: dict[str, str] = {
    "flood_risk": "county", "contamination": "county", "protected_overlap": "county",
    "elevation_m": "survey", "slope_pct": "survey", "soil": "survey", "depth_to_rock_m": "survey",
    "geotech": "survey", "road_class": "traffic", "rail_siding": "traffic",
    "district_heating": "environment", "excess_heat_offtake_mw": "environment",
    "gas": "environment", "water_permit": "environment",
}  # fmt: skip
OFFICE_OF |= {
    key: OFFICE_OF_THEME[field.theme]
    for key, field in SITE.items()
    if key not in OFFICE_OF and field.theme in OFFICE_OF_THEME
}

NEVER_ASKED = frozenset(
    {"site_type", "suitable_for", "property_designations", "area_gross_ha", "area_net_ha",
     "bidding_area", "water_utility", "grid_owner_local"}
)  # fmt: skip
NEEDED: tuple[frozenset[str], ...] = (
    frozenset({"comprehensive_plan", "detaljplan_status"}),
    frozenset({"ownership", "protected_overlap"}),
    frozenset({"control"}),
    frozenset({"geotech", "power_timeline", "power_now_mw", "drinking_water_m3_day"}),
    frozenset({"connection_voltage_kv", "sewage_m3_day", "road_class", "contamination"}),
    frozenset(
        {"land_access_months", "capacity_application", "earthworks", "env_permit", "env_instance",
         "env_lead_days"}
    ),
)  # fmt: skip
"""What each readiness level stands or falls with; it is known at that level and above."""
IN_WRITING: dict[str, int] = {
    "power_timeline": 3, "power_now_mw": 3, "drinking_water_m3_day": 3,
    "protected_overlap": 4, "contamination": 4,
}  # fmt: skip
"""From which level a value is there in writing."""
EMPTY_SHARE = {1: 0.0, 2: 0.16, 3: 0.45}
ASKED_SHARE = {1: 0.07, 2: 0.09, 3: 0.10}


@cache
def needed_at(level: int) -> frozenset[str]:
    return frozenset().union(*NEEDED[: level + 1])


def gap(key: str, level: int, draw: float, haste: float) -> str:
    """Whether a field is `asked` about, left `empty`, or told; `draw` is random in 0–1.

    The more `haste`, the more is left empty.
    """
    if key in NEVER_ASKED or key in needed_at(level):
        return "told"
    importance = SITE[key].level
    empty = haste * EMPTY_SHARE[importance] * (1.3 - 0.2 * level)
    if draw < empty:
        return "empty"
    return "asked" if draw < empty + ASKED_SHARE[importance] else "told"


def name_of(office: str, suppliers: Suppliers, grid_owner: str) -> str:
    return OFFICES[office].name.format(grid=grid_owner, water=suppliers.water_utility)


def asked(key: str, suppliers: Suppliers, grid_owner: str) -> Standing:
    return Standing("unknown", None, name_of(OFFICE_OF[key], suppliers, grid_owner))


@cache
def rung(office: str, step: int, name: str) -> Standing:
    """The answer of an office at a step of its ladder."""
    known = OFFICES[office]
    return Standing("known", known.ladder[step], known.sources[step].format(name=name))


def told(key: str, level: int, names: Mapping[str, str], random: Random) -> Standing:
    """How surely a value is known: the readier the site, the higher on the ladder.

    `names` are the offices' own by office. A site is kept from the next level where only a
    statement in writing parts it from that.
    """
    office = OFFICE_OF[key]
    ladder = OFFICES[office].ladder
    step = min(int(len(ladder) * random.random() * (0.6 + 0.12 * level)), len(ladder) - 1)
    from_level = IN_WRITING.get(key)
    if from_level is not None:
        if level >= from_level:
            step = max(step, 2)
        elif key == "protected_overlap":
            step = min(step, 1)
    return rung(office, step, names[office])


@cache
def dated(standing: Standing, day: date, verified_by: str) -> Provenance:
    """The provenance on its day; what is in writing is noted with who entered it."""
    if standing.state == "unknown":
        return Provenance(state="unknown", asked=standing.who, asked_on=day)
    in_writing = standing.basis in ("utility_written", "authority", "signed_agreement")
    is_verified = in_writing and standing.state == "known" and bool(verified_by)
    return Provenance(
        state=standing.state,
        basis=standing.basis,
        as_of=day,
        source=standing.who,
        verified_by=verified_by if is_verified else "",
        verified_on=day if is_verified else None,
    )
