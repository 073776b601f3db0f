"""Accounts as an administrator sees and changes them, without locking anybody out by mistake."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.accounts import people
from catalogue.accounts.people import Changes
from catalogue.database import Actor, Databases
from catalogue.errors import Invalid
from catalogue.jobs import work
from catalogue.settings import Settings
from tests.builders import PASSWORD, an_account
from tests.html_forms import form_of
from tests.mail_servers import Inbox, mail_server
from tests.test_jobs import with_mail

ADDRESS = "/admin/users"


@pytest.fixture
def admin(signed_in: Callable[..., TestClient]) -> TestClient:
    return signed_in("admin")


def number_of(databases: Databases, email: str) -> int:
    with databases.owner.connect() as connection:
        statement = text("select id from account where email = :email")
        return int(connection.execute(statement, {"email": email}).scalar_one())


def account_of(databases: Databases, email: str) -> tuple[object, ...]:
    with databases.owner.connect() as connection:
        statement = text("select role, municipality, active from account where email = :email")
        return tuple(connection.execute(statement, {"email": email}).one())


def send(admin: TestClient, address: str, **texts: str) -> str:
    """The form at an address, sent with these texts; the page that comes back."""
    sent = form_of(admin.get(address).text, address)
    return admin.post(address, data={**sent, **texts}).text


def test_an_invited_person_gets_a_letter_and_shows_as_invited(
    admin: TestClient, settings: Settings
) -> None:
    inbox = Inbox()

    page = send(
        admin,
        f"{ADDRESS}/invite",
        email="Eva.Ny@example.se",
        name="Eva Ny",
        role="editor",
        municipality="2183",
        language="en",
    )
    with mail_server(inbox) as place:
        work(with_mail(settings, place), wait=False)

    assert "Inbjudan är på väg." in page
    assert "Eva Ny" in admin.get(f"{ADDRESS}?state=invited").text
    assert inbox.letters[0]["To"] == "eva.ny@example.se"
    assert "You are invited" in str(inbox.letters[0]["Subject"])


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"email": "eva"}, "Ange en e-postadress."),
        ({"email": "admin.all@example.se"}, "Adressen används redan."),
        ({"name": ""}, "Ange för- och efternamn."),
        ({"role": ""}, "Redaktör och publicerare hör till en kommun"),
        ({"role": "editor", "municipality": ""}, "Redaktör och publicerare hör till en kommun"),
        ({"role": "editor", "municipality": "0180"}, "Välj en kommun i länet."),
    ],
)
def test_an_invitation_that_cannot_be_sent_says_why_and_keeps_what_was_written(
    admin: TestClient, texts: dict[str, str], said: str
) -> None:
    given = {"email": "eva.ny@example.se", "name": "Eva Ny", "role": "project", **texts}

    page = send(admin, f"{ADDRESS}/invite", **given)

    assert said in page
    assert f'value="{given["email"]}"' in page


def test_accounts_are_found_by_name_role_municipality_and_state(
    admin: TestClient, databases: Databases
) -> None:
    an_account(databases, "editor", "2183")
    an_account(databases, "publisher", "2180")

    def found(query: str) -> list[str]:
        rows = admin.get(f"{ADDRESS}?{query}").text.partition("<tbody>")[2]
        return [name for name in ("editor.2183", "publisher.2180", "admin.all") if name in rows]

    assert found("text=EDITOR") == ["editor.2183"]
    assert found("role=publisher") == ["publisher.2180"]
    assert found("municipality=2183") == ["editor.2183"]
    assert found("state=open") == ["editor.2183", "publisher.2180", "admin.all"]
    assert found("state=closed") == []
    assert found("text=%25") == []


def test_a_changed_role_holds_at_the_person_s_next_request(
    admin: TestClient, signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    editor = signed_in("editor", "2183")
    address = f"{ADDRESS}/{number_of(databases, 'editor.2183@example.se')}"

    page = send(admin, address, role="project", reason="Ny tjänst på kansliet")

    assert "Sparat." in page
    assert account_of(databases, "editor.2183@example.se") == ("project", None, True)
    assert editor.get("/workspace").status_code == 403
    assert "Ny tjänst på kansliet" in admin.get("/admin/audit?kind=account").text


def test_the_right_to_attest_hours_is_given_and_the_log_says_so(
    admin: TestClient, signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    head = signed_in("publisher", "2183")
    assert "Ingen i kommunen har rätt att attestera än." in head.get("/hours").text
    address = f"{ADDRESS}/{number_of(databases, 'publisher.2183@example.se')}"

    send(admin, address, attests_hours="yes", reason="Näringslivschef")

    assert "Attesteras av Publisher." in head.get("/hours").text
    assert "attesterar tid" in admin.get("/admin/audit?kind=account").text


def test_a_closed_account_is_signed_out_and_can_be_opened_again(
    admin: TestClient, signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    editor = signed_in("editor", "2183")
    address = f"{ADDRESS}/{number_of(databases, 'editor.2183@example.se')}"

    closed = form_of(admin.get(address).text, address)
    closed.pop("active")
    admin.post(address, data=closed)

    assert account_of(databases, "editor.2183@example.se") == ("editor", "2183", False)
    assert editor.get("/workspace", follow_redirects=False).status_code == 303
    for password, told in ((PASSWORD, "Kontot är stängt."), ("fel", "hör inte ihop")):
        said = {"email": "editor.2183@example.se", "password": password}
        assert told in editor.post("/sign-in", data=said).text
    send(admin, address, active="yes")
    assert account_of(databases, "editor.2183@example.se") == ("editor", "2183", True)


def test_somebody_signed_out_everywhere_has_to_sign_in_again(
    admin: TestClient, signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    editor = signed_in("editor", "2183")
    address = f"{ADDRESS}/{number_of(databases, 'editor.2183@example.se')}"

    page = press(admin, address, "/sessions")

    assert "Utloggad överallt." in page
    assert editor.get("/workspace", follow_redirects=False).status_code == 303
    assert "Loggades ut överallt" in admin.get("/admin/audit?kind=account").text


def press(admin: TestClient, address: str, path: str) -> str:
    """A button of the person's page."""
    sent = form_of(admin.get(address).text, f"{address}{path}")
    return admin.post(f"{address}{path}", data=sent).text


