"""Anchoring on any day: page and JSON as it was known then, and its sentence for the minutes."""

from collections.abc import Callable
from datetime import date

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.progress import Row, Span, progress
from catalogue.provenance import ShelfLife
from frontend.progress_words import sentences
from geo.texts import Language
from tests.anchoring_builders import OFFICE, held, noon, said, say
from tests.builders import TODAY

PAGE = "/progress/anchoring"
JUNE = "2024-06-30"


@pytest.fixture
def anchored(databases: Databases) -> Databases:
    """Bollnäs decided in May 2024; a deputy and a meeting came in 2026."""
    said(
        databases, "2183", noon(2024, 6, 1),
        decided_on="2024-05-28", decided_by="Kommunstyrelsen", decision_reference="KS 2024/118",
        person_role="Utvecklare", person_name="Anna Ek", person_email="anna.ek@example.se",
        person_since="2024-06-01",
    )  # fmt: skip
    said(databases, "2183", noon(2026, 3, 1), deputy_role="GIS-ingenjör")
    held(databases, date(2026, 10, 20), "working_group", known=noon(2026, 10, 21), m2183=2)
    return databases


def test_the_page_of_a_past_day_shows_what_was_known_then(
    anchored: Databases, signed_in: Callable[..., TestClient]
) -> None:
    page = (
        signed_in("project")
        .get(f"{PAGE}/2183?as_of={JUNE}")
        .text.replace("\N{NO-BREAK SPACE}", " ")
    )

    assert "2 av 8 delar var på plats 30 juni 2024." in page
    assert "28 maj 2024, Kommunstyrelsen (KS 2024/118)" in page
    assert "Utvecklare, sedan 1 juni 2024" in page
    assert "GIS-ingenjör" not in page
    assert "Inga möten är inskrivna än." in page


def test_nobody_is_named_on_a_past_day_and_nothing_can_be_filled_in(
    anchored: Databases, signed_in: Callable[..., TestClient]
) -> None:
    office = signed_in("project")

    for path in (f"{PAGE}/2183", PAGE):
        page = office.get(f"{path}?as_of={JUNE}").text
        assert "Anna Ek" not in page
        assert "anna.ek@example.se" not in page
        assert 'method="post" action="/progress' not in page


def test_a_gap_of_a_past_day_says_whether_it_is_still_open(
    anchored: Databases, signed_in: Callable[..., TestClient]
) -> None:
    page = signed_in("editor").get(f"{PAGE}?as_of={JUNE}").text

    # Deputy and meeting have come since; steering group, activity, training and SWOT have not.
    assert page.count("På plats i dag") == 2
    assert page.count("Kvar i dag") == 4


def test_the_answer_of_a_past_day_is_the_same_whatever_comes_after(
    anchored: Databases, with_token: Callable[..., TestClient]
) -> None:
    office = with_token("project")
    address = f"/api/v1/anchoring?as_of={JUNE}"
    before = office.get(address)

    say(anchored, decided_by="Kommunfullmäktige", person_role="", person_name="", person_email="")

    assert office.get(address).content == before.content
    [bollnas] = [one for one in before.json()["municipalities"] if one["municipality"] == "2183"]
    assert before.json()["as_of"] == JUNE
    assert (bollnas["in_place"], bollnas["decided_by"]) == (2, "Kommunstyrelsen")
    assert (bollnas["person_role"], bollnas["person_name"]) == ("Utvecklare", "")
    assert {gap["ask"] for gap in bollnas["gaps"]} == {None}


def test_one_municipality_and_the_csv_are_told_for_a_past_day_too(
    anchored: Databases, with_token: Callable[..., TestClient]
) -> None:
    office = with_token("project")

    one = office.get(f"/api/v1/anchoring/2183?as_of={JUNE}").json()
    rows = office.get(f"/api/v1/anchoring?as_of={JUNE}&format=csv&language=sv").text.splitlines()

    assert (one["in_place"], one["meetings_attended"]) == (2, 0)
    assert f"Bollnäs,2183,decision,Beslut att delta,in_place,2024-05-28,,,{JUNE}" in rows


@pytest.mark.parametrize("day", ["2026-11-03", "1999-12-31", "i går"])
@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/2183", "/api/v1/anchoring"])
def test_a_day_that_nothing_can_be_known_of_is_refused(
    with_token: Callable[..., TestClient],
    signed_in: Callable[..., TestClient],
    path: str,
    day: str,
) -> None:
    client = (with_token if path.startswith("/api") else signed_in)("project")

    answer = client.get(path, params={"as_of": day})

    assert answer.status_code == 400
    assert "2000" in answer.text


def told(databases: Databases, language: Language, code: str = "") -> list[str]:
    with databases.writing(OFFICE) as session:
        span = Span(TODAY, date(2024, 4, 22))
        found = progress(session, OFFICE, span, ProjectPlan(), ShelfLife())
    row: Row = next((one for one in found.rows if one.code == code), found.total)
    every = sentences(found, row, language)
    return [
        one.text.replace("\N{NO-BREAK SPACE}", " ") for one in every if one.href == "#anchoring"
    ]


def test_the_minutes_say_how_the_project_is_anchored(anchored: Databases) -> None:
    # Of ten municipalities only Bollnäs: decision, person, deputy and a meeting.
    assert told(anchored, "sv") == [
        (
            "Av 10 kommuner hade en beslutat att delta, och av de 80 delar som förankrar projektet "
            "hos dem var 4 på plats, 4 fler än den 22 apr 2024."
        ),
        "Kommunerna hade varit med på ett möte och ingen utbildning.",
    ]
    assert told(anchored, "en")[0] == (
        "Of 10 municipalities, one had decided to take part, and of the 80 parts that anchor the "
        "project with them 4 were in place, 4 more than on 22 Apr 2024."
    )
    assert told(anchored, "sv", "2183")[0] == (
        "Kommunen hade beslutat att delta, och av de 8 delar som förankrar projektet där var 4 på "
        "plats, 4 fler än den 22 apr 2024."
    )


def test_where_nothing_is_entered_the_minutes_say_nothing_of_it(databases: Databases) -> None:
    assert told(databases, "sv") == []


def test_the_sentence_stands_in_the_json_with_its_figures(
    anchored: Databases, with_token: Callable[..., TestClient]
) -> None:
    found = with_token("project").get("/api/v1/progress").json()["sentences"]

    assert ["anchored_decision", "anchoring_parts"] in [one["figures"] for one in found]
