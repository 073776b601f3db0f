"""The first page: filter, list and counts, with and without script."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.search.filters import PARAMETERS
from tests.builders import a_site

NBSP = "\N{NO-BREAK SPACE}"
UNKNOWN = {"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-03-12"}
WRITTEN = {"basis": "utility_written", "as_of": "2026-10-03", "source": "Ellevio"}


def words(html: str) -> str:
    """A page's text on one line, without its scripts."""
    bare = re.sub(r"<(script|template)\b.*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare))).replace(NBSP, " ")


def on_one_line(html: str) -> str:
    return re.sub(r"\s+", " ", html)


def shown(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, words(answer.text)
    page: str = answer.text
    return page


def named(html: str) -> list[str]:
    """The references of the cards, in order."""
    return re.findall(r'<article[^>]*data-reference="([^"]+)"', html)


def test_the_first_page_lists_the_sites(databases: Databases, client: TestClient) -> None:
    site = a_site(databases, name_sv="Norra fältet")

    page = shown(client, "/")

    assert named(page) == [site.reference]
    assert "Norra fältet" in page
    assert f'href="/sites/{site.reference}"' in page
    assert "1 plats" in words(page)


def test_the_count_says_how_many_meet_may_fit_and_fail(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, sewage_m3_day=600)
    a_site(databases, sewage_m3_day=UNKNOWN)
    a_site(databases, sewage_m3_day=10)

    assert "1 passar 1 kan passa 1 faller bort" in words(shown(client, "/?sewage_m3_day_min=500"))
    assert "1 meets 1 may fit 1 fails" in words(shown(client, "/en/?sewage_m3_day_min=500"))


def test_a_site_that_may_fit_stands_after_with_its_reason(
    databases: Databases, client: TestClient
) -> None:
    unknown = a_site(databases, sewage_m3_day=UNKNOWN).reference
    enough = a_site(databases, sewage_m3_day=600).reference

    page = shown(client, "/?sewage_m3_day_min=500")

    assert named(page) == [enough, unknown]
    assert "Avlopp: okänt – Helsinge Vatten tillfrågad 12 mars 2026 (väntat" in words(page)


def test_a_popup_asks_why_a_site_only_may_fit(databases: Databases, client: TestClient) -> None:
    site = a_site(databases, sewage_m3_day=UNKNOWN)

    answer = client.get(f"/en/search/reasons/{site.reference}?sewage_m3_day_min=500")

    assert "Sewage: unknown – Helsinge Vatten asked 12 Mar 2026" in answer.text.replace(NBSP, " ")


def test_a_value_nobody_gave_is_the_reason_too(databases: Databases, client: TestClient) -> None:
    a_site(databases, process_water_m3_day=None)

    assert "Processvatten: ej angivet" in words(shown(client, "/?process_water_m3_day_min=5"))


def test_a_value_that_is_not_sure_enough_is_the_reason(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, area_gross_ha={"value": 60, "basis": "estimate", "as_of": "2026-10-01"})

    page = words(shown(client, "/?area_gross_ha_min=5&basis_min=authority"))

    assert "Bruttoyta: uppgiften är inte säker eller färsk nog" in page


def test_each_condition_is_a_chip_that_takes_itself_away(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases)

    page = shown(client, "/?area_gross_ha_min=50&power_mw_min=100&power_year=2030&bidding_area=SE2")
    chips = re.findall(r'<a class="chip" href="([^"]+)">(.*?)<svg', page)

    assert [(unescape(href), text.replace(NBSP, " ")) for href, text in chips] == [
        ("/?area_gross_ha_min=50&bidding_area=SE2", "≥ 100 MW 2030"),
        ("/?bidding_area=SE2&power_mw_min=100&power_year=2030", "Bruttoyta ≥ 50 ha"),
        ("/?area_gross_ha_min=50&power_mw_min=100&power_year=2030", "Elområde: SE2"),
    ]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("text=hamn", "”hamn”"),
        ("municipality=2183,2184", "Bollnäs, Hudiksvall"),
        ("status=reserved", "Reserverad"),
        ("power_mw_max=20&power_firm=true", "≤ 20 MW, fast"),
        ("detaljplan_status_min=granskning", "Detaljplan ≥ Granskning"),
        ("readiness_min=3", "Mognad ≥ 3 Planlagd"),
        ("connection_voltage_kv_min=130", "Anslutningsspänning ≥ 130 kV"),
        ("distance_rail_km_max=2.5", "Till järnväg ≤ 2,5 km"),
        ("near=16.3,61.4,20", "≤ 20 km från en punkt"),
        ("box=16,61,17,62", "I ett kartutsnitt"),
        ("unknown=exclude", "Inget får vara okänt"),
        ("fresh=true", "Bara aktuella uppgifter"),
        ("basis_min=authority", "Minst: myndighetsuppgift"),
        ("divisible=true", "Kan delas: ja"),
        ("earliest_construction_start_max=2028-06-01", "≤ 1 juni 2028"),
        ("earliest_full_power_max=2030", "≤ 2030"),
    ],
)
def test_a_condition_is_said_in_words(client: TestClient, query: str, text: str) -> None:
    page = shown(client, f"/?{query}")
    chips = " ".join(re.findall(r'<a class="chip"[^>]*>(.*?)<svg', page)).replace(NBSP, " ")

    assert text in unescape(chips)


