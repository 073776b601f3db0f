"""Ten municipalities over three years: what is reported equals what was counted by hand.

The story is told in order, and the catalogue really stopped at each day of `COUNTED` to see what
it said then. Moments are in UTC: 22:30 in summer is half past midnight of the next day in Sweden.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import pypdfium2
import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.changes import read_changes
from catalogue.database import Databases
from catalogue.fields import SITE
from catalogue.hours import hours
from catalogue.hours.hours import HoursEntry
from catalogue.rules import Rules
from catalogue.site import Status
from tests.anchoring_builders import held, said
from tests.builders import ADMIN, LEVEL_1, TERMS, an_account, known_since, square
from tests.conftest import sweep

OCKELBO, HOFORS, OVANAKER, NORDANSTIG, LJUSDAL = "2101", "2104", "2121", "2132", "2161"
GAVLE, SANDVIKEN, SODERHAMN, BOLLNAS, HUDIKSVALL = "2180", "2181", "2182", "2183", "2184"
SPOTS = {
    OCKELBO: (16.60, 60.93), HOFORS: (16.29, 60.55), OVANAKER: (15.89, 61.37),
    NORDANSTIG: (17.05, 61.98), LJUSDAL: (16.05, 61.83), GAVLE: (16.95, 60.72),
    SANDVIKEN: (16.55, 60.55), SODERHAMN: (17.02, 61.30), BOLLNAS: (16.30, 61.40),
    HUDIKSVALL: (16.95, 61.75),
}  # fmt: skip
ASKED = {"state": "unknown", "asked": "Ellevio", "asked_on": "2024-06-14"}


class Story:
    """What somebody does in the catalogue, on the day it is said to have happened."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.references: dict[str, str] = {}

    def at(self, moment: datetime, act: Callable[[Any, Rules], None]) -> None:
        with self.databases.writing(ADMIN) as session:
            act(session, Rules(clock=lambda: moment))
        known_since(self.databases, moment, "recorded_at > '2026-10-03'")

    def enter(
        self, name: str, municipality: str, at: datetime, net_ha: float,
        now: Any, in_2030: float | None, node: str | None = None,
    ) -> None:  # fmt: skip
        """A draft with every field of level 1; `in_2030` None: the same answer as for now."""
        values = {
            **LEVEL_1,
            "outline": square(*SPOTS[municipality], side_deg=0.0142),
            "area_gross_ha": 120,
            "area_net_ha": net_ha,
            "power_now_mw": now,
            "power_timeline": now if in_2030 is None else by_year(in_2030),
        }
        if node:
            values["substation"] = node

        def act(session: Any, rules: Rules) -> None:
            changes = read_changes(values, SITE, today=rules.today, kept=frozenset())
            made = sites.create(session, ADMIN, municipality, changes, rules).site
            self.references[name] = made.reference

        self.at(at, act)

    def change(self, name: str, at: datetime, **values: Any) -> None:
        def act(session: Any, rules: Rules) -> None:
            reference = self.references[name]
            changes = read_changes(values, SITE, today=rules.today, kept=frozenset())
            version = sites.find(session, reference).version
            sites.change(session, ADMIN, reference, changes, rules, expected_version=version)

        self.at(at, act)

    def move(self, name: str, at: datetime, *steps: Status) -> None:
        def act(session: Any, rules: Rules) -> None:
            for step in steps:
                sites.move(session, ADMIN, self.references[name], step, rules, terms=TERMS)

        self.at(at, act)

    def work(self, municipality: str, month: date, number: float, entered: datetime) -> None:
        entry = HoursEntry(
            municipality=municipality, month=month, role="Näringslivsutvecklare",
            hours=number, activity="grid_contact",
        )  # fmt: skip
        with self.databases.writing(ADMIN) as session:
            made = hours.add(session, ADMIN, entry)
        with self.databases.owner.begin() as connection:
            connection.exec_driver_sql("set local session_replication_role = replica")
            statement = "update hours_entry set entered_at = :at where id = :id"
            connection.execute(text(statement), {"at": entered, "id": made.id})

    def say(self, municipality: str, known: datetime, **told: str) -> None:
        said(self.databases, municipality, known, **told)

    def meet(self, day: date, kind: str, known: datetime, there: dict[str, int | None]) -> None:
        people = {f"m{code}": number for code, number in there.items()}
        held(self.databases, day, kind, known=known, **people)


