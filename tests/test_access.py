"""Registered investors: asked, approved, ended; and everything they see stands in a log."""

from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, literal, select, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from catalogue.access import access_jobs, registered_views
from catalogue.accounts import accounts
from catalogue.database import OPERATOR, Actor, Databases
from catalogue.settings import Settings
from catalogue.tables import access_request, account, investor_access, registered_view
from tests.builders import ADMIN, NOW, TODAY, a_site, an_account, an_actor
from tests.html_forms import open_form
from tests.mail_servers import Inbox, send_waiting

SAID = {
    "name": "Jane Doe",
    "organisation": "Northern Cells",
    "email": "jane.doe@example.com",
    "purpose": "Vi söker mark för en batterifabrik.",
}


def ask(client: TestClient, **said: str) -> httpx.Response:
    form = open_form(client, "/register")
    return client.post("/register", data={**form, **SAID, **said}, follow_redirects=False)


def words(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def confirm(client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox) -> None:
    send_waiting(databases, mailing)
    link = next(one for one in words(inbox.letters[-1]).splitlines() if "/register/confirm/" in one)
    assert client.post(link.removeprefix("http://127.0.0.1:8000"), data={}).status_code == 200
    inbox.letters.clear()


def decide(office: TestClient, **said: str) -> httpx.Response:
    form = open_form(office, "/admin/access-requests/1")
    return office.post(
        "/admin/access-requests/1",
        data={"csrf_token": form["csrf_token"], **said},
        follow_redirects=False,
    )


@pytest.fixture
def asked(client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox) -> Databases:
    """A request that its sender has confirmed."""
    assert ask(client).status_code == 303
    confirm(client, databases, mailing, inbox)
    return databases


def views(databases: Databases, actor: Actor = ADMIN) -> list[Any]:
    with databases.writing(actor) as session:
        return list(registered_views.chosen(session, [], limit=100))


def test_a_request_waits_for_the_project_once_its_address_is_confirmed(
    client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox,
    signed_in: Callable[..., TestClient],
) -> None:  # fmt: skip
    office = signed_in("project", None)
    ask(client)
    before = office.get("/admin/access-requests").text

    confirm(client, databases, mailing, inbox)

    assert "Northern Cells" not in before
    assert "Northern Cells" in office.get("/admin/access-requests").text


def test_an_approved_reader_is_invited_until_a_day(
    asked: Databases, signed_in: Callable[..., TestClient], mailing: Settings, inbox: Inbox
) -> None:
    office = signed_in("project", None)

    answer = decide(
        office, do="approve", expires_on="2027-05-01", nda_on="2026-10-30", nda_reference="Dnr 7"
    )
    send_waiting(asked, mailing)

    assert answer.status_code == 303, answer.text
    [letter] = inbox.letters
    assert letter["To"] == "jane.doe@example.com"
    assert "/account/invitation/" in words(letter)
    assert "registrerade uppgifter till och med 1 maj 2027" in words(letter)
    with asked.writing(ADMIN) as session:
        terms = session.execute(select(investor_access)).mappings().one()
        role = session.scalars(
            select(account.c.role).where(account.c.email == "jane.doe@example.com")
        ).one()
    assert role == "investor"
    assert (terms["expires_on"], terms["nda_reference"]) == (date(2027, 5, 1), "Dnr 7")


def test_a_reader_who_has_an_account_is_told_of_the_approval(
    asked: Databases, signed_in: Callable[..., TestClient], mailing: Settings, inbox: Inbox
) -> None:
    with asked.writing(ADMIN) as session:
        accounts.add(session, SAID["email"], SAID["name"], "investor", None, None)

    decide(signed_in("project", None), do="approve", expires_on="2027-05-01")
    send_waiting(asked, mailing)

    [letter] = inbox.letters
    assert letter["Subject"] == "Din ansökan är godkänd"
    assert "till och med 1 maj 2027" in words(letter)


def test_a_refused_request_is_answered_with_the_reason(
    asked: Databases, signed_in: Callable[..., TestClient], mailing: Settings, inbox: Inbox
) -> None:
    decide(signed_in("project", None), do="refuse", reason="Ni är för tidigt ute.")
    send_waiting(asked, mailing)

    assert "Ni är för tidigt ute." in words(inbox.letters[0])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"do": "approve", "expires_on": "2020-01-01"}, "Välj en dag från i dag"),
        ({"do": "approve", "expires_on": ""}, "Välj sista dagen"),
        ({"do": "refuse", "reason": " "}, "Skriv varför"),
    ],
)
def test_a_decision_that_lacks_something_comes_back(
    asked: Databases, signed_in: Callable[..., TestClient], said: dict[str, str], told: str
) -> None:
    answer = decide(signed_in("project", None), **said)

    assert answer.status_code == 422
    assert told in answer.text


