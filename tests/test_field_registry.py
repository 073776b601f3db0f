"""The field registry says what the domain says: every field, its words, range and level."""

import re

import pytest

from catalogue.fields import MEASURED_THEMES, PROFILE, PROFILE_FIELDS, SITE, SITE_FIELDS, THEMES
from catalogue.fields.field import Code, Column, Field
from geo.texts import Text

EVERY_FIELD = [*SITE_FIELDS, *PROFILE_FIELDS]

SITE_KEYS = {
    "identity": """
        reference municipality status outline name_sv name_en site_type suitable_for
        property_designations outline_precision reserved_until contact_name contact_role
        contact_phone contact_email description_sv description_en photos documents
        readiness completeness_pct""",
    "land": """
        area_gross_ha area_net_ha largest_contiguous_ha expansion_ha divisible min_plot_ha
        ownership control tenure_offer price_sek_m2 price_on_request land_access_months
        elevation_m slope_pct soil depth_to_rock_m geotech flood_risk contamination
        protected_overlap earthworks""",
    "plan": """
        comprehensive_plan detaljplan_status detaljplan_in_force_expected detaljplan_id
        detaljplan_url permitted_use max_building_height_m""",
    "power": """
        bidding_area grid_owner_local grid_owner_regional power_now_mw power_timeline power_type
        connection_voltage_kv substation redundancy connection_lead_months connection_cost_msek
        capacity_application competing_requests_mw outage_min_year fossil_free_pct""",
    "water": """
        water_utility utility_area drinking_water_m3_day drinking_water_timeline
        process_water_m3_day process_water_source water_permit cooling_water_source
        cooling_water_distance_km summer_temp_c sewage_m3_day sewage_pe main_distance_m
        main_dimension_mm fire_water_l_s""",
    "transport": """
        distance_e_road_km nearest_e_road distance_rail_km nearest_rail
        distance_port_km nearest_port distance_airport_km nearest_airport
        distance_terminal_km nearest_terminal distance_substation_km nearest_substation
        road_class rail_siding port_max_draught_m fibre_providers dark_fibre independent_routes
        latency_ms_stockholm district_heating excess_heat_offtake_mw gas""",
    "permits": """
        env_permit env_instance env_lead_days earliest_construction_start earliest_full_power""",
}
PROFILE_KEYS = """
    description_sv description_en priorities_sv priorities_en website
    contact_name contact_role contact_phone contact_email
    population working_age_pct population_45_km population_60_km workforce_by_sector
    unemployment_pct upper_secondary_pct tertiary_pct vocational_programmes
    university_distance_km grid_situation grid_investments water_situation water_investments
    planned_industrial_land_in_force_ha planned_industrial_land_in_progress_ha
    municipal_land_reserve_ha plan_lead_months building_permit_lead_weeks decision_path
    fast_track fast_track_description housing_pipeline schools hotel_beds commuting_by_train
    tax_rate_pct land_price_policy district_heating_description fibre_description waste_heat
    swot_strengths swot_weaknesses swot_opportunities swot_threats swot_date"""

RANGES = [
    ("area_gross_ha", 0.5, 2000),
    ("expansion_ha", 0, 2000),
    ("price_sek_m2", 10, 1500),
    ("land_access_months", 0, 120),
    ("elevation_m", 0, 700),
    ("slope_pct", 0, 40),
    ("depth_to_rock_m", 0, 60),
    ("max_building_height_m", 5, 120),
    ("power_now_mw", 0, 800),
    ("connection_lead_months", 3, 144),
    ("connection_cost_msek", 0, 3000),
    ("outage_min_year", 0, 600),
    ("drinking_water_m3_day", 0, 20000),
    ("process_water_m3_day", 0, 500000),
    ("cooling_water_distance_km", 0, 30),
    ("summer_temp_c", 0, 25),
    ("sewage_m3_day", 0, 20000),
    ("sewage_pe", 0, 200000),
    ("main_distance_m", 0, 20000),
    ("main_dimension_mm", 50, 1200),
    ("fire_water_l_s", 10, 200),
    ("distance_port_km", 0, 450),
    ("port_max_draught_m", 4, 20),
    ("independent_routes", 0, 6),
    ("latency_ms_stockholm", 1, 25),
    ("excess_heat_offtake_mw", 0, 200),
    ("env_lead_days", 150, 1500),
    ("property_designations", 1, 50),
    ("name_sv", 3, 80),
    ("description_en", 80, 2000),
]

ORDERS = [
    (
        "detaljplan_status",
        "ingen op planbesked uppdrag samrad granskning antagen overklagad laga_kraft",
    ),
    ("geotech", "none desk field full"),
    ("earthworks", "forest cleared rough_graded pad_ready"),
    ("redundancy", "n0 n1 two_feeds n2"),
    ("capacity_application", "none enquiry applied reserved contract"),
    ("water_permit", "none investigated applied granted"),
    ("env_permit", "none consultation_done eia_ready applied granted transferable"),
]


