"""The steps of a site's life: reasons, two pairs of eyes, and reservations that end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.changes import read_changes
from catalogue.database import Actor, Databases
from catalogue.errors import Invalid, NotAllowed, OwnWork
from catalogue.fields import SITE
from catalogue.history import history
from catalogue.jobs import work
from catalogue.rules import Rules
from catalogue.settings import Settings
from catalogue.site import Site, Status
from catalogue.workflow.reservations import end_reservations, lapse, remind
from catalogue.workflow.transitions import Terms
from tests.builders import ADMIN, RULES, TERMS, a_site, an_account, an_actor
from tests.html_forms import open_form
from tests.mail_servers import Inbox

SignIn = Callable[..., TestClient]
WithToken = Callable[..., TestClient]
EDITOR = an_actor("editor")
PUBLISHER = an_actor("publisher")
OTHER_PUBLISHER = replace(PUBLISHER, email="annan.2183@example.se")
FOUR_EYES = replace(RULES, four_eyes=True)
LAST_DAY = date(2026, 11, 30)


def moved(
    databases: Databases, actor: Actor, site: Site, to: Status, terms: Terms = TERMS,
    rules: Rules = RULES,
) -> Site:  # fmt: skip
    with databases.writing(actor) as session:
        return sites.move(session, actor, site.reference, to, rules, terms=terms).site


def now(databases: Databases, site: Site) -> Site:
    with databases.writing(ADMIN) as session:
        return sites.find(session, site.reference)


@pytest.mark.parametrize(
    ("status", "to"),
    [("in_review", "draft"), ("published", "withdrawn"), ("published", "reserved")],
)
def test_a_step_that_others_will_wonder_about_asks_for_a_reason(
    databases: Databases, status: Status, to: Status
) -> None:
    site = a_site(databases, status=status)

    with pytest.raises(Invalid) as refusal:
        moved(databases, PUBLISHER, site, to, Terms(" ", LAST_DAY))

    assert [fault.where for fault in refusal.value.faults] == ["reason"]
    assert now(databases, site).status == status


def test_the_reason_stands_in_the_history(databases: Databases) -> None:
    site = moved(databases, PUBLISHER, a_site(databases), "withdrawn", Terms("Marken är såld"))

    with databases.writing(PUBLISHER) as session:
        assert history.versions(session, site.reference)[0].reason == "Marken är såld"


def test_a_reason_that_is_missing_is_told_at_its_field(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases)
    address = f"/workspace/sites/{site.reference}"
    client = signed_in("publisher")
    texts = open_form(client, address, f"{address}/transitions")

    answer = client.post(f"{address}/transitions", data=texts | {"to": ["withdrawn"]})

    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text
    assert "Skriv varför" in answer.text


def test_all_that_a_step_lacks_is_told_at_once(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)
    address = f"/workspace/sites/{site.reference}"
    client = signed_in("publisher")
    texts = open_form(client, address, f"{address}/transitions")

    page = client.post(f"{address}/transitions", data=texts | {"to": ["reserved"]}).text

    assert 'href="#reason"' in page
    assert 'href="#step-until"' in page


@pytest.mark.parametrize("asked", [{}, {"reserved_until": "2035-01-01"},
                                   {"reserved_until": "2026-11-01"},
                                   {"reserved_until": "i vår"}])  # fmt: skip
def test_a_reservation_ends_on_a_day_within_five_years(
    databases: Databases, with_token: WithToken, asked: dict[str, str]
) -> None:
    site = a_site(databases)

    answer = with_token("publisher").post(
        f"/api/v1/sites/{site.reference}/transitions",
        json={"to": "reserved", "reason": "Ett företag", **asked},
    )

    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/reserved_until"]


def test_a_reserved_site_knows_until_when_and_forgets_it_afterwards(databases: Databases) -> None:
    site = moved(databases, PUBLISHER, a_site(databases), "reserved", Terms("X", LAST_DAY))
    lifted = moved(databases, PUBLISHER, site, "published", Terms())

    assert site.values["reserved_until"] == LAST_DAY
    assert "reserved_until" not in lifted.values


def test_a_reservation_is_not_left_without_its_last_day(databases: Databases) -> None:
    site = a_site(databases, status="reserved")
    changes = read_changes({"reserved_until": None}, SITE, today=RULES.today, kept=frozenset())

    with pytest.raises(Invalid, match="reserved_until"), databases.writing(ADMIN) as session:
        sites.change(session, ADMIN, site.reference, changes, RULES, expected_version=site.version)


def submitted_by(databases: Databases, actor: Actor) -> Site:
    site = a_site(databases, status="draft", actor=actor)
    return moved(databases, actor, site, "in_review")


def test_whoever_submitted_a_site_does_not_publish_it_where_four_eyes_are_asked_for(
    databases: Databases,
) -> None:
    site = submitted_by(databases, PUBLISHER)

    with pytest.raises(OwnWork):
        moved(databases, PUBLISHER, site, "published", rules=FOUR_EYES)
    assert moved(databases, OTHER_PUBLISHER, site, "published", rules=FOUR_EYES).status == (
        "published"
    )


def test_whoever_changed_it_after_it_was_submitted_does_not_publish_it_either(
    databases: Databases,
) -> None:
    site = submitted_by(databases, EDITOR)
    changes = read_changes({"power_now_mw": 9}, SITE, today=RULES.today, kept=frozenset())
    with databases.writing(PUBLISHER) as session:
        sites.change(
            session, PUBLISHER, site.reference, changes, RULES, expected_version=site.version
        )

    with pytest.raises(OwnWork):
        moved(databases, PUBLISHER, site, "published", rules=FOUR_EYES)


def test_an_administrator_has_but_two_eyes_too(databases: Databases) -> None:
    site = submitted_by(databases, ADMIN)

    with pytest.raises(OwnWork):
        moved(databases, ADMIN, site, "published", rules=FOUR_EYES)


def test_a_draft_is_no_way_round_the_second_pair_of_eyes(databases: Databases) -> None:
    draft = a_site(databases, status="draft", actor=PUBLISHER)

    with pytest.raises(OwnWork):
        moved(databases, PUBLISHER, draft, "published", rules=FOUR_EYES)


def test_one_person_publishes_alone_where_nothing_else_was_decided(databases: Databases) -> None:
    site = submitted_by(databases, PUBLISHER)

    assert moved(databases, PUBLISHER, site, "published").status == "published"


def test_an_editor_still_does_not_publish(databases: Databases) -> None:
    site = submitted_by(databases, PUBLISHER)

    with pytest.raises(NotAllowed):
        moved(databases, EDITOR, site, "published", rules=FOUR_EYES)


def reserved(databases: Databases, **values: Any) -> Site:
    site = a_site(databases, **values)
    return moved(databases, PUBLISHER, site, "reserved", Terms("Ett företag", LAST_DAY))


def at(moment: datetime) -> Rules:
    return replace(RULES, clock=lambda: moment)


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC), "reserved"),
        (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), "published"),
    ],
)
def test_a_reservation_holds_to_the_end_of_its_day_in_sweden(
    databases: Databases, moment: datetime, status: Status
) -> None:
    site = reserved(databases)

    with databases.writing(ADMIN) as session:
        lapse(session, at(moment))

    assert now(databases, site).status == status


def test_in_summer_the_swedish_day_ends_at_ten_in_the_evening_utc(databases: Databases) -> None:
    terms = Terms("X", date(2027, 6, 30))
    site = moved(databases, PUBLISHER, a_site(databases), "reserved", terms)

    with databases.writing(ADMIN) as session:
        before = lapse(session, at(datetime(2027, 6, 30, 21, 59, tzinfo=UTC)))
        after = lapse(session, at(datetime(2027, 6, 30, 22, 0, tzinfo=UTC)))

    assert (before, after) == ([], [site.reference])


def test_the_history_says_why_a_reservation_ended(databases: Databases) -> None:
    site = reserved(databases)
    with databases.writing(ADMIN) as session:
        lapse(session, at(datetime(2026, 12, 1, 12, 0, tzinfo=UTC)))

        newest = history.versions(session, site.reference)[0]

    assert newest.reason == "Reservationen gällde till och med 2026-11-30 och har gått ut."


def test_the_worker_ends_reservations_and_tells_the_publishers(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    an_account(databases, "publisher", "2183")
    site = reserved(databases, name_sv="Långnäs")
    with databases.owner.begin() as connection:
        connection.execute(text("update site set reserved_until = '2026-11-10'"))
    with databases.writing(None) as session:
        queued = session.connection().connection.driver_connection
        end_reservations.configure(connection=queued).defer(timestamp=0)

    work(mailing, wait=False)
    work(mailing, wait=False)

    [letter] = inbox.letters
    assert now(databases, site).status == "published"
    assert letter["Subject"] == "Reservationen av Långnäs har gått ut"
    assert "till och med 10 nov 2026" in letter.as_string().replace("=\n", "")


def test_the_publishers_hear_once_a_week_before(
    databases: Databases, mailing: Settings, inbox: Inbox
) -> None:
    an_account(databases, "publisher", "2183")
    site = reserved(databases, name_sv="Långnäs")

    with databases.writing(ADMIN) as session:
        told = [
            remind(session, at(datetime(2026, 11, day, 12, 0, tzinfo=UTC)))
            for day in (22, 23, 23, 24)
        ]
    work(mailing, wait=False)

    assert told == [[], [site.reference], [], []]
    assert [one["Subject"] for one in inbox.letters] == ["Reservationen av Långnäs går snart ut"]
