"""What is said of a site, for programs."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site

WithToken = Callable[..., TestClient]


def test_a_comment_and_its_reply_are_read_back_together(
    databases: Databases, with_token: WithToken
) -> None:
    address = f"/api/v1/sites/{a_site(databases).reference}/comments"
    editor, project = with_token("editor"), with_token("project")

    made = project.post(address, json={"text": "Efter ombyggnaden?", "key": "power_now_mw"})
    editor.post(address, json={"text": "Ja.", "reply_to": made.json()["id"]})

    assert made.status_code == 201
    (thread,) = editor.get(address).json()["comments"]
    assert (thread["text"], thread["key"]) == ("Efter ombyggnaden?", "power_now_mw")
    assert thread["author"] == "project.all@example.se"
    assert [one["text"] for one in thread["replies"]] == ["Ja."]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/text"),
        ({"text": " "}, "/text"),
        ({"text": "x" * 2_001}, "/text"),
        ({"text": "x", "key": "colour"}, "/key"),
        ({"text": "x", "reply_to": "1"}, "/reply_to"),
        ({"text": "x", "colour": "red"}, "/colour"),
    ],
)
def test_what_cannot_be_said_is_refused_at_its_part(
    databases: Databases, with_token: WithToken, body: dict[str, object], pointer: str
) -> None:
    address = f"/api/v1/sites/{a_site(databases).reference}/comments"

    refused = with_token("editor").post(address, json=body)

    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


def test_a_published_site_s_comments_are_for_those_who_work_with_it(
    databases: Databases, with_token: WithToken, client: TestClient
) -> None:
    address = f"/api/v1/sites/{a_site(databases).reference}/comments"

    assert client.get(address).status_code == 401
    assert with_token("investor").get(address).status_code == 404
    assert with_token("editor", "2180").post(address, json={"text": "x"}).status_code == 404
