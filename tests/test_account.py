"""An account's own pages: details, password, sessions, tokens with scopes, what was tried."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from api.devices import device_of
from catalogue.accounts import sign_ins, tokens
from catalogue.accounts.sealing import Seal, kept_key
from catalogue.accounts.sign_ins import Origin, network_of
from catalogue.accounts.tokens import Scope
from catalogue.database import Databases
from tests.builders import NOW, PASSWORD, a_site, an_account, an_actor
from tests.html_forms import open_form

NEW = "fyra lampor under bron"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
EDITOR = "editor.2183@example.se"


def sent(client: TestClient, page: str, action: str, **values: str) -> str:
    """A form of a page, with its proof of origin, sent; the answer's text."""
    form = open_form(client, page, action) | {name: [value] for name, value in values.items()}
    return str(client.post(action, data=form).text)


@pytest.mark.parametrize("path", ["/account", "/account/security", "/account/tokens"])
def test_a_visitor_is_asked_to_sign_in(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next={path.replace('/', '%2F')}"


@pytest.mark.parametrize("path", ["/account", "/account/security", "/account/tokens"])
def test_a_token_does_not_reach_its_account(
    with_token: Callable[..., TestClient], path: str
) -> None:
    assert with_token("editor").get(path, follow_redirects=False).status_code == 303


@pytest.mark.parametrize(("prefix", "heading"), [("", "Ditt konto"), ("/en", "Your account")])
def test_the_pages_are_personal_and_in_both_languages(
    signed_in: Callable[..., TestClient], prefix: str, heading: str
) -> None:
    answer = signed_in("editor").get(f"{prefix}/account")

    assert heading in answer.text
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_name_and_a_language_are_changed(
    signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    client = signed_in("editor")

    shown = sent(client, "/account", "/account", name="Nytt Namn", language="en")

    assert "Dina uppgifter är sparade." in shown
    with databases.owner.connect() as connection:
        row = connection.execute(text("select name, language from account")).one()
    assert tuple(row) == ("Nytt Namn", "en")


def test_an_empty_name_is_refused_at_the_field(signed_in: Callable[..., TestClient]) -> None:
    shown = sent(signed_in("editor"), "/account", "/account", name=" ", language="fi")

    assert 'id="name-error"' in shown
    assert 'id="language-error"' in shown


def test_a_form_without_its_proof_changes_nothing(signed_in: Callable[..., TestClient]) -> None:
    answer = signed_in("editor").post("/account", data={"name": "X", "language": "sv"})

    assert answer.status_code == 403


def test_a_changed_password_ends_the_other_sessions_only(
    signed_in: Callable[..., TestClient], app: FastAPI
) -> None:
    client = signed_in("editor")
    other = TestClient(app, base_url="http://127.0.0.1:8000")
    other.post("/sign-in", data={"email": EDITOR, "password": PASSWORD})

    shown = sent(
        client, "/account/security", "/account/password", old_password=PASSWORD, password=NEW
    )

    assert "Lösenordet är ändrat." in shown
    assert other.get("/account", follow_redirects=False).status_code == 303
    assert other.post("/sign-in", data={"email": EDITOR, "password": PASSWORD}).status_code == 401
    assert other.post("/sign-in", data={"email": EDITOR, "password": NEW}).status_code == 200


def test_a_password_is_not_changed_without_the_old_one(
    signed_in: Callable[..., TestClient],
) -> None:
    shown = sent(
        signed_in("editor"), "/account/security", "/account/password",
        old_password="fel", password=NEW,
    )  # fmt: skip

    assert "Det nuvarande lösenordet stämmer inte." in shown


def test_a_session_is_ended_from_another_device(
    signed_in: Callable[..., TestClient], app: FastAPI
) -> None:
    client = signed_in("editor")
    other = TestClient(app, base_url="http://127.0.0.1:8000", headers={"User-Agent": FIREFOX})
    other.post("/sign-in", data={"email": EDITOR, "password": PASSWORD})
    page = client.get("/account/security").text
    assert "Firefox, Windows" in page
    numbers = re.findall(r'name="number" value="(\d+)"', page)

    client.post(
        "/account/sessions",
        data={
            "number": numbers[0],
            "csrf_token": open_form(client, "/account/security", "/account/sessions")["csrf_token"],
        },
    )

    assert len(numbers) == 1
    assert other.get("/account", follow_redirects=False).status_code == 303
    assert client.get("/account").status_code == 200


def test_signing_in_gives_a_new_session_and_ends_the_old(
    signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    client = signed_in("editor")
    before = client.cookies["session"]
    proof = open_form(client, "/account", "/account")["csrf_token"]

    client.post("/sign-in", data={"email": EDITOR, "password": PASSWORD, "csrf_token": proof})

    assert client.cookies["session"] != before
    with databases.owner.connect() as connection:
        count = connection.execute(text("select count(*) from sign_in_session")).scalar_one()
    assert count == 1


def test_a_token_is_shown_once_and_works(
    signed_in: Callable[..., TestClient], client: TestClient
) -> None:
    holder = signed_in("editor")

    shown = sent(holder, "/account/tokens", "/account/tokens", name="QGIS", scope="read", days="30")

    found = re.search(r"sf_[\w-]{43}", shown)
    assert found is not None
    secret = found.group()
    assert secret not in holder.get("/account/tokens").text
    answer = client.get("/api/v1/hours", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert "senast använd" in holder.get("/account/tokens").text


@pytest.mark.parametrize("days", ["0", "366", "", "x", "1e3"])
def test_a_token_must_end_within_a_year(signed_in: Callable[..., TestClient], days: str) -> None:
    shown = sent(
        signed_in("editor"), "/account/tokens", "/account/tokens", name="x", scope="read", days=days
    )

    assert 'id="days-error"' in shown


def test_somebody_else_s_token_is_not_revoked(
    signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    an_account(databases, "editor", "2180")
    client = signed_in("editor", "2183")
    proof = open_form(client, "/account/tokens", "/account/tokens")["csrf_token"]

    answer = client.post("/account/tokens/1/revoke", data={"csrf_token": proof})

    assert answer.status_code == 404


HOURS = {"municipality": "2183", "month": "2026-05", "role": "x", "hours": 1, "activity": "meeting"}


@pytest.mark.parametrize(
    ("scope", "method", "path", "status"),
    [
        ("read", "GET", "/api/v1/hours", 200),
        ("read", "HEAD", "/api/v1/sites", 200),
        ("read", "POST", "/api/v1/hours", 403),
        ("read", "PATCH", "/api/v1/sites/GVB-2183-001", 403),
        ("read", "POST", "/api/v1/sites/GVB-2183-001/transitions", 403),
        ("read", "POST", "/workspace/sites/new", 403),
        ("hours", "GET", "/api/v1/hours", 200),
        ("hours", "POST", "/api/v1/hours", 201),
        ("hours", "PATCH", "/api/v1/sites/GVB-2183-001", 403),
        ("hours", "POST", "/hours", 403),
        ("write", "POST", "/api/v1/hours", 201),
        ("write", "PATCH", "/api/v1/sites/GVB-2183-001", 428),
    ],
)
def test_a_token_does_what_its_scope_says(
    client: TestClient, databases: Databases, scope: Scope, method: str, path: str, status: int
) -> None:
    a_site(databases)
    email, _ = an_account(databases, "editor")
    with databases.writing(an_actor("admin")) as session:
        secret = tokens.add(session, email, "x", scope=scope)

    answer = client.request(
        method, path, json=HOURS if path == "/api/v1/hours" and method == "POST" else {"area_net_ha": 1},
        headers={"Authorization": f"Bearer {secret}"},
    )  # fmt: skip

    assert answer.status_code == status, answer.text


def test_a_token_that_is_too_narrow_says_why(client: TestClient, databases: Databases) -> None:
    email, _ = an_account(databases, "editor")
    with databases.writing(an_actor("admin")) as session:
        secret = tokens.add(session, email, "x", scope="read")

    answer = client.post("/api/v1/hours", headers={"Authorization": f"Bearer {secret}"}, json={})

    assert answer.json()["detail"] == "The token may only read. Use one that may write."


def failing(client: TestClient, times: int, email: str = EDITOR) -> int:
    """The status of the last of so many wrong attempts."""
    status = 0
    for _ in range(times):
        status = client.post("/sign-in", data={"email": email, "password": "fel"}).status_code
    return status


@pytest.mark.parametrize("email", [EDITOR, "nobody@example.se"])
def test_the_door_closes_after_ten_failures_for_known_and_unknown_alike(
    client: TestClient, databases: Databases, email: str
) -> None:
    an_account(databases, "editor")

    assert failing(client, 10, email) == 401
    assert failing(client, 1, email) == 429


def test_behind_a_closed_door_the_right_password_does_not_open(
    client: TestClient, databases: Databases
) -> None:
    an_account(databases, "editor")
    failing(client, 11)

    answer = client.post("/sign-in", data={"email": EDITOR, "password": PASSWORD})

    assert answer.status_code == 429
    assert "Vänta en kvart" in answer.text


def attempt(databases: Databases, network: str, at: timedelta = timedelta()) -> bool:
    """Whether an attempt is let through to the password."""
    with databases.writing(None) as session:
        origin = Origin(network)
        begun = sign_ins.begin(session, SEAL, EDITOR, "password", origin, NOW + at)
    return not begun.is_locked


SEAL = Seal("A" * 43 + "=")


def test_the_door_closes_to_one_network_and_stays_open_to_others(databases: Databases) -> None:
    for _ in range(10):
        attempt(databases, "192.0.2.0/24")

    assert not attempt(databases, "192.0.2.0/24")
    assert attempt(databases, "198.51.100.0/24")
    assert attempt(databases, "192.0.2.0/24", timedelta(minutes=16))


def test_many_networks_at_once_close_it_to_all(databases: Databases) -> None:
    for number in range(60):
        attempt(databases, f"192.0.{number}.0/24")

    assert not attempt(databases, "198.51.100.0/24")


def test_attempts_at_the_same_time_do_not_slip_past_the_count(databases: Databases) -> None:
    with ThreadPoolExecutor(4) as pool:
        let = list(pool.map(lambda _: attempt(databases, "192.0.2.0/24"), range(24)))

    assert let.count(True) == 10


def test_a_success_starts_the_count_anew(client: TestClient, databases: Databases) -> None:
    an_account(databases, "editor")
    failing(client, 9)

    assert client.post("/sign-in", data={"email": EDITOR, "password": PASSWORD}).status_code == 200
    client.cookies.clear()
    assert failing(client, 9) == 401


def test_the_holder_sees_what_was_tried(
    client: TestClient, signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    holder = signed_in("editor")
    failing(client, 1)

    shown = holder.get("/account/security").text

    assert shown.index("Misslyckad") < shown.index("Inloggad</span>")


def test_what_was_tried_is_closed_to_other_accounts(
    client: TestClient, databases: Databases
) -> None:
    an_account(databases, "editor")
    failing(client, 1)

    with databases.writing(an_actor("project")) as session:
        assert session.execute(text("select * from sign_in_event")).all() == []
    with databases.writing(an_actor("admin")) as session:
        assert len(sign_ins.latest(session, 1)) == 1


def test_what_was_tried_is_removed_after_a_set_time(databases: Databases) -> None:
    attempt(databases, "192.0.2.0/24")
    attempt(databases, "192.0.2.0/24", timedelta(days=30))

    with databases.writing(None) as session:
        sign_ins.remove_old(session, NOW + timedelta(days=91), 90)

    with databases.owner.connect() as connection:
        assert connection.execute(text("select count(*) from sign_in_event")).scalar_one() == 1


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:aaaa:bbbb::1", "2001:db8:aaaa::/48"),
        ("testclient", ""),
    ],
)
def test_of_an_address_the_network_is_kept(host: str, network: str) -> None:
    assert network_of(host) == network


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0"
            ),
            "Edge, Windows",
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
                "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
            ),
            "Safari, iPhone",
        ),
        ("", ""),
    ],
)
def test_a_device_is_called_what_a_person_calls_it(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device


def test_the_key_is_made_once_and_is_its_owner_s_alone(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("key") / "data" / "secret.key"

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: kept_key(file), range(8)))

    assert len(keys) == 1
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["secret.key"]
