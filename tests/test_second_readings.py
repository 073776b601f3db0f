"""Four eyes after publication: what one person changes shows at once, and another reads it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.administration import adjustments
from catalogue.changes import read_changes
from catalogue.database import Actor, Databases
from catalogue.errors import NotPossible, OwnChanges
from catalogue.fields import SITE
from catalogue.history import history
from catalogue.jobs import work
from catalogue.rules import Rules
from catalogue.settings import Settings
from catalogue.site import Site
from catalogue.workflow import second_readings
from tests.builders import ADMIN, RULES, TERMS, a_site, an_account, an_actor, square
from tests.html_forms import form_of
from tests.import_files import a_template, checked, edited, saved, written
from tests.mail_servers import Inbox

SignIn = Callable[..., TestClient]
EDITOR = an_actor("editor")
PUBLISHER = an_actor("publisher")
FOUR_EYES = replace(RULES, four_eyes=True)


def now(databases: Databases, site: Site) -> Site:
    with databases.writing(ADMIN) as session:
        return sites.find(session, site.reference)


def changed(
    databases: Databases,
    site: Site,
    actor: Actor = EDITOR,
    rules: Rules = FOUR_EYES,
    by_two: bool = False,
    **values: Any,
) -> Site:
    """Any: JSON values."""
    changes = read_changes(values, SITE, today=RULES.today, kept=frozenset())
    with databases.writing(actor) as session:
        version = sites.find(session, site.reference).version
        return sites.change(
            session, actor, site.reference, changes, rules, expected_version=version, by_two=by_two
        ).site


def read(databases: Databases, site: Site, actor: Actor, rules: Rules = FOUR_EYES) -> Site:
    with databases.writing(actor) as session:
        version = sites.find(session, site.reference).version
        return second_readings.read(
            session, actor, site.reference, rules, expected_version=version
        ).site


def test_a_level_1_value_of_a_published_site_shows_at_once_and_waits_for_a_colleague(
    databases: Databases, client: TestClient
) -> None:
    site = changed(databases, a_site(databases), power_now_mw=14.5, max_building_height_m=30)

    said = client.get(f"/api/v1/sites/{site.reference}").json()["properties"]

    assert said["power_now_mw"] == 14.5
    assert site.unread == {"power_now_mw": EDITOR.email}
    assert read(databases, site, PUBLISHER).unread == {}


def test_so_does_a_new_outline(databases: Databases) -> None:
    site = changed(databases, a_site(databases), outline=square(16.31))

    assert "outline" in site.unread


def test_whoever_made_the_change_does_not_read_it(databases: Databases) -> None:
    site = changed(databases, a_site(databases), power_now_mw=14)

    with pytest.raises(OwnChanges):
        read(databases, site, EDITOR)
    assert now(databases, site).unread == {"power_now_mw": EDITOR.email}


def test_writing_over_a_colleagues_change_takes_it_over(databases: Databases) -> None:
    site = changed(databases, a_site(databases), power_now_mw=14, sewage_m3_day=80)

    again = changed(databases, site, PUBLISHER, power_now_mw=15)
    after = read(databases, site, PUBLISHER)

    assert again.unread == {"power_now_mw": PUBLISHER.email, "sewage_m3_day": EDITOR.email}
    assert after.unread == {"power_now_mw": PUBLISHER.email}


def test_an_answer_that_was_accepted_has_two_people_behind_it(databases: Databases) -> None:
    site = changed(databases, a_site(databases), by_two=True, power_now_mw=14)

    assert site.unread == {}


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_nothing_waits_on_a_site_that_nobody_else_sees(databases: Databases, status: Any) -> None:
    assert changed(databases, a_site(databases, status=status), power_now_mw=14).unread == {}


def test_nothing_waits_where_one_person_is_enough(databases: Databases) -> None:
    site = changed(databases, a_site(databases), rules=RULES, power_now_mw=14)

    with pytest.raises(NotPossible):
        read(databases, site, PUBLISHER, RULES)
    assert site.unread == {}


def test_a_site_that_is_withdrawn_waits_for_nobody(databases: Databases) -> None:
    site = changed(databases, a_site(databases), power_now_mw=14)

    with databases.writing(PUBLISHER) as session:
        after = sites.move(
            session, PUBLISHER, site.reference, "withdrawn", FOUR_EYES, terms=TERMS
        ).site

    assert after.unread == {}


def test_what_an_import_changed_on_a_published_site_waits_too(databases: Databases) -> None:
    site = a_site(databases)
    workbook = edited(a_template(databases), written({"power_now_mw": 12.5}))

    one = saved(databases, checked(databases, workbook), FOUR_EYES)

    assert one.state == "done"
    assert set(now(databases, site).unread) == {"power_now_mw"}


def test_the_history_says_that_the_change_was_read_and_by_whom(databases: Databases) -> None:
    site = changed(databases, a_site(databases), power_now_mw=14)
    read(databases, site, PUBLISHER)

    with databases.writing(ADMIN) as session:
        reading, change = history.versions(session, site.reference, limit=2)

    assert (reading.is_reading, reading.actor) == (True, PUBLISHER.email)
    assert (change.is_reading, change.actor) == (False, EDITOR.email)


@pytest.fixture
def by_four_eyes(databases: Databases) -> None:
    with databases.writing(ADMIN) as session:
        adjustments.change(session, Settings(), {"four_eyes": True}, [], "")


def test_a_colleague_finds_the_change_in_the_workspace_reads_it_and_says_so(
    by_four_eyes: None, databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, name_sv="Långnäs")
    changed(databases, site, rules=RULES, ownership="mixed")
    changed(databases, site, power_now_mw=14)
    form, reading = f"/workspace/sites/{site.reference}", "second-reading"
    reader = signed_in("publisher")

    desk = reader.get("/workspace").text
    review = reader.get(f"{form}/review").text
    after = reader.post(f"{form}/{reading}", data=form_of(review, f"{form}/{reading}"))

    assert "Läs vad andra har ändrat" in desk
    assert "Effekt i dag" in review
    assert "Markägare" not in review.split('id="changes-title"')[1].split("</table>")[0]
    assert after.status_code == 200
    assert now(databases, site).unread == {}
    assert "Läs vad andra har ändrat" not in reader.get("/workspace").text


def test_whoever_changed_it_is_told_that_a_colleague_reads_it(
    by_four_eyes: None, databases: Databases, signed_in: SignIn
) -> None:
    editor, site = signed_in("editor"), a_site(databases)
    changed(databases, site, power_now_mw=14)

    page = editor.get(f"/en/workspace/sites/{site.reference}").text
    refused = editor.post(
        f"/workspace/sites/{site.reference}/second-reading",
        data=form_of(page, f"/en/workspace/sites/{site.reference}/transitions") | {"version": "2"},
    )

    assert "A colleague reads it" in page
    assert "I have read it" not in page
    assert refused.status_code == 403


def test_a_program_reads_with_the_version_it_has_seen(
    by_four_eyes: None, databases: Databases, with_token: SignIn
) -> None:
    site = changed(databases, a_site(databases), power_now_mw=14)
    reader, address = with_token("publisher"), f"/api/v1/sites/{site.reference}/second-reading"

    late = reader.post(address, headers={"If-Match": '"1-full"'})
    read_now = reader.post(address, headers={"If-Match": f'"{site.version}-full"'})

    assert late.status_code == 412
    assert read_now.status_code == 200
    assert now(databases, site).unread == {}


def test_the_colleagues_get_one_letter_and_not_one_for_each_save(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    publisher, _ = an_account(databases, "publisher", "2183")
    an_account(databases, "publisher", "2180")
    site = a_site(databases, name_sv="Långnäs")

    changed(databases, site, power_now_mw=14)
    changed(databases, site, sewage_m3_day=80)
    work(mailing, wait=False)

    [letter] = inbox.letters
    assert letter["To"] == publisher
    assert letter["Subject"] == "Läs igenom Långnäs (GVB-2183-001)"
