"""The second factor: codes by RFC 6238, used once, asked for at sign-in, required of some roles."""

import hmac
import re
import struct
from base64 import b32decode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from api.main import create_app
from catalogue.accounts import second_factors, sessions
from catalogue.accounts.second_factors import WrongCode
from catalogue.database import Actor, Databases
from catalogue.settings import Settings
from tests.builders import NOW, PASSWORD, RULES, an_account, an_actor
from tests.html_forms import open_form

EDITOR = "editor.2183@example.se"
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""`12345678901234567890`, the secret of RFC 6238, appendix B."""


def code_at(secret: str, moment: datetime) -> str:
    """RFC 6238 with SHA-1, 30 s and six digits, written out from the text of RFC 4226."""
    counter = struct.pack(">Q", int(moment.timestamp()) // 30)
    digest = hmac.digest(b32decode(secret), counter, "sha1")
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)

    assert second_factors.matching_step(RFC_SECRET, code, moment) == seconds // 30
    assert code_at(RFC_SECRET, moment) == code


@pytest.mark.parametrize(
    ("off_s", "is_taken"), [(-30, True), (30, True), (-90, False), (90, False)]
)
def test_a_phone_s_clock_may_be_half_a_minute_off(off_s: int, is_taken: bool) -> None:
    code = code_at(RFC_SECRET, NOW + timedelta(seconds=off_s))

    assert (second_factors.matching_step(RFC_SECRET, code, NOW) is not None) == is_taken


def enrolled(client: TestClient) -> tuple[str, list[str]]:
    """Turned on through the page: the secret, and the recovery codes."""
    page = client.get("/account/second-factor").text
    shown = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert shown is not None
    secret = shown.group(1).replace(" ", "")
    form = open_form(client, "/account/second-factor")
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert sealed is not None
    form |= {"sealed": [sealed.group(1)], "code": [code_at(secret, NOW - timedelta(seconds=30))]}
    answer = client.post("/account/second-factor", data=form)
    assert answer.status_code == 200, answer.text
    return secret, re.findall(r"<code>([0-9a-f-]{19})</code>", answer.text)


def given_password(app: FastAPI) -> TestClient:
    """A browser that stands before the second step."""
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    answer = client.post(
        "/sign-in", data={"email": EDITOR, "password": PASSWORD}, follow_redirects=False
    )
    assert answer.headers["location"] == "/sign-in/code"
    return client


def give_code(client: TestClient, code: str) -> int:
    return int(
        client.post("/sign-in/code", data={"code": code}, follow_redirects=False).status_code
    )


def test_the_second_step_opens_the_account(
    app: FastAPI, signed_in: Callable[..., TestClient]
) -> None:
    secret, _ = enrolled(signed_in("editor"))
    client = given_password(app)
    before = client.cookies["session"]
    assert client.get("/account", follow_redirects=False).status_code == 303

    assert give_code(client, "000000") == 401
    assert give_code(client, code_at(secret, NOW)) == 303

    assert client.get("/account").status_code == 200
    assert client.cookies["session"] != before


def test_a_code_is_used_once(app: FastAPI, signed_in: Callable[..., TestClient]) -> None:
    secret, _ = enrolled(signed_in("editor"))
    code = code_at(secret, NOW)

    assert give_code(given_password(app), code) == 303
    assert give_code(given_password(app), code) == 401


def test_the_code_that_turned_it_on_does_not_sign_in(
    app: FastAPI, signed_in: Callable[..., TestClient]
) -> None:
    secret, _ = enrolled(signed_in("editor"))

    assert give_code(given_password(app), code_at(secret, NOW - timedelta(seconds=30))) == 401


def test_of_two_who_use_a_code_at_once_one_gets_in(
    app: FastAPI, databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    secret, _ = enrolled(signed_in("editor"))
    holder = Actor(1, "Editor", EDITOR, "editor", "2183")
    seal = app.state.services.seal

    def use(_: int) -> bool:
        try:
            with databases.writing(holder) as session:
                second_factors.check(session, seal, holder, code_at(secret, NOW), NOW)
        except WrongCode:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [False, False, False, True]


def test_a_recovery_code_stands_in_once(app: FastAPI, signed_in: Callable[..., TestClient]) -> None:
    _, codes = enrolled(signed_in("editor"))

    assert len(set(codes)) == 10
    assert give_code(given_password(app), codes[3].upper().replace("-", " ")) == 303
    assert give_code(given_password(app), codes[3]) == 401


def test_neither_the_secret_nor_a_recovery_code_can_be_read_in_the_database(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    secret, codes = enrolled(signed_in("editor"))

    with databases.owner.connect() as connection:
        kept = str(connection.execute(text("table second_factor")).all())
        kept += str(connection.execute(text("table recovery_code")).all())

    assert secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_too_many_wrong_codes_close_the_door(
    app: FastAPI, signed_in: Callable[..., TestClient]
) -> None:
    secret, _ = enrolled(signed_in("editor"))
    client = given_password(app)
    for _ in range(10):
        give_code(client, "000000")

    assert give_code(client, code_at(secret, NOW)) == 429


def test_giving_the_password_again_does_not_start_the_count_anew(
    app: FastAPI, signed_in: Callable[..., TestClient]
) -> None:
    secret, _ = enrolled(signed_in("editor"))
    last = given_password(app)
    for _ in range(5):
        client = given_password(app)
        give_code(client, "000000")
        give_code(client, "000000")

    assert give_code(last, code_at(secret, NOW)) == 429


def test_the_second_step_is_open_for_five_minutes(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    signed_in("editor")
    holder = Actor(1, "Editor", EDITOR, "editor", "2183")
    with databases.writing(None) as session:
        secret = sessions.start(session, holder, is_pending=True)
        made = session.execute(text("select now()")).scalar_one()

        assert sessions.pending(session, secret, made + timedelta(minutes=4.9)) == holder
        assert sessions.pending(session, secret, made + timedelta(minutes=5.1)) is None


def test_without_the_password_there_is_no_second_step(client: TestClient) -> None:
    answer = client.post("/sign-in/code", data={"code": "123456"}, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def change(client: TestClient, do: str, proof: str) -> str:
    form = open_form(client, "/account/security", "/account/second-factor/change")
    form |= {"do": [do], "factor_proof": [proof]}
    return str(client.post("/account/second-factor/change", data=form).text)


def test_it_is_turned_off_with_the_password_only(
    app: FastAPI, signed_in: Callable[..., TestClient]
) -> None:
    client = signed_in("editor")
    enrolled(client)

    assert "Det nuvarande lösenordet stämmer inte." in change(client, "off", "fel")
    given_password(app)
    assert "Tvåstegsinloggning är avstängd." in change(client, "off", PASSWORD)
    answer = client.post("/sign-in", data={"email": EDITOR, "password": PASSWORD})
    assert answer.status_code in (200, 403)


def test_new_recovery_codes_replace_the_old(
    app: FastAPI, signed_in: Callable[..., TestClient]
) -> None:
    client = signed_in("editor")
    _, old = enrolled(client)

    new = re.findall(r"<code>([0-9a-f-]{19})</code>", change(client, "codes", PASSWORD))

    assert give_code(given_password(app), old[0]) == 401
    assert give_code(given_password(app), new[0]) == 303


def test_turning_it_on_ends_the_other_sessions(
    app: FastAPI, signed_in: Callable[..., TestClient]
) -> None:
    client = signed_in("editor")
    other = TestClient(app, base_url="http://127.0.0.1:8000")
    other.post("/sign-in", data={"email": EDITOR, "password": PASSWORD})
    before = client.cookies["session"]

    enrolled(client)

    assert other.get("/account", follow_redirects=False).status_code == 303
    assert client.get("/account").status_code == 200
    assert client.cookies["session"] != before


def test_looking_at_the_page_changes_nothing(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    client = signed_in("editor")
    client.get("/account/second-factor")

    with databases.owner.connect() as connection:
        assert connection.execute(text("select count(*) from second_factor")).scalar_one() == 0


def test_a_secret_shown_to_one_account_is_not_confirmed_by_another(
    signed_in: Callable[..., TestClient],
) -> None:
    theirs = open_form(signed_in("publisher"), "/account/second-factor")["sealed"]
    client = signed_in("editor")
    form = open_form(client, "/account/second-factor") | {"sealed": theirs, "code": ["123456"]}

    assert client.post("/account/second-factor", data=form).status_code == 409


def test_another_account_s_second_factor_is_closed(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    enrolled(signed_in("editor"))
    stranger = an_actor("publisher", "2183")

    with databases.writing(stranger) as session:
        assert session.execute(text("select * from second_factor")).all() == []
        assert session.execute(text("delete from recovery_code returning 1")).all() == []


def test_an_administrator_turns_it_off_for_somebody(
    app: FastAPI, databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    enrolled(signed_in("editor"))

    with databases.writing(an_actor("admin")) as session:
        second_factors.remove_for(session, 1)

    client = TestClient(app, base_url="http://127.0.0.1:8000")
    assert client.post("/sign-in", data={"email": EDITOR, "password": PASSWORD}).status_code == 200


@pytest.fixture
def strict(settings: Settings, databases: Databases) -> Iterator[FastAPI]:
    """An installation where publishers must."""
    made = create_app(settings.model_copy(update={"second_factor_roles": "publisher,admin"}), RULES)
    yield made
    made.state.services.databases.dispose()


@pytest.mark.parametrize("path", ["/", "/account", "/workspace", "/account/tokens"])
def test_whoever_must_is_led_to_turn_it_on_first(
    strict: FastAPI, databases: Databases, path: str
) -> None:
    email, _ = an_account(databases, "publisher")
    client = TestClient(strict, base_url="http://127.0.0.1:8000")
    client.post("/sign-in", data={"email": email, "password": PASSWORD})

    answer = client.get(path, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/account/second-factor")
    assert client.get("/api/v1/hours").status_code == 403
    assert "Din roll kräver det här." in client.get("/account/second-factor").text


def test_whoever_has_turned_it_on_goes_on_and_cannot_turn_it_off(
    strict: FastAPI, databases: Databases
) -> None:
    email, _ = an_account(databases, "publisher")
    client = TestClient(strict, base_url="http://127.0.0.1:8000")
    client.post("/sign-in", data={"email": email, "password": PASSWORD})

    enrolled(client)

    assert client.get("/workspace").status_code == 200
    assert 'value="off"' not in client.get("/account/security").text


def test_other_roles_go_on_without(strict: FastAPI, databases: Databases) -> None:
    email, _ = an_account(databases, "editor")
    client = TestClient(strict, base_url="http://127.0.0.1:8000")
    client.post("/sign-in", data={"email": email, "password": PASSWORD})

    assert client.get("/account").status_code == 200
