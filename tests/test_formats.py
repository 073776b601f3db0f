"""Values in words, as each language writes them."""

from datetime import date

import pytest

from catalogue.fields import SITE, Code, Field
from catalogue.fields.field import HECTARES, MEGAWATTS, MONTHS, Column, Kind, codes
from frontend.formats import age_text, date_text, number, value_text
from geo.texts import Language, Text

TODAY = date(2026, 11, 23)


def a_field(
    kind: Kind,
    *,
    unit: Text = Text("", ""),
    codes: tuple[Code, ...] = (),
    columns: tuple[Column, ...] = (),
) -> Field:
    return Field(
        key="field",
        theme="land",
        kind=kind,
        label=Text("Fält", "Field"),
        help=Text("", ""),
        unit=unit,
        codes=codes,
        columns=columns,
    )


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "expected"), [("sv", "1\N{NO-BREAK SPACE}250,5"), ("en", "1,250.5")]
)
def test_a_number_is_written_as_its_language_does(language: Language, expected: str) -> None:
    assert number(1250.5, language) == expected


def test_a_number_has_no_trailing_zeros() -> None:
    assert number(12.0, "sv", decimals=2) == "12"


def test_a_number_without_decimals_is_rounded() -> None:
    assert number(12.6, "en", decimals=0) == "13"


@pytest.mark.parametrize(("value", "expected"), [(13.25, "13,3"), (0.35, "0,4"), (-2.45, "-2,5")])
def test_a_half_is_rounded_up(value: float, expected: str) -> None:
    assert number(value, "sv").replace("\N{MINUS SIGN}", "-") == expected


def test_a_unit_never_leaves_its_number() -> None:
    assert value_text(a_field("number", unit=HECTARES), 84, "sv") == "84\N{NO-BREAK SPACE}ha"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (a_field("number", unit=MEGAWATTS), 12.5, "12,5 MW"),
        (a_field("integer", unit=MONTHS), 1200, "1 200 månader"),
        (a_field("integers", unit=Text("kV", "kV")), [70, 130], "70, 130 kV"),
        (a_field("span", unit=MONTHS), [12, 24], "12–24 månader"),
        (a_field("span", unit=MONTHS), [12, 12], "12 månader"),
        (a_field("date"), date(2026, 10, 3), "3 okt 2026"),
        (a_field("date"), "2026-10-03", "3 okt 2026"),
        (a_field("flag"), True, "Ja"),
        (a_field("flag"), False, "Nej"),
        (a_field("list"), ["GÄVLE KVARNEN 3", "GÄVLE KVARNEN 4"], "GÄVLE KVARNEN 3, GÄVLE KVARNEN 4"),
        (a_field("text"), "Ellevio", "Ellevio"),
        (a_field("outline"), {"type": "Polygon"}, ""),
        (a_field("number", unit=HECTARES), None, ""),
    ],
)  # fmt: skip
def test_each_kind_of_value_has_its_words(field: Field, value: object, expected: str) -> None:
    assert plain(value_text(field, value, "sv")) == expected


def test_zero_is_a_value() -> None:
    assert plain(value_text(a_field("number", unit=MEGAWATTS), 0, "en")) == "0 MW"


def test_codes_are_shown_by_their_labels() -> None:
    offered = a_field("codes", codes=codes(("sale", "Köp", "Sale"), ("lease", "Arrende", "Lease")))

    assert value_text(offered, ["sale", "lease"], "en") == "Sale, Lease"


def test_a_code_that_has_left_the_vocabulary_is_shown_as_it_stands() -> None:
    assert value_text(SITE["site_type"], "wetland", "sv") == "wetland"


def test_records_open_with_their_first_column() -> None:
    timeline = a_field(
        "records",
        columns=(
            Column(key="year", kind="integer", label=Text("Från år", "From year")),
            Column(key="mw", kind="number", label=Text("Effekt", "Power"), unit=MEGAWATTS),
            Column(key="firm", kind="flag", label=Text("fast effekt", "firm")),
            Column(key="condition", kind="text", label=Text("Villkor", "Condition")),
        ),
    )
    points = [
        {"year": 2026, "mw": 40, "firm": False, "condition": "ny ledning"},
        {"year": 2029, "mw": 120, "firm": True},
    ]

    text = value_text(timeline, points, "sv")

    assert plain(text) == "2026: 40 MW, ny ledning; 2029: 120 MW, fast effekt"


@pytest.mark.parametrize("day", [date(2026, 1, 2), "2026-01-02"])
def test_a_record_of_one_date_is_that_date(day: object) -> None:
    taken = a_field("records", columns=(Column(key="date", kind="date", label=Text("", "")),))

    assert plain(value_text(taken, [{"date": day}], "sv")) == "2 jan 2026"


@pytest.mark.parametrize(("language", "expected"), [("sv", "3 okt 2026"), ("en", "3 Oct 2026")])
def test_a_date_names_its_month(language: Language, expected: str) -> None:
    assert plain(date_text(date(2026, 10, 3), language)) == expected


@pytest.mark.parametrize(
    ("day", "sv", "en"),
    [
        (date(2026, 11, 23), "i dag", "today"),
        (date(2026, 11, 22), "i går", "yesterday"),
        (date(2026, 11, 24), "i morgon", "tomorrow"),
        (date(2026, 10, 14), "för 40 dagar sedan", "40 days ago"),
        (date(2026, 5, 23), "för 6 månader sedan", "6 months ago"),
        (date(2023, 11, 1), "för 3 år sedan", "3 years ago"),
        (date(2026, 12, 3), "om 10 dagar", "in 10 days"),
    ],
)
def test_an_age_is_told_in_days_months_or_years(day: date, sv: str, en: str) -> None:
    assert age_text(day, TODAY, "sv") == sv
    assert age_text(day, TODAY, "en") == en


def test_a_year_has_no_space_for_thousands() -> None:
    assert value_text(SITE["earliest_full_power"], 2031, "sv") == "2031"
