"""What was known when: each version with its differences, compared, shown again and restored."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from starlette.testclient import TestClient

from catalogue import municipalities, sites
from catalogue.changes import read_changes
from catalogue.database import Actor, Databases
from catalogue.fields import PROFILE, SITE
from catalogue.municipalities import Municipality
from catalogue.site import Site
from geo.outline_changes import outline_change
from geo.outlines import read_outline
from tests.builders import ADMIN, RULES, a_site, an_actor, known_since, square
from tests.html_forms import open_form

SignIn = Callable[..., TestClient]
WithToken = Callable[..., TestClient]
EDITOR = an_actor("editor")
WRITTEN = {"value": 15, "basis": "utility_written", "as_of": "2026-10-03", "source": "Ellevio"}


def changed(databases: Databases, site: Site, actor: Actor = EDITOR, **values: object) -> Site:
    changes = read_changes(values, SITE, today=RULES.today, kept=frozenset())
    with databases.writing(actor) as session:
        return sites.change(
            session, actor, site.reference, changes, RULES, expected_version=site.version
        ).site


def now(databases: Databases, site: Site) -> Site:
    with databases.writing(ADMIN) as session:
        return sites.find(session, site.reference)


def restored(client: TestClient, site: Site, number: int, **typed: str | list[str]) -> str:
    """The answer's text after everything, or what is typed, is restored from that version."""
    address = f"/workspace/sites/{site.reference}"
    compare = f"{address}/history/compare?old={number}&new={site.version}"
    texts = open_form(client, compare, f"{address}/restorations") | {"reason": ["Fel siffra"]}
    if "keys" not in typed:
        texts["whole"] = ["yes"]
    texts |= {name: text if isinstance(text, list) else [text] for name, text in typed.items()}
    return str(client.post(f"{address}/restorations", data=texts).text)


def test_a_version_tells_each_value_before_and_after_with_its_source(
    databases: Databases, signed_in: SignIn
) -> None:
    client = signed_in("editor")
    site = changed(databases, a_site(databases, power_now_mw=10), power_now_mw=WRITTEN)

    page = client.get(f"/workspace/sites/{site.reference}/history").text

    newest = page.split('id="version-3"')[1].split('id="version-2"')[0]
    assert "10\N{NO-BREAK SPACE}MW" in newest
    assert "15\N{NO-BREAK SPACE}MW" in newest
    assert "Ellevio, skriftligt" in newest
    assert "Verifierad" in newest


def test_a_version_is_signed_with_the_name_of_the_person(
    databases: Databases, signed_in: SignIn
) -> None:
    client = signed_in("editor")
    site = changed(databases, a_site(databases), redundancy="n1")

    page = client.get(f"/workspace/sites/{site.reference}/history").text

    assert "· Editor" in page
    assert "editor.2183@example.se" not in page.split("<main")[1]


def test_a_change_of_outline_says_how_much_came_and_went() -> None:
    left, right = (
        read_outline({"type": "Polygon", "coordinates": [[[e, 6_800_000], [e + 1000, 6_800_000],
        [e + 1000, 6_801_000], [e, 6_801_000], [e, 6_800_000]]],
        "crs": {"type": "name", "properties": {"name": "EPSG:3006"}}}).shape
        for e in (600_000, 600_250)
    )  # fmt: skip

    change = outline_change(left, right)

    assert change is not None
    assert (round(change.old_ha), round(change.added_ha), round(change.removed_ha)) == (100, 25, 25)


def test_two_outlines_are_compared_on_a_map(databases: Databases, signed_in: SignIn) -> None:
    site = changed(databases, a_site(databases), outline=square(16.31))

    page = (
        signed_in("editor")
        .get(f"/workspace/sites/{site.reference}/history/compare?old=3&new=2")
        .text
    )

    assert "map-outline-before" in page
    assert "har kommit till" in page


def test_the_history_is_turned_page_by_page(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)
    for megawatts in range(11, 32):
        site = changed(databases, site, power_now_mw=megawatts)
    client = signed_in("editor")

    first = client.get(f"/workspace/sites/{site.reference}/history").text
    second = client.get(f"/workspace/sites/{site.reference}/history?page=2").text

    assert first.count('class="version"') == 20
    assert second.count('class="version"') == 3
    assert 'rel="prev"' in second


