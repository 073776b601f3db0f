"""What the database itself refuses, in the application's own roles, whatever the code forgets."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from catalogue.database import Databases
from tests.builders import a_site, an_account, an_actor


@contextmanager
def as_editor(databases: Databases, municipality: str) -> Iterator[Session]:
    with databases.writing(an_actor("editor", municipality)) as session:
        yield session


def test_an_editor_reads_the_drafts_of_their_own_municipality_only(databases: Databases) -> None:
    own = a_site(databases, municipality="2183", status="draft")
    a_site(databases, municipality="2180", status="draft")

    with as_editor(databases, "2183") as session:
        seen = session.scalars(text("select reference from site")).all()

    assert seen == [own.reference]


def test_an_editor_s_update_of_another_municipality_changes_no_row(databases: Databases) -> None:
    a_site(databases, municipality="2180")

    with as_editor(databases, "2183") as session:
        changed = session.execute(text("update site set area_net_ha = 1 returning id")).all()

    assert changed == []


@pytest.mark.parametrize(
    "statement",
    [
        "insert into site (reference, municipality) values ('X-1', '2180')",
        "delete from site",
        "update site_version set reason = 'x'",
        "delete from site_version",
        (
            "insert into site_version (site_id, version, municipality, actor, reason, changed, state) "
            "values (1, 99, '2183', '', '', '{}', '{}')"
        ),
        "delete from listing_public where municipality = '2180'",
        "update listing_public set status = 'reserved' where municipality = '2180'",
        (
            "insert into hours_entry (municipality, month, role, hours, activity) "
            "values ('2180', '2026-10-01', 'developer', 8, 'planning')"
        ),
        "delete from account",
        "drop table site",
        "insert into setting_change (name, value, before, after) values ('shelf_life_days', '1', '1', '1')",
        "update catalogue_state set settings = '{}'",
        "insert into audit_event (kind, action, subject) values ('account', 'added', 'x')",
        "insert into organisation (kind, name) values ('grid_owners', 'Egen')",
        "insert into service_area (organisation_id, municipality) values (1, '2183')",
        "insert into relisting (asked_by, total) values ('x', 0)",
    ],
)
def test_an_editor_is_refused_by_the_database(databases: Databases, statement: str) -> None:
    a_site(databases, municipality="2180")

    with (
        pytest.raises(ProgrammingError, match=r"InsufficientPrivilege|must be owner"),
        as_editor(databases, "2183") as session,
    ):
        session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_event set actor = 'x'",
        "delete from audit_event",
        "truncate audit_event",
        "update setting_change set reason = 'x'",
        "delete from setting_change",
        "alter table audit_event disable trigger all",
    ],
)
def test_not_even_an_administrator_changes_what_has_been_logged(
    databases: Databases, statement: str
) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"InsufficientPrivilege|must be owner"),
        databases.writing(an_actor("admin")) as session,
    ):
        session.execute(text(statement))


def test_the_database_says_who_acted_whatever_the_code_claims(databases: Databases) -> None:
    claim = "insert into audit_event (actor, kind, action, subject) values ('x', 'a', 'b', 'c')"
    with databases.writing(an_actor("admin")) as session:
        session.execute(text(claim))
        actors = session.scalars(text("select actor from audit_event")).all()

    assert actors == ["admin.all@example.se"]


def test_only_administrators_read_the_log(databases: Databases) -> None:
    an_account(databases)

    with databases.writing(an_actor("project")) as session:
        seen = session.scalars(text("select count(*) from audit_event")).one()
        settings = session.scalars(text("select count(*) from setting_change")).one()

    assert (seen, settings) == (0, 0)


@pytest.mark.parametrize(
    "table",
    ["site", "site_version", "listing_registered", "account", "access_token", "hours_entry",
     "municipality", "municipality_listing_registered", "organisation", "service_area",
     "setting_change", "audit_event", "job_failure", "relisting"],
)  # fmt: skip
def test_the_public_reader_may_not_even_look(databases: Databases, table: str) -> None:
    with (
        databases.reading("public") as session,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        session.execute(text(f"select * from {table}"))


def test_nobody_acts_after_the_transaction_that_said_who_did(databases: Databases) -> None:
    a_site(databases, status="draft")
    with as_editor(databases, "2183"):
        pass

    with databases.writing(None) as session:
        assert session.scalars(text("select reference from site")).all() == []


def test_the_project_reads_every_municipality_and_changes_none(databases: Databases) -> None:
    for municipality in ("2183", "2180"):
        a_site(databases, municipality=municipality, status="draft")

    with databases.writing(an_actor("project")) as session:
        seen = session.scalars(text("select count(*) from site")).one()
        changed = session.execute(text("update site set area_net_ha = 1 returning id")).all()

    assert (seen, changed) == (2, [])


def test_each_save_leaves_a_version_that_says_who_and_what(databases: Databases) -> None:
    a_site(databases, status="published", actor=an_actor("publisher", "2183"))

    with databases.owner.connect() as connection:
        versions = connection.execute(
            text("select version, actor, changed from site_version order by version")
        ).all()

    assert [(row.version, row.actor, row.changed) for row in versions] == [
        (1, "publisher.2183@example.se", ["created"]),
        (2, "publisher.2183@example.se", ["published_at", "status"]),
    ]