def test_nobody_decides_twice(asked: Databases, signed_in: Callable[..., TestClient]) -> None:
    office = signed_in("project", None)
    form = open_form(office, "/admin/access-requests/1")
    said = {"csrf_token": form["csrf_token"], "do": "refuse", "reason": "Nej."}
    first = office.post("/admin/access-requests/1", data=said, follow_redirects=False)

    again = office.post("/admin/access-requests/1", data=said, follow_redirects=False)

    assert (first.status_code, again.status_code) == (303, 409)


@pytest.mark.parametrize("role", ["editor", "publisher", "investor"])
def test_others_see_no_requests(
    asked: Databases, signed_in: Callable[..., TestClient], role: str
) -> None:
    assert signed_in(role).get("/admin/access-requests").status_code == 403
    with asked.writing(an_actor("editor")) as session:
        assert session.execute(select(access_request)).all() == []


@pytest.fixture
def investor(databases: Databases) -> str:
    """The address of an account whose access ends in ten days."""
    email, _ = an_account(databases, "investor", None)
    with databases.writing(ADMIN) as session:
        number = session.scalars(select(account.c.id).where(account.c.email == email)).one()
        session.execute(
            investor_access.insert().values(
                account_id=number,
                expires_on=TODAY + timedelta(days=10),
                approved_at=NOW,
                approved_by="x",
            )
        )
    return email


def test_an_investor_sees_until_when_the_access_lasts(
    signed_in: Callable[..., TestClient], databases: Databases
) -> None:
    reader = investing(signed_in)
    before = reader.get("/account").text
    with databases.writing(ADMIN) as session:
        session.execute(
            investor_access.insert().from_select(
                ["account_id", "expires_on", "approved_at", "approved_by"],
                select(account.c.id, literal(TODAY + timedelta(days=10)), literal(NOW), literal("x"))
                .where(account.c.role == "investor"),
            )
        )  # fmt: skip

    assert "Ingen sista dag är satt" in before
    assert "till och med 12 nov 2026" in shown(reader, "/account")
    assert "up to and including 12 Nov 2026" in shown(reader, "/en/account")
    assert "Åtkomst" not in signed_in("editor").get("/account").text


def test_values_for_registered_readers_alone_are_marked_for_them(
    signed_in: Callable[..., TestClient], client: TestClient, databases: Databases
) -> None:
    kept = {"value": 55, "visibility": "registered"}
    site = a_site(databases, connection_cost_msek=2731, area_net_ha=kept)
    reader, path = investing(signed_in), f"/sites/{site.reference}"

    assert marked(reader.get(path).text) == {"connection_cost_msek", "area_net_ha"}
    assert "For registered investors only" in reader.get(f"/en{path}").text
    compared = reader.get("/compare", params={"reference": site.reference}).text
    assert {"connection_cost_msek", "area_net_ha"} <= marked(compared, "row")
    assert "Bara för registrerade" not in client.get(path).text


def shown(client: TestClient, path: str) -> str:
    text: str = client.get(path).text
    return text.replace("\N{NO-BREAK SPACE}", " ")


def marked(page: str, kind: str = "value") -> set[str]:
    """The keys of the rows of facts that bear the note."""
    rows = page.split(f'id="{kind}-')[1:]
    return {row.partition('"')[0] for row in rows if "Bara för registrerade" in row}


def test_a_letter_tells_of_the_last_day_once(
    databases: Databases, investor: str, mailing: Settings, inbox: Inbox
) -> None:
    for _ in range(2):
        with databases.writing(OPERATOR) as session:
            access_jobs.warn(session, TODAY, mailing)
    send_waiting(databases, mailing)

    [letter] = inbox.letters
    assert letter["Subject"] == "Ditt konto gäller till 12 nov 2026"


