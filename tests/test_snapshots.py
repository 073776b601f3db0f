"""Snapshots: frozen for good, the same bytes every time, and no change goes unseen."""

import csv
import hashlib
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.administration import adjustments
from catalogue.administration.soundness import sealed_snapshots, sealed_up_to
from catalogue.changes import read_changes
from catalogue.database import OPERATOR, Databases
from catalogue.fields import SITE
from catalogue.hours import hours
from catalogue.hours.hours import HoursEntry
from catalogue.indicators import indicators
from catalogue.progress.progress import Span
from catalogue.settings import Settings
from catalogue.snapshots import snapshots
from catalogue.snapshots.period_ends import freeze_period, period_end
from catalogue.snapshots.snapshots import Broken, Snapshot, Wanted, take
from frontend.progress_formats import FORMATS
from tests.builders import ADMIN, RULES, TODAY, a_site, an_actor, known_since
from tests.html_forms import open_form

ADDRESS = "/api/v1/snapshots"
PROJECT = an_actor("project")
OCTOBER_ENDS = date(2026, 10, 31)


@pytest.fixture
def project(databases: Databases, with_token: Callable[..., TestClient]) -> TestClient:
    """The project office; two sites in Bollnäs share a substation, one in Hudiksvall is a draft."""
    a_site(databases, power_now_mw=80, substation="Kilafors")
    a_site(databases, power_now_mw=120, substation="Kilafors")
    a_site(databases, municipality="2184", status="draft")
    known_since(databases, datetime(2026, 10, 1, 12, tzinfo=UTC))
    return with_token("project")


def taken(client: TestClient, name: str = "Rapport 8", **body: Any) -> dict[str, Any]:
    answer = client.post(ADDRESS, json={"name": name, "as_of": "2026-10-31", **body})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def files(client: TestClient, number: int) -> dict[str, bytes]:
    links = client.get(f"{ADDRESS}/{number}").json()["links"]
    names = [link["title"] for link in links if link["rel"] == "item"]
    return {name: client.get(f"{ADDRESS}/{number}/files/{name}").content for name in names}


def broken(databases: Databases) -> list[Broken]:
    with databases.writing(PROJECT) as session:
        return snapshots.broken(session)


def tampered(databases: Databases, statement: str) -> None:
    """As somebody with the keys to the database, who has switched its guards off."""
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        connection.execute(text(statement))


def test_a_snapshot_holds_the_figures_of_its_day_in_every_format(project: TestClient) -> None:
    made = taken(project, since="2026-09-30")
    found = files(project, made["number"])

    assert set(found) == {
        "progress.json", "progress-sv.csv", "progress-en.csv", "progress-sv.xlsx",
        "progress-en.xlsx", "progress-sv.pdf", "progress-en.pdf", "sites.csv",
    }  # fmt: skip
    total = orjson.loads(found["progress.json"])["total"]["figures"]
    assert total["power_mw_now"] == {"value": 120, "change": 120}
    assert total["sites"]["value"] == 3
    rows = list(csv.DictReader(io.StringIO(found["sites.csv"].decode())))
    assert [row["municipality"] for row in rows] == ["2183", "2183", "2184"]
    assert {row["status"] for row in rows} == {"published", "draft"}
    assert load_workbook(io.BytesIO(found["progress-sv.xlsx"])).sheetnames


def test_it_is_the_same_bytes_a_hundred_changes_later(
    project: TestClient, databases: Databases
) -> None:
    number = an_indicator(databases)
    made = taken(project)
    before = files(project, made["number"])

    with databases.writing(ADMIN) as session:
        for turn in range(100):
            match turn % 4:
                case 0:
                    change_power(session, turn + 1)
                case 1:
                    hours.add(session, ADMIN, an_entry(turn))
                case 2:
                    values = {"shelf_life_days": 100 + turn, "hours_per_month": turn}
                    adjustments.change(session, Settings(), values, (), "prov")
                case _:
                    values = {"target": 10 + turn}
                    indicators.change(
                        session, ADMIN, number, values, "", datetime(2026, 10, 2, 12, tzinfo=UTC),
                        expected_version=1 + turn // 4,
                    )  # fmt: skip

    assert files(project, made["number"]) == before
    assert project.get(f"{ADDRESS}/1").json() == made
    assert broken(databases) == []


