"""Signing in with a municipality's own service: every step of it against a real OpenID provider."""

import re
import time
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from api import openid
from api.main import create_app
from catalogue.accounts import identity_providers
from catalogue.accounts.identities import values_at
from catalogue.database import Databases
from catalogue.errors import Invalid
from catalogue.rules import system_clock
from catalogue.settings import Settings
from tests.builders import ADMIN, an_account, an_actor
from tests.openid_providers import (
    CLIENT_SECRET,
    OpenIdProvider,
    openid_provider,
    sign_in_by,
    way_through,
)

ENTRA = {
    "sub": "pairwise-1",
    "oid": "6c1f…",
    "tid": "0d54…",
    "name": "Karin Entra",
    "preferred_username": "karin@bollnas.example.se",
    "roles": ["SiteFinder.Redaktor"],
    "groups": ["a-guid"],
}
KEYCLOAK = {
    "sub": "f:1:karl",
    "name": "Karl Keycloak",
    "email": "karl@bollnas.example.se",
    "email_verified": True,
    "realm_access": {"roles": ["offline_access", "sitefinder-publicerare"]},
}


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdProvider]:
    with openid_provider() as running:
        yield running


@pytest.fixture(autouse=True)
def no_fault(provider: OpenIdProvider) -> None:
    provider.fault()


@pytest.fixture(scope="module")
def now_app(settings: Settings, prepared: Databases) -> Iterator[FastAPI]:
    """On the real clock, which the provider goes by too."""
    made = create_app(settings.model_copy(update={"public_url": "http://127.0.0.1:8000"}))
    yield made
    made.state.services.databases.dispose()


@pytest.fixture
def visiting(now_app: FastAPI, databases: Databases) -> TestClient:
    return TestClient(now_app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def a_provider(app: FastAPI, issuer: str, **said: str) -> int:
    """Set up by an administrator, with a mapping for each shape of claims."""
    services = app.state.services
    given = {
        "label": "Bollnäs kommun",
        "issuer": issuer,
        "client_id": "sitefinder",
        "client_secret": CLIENT_SECRET,
        "groups_claim": "roles",
        "email_claim": "preferred_username",
        "name_claim": "name",
        "trusted_domain": "",
        "active": "yes",
        **said,
    }
    with services.databases.writing(ADMIN) as session:
        number = identity_providers.add(session, services.seal, given, system_clock())
        for value, role, municipality in (
            ("SiteFinder.Redaktor", "editor", "2183"),
            ("sitefinder-publicerare", "publisher", "2183"),
            ("SiteFinder.Projekt", "project", ""),
        ):
            identity_providers.add_mapping(session, number, value, role, municipality)
    return number


def accounts(databases: Databases) -> list[tuple[object, ...]]:
    with databases.owner.connect() as connection:
        rows = connection.execute(
            text("select email, name, role, municipality from account order by id")
        ).all()
    return [tuple(row) for row in rows]


def test_somebody_from_entra_gets_the_role_of_their_group(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider, databases: Databases
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**ENTRA)

    answer = sign_in_by(visiting)

    assert (answer.status_code, answer.headers["location"]) == (303, "/workspace")
    assert accounts(databases) == [("karin@bollnas.example.se", "Karin Entra", "editor", "2183")]
    assert "Karin Entra" in visiting.get("/account").text


@pytest.mark.parametrize("kind", ["issuer", "lean"])
def test_somebody_from_keycloak_gets_the_role_of_their_realm_role(
    visiting: TestClient,
    now_app: FastAPI,
    provider: OpenIdProvider,
    databases: Databases,
    kind: str,
) -> None:
    a_provider(
        now_app, getattr(provider, kind), groups_claim="realm_access.roles", email_claim="email"
    )
    provider.person(**KEYCLOAK)

    answer = sign_in_by(visiting)

    assert answer.status_code == 303
    assert accounts(databases) == [
        ("karl@bollnas.example.se", "Karl Keycloak", "publisher", "2183")
    ]


def test_who_comes_back_is_known_by_issuer_and_subject_not_by_address(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider, databases: Databases
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**ENTRA)
    sign_in_by(visiting)

    provider.person(**{**ENTRA, "preferred_username": "karin.ny@bollnas.example.se"})
    again = sign_in_by(visiting)

    assert again.status_code == 303
    assert [row[0] for row in accounts(databases)] == ["karin@bollnas.example.se"]


def test_a_group_that_is_not_mapped_opens_nothing(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider, databases: Databases
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**{**ENTRA, "roles": ["Lunch"]})

    answer = sign_in_by(visiting)

    assert answer.status_code == 403
    assert "Din inloggning hos Bollnäs kommun ger ingen behörighet här." in answer.text
    assert accounts(databases) == []


def test_a_group_taken_away_takes_the_rights_and_the_sessions(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider, databases: Databases
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**{**ENTRA, "roles": ["SiteFinder.Redaktor", "SiteFinder.Projekt"]})
    sign_in_by(visiting)
    elsewhere = TestClient(now_app, base_url="http://127.0.0.1:8000")
    provider.person(**ENTRA)

    sign_in_by(elsewhere)

    assert accounts(databases)[0][2:] == ("editor", "2183")
    assert visiting.get("/account", follow_redirects=False).status_code == 303


def test_an_address_alone_does_not_open_an_account_that_is_there(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider, databases: Databases
) -> None:
    an_account(databases, "admin")
    a_provider(now_app, provider.issuer)
    provider.person(**{**ENTRA, "preferred_username": "admin.all@example.se"})

    answer = sign_in_by(visiting)

    assert answer.status_code == 403
    assert "ditt id där är pairwise-1" in answer.text


@pytest.mark.parametrize(
    ("domain", "verified", "status"),
    [("example.se", True, 303), ("example.se", False, 403), ("other.example", True, 403)],
)
def test_a_provider_is_trusted_for_its_own_domain_only(
    visiting: TestClient,
    now_app: FastAPI,
    provider: OpenIdProvider,
    databases: Databases,
    domain: str,
    verified: bool,
    status: int,
) -> None:
    an_account(databases, "editor")
    a_provider(now_app, provider.issuer, trusted_domain=domain)
    provider.person(
        **{**ENTRA, "preferred_username": "editor.2183@example.se", "email_verified": verified}
    )

    assert sign_in_by(visiting).status_code == status


def test_an_administrator_links_somebody_to_an_account(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider, databases: Databases
) -> None:
    email, _ = an_account(databases, "editor")
    number = a_provider(now_app, provider.issuer)
    with databases.writing(ADMIN) as session:
        identity_providers.link(session, number, "pairwise-1", email, system_clock())
    provider.person(**ENTRA)

    assert sign_in_by(visiting).status_code == 303
    assert len(accounts(databases)) == 1


def test_a_closed_account_stays_closed(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider, databases: Databases
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**ENTRA)
    sign_in_by(visiting)
    with databases.owner.begin() as connection:
        connection.execute(text("update account set active = false"))

    assert sign_in_by(visiting).status_code == 403


@pytest.mark.parametrize(
    "fault",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"aud": "somebody-else"},
        {"aud": ["sitefinder", "somebody-else"], "azp": "somebody-else"},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        {"alg": "none"},
    ],
)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(
    visiting: TestClient,
    now_app: FastAPI,
    provider: OpenIdProvider,
    databases: Databases,
    fault: dict[str, object],
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**ENTRA)
    provider.fault(**fault)

    answer = sign_in_by(visiting)

    assert answer.status_code == 403
    assert "kunde inte slutföras" in answer.text
    assert accounts(databases) == []


