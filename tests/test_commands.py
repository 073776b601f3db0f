"""The command line, run as an operator runs it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography.fernet import Fernet
from shapely import box
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from api.commands import app
from catalogue.accounts import tokens
from catalogue.accounts.accounts import check_password
from catalogue.accounts.sealing import Seal
from catalogue.database import Databases
from catalogue.settings import Settings
from seed.cluster import throwaway_cluster
from tests.builders import RULES, a_site, an_account
from tests.geodata_builders import geodata

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[16.2, 61.3], [16.5, 61.3], [16.5, 61.5], [16.2, 61.5], [16.2, 61.3]]],
}


@pytest.fixture
def installation(
    databases: Databases, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Databases:
    """The database as commands find it, with a data folder of its own."""
    monkeypatch.setenv("SITEFINDER_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SITEFINDER_DATA", str(tmp_path))
    return databases


@pytest.fixture
def protected_areas(databases: Databases) -> Iterator[None]:
    """The layer as it was, after the test."""
    yield
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("delete from layer_feature where kind = 'protected_area'")


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed)


def scalar(databases: Databases, statement: str) -> object:
    with databases.owner.connect() as connection:
        return connection.exec_driver_sql(statement).scalar()


def test_seed_fills_the_catalogue_and_says_where_the_sign_ins_are(
    installation: Databases, tmp_path: Path
) -> None:
    result = run("seed")

    assert result.exit_code == 0, result.output
    assert str(tmp_path / "logins.json") in result.output
    assert scalar(installation, "select count(*) from site") == 42


def test_seed_without_the_demo_adds_no_sites_and_no_accounts(
    installation: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITEFINDER_DEMO", "false")

    assert run("seed").exit_code == 0
    assert scalar(installation, "select count(*) from site") == 0
    assert scalar(installation, "select count(*) from account") == 0


def test_demo_adds_as_many_sites_as_asked_for(installation: Databases) -> None:
    result = run("demo", "--sites", "25", "--seed", "4")

    assert "25 sites in" in result.output
    assert scalar(installation, "select count(*) from site where is_example") == 25
    assert scalar(installation, "select has_examples from catalogue_state") is True


def test_rebuild_puts_back_what_the_listing_has_lost(installation: Databases) -> None:
    site = a_site(installation)
    with installation.owner.begin() as connection:
        connection.exec_driver_sql("delete from listing_public")

    result = run("rebuild")

    assert "1 sites" in result.output
    assert scalar(installation, "select reference from listing_public") == site.reference


def test_check_finds_a_fresh_installation_sound(installation: Databases) -> None:
    a_site(installation)

    result = run("check")

    assert result.exit_code == 0, result.output
    assert "WRONG" not in result.output


def test_check_finds_a_listing_that_has_fallen_behind(installation: Databases) -> None:
    a_site(installation)
    with installation.owner.begin() as connection:
        connection.exec_driver_sql("update listing_public set version = version + 1")

    result = run("check")

    assert result.exit_code == 1
    assert "run `sitefinder rebuild`" in result.output


def test_check_finds_a_key_that_is_not_the_one_that_sealed(
    installation: Databases, tmp_path: Path
) -> None:
    email, _ = an_account(installation, "editor")
    sealed = Seal(Fernet.generate_key().decode()).closed("hemligt", datetime.now(UTC))
    with installation.owner.begin() as connection:
        connection.exec_driver_sql(
            "insert into second_factor (account_id, secret, confirmed_at, last_step)"
            " select id, %s, now(), 0 from account where email = %s",
            (sealed, email),
        )

    result = run("check")

    assert result.exit_code == 1
    assert "does not open 1 of 1 secrets" in result.output
    assert not (tmp_path / "secret.key").exists()


def test_check_says_so_when_no_database_answers(
    installation: Databases, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SITEFINDER_DATABASE_URL", f"postgresql+psycopg://x@/x?host={tmp_path}")

    result = run("check")

    assert result.exit_code == 1
    assert "WRONG  Database" in result.output


def test_commands_find_the_database_that_is_served_from_the_data_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SITEFINDER_DATABASE_URL", "")
    monkeypatch.delenv("SITEFINDER_DATABASE_URL")
    with throwaway_cluster() as cluster:
        cluster.ensure_database("sitefinder")
        monkeypatch.setenv("SITEFINDER_DATA", str(cluster.folder.parent))

        made = run("migrate")
        listed = run("user", "list")

    assert (made.exit_code, listed.exit_code) == (0, 0), (made.output, listed.output)
    missed = run("user", "list")
    assert missed.exit_code == 1
    assert missed.output.startswith("The database does not answer.")


def test_a_new_user_signs_in_with_the_password_that_was_made(installation: Databases) -> None:
    result = run("user", "add", "Ny@Example.se", "--name", "Ny", "--role", "admin", "--generate")

    password = result.output.strip().rsplit(" ", 1)[1]
    with Session(installation.owner) as session:
        assert check_password(session, "ny@example.se", password).role == "admin"


def test_a_password_is_asked_for_twice_and_not_shown(installation: Databases) -> None:
    typed = "rätt häst batteri\nrätt häst batteri\n"

    result = run("user", "add", "ny@example.se", "--name", "Ny", "--role", "project", typed=typed)

    assert result.exit_code == 0, result.output
    assert "batteri" not in result.output


def test_a_refusal_is_one_line_and_not_a_stack(installation: Databases) -> None:
    result = run(
        "user", "add", "ny@example.se", "--name", "Ny", "--role", "editor", "--municipality",
        "0000", "--generate",
    )  # fmt: skip

    assert result.exit_code == 1
    assert "The municipality 0000 is not in the catalogue." in result.output


def test_users_are_listed_and_a_disabled_one_is_marked(installation: Databases) -> None:
    email, _ = an_account(installation, "investor")

    run("user", "disable", email)

    assert f"{email:<40} investor         disabled" in run("user", "list").output


def test_a_token_works_until_it_is_revoked(installation: Databases) -> None:
    email, _ = an_account(installation, "project")
    secret = run("token", "add", email, "--name", "QGIS").output.strip()

    with Session(installation.owner) as session:
        assert tokens.holder(session, secret, RULES.now())[0].email == email
    number = next(
        line for line in run("token", "list", email).output.splitlines() if "QGIS" in line
    )
    assert "Revoked" in run("token", "revoke", number.split()[0]).output
    assert "revoked" in run("token", "list", email).output


def test_revoking_a_token_twice_is_refused(installation: Databases) -> None:
    result = run("token", "revoke", "9999")

    assert result.exit_code == 1
    assert "There is no token 9999." in result.output


@pytest.mark.usefixtures("protected_areas")
def test_a_layer_is_replaced_by_a_file(installation: Databases, tmp_path: Path) -> None:
    file = tmp_path / "skydd.geojson"
    file.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "properties": {"NAMN": "Hedmyren", "klass": "NR"},
                     "geometry": SQUARE}
                ],
            }
        )
    )  # fmt: skip

    result = run("layers", "import", str(file), "--kind", "protected_area")

    assert result.exit_code == 0, result.output
    assert "1 features in protected_area; 0 sites measured differently." in result.output
    assert scalar(
        installation,
        "select name || ' ' || (properties ->> 'klass') || ' ' || round(st_area(shape) / 1e6) "
        "from layer_feature where kind = 'protected_area'",
    ) == "Hedmyren NR 357"  # fmt: skip


def test_a_file_that_is_no_geodata_is_refused(installation: Databases, tmp_path: Path) -> None:
    file = tmp_path / "lager.geojson"
    file.write_text("inte en karta")

    result = run("layers", "import", str(file), "--kind", "port")

    assert result.exit_code == 1
    assert "cannot be read as geodata" in result.output


def test_a_file_of_another_kind_is_refused(installation: Databases, tmp_path: Path) -> None:
    file = tmp_path / "lager.vrt"
    file.write_text("<OGRVRTDataSource/>")

    assert (
        "cannot be read as geodata" in run("layers", "import", str(file), "--kind", "port").output
    )


@pytest.mark.usefixtures("protected_areas")
def test_a_shapefile_is_a_layer_with_what_lies_beside_it(
    installation: Databases, tmp_path: Path
) -> None:
    with ZipFile(BytesIO(geodata(".zip", [box(574_000, 6_802_000, 575_000, 6_803_000)]))) as packed:
        packed.extractall(tmp_path)

    result = run("layers", "import", str(tmp_path / "omraden.shp"), "--kind", "protected_area")

    assert "1 features in protected_area" in result.output