def change_power(session: Session, mw: float) -> None:
    reference = session.scalars(text("select min(reference) from site")).one()
    kept = sites.find(session, reference)
    changes = read_changes({"power_now_mw": mw}, SITE, today=TODAY, kept=frozenset())
    sites.change(session, ADMIN, reference, changes, RULES, expected_version=kept.version)


def an_entry(turn: int) -> HoursEntry:
    return HoursEntry(
        municipality="2183", month=date(2026, 1 + turn % 9, 1), role="x", hours=turn / 2,
        activity="meeting",
    )  # fmt: skip


def an_indicator(databases: Databases) -> int:
    said = {
        "name_sv": "Effekt", "name_en": "Power", "target": 10.0, "target_date": date(2027, 1, 1),
        "start_date": date(2026, 1, 1), "source": "Beslut, s. 4", "follow_up": "value",
        "figure": "power_mw_now",
    }  # fmt: skip
    with databases.writing(PROJECT) as session:
        return indicators.add(session, PROJECT, said, "", datetime(2026, 10, 1, 12, tzinfo=UTC)).id


def test_it_holds_the_settings_in_force_and_the_indicators(
    project: TestClient, databases: Databases
) -> None:
    number = an_indicator(databases)
    made = taken(project)

    frozen = orjson.loads(files(project, made["number"])["progress.json"])

    assert frozen["settings"]["project_start"] == "2023-10-01"
    assert frozen["settings"]["hours_per_month"] == 16
    assert frozen["settings"]["shelf_life_power_days"] == 180
    (one,) = frozen["indicators"]
    assert (one["id"], one["value"], one["target"], one["source"]) == (
        number, 120, 10, "Beslut, s. 4",
    )  # fmt: skip


def test_a_setting_changed_later_changes_no_snapshot(
    project: TestClient, databases: Databases
) -> None:
    made = taken(project)
    before = files(project, made["number"])

    with databases.writing(ADMIN) as session:
        session.execute(
            text(
                "insert into setting_change (name, value, before, after, reason)"
                " values ('shelf_life_days', '1', '365', '1', 'test')"
            )
        )

    assert files(project, made["number"]) == before


def test_each_seal_covers_the_files_and_the_seal_before(project: TestClient) -> None:
    first, second = taken(project, "En"), taken(project, "Två", note="Efter rättelse")
    header = {name: second[name] for name in (
        "number", "name", "note", "as_of", "since", "taken_by", "catalogue_version",
        "definitions_version", "before_seal",
    )}  # fmt: skip
    moment = datetime.fromisoformat(second["taken_at"]).astimezone(UTC)
    header["taken_at"] = moment.isoformat(timespec="microseconds")
    header["files"] = {
        name: hashlib.sha256(content).hexdigest() for name, content in files(project, 2).items()
    }

    by_hand = hashlib.sha256(orjson.dumps(header, option=orjson.OPT_SORT_KEYS)).hexdigest()

    assert (first["before_seal"], second["before_seal"]) == ("0" * 64, first["seal"])
    assert second["seal"] == by_hand


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("update snapshot set note = 'annat' where number = 1", 1),
        ("update snapshot set as_of = '2026-10-30' where number = 2", 2),
        (
            (
                "update snapshot_file set content = content || 'x'::bytea"
                " where snapshot = 1 and name = 'progress-sv.csv'"
            ),
            1,
        ),
        ("delete from snapshot_file where snapshot = 2 and name = 'sites.csv'", 2),
        ("delete from snapshot where number = 1", 2),
    ],
)
def test_whatever_is_changed_afterwards_is_found(
    project: TestClient, databases: Databases, settings: Settings, change: str, number: int
) -> None:
    taken(project, "En")
    taken(project, "Två")
    assert broken(databases) == []

    tampered(databases, change)

    assert [one.number for one in broken(databases)] == [number]
    with databases.writing(ADMIN) as session:
        (finding,) = sealed_snapshots(session, settings)
    assert not finding.is_sound


