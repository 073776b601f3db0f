"""What readers look for, kept by each for themselves, and counted for the municipalities."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.database import AccountRole, Actor, Databases
from catalogue.search import saved_searches
from catalogue.search.demand import Demand, FieldDemand, demand
from catalogue.search.saved_searches import read_query
from catalogue.site import Site
from tests.builders import RULES, a_site, an_account, an_actor
from tests.html_forms import form_of

SignIn = Callable[..., TestClient]
WithToken = Callable[..., TestClient]
LARGE = "area_gross_ha_min=50"


def a_reader(databases: Databases, role: AccountRole = "investor") -> Actor:
    email, _ = an_account(databases, role)
    with databases.owner.connect() as connection:
        number = connection.exec_driver_sql(
            "select id from account where email = %s", (email,)
        ).scalar_one()
    actor = an_actor(role)
    return Actor(number, actor.name, actor.email, actor.role, actor.municipality)


def searching(databases: Databases, *queries: str) -> None:
    reader = a_reader(databases)
    with databases.writing(reader) as session:
        for query in queries:
            saved_searches.save(session, reader, "Sökning", read_query(query, {}))


def wanted_of(databases: Databases, *found: Site) -> FieldDemand:
    with databases.writing(an_actor("editor")) as session:
        return demand(session, found, {"2183": "Bollnäs"}, RULES.shelf_life)


def test_a_search_is_saved_from_the_first_page_and_opened_again(signed_in: SignIn) -> None:
    client = signed_in("investor")
    link = client.get(f"/?{LARGE}").text.split('class="search-save" href="')[1].split('"')[0]
    form = form_of(client.get(link.replace("&amp;", "&")).text, "/account/searches")

    kept = client.post("/account/searches", data=form | {"name": ["Stora ytor"]}).text

    assert "Stora ytor" in kept
    opened = client.get("/account/searches/1", follow_redirects=False)
    assert opened.headers["location"] == f"/?{LARGE}"


def test_a_visitor_is_not_offered_to_save(client: TestClient) -> None:
    assert "search-save" not in client.get(f"/?{LARGE}").text


def test_a_search_gets_another_name_and_is_removed(signed_in: SignIn) -> None:
    client = signed_in("investor")
    shown = client.get(f"/account/searches?save={LARGE}".replace("min=", "min%3D"))
    token = form_of(shown.text, "/account/searches")["csrf_token"]
    client.post("/account/searches", data={"csrf_token": token, "name": "A", "query": LARGE})

    renamed = client.post("/account/searches/1", data={"csrf_token": token, "name": "Ny skylt"})
    assert "Ny skylt" in renamed.text

    gone = client.post("/account/searches/1/removal", data={"csrf_token": token})
    assert "Ny skylt" not in gone.text


def test_a_search_without_a_name_is_shown_again(signed_in: SignIn) -> None:
    client = signed_in("investor")
    token = form_of(client.get("/account/searches?save=text%3Dx").text, "/account")["csrf_token"]

    sent = {"csrf_token": token, "name": " ", "query": LARGE}
    answer = client.post("/account/searches", data=sent)

    assert answer.status_code == 422
    assert "Ett namn" in answer.text


def test_a_program_keeps_and_drops_searches(with_token: WithToken) -> None:
    client = with_token("investor")
    sent = {"name": "Batterifabrik", "query": "power_mw_min=100&area_gross_ha_min=50"}

    made = client.post("/api/v1/saved-searches", json=sent)

    assert made.status_code == 201
    assert made.json()["query"] == "area_gross_ha_min=50&power_mw_min=100"
    assert client.patch(made.headers["location"], json={"name": "B"}).json()["name"] == "B"
    assert client.delete(made.headers["location"]).status_code == 204
    assert client.get("/api/v1/saved-searches").json() == {"searches": []}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"name": "x", "query": "no_such=1"}, 400),
        ({"name": "x", "query": ""}, 422),
        ({"name": "", "query": LARGE}, 422),
        ({"name": "x"}, 422),
        ({"name": "x", "query": LARGE, "more": 1}, 422),
    ],
)
def test_a_bad_search_is_refused(
    with_token: WithToken, sent: dict[str, object], status: int
) -> None:
    assert with_token("investor").post("/api/v1/saved-searches", json=sent).status_code == status


def test_a_stranger_has_no_searches(client: TestClient) -> None:
    assert client.get("/api/v1/saved-searches").status_code == 401
    assert client.delete("/api/v1/saved-searches/1").status_code == 401


def test_the_same_search_saved_twice_is_one_with_the_later_name(databases: Databases) -> None:
    reader = a_reader(databases)

    with databases.writing(reader) as session:
        for name in ("Först", "Sedan"):
            saved_searches.save(session, reader, name, read_query(LARGE, {}))
        kept = saved_searches.own(session)

    assert [one.name for one in kept] == ["Sedan"]


def test_a_field_counts_for_the_searches_that_wait_for_it_alone(databases: Databases) -> None:
    draft = a_site(databases, status="draft", sewage_m3_day=None, drinking_water_m3_day=None)
    searching(
        databases,
        "sewage_m3_day_min=200",
        "sewage_m3_day_min=100&area_gross_ha_min=50",
        "sewage_m3_day_min=100&drinking_water_m3_day_min=100",
    )

    found = wanted_of(databases, draft)

    assert found[draft.reference, "sewage_m3_day"] == Demand(alone=2, among=1)
    assert found[draft.reference, "drinking_water_m3_day"] == Demand(alone=0, among=1)


def test_a_search_that_the_site_fails_or_meets_counts_for_nothing(databases: Databases) -> None:
    site = a_site(databases, sewage_m3_day=None, status="draft")
    searching(databases, "sewage_m3_day_min=9&area_gross_ha_min=500", LARGE)

    assert wanted_of(databases, site) == {}


def test_power_by_a_year_is_counted_at_its_timeline(databases: Databases) -> None:
    site = a_site(databases, status="draft", power_timeline=None, power_now_mw=10)
    searching(databases, "power_mw_min=100&power_year=2030")

    assert wanted_of(databases, site)[site.reference, "power_timeline"].alone == 1


def test_a_search_for_written_values_counts_where_the_value_is_only_said(
    databases: Databases,
) -> None:
    site = a_site(databases, sewage_m3_day={"value": 300, "basis": "estimate"})
    searching(databases, "sewage_m3_day_min=200&basis_min=utility_written")

    assert wanted_of(databases, site)[site.reference, "sewage_m3_day"].alone == 1


def test_what_is_worked_out_from_the_outline_is_counted_there(databases: Databases) -> None:
    site = a_site(databases, status="draft")
    with databases.owner.begin() as connection:
        connection.exec_driver_sql("update site set outline = null, distance_rail_km = null")
    searching(databases, "distance_rail_km_max=10")
    with databases.writing(an_actor("editor")) as session:
        drawn = sites.find(session, site.reference)

    assert wanted_of(databases, drawn)[site.reference, "outline"].alone == 1


def test_an_investor_learns_nothing_of_what_others_search(databases: Databases) -> None:
    site = a_site(databases, sewage_m3_day=None, status="draft")
    searching(databases, "sewage_m3_day_min=200")

    with databases.writing(an_actor("investor")) as session:
        assert demand(session, [site], {}, RULES.shelf_life) == {}
