"""The filter as a value: read from a query, written back, and taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.filter_texts import BadText, number
from catalogue.search.filters import PARAMETERS, Parameter, SiteFilter, parse

NAMES = {"2183": "Bollnäs", "2180": "Gävle"}


def texts_for(parameter: Parameter) -> st.SearchStrategy[str]:
    """Texts that the parameter accepts."""
    field = parameter.field
    if field.kind == "date":
        return st.dates().map(str)
    if field.kind == "flag":
        return st.sampled_from(["true", "false"])
    if field.codes:
        codes = (
            [c.code for c in field.codes]
            if parameter.operator in ("any", "not")
            else field.code_order
        )
        return st.sampled_from(list(codes))
    if field.kind in ("text", "list"):
        return st.sampled_from(["Ellevio", "Hofors Elverk"])
    return st.integers(0, 5_000).map(str)


@st.composite
def queries(draw: st.DrawFn) -> list[tuple[str, str]]:
    chosen = draw(st.lists(st.sampled_from(list(PARAMETERS.values())), unique=True, max_size=8))
    pairs = [(one.name, draw(texts_for(one))) for one in chosen]
    special = {
        "municipality": st.sampled_from(["Bollnäs", "2180", "2183,2180"]),
        "text": st.text("åäöÅÄÖ abc&=+%", min_size=1).filter(str.strip),
        "box": st.just("16.2,61.3,16.4,61.5"),
        "near": st.just("16.3,61.4,12.5"),
        "power_mw_min": st.floats(0, 800).map(repr),
        "power_year": st.integers(2020, 2100).map(str),
        "power_firm": st.just("true"),
        "fresh": st.just("true"),
        "basis_min": st.just("authority"),
        "unknown": st.just("exclude"),
    }
    names = draw(st.lists(st.sampled_from(list(special)), unique=True))
    return pairs + [(name, draw(special[name])) for name in names]


@given(queries())
def test_a_filter_survives_the_url(pairs: list[tuple[str, str]]) -> None:
    wanted = parse(pairs, NAMES)

    assert parse(wanted.pairs, NAMES) == wanted


def test_a_municipality_is_known_by_code_and_by_name() -> None:
    by_name = parse([("municipality", "gävle kommun")], NAMES)

    assert by_name == parse([("municipality", "2180")], NAMES)


def test_values_between_commas_and_repeated_parameters_mean_the_same() -> None:
    commas = parse([("suitable_for", "battery,food")], NAMES)
    repeated = parse([("suitable_for", "battery"), ("suitable_for", "food")], NAMES)

    assert commas == repeated


def test_a_filter_without_one_condition_keeps_the_others() -> None:
    wanted = parse([("area_net_ha_min", "50"), ("power_mw_min", "100"), ("text", "hed")], NAMES)

    assert wanted.without("power_mw_min").query_string() == "area_net_ha_min=50&text=hed"


def test_empty_fields_of_a_form_are_no_conditions() -> None:
    assert parse([("area_net_ha_min", ""), ("text", " ")], NAMES) == SiteFilter()


@pytest.mark.parametrize(("typed", "read"), [("12,5", 12.5), ("12.5", 12.5), ("1250,25", 1250.25)])
def test_a_number_may_have_a_decimal_comma(typed: str, read: float) -> None:
    assert number(typed) == read


@pytest.mark.parametrize("typed", ["1,250", "12,", ",5", "1 250", "9e99", "nan"])
def test_a_number_that_could_mean_two_things_or_none_is_refused(typed: str) -> None:
    with pytest.raises(BadText):
        number(typed)