def left(client: TestClient) -> str:
    return str(client.get("/sign-in/provider/1", follow_redirects=False).headers["location"])


def back(client: TestClient, address: str) -> int:
    path = address.removeprefix("http://127.0.0.1:8000")
    return int(client.get(path, follow_redirects=False).status_code)


def test_another_state_is_refused(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**ENTRA)
    address = way_through(left(visiting))

    assert back(visiting, re.sub("state=[^&]+", "state=another", address)) == 403


def test_an_answer_is_of_no_use_in_another_browser_nor_twice(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**ENTRA)
    address = way_through(left(visiting))
    other = TestClient(now_app, base_url="http://127.0.0.1:8000")

    assert back(other, address) == 403
    assert back(visiting, address) == 303
    assert back(visiting, address) == 403


def test_an_answer_that_names_another_issuer_is_refused(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**ENTRA)
    address = way_through(left(visiting))

    assert back(visiting, re.sub("iss=[^&]+", "iss=https%3A%2F%2Fevil.example", address)) == 403


def test_the_way_there_asks_for_a_code_with_pkce_state_and_nonce(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider
) -> None:
    a_provider(now_app, provider.issuer)

    address = left(visiting)

    assert address.startswith(f"{provider.issuer}/auth?response_type=code&client_id=sitefinder")
    for part in ("code_challenge_method=S256", "code_challenge=", "state=", "nonce="):
        assert part in address
    assert CLIENT_SECRET not in address


