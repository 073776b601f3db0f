"""Alerts: asked for, confirmed and ended by letter; what is new is told, once, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from api.context import Services
from catalogue import sites
from catalogue.alerts import digests
from catalogue.changes import read_changes
from catalogue.database import Databases
from catalogue.fields import SITE
from catalogue.rules import Rules
from catalogue.settings import Settings
from catalogue.site import Site
from catalogue.sites import move
from catalogue.tables import alert as table
from catalogue.workflow.transitions import Terms
from tests.builders import ADMIN, NOW, RULES, a_site
from tests.html_forms import form_of, open_form
from tests.mail_servers import Inbox, send_waiting

QUERY = "area_gross_ha_min=50&power_mw_min=100&power_year=2030"


def ask(client: TestClient, query: str = QUERY, **said: Any) -> httpx.Response:
    form = open_form(client, f"/alerts/new?{query}", "/alerts/new")
    sent = {**form, "email": "jane@example.com", "frequency": "daily", **said}
    return client.post("/alerts/new", data=sent, follow_redirects=False)


def confirm(client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox) -> None:
    send_waiting(databases, mailing)
    [letter] = inbox.letters
    assert client.post(link_in(letter, "/alerts/confirm/"), data={}).status_code == 200
    inbox.letters.clear()


def link_in(letter: EmailMessage, path: str) -> str:
    return next(line for line in words(letter).splitlines() if path in line).removeprefix(
        "http://127.0.0.1:8000"
    )


def words(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def days_later(days: int) -> Rules:
    return replace(RULES, clock=lambda: NOW + timedelta(days=days))


def digest(databases: Databases, mailing: Settings, days: int = 1) -> int:
    """How many letters were written so many days later."""
    told = digests.send_all(databases, days_later(days), mailing)
    send_waiting(databases, mailing)
    return told


def save(databases: Databases, site: Site, **values: Any) -> None:
    changes = read_changes(values, SITE, today=RULES.today, kept=frozenset())
    with databases.writing(ADMIN) as session:
        version = sites.find(session, site.reference).version
        sites.change(session, ADMIN, site.reference, changes, RULES, expected_version=version)


@pytest.fixture
def watched(client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox) -> Site:
    """A site that meets the search somebody watches; the letter to confirm it is answered."""
    site = a_site(databases, name_sv="Kilen")
    assert ask(client).status_code == 303
    confirm(client, databases, mailing, inbox)
    return site


def test_an_alert_arrives_by_smtp_and_says_what_became_what(
    watched: Site, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    save(databases, watched, power_timeline=[{"year": 2029, "mw": 150, "firm": True}])

    digest(databases, mailing)

    [letter] = inbox.letters
    assert letter["To"] == "jane@example.com"
    assert letter["Subject"] == "Nytt i din bevakning: Kilen"
    assert "Effekt 2030: 120\u00a0MW → 150\u00a0MW" in words(letter)
    assert f"http://127.0.0.1:8000/sites/{watched.reference}" in words(letter)


def test_nothing_new_is_no_letter(
    watched: Site, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    save(databases, watched, description_sv="Ord som ingen söker på. " * 5)

    assert digest(databases, mailing) == 0
    assert inbox.letters == []


def test_a_digest_that_runs_twice_tells_once(
    watched: Site, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    a_site(databases, name_sv="Näset")

    assert [digest(databases, mailing), digest(databases, mailing)] == [1, 0]
    assert "Uppfyller nu alla villkor" in words(inbox.letters[0])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"area_gross_ha": 45, "area_net_ha": 40},
            "Passar inte längre\r\n– Bruttoyta: 60\u00a0ha → 45\u00a0ha",
        ),
        (
            {"power_timeline": {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-10-01"}},
            "Kan passa. Okänt:",
        ),
    ],
)
def test_a_site_that_stops_or_becomes_uncertain_is_told(
    watched: Site,
    databases: Databases,
    mailing: Settings,
    inbox: Inbox,
    change: dict[str, Any],
    told: str,
) -> None:
    save(databases, watched, **change)

    digest(databases, mailing)

    assert told in words(inbox.letters[0])


def test_a_site_that_is_taken_away_is_told_without_a_link(
    watched: Site, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    with databases.writing(ADMIN) as session:
        move(session, ADMIN, watched.reference, "withdrawn", RULES, terms=Terms(reason="Såld"))

    digest(databases, mailing)

    assert "Visas inte längre i katalogen" in words(inbox.letters[0])
    assert f"/sites/{watched.reference}" not in words(inbox.letters[0])


def test_an_alert_for_every_site_says_so(
    client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    ask(client, "")

    send_waiting(databases, mailing)

    assert "den här sökningen ändras: alla platser." in words(inbox.letters[0])


def test_one_click_ends_the_alert_and_removes_the_address(
    watched: Site, client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    a_site(databases)
    digest(databases, mailing)
    [letter] = inbox.letters
    address = str(letter["List-Unsubscribe"]).strip("<>").removeprefix("http://127.0.0.1:8000")

    answer = client.post(address, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False)

    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in words(letter)
    assert answer.status_code == 200
    with databases.writing(ADMIN) as session:
        assert session.scalars(select(func.count()).select_from(table)).one() == 0


def test_a_link_that_only_is_opened_ends_nothing(
    watched: Site, client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    a_site(databases)
    digest(databases, mailing)

    shown = client.get(link_in(inbox.letters[0], "/alerts/end/"))

    assert "Avsluta" in shown.text
    with databases.writing(ADMIN) as session:
        assert session.scalars(select(func.count()).select_from(table)).one() == 1


def test_nothing_is_sent_to_an_address_that_is_not_confirmed(
    client: TestClient, databases: Databases, mailing: Settings
) -> None:
    ask(client)
    a_site(databases)

    assert digest(databases, mailing) == 0


def test_an_address_that_nobody_confirms_is_removed(
    client: TestClient, databases: Databases, settings: Settings
) -> None:
    ask(client)

    digests.remove_unconfirmed(databases, NOW + timedelta(days=8), settings.unconfirmed_days)

    with databases.writing(ADMIN) as session:
        assert session.scalars(select(func.count()).select_from(table)).one() == 0


def test_a_weekly_alert_comes_on_its_day(
    client: TestClient, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    ask(client, frequency="weekly")
    confirm(client, databases, mailing, inbox)
    a_site(databases)

    # 2 November 2026 is a Monday.
    assert [digest(databases, mailing, days) for days in (1, 6, 7)] == [0, 0, 1]


def test_no_letter_leaves_before_its_hour(
    watched: Site, databases: Databases, mailing: Settings
) -> None:
    a_site(databases)
    early = replace(RULES, clock=lambda: NOW.replace(day=3, hour=5))

    assert digests.send_all(databases, early, mailing) == 0


def test_registered_values_stand_in_no_letter(
    watched: Site, databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    secret = [{"year": 2029, "mw": 177, "firm": True}]
    save(databases, watched, power_timeline={"value": secret, "visibility": "registered"})

    digest(databases, mailing)

    assert "177" not in words(inbox.letters[0])


def test_a_trap_that_is_filled_leaves_nothing_behind(
    client: TestClient, databases: Databases
) -> None:
    answer = ask(client, website="http://spam.example")

    assert answer.status_code == 303
    with databases.writing(ADMIN) as session:
        assert session.scalars(select(func.count()).select_from(table)).one() == 0


def test_a_wrong_address_is_told_and_the_search_kept(
    client: TestClient, databases: Databases
) -> None:
    answer = ask(client, email="jane")

    assert answer.status_code == 422
    assert "Skriv en e-postadress" in answer.text
    assert form_of(answer.text, "/alerts/new")["query"] == [QUERY]


def test_an_account_switches_letters_on_and_off(
    signed_in: Callable[..., TestClient], databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    investor = signed_in("investor", None)
    page = open_form(investor, f"/account/searches?save={QUERY.replace('&', '%26')}", "/account")
    investor.post("/account/searches", data=page)
    token = page["csrf_token"]

    investor.post("/account/searches/1/alert", data={"frequency": "daily", "csrf_token": token})
    a_site(databases)
    told = digest(databases, mailing)
    investor.post("/account/searches/1/alert", data={"frequency": "", "csrf_token": token})

    assert told == 1
    assert inbox.letters[0]["To"] == "investor.all@example.se"
    with databases.writing(ADMIN) as session:
        assert session.scalars(select(func.count()).select_from(table)).one() == 0


def test_the_search_page_offers_to_watch_and_to_subscribe(
    client: TestClient, databases: Databases
) -> None:
    shown = client.get(f"/?{QUERY}").text

    assert f"/alerts/new?{QUERY.replace('&', '&amp;')}" in shown
    assert 'type="application/atom+xml"' in shown


def test_a_form_without_its_seal_comes_back(client: TestClient, databases: Databases) -> None:
    services: Services = client.app.state.services  # type: ignore[attr-defined]
    other = services.seal.closed("something else", NOW)

    assert ask(client, opened=other).status_code == 422
