"""Sites against a client's requirements: met, not met or unknown, counted by hand on built sites."""

from collections.abc import Mapping
from typing import Any

from catalogue.database import Databases
from catalogue.requests.combinations import Combination, find_combinations
from catalogue.requests.matching import Matching, match
from catalogue.requests.requirements import Requirement, read_requirements
from catalogue.tables import listing_public, listing_registered
from tests.builders import a_site, square

NAMES = {"2180": "Gävle", "2183": "Bollnäs"}
LAND = {"key": "area_net_ha", "op": "min", "value": 60}
POWER = {"key": "power_mw", "op": "min", "value": 100, "year": 2029}
PLAN = {"key": "detaljplan_status", "op": "min", "value": "antagen"}
SEWAGE = {"key": "sewage_m3_day", "op": "min", "value": 400, "must": False, "weight": 2}
ASKED = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-03-12"}
LATER: dict[str, Any] = {"detaljplan_in_force_expected": "2028-06-01"}
PUBLIC_NODE = {"basis": "municipality", "as_of": "2026-10-01", "visibility": "public"}


def asked(*given: Mapping[str, object]) -> tuple[Requirement, ...]:
    return read_requirements(list(given), NAMES)


def answer(databases: Databases, *given: Mapping[str, object], **part: int) -> Matching:
    with databases.reading("public") as session:
        return match(session, asked(*given), listing_public, NAMES, **part)


def power_of(mw: float) -> dict[str, Any]:
    return {"power_timeline": [{"year": 2029, "mw": mw, "firm": True}]}


def test_each_requirement_is_met_not_met_or_unknown_with_what_is_missing(
    databases: Databases,
) -> None:
    a_site(databases, area_net_ha=50, sewage_m3_day=ASKED, **power_of(98))

    site = answer(databases, LAND, POWER, PLAN, SEWAGE).sites[0]

    assert [(one.outcome, one.value, one.gap) for one in site.results] == [
        ("not_met", 50, 10),
        ("not_met", 98, 2),
        ("met", "laga_kraft", None),
        ("unknown", None, None),
    ]


def test_the_score_is_the_weight_that_is_met_and_the_unknown_weight_stands_apart(
    databases: Databases,
) -> None:
    a_site(databases, area_net_ha=60, power_timeline=ASKED, power_now_mw=ASKED, sewage_m3_day=300)

    site = answer(databases, LAND, POWER, PLAN, SEWAGE).sites[0]

    assert (site.fit, site.score, site.unknown) == ("may_fit", 40.0, 20.0)


def test_what_the_client_merely_wishes_for_fails_no_site(databases: Databases) -> None:
    a_site(databases, area_net_ha=60, sewage_m3_day=10)

    site = answer(databases, LAND, SEWAGE).sites[0]

    assert (site.fit, site.score) == ("meets", 33.3)


def test_sites_that_meet_come_first_then_those_that_may_then_those_that_fail(
    databases: Databases,
) -> None:
    fails = a_site(databases, area_net_ha=20).reference
    may = a_site(databases, area_net_ha=60, sewage_m3_day=ASKED).reference
    meets = a_site(databases, area_net_ha=60, sewage_m3_day=500).reference

    found = answer(databases, LAND, {**SEWAGE, "must": True})

    assert [one.reference for one in found.sites] == [meets, may, fails]
    assert (found.meets, found.may_fit, found.fails) == (1, 1, 1)


def test_a_later_page_goes_on_where_the_first_ended(databases: Databases) -> None:
    first, second = (a_site(databases, area_net_ha=60).reference for _ in range(2))

    pages = [answer(databases, LAND, limit=1, offset=offset) for offset in (0, 1)]

    assert [page.sites[0].reference for page in pages] == [first, second]


def test_a_near_miss_fails_one_must_by_a_fifth_at_most_and_the_closest_comes_first(
    databases: Databases,
) -> None:
    by_a_tenth = a_site(databases, area_net_ha=60, **power_of(90)).reference
    by_two_megawatts = a_site(databases, area_net_ha=60, **power_of(98)).reference
    a_site(databases, area_net_ha=60, **power_of(70))
    a_site(databases, area_net_ha=59, **power_of(99))

    near = answer(databases, LAND, POWER).near_misses

    assert [one.reference for one in near] == [by_two_megawatts, by_a_tenth]
    assert near[0].results[1].gap == 2


