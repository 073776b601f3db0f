"""The workspace's first page: what to do next, the cards, own progress, and hours in one go."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from catalogue import municipalities, sites
from catalogue.changes import read_changes
from catalogue.database import Databases
from catalogue.fields import PROFILE
from catalogue.hours.hours import ProjectPlan
from catalogue.maps.thumbnails import HEIGHT, WIDTH, thumbnails
from catalogue.municipalities import Municipality
from catalogue.next_steps import NextStep, next_steps
from catalogue.profile_sections import profile_counts
from catalogue.search.demand import Demand
from catalogue.site import Site
from tests.builders import ADMIN, RULES, TODAY, a_site, an_actor
from tests.html_forms import form_of

SignIn = Callable[..., TestClient]


def steps_of(site: Site, **given: Any) -> dict[str, NextStep]:
    return {step.key: step for step in next_steps([site], RULES, **given)}


def describe(databases: Databases, **values: Any) -> Municipality:
    with databases.writing(ADMIN) as session:
        now = municipalities.find(session, "2183")
        changes = read_changes(values, PROFILE, today=TODAY, kept=frozenset())
        return municipalities.change_profile(
            session, ADMIN, "2183", changes, RULES, expected_version=now.version
        )


def test_the_only_thing_that_blocks_publishing_is_said_to_be_so(databases: Databases) -> None:
    one = steps_of(a_site(databases, status="draft", sewage_m3_day=None))
    two = steps_of(a_site(databases, status="draft", sewage_m3_day=None, rail_siding=None))

    assert one["sewage_m3_day"].unlocks == (
        "Sedan kan platsen publiceras",
        "Then the site can be published",
    )
    assert two["sewage_m3_day"].unlocks == (
        "Ett av 2 som saknas för att publicera",
        "One of 2 missing before publishing",
    )


def test_what_completes_a_level_comes_before_what_is_one_of_several(databases: Databases) -> None:
    near = a_site(
        databases, geotech="desk", drinking_water_m3_day={"value": 300, "basis": "utility_written"}
    )
    far = a_site(databases)

    first = next_steps([far, near], RULES)[0]

    assert (first.about, first.reason, first.unlocks) == (
        near,
        "readiness",
        ("Bara det här fattas", "Only this is missing"),
    )


def test_the_last_thing_before_publishing_comes_before_one_of_many_that_is_searched_for(
    databases: Databases,
) -> None:
    near = a_site(databases, status="draft", sewage_m3_day=None)
    far = a_site(databases, status="draft", sewage_m3_day=None, rail_siding=None)
    wanted = {(far.reference, "rail_siding"): Demand(alone=2)}

    first = next_steps([far, near], RULES, wanted=wanted)[0]

    assert (first.about, first.key) == (near, "sewage_m3_day")


def test_what_investors_search_for_comes_before_what_is_old(databases: Databases) -> None:
    site = a_site(databases, ownership={"value": "municipal", "as_of": "2024-01-01"})
    wanted = {
        (site.reference, "redundancy"): Demand(alone=2),
        (site.reference, "soil"): Demand(among=1),
    }

    steps = [
        one for one in next_steps([site], RULES, wanted=wanted) if one.reason in ("search", "stale")
    ]

    assert [one.key for one in steps] == ["redundancy", "soil", "ownership"]


def test_a_call_to_the_grid_owner_takes_longer_than_one_s_own_files(databases: Databases) -> None:
    steps = steps_of(a_site(databases, status="draft", power_now_mw=None, site_type=None))

    assert (steps["power_now_mw"].party, steps["power_now_mw"].minutes) == ("grid", 30)
    assert (steps["site_type"].party, steps["site_type"].minutes) == ("own", 5)


def test_the_profile_has_steps_of_its_own(databases: Databases) -> None:
    profile = describe(databases, population={"value": 26_000, "as_of": "2023-01-01"})

    steps = {one.key: one for one in next_steps([], RULES, profile=profile)}

    assert steps["population"].reason == "stale"
    assert (steps["grid_situation"].reason, steps["grid_situation"].party) == ("gap", "grid")
    assert "fast_track_description" not in steps


def test_a_profile_is_counted_like_a_site(databases: Databases) -> None:
    profile = describe(
        databases,
        tax_rate_pct=33.1,
        hotel_beds={"state": "unknown", "asked": "Turistbyrån", "asked_on": "2026-09-01"},
        swot_strengths=["Mark nära E4"],
        swot_date="2026-05-01",
    )

    counts = profile_counts(profile.values, profile.provenance)

    assert (counts["swot"].filled, counts["swot"].applicable) == (2, 5)
    assert (counts["living"].filled, counts["living"].asked) == (1, 1)


def test_the_list_is_kept_to_those_one_call_reaches(
    databases: Databases, signed_in: SignIn
) -> None:
    a_site(databases, status="draft", sewage_m3_day=None, power_now_mw=None)

    page = signed_in("editor").get("/workspace?who=water").text

    listed = page.split('class="todo-list"')[1].split("</ol>")[0]
    assert "sewage_m3_day" in listed
    assert "power_now_mw" not in listed


def test_a_card_shows_where_the_site_lies_and_what_it_waits_for(
    databases: Databases, signed_in: SignIn
) -> None:
    asked = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-09-01"}
    a_site(databases, outage_min_year=asked)

    card = signed_in("editor").get("/workspace").text.split('class="work-card"')[1]

    assert re.search(r'class="picture-outline" d="M ?[\d.]', card)
    assert "1 väntar på svar. Ellevio fick frågan" in card
    assert card.count("bar-track") >= 6


def test_a_card_says_by_name_who_changed_the_site(databases: Databases, signed_in: SignIn) -> None:
    editor = signed_in("editor")
    a_site(databases, actor=an_actor("editor"), status="draft")

    page = editor.get("/workspace").text

    assert "av Editor<" in page
    assert "editor.2183@example.se<" not in page.split('class="work-card"', 1)[1]


def test_pictures_of_all_sites_are_one_statement_and_fit_their_frame(databases: Databases) -> None:
    drawn = [a_site(databases).reference, a_site(databases).reference]

    with databases.writing(an_actor("editor")) as session:
        found = thumbnails(session, drawn)

    x, y = map(float, re.findall(r"-?[\d.]+", found[drawn[0]].outline)[:2])
    assert set(found) == set(drawn)
    assert 0 < x < WIDTH
    assert 0 < y < HEIGHT


def test_a_municipality_without_sites_is_told_how_to_begin(signed_in: SignIn) -> None:
    page = signed_in("editor").get("/workspace").text

    assert "Lägg till den första platsen" in page
    assert "Öppna profilen" in page


def test_half_an_hour_is_logged_where_the_work_was_done_and_taken_back(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases)
    client = signed_in("editor")
    path = f"/workspace/sites/{site.reference}?theme=power"
    form = form_of(client.get(path).text, path)
    saved = client.post(path, data=form | {"redundancy": ["n1"]}).text
    proposed = form_of(saved, "/workspace/hours")
    assert proposed["activity"] == ["grid_contact"]
    assert proposed["sites"] == [site.reference]

    logged = client.post("/workspace/hours", data=proposed | {"hours": "0.5"}).text

    assert "0,5 h är inskrivna på september 2026. Kontakt med nätägare." in logged
    undone = client.post("/workspace/hours/1/removal", data=form_of(logged, "/workspace/hours/1"))
    assert undone.url.path == f"/workspace/sites/{site.reference}"
    assert hours_of(databases) == [0.5, -0.5]


def test_hours_are_taken_back_once_however_often_it_is_asked(
    databases: Databases, signed_in: SignIn
) -> None:
    client = signed_in("editor")
    form = form_of(client.get("/workspace").text, "/workspace/hours") | {"hours": "2", "sites": ""}
    logged = client.post("/workspace/hours", data=form).text

    for _ in range(2):
        client.post("/workspace/hours/1/removal", data=form_of(logged, "/workspace/hours/1"))

    assert hours_of(databases) == [2, -2]


def test_hours_that_cannot_be_entered_are_shown_in_the_register_s_form(signed_in: SignIn) -> None:
    client = signed_in("editor")
    form = form_of(client.get("/workspace").text, "/workspace/hours")

    answer = client.post("/workspace/hours", data=form | {"hours": "0.3", "sites": ""})

    assert answer.status_code == 422
    assert "Hela eller halva timmar" in answer.text


@pytest.mark.parametrize("back", ["https://example.com/workspace", "//example.com", "/account"])
def test_logging_leads_to_the_workspace_and_nowhere_else(signed_in: SignIn, back: str) -> None:
    client = signed_in("editor")
    form = form_of(client.get("/workspace").text, "/workspace/hours")

    answer = client.post(
        "/workspace/hours",
        data=form | {"hours": "1", "sites": "", "back": back},
        follow_redirects=False,
    )

    assert answer.headers["location"] == "/workspace?logged=1"


def test_work_after_the_project_goes_to_its_last_month() -> None:
    plan = ProjectPlan()

    assert plan.last_begun(date(2026, 11, 2)) == date(2026, 9, 1)
    assert plan.last_begun(date(2024, 5, 17)) == date(2024, 5, 1)
    assert plan.last_begun(date(2023, 9, 30)) is None


def test_own_progress_is_compared_with_the_own_start(
    databases: Databases, signed_in: SignIn
) -> None:
    a_site(databases)
    a_site(databases, municipality="2180")

    page = signed_in("editor").get("/workspace").text

    figures = page.split('class="own-figures"')[1].split("</dl>")[0]
    assert "Platser med mognad 3 eller mer" in figures
    assert "Jämfört med er egen start 22" in page


def hours_of(databases: Databases) -> list[float]:
    with databases.owner.connect() as connection:
        return list(
            connection.exec_driver_sql("select hours from hours_entry order by id").scalars()
        )


def test_a_new_site_gets_its_contact_from_the_profile_or_from_the_account(
    databases: Databases, signed_in: SignIn
) -> None:
    client = signed_in("editor")
    form = form_of(client.get("/workspace/sites/new").text, "/workspace/sites/new")
    client.post("/workspace/sites/new", data=form | {"name_sv": "Konto"})
    describe(databases, contact_name="Vera Växel", contact_email="vera@example.se")
    client.post("/workspace/sites/new", data=form | {"name_sv": "Profil"})

    with databases.writing(ADMIN) as session:
        made = sites.of_municipality(session, "2183")

    assert [one.values["contact_name"] for one in made] == ["Editor", "Vera Växel"]


def test_a_draft_proposes_what_the_other_sites_say_and_keeps_nothing_until_saved(
    databases: Databases, signed_in: SignIn
) -> None:
    a_site(databases, bidding_area="SE2", grid_owner_regional="Ellevio")
    draft = a_site(databases, status="draft", bidding_area=None, grid_owner_regional=None)
    client, path = signed_in("editor"), f"/workspace/sites/{draft.reference}?theme=power"

    form = form_of(client.get(path).text, path)

    assert (form["bidding_area"], form["bidding_area-state"]) == (["SE2"], ["known"])
    assert form["grid_owner_regional"] == ["Ellevio"]
    client.post(path, data=form)
    with databases.writing(ADMIN) as session:
        saved = sites.find(session, draft.reference)
    assert saved.values["bidding_area"] == "SE2"
    assert saved.provenance["bidding_area"].basis == "municipality"


def test_a_field_that_others_know_leads_to_asking_them(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, status="draft", power_now_mw=None, site_type=None)

    page = signed_in("editor").get("/workspace").text

    ask = f'href="/workspace/sites/{site.reference}/questions/new?field='
    assert f'{ask}power_now_mw"' in page
    assert f'{ask}site_type"' not in page


def test_hours_are_proposed_when_the_profile_or_an_outline_is_saved(
    databases: Databases, signed_in: SignIn
) -> None:
    editor, site = signed_in("editor"), a_site(databases)
    profile = "/workspace/profile?theme=living&municipality=2183"
    saved = editor.post(
        profile,
        data={**form_of(editor.get(profile).text, "/workspace/profile"), "hotel_beds": ["120"]},
    ).text
    address = f"/workspace/sites/{site.reference}"
    outline = form_of(editor.get(f"{address}?theme=outline").text, f"{address}/outline")

    drawn = editor.post(
        f"{address}/outline",
        data={**outline, "outline-text": ["61.40 16.30\n61.40 16.31\n61.41 16.31\n61.41 16.30"]},
    ).text

    assert 'action="/workspace/hours"' in saved
    assert form_of(drawn, "/workspace/hours")["back"] == [f"{address}?theme=outline"]


def test_a_source_is_proposed_where_the_site_has_named_it_before(
    databases: Databases, signed_in: SignIn
) -> None:
    told = {"value": 12, "basis": "utility_written", "source": "Brev från Ellevio 3 maj"}
    site = a_site(databases, power_now_mw=told)

    page = signed_in("editor").get(f"/workspace/sites/{site.reference}?theme=water").text

    assert '<option value="Brev från Ellevio 3 maj">' in page
    assert 'id="sewage_m3_day-source"' in page
    assert 'list="list-sources"' in page
