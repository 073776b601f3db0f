"""What a search finds beside what plain Python finds, where SQL takes a shorter way."""

import random
from typing import Any

import pytest
import shapely
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site, square

UNKNOWN = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-03-12"}
NOT_APPLICABLE = {"state": "not_applicable"}
AREAS: tuple[Any, ...] = (20, 52.4, 52.5, 80, 150, UNKNOWN)
SEWAGES: tuple[Any, ...] = (100, 250, 900, UNKNOWN, NOT_APPLICABLE)


def at_least(limit: float, value: Any) -> bool | None:
    """None where it is not known; Any: a value as it is sent."""
    if value == NOT_APPLICABLE:
        return False
    return None if value == UNKNOWN else value >= limit


def at_most(limit: float, value: Any) -> bool | None:
    """As above."""
    if value == NOT_APPLICABLE:
        return False
    return None if value == UNKNOWN else value <= limit


@pytest.fixture
def sizes(databases: Databases) -> dict[str, tuple[Any, Any]]:
    """Area and sewage of sites with every pair of those values; Any: as sent."""
    return {
        a_site(databases, area_gross_ha=area, area_net_ha=10, sewage_m3_day=sewage).reference: (
            area,
            sewage,
        )
        for area in AREAS
        for sewage in SEWAGES
    }


def test_sites_are_found_counted_and_paged_as_python_would(
    sizes: dict[str, tuple[Any, Any]], client: TestClient
) -> None:
    searches = (
        ("area_gross_ha_min=52.5", [(0, at_least, 52.5)]),
        ("area_gross_ha_max=52.5", [(0, at_most, 52.5)]),
        ("area_gross_ha_min=52.4&area_gross_ha_max=100", [(0, at_least, 52.4), (0, at_most, 100)]),
        ("area_gross_ha_min=60&sewage_m3_day_min=250", [(0, at_least, 60), (1, at_least, 250)]),
        ("sewage_m3_day_min=250", [(1, at_least, 250)]),
        ("area_gross_ha_min=9000", [(0, at_least, 9000)]),
    )
    for query, asked in searches:
        meets, may_fit = [], []
        for reference, values in sizes.items():
            held = [judge(limit, values[place]) for place, judge, limit in asked]
            if False not in held:
                (may_fit if None in held else meets).append(reference)
        ordered = [*sorted(meets), *sorted(may_fit)]
        whole = client.get(f"/api/v1/sites?{query}&limit=100&sort=reference").json()
        second = client.get(f"/api/v1/sites?{query}&limit=3&offset=2&sort=reference").json()
        sure = client.get(f"/api/v1/sites?{query}&unknown=exclude&limit=100&sort=reference").json()
        beyond = client.get(f"/api/v1/sites?{query}&limit=3&offset=90").json()

        assert references(whole) == ordered, query
        assert references(second) == ordered[2:5], query
        assert references(sure) == sorted(meets), query
        assert references(beyond) == [], query
        for answer in (whole, second, beyond):
            assert (answer["meets"], answer["may_fit"], answer["fails"]) == (
                len(meets), len(may_fit), len(sizes) - len(ordered),
            ), query  # fmt: skip
        assert sure["numberMatched"] == len(meets), query


def references(answer: dict[str, Any]) -> list[str]:
    """Any: JSON."""
    return [one["id"] for one in answer["features"]]


def test_a_box_finds_what_geometry_says_lies_in_it_or_touches_it(
    databases: Databases, client: TestClient
) -> None:
    chance = random.Random(1)
    outlines = {}
    for _ in range(30):
        longitude, latitude = chance.uniform(16.29, 16.33), chance.uniform(61.39, 61.41)
        outline = square(longitude, latitude, chance.choice((0.005, 0.02)))
        reference = a_site(databases, outline=outline).reference
        shown = client.get(f"/api/v1/sites/{reference}").json()["geometry"]
        outlines[reference] = shapely.geometry.shape(shown)

    for _ in range(60):
        west, south = chance.uniform(16.25, 16.34), chance.uniform(61.37, 61.42)
        width, height = chance.choice((0.00001, 0.01, 0.1)), chance.choice((0.00001, 0.01, 0.1))
        box = (west, south, west + width, south + height)
        asked = ",".join(f"{edge:.7f}" for edge in box)
        answer = client.get(f"/api/v1/sites?box={asked}&limit=100").json()
        frame = shapely.box(*(float(f"{edge:.7f}") for edge in box))
        expected = {one for one, outline in outlines.items() if outline.intersects(frame)}
        assert set(references(answer)) == expected, asked
        assert (answer["meets"], answer["fails"]) == (len(expected), 30 - len(expected)), asked