def test_a_plan_one_step_short_is_a_near_miss_and_a_repealed_one_is_not(
    databases: Databases,
) -> None:
    one_step = a_site(databases, detaljplan_status="granskning", **LATER).reference
    a_site(databases, detaljplan_status="upphavd", **LATER)

    near = answer(databases, PLAN).near_misses

    assert [(one.reference, one.results[0].gap) for one in near] == [(one_step, 1)]


def test_a_fraction_of_a_megawatt_asked_for_by_year_is_met_by_the_same_fraction(
    databases: Databases,
) -> None:
    a_site(databases, **power_of(98.1))

    result = answer(databases, {**POWER, "value": 98.1}).sites[0].results[0]

    assert (result.outcome, result.value) == ("met", 98.1)


def test_what_only_registered_readers_see_is_unknown_in_public(databases: Databases) -> None:
    a_site(databases, connection_cost_msek=40)
    cost = asked({"key": "connection_cost_msek", "op": "max", "value": 50})

    with databases.reading("public") as session:
        public = match(session, cost, listing_public, NAMES).sites[0]
    with databases.reading("registered") as session:
        registered = match(session, cost, listing_registered, NAMES).sites[0]

    assert (public.results[0].outcome, public.results[0].value) == ("unknown", None)
    assert (registered.results[0].outcome, registered.results[0].value) == ("met", 40)


def neighbours(databases: Databases, *values: dict[str, Any]) -> list[str]:
    """Sites beside each other, some 2 km apart, in an order from the west."""
    return [
        a_site(databases, outline=square(16.30 + 0.05 * place), **own).reference
        for place, own in enumerate(values)
    ]


def together(databases: Databases, *given: Mapping[str, object]) -> list[Combination]:
    with databases.reading("public") as session:
        return find_combinations(session, asked(*given), listing_public, NAMES)


def on(substation: str, mw: float, **values: Any) -> dict[str, Any]:
    node = {"value": substation, **PUBLIC_NODE}
    return {"area_net_ha": 50, "substation": node, **power_of(mw), **values}


HUNDRED = {**LAND, "value": 100}


def test_two_neighbours_reach_the_hectares_together(databases: Databases) -> None:
    pair = neighbours(databases, {"area_net_ha": 50}, {"area_net_ha": 55})

    found = together(databases, HUNDRED)

    assert [[part.reference for part in one.parts] for one in found] == [pair]
    assert (found[0].fit, found[0].results[0].value) == ("meets", 105)


def test_power_on_two_substations_adds_up(databases: Databases) -> None:
    neighbours(databases, on("Häggesta", 60), on("Kilafors", 60))

    found = together(databases, HUNDRED, POWER)

    assert (found[0].fit, found[0].results[1].value) == ("meets", 120)


def test_power_on_one_shared_substation_is_counted_once(databases: Databases) -> None:
    neighbours(databases, on("Häggesta", 60), on("Häggesta", 60))

    assert together(databases, HUNDRED, POWER) == []
    enough = together(databases, HUNDRED, {**POWER, "value": 60})
    assert (enough[0].results[1].value, enough[0].shared_substations) == (60, ("Häggesta",))


def test_sites_whose_substation_is_not_known_only_may_add_up(databases: Databases) -> None:
    neighbours(databases, {"area_net_ha": 50, **power_of(60)}, {"area_net_ha": 50, **power_of(60)})

    found = together(databases, HUNDRED, POWER)

    assert (found[0].fit, found[0].results[1].outcome) == ("may_fit", "unknown")


def test_a_site_that_fails_another_must_is_no_part_of_an_answer(databases: Databases) -> None:
    neighbours(
        databases, {"area_net_ha": 50}, {"area_net_ha": 55, "detaljplan_status": "samrad", **LATER}
    )

    assert together(databases, HUNDRED, PLAN) == []


def test_outlines_that_overlap_are_not_added_up(databases: Databases) -> None:
    for _ in range(2):
        a_site(databases, area_net_ha=60)

    assert together(databases, HUNDRED) == []


def test_three_sites_answer_where_no_two_do(databases: Databases) -> None:
    three = neighbours(databases, *({"area_net_ha": 40} for _ in range(3)))

    found = together(databases, HUNDRED)

    assert [sorted(part.reference for part in one.parts) for one in found] == [three]
