"""Readiness is worked out from values, level by level, and says what the next one asks for."""

from datetime import date
from typing import Any

import pytest

from catalogue.completeness import CONDITIONS
from catalogue.fields import SITE, Value
from catalogue.provenance import Provenance
from catalogue.readiness import REQUIREMENTS, Facts, Requirement, readiness

WRITTEN = Provenance(basis="utility_written", as_of=date(2026, 5, 1))
TOLD = Provenance(basis="municipality", as_of=date(2026, 5, 1))

STEPS: tuple[dict[str, Any], ...] = (
    {"contact_name": "Anna Prov"},
    {"comprehensive_plan": "industry", "ownership": "municipal", "protected_overlap": ["none"]},
    {"detaljplan_status": "samrad", "power_now_mw": 10.0},
    {"detaljplan_status": "laga_kraft", "geotech": "desk", "drinking_water_m3_day": 300.0},
    {"power_timeline": [{"year": 2029, "mw": 120, "firm": True}], "connection_voltage_kv": [130],
     "sewage_m3_day": 300.0, "road_class": "BK4", "contamination": "investigated"},
    {"land_access_months": 3, "capacity_application": "reserved", "earthworks": "cleared",
     "env_permit": "applied", "env_instance": "B_county", "env_lead_days": 400},
)  # fmt: skip


def facts(level: int, **but: Value | None) -> Facts:
    """The values that bring a site to a level, all in writing, with some of them changed."""
    values: dict[str, Any] = {}
    for step in STEPS[: level + 1]:
        values |= step
    values |= but
    known = {key: value for key, value in values.items() if value is not None}
    return Facts(known, dict.fromkeys(known, WRITTEN), has_outline=True)


@pytest.mark.parametrize("level", range(6))
def test_each_step_of_values_brings_the_next_level(level: int) -> None:
    assert readiness(facts(level)).level == level


def test_a_site_without_an_outline_has_no_level() -> None:
    judged = readiness(Facts({"contact_name": "Anna"}, {}, has_outline=False))

    assert judged.level is None
    assert [one.keys for one in judged.missing] == [("outline",)]


@pytest.mark.parametrize(
    ("level", "but", "reached"),
    [
        (1, {"protected_overlap": None}, 0),
        (2, {"ownership": "private"}, 1),
        (2, {"detaljplan_status": "planbesked"}, 1),
        (3, {"geotech": "none"}, 2),
        (3, {"detaljplan_status": "overklagad"}, 2),
        (3, {"detaljplan_status": "upphavd"}, 1),
        (4, {"road_class": None}, 3),
        (4, {"contamination": "listed"}, 4),
        (5, {"land_access_months": 4}, 4),
        (5, {"capacity_application": "applied"}, 4),
        (5, {"earthworks": "forest"}, 4),
        (5, {"env_lead_days": None}, 4),
    ],
)
def test_one_requirement_short_is_one_level_short(
    level: int, but: dict[str, Any], reached: int
) -> None:
    assert readiness(facts(level, **but)).level == reached


def test_power_that_is_only_told_is_not_a_statement_in_writing() -> None:
    told = facts(3)
    provenance = {**told.provenance, "power_now_mw": TOLD}

    judged = readiness(Facts(told.values, provenance, has_outline=True))

    assert judged.level == 2
    assert [one.text.en for one in judged.missing] == ["A written statement on power"]


def test_asking_the_grid_owner_is_enough_for_level_2() -> None:
    asked = Provenance(state="unknown", asked="Ellevio", asked_on=date(2026, 3, 12))
    values = {key: value for key, value in facts(2).values.items() if key != "power_now_mw"}

    judged = readiness(Facts(values, {"power_timeline": asked}, has_outline=True))

    assert judged.level == 2


def test_nothing_that_is_computed_is_asked_for() -> None:
    """Computing a site's fields may therefore keep what was judged of it before."""
    asked = {key for one in REQUIREMENTS for key in one.keys} | set(CONDITIONS)

    assert [key for key in asked if SITE[key].computed and not SITE[key].structural] == []


class Watched(dict[str, Any]):
    """Values that note which of them are asked for; Any: as values are."""

    def __init__(self, known: dict[str, Any]) -> None:
        super().__init__(known)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)


@pytest.mark.parametrize("one", REQUIREMENTS, ids=lambda one: one.text.en)
def test_a_requirement_looks_at_no_other_fields_than_it_names(one: Requirement) -> None:
    known = facts(5)
    values = Watched(dict(known.values))

    one.holds(Facts(values, known.provenance, has_outline=True))

    assert values.asked <= set(one.keys)