def keys(fields: tuple[Field, ...], theme: str) -> list[str]:
    return [field.key for field in fields if field.theme == theme]


@pytest.mark.parametrize("theme", SITE_KEYS)
def test_a_theme_holds_the_fields_of_the_domain_in_their_order(theme: str) -> None:
    assert keys(SITE_FIELDS, theme) == SITE_KEYS[theme].split()


def test_a_profile_holds_the_fields_of_the_domain_in_their_order() -> None:
    assert keys(PROFILE_FIELDS, "profile") == PROFILE_KEYS.split()


def test_no_key_is_declared_twice() -> None:
    assert (len(SITE), len(PROFILE)) == (len(SITE_FIELDS), len(PROFILE_FIELDS))


def test_every_theme_has_fields_and_six_are_measured() -> None:
    assert {field.theme for field in EVERY_FIELD} == set(THEMES)
    assert MEASURED_THEMES == ("land", "plan", "power", "water", "transport", "permits")


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: f"{field.theme}-{field.key}")
def test_a_field_is_explained_in_both_languages(field: Field) -> None:
    assert all(0 < len(words) <= 35 for words in field.label)
    assert all(len(words) > 20 and words.endswith((".", "?")) for words in field.help)
    assert bool(field.unit.sv) == bool(field.unit.en)


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: f"{field.theme}-{field.key}")
def test_a_field_can_be_a_column_and_a_parameter(field: Field) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{1,59}", field.key)


@pytest.mark.parametrize(
    "code",
    [entry for field in EVERY_FIELD for entry in field.codes],
    ids=lambda entry: entry.code,
)
def test_a_code_is_labelled_in_both_languages(code: Code) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_]+", code.code)
    assert all(0 < len(words) <= 35 for words in code.label)


@pytest.mark.parametrize(
    "column",
    [entry for field in EVERY_FIELD for entry in field.columns],
    ids=lambda entry: entry.key,
)
def test_a_column_is_labelled_in_both_languages(column: Column) -> None:
    assert all(column.label)


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: f"{field.theme}-{field.key}")
def test_a_field_has_what_its_kind_needs_and_nothing_else(field: Field) -> None:
    assert bool(field.codes) == (field.kind in ("code", "codes"))
    assert bool(field.columns) == (field.kind == "records")
    assert bool(field.choices) == (field.kind == "integers")
    assert not (field.reference_list and field.kind not in ("text", "list"))
    assert not (field.ordered and field.kind != "code")


@pytest.mark.parametrize(
    "field",
    [field for field in EVERY_FIELD if field.kind in ("number", "integer", "span")],
    ids=lambda field: f"{field.theme}-{field.key}",
)
def test_a_number_has_a_sane_range(field: Field) -> None:
    assert field.minimum is not None
    assert field.maximum is not None
    assert field.minimum < (field.warn_above or field.maximum) <= field.maximum


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: f"{field.theme}-{field.key}")
def test_no_vocabulary_repeats_a_code(field: Field) -> None:
    assert len({entry.code for entry in field.codes}) == len(field.codes)


@pytest.mark.parametrize(("key", "minimum", "maximum"), RANGES)
def test_a_field_keeps_to_the_range_of_the_domain(key: str, minimum: float, maximum: float) -> None:
    assert (SITE[key].minimum, SITE[key].maximum) == (minimum, maximum)


@pytest.mark.parametrize(
    ("key", "mark"),
    [("area_gross_ha", 400), ("power_now_mw", 300), ("distance_substation_km", 8)],
)
def test_an_unusual_number_is_warned_about(key: str, mark: float) -> None:
    assert SITE[key].warn_above == mark


@pytest.mark.parametrize(("key", "codes"), ORDERS)
def test_ordered_codes_rise_as_the_domain_says(key: str, codes: str) -> None:
    assert SITE[key].code_order == tuple(codes.split())


def test_only_those_vocabularies_are_ordered() -> None:
    assert {field.key for field in EVERY_FIELD if field.ordered} == {key for key, _ in ORDERS}


def test_a_repealed_plan_stands_outside_the_order() -> None:
    status = SITE["detaljplan_status"]

    assert "upphavd" not in status.code_order
    assert status.code_label("upphavd") == Text("Upphävd", "Repealed")


def test_a_code_no_longer_in_the_vocabulary_is_shown_as_it_stands() -> None:
    assert SITE["gas"].code_label("town_gas") == Text("town_gas", "town_gas")


def test_a_connection_is_made_at_one_of_the_voltages_of_the_domain() -> None:
    assert SITE["connection_voltage_kv"].choices == (
        10, 20, 30, 36, 40, 50, 70, 130, 145, 220, 400,
    )  # fmt: skip


