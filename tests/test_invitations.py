"""Letters that open an account: an invitation, a new password. Sent through a real mail server."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.accounts import account_links, invitations, sessions
from catalogue.accounts.account_links import LinkSpent
from catalogue.accounts.invitations import Invitation
from catalogue.database import Actor, Databases
from catalogue.errors import Invalid, NotAllowed, NotPossible
from catalogue.jobs import work
from catalogue.settings import Settings
from tests.builders import ADMIN, NOW, PASSWORD, an_account, an_actor
from tests.mail_servers import Inbox, mail_server, send_waiting

GOOD = "fyra lampor under bron"
DAY = timedelta(days=1)


@pytest.fixture
def post(inbox: Inbox, settings: Settings) -> Iterator[Callable[[], list[EmailMessage]]]:
    """`post()` lets the worker send what waits, and gives every letter that has come."""
    with mail_server(inbox) as place:
        sending = settings.model_copy(update={"smtp_url": f"smtp://{place}"})

        def delivered() -> list[EmailMessage]:
            work(sending, wait=False)
            return inbox.letters

        yield delivered


def an_invitation(**said: object) -> Invitation:
    return Invitation(
        **{
            "email": "nya.namnet@example.se",
            "name": "Nya Namnet",
            "role": "editor",
            "municipality": "2183",
            **said,
        }  # type: ignore[arg-type]  # each of its own type
    )


def invite(databases: Databases, **said: object) -> int:
    with databases.writing(ADMIN) as session:
        return invitations.invite(session, ADMIN, an_invitation(**said), NOW)


def an_open_link(databases: Databases, purpose: account_links.Purpose = "invitation") -> str:
    number = invite(databases)
    with databases.writing(ADMIN) as session:
        return account_links.make(session, number, purpose, NOW)


def path_in(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"http://[^/]+(/\S+)", body.get_content())
    assert found is not None
    return found.group(1)


def test_whoever_is_invited_chooses_a_password_and_is_signed_in(
    client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    invite(databases)
    # By itself: the worker would also remove links that are old by its own clock.
    send_waiting(databases, mailing)
    (letter,) = inbox.letters

    opened = client.get(path_in(letter))
    answer = client.post(path_in(letter), data={"password": GOOD}, follow_redirects=False)

    assert letter["To"] == "nya.namnet@example.se"
    assert "Nya Namnet" in opened.text
    assert opened.headers["cache-control"] == "private, no-store"
    assert opened.headers["referrer-policy"] == "same-origin"
    assert (answer.status_code, answer.headers["location"]) == (303, "/workspace")
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("language", "subject", "link"),
    [
        ("sv", "Du är inbjuden till SiteFinder Gävleborg", "/account/invitation/"),
        ("en", "You are invited to SiteFinder Gävleborg", "/en/account/invitation/"),
    ],
)
def test_an_invitation_speaks_the_receiver_s_language(
    databases: Databases,
    post: Callable[[], list[EmailMessage]],
    language: str,
    subject: str,
    link: str,
) -> None:
    invite(databases, language=language)

    (letter,) = post()

    assert letter["Subject"] == subject
    assert path_in(letter).startswith(link)


def test_a_link_opens_the_account_once(client: TestClient, databases: Databases) -> None:
    path = f"/account/invitation/{an_open_link(databases)}"
    client.post(path, data={"password": GOOD})
    client.cookies.clear()

    again = client.post(path, data={"password": GOOD + "2"})

    assert again.status_code == 404
    assert "Länken har redan använts eller är för gammal." in again.text


def test_of_two_who_use_a_link_at_once_one_gets_in(databases: Databases) -> None:
    secret = an_open_link(databases)

    def accept(password: str) -> str:
        try:
            with databases.writing(None) as session:
                invitations.accept(session, secret, password, NOW)
        except LinkSpent:
            return "refused"
        return "in"

    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(accept, [f"{GOOD} {number}" for number in range(4)]))

    assert sorted(came) == ["in", "refused", "refused", "refused"]


def test_a_link_is_stored_as_its_hash_only(databases: Databases) -> None:
    secret = an_open_link(databases)

    with databases.owner.connect() as connection:
        rows = connection.execute(text("select token_hash from account_link")).scalars().all()

    assert len(secret) >= 43
    assert [secret in row for row in rows] == [False]


def test_an_invitation_lasts_seven_days(databases: Databases) -> None:
    secret = an_open_link(databases)

    with databases.writing(None) as session:
        still = account_links.holder(session, secret, "invitation", NOW + 6.9 * DAY)
        assert still.email == "nya.namnet@example.se"
        with pytest.raises(LinkSpent):
            account_links.holder(session, secret, "invitation", NOW + 7 * DAY)


def test_an_invitation_is_no_reset(client: TestClient, databases: Databases) -> None:
    assert client.get(f"/account/reset/{an_open_link(databases)}").status_code == 404


def test_a_new_invitation_replaces_the_old_one(databases: Databases) -> None:
    number = invite(databases)
    with databases.writing(ADMIN) as session:
        old = account_links.make(session, number, "invitation", NOW)
        invitations.invite_again(session, ADMIN, number, NOW + DAY)

        assert invitations.unanswered(session, NOW) == {number: NOW + 8 * DAY}

    with databases.writing(None) as session, pytest.raises(LinkSpent):
        account_links.holder(session, old, "invitation", NOW + DAY)


def test_an_account_in_use_is_not_invited_again(databases: Databases) -> None:
    an_account(databases, "editor")

    with databases.writing(ADMIN) as session, pytest.raises(NotPossible):
        invitations.invite_again(session, ADMIN, 1, NOW)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"municipality": "9999"}, "municipality"),
        ({"municipality": None}, "role"),
        ({"role": "admin"}, "role"),
        ({"email": "no address"}, "email"),
        ({"name": " "}, "name"),
    ],
)
def test_a_bad_invitation_is_refused_at_the_field(
    databases: Databases, said: dict[str, object], where: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        invite(databases, **said)

    assert [fault.where for fault in refusal.value.faults] == [where]


def test_only_an_administrator_invites(databases: Databases) -> None:
    publisher = an_actor("publisher")

    with databases.writing(publisher) as session, pytest.raises(NotAllowed):
        invitations.invite(session, publisher, an_invitation(), NOW)


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "password1234",
        "Lösenord2026!",
        "S0mmar2026!!!",
        "qwertyuiopåasdf",
        "123456789012345",
        "aaaaaaaaaaaaaaaa",
        "nya.namnet 4711 bro",
        "x" * 201,
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_and_the_link_stays(
    client: TestClient, databases: Databases, password: str
) -> None:
    path = f"/account/invitation/{an_open_link(databases)}"

    refused = client.post(path, data={"password": password})

    assert refused.status_code == 422
    assert 'id="password-error"' in refused.text
    assert client.post(path, data={"password": GOOD}, follow_redirects=False).status_code == 303


@pytest.mark.parametrize("password", [GOOD, PASSWORD, "Tr0ub4dor&3-elefant", "jgh48xq2mz0w"])
def test_a_password_that_nobody_guesses_is_taken(databases: Databases, password: str) -> None:
    secret = an_open_link(databases)

    with databases.writing(None) as session:
        assert invitations.accept(session, secret, password, NOW).email == "nya.namnet@example.se"


def test_a_forgotten_password_is_chosen_anew_and_every_session_ends(
    client: TestClient,
    signed_in: Callable[..., TestClient],
    post: Callable[[], list[EmailMessage]],
) -> None:
    elsewhere = signed_in("editor")
    client.post("/account/forgotten", data={"email": "Editor.2183@example.se "})
    path = path_in(post()[0])

    answer = client.post(path, data={"password": GOOD}, follow_redirects=False)

    assert answer.status_code == 303
    assert client.get("/account/security").status_code == 200
    assert elsewhere.get("/account", follow_redirects=False).status_code == 303
    assert [letter["Subject"] for letter in post()] == [
        "Välj ett nytt lösenord",
        "Ditt lösenord har ändrats",
    ]


def test_an_unknown_address_is_answered_like_a_known_one_and_gets_no_letter(
    client: TestClient, databases: Databases, post: Callable[[], list[EmailMessage]]
) -> None:
    an_account(databases, "editor")

    known = client.post("/account/forgotten", data={"email": "editor.2183@example.se"})
    unknown = client.post("/account/forgotten", data={"email": "editor.9999@example.se"})

    assert known.status_code == unknown.status_code == 200
    assert without_nonces(known.text.replace("2183", "9999")) == without_nonces(unknown.text)
    assert [letter["To"] for letter in post()] == ["editor.2183@example.se"]


def without_nonces(html: str) -> str:
    return re.sub(r'nonce="[^"]*"', "", html)


def test_nobody_s_inbox_is_filled_by_asking_again(
    client: TestClient, databases: Databases, post: Callable[[], list[EmailMessage]]
) -> None:
    an_account(databases, "editor")

    for _ in range(3):
        client.post("/account/forgotten", data={"email": "editor.2183@example.se"})

    assert len(post()) == 1


def test_a_reset_of_a_closed_account_opens_nothing(databases: Databases) -> None:
    secret = an_open_link(databases, "reset")
    with databases.writing(ADMIN) as session:
        session.execute(text("update account set active = false"))

    with databases.writing(None) as session, pytest.raises(LinkSpent):
        account_links.use_up(session, secret, "reset", NOW)


def test_a_person_s_links_are_closed_to_other_accounts(databases: Databases) -> None:
    an_open_link(databases)

    with databases.writing(an_actor("editor", "2180")) as session:
        assert session.execute(text("select * from account_link")).all() == []


def holder(databases: Databases) -> Actor:
    email, _ = an_account(databases, "editor")
    return Actor(1, "Editor", email, "editor", "2183")


def test_a_session_s_secret_is_stored_as_its_hash_only(databases: Databases) -> None:
    actor = holder(databases)
    with databases.writing(None) as session:
        secret = sessions.start(session, actor)

    with databases.owner.connect() as connection:
        rows = connection.execute(text("select token_hash from sign_in_session")).scalars().all()

    assert secret not in rows