def by_year(mw: float) -> list[dict[str, Any]]:
    return [{"year": 2030, "mw": mw, "firm": True}]


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def until_baseline(story: Story) -> None:
    story.enter("G1", GAVLE, noon(2023, 11, 15), 100, 40, 200, "Ersbo")
    story.move("G1", noon(2024, 2, 1), "published")
    story.work(GAVLE, date(2024, 1, 1), 16, noon(2024, 2, 2))
    story.enter("S1", SANDVIKEN, noon(2024, 1, 10), 30, 20, 60, "Ersbo")
    story.meet(date(2024, 3, 20), "steering_group", noon(2024, 3, 21), {GAVLE: 2, SANDVIKEN: None})
    story.enter("G2", GAVLE, noon(2024, 3, 1), 60, 25, 150, "Ersbo")
    story.work(GAVLE, date(2024, 2, 1), 12.5, noon(2024, 3, 1))
    # Half past eleven in the evening of the baseline day in Sweden, and an hour after.
    story.move("S1", datetime(2024, 4, 22, 21, 30, tzinfo=UTC), "published")


def until_end_of_2024(story: Story) -> None:
    story.enter("B1", BOLLNAS, datetime(2024, 4, 22, 22, 30, tzinfo=UTC), 45, 10, 80)
    story.move("G2", noon(2024, 5, 2), "published")
    story.work(BOLLNAS, date(2024, 4, 1), 8, noon(2024, 5, 3))
    story.say(BOLLNAS, noon(2024, 6, 1), decided_on="2024-05-28", decided_by="Kommunstyrelsen")
    story.enter("H1", HUDIKSVALL, noon(2024, 6, 14), 80, ASKED, None)
    story.move("H1", noon(2024, 6, 15), "published")
    story.enter("SÖ1", SODERHAMN, noon(2024, 8, 20), 20, 3, 3)
    story.move("SÖ1", noon(2024, 8, 21), "in_review")
    story.move("SÖ1", noon(2024, 8, 22), "published")
    story.move("B1", noon(2024, 9, 10), "published")
    there = {BOLLNAS: 3, HUDIKSVALL: 4, GAVLE: None}
    story.meet(date(2024, 11, 12), "training", noon(2024, 11, 13), there)


def until_end_of_2025(story: Story) -> None:
    # Held before the year ended, entered after.
    story.meet(date(2024, 12, 30), "working_group", noon(2025, 1, 2), {BOLLNAS: 2})
    story.enter("L1", LJUSDAL, noon(2025, 1, 15), 15, 2, 2)
    story.work(LJUSDAL, date(2025, 1, 1), 20, noon(2025, 2, 1))
    story.enter("N1", NORDANSTIG, noon(2025, 2, 1), 70, 0, 50, "Bergsjö")
    story.work(LJUSDAL, date(2025, 1, 1), -4, noon(2025, 3, 1))
    story.say(BOLLNAS, noon(2025, 3, 2), person_role="Utvecklare", person_since="2025-03-01")
    story.change("H1", noon(2025, 3, 20), power_now_mw=35, power_timeline=by_year(90))
    story.enter("O1", OVANAKER, noon(2025, 4, 1), 25, 5, 5)
    story.enter("HO1", HOFORS, noon(2025, 5, 5), 12, 8, 30, "ersbo ")
    story.change("B1", noon(2025, 6, 1), area_net_ha=55)
    story.move("SÖ1", noon(2025, 8, 22), "withdrawn")
    story.meet(date(2025, 9, 9), "training", noon(2025, 9, 10), {BOLLNAS: 1})
    story.move("O1", noon(2025, 10, 1), "published")
    story.move("H1", noon(2025, 11, 3), "reserved")
    # A minute before the year ends in Sweden.
    story.move("HO1", datetime(2025, 12, 31, 22, 59, tzinfo=UTC), "published")


def until_the_end(story: Story) -> None:
    story.move("N1", noon(2026, 1, 20), "published")
    story.say(BOLLNAS, noon(2026, 2, 1), person_role="", person_since="")
    story.enter("OC1", OCKELBO, noon(2026, 3, 3), 33, 4, 4)
    story.move("H1", noon(2026, 5, 4), "established")
    story.enter("B2", BOLLNAS, noon(2026, 6, 6), 40, 12, 100, "Kilafors")
    story.move("B2", noon(2026, 6, 7), "published")
    story.work(HUDIKSVALL, date(2026, 9, 1), 16, noon(2026, 9, 30))
    story.move("OC1", noon(2026, 9, 30), "in_review")