@pytest.mark.parametrize(
    "statement",
    [
        "update snapshot set note = 'annat'",
        "delete from snapshot_file",
        "truncate snapshot_file",
    ],
)
def test_the_database_lets_nobody_change_one(
    project: TestClient, databases: Databases, statement: str
) -> None:
    taken(project)

    with (
        pytest.raises(DBAPIError, match="never changed"),
        databases.owner.begin() as connection,
    ):
        connection.execute(text(statement))
    with (
        pytest.raises(DBAPIError, match="permission denied"),
        databases.writing(ADMIN) as session,
    ):
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "", "as_of": "2026-10-31"}, "name"),
        ({"name": "x" * 81, "as_of": "2026-10-31"}, "name"),
        ({"name": "x"}, "as_of"),
        ({"name": "x", "as_of": "2026-11-02"}, "as_of"),
        ({"name": "x", "as_of": "31 oktober"}, "as_of"),
        ({"name": "x", "as_of": "2026-10-31", "since": "2026-11-01"}, "since"),
        ({"name": "x", "as_of": "2026-10-31", "note": 7}, "note"),
        ({"name": "x", "as_of": "2026-10-31", "figures": {}}, "figures"),
        ({"name": "Rapport 8", "as_of": "2026-10-31"}, "name"),
    ],
)
def test_a_snapshot_that_cannot_be_taken_says_why_and_takes_none(
    project: TestClient, body: dict[str, Any], field: str
) -> None:
    taken(project)

    answer = project.post(ADDRESS, json=body)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]
    assert len(project.get(ADDRESS).json()["snapshots"]) == 1


@pytest.mark.parametrize("role", ["editor", "publisher", "investor"])
def test_only_those_who_follow_the_project_see_them(
    with_token: Callable[..., TestClient], project: TestClient, role: str
) -> None:
    made = taken(project)
    stranger = with_token(role)

    for path in ("", f"/{made['number']}", f"/{made['number']}/files/progress.json"):
        assert stranger.get(ADDRESS + path).status_code == 403
    assert stranger.post(ADDRESS, json={"name": "x", "as_of": "2026-10-31"}).status_code == 403


def test_two_snapshots_say_what_has_changed(project: TestClient, databases: Databases) -> None:
    taken(project, "Oktober")
    a_site(databases, municipality="2184", power_now_mw=30)
    known_since(databases, datetime(2026, 11, 1, 9, tzinfo=UTC), "recorded_at > '2026-10-02'")
    taken(project, "November", as_of="2026-11-01")

    found = project.get(f"{ADDRESS}/1/comparison?with=2").json()

    assert (found["before"]["name"], found["after"]["name"]) == ("Oktober", "November")
    assert found["is_defined_alike"]
    lines = {(line["municipality"], line["key"]): line for line in found["figures"]}
    whole, hudiksvall = lines[None, "power_mw_now"], lines["2184", "sites_published"]
    assert (whole["before"], whole["after"], whole["change"]) == (120, 150, 30)
    assert (hudiksvall["before"], hudiksvall["after"]) == (0, 1)


def test_a_snapshot_can_be_held_against_one_of_an_older_program(
    project: TestClient, databases: Databases
) -> None:
    """One that told neither settings nor indicators, and a figure that there is no more."""
    an_indicator(databases)
    taken(project, "Gammal")
    old = orjson.loads(files(project, 1)["progress.json"])
    del old["settings"], old["indicators"]
    old["figures"] = [{**old["figures"][0], "key": "happiness", "name_sv": "Lycka"}]
    for place in (old["total"], *old["municipalities"]):
        place["figures"] = {"happiness": {"value": 7, "change": None}}
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("set local session_replication_role = replica")
        connection.execute(
            text("update snapshot_file set content = :now where name = 'progress.json'"),
            {"now": orjson.dumps(old)},
        )
    taken(project, "Ny")

    found = project.get(f"{ADDRESS}/1/comparison?with=2").json()

    lines = {(line["municipality"], line["key"]): line for line in found["figures"]}
    gone, new = lines[None, "happiness"], lines[None, "power_mw_now"]
    assert (gone["before"], gone["after"], gone["change"]) == (7, None, None)
    assert (new["before"], new["after"]) == (None, 120)
    assert found["settings"] == []
    assert lines[None, "indicator_1"]["after"] == 120


