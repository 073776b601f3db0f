"""Example sites by the thousand: sound, repeatable, and listed as single sites are."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from catalogue import sites
from catalogue.checks import Subject, check
from catalogue.database import Databases
from catalogue.settings import Settings
from catalogue.site import Site
from seed.bulk import MakerFailed, add_sites, add_sites_side_by_side
from seed.demo import seed_demo
from tests.builders import RULES, TODAY, a_site
from tests.conftest import sweep

LISTINGS = ("listing_public", "listing_registered")
MUNICIPALITIES = frozenset(
    {"Ockelbo", "Hofors", "Ovanåker", "Nordanstig", "Ljusdal", "Gävle", "Sandviken", "Söderhamn",
     "Bollnäs", "Hudiksvall"}
)  # fmt: skip


def asked(databases: Databases, statement: str) -> list[tuple[Any, ...]]:
    """Any: whatever the statement selects."""
    with databases.owner.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def subject(site: Site) -> Subject:
    """The site as if all of it had just been entered."""
    keys = frozenset(site.values) | {"outline"}
    area_ha = site.outline.area / 10_000 if site.outline else None
    return Subject(site.values, site.provenance, keys, TODAY, MUNICIPALITIES, area_ha)


def in_bulk(databases: Databases, count: int, seed: int) -> None:
    with Session(databases.owner) as session, session.begin():
        add_sites(session, count, seed, RULES, lambda _: None)


def the_listings(databases: Databases) -> list[list[tuple[Any, ...]]]:
    """Any: columns differ in type."""
    return [asked(databases, f"select * from {name} order by reference") for name in LISTINGS]


def test_bulk_sites_are_the_same_for_the_same_number_and_seed(databases: Databases) -> None:
    in_bulk(databases, 30, 7)
    first = the_listings(databases)
    sweep(databases)
    in_bulk(databases, 30, 7)

    assert the_listings(databases) == first


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_sites_made_side_by_side_are_those_made_one_after_another(
    databases: Databases, settings: Settings
) -> None:
    in_bulk(databases, 30, 5)
    first = the_listings(databases)
    sweep(databases)
    heard: list[int] = []
    add_sites_side_by_side(settings, 30, 5, RULES, heard.append)

    assert the_listings(databases) == first
    assert heard[-1] == 30
    assert asked(databases, "select count(*), max(version) from site_version") == [(30, 1)]


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_no_site_is_kept_where_one_of_those_who_make_them_fails(
    databases: Databases, settings: Settings
) -> None:
    taken = a_site(databases, municipality="2184")
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("update municipality set last_site_number = 0")
    with pytest.raises(MakerFailed):
        add_sites_side_by_side(settings, 30, 5, RULES, lambda _: None)

    assert asked(databases, "select reference from site") == [(taken.reference,)]
    assert asked(databases, "select reference from listing_public") == [(taken.reference,)]


def test_bulk_sites_break_no_rule(databases: Databases) -> None:
    in_bulk(databases, 60, 3)

    with Session(databases.owner) as session:
        found = sites.of_municipality(session, None)
    assert len(found) == 60
    assert [check(subject(site)).faults for site in found if check(subject(site)).faults] == []


def test_bulk_sites_lie_in_their_municipality(databases: Databases) -> None:
    in_bulk(databases, 60, 3)

    astray = asked(
        databases,
        "select reference from site join municipality on code = municipality where not "
        "st_covers(municipality.outline, site.outline)",
    )
    assert astray == []


def test_a_bulk_site_has_a_version_like_any_other(databases: Databases) -> None:
    in_bulk(databases, 25, 1)

    rows = asked(
        databases,
        "select changed, version, kept.state::text = jsonb_strip_nulls(to_jsonb(site) - 'outline')"
        "::text, kept.outline = site.outline, recorded_at = updated_at, actor = updated_by from "
        "site join site_version as kept using (version) where kept.site_id = site.id",
    )
    assert rows == [(["created"], 1, True, True, True, True)] * 25


def test_rebuilding_gives_the_listings_that_writing_gave(databases: Databases) -> None:
    in_bulk(databases, 40, 2)
    a_site(databases, name_sv='Snedstreck \\ och "citat"', outline_precision="generalised")
    a_site(databases, power_now_mw={"value": 10, "visibility": "registered"})
    written = the_listings(databases)

    with Session(databases.owner) as session, session.begin():
        sites.rebuild(session, RULES)

    assert the_listings(databases) == written


def test_another_county_gets_bulk_sites_and_a_few_accounts(
    databases: Databases, tmp_path: Path
) -> None:
    with Session(databases.owner) as session, session.begin():
        seed_demo(session, "03", RULES, tmp_path, lambda _: None)

    assert asked(databases, "select count(*), bool_and(is_example) from site") == [(10, True)]
    assert asked(databases, "select count(*) from account") == [(9,)]