def afterwards(story: Story) -> None:
    """What the last day must not know of."""
    story.work(GAVLE, date(2026, 9, 1), 10, noon(2026, 10, 2))
    story.move("G1", noon(2026, 10, 2), "withdrawn")
    story.meet(date(2026, 9, 29), "steering_group", noon(2026, 10, 2), {GAVLE: 1})
    story.say(GAVLE, noon(2026, 10, 2), deputy_role="Planarkitekt", deputy_since="2026-09-01")


CHAPTERS: dict[str, Callable[[Story], None]] = {
    "2024-04-22": until_baseline,
    "2024-12-31": until_end_of_2024,
    "2025-12-31": until_end_of_2025,
    "2026-09-30": until_the_end,
}
COUNTED: dict[str, dict[str, float | None]] = {
    "2024-04-22": {
        "sites": 3, "sites_draft": 1, "sites_published": 2,
        "area_net_ha": 100 + 30,
        "power_mw_now": 40, "power_naive_mw_now": 40 + 20,
        "power_firm_mw_2030": 200, "power_firm_naive_mw_2030": 200 + 60,
        "sites_without_power": 0, "questions_open": 0, "questions_longest_days": None,
        "hours": 16 + 12.5, "hours_target": 6 * 16 * 10,
        "anchored_decision": 0, "anchored_people": 0,
        "meetings_attended": 1, "trainings": 0, "people_trained": 0,
        # Gävle since 1 March; Gävle and Sandviken each with activity and a meeting.
        "days_since_activity": 52, "anchoring_parts": 2 + 2,
    },
    "2024-12-31": {
        "sites": 6, "sites_draft": 0, "sites_published": 6,
        "area_net_ha": 100 + 60 + 30 + 45 + 80 + 20,
        "power_mw_now": 40 + 10 + 3, "power_naive_mw_now": 40 + 25 + 20 + 10 + 3,
        "power_firm_mw_2030": 200 + 80 + 3, "power_firm_naive_mw_2030": 200 + 150 + 60 + 80 + 3,
        # Two fields asked about; from 14 June there are 200 days to the end of the year.
        "sites_without_power": 1, "questions_open": 2, "questions_longest_days": 200,
        "hours": 28.5 + 8, "hours_target": 15 * 16 * 10,
        "anchored_decision": 1, "anchored_people": 0,
        "meetings_attended": 1, "trainings": 1, "people_trained": 3 + 4,
        # Sandviken since 22 April; the decision, and the training of three.
        "days_since_activity": 253, "anchoring_parts": 1 + 3,
    },
    "2025-12-31": {
        "sites": 9, "sites_draft": 2, "sites_published": 6, "sites_reserved": 1,
        "sites_withdrawn": 1,
        "area_net_ha": 100 + 60 + 30 + 55 + 80 + 25 + 12,
        "power_mw_now": 40 + 10 + 35 + 5, "power_naive_mw_now": 40 + 25 + 20 + 8 + 10 + 35 + 5,
        "power_firm_mw_2030": 200 + 80 + 90 + 5,
        "power_firm_naive_mw_2030": 200 + 150 + 60 + 30 + 80 + 90 + 5,
        "sites_without_power": 0, "questions_open": 0, "questions_longest_days": None,
        "hours": 36.5 + 20 - 4, "hours_target": 27 * 16 * 10,
        "anchored_decision": 1, "anchored_people": 1,
        "meetings_attended": 2, "trainings": 2, "people_trained": 7 + 1,
        # The same and the person; activity in Hudiksvall and Hofors. Ovanåker's is 91 days old.
        "days_since_activity": 253 + 365, "anchoring_parts": 4 + 1 + 2,
    },
    "2026-09-30": {
        "sites": 11, "sites_draft": 1, "sites_in_review": 1, "sites_published": 8,
        "sites_reserved": 0, "sites_established": 1, "sites_withdrawn": 1,
        "area_net_ha": 100 + 60 + 30 + 55 + 25 + 12 + 70 + 40,
        "power_mw_now": 40 + 10 + 5 + 0 + 12,
        "power_naive_mw_now": 40 + 25 + 20 + 8 + 10 + 5 + 0 + 12,
        "power_firm_mw_2030": 200 + 80 + 5 + 50 + 100,
        "power_firm_naive_mw_2030": 200 + 150 + 60 + 30 + 80 + 5 + 50 + 100,
        "sites_without_power": 0, "questions_open": 0, "questions_longest_days": None,
        "hours": 52.5 + 16, "hours_target": 36 * 16 * 10,
        "anchored_decision": 1, "anchored_people": 0,
        "meetings_attended": 2, "trainings": 2, "people_trained": 8,
        # The person is gone; activity in Hudiksvall and Ockelbo.
        "days_since_activity": 618 + 273, "anchoring_parts": 4 + 2,
    },
}  # fmt: skip
"""All municipalities together, counted by hand from the story."""
COUNTED_IN: dict[str, dict[str, dict[str, float]]] = {
    "2024-12-31": {
        GAVLE: {"sites": 2, "area_net_ha": 160, "power_mw_now": 40, "power_naive_mw_now": 65},
        SANDVIKEN: {"power_mw_now": 20, "power_firm_mw_2030": 60},
        BOLLNAS: {"hours": 8, "hours_target": 240, "trainings": 1, "people_trained": 3},
        HUDIKSVALL: {"days_since_activity": 199, "anchored_decision": 0, "anchoring_parts": 1},
        OCKELBO: {"sites": 0, "area_net_ha": 0, "hours": 0, "hours_target": 240},
    },
    "2026-09-30": {
        BOLLNAS: {
            "sites_published": 2,
            "area_net_ha": 95,
            "power_firm_mw_2030": 180,
            "meetings_attended": 1,
            "trainings": 2,
            "days_since_activity": 115,
        },
        HUDIKSVALL: {"sites_established": 1, "area_net_ha": 0, "power_mw_now": 0, "hours": 16},
        LJUSDAL: {"sites_draft": 1, "sites_published": 0, "area_net_ha": 0, "hours": 16},
        OCKELBO: {"sites_in_review": 1, "hours": 0, "hours_target": 576},
    },
}


