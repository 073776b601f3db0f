"""The log: what was changed, by whom and why, found again and handed over as a file."""

import csv
import io
from collections.abc import Callable

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.tables import account
from tests.builders import an_account, an_actor

ADDRESS = "/admin/audit"


@pytest.fixture
def admin(signed_in: Callable[..., TestClient]) -> TestClient:
    return signed_in("admin")


def change_role(databases: Databases, reason: str = "") -> None:
    """An editor of Bollnäs becomes its publisher."""
    email, _ = an_account(databases, "editor", "2183")
    with databases.writing(an_actor("admin"), reason) as session:
        session.execute(update(account).where(account.c.email == email).values(role="publisher"))


def test_a_changed_role_is_logged_with_who_from_what_to_what_and_why(
    admin: TestClient, databases: Databases
) -> None:
    change_role(databases, "Ny tjänst")

    page = admin.get(f"{ADDRESS}?subject=editor.2183").text

    assert "roll: Redaktör" in page
    assert "Publicerare" in page
    assert "admin.all@example.se" in page
    assert "Ny tjänst" in page


def test_a_password_never_stands_in_the_log(admin: TestClient, databases: Databases) -> None:
    change_role(databases)

    with databases.owner.connect() as connection:
        logged = (
            connection.exec_driver_sql(
                "select coalesce(before::text, '') || after::text from audit_event"
            )
            .scalars()
            .all()
        )

    assert not any("argon2" in one or "password" in one for one in logged)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("kind=account", True),
        ("kind=setting", False),
        ("actor=ADMIN", True),
        ("actor=project", False),
        ("until=2026-01-01", False),
        ("since=2026-01-01", True),
        ("since=yesterday", True),
        ("subject=%25", False),
    ],
)
def test_events_are_found_by_what_they_are(
    admin: TestClient, databases: Databases, query: str, is_found: bool
) -> None:
    change_role(databases)

    assert ("roll: Redaktör" in admin.get(f"{ADDRESS}?{query}").text) == is_found


def test_the_file_holds_the_same_and_nothing_that_a_spreadsheet_runs(
    admin: TestClient, databases: Databases
) -> None:
    change_role(databases, "=1+1")

    answer = admin.get(f"/en{ADDRESS}.csv?subject=editor.2183")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:4] == ["Time (UTC)", "Who", "Kind", "Event"]
    assert rows[1][1:] == [
        "admin.all@example.se", "Account", "Changed", "editor.2183@example.se",
        "role: Editor → Publisher", "'=1+1",
    ]  # fmt: skip


def test_a_long_log_is_turned_page_by_page(admin: TestClient, databases: Databases) -> None:
    with databases.owner.begin() as connection:
        connection.exec_driver_sql(
            "insert into audit_event (kind, action, subject) "
            "select 'job', 'stopped', 'nr ' || n from generate_series(1, 120) as n"
        )

    page = admin.get(f"{ADDRESS}?kind=job&page=2").text

    assert "51–100 av 120" in page
    assert 'href="/admin/audit?kind=job&amp;page=3"' in page
