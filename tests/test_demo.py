"""The example catalogue: believable, with a true history, and added once."""

import json
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from catalogue import municipalities, sites
from catalogue.accounts.accounts import check_password
from catalogue.checks import Subject, check
from catalogue.completeness import Count
from catalogue.database import Databases
from catalogue.fields import SITE
from catalogue.hours.hours import ProjectPlan
from catalogue.profile_sections import profile_counts
from catalogue.progress.demand import Days, demand
from catalogue.progress.progress import Span, progress
from catalogue.provenance import ShelfLife
from catalogue.publishing import lacking
from catalogue.questions import questions
from catalogue.questions.question_acceptance import changed_since
from catalogue.questions.question_subjects import subject_of
from catalogue.settings import Settings
from catalogue.site import Site, Status
from seed.demo import seed_demo
from tests.builders import RULES, TODAY, an_actor
from tests.conftest import sweep

MUNICIPALITIES = frozenset(
    {"Ockelbo", "Hofors", "Ovanåker", "Nordanstig", "Ljusdal", "Gävle", "Sandviken", "Söderhamn",
     "Bollnäs", "Hudiksvall"}
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(prepared: Databases, folder: Path) -> Iterator[Databases]:
    """The example catalogue, for reading only."""
    with Session(prepared.owner) as session, session.begin():
        seed_demo(session, "21", RULES, folder, lambda _: None)
    yield prepared
    sweep(prepared)


@pytest.fixture(scope="module")
def examples(demo: Databases) -> list[Site]:
    with Session(demo.owner) as session:
        return sites.of_municipality(session, None)


def asked(databases: Databases, statement: str) -> list[tuple[Any, ...]]:
    """Any: whatever the statement selects."""
    with databases.owner.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def counted(databases: Databases) -> list[tuple[Any, ...]]:
    """What would differ if anything had been added or changed."""
    return asked(
        databases,
        "select (select version from catalogue_state), (select count(*) from site_version), "
        "(select count(*) from municipality_version), (select count(*) from account), "
        "(select count(*) from access_token), (select count(*) from hours_entry), "
        "(select count(*) from question), (select count(*) from question_answer), "
        "(select count(*) from enquiry), (select count(*) from client_request), "
        "(select sum(searches) from search_use), (select sum(searches) from search_use_site), "
        "(select max(recorded_at) from site_version)",
    )


def test_seeding_twice_changes_nothing(demo: Databases, folder: Path) -> None:
    before = counted(demo)

    with Session(demo.owner) as session, session.begin():
        seed_demo(session, "21", RULES, folder, lambda _: None)

    assert counted(demo) == before


def test_every_part_of_progress_has_something_to_show(demo: Databases) -> None:
    office = an_actor("project")
    with demo.writing(office) as session:
        span = Span(TODAY, date(2024, 4, 22))
        found = progress(session, office, span, ProjectPlan(), ShelfLife())

    shown = {
        key: found.total.numbers[key] or 0
        for key in (
            "enquiries", "enquiries_answered", "enquiries_sector_data_centre", "rfi_open",
            "rfi_shortlisted", "rfi_won", "rfi_lost", "letters_open", "letters_answered",
            "questions_open", "hours", "sites_expected", "sites_available",
        )
    }  # fmt: skip
    assert {key for key, number in shown.items() if not number} == set()
    # Two went to two municipalities each, and count once.
    assert shown["enquiries"] == 12
    assert len(found.moves) >= 3


def test_visitors_have_searched_for_some_months(demo: Databases) -> None:
    with demo.writing(an_actor("project")) as session:
        found = demand(session, an_actor("project"), Days(date(2026, 8, 4), date(2026, 11, 1)))

    assert 500 < found.before < found.searches < 2_000
    assert {"power_mw_min", "area_gross_ha_min"} == {one.parameter for one in found.asked[:2]}
    assert {"power_mw_min", "detaljplan_status_min"} <= {one.parameter for one in found.dropouts}
    assert min(one.searches for one in found.asked) > 0


def test_no_example_breaks_a_rule(examples: list[Site]) -> None:
    faults = {site.reference: check(subject(site)).faults for site in examples}

    assert {reference: said for reference, said in faults.items() if said} == {}


def subject(site: Site) -> Subject:
    """The site as if all of it had just been entered."""
    keys = frozenset(site.values) | {"outline"}
    area_ha = site.outline.area / 10_000 if site.outline else None
    return Subject(site.values, site.provenance, keys, TODAY, MUNICIPALITIES, area_ha)


def test_no_listed_example_lacks_what_publishing_asks_for(examples: list[Site]) -> None:
    listed = [site for site in examples if site.published_at]

    assert [site.reference for site in listed if lacking(site)] == []


def test_the_examples_are_in_every_status_and_at_every_level(examples: list[Site]) -> None:
    statuses = Counter(site.status for site in examples)
    expected: dict[Status, int] = {
        "published": 30, "reserved": 3, "established": 2, "in_review": 3, "draft": 3,
        "withdrawn": 1,
    }  # fmt: skip

    assert statuses == expected
    assert {site.readiness.level for site in examples} == set(range(6))


def test_the_examples_say_known_unknown_and_not_applicable(examples: list[Site]) -> None:
    states = {behind.state for site in examples for behind in site.provenance.values()}

    assert states == {"known", "unknown", "not_applicable"}


def test_some_values_are_stale_and_most_are_not(examples: list[Site]) -> None:
    entered = [
        behind.is_stale(SITE[key], RULES.shelf_life, TODAY)
        for site in examples
        for key, behind in site.provenance.items()
        if not SITE[key].computed
    ]

    assert 0.05 < sum(entered) / len(entered) < 0.4


def test_no_example_speaks_of_the_future(examples: list[Site]) -> None:
    dates = [
        day
        for site in examples
        for behind in site.provenance.values()
        for day in (behind.as_of, behind.asked_on, behind.verified_on)
        if day
    ]

    assert max(dates) <= TODAY


def test_an_example_is_named_described_and_answered_for_in_both_languages(
    examples: list[Site],
) -> None:
    named = [site for site in examples if site.status != "draft"]
    keys = ("name_sv", "name_en", "contact_name", "description_sv", "description_en")

    assert [(site.reference, key) for site in named for key in keys if key not in site.values] == []
    lengths = [len(str(site.values[key])) for site in named for key in keys[3:]]
    assert min(lengths) >= 80
    assert max(lengths) <= 450


def test_a_substation_feeds_two_examples_that_both_say_their_power(examples: list[Site]) -> None:
    fed = Counter(
        site.values["substation"]
        for site in examples
        if "substation" in site.values and "power_timeline" in site.values
    )

    assert max(fed.values()) >= 2


def test_each_example_has_four_to_ten_versions_in_order_of_time(demo: Databases) -> None:
    rows = asked(
        demo,
        "select count(*), bool_and(later) from (select site_id, recorded_at > lag(recorded_at, 1, "
        "'2023-10-01') over (partition by site_id order by version) as later from site_version) as "
        "steps group by site_id",
    )

    assert {count for count, _ in rows} <= set(range(4, 11))
    assert all(in_order for _, in_order in rows)


def test_the_newest_version_is_the_site_as_the_trigger_would_have_kept_it(demo: Databases) -> None:
    differing = asked(
        demo,
        "select reference from site join site_version as kept on kept.site_id = site.id and "
        "kept.version = site.version where kept.state is distinct from "
        "jsonb_strip_nulls(to_jsonb(site) - 'outline') or kept.recorded_at <> site.updated_at",
    )

    assert differing == []


def test_there_was_little_at_the_baseline_and_much_more_now(demo: Databases) -> None:
    known_then = asked(
        demo,
        "select count(*), avg((state ->> 'completeness_pct')::int) from (select distinct on "
        "(site_id) state from site_version where recorded_at < '2024-04-23' order by site_id, "
        "version desc) as known",
    )
    now = asked(demo, "select avg(completeness_pct) from site")

    assert 5 <= known_then[0][0] <= 20
    assert known_then[0][1] + 30 < now[0][0]


def test_a_history_names_the_accounts_that_made_it(demo: Databases) -> None:
    strangers = asked(
        demo,
        "select distinct actor from site_version where actor not in (select email from account)",
    )

    assert strangers == []


def test_every_profile_is_filled_in_and_its_swot_kept_inside(demo: Databases) -> None:
    rows = asked(demo, "select profile from municipality_listing_registered")

    assert all('"grid_situation"' in profile for (profile,) in rows)
    assert not any("swot_" in profile for (profile,) in rows)


def test_a_municipality_puts_in_about_sixteen_hours_a_month(demo: Databases) -> None:
    rows = asked(
        demo, "select sum(hours) / 36 from hours_entry where month <= '2026-09-01' group by "
        "municipality"
    )  # fmt: skip

    assert len(rows) == 10
    assert all(10 < average < 20 for (average,) in rows)


def test_demo_sign_ins_work_and_only_their_owner_reads_the_file(
    demo: Databases, folder: Path
) -> None:
    file = folder / "logins.json"
    logins = json.loads(file.read_text("utf-8"))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Counter(login["role"] for login in logins) == {
        "editor": 10, "publisher": 10, "project": 1, "investor": 1, "admin": 1,
    }  # fmt: skip
    with Session(demo.owner) as session:
        actor = check_password(session, "redaktor.bollnas@example.se", logins_password(logins))
    assert (actor.role, actor.municipality) == ("editor", "2183")


def logins_password(logins: list[dict[str, str]]) -> str:
    return next(one["password"] for one in logins if one["email"].startswith("redaktor.bollnas"))


def test_lost_sign_ins_are_told_of_and_nothing_changes(demo: Databases, tmp_path: Path) -> None:
    before, heard = counted(demo), list[str]()

    with Session(demo.owner) as session, session.begin():
        seed_demo(session, "21", RULES, tmp_path, heard.append)

    assert counted(demo) == before
    assert "sitefinder user add" in heard[0]


def test_the_examples_begin_after_the_project(demo: Databases, settings: Settings) -> None:
    [(first,)] = asked(demo, "select min(recorded_at)::date from site_version")

    assert isinstance(first, date)
    assert first >= settings.project_start


def test_some_questions_wait_one_for_forty_days_some_are_late_and_some_answered(
    demo: Databases,
) -> None:
    with Session(demo.owner) as session:
        found = questions.chosen(session)

    days = {one.days_waited(TODAY) for one in found if one.stage == "open"}
    late = [one for one in found if one.is_overdue(RULES.now(), TODAY)]
    answered = [one for one in found if one.stage == "answered"]
    assert 40 in days
    assert late
    assert answered
    assert all(one.answers for one in answered)


def test_what_was_asked_is_what_the_examples_say_they_have_asked(demo: Databases) -> None:
    with Session(demo.owner) as session:
        strays = [
            (one.id, key)
            for one in questions.chosen(session)
            for key in one.keys
            if changed_since(one, subject_of(session, one), key)
        ]

    assert strays == []


def test_the_profiles_are_not_all_finished(demo: Databases) -> None:
    with Session(demo.owner) as session:
        shares = [
            sum(profile_counts(one.values, one.provenance).values(), Count()).percent
            for one in (
                municipalities.find(session, code) for code in municipalities.names(session)
            )
        ]

    assert min(shares) < 90
    assert len(set(shares)) > 3