def test_two_snapshots_say_which_settings_and_targets_differ(
    project: TestClient, databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    number = an_indicator(databases)
    taken(project, "En")
    with databases.writing(ADMIN) as session:
        adjustments.change(session, Settings(), {"hours_per_month": 20}, (), "prov")
        moment = datetime(2026, 10, 2, 12, tzinfo=UTC)
        indicators.change(session, ADMIN, number, {"target": 15.0}, "", moment, expected_version=1)
    taken(project, "Två")

    found = project.get(f"{ADDRESS}/1/comparison?with=2").json()
    page = signed_in("admin").get("/progress/snapshots/1/comparison?with=2").text

    assert found["settings"] == [{"name": "hours_per_month", "before": 16, "after": 20}]
    target = next(one for one in found["figures"] if one["key"] == f"indicator_{number}_target")
    assert (target["before"], target["after"], target["change"]) == (10, 15, 5)
    assert "Mål för nedlagd tid: 16" in page


def test_a_seal_kept_elsewhere_proves_what_the_chain_alone_cannot(
    project: TestClient, databases: Databases
) -> None:
    """Whoever holds the database takes the last snapshot away: the chain still looks whole."""
    taken(project, "En")
    noted = taken(project, "Två")["seal"]
    assert seal_is_sound(databases, noted)

    tampered(databases, "delete from snapshot_file where snapshot = 2")
    tampered(databases, "delete from snapshot where number = 2")

    assert broken(databases) == []
    assert not seal_is_sound(databases, noted)


def test_a_seal_does_not_answer_for_what_was_changed_before_it(
    project: TestClient, databases: Databases
) -> None:
    first, second = taken(project, "En")["seal"], taken(project, "Två")["seal"]

    tampered(databases, "update snapshot set note = 'annat' where number = 2")

    assert seal_is_sound(databases, first)
    assert not seal_is_sound(databases, second)


def seal_is_sound(databases: Databases, seal: str) -> bool:
    with databases.writing(ADMIN) as session:
        return sealed_up_to(session, seal).is_sound


def test_the_page_checks_a_seal(project: TestClient, signed_in: Callable[..., TestClient]) -> None:
    seal = taken(project, "Rapport 8")["seal"]
    office = signed_in("admin")

    known = office.get("/progress/snapshots", params={"seal": f" {seal.upper()} "}).text
    unknown = office.get("/progress/snapshots", params={"seal": "0" * 64}).text

    assert "Sigillet hör till nummer 1, Rapport 8" in known
    assert "Ingen ögonblicksbild har det sigillet" in unknown


def test_a_period_that_has_ended_is_frozen_once(databases: Databases, settings: Settings) -> None:
    known = RULES  # 2 November 2026
    wanted = settings.model_copy(update={"snapshot_months": "4,10"})

    def freeze() -> Snapshot | None:
        with databases.writing(OPERATOR) as session:
            return freeze_period(session, wanted, known, FORMATS)

    made, again = freeze(), freeze()

    assert made is not None
    assert (made.as_of, made.taken_by) == (OCTOBER_ENDS, "job")
    assert again is None


@pytest.mark.parametrize(
    ("today", "months", "end"),
    [
        (date(2026, 11, 2), {10}, date(2026, 10, 31)),
        (date(2026, 10, 31), {10}, date(2025, 10, 31)),
        (date(2026, 3, 1), {2, 6}, date(2026, 2, 28)),
        (date(2026, 1, 1), {3, 12}, date(2025, 12, 31)),
    ],
)
def test_a_period_has_ended_once_its_last_day_is_over(
    today: date, months: set[int], end: date
) -> None:
    assert period_end(today, frozenset(months)) == end


def test_the_office_takes_one_on_the_page_and_reads_it(
    project: TestClient, signed_in: Callable[..., TestClient]
) -> None:
    office = signed_in("admin")
    form = open_form(office, "/progress/snapshots", "/progress/snapshots")
    form |= {"as_of": "2026-10-31", "since": "2026-09-30"}

    refused = office.post("/progress/snapshots", data={**form, "name": ""})
    answer = office.post("/progress/snapshots", data={**form, "name": "Rapport 8"})

    assert refused.status_code == 422
    assert 'value="2026-09-30"' in refused.text
    assert "Rapport 8" in answer.text
    assert "120" in answer.text
    assert "Rapport 8" in office.get("/en/progress/snapshots").text


def test_sites_changed_on_the_day_itself_are_not_lost(databases: Databases) -> None:
    """The day ends at midnight in Sweden: what was saved at 23:30 there belongs to it."""
    site = a_site(databases, power_now_mw=10)
    known_since(databases, datetime(2026, 10, 31, 22, 30, tzinfo=UTC))
    with databases.writing(PROJECT) as session:
        wanted = Wanted("x", Span(OCTOBER_ENDS, OCTOBER_ENDS))
        made = take(session, PROJECT, wanted, Settings(), RULES, formats=FORMATS)
        content = snapshots.file(session, made.number, "sites.csv").decode()

    assert site.reference in content
