"""The register of meetings: each entered once by the office, with the municipalities that came."""

from collections.abc import Callable
from datetime import date

import httpx
import pytest
from starlette.testclient import TestClient

from catalogue.anchoring import meetings
from catalogue.database import Databases
from tests.anchoring_builders import OFFICE, hold
from tests.html_forms import form_of

MEETING = {"held_on": "2026-05-12", "kind": "working_group", "attended": ["2183", "2180"]}


def add_meeting(client: TestClient, **texts: object) -> httpx.Response:
    path = "/progress/anchoring/meetings"
    token = form_of(client.get(path).text, path)["csrf_token"][0]
    return client.post(path, data={"csrf_token": token, **texts})


def test_a_meeting_is_entered_once_with_those_who_came(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    page = add_meeting(
        signed_in("project"),
        held_on="2026-05-12",
        kind="training",
        subject="Kartan",
        there=["2183"],
        **{"people-2180": "3"},
    ).text

    assert "Mötet är sparat." in page
    with databases.writing(OFFICE) as session:
        [kept] = meetings.chosen(session)
    # A number is as good as a tick.
    assert kept.attended == {"2180": 3, "2183": None}


def test_one_tick_is_for_every_municipality(signed_in: Callable[..., TestClient]) -> None:
    page = add_meeting(
        signed_in("project"), held_on="2026-05-12", kind="steering_group", there="all"
    ).text

    assert "Alla kommuner</td>" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"held_on": "2026-11-03"}, "Mötet har inte varit än."),
        ({"held_on": "2023-09-30"}, "Dagen är före projektet, som började 1 okt 2023."),
        ({"kind": "party"}, "Välj bland: steering_group"),
        ({"there": [], "people-2180": ""}, "Kryssa för minst en kommun."),
        ({"there": ["9999"]}, "Kommunen 9999 finns inte."),
        ({"kind": "training"}, "Skriv vad utbildningen handlade om."),
        ({"people-2183": "många"}, "Bollnäs: antalet ska vara ett heltal från 1 till 500."),
        ({"people-2183": "0"}, "Bollnäs: antalet ska vara ett heltal från 1 till 500."),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(
    databases: Databases, signed_in: Callable[..., TestClient], sent: dict[str, object], said: str
) -> None:
    texts = {"held_on": "2026-05-12", "kind": "other", "there": ["2180"], "people-2180": "17"}

    answer = add_meeting(signed_in("project"), **{**texts, **sent})

    assert answer.status_code == 422
    assert said in answer.text
    with databases.writing(OFFICE) as session:
        assert meetings.count(session) == 0


def test_nothing_typed_is_lost_with_a_refusal(signed_in: Callable[..., TestClient]) -> None:
    page = add_meeting(
        signed_in("project"),
        held_on="2026-11-03",
        kind="other",
        subject="Studiebesök",
        there=["2180"],
        **{"people-2183": "17"},
    ).text

    form = form_of(page, "/progress/anchoring/meetings")
    assert (form["held_on"], form["kind"], form["subject"]) == (
        ["2026-11-03"], ["other"], ["Studiebesök"],
    )  # fmt: skip
    assert (form["there"], form["people-2183"]) == (["2180"], ["17"])


def test_a_meeting_after_the_project_is_saved_and_asked_about(
    signed_in: Callable[..., TestClient],
) -> None:
    page = add_meeting(signed_in("project"), held_on="2026-10-12", kind="other", there="all").text

    assert "12 okt 2026 är efter projektet, som slutade 30 sep 2026." in page


def test_many_meetings_are_entered_as_lines(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    office, path = signed_in("project"), "/progress/anchoring/meetings/lines"
    token = form_of(office.get("/progress/anchoring/meetings").text, path)["csrf_token"][0]
    lines = (
        "2026-03-12; utbildning; Kartan; Bollnäs 3, Gävle 2\n\n2026-04-02; Styrgrupp; ; söderhamn"
    )

    page = office.post(path, data={"csrf_token": token, "lines": lines}).text

    assert "2 möten är sparade." in page
    with databases.writing(OFFICE) as session:
        found = [(one.kind, one.subject, one.attended) for one in meetings.chosen(session)]
    assert found == [
        ("steering_group", "", {"2182": None}),
        ("training", "Kartan", {"2180": 2, "2183": 3}),
    ]


def test_one_bad_line_saves_none_and_says_which(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    office, path = signed_in("project"), "/progress/anchoring/meetings/lines"
    token = form_of(office.get("/progress/anchoring/meetings").text, path)["csrf_token"][0]
    lines = "2026-03-12; annat; Träff; Bollnäs\n2026-04-02; styrgrupp; ; Mora"

    answer = office.post(path, data={"csrf_token": token, "lines": lines})

    assert answer.status_code == 422
    assert "Rad 2: Kommunen mora finns inte." in answer.text
    assert "2026-04-02; styrgrupp; ; Mora" in answer.text
    with databases.writing(OFFICE) as session:
        assert meetings.count(session) == 0


def test_a_correction_takes_the_place_of_the_meeting(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    office, path = (
        signed_in("project"),
        f"/progress/anchoring/meetings/{hold(databases, date(2026, 5, 5))}",
    )
    form = form_of(office.get(path).text, path)

    office.post(path, data={**form, "there": ["2180", "2183"], "subject": "Rättat"})

    with databases.writing(OFFICE) as session:
        [kept] = meetings.chosen(session)
    assert (kept.subject, list(kept.attended)) == ("Rättat", ["2180", "2183"])
    assert office.get(path).status_code == 404


def test_a_meeting_is_taken_out_once(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    office, path = (
        signed_in("project"),
        f"/progress/anchoring/meetings/{hold(databases, date(2026, 5, 5))}",
    )
    token = form_of(office.get(path).text, path)["csrf_token"][0]

    first, second = (
        office.post(f"{path}/withdrawal", data={"csrf_token": token}) for _ in range(2)
    )

    assert "Mötet är borttaget." in first.text
    assert second.status_code == 404


def test_a_municipality_sees_its_own_part_of_the_register(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    hold(databases, date(2026, 5, 5), "2180")

    page = signed_in("editor").get("/progress/anchoring/meetings").text

    assert "var inte med" in page
    assert "Spara mötet" not in page


def test_the_api_adds_and_withdraws_a_meeting(with_token: Callable[..., TestClient]) -> None:
    office = with_token("project")

    added = office.post("/api/v1/meetings", json=MEETING)
    listed = office.get("/api/v1/meetings").json()
    gone = office.post(f"{added.headers['Location']}/withdrawal")

    assert (added.status_code, listed["numberMatched"]) == (201, 1)
    assert listed["meetings"][0]["attended"] == {"2180": None, "2183": None}
    assert gone.status_code == 204
    assert office.get(added.headers["Location"]).status_code == 404


def test_a_municipality_enters_no_meeting(with_token: Callable[..., TestClient]) -> None:
    assert with_token("editor").post("/api/v1/meetings", json=MEETING).status_code == 403