def test_cooling_water_comes_from_the_same_sources_as_process_water_or_from_none() -> None:
    process = [entry.code for entry in SITE["process_water_source"].codes]

    assert process == ["lake", "river", "groundwater", "sea", "reclaimed"]
    assert [entry.code for entry in SITE["cooling_water_source"].codes] == ["none", *process]


@pytest.mark.parametrize(
    ("key", "columns"),
    [
        ("power_timeline", "year mw firm condition"),
        ("drinking_water_timeline", "year m3_day condition"),
        ("photos", "caption url date"),
        ("documents", "title url date"),
    ],
)
def test_a_list_of_records_has_the_columns_of_the_domain(key: str, columns: str) -> None:
    assert [column.key for column in SITE[key].columns] == columns.split()


def test_what_concerns_the_few_is_not_public() -> None:
    kept = {field.key: field.visibility for field in SITE_FIELDS if field.visibility != "public"}

    assert kept == {
        "property_designations": "registered",
        "outline_precision": "internal",
        "reserved_until": "internal",
        "control": "registered",
        "substation": "registered",
        "connection_cost_msek": "registered",
        "capacity_application": "registered",
        "competing_requests_mw": "internal",
        "sewage_pe": "registered",
        "main_distance_m": "registered",
        "main_dimension_mm": "registered",
        "nearest_substation": "registered",
    }


def test_a_swot_is_internal_and_the_rest_of_a_profile_public() -> None:
    internal = {field.key for field in PROFILE_FIELDS if field.visibility == "internal"}

    assert internal == {key for key in PROFILE if key.startswith("swot_")}


def test_what_is_measured_or_worked_out_is_never_typed() -> None:
    computed = {field.key for field in SITE_FIELDS if field.computed}

    assert computed == {
        "reference", "readiness", "completeness_pct", "port_max_draught_m",
        "earliest_construction_start", "earliest_full_power",
        *keys(SITE_FIELDS, "transport")[:12],
    }  # fmt: skip


def test_four_fields_are_kept_apart_from_the_values() -> None:
    structural = [field.key for field in SITE_FIELDS if field.structural]

    assert structural == ["reference", "municipality", "status", "outline"]


def test_names_contacts_and_descriptions_carry_no_basis() -> None:
    bare = {field.key for field in SITE_FIELDS if not field.factual}

    assert bare >= {"name_sv", "name_en", "contact_name", "contact_email", "description_sv"}
    assert bare.isdisjoint(key for theme in MEASURED_THEMES for key in keys(SITE_FIELDS, theme))


@pytest.mark.parametrize("level", [2, 3])
def test_the_levels_of_the_domain_hold(level: int) -> None:
    deeper = {
        2: "price_sek_m2 permitted_use connection_voltage_kv main_distance_m road_class env_permit",
        3: "depth_to_rock_m connection_cost_msek competing_requests_mw water_permit sewage_pe "
        "fire_water_l_s",
    }

    assert {SITE[key].level for key in deeper[level].split()} == {level}


def test_what_a_site_needs_before_it_is_published() -> None:
    asked = [
        field.key
        for field in SITE_FIELDS
        if field.level == 1 and field.theme in MEASURED_THEMES and not field.computed
    ]

    assert asked == [
        "area_gross_ha", "area_net_ha", "ownership", "flood_risk", "contamination",
        "protected_overlap", "comprehensive_plan", "detaljplan_status",
        "detaljplan_in_force_expected", "bidding_area", "grid_owner_local",
        "grid_owner_regional", "power_now_mw", "power_timeline", "connection_lead_months",
        "water_utility", "utility_area", "drinking_water_m3_day", "sewage_m3_day", "rail_siding",
    ]  # fmt: skip


def test_a_date_in_force_is_asked_for_unless_the_plan_is_in_force() -> None:
    condition = SITE["detaljplan_in_force_expected"].applies_when
    every_step = {entry.code for entry in SITE["detaljplan_status"].codes}

    assert condition is not None
    assert condition[0] == "detaljplan_status"
    assert every_step - set(condition[1]) == {"laga_kraft"}


@pytest.mark.parametrize("registry", [SITE, PROFILE], ids=["site", "profile"])
def test_a_field_that_depends_on_another_names_codes_it_can_hold(
    registry: dict[str, Field],
) -> None:
    conditions = [field.applies_when for field in registry.values() if field.applies_when]

    for key, held in conditions:
        possible = {entry.code for entry in registry[key].codes} or {"true", "false"}
        assert set(held) <= possible


def test_a_straight_line_is_said_to_be_one() -> None:
    helps = [SITE[key].help for key in keys(SITE_FIELDS, "transport")[:12]]

    assert all("fågelvägen" in words.sv.lower() for words in helps)
    assert all("straight line" in words.en for words in helps)
