"""The lists of grid owners and utilities: what sites name follows when an administrator mends them."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue.administration.reference_words import suggestions
from catalogue.database import Databases
from catalogue.history import history
from tests.builders import ADMIN, a_site, an_actor
from tests.html_forms import Texts, form_of

ADDRESS = "/admin/organisations"


@pytest.fixture
def admin(signed_in: Callable[..., TestClient]) -> TestClient:
    return signed_in("admin")


def number_of(databases: Databases, name: str, kind: str = "grid_owners") -> int:
    with databases.owner.connect() as connection:
        return int(
            connection.execute(
                text("select id from organisation where kind = :kind and name = :name"),
                {"kind": kind, "name": name},
            ).scalar_one()
        )


def send(admin: TestClient, address: str, action: str = "", **texts: str) -> str:
    """The form on an organisation's page, sent with these texts; the page that comes back."""
    action = action or address
    sent: Texts = form_of(admin.get(address).text, action)
    return admin.post(action, data={**sent, **{name: [text] for name, text in texts.items()}}).text


def words(databases: Databases, kind: str = "grid_owners") -> list[str]:
    with databases.writing(an_actor()) as session:
        return [word for word, _ in suggestions(session)[kind]]


def test_a_renamed_grid_owner_is_renamed_at_its_sites_with_the_reason_in_their_history(
    admin: TestClient, databases: Databases, client: TestClient
) -> None:
    site = a_site(databases, grid_owner_local="Ellevio")
    address = f"{ADDRESS}/{number_of(databases, 'Ellevio')}"

    page = send(admin, address, name="Ellevio Nät", reason="Nytt namn från 1 november")

    assert "Platser med det nya namnet: 1." in page
    listed = client.get(f"/api/v1/sites/{site.reference}").json()["properties"]
    assert listed["grid_owner_local"] == "Ellevio Nät"
    assert listed["grid_owner_regional"] == "Ellevio"
    with databases.writing(ADMIN) as session:
        latest = history.versions(session, site.reference)[0]
    assert (latest.keys, latest.reason) == (("grid_owner_local",), "Nytt namn från 1 november")
    assert (latest.actor, latest.number) == ("admin.all@example.se", site.version + 1)


def test_renaming_what_sites_name_asks_for_a_reason(
    admin: TestClient, databases: Databases
) -> None:
    a_site(databases, grid_owner_local="Ellevio")

    page = send(admin, f"{ADDRESS}/{number_of(databases, 'Ellevio')}", name="Ellevio Nät")

    assert "Säg varför. Platserna som anger namnet (1) får en ny version" in page
    assert "Ellevio Nät" not in words(databases)


def test_two_spellings_become_one(
    admin: TestClient, databases: Databases, client: TestClient
) -> None:
    site = a_site(databases, fibre_providers=["Telia", "Zayo"])
    telia = number_of(databases, "Telia", "fibre_providers")
    zayo = number_of(databases, "Zayo", "fibre_providers")

    page = send(
        admin, f"{ADDRESS}/{zayo}", f"{ADDRESS}/{zayo}/merge", into=str(telia), merge_reason="Köpt"
    )

    assert "Hopslaget. Platser som nu anger Telia: 1." in page
    listed = client.get(f"/api/v1/sites/{site.reference}").json()["properties"]
    assert listed["fibre_providers"] == ["Telia"]
    assert "Zayo" not in words(databases, "fibre_providers")


def test_a_retired_organisation_is_suggested_no_more_and_kept_where_it_is_named(
    admin: TestClient, databases: Databases, client: TestClient
) -> None:
    site = a_site(databases, grid_owner_local="Ellevio")

    send(admin, f"{ADDRESS}/{number_of(databases, 'Ellevio')}", retired="yes")

    assert "Ellevio" not in words(databases)
    listed = client.get(f"/api/v1/sites/{site.reference}").json()["properties"]
    assert listed["grid_owner_local"] == "Ellevio"


def test_an_added_organisation_is_suggested_at_once(
    admin: TestClient, databases: Databases
) -> None:
    page = send(admin, ADDRESS, kind="grid_owners", name="  Nätbolaget   Norr ")

    assert "Nätbolaget Norr finns nu i listan." in page
    assert "Nätbolaget Norr" in words(databases)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"kind": "", "name": "X"}, "Välj en av listorna."),
        ({"kind": "grid_owners", "name": " "}, "Ange ett namn"),
        ({"kind": "grid_owners", "name": "ellevio"}, "ellevio finns redan i listan."),
        (
            {"kind": "grid_owners", "name": "X", "contact_email": "anna"},
            "Skriv e-postadressen som namn@example.se.",
        ),
    ],
)
def test_what_cannot_be_added_is_refused_with_what_to_do(
    admin: TestClient, texts: dict[str, str], said: str
) -> None:
    assert said in send(admin, ADDRESS, **texts)


def test_saving_whom_somebody_serves_confirms_it_and_is_kept_in_the_log(
    admin: TestClient, databases: Databases
) -> None:
    number = number_of(databases, "Helsinge Vatten", "water_utilities")

    send(admin, f"{ADDRESS}/{number}", contact_email="fragor@example.se")

    with databases.owner.connect() as connection:
        unsure = connection.scalar(
            text("select count(*) from service_area where to_verify and organisation_id = :id"),
            {"id": number},
        )
        logged = connection.execute(
            text("select actor, action, subject from audit_event where kind = 'organisation'")
        ).all()
    assert unsure == 0
    assert [tuple(row) for row in logged] == [
        ("admin.all@example.se", "changed", "Helsinge Vatten"),
        ("admin.all@example.se", "served", "Helsinge Vatten"),
    ]
