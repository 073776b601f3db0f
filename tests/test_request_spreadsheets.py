"""A client's spreadsheet becomes requirements in its own order, row by row."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from catalogue.errors import UnreadableFile
from catalogue.requests.reading import Reading
from catalogue.requests.spreadsheets import read_spreadsheet
from catalogue.requests.tables import row_sentences

TODAY = date(2026, 11, 25)


def a_workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has one
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes) -> Reading:
    return read_spreadsheet(content, "krav", today=TODAY)


def test_each_row_keeps_its_number_and_its_order() -> None:
    content = a_workbook(
        [
            ["Project Lynx – RFI"],
            ["No", "Requirement", "Unit", "Minimum", "Maximum", "Priority"],
            ["1.1", "Developable area", "ha", 60, None, "Must"],
            ["1.2", "Process water", "m3/d", 5000.0, None, "Must"],
            ["2.1", "Distance to railway", "km", None, 15, "Should"],
            ["2.2", "Steam", "t/h", 35, None, "Must"],
        ],
        [["Power (MW) in 2029", 150], ["Connection voltage", "132 kV"]],
    )

    reading = read(content)

    assert [(one.question, one.key, one.op, one.value, one.must) for one in reading.requirements] == [
        ("1.1", "area_net_ha", "min", 60, True),
        ("1.2", "process_water_m3_day", "min", 5000, True),
        ("2.1", "distance_rail_km", "max", 15, False),
        ("", "power_mw", "min", 150, True),
        ("", "connection_voltage_kv", "min", 130, True),
    ]  # fmt: skip
    assert [(one.question, one.fragment[:5]) for one in reading.unread][-1:] == [("2.2", "Steam")]


def test_a_swedish_csv_is_read() -> None:
    content = "Nr;Krav;Värde;Enhet;Skall/bör\n1;Markyta;9,5;ha;skall\n2;Eleffekt 2028;7,5;MW;bör\n"

    reading = read(content.encode("cp1252"))

    assert [(one.key, one.value, one.year, one.must) for one in reading.requirements] == [
        ("area_net_ha", 9.5, None, True), ("power_mw", 7.5, 2028, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04broken", b"%PDF-1.7", b'{"type":"FeatureCollection"}', b"x;" * 3_000_000]
)  # fmt: skip
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(content)


def test_a_numbered_row_in_capitals_is_a_heading_of_those_below_it() -> None:
    rows = [["No.", "Question", "Value", "Unit"], ["2", "POWER", "", ""], ["2.1", "In 2029", "60", "MW"],
            ["3", "Steam", "", ""]]  # fmt: skip

    found = list(row_sentences(rows))

    assert [(one.text, one.question) for one in found] == [
        ("In 2029 | 60 MW", "2.1"),
        ("Steam", "3"),
    ]


def test_a_number_and_a_question_may_stand_in_any_column() -> None:
    content = a_workbook(
        [
            ["Site Selection Questionnaire"],
            ["Category", "No.", "Question", "Unit", "Requirement", "Your response"],
            ["LAND", 1, "Allowed building height", "m", 30],
            ["POWER", 4, "Available power in 2029", "MW", 60],
            [None, 5, "Available power in 2032", "MW", 110],
            ["WATER", 7, "Process water", "m³/h", 120],
        ],
        [[None, "2", "Kan ni erbjuda 18 ha sammanhängande mark?", None, "Önskvärt"]],
    )

    found = [
        (one.question, one.key, one.value, one.year, one.must) for one in read(content).requirements
    ]
    assert found == [
        ("1", "max_building_height_m", 30, None, True), ("4", "power_mw", 60, 2029, True),
        ("5", "power_mw", 110, 2032, True), ("7", "process_water_m3_day", 2880, None, True),
        ("2", "largest_contiguous_ha", 18, None, False),
    ]  # fmt: skip


def test_years_may_stand_in_the_head_and_the_unit_above_them() -> None:
    content = a_workbook(
        [
            ["Power need (MW)"], ["Scenario", 2028, 2030], ["Base", 20, 45],
            ["Other needs", "Min", "Max", "Unit"], ["Distance to substation", None, 4, "km"],
        ]
    )  # fmt: skip

    found = [(one.key, one.op, one.value, one.year) for one in read(content).requirements]
    assert found == [("power_mw", "min", 20, 2028), ("power_mw", "min", 45, 2030),
                     ("distance_substation_km", "max", 4, None)]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "musts"),
    [
        ([["Kravnr", "Kravtext", "S/B"], ["K1", "20 ha", "S"], ["K2", "15 MW", "B"]], [True, False]),
        ([["Ref", "Need", "Grade"], ["K1", "20 ha", "M"], ["K2", "15 MW", "S"]], [True, False]),
        ([["Need", "Must", "Nice to have"], ["20 ha", "x", None], ["15 MW", None, "x"]], [True, False]),
        ([["Parameter", "Operator", "Värde", "Enhet", "Prioritet"], ["Tomtyta", "≥", 33, "ha", "Skall"],
          ["Lutning", "<", 3, "%", "Bör"]], [True, False]),
    ],
)  # fmt: skip
def test_a_column_grades_by_letters_crosses_or_words(
    rows: list[list[object]], musts: list[bool]
) -> None:
    assert [one.must for one in read(a_workbook(rows)).requirements] == musts