def test_a_card_says_what_decides_and_how_surely(databases: Databases, client: TestClient) -> None:
    a_site(
        databases,
        area_gross_ha=84,
        power_timeline={"value": [{"year": 2029, "mw": 120, "firm": True}], **WRITTEN},
        drinking_water_m3_day=600,
    )

    card = words(shown(client, "/").partition("<article")[2].partition("</article")[0])

    assert "84 ha" in card
    assert "120 MW 2029 Verifierad" in card
    assert "600 m³/dygn" in card
    assert "Laga kraft" in card


def test_a_card_says_the_power_of_the_year_asked_for(
    databases: Databases, client: TestClient
) -> None:
    steps = [{"year": 2028, "mw": 60, "firm": True}, {"year": 2035, "mw": 90, "firm": True}]
    a_site(databases, power_timeline=steps)

    assert "90 MW 2035" in words(shown(client, "/"))
    assert "60 MW 2030" in words(shown(client, "/?power_mw_min=50&power_year=2030"))


def test_a_form_with_empty_fields_leads_to_the_permanent_link(client: TestClient) -> None:
    answer = client.get("/?text=&area_gross_ha_min=50&power_year=", follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/?area_gross_ha_min=50"


@pytest.mark.parametrize(("query", "is_packed"), [("", True), ("?slope_pct_max=5", False)])
def test_conditions_used_less_are_packed_while_none_of_them_is_given(
    client: TestClient, query: str, is_packed: bool
) -> None:
    rest = shown(client, f"/{query}").partition('class="search-more"')[2]

    assert 'name="slope_pct_max"' in rest
    assert ("<noscript>" in rest.partition("search-group")[0]) is is_packed


def test_the_form_shows_what_was_asked_for(client: TestClient) -> None:
    page = shown(client, "/?area_gross_ha_min=50&municipality=2183&detaljplan_status_min=samrad")

    assert re.search(r'name="area_gross_ha_min"\s+type="number"\s+value="50"', page)
    assert '<input type="checkbox" name="municipality" value="2183" checked>' in on_one_line(page)
    assert 'value="samrad" selected>' in page


def test_a_bad_value_is_shown_at_its_field_and_nothing_is_lost(client: TestClient) -> None:
    answer = client.get("/?area_gross_ha_min=femtio&bidding_area=SE2&power_mw_min=20")

    assert answer.status_code == 400
    assert '<a href="#area_gross_ha_min">Bruttoyta, minst: Ska vara ett tal' in answer.text
    assert re.search(r'name="area_gross_ha_min"\s+type="text"\s+value="femtio"', answer.text)
    assert re.search(r'name="power_mw_min"\s+type="number"\s+value="20"', answer.text)
    assert '<input type="checkbox" name="bidding_area" value="SE2" checked>' in on_one_line(
        answer.text
    )


def test_a_condition_that_does_not_exist_is_named(client: TestClient) -> None:
    answer = client.get("/?colour=red")

    assert answer.status_code == 400
    assert "colour: Villkoret finns inte." in words(answer.text)


def test_what_has_no_control_is_kept_by_the_form(client: TestClient) -> None:
    page = shown(client, "/?box=16,61,17,62")

    assert '<input type="hidden" name="box" value="16,61,17,62">' in page


@pytest.mark.parametrize("place", ["Söderhamn", "soderhamn", "61.3039, 17.0591"])
def test_a_place_is_typed_by_name_or_as_coordinates(client: TestClient, place: str) -> None:
    answer = client.get("/", params={"near_place": place, "near_km": "30"}, follow_redirects=False)

    longitude, latitude, km = map(
        float, parse_qs(urlsplit(answer.headers["Location"]).query)["near"][0].split(",")
    )
    assert (round(longitude, 1), round(latitude, 1), km) == (17.1, 61.3, 30)


def test_the_form_calls_a_point_by_its_name(client: TestClient) -> None:
    page = shown(client, "/?near_place=Söderhamn&near_km=30")

    assert re.search(r'name="near_place"[^>]*value="Söderhamn"', page)
    assert re.search(r'name="near_km"[^>]*value="30"', page)
    assert "≤ 30 km från Söderhamn" in words(page)


def test_a_place_that_is_not_here_is_refused_with_the_nearest_spelling(
    client: TestClient,
) -> None:
    answer = client.get("/?near_place=Hudiskvall&near_km=30")

    assert answer.status_code == 400
    assert "Menar du Hudiksvall" in words(answer.text)
    assert '<a href="#near_place">' in answer.text


def test_every_field_that_can_be_filtered_has_a_control(
    signed_in: Callable[..., TestClient],
) -> None:
    page = shown(signed_in("investor", None), "/")

    names = set(re.findall(r'name="([a-z0-9_]+)"', page))
    reached = {PARAMETERS[name].field.key for name in names & PARAMETERS.keys()}
    assert reached == {one.field.key for one in PARAMETERS.values()}


def test_the_public_is_not_asked_about_what_only_registered_readers_see(
    client: TestClient, signed_in: Callable[..., TestClient]
) -> None:
    assert 'name="capacity_application_min"' not in shown(client, "/")
    assert 'name="capacity_application_min"' in shown(signed_in("investor", None), "/")


def test_where_nothing_meets_the_page_says_what_stands_in_the_way(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, area_gross_ha=60, drinking_water_m3_day=300)

    page = shown(client, "/?area_gross_ha_min=50&drinking_water_m3_day_min=5000")

    assert "Ingen plats passar" in words(page)
    assert "Utan ”Dricksvatten i dag ≥ 5 000 m³/dygn”: 1 till" in words(page)
    assert 'href="/?area_gross_ha_min=50"' in page


def test_where_few_meet_the_page_says_what_a_little_less_would_bring(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, area_gross_ha=83)

    page = shown(client, "/?area_gross_ha_min=100")

    assert "Bruttoyta ≥ 100 ha → ≥ 80 ha ger 1 till" in words(page)
    assert 'href="/?area_gross_ha_min=80"' in page


@pytest.mark.parametrize(
    ("query", "sv", "en"),
    [
        (
            "area_gross_ha_min=50&power_mw_min=100&power_year=2030&distance_rail_km_max=10",
            "Platser med minst 50 ha, minst 100 MW år 2030 och högst 10 km till järnväg",
            "Sites with at least 50 ha, at least 100 MW by 2030 and at most 10 km to a railway",
        ),
        (
            "municipality=2183,2184&text=hamn",
            "Platser i Bollnäs eller Hudiksvall som nämner ”hamn”",
            "Sites in Bollnäs or Hudiksvall that mention “hamn”",
        ),
        (
            "bidding_area=SE2&unknown=exclude",
            "Platser med elområde SE2 – inget får vara okänt",
            "Sites with bidding area SE2 – nothing may be unknown",
        ),
    ],
)
def test_the_search_is_said_as_one_sentence(
    client: TestClient, query: str, sv: str, en: str
) -> None:
    assert sv in words(shown(client, f"/?{query}"))
    assert en in words(shown(client, f"/en/?{query}"))


def test_each_condition_shows_counts_as_the_others_leave_them(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, municipality="2183", area_gross_ha=60)
    a_site(databases, municipality="2180", area_gross_ha=60, bidding_area="SE3")
    a_site(databases, municipality="2180", area_gross_ha=15, area_net_ha=10, bidding_area="SE3")

    page = shown(client, "/?municipality=2183&area_gross_ha_min=50")

    assert re.search(r'data-tally="municipality:2180">1</span>', page)
    assert "50–100 ha: 1" in words(page)
    assert "10–25: 0, " in page


def test_an_answer_in_place_renews_the_counts_and_leaves_the_fields(
    databases: Databases, client: TestClient
) -> None:
    a_site(databases, area_gross_ha=60)

    part = client.get("/?area_gross_ha_min=50", headers={"HX-Request": "true"}).text

    assert '<template id="tallies" hx-swap-oob="true">' in part
    assert '<div data-tally="municipality:2183">1</div>' in on_one_line(part)


def test_verified_values_only_is_one_choice_and_one_chip(client: TestClient) -> None:
    answer = client.get("/?verified=true", follow_redirects=False)
    address = answer.headers["Location"]
    page = shown(client, address)

    assert address == "/?basis_min=utility_written&fresh=true"
    assert '<a class="chip" href="/">Endast verifierade uppgifter' in page
    assert 'name="verified" value="true" checked' in on_one_line(page)


def test_a_long_list_is_paged_with_its_conditions_kept(
    databases: Databases, client: TestClient
) -> None:
    for _ in range(21):
        a_site(databases)

    page = shown(client, "/?bidding_area=SE2")

    assert len(named(page)) == 20
    assert 'href="/?bidding_area=SE2&amp;offset=20"' in page
    assert len(named(shown(client, "/?bidding_area=SE2&offset=20"))) == 1


def test_the_list_can_be_sorted(databases: Databases, client: TestClient) -> None:
    small = a_site(databases, area_gross_ha=20, area_net_ha=10).reference
    large = a_site(databases, area_gross_ha=90).reference

    assert named(shown(client, "/?sort=-area_gross_ha")) == [large, small]


def test_files_of_the_same_search_are_a_link_away(databases: Databases, client: TestClient) -> None:
    a_site(databases)

    page = unescape(shown(client, "/?bidding_area=SE2"))

    for address in ("format=xlsx&bidding_area=SE2", "format=csv&bidding_area=SE2"):
        assert f'href="/api/v1/sites?{address}"' in page
    assert client.get("/api/v1/sites.geojson?bidding_area=SE2").status_code == 200


def test_with_script_only_what_changes_is_sent(databases: Databases, client: TestClient) -> None:
    a_site(databases)

    answer = client.get("/?area_gross_ha_min=50&text=", headers={"HX-Request": "true"})

    assert answer.headers["HX-Push-Url"] == "/?area_gross_ha_min=50"
    assert "<html" not in answer.text
    assert 'id="count" hx-swap-oob' in on_one_line(answer.text)
    assert 'id="filter-groups"' not in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_a_link_that_is_followed_with_script_renews_the_form(client: TestClient) -> None:
    answer = client.get("/", headers={"HX-Request": "true", "HX-Boosted": "true"})

    assert 'id="filter-groups" hx-swap-oob' in on_one_line(answer.text)


def test_going_back_is_answered_with_the_whole_page(client: TestClient) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in client.get("/", headers=headers).text


def test_names_are_escaped(databases: Databases, client: TestClient) -> None:
    a_site(databases, name_sv="<b>Fältet</b> & co")

    page = shown(client, "/?text=fältet")

    assert "&lt;b&gt;Fältet&lt;/b&gt; &amp; co" in page
    assert "<b>Fältet" not in page


def test_an_empty_catalogue_says_what_would_be_here(client: TestClient) -> None:
    assert "Här visas platserna när den första har publicerats." in words(shown(client, "/"))


def test_a_distance_that_is_none_is_refused_in_words(client: TestClient) -> None:
    page = client.get("/?near=17.14,60.67,-3")

    assert page.status_code == 400
    assert "Avstånd från en punkt: Ange longitud, latitud och ett avstånd" in page.text
