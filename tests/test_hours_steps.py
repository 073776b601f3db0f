"""Hours attested, locked and corrected: who may, what is refused, and what never changes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.hours.hours import known_on
from tests.builders import ADMIN, TODAY, an_actor
from tests.hours_builders import HOURS, an_entry, faults, fields, give_right, lock

Client = Callable[..., TestClient]
MAY = date(2026, 5, 1)


@pytest.fixture
def editor(with_token: Client) -> TestClient:
    return with_token("editor")


@pytest.fixture
def head(with_token: Client, databases: Databases) -> TestClient:
    """The municipality's head of business development."""
    client = with_token("publisher")
    give_right(databases, "publisher.2183@example.se")
    return client


def entries(client: TestClient, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(HOURS, params=query).json()["entries"]
    return found


# Attest


def test_the_head_attests_a_month_and_it_says_who_and_when(
    editor: TestClient, head: TestClient
) -> None:
    editor.post(HOURS, json=an_entry(hours=3.5))
    editor.post(HOURS, json=an_entry(hours=2))
    editor.post(HOURS, json=an_entry(hours=4, month="2026-04"))

    answer = head.post(f"{HOURS}/attest", json={"month": "2026-05"})

    assert answer.json() == {"attested": 2, "hours": 5.5, "own_left": 0}
    assert [one["attested_by"] for one in entries(editor)] == [
        "publisher.2183@example.se",
        "publisher.2183@example.se",
        None,
    ]


def test_some_entries_of_a_month_can_be_attested(editor: TestClient, head: TestClient) -> None:
    first = editor.post(HOURS, json=an_entry(hours=3.5)).json()["id"]
    editor.post(HOURS, json=an_entry(hours=2))

    head.post(f"{HOURS}/attest", json={"month": "2026-05", "entries": [first]})

    assert [one["id"] for one in entries(editor, attested="true")] == [first]


@pytest.mark.parametrize("role", ["editor", "publisher", "project", "admin"])
def test_without_the_right_nobody_attests(
    with_token: Client, editor: TestClient, role: str
) -> None:
    editor.post(HOURS, json=an_entry())
    asking = editor if role == "editor" else with_token(role)

    answer = asking.post(f"{HOURS}/attest", json={"municipality": "2183", "month": "2026-05"})

    assert answer.status_code == 403
    assert "head of business development" in answer.json()["detail"]
    assert entries(editor)[0]["attested_by"] is None


def test_the_right_holds_in_the_own_municipality_only(with_token: Client, head: TestClient) -> None:
    with_token("project").post(HOURS, json=an_entry(municipality="2184"))

    answer = head.post(f"{HOURS}/attest", json={"municipality": "2184", "month": "2026-05"})

    assert answer.status_code == 403


def test_nobody_attests_what_they_entered_or_what_stands_in_their_name(
    editor: TestClient, head: TestClient
) -> None:
    head.post(HOURS, json=an_entry(hours=1))
    editor.post(HOURS, json=an_entry(hours=2, person="publisher"))
    assert head.post(f"{HOURS}/attest", json={"month": "2026-05"}).status_code == 403
    editor.post(HOURS, json=an_entry(hours=4))

    answer = head.post(f"{HOURS}/attest", json={"month": "2026-05"})

    assert answer.json() == {"attested": 1, "hours": 4, "own_left": 2}


def test_what_is_attested_is_not_attested_again(editor: TestClient, head: TestClient) -> None:
    editor.post(HOURS, json=an_entry())
    head.post(f"{HOURS}/attest", json={"month": "2026-05"})

    assert head.post(f"{HOURS}/attest", json={"month": "2026-05"}).status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        "hours = 9",
        "activity = 'meeting'",
        "person = 'Annan'",
        "attested_by = null",
        "attested_by = 'annan@example.se'",
        "entered_at = now() - interval '1 year'",
    ],
)
def test_the_database_itself_changes_no_entry(
    databases: Databases, editor: TestClient, head: TestClient, change: str
) -> None:
    """Not for its owner either, who is held by no policy."""
    editor.post(HOURS, json=an_entry())
    head.post(f"{HOURS}/attest", json={"month": "2026-05"})

    with pytest.raises(ProgrammingError, match="never changed"), databases.owner.begin() as owner:
        owner.execute(text(f"update hours_entry set {change}"))


def test_the_database_itself_lets_nobody_attest_without_the_right(
    databases: Databases, editor: TestClient
) -> None:
    editor.post(HOURS, json=an_entry())

    with databases.writing(an_actor("publisher")) as session:
        touched = session.connection().execute(
            text("update hours_entry set attested_by = 'publisher.2183@example.se'")
        )

    assert touched.rowcount == 0


