"""Every figure is declared once, with SQL that an auditor can run, on a page and in every file."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, text
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.days import parameters
from catalogue.progress.figure_sql import DAY, figure_sql, told
from catalogue.progress.figures import DEFINITIONS, FIGURE, FIGURES
from catalogue.progress.progress import Progress, Span, progress
from catalogue.provenance import ShelfLife
from tests.builders import TODAY, a_site, an_actor, known_since

PROJECT = an_actor("project")
WRITTEN = {"basis": "utility_written", "as_of": "2026-03-01"}
ASKED = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-10-03"}
REGISTERS = """
insert into hours_entry (municipality, month, role, hours, activity, entered_at) values
    ('2183', '2026-05-01', 'x', 12, 'meeting', '2026-06-02 12:00+00'),
    ('2184', '2026-05-01', 'x', 7.5, 'meeting', '2026-06-02 12:00+00');
insert into enquiry (message_id, municipality, kind, sites, site_names, sector, received_at,
                     confirmed_at, answered_at) values
    ('a', '2183', 'enquiry', '{GVB-2183-001}', '{x}', 'battery', '2026-05-29 12:00+00',
     '2026-05-29 12:00+00', '2026-06-09 12:00+00'),
    ('a', '2184', 'enquiry', '{GVB-2184-001}', '{x}', 'battery', '2026-05-29 12:00+00',
     '2026-05-29 12:00+00', null);
insert into meeting (held_on, kind, entered_at) values
    ('2026-05-20', 'training', '2026-05-21 12:00+00'),
    ('2026-06-10', 'working_group', '2026-06-11 12:00+00');
insert into meeting_attendance (meeting_id, municipality, people)
    select id, code, 3 from meeting, unnest(array['2183', '2184']) as code;
insert into anchoring (municipality, decided_on, deputy_role, deputy_since) values
    ('2183', '2026-03-01', 'x', '2026-04-01');
alter table anchoring_version disable trigger keep;
update anchoring_version set recorded_at = '2026-04-02 12:00+00';
alter table anchoring_version enable trigger keep;
"""


@pytest.fixture
def county(databases: Databases) -> Databases:
    """Sites of two municipalities, hours, and a message to both."""
    power: dict[str, Any] = {"power_now_mw": {"value": 20, **WRITTEN}, "substation": "Kilafors"}
    water: dict[str, Any] = {"drinking_water_m3_day": {"value": 300, **WRITTEN}}
    a_site(databases, ownership="municipal", sewage_m3_day={"value": 90, **WRITTEN}, **power)
    a_site(databases, power_now_mw=30, substation="kilafors", bidding_area="SE2")
    a_site(databases, municipality="2184", power_now_mw=ASKED, geotech="desk", **water)
    a_site(databases, municipality="2184", status="draft")
    known_since(databases, datetime(2026, 9, 1, tzinfo=UTC))
    with databases.owner.begin() as connection:
        connection.execute(text(REGISTERS))
    return databases


def the_progress(databases: Databases) -> Progress:
    with databases.writing(PROJECT) as session:
        return progress(session, PROJECT, Span(TODAY, TODAY), ProjectPlan(), ShelfLife())


def run(connection: Connection, sql: str, day: date) -> dict[tuple[str, str], float | None]:
    """By municipality, empty for all, and key, as psql would run it with the day set."""
    rows = connection.exec_driver_sql(sql.replace(DAY, f"'{day}'")).mappings()
    return {
        (row["municipality"] or "", str(key)): None if value is None else float(value)
        for row in rows
        for key, value in row.items()
        if key not in ("day", "municipality")
    }


def test_the_sql_shown_counts_what_the_program_says(county: Databases) -> None:
    found = the_progress(county)
    said = {"": found.total.numbers, **{row.code: row.numbers for row in found.rows}}

    with county.owner.connect() as connection:
        statements = [
            figure_sql(one, ProjectPlan(), ShelfLife(), TODAY.year) for one in DEFINITIONS
        ]
        counted: dict[tuple[str, str], float | None] = {}
        for statement in statements:
            counted |= run(connection, statement, TODAY)

    assert counted == {(code, key): said[code][key] for code, key in counted}
    assert {key for code, key in counted if code == ""} == set(FIGURE) - {
        # Nothing was sent or asked for: there is no row to say so in.
        *(key for key in FIGURE if key.startswith(("letters_", "rfi_"))),
    }  # fmt: skip


def test_a_message_to_two_counts_once_in_the_county_and_in_working_days(
    county: Databases,
) -> None:
    numbers = the_progress(county).total.numbers

    assert (numbers["enquiries"], numbers["enquiries_sector_battery"]) == (1, 1)
    # Friday 29 May to Tuesday 9 June 2026; 6 June is a Saturday.
    assert numbers["enquiries_answer_days"] == 7


def test_no_figure_is_declared_twice() -> None:
    given = parameters([TODAY], ShelfLife(), plan=ProjectPlan())
    counted = Counter(
        told(figure.source.relation.statement({"x": figure.source.number}, of_one=False), given)
        for figure in FIGURES
    )
    names = Counter(figure.name.sv for figure in FIGURES)

    assert [one for one, times in counted.items() if times > 1] == []
    assert [one for one, times in names.items() if times > 1] == []
    assert len({figure.key for figure in FIGURES}) == len(FIGURES)


def test_every_key_of_the_json_is_declared(
    county: Databases, with_token: Callable[..., TestClient]
) -> None:
    told = with_token("project").get("/api/v1/progress").json()

    keys = {key for one in told["municipalities"] for key in one["figures"]}
    assert keys | set(told["total"]["figures"]) <= set(FIGURE)
    assert [one["key"] for one in told["definitions"]] == [one.key for one in DEFINITIONS]
    assert "SELECT" in told["definitions"][0]["sql"]


def test_the_workbook_carries_the_sql(
    county: Databases, signed_in: Callable[..., TestClient], tmp_path: Any
) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(signed_in("project").get("/progress/report.xlsx").content)

    sheet = load_workbook(file)["Definitioner"]

    assert sheet["F5"].value == "SQL"
    assert sheet["F6"].value.endswith(";")


def test_the_page_tells_each_definition_under_its_own_anchor(
    signed_in: Callable[..., TestClient],
) -> None:
    page = signed_in("editor").get("/en/progress/definitions").text

    assert all(f'id="{one.key}"' in page for one in DEFINITIONS)
    assert "area_net_available_ha" in page
    assert "Net area available at once" in page


def test_the_page_is_for_those_of_the_project(
    client: TestClient, signed_in: Callable[..., TestClient]
) -> None:
    assert client.get("/progress/definitions", follow_redirects=False).status_code == 303
    assert signed_in("investor").get("/progress/definitions").status_code == 403
