"""What is behind figures of hours, letters, enquiries, requests and profiles: worked out by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert
from starlette.testclient import TestClient

from catalogue import municipalities
from catalogue.behind.behind import Asked, Window, behind
from catalogue.behind.lines import Behind, Line
from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figures import FIGURE
from catalogue.progress.progress import Span
from catalogue.provenance import ShelfLife
from catalogue.tables import enquiry, hours_entry
from tests.anchoring_builders import held
from tests.builders import an_actor
from tests.test_profile_figures import say
from tests.test_question_figures import a_question
from tests.test_request_figures import kept, known_since

SINCE, AS_OF = date(2026, 9, 30), date(2026, 10, 31)
PROJECT = an_actor("project")


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def the_list(databases: Databases, key: str, code: str = "") -> Behind:
    with databases.writing(PROJECT) as session:
        asked = Asked(FIGURE[key], (code,) if code else (), Span(AS_OF, SINCE))
        return behind(session, PROJECT, asked, ProjectPlan(), ShelfLife(), Window())


def lines(found: Behind) -> list[Line]:
    return [line for entry in (*found.changed, *found.unchanged) for line in entry.lines]


def an_entry(databases: Databases, hours: float, entered_at: datetime, **said: Any) -> None:
    with databases.owner.begin() as connection:
        connection.execute(
            insert(hours_entry).values(
                municipality="2183",
                month=date(2026, 9, 1),
                concerns=date(2026, 9, 1),
                role="Planarkitekt",
                person="Karin Ek",
                hours=hours,
                activity="meeting",
                note="Hemlig notering",
                entered_at=entered_at,
                **said,
            )
        )


def an_enquiry(databases: Databases, message: str, received_at: datetime, **said: Any) -> None:
    with databases.owner.begin() as connection:
        connection.execute(
            insert(enquiry).values(
                message_id=message,
                kind="enquiry",
                site_names=["Provplats"],
                name="Karin Ek",
                email="karin.ek@example.se",
                message="Hemligt meddelande",
                sector="battery",
                received_at=received_at,
                confirmed_at=received_at,
                **{"municipality": "2183", "sites": ["GVB-2183-001"], **said},
            )
        )


def test_hours_are_the_entries_of_the_register(databases: Databases) -> None:
    an_entry(databases, 12, noon(9, 5))
    an_entry(databases, 7.5, noon(10, 5))
    an_entry(databases, -2, noon(10, 6))

    found = the_list(databases, "hours")

    assert (found.before.value, found.now.value, found.change) == (12, 17.5, 5.5)
    assert [line.change for line in found.changed] == [7.5, -2]
    assert [line.change for line in found.unchanged] == [0]


def test_letters_are_told_by_what_they_are_about(databases: Databases) -> None:
    a_question(databases, "2183", noon(9, 10), answered_at=noon(10, 12))
    a_question(databases, "2183", noon(9, 20))

    found = the_list(databases, "letters_open")

    assert (found.before.value, found.now.value) == (2, 1)
    assert [(line.before.value, line.now.value) for line in lines(found)] == [(1, 0), (1, 1)]
    assert "besvarat 12 okt 2026" in found.changed[0].lines[0].about.sv  # type: ignore[union-attr]  # a letter says what it is about


def test_a_message_to_two_municipalities_is_one_enquiry(databases: Databases) -> None:
    an_enquiry(databases, "a", noon(10, 5))
    an_enquiry(databases, "a", noon(10, 5), municipality="2184", sites=["GVB-2184-001"])
    an_enquiry(databases, "b", noon(9, 5))

    found = the_list(databases, "enquiries")

    assert (found.before.value, found.now.value, found.change) == (1, 2, 1)
    assert [line.change for line in lines(found)] == [1, 0]


def test_requests_are_told_by_their_code_names(databases: Databases) -> None:
    kept(databases, "Älg", answered_on="2026-10-03", sites=["GVB-2183-001"])
    known_since(databases, noon(10, 4))

    found = the_list(databases, "rfi_answered", "2183")

    assert [(line.name.sv, line.change) for line in lines(found)] == [("Älg", 1)]


def test_meetings_are_told_by_kind_day_and_who_was_there(databases: Databases) -> None:
    there = {"m2180": 1, "m2183": 2}
    held(databases, date(2026, 9, 10), "steering_group", known=noon(9, 11), **there)
    held(databases, date(2026, 10, 10), "working_group", known=noon(10, 11), m2183=None)
    held(databases, date(2026, 10, 12), "training", known=noon(10, 13), **there)

    found, people = (the_list(databases, key) for key in ("meetings_attended", "people_trained"))

    assert (found.before.value, found.now.value) == (1, 2)
    assert [(line.name.sv, line.about.sv, line.change) for line in lines(found)] == [
        ("Arbetsgrupp 10 okt 2026", "Bollnäs", 1),
        ("Styrgrupp 10 sep 2026", "Gävle, Bollnäs", 0),
    ]
    assert [(line.name.en, line.change) for line in lines(people)] == [("Training 12 Oct 2026", 3)]


def test_parts_in_place_are_told_by_municipality(databases: Databases) -> None:
    held(databases, date(2026, 10, 10), "training", known=noon(10, 11), m2183=None)

    found = the_list(databases, "anchoring_parts")

    assert [(line.name.sv, line.change) for line in lines(found)] == [("Bollnäs", 1)]


def test_a_profile_is_explained_by_its_fields(databases: Databases) -> None:
    with databases.writing(PROJECT) as session:
        before = municipalities.find(session, "2183").values.get("hotel_beds")
    say(databases, noon(10, 10), hotel_beds=240)

    found = the_list(databases, "profile_completeness")

    [line] = [one for one in lines(found) if one.key == "2183"]
    [step] = line.steps
    assert before is None
    assert (line.change, step.change) == ((1, 0), (1, 0))
    assert (step.key, step.new.value) == ("hotel_beds", 240)
    assert found.change is not None
    assert found.change > 0


def test_no_person_and_no_free_text_is_told(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    an_entry(databases, 12, noon(10, 5))
    a_question(databases, "2183", noon(10, 10))
    an_enquiry(databases, "a", noon(10, 5))
    client = signed_in("project")
    dates = "since=2026-09-30&as_of=2026-10-31"

    for key in ("hours", "letters_open", "enquiries"):
        for place in ("/progress/behind", "/api/v1/progress/changes"):
            answer = client.get(f"{place}?figure={key}&{dates}")
            assert answer.status_code == 200
            assert "Karin" not in answer.text
            assert "karin.ek" not in answer.text
            assert "Hemlig" not in answer.text


def test_an_editor_is_not_told_of_other_municipalities(
    databases: Databases, with_token: Callable[..., TestClient]
) -> None:
    kept(databases, "Älg", sites=["GVB-2183-001", "GVB-2180-001"])
    known_since(databases, noon(10, 4))
    an_entry(databases, 12, noon(10, 5))
    editor = with_token("editor", "2180")
    dates = "since=2026-09-30&as_of=2026-10-31"

    for key in ("hours", "rfi_received"):
        found = editor.get(f"/api/v1/progress/changes?figure={key}&{dates}").json()
        assert (found["changed"], found["unchanged"]) == ([], [])