def test_an_invitation_is_sent_again(admin: TestClient, databases: Databases) -> None:
    send(admin, f"{ADDRESS}/invite", email="eva.ny@example.se", name="Eva Ny", role="project")
    address = f"{ADDRESS}/{number_of(databases, 'eva.ny@example.se')}"

    page = press(admin, address, "/invitation")

    assert "En ny inbjudan är på väg." in page


def test_an_administrator_cannot_take_the_role_from_themselves(
    admin: TestClient, databases: Databases
) -> None:
    address = f"{ADDRESS}/{number_of(databases, 'admin.all@example.se')}"

    page = send(admin, address, role="project")

    assert "Du kan inte ta ifrån dig själv rollen." in page
    assert account_of(databases, "admin.all@example.se") == ("admin", None, True)


def test_of_two_administrators_who_remove_each_other_one_stays(databases: Databases) -> None:
    an_account(databases, "admin")
    other = Actor(0, "Någon", "nagon@example.se", "admin", None)
    wanted = Changes(name="Admin", role="project", municipality=None, language="sv", active=True)
    number = number_of(databases, "admin.all@example.se")

    with pytest.raises(Invalid, match="only administrator"), databases.writing(other) as session:
        people.change(session, other, number, wanted)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"name": " "}, "Ange för- och efternamn."),
        ({"role": "owner"}, "Välj en roll."),
        ({"role": "publisher", "municipality": ""}, "Redaktörer och publicerare hör till"),
        ({"role": "publisher", "municipality": "0180"}, "Välj en kommun i länet."),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_at_its_field(
    admin: TestClient, databases: Databases, texts: dict[str, str], said: str
) -> None:
    email, _ = an_account(databases, "editor", "2183")

    page = send(admin, f"{ADDRESS}/{number_of(databases, email)}", **texts)

    assert said in page
    assert account_of(databases, email) == ("editor", "2183", True)


def test_an_account_that_is_not_there_is_not_found(admin: TestClient) -> None:
    assert admin.get(f"{ADDRESS}/4711").status_code == 404


def with_second_factor(databases: Databases) -> str:
    """The address of an editor's page, whose account is opened in two steps."""
    email, _ = an_account(databases, "editor", "2183")
    with databases.owner.begin() as connection:
        connection.exec_driver_sql(
            "insert into second_factor (account_id, secret, confirmed_at, last_step) "
            "select id, 'sealed', now(), 0 from account where role = 'editor'"
        )
    return f"{ADDRESS}/{number_of(databases, email)}"


def test_a_lost_second_factor_is_removed_for_a_reason_and_the_person_is_told(
    admin: TestClient, databases: Databases, settings: Settings
) -> None:
    address, inbox = with_second_factor(databases), Inbox()
    action = f"{address}/second-factor"
    sent = form_of(admin.get(address).text, action)

    page = admin.post(action, data={**sent, "factor_reason": "Ny telefon, ringde upp"}).text
    with mail_server(inbox) as place:
        work(with_mail(settings, place), wait=False)

    assert "Tvåstegsinloggningen är borttagen." in page
    assert [letter["To"] for letter in inbox.letters] == ["editor.2183@example.se"]
    assert "Ny telefon, ringde upp" in admin.get("/admin/audit?kind=account").text


def test_a_second_factor_is_not_removed_without_a_reason(
    admin: TestClient, databases: Databases
) -> None:
    page = press(admin, with_second_factor(databases), "/second-factor")

    assert "Säg varför, till exempel" in page
    assert "Ta bort tvåstegsinloggningen" in page


def test_administrators_without_a_second_factor_are_told_of_on_the_first_page(
    admin: TestClient, databases: Databases
) -> None:
    with_second_factor(databases)

    assert "Konton utan tvåstegsinloggning" in admin.get("/admin").text
    found = admin.get(f"{ADDRESS}?state=one_step").text.partition("<tbody>")[2]
    assert ("admin.all" in found, "editor.2183" in found) == (True, False)
