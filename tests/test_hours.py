"""The hours register: who may enter what, what is refused, and how it is shown."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site

ADDRESS = "/api/v1/hours"


def an_entry(**values: Any) -> dict[str, Any]:
    return {
        "municipality": "2183",
        "month": "2026-05",
        "role": "Näringslivsutvecklare",
        "hours": 3.5,
        "activity": "grid_contact",
        **values,
    }


@pytest.fixture
def editor(with_token: Callable[..., TestClient]) -> TestClient:
    return with_token("editor", "2183")


def faults(answer: Any) -> list[str]:
    return [one["pointer"] for one in answer.json()["errors"]]


def test_an_entry_is_kept_with_who_entered_it(editor: TestClient) -> None:
    answer = editor.post(ADDRESS, json=an_entry(person="Anna Prov"))

    assert answer.status_code == 201
    (entry,) = editor.get(answer.headers["location"]).json()["entries"]
    assert entry == answer.json()
    assert (entry["hours"], entry["entered_by"]) == (3.5, "editor.2183@example.se")


def test_an_editor_may_leave_out_the_own_municipality(editor: TestClient) -> None:
    entry = an_entry()
    del entry["municipality"]

    assert editor.post(ADDRESS, json=entry).json()["municipality"] == "2183"


@pytest.mark.parametrize("hours", [0, 744.5, 1.3, "two", True, None])
def test_hours_are_whole_or_half_and_fit_in_a_month(editor: TestClient, hours: object) -> None:
    answer = editor.post(ADDRESS, json=an_entry(hours=hours))

    assert (answer.status_code, faults(answer)) == (422, ["/hours"])


@pytest.mark.parametrize("month", ["2023-09", "2026-10", "2026-12", "2026-13", "maj", None])
def test_a_month_is_one_of_the_project_that_has_begun(editor: TestClient, month: object) -> None:
    answer = editor.post(ADDRESS, json=an_entry(month=month))

    assert (answer.status_code, faults(answer)) == (422, ["/month"])


@pytest.mark.parametrize("activity", ["coffee", "", None, ["meeting"]])
def test_an_activity_is_one_of_the_vocabulary(editor: TestClient, activity: object) -> None:
    assert faults(editor.post(ADDRESS, json=an_entry(activity=activity))) == ["/activity"]


def test_everything_wrong_is_told_at_once(editor: TestClient) -> None:
    answer = editor.post(ADDRESS, json=an_entry(role=" ", hours=0, colour="red"))

    assert sorted(faults(answer)) == ["/colour", "/hours", "/role"]


def test_hours_of_another_municipality_are_refused(editor: TestClient) -> None:
    assert editor.post(ADDRESS, json=an_entry(municipality="2184")).status_code == 403


def test_the_project_office_enters_hours_for_any_municipality(
    with_token: Callable[..., TestClient],
) -> None:
    project = with_token("project")

    assert project.post(ADDRESS, json=an_entry(municipality="2184")).status_code == 201
    assert project.post(ADDRESS, json=an_entry(municipality="9999")).status_code == 404


def test_strangers_and_investors_are_kept_out(
    client: TestClient, with_token: Callable[..., TestClient]
) -> None:
    investor = with_token("investor")

    assert client.get(ADDRESS).status_code == 401
    assert client.post(ADDRESS, json=an_entry()).status_code == 401
    assert investor.get(ADDRESS).status_code == 403
    assert investor.post(ADDRESS, json=an_entry()).status_code == 403


def test_a_correction_takes_hours_back_and_says_why(editor: TestClient) -> None:
    editor.post(ADDRESS, json=an_entry(hours=5))

    assert faults(editor.post(ADDRESS, json=an_entry(hours=-2))) == ["/note"]
    assert editor.post(ADDRESS, json=an_entry(hours=-2, note="Fel månad")).status_code == 201
    assert editor.get(ADDRESS).json()["hours"] == 3


def test_a_correction_cannot_take_back_more_than_there_is(editor: TestClient) -> None:
    editor.post(ADDRESS, json=an_entry(hours=5))

    answer = editor.post(ADDRESS, json=an_entry(hours=-5.5, note="Dubbelt"))

    assert (answer.status_code, faults(answer)) == (422, ["/hours"])


def test_work_is_entered_on_sites_of_the_municipality(
    databases: Databases, editor: TestClient
) -> None:
    own = a_site(databases).reference
    other = a_site(databases, municipality="2184").reference

    assert editor.post(ADDRESS, json=an_entry(sites=[own])).json()["sites"] == [own]
    assert faults(editor.post(ADDRESS, json=an_entry(sites=[own, other]))) == ["/sites"]


def test_an_editor_reads_only_the_own_hours(
    editor: TestClient, with_token: Callable[..., TestClient]
) -> None:
    editor.post(ADDRESS, json=an_entry())

    assert with_token("editor", "2184").get(ADDRESS).json()["entries"] == []
    assert with_token("project").get(ADDRESS).json()["hours"] == 3.5


def test_entries_are_found_by_municipality_and_month(
    with_token: Callable[..., TestClient],
) -> None:
    project = with_token("project")
    project.post(ADDRESS, json=an_entry(month="2026-04"))
    project.post(ADDRESS, json=an_entry(month="2026-05"))
    project.post(ADDRESS, json=an_entry(municipality="2184"))

    found = project.get(f"{ADDRESS}?municipality=2183&month=2026-05").json()

    assert (found["numberMatched"], len(found["entries"])) == (1, 1)


@pytest.mark.parametrize("query", ["month=5", "municipality=Paris", "limit=0", "year=2026"])
def test_a_bad_parameter_is_refused_and_named(editor: TestClient, query: str) -> None:
    answer = editor.get(f"{ADDRESS}?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] in query


def test_the_page_saves_an_entry_and_says_so(signed_in: Callable[..., TestClient]) -> None:
    editor = signed_in("editor")

    page = editor.post("/hours", data=filled_in(editor, hours="2,5"))

    assert page.status_code == 200
    assert "2,5 timmar är sparade på maj 2026" in page.text


def test_the_page_shows_what_is_wrong_and_keeps_what_was_written(
    signed_in: Callable[..., TestClient],
) -> None:
    editor = signed_in("editor")

    page = editor.post("/hours", data=filled_in(editor, hours="2,3", role="Planarkitekt"))

    assert page.status_code == 422
    assert "Hela eller halva timmar" in page.text
    assert 'value="Planarkitekt"' in page.text


def test_the_project_office_sees_all_municipalities_by_month(
    signed_in: Callable[..., TestClient], editor: TestClient
) -> None:
    editor.post(ADDRESS, json=an_entry(hours=7.5))

    page = signed_in("project").get("/hours").text

    assert "Söderhamn" in page
    assert ">7,5</a>" in page


def test_the_page_asks_strangers_to_sign_in(client: TestClient) -> None:
    answer = client.get("/hours", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fhours")


def filled_in(client: TestClient, **values: str) -> dict[str, str]:
    """The page's form, as the browser would send it."""
    token = client.get("/hours").text.split('name="csrf_token" value="')[1].split('"')[0]
    return {"csrf_token": token, **{key: str(value) for key, value in an_entry(**values).items()}}