def test_nobody_but_the_issuer_is_asked(provider: OpenIdProvider) -> None:
    one = identity_providers.IdentityProvider(
        1, "x", provider.issuer, "sitefinder", "", "roles", "email", "name", "", False, True
    )
    exchange = openid.Exchange(one, "", "http://127.0.0.1:8000/")

    with pytest.raises(openid.ProviderFailed, match="could not be completed"):
        exchange.ask("GET", provider.lean + "/jwks")


def test_a_provider_that_is_away_leaves_the_password(
    visiting: TestClient, now_app: FastAPI
) -> None:
    a_provider(now_app, "http://127.0.0.1:9")

    answer = visiting.get("/sign-in/provider/1", follow_redirects=False)

    assert answer.status_code == 502
    assert 'id="password"' in answer.text


def test_the_sign_in_page_offers_providers_that_are_in_use(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider
) -> None:
    a_provider(now_app, provider.issuer)
    a_provider(now_app, provider.lean, label="Gävle kommun", active="")

    shown = visiting.get("/en/sign-in?next=/workspace").text

    assert "Sign in with Bollnäs kommun" in shown
    assert "Gävle kommun" not in shown
    assert visiting.get("/sign-in/provider/2").status_code == 404


def test_the_reader_keeps_the_language_and_gets_where_they_were_going(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**ENTRA)

    assert sign_in_by(visiting, prefix="/en").headers["location"] == "/en/workspace"


def test_signing_out_leads_on_to_the_provider_s_own_sign_out(
    visiting: TestClient, now_app: FastAPI, provider: OpenIdProvider
) -> None:
    a_provider(now_app, provider.issuer)
    provider.person(**ENTRA)
    sign_in_by(visiting)
    proof = re.findall(r'name="csrf_token" value="(\w+)"', visiting.get("/account").text)[0]

    shown = visiting.post("/sign-out", data={"csrf_token": proof}).text

    assert f'href="{provider.issuer}/session/end?client_id=sitefinder' in shown
    assert visiting.get("/account", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(("asks", "status"), [("yes", 200), ("", 303)])
def test_a_provider_that_asks_for_a_second_factor_need_not_be_asked_again(
    settings: Settings,
    databases: Databases,
    provider: OpenIdProvider,
    asks: str,
    status: int,
) -> None:
    strict = create_app(
        settings.model_copy(
            update={"second_factor_roles": "editor", "public_url": "http://127.0.0.1:8000"}
        )
    )
    client = TestClient(strict, base_url="http://127.0.0.1:8000")
    a_provider(strict, provider.issuer, asks_second_factor=asks)
    provider.person(**ENTRA)
    sign_in_by(client)

    assert client.get("/account", follow_redirects=False).status_code == status
    strict.state.services.databases.dispose()


@pytest.mark.parametrize(
    ("issuer", "is_allowed"),
    [
        ("https://login.microsoftonline.com/0d54/v2.0", True),
        ("https://id.bollnas.se/realms/kommun", True),
        ("http://127.0.0.1:9000", True),
        ("http://id.bollnas.se", False),
        ("https://user@id.bollnas.se", False),
        ("file:///etc/passwd", False),
        ("http://169.254.169.254", False),
        ("", False),
    ],
)
def test_an_issuer_is_reached_over_https(issuer: str, is_allowed: bool) -> None:
    assert identity_providers.is_allowed_issuer(issuer) == is_allowed


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("roles", {"SiteFinder.Redaktor"}),
        ("realm_access.roles", set()),
        ("preferred_username", {"karin@bollnas.example.se"}),
        ("nothing.at.all", set()),
    ],
)
def test_claims_are_found_by_their_path(path: str, found: set[str]) -> None:
    assert values_at(ENTRA, path) == found


def test_the_client_secret_cannot_be_read_in_the_database(
    now_app: FastAPI, databases: Databases
) -> None:
    a_provider(now_app, "https://id.example.se")

    with databases.owner.connect() as connection:
        kept = connection.execute(text("select client_secret from identity_provider")).scalar_one()

    assert CLIENT_SECRET not in kept


@pytest.mark.parametrize("table", ["identity_provider", "claim_mapping", "external_identity"])
def test_only_sign_in_and_administrators_see_the_providers(
    now_app: FastAPI, databases: Databases, table: str
) -> None:
    a_provider(now_app, "https://id.example.se")

    for role in ("editor", "publisher", "project", "investor"):
        with databases.writing(an_actor(role)) as session:
            assert session.execute(text(f"select * from {table}")).all() == []


def test_a_group_is_mapped_once(now_app: FastAPI, databases: Databases) -> None:
    number = a_provider(now_app, "https://id.example.se")

    with databases.writing(ADMIN) as session, pytest.raises(Invalid):
        identity_providers.add_mapping(session, number, "SiteFinder.Projekt", "admin", "")
