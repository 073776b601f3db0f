"""Questions over HTTP, for programs."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.questions import question_asking, question_links, questions
from catalogue.questions.questions import Answer
from catalogue.site import Site
from tests.builders import ADMIN, RULES, a_site

WithToken = Callable[..., TestClient]
ADDRESS = "/api/v1/questions"


def body(site: Site, **said: Any) -> dict[str, Any]:
    return {
        "reference": site.reference,
        "fields": ["power_now_mw", "redundancy"],
        "receiver_name": "Karin Ek",
        "receiver_email": "karin.ek@example.se",
        "receiver_organisation": "Ellevio",
        **said,
    }


def answered(databases: Databases, number: int) -> None:
    """Ellevio confirms 10 MW and says n1."""
    with databases.writing(ADMIN) as session:
        asked = questions.find(session, number)
        token = question_asking.new_link(session, asked, asked.expires_at)
    said = [
        Answer(key="power_now_mw", verdict="confirmed", value=10.0, basis="utility_written"),
        Answer(key="redundancy", verdict="corrected", value="n1", basis="utility_verbal"),
    ]
    given = question_links.Given(name="Karin Ek", remark="", answers=said)
    with databases.writing(None) as session:
        assert question_links.take(session, token, given, RULES.now())


def test_a_program_asks_and_reads_the_question_back(
    databases: Databases, with_token: WithToken
) -> None:
    client, site = with_token("editor"), a_site(databases, redundancy=None)

    made = client.post(ADDRESS, json=body(site, reply_by="2026-12-01"))

    assert made.status_code == 201, made.text
    read = client.get(made.headers["location"]).json()
    assert read["stage"] == "open"
    assert read["fields"] == ["power_now_mw", "redundancy"]
    assert read["before"]["redundancy"] is None
    assert client.get(ADDRESS, params={"stage": "open"}).json()["numberMatched"] == 1


def test_answers_are_accepted_against_the_version_they_were_compared_with(
    databases: Databases, with_token: WithToken
) -> None:
    client, site = with_token("editor"), a_site(databases, redundancy=None)
    address = client.post(ADDRESS, json=body(site)).headers["location"]
    answered(databases, 1)
    etag = client.get(address).headers["etag"]
    wanted = {"accept": ["power_now_mw"], "reject": {"redundancy": "Fel station"}}

    blind = client.post(f"{address}/acceptance", json=wanted)
    late = client.post(f"{address}/acceptance", json=wanted, headers={"If-Match": '"1-x"'})
    done = client.post(f"{address}/acceptance", json=wanted, headers={"If-Match": etag})
    again = client.post(
        f"{address}/acceptance", json=wanted, headers={"If-Match": done.headers["etag"]}
    )

    assert (blind.status_code, late.status_code) == (428, 412)
    assert (done.status_code, again.status_code) == (200, 409)
    assert done.json()["stage"] == "settled"
    power, redundancy = done.json()["answers"]
    assert power["now"]["provenance"]["basis"] == "utility_written"
    assert (redundancy["decision"], redundancy["note"]) == ("rejected", "Fel station")


def test_the_project_reads_every_question_and_decides_on_none(
    databases: Databases, with_token: WithToken
) -> None:
    address = with_token("editor").post(ADDRESS, json=body(a_site(databases))).headers["location"]
    answered(databases, 1)
    project = with_token("project")
    etag = project.get(address).headers["etag"]

    refused = project.post(
        f"{address}/acceptance", json={"accept": ["power_now_mw"]}, headers={"If-Match": etag}
    )

    assert project.get(ADDRESS).json()["numberReturned"] == 1
    assert refused.status_code == 403


def test_reminding_and_withdrawing(databases: Databases, with_token: WithToken) -> None:
    client = with_token("editor")
    address = client.post(ADDRESS, json=body(a_site(databases))).headers["location"]

    reminded = client.post(f"{address}/reminders").json()["reminders"]
    withdrawn = client.post(f"{address}/withdrawal").json()["stage"]
    late = client.post(f"{address}/reminders").status_code

    assert (reminded, withdrawn, late) == (1, "withdrawn", 409)


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"fields": ["readiness"]}, "/fields"),
        ({"fields": "power_now_mw"}, "/fields"),
        ({"receiver_email": "a@b"}, "/receiver_email"),
        ({"receiver_email": 7}, "/receiver_email"),
        ({"reply_by": "2020-01-01"}, "/reply_by"),
        ({"remind_after_days": 1.5}, "/remind_after_days"),
        ({"language": "de"}, "/language"),
        ({"message": "x" * 2_001}, "/message"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_a_bad_question_is_refused_by_name(
    databases: Databases, with_token: WithToken, said: dict[str, Any], pointer: str
) -> None:
    refused = with_token("editor").post(ADDRESS, json=body(a_site(databases), **said))

    assert refused.status_code == 422
    assert pointer in [one["pointer"] for one in refused.json()["errors"]]


@pytest.mark.parametrize("query", ["stage=lost", "municipality=9999", "colour=red"])
def test_a_bad_search_is_refused(with_token: WithToken, query: str) -> None:
    assert with_token("editor").get(f"{ADDRESS}?{query}").status_code == 400


def test_a_program_asks_about_a_municipality_s_profile(with_token: WithToken) -> None:
    client = with_token("editor")
    said = {
        "municipality": "2183",
        "fields": ["grid_situation"],
        "receiver_name": "Karin Ek",
        "receiver_email": "karin.ek@example.se",
    }

    made = client.post(ADDRESS, json=said)

    assert made.status_code == 201, made.text
    assert (made.json()["reference"], made.json()["municipality"]) == ("", "2183")
    assert client.post(ADDRESS, json={**said, "municipality": "2184"}).status_code == 403


def test_a_question_is_about_a_site_or_about_a_municipality(
    databases: Databases, with_token: WithToken
) -> None:
    both = body(a_site(databases), municipality="2183")
    neither = {key: one for key, one in both.items() if key not in ("reference", "municipality")}
    client = with_token("editor")

    refused = [client.post(ADDRESS, json=said) for said in (both, neither)]

    assert [one.status_code for one in refused] == [422, 422]
    assert refused[0].json()["errors"][0]["pointer"] == "/reference"