@dataclass
class Told:
    """The whole story told, and what the catalogue said each time it stopped."""

    office: TestClient
    stopped: dict[str, bytes] = field(default_factory=dict)

    def json(self, day: str) -> dict[str, Any]:
        answer = self.office.get(f"/api/v1/progress?as_of={day}&since=2024-04-22")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture(scope="module")
def told(app: FastAPI, prepared: Databases) -> Iterator[Told]:
    sweep(prepared)
    _, token = an_account(prepared, "project", None)
    office = TestClient(app, base_url="http://127.0.0.1:8000")
    office.headers["Authorization"] = f"Bearer {token}"
    whole, story = Told(office), Story(prepared)
    for day, chapter in CHAPTERS.items():
        chapter(story)
        whole.stopped[day] = office.get(f"/api/v1/progress?as_of={day}").content
    afterwards(story)
    yield whole
    sweep(prepared)


def values(figures: dict[str, Any], keys: Any) -> dict[str, Any]:
    """A figure that says nothing may be left out of the answer."""
    return {key: figures[key]["value"] if key in figures else None for key in keys}


@pytest.mark.parametrize("day", COUNTED)
def test_json_says_what_was_counted_by_hand(told: Told, day: str) -> None:
    found = told.json(day)

    assert values(found["total"]["figures"], COUNTED[day]) == COUNTED[day]
    of_place = {place["code"]: place["figures"] for place in found["municipalities"]}
    for code, counted in COUNTED_IN.get(day, {}).items():
        assert values(of_place[code], counted) == counted


def test_change_is_from_one_hand_count_to_the_other(told: Told) -> None:
    figures = told.json("2026-09-30")["total"]["figures"]
    before, after = COUNTED["2024-04-22"], COUNTED["2026-09-30"]

    for key in ("sites_published", "area_net_ha", "power_firm_mw_2030", "hours"):
        assert figures[key]["change"] == (after[key] or 0) - (before[key] or 0)


@pytest.mark.parametrize("day", COUNTED)
def test_a_day_of_the_past_is_what_the_catalogue_said_when_it_stopped_there(
    told: Told, day: str
) -> None:
    assert told.office.get(f"/api/v1/progress?as_of={day}").content == told.stopped[day]


@pytest.mark.parametrize("day", COUNTED)
def test_csv_says_what_was_counted_by_hand(told: Told, day: str) -> None:
    answer = told.office.get(f"/api/v1/progress?as_of={day}&format=csv")
    rows = csv.DictReader(io.StringIO(answer.text))
    found = {
        row["figure"]: float(row["value"]) if row["value"] else None
        for row in rows
        if not row["municipality_code"]
    }

    assert {key: found.get(key) for key in COUNTED[day]} == COUNTED[day]


