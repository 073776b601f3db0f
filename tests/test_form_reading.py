"""What a person types, and what the catalogue makes of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.changes import read_changes
from catalogue.fields import SITE, Value
from catalogue.forms.form_texts import day, number, read_texts, texts_of
from catalogue.forms.forms import Reading, Submitted, form_texts, read_form
from catalogue.provenance import Provenance
from catalogue.site import Site
from catalogue.values import BadValue, read_value
from geo.texts import Language, Text
from tests.builders import LEVEL_1, TODAY

WRITTEN = Provenance(basis="utility_written", as_of=date(2026, 1, 10), source="Ellevio, brev")
MEGAWATTS = Text("MW", "MW")


def a_described(
    values: dict[str, Value] | None = None, provenance: dict[str, Provenance] | None = None
) -> Site:
    return Site(
        reference="GVB-2183-001",
        municipality="2183",
        status="draft",
        values=values or {},
        provenance=provenance or {},
    )


def reading(key: str, described: Site, /, **typed: str | list[str] | None) -> Reading:
    """The form of one field, untouched but for what is typed; `part` names a part of it."""
    texts = dict(form_texts({key: SITE[key]}, described, "sv"))
    for name, text in typed.items():
        control = key if name == "value" else f"{key}-{name}"
        texts[control] = text if isinstance(text, list) else [text or ""]
    texts.setdefault(f"{key}-state", [""])
    return read_form(Submitted({**texts, "keys": [key]}, "sv"), SITE, described, TODAY)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1 250", 1250),
        ("1\N{NO-BREAK SPACE}250,75", 1250.75),
        ("1.250,5", 1250.5),
        ("0.125", 0.125),
        ("12,5 MW", 12.5),
        ("\N{MINUS SIGN}3", -3),
    ],
)
def test_a_number_is_read_as_a_swede_writes_it(typed: str, expected: float) -> None:
    assert number(typed, "sv", MEGAWATTS) == expected


@pytest.mark.parametrize("typed", ["tolv", "NaN", "inf", "1e5", "12 5", "1.250", "😀", "--", "½"])
def test_what_is_no_clear_number_is_asked_about(typed: str) -> None:
    with pytest.raises(BadValue):
        number(typed, "sv")


def test_a_comma_groups_thousands_on_the_english_page() -> None:
    assert number("1,250.5", "en") == 1250.5


@pytest.mark.parametrize(
    "typed", ["2026-10-03", "20261003", "3 okt 2026", "3 oktober 2026", "3 Oct 2026", "3/10 2026"]
)
def test_a_date_is_read_in_the_ways_people_write_it(typed: str) -> None:
    assert day(typed) == date(2026, 10, 3)


@pytest.mark.parametrize("typed", ["2026-02-31", "31 feb 2026", "i morgon", "26-10-03"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(BadValue):
        day(typed)


@pytest.mark.parametrize("key", sorted(LEVEL_1))
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_a_form_shows_is_read_back_as_the_same_value(key: str, language: Language) -> None:
    field = SITE[key]
    value = read_value(field, LEVEL_1[key])

    assert read_value(field, read_texts(field, texts_of(field, value, language), language)) == value


@given(st.floats(min_value=0, max_value=2000, allow_nan=False).map(lambda ha: round(ha, 6)))
def test_any_number_survives_the_form(hectares: float) -> None:
    field = SITE["area_gross_ha"]

    assert read_texts(field, texts_of(field, hectares, "sv"), "sv") == hectares


def read_or_refused(read: Callable[[], object]) -> object:
    """What was read, or the refusal; anything else that goes wrong is raised."""
    try:
        return read()
    except BadValue as refusal:
        return refusal


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_refused(typed: str) -> None:
    assert isinstance(read_or_refused(lambda: number(typed, "sv")), float | BadValue)


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_refused(typed: str) -> None:
    assert isinstance(read_or_refused(lambda: day(typed)), date | BadValue)


def test_an_untouched_form_changes_nothing() -> None:
    changes = read_changes(LEVEL_1, SITE, today=date(2026, 3, 1), kept=frozenset())
    values = {key: entry.value for key, entry in changes.entries.items() if entry and entry.value}
    described = a_described(values, {key: WRITTEN for key in values if SITE[key].factual})
    texts = form_texts(SITE, described, "sv")

    found = read_form(Submitted({**texts, "keys": list(SITE)}, "sv"), SITE, described, TODAY)

    assert (found.patch, found.faults) == ({}, [])


def test_a_typed_value_is_the_municipalitys_own_of_today() -> None:
    found = reading("power_now_mw", a_described(), value="12,5")

    assert found.patch["power_now_mw"] == {
        "value": 12.5,
        "basis": "municipality",
        "as_of": "2026-11-02",
        "source": "",
        "visibility": None,
    }


def test_a_new_figure_does_not_inherit_somebody_elses_word() -> None:
    described = a_described({"power_now_mw": 10.0}, {"power_now_mw": WRITTEN})

    said = reading("power_now_mw", described, value="15").patch["power_now_mw"]

    assert (said["basis"], said["source"], said["as_of"]) == ("municipality", "", "2026-11-02")


def test_a_new_source_without_a_new_value_keeps_the_value() -> None:
    described = a_described({"power_now_mw": 10.0}, {"power_now_mw": WRITTEN})

    said = reading("power_now_mw", described, as_of="2026-10-03").patch["power_now_mw"]

    assert (said["value"], said["basis"], said["as_of"]) == (10.0, "utility_written", "2026-10-03")


def test_one_tick_confirms_an_old_value_today() -> None:
    described = a_described({"power_now_mw": 10.0}, {"power_now_mw": WRITTEN})

    said = reading("power_now_mw", described, confirmed="yes").patch["power_now_mw"]

    assert (said["as_of"], said["source"]) == ("2026-11-02", "Ellevio, brev")


def test_unknown_needs_whom_and_when() -> None:
    found = reading("sewage_m3_day", a_described(), state="unknown", asked_on="")

    assert [fault.where for fault in found.faults] == [
        "sewage_m3_day-asked",
        "sewage_m3_day-asked_on",
    ]


def test_unknown_lets_go_of_the_stored_value() -> None:
    described = a_described({"power_now_mw": 10.0}, {"power_now_mw": WRITTEN})

    found = reading(
        "power_now_mw", described, state="unknown", asked="Ellevio", asked_on="2026-10-03"
    )

    assert found.patch["power_now_mw"]["asked_on"] == "2026-10-03"
    assert "value" not in found.patch["power_now_mw"]


def test_a_value_typed_beside_unknown_is_asked_about() -> None:
    found = reading("power_now_mw", a_described(), value="12", state="unknown", asked="Ellevio")

    assert [fault.where for fault in found.faults] == ["power_now_mw"]


def test_an_emptied_field_is_emptied() -> None:
    described = a_described({"power_now_mw": 10.0}, {"power_now_mw": WRITTEN})

    assert reading("power_now_mw", described, value="").patch == {"power_now_mw": None}


def test_a_field_that_the_form_does_not_hold_is_left_alone() -> None:
    described = a_described({"suitable_for": ["battery"]}, {"suitable_for": WRITTEN})

    assert read_form(Submitted({"keys": []}, "sv"), SITE, described, TODAY).patch == {}


def test_tomorrow_is_not_a_date_for_a_source() -> None:
    found = reading("power_now_mw", a_described(), value="12", as_of="2026-11-03")

    assert [fault.where for fault in found.faults] == ["power_now_mw-as_of"]


def test_empty_rows_are_not_rows_and_a_fault_names_its_row() -> None:
    typed: dict[str, Any] = {
        "0-year": "2029", "0-mw": "120", "0-firm": "yes", "1-year": "", "2-year": "2031",
        "2-mw": "hundra", "2-firm": "no",
    }  # fmt: skip

    [fault] = reading("power_timeline", a_described(), **typed).faults

    assert fault.text.sv.startswith("Rad 3: ”hundra” är inte ett tal")


def test_one_end_of_a_span_stands_for_both() -> None:
    found = reading("connection_lead_months", a_described(), **{"from": "12", "to": ""})

    assert found.patch["connection_lead_months"]["value"] == [12, 12]


def test_a_computed_field_cannot_be_typed() -> None:
    assert reading("distance_rail_km", a_described(), value="1").patch == {}
