"""The administrator's pages of other services to sign in with."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.html_forms import open_form

PATH = "/admin/identity-providers"
GIVEN = {
    "label": "Bollnäs kommun",
    "issuer": "https://id.bollnas.example.se/realms/kommun/.well-known/openid-configuration",
    "client_id": "sitefinder",
    "client_secret": "hemligt",
}


def added(client: TestClient) -> str:
    form = open_form(client, PATH) | {key: [value] for key, value in GIVEN.items()}
    answer = client.post(PATH, data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_service_is_added_and_told_where_it_returns_to(
    signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    client = signed_in("admin")

    shown = client.get(added(client)).text

    assert "http://127.0.0.1:8000/sign-in/provider/1/callback" in shown
    assert "hemligt" not in shown
    with databases.owner.connect() as connection:
        row = connection.execute(text("select issuer, active from identity_provider")).one()
    assert tuple(row) == ("https://id.bollnas.example.se/realms/kommun", True)


@pytest.mark.parametrize(
    ("prefix", "heading"), [("", "Inloggningstjänster"), ("/en", "Sign-in services")]
)
def test_the_pages_speak_both_languages(
    signed_in: Callable[..., TestClient], prefix: str, heading: str
) -> None:
    client = signed_in("admin")
    added(client)

    assert heading in client.get(prefix + PATH).text
    assert heading in client.get(f"{prefix}{PATH}/1").text


def test_a_service_without_https_is_refused_at_the_field(
    signed_in: Callable[..., TestClient],
) -> None:
    client = signed_in("admin")
    form = open_form(client, PATH) | {"issuer": ["http://id.example.se"], "label": ["X"]}

    answer = client.post(PATH, data=form)

    assert answer.status_code == 422
    assert 'id="issuer-error"' in answer.text
    assert 'id="client_id-error"' in answer.text


def test_a_change_without_a_secret_keeps_the_old_one(
    signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    client = signed_in("admin")
    page = added(client).partition("?")[0]
    with databases.owner.connect() as connection:
        before = connection.execute(text("select client_secret from identity_provider")).scalar()
    form = open_form(client, page, page + '"') or open_form(client, page)
    proof = form["csrf_token"]

    client.post(page, data={**GIVEN, "client_secret": "", "label": "Ny", "csrf_token": proof,
                            "groups_claim": "roles", "email_claim": "email", "name_claim": "name"})  # fmt: skip

    with databases.owner.connect() as connection:
        row = connection.execute(text("select label, client_secret from identity_provider")).one()
    assert tuple(row) == ("Ny", before)


def test_a_group_is_mapped_and_taken_away(signed_in: Callable[..., TestClient]) -> None:
    client = signed_in("admin")
    page = added(client).partition("?")[0]
    form = open_form(client, page, f"{page}/mappings")
    form |= {"claim_value": ["Utvecklare"], "role": ["editor"], "municipality": ["2183"]}

    mapped = client.post(f"{page}/mappings", data=form).text
    gone = client.post(f"{page}/mappings/1/remove", data={"csrf_token": form["csrf_token"]}).text

    assert "Gruppen är kopplad." in mapped
    assert "Utvecklare" in mapped
    assert "Utvecklare" not in gone


def test_a_role_without_its_municipality_is_refused(
    signed_in: Callable[..., TestClient],
) -> None:
    client = signed_in("admin")
    page = added(client).partition("?")[0]
    form = open_form(client, page, f"{page}/mappings")
    form |= {"claim_value": ["Utvecklare"], "role": ["editor"]}

    assert 'id="role-error"' in client.post(f"{page}/mappings", data=form).text


def test_others_do_not_get_in(signed_in: Callable[..., TestClient]) -> None:
    assert signed_in("project").get(PATH).status_code == 403


def test_the_log_tells_of_a_service_its_groups_and_its_secret_without_telling_the_secret(
    signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    client = signed_in("admin")
    there = added(client).partition("?")[0]
    mapping = {"claim_value": ["naringsliv"], "role": ["editor"], "municipality": ["2183"]}
    client.post(
        f"{there}/mappings", data={**open_form(client, there, f"{there}/mappings"), **mapping}
    )
    client.post(there, data={**open_form(client, there), "client_secret": ["nyhemlig"]})

    with databases.owner.connect() as connection:
        logged = connection.execute(
            text(
                "select kind, action, subject from audit_event where kind <> 'account' order by id"
            )
        ).all()
        told = connection.scalar(
            text("select string_agg(to_jsonb(e)::text, '') from audit_event e")
        )
    assert [tuple(row) for row in logged] == [
        ("identity_provider", "added", "Bollnäs kommun"),
        ("claim_mapping", "added", "naringsliv"),
        ("identity_provider", "secret_changed", "Bollnäs kommun"),
    ]
    assert "hemlig" not in str(told)
    assert "Hemligheten byttes" in client.get("/admin/audit").text