WRITTEN: dict[str, tuple[str, ...]] = {
    "2024-04-22": ("fanns 3 platser", "130 ha i allt", "40 MW", "28,5 timmar", "960 timmar",
                   "var 4 på plats"),
    "2024-12-31": ("fanns 6 platser", "335 ha i allt", "53 MW", "36,5 timmar", "2 400 timmar",
                   "var 4 på plats"),
    "2025-12-31": ("fanns 9 platser", "362 ha i allt", "90 MW", "52,5 timmar", "4 320 timmar",
                   "var 7 på plats"),
    "2026-09-30": ("fanns 11 platser", "392 ha i allt", "67 MW", "68,5 timmar", "5 760 timmar",
                   "var 6 på plats"),
}  # fmt: skip
FIRM_BY_YEAR = {
    "2024-04-22": ("40 40 200 200 200 200", "60 60 260 260 260 260"),
    "2024-12-31": ("53 53 283 283 283 283", "98 98 493 493 493 493"),
    "2025-12-31": ("90 90 375 375 375 375", "143 143 615 615 615 615"),
    "2026-09-30": ("67 67 435 435 435 435", "120 120 675 675 675 675"),
}
"""Today, 2028, 2030, 2032, 2035 and 2040: each station once, and site by site."""


@pytest.mark.parametrize("day", COUNTED)
def test_the_status_report_says_what_was_counted_by_hand(told: Told, day: str) -> None:
    answer = told.office.get(f"/progress/report.pdf?as_of={day}")
    document = pypdfium2.PdfDocument(answer.content)
    said = " ".join(document[0].get_textpage().get_text_range().split())

    assert len(document) == 1
    assert [text for text in WRITTEN[day] if text not in said] == []
    once, naive = FIRM_BY_YEAR[day]
    assert f"En gång {once} Plats för plats {naive}" in said


SHOWN: dict[str, dict[tuple[str, str], str]] = {
    "2024-12-31": {
        ("sites_published", ""): "6", ("area_net_ha", ""): "335 ha",
        ("power_firm_mw_now", ""): "53 MW", ("questions_open", ""): "2",
        ("hours", ""): "36,5 h",
    },
    "2026-09-30": {
        ("sites_published", ""): "8", ("area_net_ha", ""): "392 ha",
        ("power_firm_mw_now", ""): "67 MW", ("questions_open", ""): "0",
        ("hours", ""): "68,5 h", ("sites_published", BOLLNAS): "2", ("hours", LJUSDAL): "16",
        ("area_net_ha", BOLLNAS): "95",
        ("anchoring_parts", ""): "6", ("trainings", BOLLNAS): "2",
    },
}  # fmt: skip
"""By figure and municipality, as a Swedish reader sees it."""
BEHIND = re.compile(r'href="/progress/behind\?([^"]*)"[^>]*>\s*([^<]*?)\s*<')


@pytest.mark.parametrize("day", SHOWN)
def test_the_page_shows_what_was_counted_by_hand(told: Told, day: str) -> None:
    page = told.office.get(f"/progress?as_of={day}").text
    found: dict[tuple[str, str], set[str]] = {}
    for query, shown in BEHIND.findall(page):
        said = parse_qs(unescape(query))
        place = said["figure"][0], said.get("municipality", [""])[0]
        found.setdefault(place, set()).add(" ".join(unescape(shown).split()))

    assert {key: text for key, text in SHOWN[day].items() if text not in found.get(key, ())} == {}


@pytest.mark.parametrize("day", COUNTED)
def test_the_workbook_says_what_was_counted_by_hand(told: Told, day: str) -> None:
    answer = told.office.get(f"/api/v1/progress?as_of={day}&format=xlsx&language=en")
    book = load_workbook(io.BytesIO(answer.content))
    power = {row[0]: row[1:] for row in book["Power"].iter_rows(min_row=6, values_only=True)}
    status, anchored = (of_all(book[name]) for name in ("Status and readiness", "Anchoring"))
    once, naive = ([float(mw) for mw in text.split()] for text in FIRM_BY_YEAR[day])

    assert list(power["Firm power, each substation once"]) == once
    assert list(power["Firm power, site by site"]) == naive
    counted = COUNTED[day]
    assert (status["Sites"], status["Draft"], status["Published"]) == (
        counted["sites"], counted["sites_draft"], counted["sites_published"],
    )  # fmt: skip
    assert (anchored["Anchoring in place"], anchored["People trained (people)"]) == (
        counted["anchoring_parts"], counted["people_trained"],
    )  # fmt: skip


def of_all(sheet: Any) -> dict[str, Any]:
    """The row of all municipalities, by heading."""
    headings, *rows = sheet.iter_rows(min_row=5, values_only=True)
    found = next(row for row in rows if row[0] == "All municipalities")
    return dict(zip(headings, found, strict=True))
