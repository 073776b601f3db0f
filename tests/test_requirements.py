"""A client's requirement is checked by the registry and asked through the one filter."""

from datetime import date

import pytest

from catalogue.errors import Invalid
from catalogue.requests.requirements import Requirement, parameters, read_requirements, wanted
from catalogue.requests.wording import words
from catalogue.search.filters import PARAMETERS, PowerWanted

NAMES = {"2180": "Gävle", "2183": "Bollnäs"}


def test_power_by_a_year_is_the_filter_s_own_condition() -> None:
    one = Requirement(key="power_mw", op="min", value=150, year=2029, firm=True)

    assert wanted(one, NAMES).power == PowerWanted(mw_min=150, year=2029, firm=True)


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_field_that_can_be_filtered_can_be_required(name: str) -> None:
    parameter = PARAMETERS[name]
    field, operator = parameter.field, parameter.operator
    op = {"any": "is" if field.kind == "flag" else "any_of", "not": "none_of"}.get(
        operator, operator
    )
    value: object = 5
    if field.kind == "flag":
        value = True
    elif field.kind == "date":
        value = "2028-06-30"
    elif field.codes:
        value = field.codes[1].code
    elif field.kind == "integers":
        value = "130" if op == "any_of" else 130

    (one,) = read_requirements([{"key": field.key, "op": op, "value": value}], NAMES)

    assert [condition.parameter for condition in wanted(one, NAMES).conditions] == [parameter]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"key": "colour", "op": "min", "value": 3}, "key"),
        ({"key": "contact_email", "op": "any_of", "value": "a@b.se"}, "key"),
        ({"key": "area_net_ha", "op": "any_of", "value": "3"}, "op"),
        ({"key": "area_net_ha", "op": "over", "value": 3}, "op"),
        ({"key": "area_net_ha", "op": "min", "value": float("nan")}, "value"),
        ({"key": "area_net_ha", "op": "min", "value": -1}, "value"),
        ({"key": "area_net_ha", "op": "min", "value": 1e9}, "value"),
        ({"key": "area_net_ha", "op": "min", "value": "sixty"}, "value"),
        ({"key": "area_net_ha", "op": "min", "value": True}, "value"),
        ({"key": "area_net_ha", "op": "min"}, "value"),
        ({"key": "fossil_free_pct", "op": "min", "value": 101}, "value"),
        ({"key": "readiness", "op": "min", "value": 6}, "value"),
        ({"key": "detaljplan_status", "op": "min", "value": "klar"}, "value"),
        ({"key": "detaljplan_status", "op": "min", "value": "upphavd"}, "value"),
        ({"key": "bidding_area", "op": "any_of", "value": ["SE9"]}, "value"),
        ({"key": "bidding_area", "op": "any_of", "value": []}, "value"),
        ({"key": "connection_voltage_kv", "op": "any_of", "value": ["131"]}, "value"),
        ({"key": "dark_fibre", "op": "is", "value": "yes"}, "value"),
        ({"key": "earliest_construction_start", "op": "max", "value": "soon"}, "value"),
        ({"key": "municipality", "op": "any_of", "value": ["Uppsala"]}, "value"),
        ({"key": "near", "op": "is", "value": "17,61"}, "value"),
        ({"key": "within", "op": "is", "value": "here"}, "value"),
        ({"key": "area_net_ha", "op": "min", "value": 5, "year": 2029}, "year"),
        ({"key": "power_mw", "op": "min", "value": 5, "year": 1999}, "year"),
        ({"key": "area_net_ha", "op": "min", "value": 5, "firm": True}, "firm"),
        ({"key": "area_net_ha", "op": "min", "value": 5, "weight": 0}, "weight"),
        ({"key": "area_net_ha", "op": "min", "value": 5, "weight": 11}, "weight"),
        ({"key": "area_net_ha", "op": "min", "value": 5, "color": 1}, "color"),
    ],
)
def test_a_requirement_that_cannot_be_asked_is_refused_at_its_part(
    given: dict[str, object], where: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read_requirements([{"key": "area_net_ha", "op": "min", "value": 5}, given], NAMES)

    assert [fault.where for fault in refused.value.faults] == [f"requirements/1/{where}"]


def test_a_client_may_ask_for_more_than_any_site_has() -> None:
    assert Requirement(key="power_mw", op="min", value=1_000).value == 1_000


def test_a_municipality_is_asked_for_by_its_name_or_code() -> None:
    one = Requirement(key="municipality", op="any_of", value=("Gävle", "2183"))

    assert wanted(one, NAMES).municipality == ("2180", "2183")


@pytest.mark.parametrize(
    ("one", "sv", "en"),
    [
        (
            Requirement(key="power_mw", op="min", value=150, year=2029, firm=True),
            "Effekt: minst 150 MW år 2029, fast", "Power: at least 150 MW by 2029, firm",
        ),
        (
            Requirement(key="process_water_m3_day", op="min", value=5_000),
            "Processvatten: minst 5 000 m³/dygn", "Process water: at least 5,000 m³/day",
        ),
        (
            Requirement(key="bidding_area", op="any_of", value=("SE2", "SE3")),
            "Elområde: SE2 eller SE3", "Bidding area: SE2 or SE3",
        ),
        (
            Requirement(key="detaljplan_status", op="min", value="laga_kraft"),
            "Detaljplan: Laga kraft", "Detailed plan: In force",
        ),
        (
            Requirement(key="redundancy", op="min", value="n1"),
            "Redundans: minst N-1", "Redundancy: at least N-1",
        ),
        (
            Requirement(
                key="detaljplan_in_force_expected", op="max", value=date(2027, 12, 31)
            ),
            "Laga kraft väntas: senast 31 dec 2027",
            "In force expected: 31 Dec 2027 at the latest",
        ),
        (
            Requirement(key="earliest_full_power", op="max", value=2030),
            "Tidigaste år med full effekt: senast 2030",
            "Earliest year of full power: 2030 at the latest",
        ),
        (
            Requirement(key="dark_fibre", op="is", value=True), "Svartfiber: ja", "Dark fibre: yes",
        ),
        (
            Requirement(key="readiness", op="min", value=3),
            "Mognad: minst 3 Planlagd", "Readiness: at least 3 Zoned",
        ),
        (
            Requirement(key="connection_voltage_kv", op="any_of", value=("130", "220")),
            "Anslutningsspänning: 130 kV eller 220 kV",
            "Connection voltage: 130 kV or 220 kV",
        ),
        (
            Requirement(key="protected_overlap", op="none_of", value=("natura_2000",)),
            "Skydd inom området: inte Natura 2000",
            "Protection within the outline: not Natura 2000",
        ),
        (
            Requirement(key="municipality", op="any_of", value=("2180",)),
            "Kommun: Gävle", "Municipality: Gävle",
        ),
    ],
)  # fmt: skip
def test_a_requirement_reads_as_a_sentence_in_both_languages(
    one: Requirement, sv: str, en: str
) -> None:
    said = words(one, NAMES)

    assert (
        said.sv.replace("\N{NO-BREAK SPACE}", " "),
        said.en.replace("\N{NO-BREAK SPACE}", " "),
    ) == (sv, en)


def test_the_parameters_are_those_of_the_address() -> None:
    one = Requirement(key="distance_rail_km", op="max", value=15)

    assert parameters(one) == [("distance_rail_km_max", "15")]