def test_access_ends_by_itself_after_its_last_day(
    databases: Databases, investor: str, mailing: Settings, inbox: Inbox
) -> None:
    ended = []
    for days in (10, 11, 12):
        with databases.writing(OPERATOR) as session:
            ended.append(access_jobs.end_over(session, TODAY + timedelta(days=days), mailing))
    send_waiting(databases, mailing)

    with databases.writing(ADMIN) as session:
        active = session.scalars(select(account.c.active).where(account.c.email == investor)).one()
    assert ended == [0, 1, 0]
    assert not active
    assert inbox.letters[0]["Subject"] == "Ditt konto är stängt"


def test_access_is_renewed_and_revoked(
    databases: Databases, investor: str, signed_in: Callable[..., TestClient]
) -> None:
    office = signed_in("project", None)
    with databases.writing(ADMIN) as session:
        number = session.scalars(select(account.c.id).where(account.c.email == investor)).one()
    path = f"/admin/investors/{number}"
    token = open_form(office, path)["csrf_token"][0]

    office.post(path, data={"csrf_token": token, "expires_on": "2027-08-01", "nda_on": "",
                            "nda_reference": ""})  # fmt: skip
    renewed = office.get(path).text
    office.post(path, data={"csrf_token": token, "do": "revoke"})

    assert 'value="2027-08-01"' in renewed
    with databases.writing(ADMIN) as session:
        active = session.scalars(select(account.c.active).where(account.c.id == number)).one()
    assert not active


def investing(signed_in: Callable[..., TestClient]) -> TestClient:
    return signed_in("investor", None)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/sites/{reference}", "page"),
        ("/", "page"),
        ("/api/v1/sites/{reference}", "api"),
        ("/api/v1/sites", "api"),
        ("/api/v1/sites?format=csv", "api"),
        ("/api/v1/sites?format=xlsx", "file"),
    ],
)
def test_every_answer_to_an_investor_is_logged(
    databases: Databases, signed_in: Callable[..., TestClient], address: str, kind: str
) -> None:
    site = a_site(databases)
    client = investing(signed_in)
    before = len(views(databases))

    answer = client.get(address.format(reference=site.reference))

    assert answer.status_code == 200
    [view, *_] = views(databases)
    assert len(views(databases)) == before + 1
    assert (view.kind, view.sites, view.email) == (
        kind, [site.reference], "investor.all@example.se"
    )  # fmt: skip


def test_an_answer_from_memory_is_logged_as_well(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    a_site(databases)
    client = investing(signed_in)

    for _ in range(3):
        client.get("/api/v1/sites")

    assert len([view for view in views(databases) if view.kind == "api"]) == 3


def test_what_others_see_is_not_logged(
    client: TestClient, databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    site = a_site(databases)
    client.get(f"/sites/{site.reference}")
    signed_in("project", None).get(f"/sites/{site.reference}")

    assert views(databases) == []


def test_a_municipality_sees_who_saw_its_own_sites(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    own, other = a_site(databases), a_site(databases, municipality="2180")
    investing(signed_in).get("/api/v1/sites")

    shown = signed_in("editor").get("/workspace/views").text

    assert own.reference in shown
    assert other.reference not in shown
    assert {view.municipality for view in views(databases, an_actor("editor"))} == {"2183"}


@pytest.mark.parametrize(
    "statement", [delete(registered_view), update(registered_view).values(email="x")]
)
def test_nobody_changes_the_log(databases: Databases, statement: Any) -> None:
    with pytest.raises(ProgrammingError), databases.writing(ADMIN) as session:
        session.execute(statement)


def test_the_log_keeps_its_age(
    databases: Databases, signed_in: Callable[..., TestClient], settings: Settings
) -> None:
    a_site(databases)
    investing(signed_in).get("/api/v1/sites")

    with Session(databases.owner) as owner, owner.begin():
        registered_views.remove_old(
            owner, NOW + timedelta(days=settings.view_log_days + 1), settings.view_log_days
        )

    assert views(databases) == []


def test_the_investor_is_told_that_it_is_logged(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    site = a_site(databases)

    assert "Det du ser loggas" in investing(signed_in).get(f"/sites/{site.reference}").text