def test_the_whole_site_is_shown_as_it_was_on_a_day(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, power_now_mw=10)
    known_since(databases, datetime(2026, 5, 1, 10, tzinfo=UTC))
    changed(databases, site, power_now_mw=WRITTEN)

    page = signed_in("editor").get(f"/workspace/sites/{site.reference}/history?as_of=2026-05-02")

    assert "Platsen som den var den 2 maj 2026" in page.text
    assert "10\N{NO-BREAK SPACE}MW" in page.text
    assert "15\N{NO-BREAK SPACE}MW" not in page.text


def test_before_it_was_made_the_site_was_not_there(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)
    client = signed_in("editor")

    answer = client.get(f"/workspace/sites/{site.reference}/history?as_of=2020-01-01")

    assert answer.status_code == 404


def test_a_draft_without_outline_can_be_shown_as_it_was(
    databases: Databases, signed_in: SignIn
) -> None:
    with databases.writing(EDITOR) as session:
        changes = read_changes({"name_sv": "Tom"}, SITE, today=RULES.today, kept=frozenset())
        site = sites.create(session, EDITOR, "2183", changes, RULES).site

    answer = signed_in("editor").get(f"/workspace/sites/{site.reference}/history?version=1")

    assert "Platsen som den var i version 1" in answer.text


def test_the_project_reads_the_history_and_restores_nothing(
    databases: Databases, signed_in: SignIn
) -> None:
    site = changed(databases, a_site(databases), power_now_mw=WRITTEN)
    client = signed_in("project", None)
    address = f"/workspace/sites/{site.reference}"

    compared = client.get(f"{address}/history/compare?old=2&new=3")

    assert compared.status_code == 200
    assert "/restorations" not in compared.text


def test_a_restored_version_is_a_new_one_with_its_reason(
    databases: Databases, signed_in: SignIn
) -> None:
    before = a_site(databases, power_now_mw=10)
    site = changed(databases, before, power_now_mw=WRITTEN, outline=square(16.31))

    page = restored(signed_in("editor"), site, before.version)

    after = now(databases, site)
    assert (after.version, after.status, after.values) == (4, "published", before.values)
    assert after.outline == before.outline
    assert "Återställt från version 2: Fel siffra" in page


def test_a_restored_value_has_its_source_and_its_witness_again(
    databases: Databases, signed_in: SignIn
) -> None:
    before = a_site(databases, power_now_mw=WRITTEN)
    site = changed(databases, before, power_now_mw=99)

    restored(signed_in("publisher"), site, before.version)

    assert now(databases, site).provenance["power_now_mw"] == before.provenance["power_now_mw"]


def test_one_field_is_restored_and_the_others_stay(databases: Databases, signed_in: SignIn) -> None:
    before = a_site(databases, power_now_mw=10)
    site = changed(databases, before, power_now_mw=15, redundancy="n1", outage_min_year=60)

    restored(signed_in("editor"), site, before.version, keys=["power_now_mw"])

    values = now(databases, site).values
    assert (values["power_now_mw"], values["redundancy"], values["outage_min_year"]) == (
        10, "n1", 60,
    )  # fmt: skip


def test_what_breaks_a_rule_is_not_restored_either(databases: Databases, signed_in: SignIn) -> None:
    draft = a_site(databases, status="draft", sewage_m3_day=None)
    filled = changed(databases, draft, sewage_m3_day=300)
    with databases.writing(ADMIN) as session:
        site = sites.move(session, ADMIN, filled.reference, "published", RULES).site

    page = restored(signed_in("editor"), site, draft.version, keys=["sewage_m3_day"])

    assert "saknas. Fyll i" in page
    assert now(databases, site).values["sewage_m3_day"] == 300


def test_a_restoration_needs_a_reason(databases: Databases, signed_in: SignIn) -> None:
    before = a_site(databases, power_now_mw=10)
    site = changed(databases, before, power_now_mw=15)

    page = restored(signed_in("editor"), site, before.version, reason=" ")

    assert "Skriv varför du återställer" in page
    assert now(databases, site).version == site.version


def test_a_restoration_on_top_of_somebody_elses_save_is_refused(
    databases: Databases, with_token: WithToken
) -> None:
    before = a_site(databases, power_now_mw=10)
    site = changed(databases, before, power_now_mw=15)
    asked = {"version": 2, "reason": "Fel siffra"}

    answer = with_token("editor").post(
        f"/api/v1/sites/{site.reference}/restorations", json=asked, headers={"If-Match": '"2"'}
    )

    assert answer.status_code == 412