def test_nobody_pretends_when_and_by_whom_hours_were_entered(
    databases: Databases, editor: TestClient
) -> None:
    with databases.writing(an_actor()) as session:
        session.execute(
            text(
                "insert into hours_entry (municipality, month, role, hours, activity, entered_at,"
                " entered_by, attested_by) values ('2183', '2026-05-01', 'x', 1, 'meeting',"
                " '2024-01-01', 'annan@example.se', 'annan@example.se')"
            )
        )

    [entry] = entries(editor)
    assert entry["entered_by"] == "editor.2183@example.se"
    assert (entry["entered_at"] > "2026", entry["attested_by"]) == (True, None)


def test_only_an_administrator_gives_the_right_and_it_does_not_move_along(
    databases: Databases, head: TestClient
) -> None:
    """As when a municipality's own service says that somebody now belongs elsewhere."""
    moving = text("update account set municipality = '2184' where attests_hours")
    taking = text("update account set attests_hours = true")
    with databases.writing(None) as session:
        session.execute(moving)
    with (
        pytest.raises(ProgrammingError, match="administrators give"),
        databases.writing(an_actor("publisher")) as session,
    ):
        session.execute(taking)

    with databases.owner.connect() as owner:
        assert owner.exec_driver_sql("select attests_hours from account").scalars().all() == [False]


# Locked months


def test_a_locked_month_takes_no_hours_and_says_what_to_do(
    databases: Databases, editor: TestClient
) -> None:
    lock(databases, MAY)

    answer = editor.post(HOURS, json=an_entry())

    assert answer.status_code == 422
    assert "May 2026 has been locked" in fields(answer)["/month"]
    assert "correct the entry in an open month" in fields(answer)["/month"]
    assert editor.get(HOURS).json()["numberMatched"] == 0


def test_the_database_itself_keeps_a_month_locked(databases: Databases) -> None:
    lock(databases, MAY)
    adding = (
        "insert into hours_entry (municipality, month, role, hours, activity)"
        " values ('2183', '2026-05-01', 'x', 1, 'meeting')"
    )

    with pytest.raises(ProgrammingError, match="locked"), databases.owner.begin() as owner:
        owner.execute(text(adding))


def test_months_are_locked_up_to_one_and_unlocked_with_a_reason(
    with_token: Client, editor: TestClient
) -> None:
    project = with_token("project")

    locked = project.post(
        f"{HOURS}/locks",
        json={"from": "2026-04", "month": "2026-06", "locked": True, "reason": "Rapport 8"},
    )
    assert locked.json() == {"changed": 30}
    assert faults(project.post(f"{HOURS}/locks", json={"month": "2026-05", "locked": False})) == [
        "/reason"
    ]
    project.post(
        f"{HOURS}/locks",
        json={
            "municipality": "2183",
            "month": "2026-05",
            "locked": False,
            "reason": "Glömd månad",
        },
    )

    assert editor.post(HOURS, json=an_entry(month="2026-05")).status_code == 201
    assert editor.post(HOURS, json=an_entry(month="2026-04")).status_code == 422
    told = editor.get(f"{HOURS}/locks").json()
    assert [one["month"] for one in told["locked"]] == ["2026-04", "2026-06"]
    assert [(step["locked"], step["reason"], step["by"]) for step in told["history"]] == [
        (False, "Glömd månad", "project.all@example.se"),
        (True, "Rapport 8", "project.all@example.se"),
    ]


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_a_municipality_locks_nothing(with_token: Client, role: str) -> None:
    answer = with_token(role).post(f"{HOURS}/locks", json={"month": "2026-05", "locked": True})

    assert answer.status_code == 403


def test_locking_twice_is_told_and_changes_nothing(
    databases: Databases, with_token: Client
) -> None:
    lock(databases, MAY)

    answer = with_token("admin").post(
        f"{HOURS}/locks", json={"municipality": "2183", "month": "2026-05", "locked": True}
    )

    assert faults(answer) == ["/month"]


def test_decisions_on_locks_are_never_changed(databases: Databases) -> None:
    lock(databases, MAY)

    with pytest.raises(ProgrammingError, match="never changed"), databases.owner.begin() as owner:
        owner.execute(text("delete from hours_lock"))


# Corrections


def correct(client: TestClient, number: int, **values: Any) -> Any:
    """Any: the answer."""
    said = {"hours": 2, "note": "Fel antal", **values}
    return client.post(f"{HOURS}/{number}/correction", json=said)


def test_a_correction_is_a_counter_entry_and_a_new_one_that_name_the_first(
    editor: TestClient,
) -> None:
    number = editor.post(HOURS, json=an_entry(hours=5)).json()["id"]

    answer = correct(editor, number, hours=3, activity="meeting")

    assert answer.status_code == 201
    shown = [
        (one["hours"], one["activity"], one["month"], one["corrects"]) for one in entries(editor)
    ]
    assert shown == [
        (3, "meeting", "2026-05", number),
        (-5, "grid_contact", "2026-05", number),
        (5, "grid_contact", "2026-05", None),
    ]
    assert editor.get(HOURS).json()["hours"] == 3


def test_nought_hours_take_back_the_whole_entry(editor: TestClient) -> None:
    number = editor.post(HOURS, json=an_entry(hours=5)).json()["id"]

    assert correct(editor, number, hours=0).json()["instead"] is None
    assert editor.get(HOURS).json()["hours"] == 0


def test_an_entry_is_taken_back_once(editor: TestClient) -> None:
    number = editor.post(HOURS, json=an_entry(hours=5)).json()["id"]
    correct(editor, number, hours=0)

    assert correct(editor, number, hours=0).status_code == 409
    assert editor.get(HOURS).json()["hours"] == 0


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"note": " "}, "/note"),
        ({"hours": -1}, "/hours"),
        ({"hours": 1.3}, "/hours"),
        ({"hours": 5, "note": "Samma"}, "/hours"),
        ({"activity": "coffee"}, "/activity"),
        ({"month": "2026-12"}, "/month"),
    ],
)
def test_a_correction_that_cannot_be_made_changes_nothing(
    editor: TestClient, values: dict[str, Any], where: str
) -> None:
    number = editor.post(HOURS, json=an_entry(hours=5)).json()["id"]

    answer = correct(editor, number, **values)

    assert (answer.status_code, where in faults(answer)) == (422, True)
    assert editor.get(HOURS).json()["numberMatched"] == 1


def test_the_database_itself_takes_back_no_more_than_an_entry_holds(
    databases: Databases, editor: TestClient
) -> None:
    number = editor.post(HOURS, json=an_entry(hours=5)).json()["id"]
    editor.post(HOURS, json=an_entry(hours=5))
    adding = (
        "insert into hours_entry (municipality, month, role, hours, activity, corrects)"
        f" values ('2183', '2026-05-01', 'x', -6, 'meeting', {number})"
    )

    with (
        pytest.raises(ProgrammingError, match="more than the entry"),
        databases.owner.begin() as one,
    ):
        one.execute(text(adding))


def test_a_locked_month_is_corrected_in_an_open_one_that_says_which(
    databases: Databases, editor: TestClient
) -> None:
    number = editor.post(HOURS, json=an_entry(hours=5)).json()["id"]
    lock(databases, MAY)

    correct(editor, number, hours=3)

    assert [(one["hours"], one["month"], one["concerns"]) for one in entries(editor)] == [
        (3, "2026-09", "2026-05"),
        (-5, "2026-09", "2026-05"),
        (5, "2026-05", "2026-05"),
    ]
    months = {
        one["month"]: (one["hours"], one["of_other_months"])
        for one in editor.get(f"{HOURS}/months?from=2026-05&to=2026-09").json()["months"]
    }
    assert (months["2026-05"], months["2026-09"]) == ((5, 0), (-2, -2))


def test_a_month_wrongly_chosen_is_put_right(editor: TestClient) -> None:
    number = editor.post(HOURS, json=an_entry(hours=5, month="2026-04")).json()["id"]

    correct(editor, number, hours=5, month="2026-05")

    months = editor.get(f"{HOURS}/months?from=2026-04&to=2026-05").json()["months"]
    assert [one["hours"] for one in months] == [0, 5]


def test_an_attested_entry_is_corrected_and_the_new_ones_wait(
    editor: TestClient, head: TestClient
) -> None:
    number = editor.post(HOURS, json=an_entry(hours=5)).json()["id"]
    head.post(f"{HOURS}/attest", json={"month": "2026-05"})

    correct(editor, number, hours=3)

    assert [one["hours"] for one in entries(editor, attested="false")] == [3, -5]


def test_a_correction_does_not_change_what_was_known_before(
    databases: Databases, editor: TestClient
) -> None:
    number = editor.post(HOURS, json=an_entry(hours=5)).json()["id"]
    with databases.owner.begin() as owner:
        owner.exec_driver_sql("set local session_replication_role = replica")
        owner.execute(
            text("update hours_entry set entered_at = :at"), {"at": TODAY - timedelta(days=30)}
        )
    correct(editor, number, hours=3)

    with databases.writing(ADMIN) as session:
        assert known_on(session, TODAY - timedelta(days=20)) == {"2183": 5}


def test_another_municipality_s_entry_is_not_there_to_correct(
    with_token: Client, editor: TestClient
) -> None:
    number = with_token("project").post(HOURS, json=an_entry(municipality="2184")).json()["id"]

    assert correct(editor, number).status_code == 404