def test_a_program_restores_and_reads_what_differs(
    databases: Databases, with_token: WithToken
) -> None:
    before = a_site(databases, power_now_mw=10)
    site = changed(databases, before, power_now_mw=WRITTEN)
    client = with_token("editor")
    address = f"/api/v1/sites/{site.reference}"

    answer = client.post(
        f"{address}/restorations",
        json={"version": 2, "reason": "Fel siffra", "keys": ["power_now_mw"]},
        headers={"If-Match": f'"{site.version}"'},
    )
    newest = client.get(f"{address}/history").json()["versions"][0]

    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == '"4-full"'
    assert newest["actor_name"] == "Editor"
    [difference] = newest["differences"]
    assert (difference["old"]["value"], difference["old"]["source"]) == (15, "Ellevio")
    assert (difference["new"]["value"], difference["new"]["basis"]) == (10, "municipality")


@pytest.mark.parametrize(
    ("asked", "status", "pointer"),
    [
        ({"version": 9, "reason": "x"}, 404, None),
        ({"version": "2", "reason": "x"}, 422, "/version"),
        ({"version": 2}, 422, "/reason"),
        ({"version": 2, "reason": "x", "keys": ["tomten"]}, 422, "/tomten"),
        ({"version": 2, "reason": "x", "status": "draft"}, 422, "/status"),
        ({"version": 2, "reason": "x"}, 409, None),
    ],
)
def test_a_bad_restoration_is_refused_with_what_is_wrong(
    databases: Databases, with_token: WithToken, asked: dict[str, object], status: int,
    pointer: str | None,
) -> None:  # fmt: skip
    site = a_site(databases)

    answer = with_token("editor").post(
        f"/api/v1/sites/{site.reference}/restorations",
        json=asked,
        headers={"If-Match": f'"{site.version}"'},
    )

    assert answer.status_code == status, answer.text
    assert [one["pointer"] for one in answer.json().get("errors", [])] == (
        [pointer] if pointer else []
    )


def change_profile(databases: Databases, **values: object) -> None:
    changes = read_changes(values, PROFILE, today=RULES.today, kept=frozenset())
    with databases.writing(EDITOR) as session:
        version = municipalities.find(session, "2183").version
        municipalities.change_profile(
            session, EDITOR, "2183", changes, RULES, expected_version=version
        )


def profile(databases: Databases) -> Municipality:
    with databases.writing(EDITOR) as session:
        return municipalities.find(session, "2183")


def test_a_profile_is_restored_to_what_stood_there_before_its_first_change(
    databases: Databases, signed_in: SignIn
) -> None:
    before = profile(databases)
    change_profile(databases, unemployment_pct=3.2, hotel_beds=None)
    client = signed_in("editor")
    compare = f"/workspace/profile/history/compare?old={before.version}&new={before.version + 1}"
    texts = open_form(client, compare, "/workspace/profile/restorations")

    client.post(
        "/workspace/profile/restorations", data=texts | {"reason": ["Fel år"], "whole": ["yes"]}
    )

    after = profile(databases)
    assert (after.values, after.provenance) == (before.values, before.provenance)
    assert "Fel år" in client.get("/workspace/profile/history").text


def execute(databases: Databases, statement: str) -> None:
    with databases.owner.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "update site_version set reason = 'x'",
        "delete from site_version",
        "truncate site_version",
        "update municipality_version set reason = 'x'",
        "delete from municipality_version",
        "delete from site",
        "delete from municipality",
        "alter table site_version disable trigger keep",
        "drop table site_version",
    ],
)
def test_an_administrator_makes_nothing_forgotten(databases: Databases, statement: str) -> None:
    a_site(databases)
    change_profile(databases, unemployment_pct=7.4)

    with (
        pytest.raises(ProgrammingError, match="InsufficientPrivilege"),
        databases.writing(ADMIN) as session,
    ):
        session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "update site_version set reason = 'x'",
        "delete from site_version",
        "delete from municipality_version",
        "delete from site",
    ],
)
def test_not_even_the_owner_of_the_database_forgets_by_mistake(
    databases: Databases, statement: str
) -> None:
    a_site(databases)
    change_profile(databases, unemployment_pct=7.4)

    with pytest.raises(ProgrammingError, match="what was known is kept"):
        execute(databases, statement)


@pytest.mark.parametrize("method", ["delete", "put"])
def test_there_is_no_way_to_delete_a_site(
    databases: Databases, with_token: WithToken, method: str
) -> None:
    site = a_site(databases)

    answer = with_token("admin", None).request(method, f"/api/v1/sites/{site.reference}")

    assert answer.status_code == 405
