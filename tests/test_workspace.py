"""The workspace and the form, as they answer a browser."""

from collections.abc import Callable
from datetime import date

import pytest
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.database import Databases
from catalogue.history import history
from catalogue.next_steps import next_steps
from catalogue.provenance import Provenance
from catalogue.site import Site
from tests.builders import ADMIN, RULES, a_site, square
from tests.html_forms import form_of, open_form

SignIn = Callable[..., TestClient]


def now(databases: Databases, site: Site) -> Site:
    with databases.writing(ADMIN) as session:
        return sites.find(session, site.reference)


def form_address(site: Site, theme: str = "power") -> str:
    return f"/workspace/sites/{site.reference}?theme={theme}"


def save(client: TestClient, site: Site, theme: str = "power", **typed: str | list[str]) -> str:
    """The answer's text after these controls were changed; `__` in a name stands for `-`."""
    texts = open_form(client, form_address(site, theme))
    for name, text in typed.items():
        texts[name.replace("__", "-")] = text if isinstance(text, list) else [text]
    return str(client.post(form_address(site, theme), data=texts).text)


def test_a_visitor_is_led_to_sign_in_and_back(client: TestClient) -> None:
    answer = client.get("/en/workspace?page=1", follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/en/sign-in?next=%2Fen%2Fworkspace%3Fpage%3D1"


@pytest.mark.parametrize("role", ["project", "investor"])
def test_those_who_do_not_write_have_no_workspace(signed_in: SignIn, role: str) -> None:
    assert signed_in(role, None).get("/workspace").status_code == 403


def test_another_municipalitys_site_is_not_there(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases, municipality="2183")

    assert signed_in("editor", "2180").get(form_address(site)).status_code == 404


def test_the_list_leads_to_the_field_that_blocks_publishing(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, status="draft", sewage_m3_day=None)

    page = signed_in("editor").get("/workspace").text

    first = page.split("todo-list")[1].split("</li>")[0]
    assert f'href="/workspace/sites/{site.reference}?theme=water#sewage_m3_day"' in first
    assert "Helsinge Vatten" in first


def test_a_publisher_sees_what_waits_for_review(databases: Databases, signed_in: SignIn) -> None:
    a_site(databases, status="in_review", name_sv="Kilafors bangård")

    page = signed_in("publisher").get("/workspace").text

    assert page.index("Väntar på granskning") < page.index("Gör detta härnäst")


def test_an_administrator_chooses_the_municipality(databases: Databases, signed_in: SignIn) -> None:
    a_site(databases, municipality="2180", name_sv="Gävleplatsen")

    assert "Gävleplatsen" in signed_in("admin", None).get("/workspace?municipality=2180").text


def test_blocked_publishing_comes_before_readiness_before_stale_before_gaps(
    databases: Databases,
) -> None:
    draft = a_site(databases, status="draft", sewage_m3_day=None)
    old = {"value": "municipal", "as_of": "2024-01-01"}
    published = a_site(databases, ownership=old)

    steps = next_steps([published, draft], RULES)

    order = list(dict.fromkeys(step.reason for step in steps))
    assert order == ["publishing", "readiness", "stale", "gap"]
    assert (steps[0].about.reference, steps[0].key) == (draft.reference, "sewage_m3_day")


def test_a_field_asked_about_waits_behind_those_that_are_empty(databases: Databases) -> None:
    asked = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-09-01"}
    site = a_site(databases, drinking_water_m3_day=asked)

    steps = [step for step in next_steps([site], RULES) if step.reason == "readiness"]

    assert all(step.asked is None for step in steps[:-1])


def test_saving_one_field_leaves_the_dates_of_the_others(
    databases: Databases, signed_in: SignIn
) -> None:
    old = {"value": 10, "basis": "utility_written", "as_of": "2026-01-10", "source": "Ellevio"}
    site = a_site(databases, power_now_mw=old)

    assert "Redundans" in save(signed_in("editor"), site, redundancy="n1").split("data-saved")[1]
    assert now(databases, site).values["redundancy"] == "n1"
    assert now(databases, site).provenance["power_now_mw"].as_of == date(2026, 1, 10)


def test_a_form_sent_untouched_makes_no_version(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)

    assert "Inget var ändrat" in save(signed_in("editor"), site)
    assert now(databases, site).version == site.version


def test_a_bad_number_is_kept_and_told_at_its_field(
    databases: Databases, signed_in: SignIn
) -> None:
    client, site = signed_in("editor"), a_site(databases)
    texts = open_form(client, form_address(site)) | {"power_now_mw": ["tolv"]}

    answer = client.post(form_address(site), data=texts)

    assert answer.status_code == 422
    assert form_of(answer.text, form_address(site))["power_now_mw"] == ["tolv"]
    assert 'href="#power_now_mw"' in answer.text


def test_a_fault_in_another_theme_is_linked_to_where_it_is(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, area_gross_ha=60, area_net_ha=50)

    page = save(signed_in("editor"), site, "land", area_gross_ha="40")

    assert "Nettoyta som kan bebyggas (50 ha) är större än bruttoyta (40 ha)" in page


def test_what_is_typed_is_text_and_never_html(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases, status="draft")

    page = save(signed_in("editor"), site, "identity", name_sv="<script>alert(1)</script>")

    assert "<script>alert(1)" not in page
    assert now(databases, site).values["name_sv"] == "<script>alert(1)</script>"


def test_save_and_continue_leads_to_the_next_theme(databases: Databases, signed_in: SignIn) -> None:
    client, site = signed_in("editor"), a_site(databases)
    texts = open_form(client, form_address(site)) | {"redundancy": ["n1"], "onward": ["yes"]}

    answer = client.post(form_address(site), data=texts, follow_redirects=False)

    assert answer.headers["location"] == f"{form_address(site, 'water')}&saved=3"


def test_a_published_site_keeps_what_publishing_needs(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases)

    assert "Platsen är publicerad och behöver uppgiften" in save(
        signed_in("editor"), site, "water", sewage_m3_day=""
    )
    assert now(databases, site).values["sewage_m3_day"] == 300


def test_who_saves_second_sees_both_values_and_loses_nothing(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, power_now_mw=10)
    client, other = signed_in("editor"), signed_in("publisher")
    texts = open_form(client, form_address(site)) | {"power_now_mw": ["12"]}
    save(other, site, power_now_mw="15", redundancy="n1")

    answer = client.post(form_address(site), data=texts)

    assert answer.status_code == 412
    assert "12\N{NO-BREAK SPACE}MW" in answer.text
    assert "15\N{NO-BREAK SPACE}MW" in answer.text
    assert ", Publisher: " in answer.text
    assert now(databases, site).values["power_now_mw"] == 15


def test_the_second_change_can_be_saved_on_top_of_the_first(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, power_now_mw=10)
    client, other = signed_in("editor"), signed_in("publisher")
    texts = open_form(client, form_address(site)) | {"power_now_mw": ["12"]}
    save(other, site, power_now_mw="15", redundancy="n1")
    conflict = client.post(form_address(site), data=texts).text

    client.post(form_address(site), data=form_of(conflict, form_address(site)))

    assert now(databases, site).values["power_now_mw"] == 12
    assert now(databases, site).values["redundancy"] == "n1"


def test_what_only_one_of_two_changed_is_kept_and_the_rest_is_chosen(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, power_now_mw=10, outage_min_year=80)
    client, other = signed_in("editor"), signed_in("publisher")
    mine = {"power_now_mw": ["12"], "fossil_free_pct": ["98"]}
    texts = open_form(client, form_address(site)) | mine
    save(other, site, power_now_mw="15", redundancy="n1")
    conflict = client.post(form_address(site), data=texts).text
    merged = form_of(conflict, form_address(site)) | {"power_now_mw-keep": ["theirs"]}

    client.post(form_address(site), data=merged)

    values = now(databases, site).values
    assert (values["power_now_mw"], values["redundancy"], values["fossil_free_pct"]) == (
        15, "n1", 98,
    )  # fmt: skip


def test_two_outlines_drawn_at_once_are_chosen_between_on_a_map(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, status="draft")
    address = f"/workspace/sites/{site.reference}"
    client, other = signed_in("editor"), signed_in("publisher")
    texts = open_form(client, f"{address}?theme=outline", f"{address}/outline")
    texts["outline-text"] = ["61,40 16,30\n61,41 16,30\n61,41 16,32\n61,40 16,32"]
    draw(other, site, "61,40 16,30\n61,41 16,30\n61,41 16,31\n61,40 16,31")
    theirs = now(databases, site).outline

    answer = client.post(f"{address}/outline", data=texts)
    chosen = form_of(answer.text, f"{address}/outline")

    assert answer.status_code == 412
    assert "map-outline-before" in answer.text
    client.post(f"{address}/outline", data=chosen | {"outline-keep": ["theirs"]})
    assert now(databases, site).outline == theirs
    client.post(f"{address}/outline", data=chosen | {"outline-keep": ["mine"]})
    assert now(databases, site).outline != theirs


def test_an_outline_drawn_while_another_wrote_of_power_is_saved_beside_it(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, status="draft")
    address = f"/workspace/sites/{site.reference}"
    client = signed_in("editor")
    texts = open_form(client, f"{address}?theme=outline", f"{address}/outline")
    texts["outline-text"] = ["61,40 16,30\n61,41 16,30\n61,41 16,32\n61,40 16,32"]
    save(signed_in("publisher"), site, redundancy="n1")

    client.post(f"{address}/outline", data=texts)

    after = now(databases, site)
    assert (after.values["redundancy"], after.outline != site.outline) == ("n1", True)


def test_the_same_form_sent_twice_is_no_conflict(databases: Databases, signed_in: SignIn) -> None:
    client, site = signed_in("editor"), a_site(databases)
    texts = open_form(client, form_address(site)) | {"redundancy": ["n1"]}
    client.post(form_address(site), data=texts)

    assert "Inget var ändrat" in client.post(form_address(site), data=texts).text


def test_a_form_refused_once_still_notices_who_saved_meanwhile(
    databases: Databases, signed_in: SignIn
) -> None:
    client, site = signed_in("editor"), a_site(databases, power_now_mw=10)
    texts = open_form(client, form_address(site)) | {"power_now_mw": ["tolv"]}
    save(signed_in("publisher"), site, power_now_mw="15")
    refused = client.post(form_address(site), data=texts)

    mended = form_of(refused.text, form_address(site)) | {"power_now_mw": ["12"]}

    assert client.post(form_address(site), data=mended).status_code == 412


def test_without_its_token_a_form_is_not_taken(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)

    assert signed_in("editor").post(form_address(site), data={"keys": []}).status_code == 403


def test_a_new_site_begins_with_its_name_alone(databases: Databases, signed_in: SignIn) -> None:
    client = signed_in("editor")
    texts = open_form(client, "/workspace/sites/new") | {"name_sv": ["Arbrå södra"]}

    answer = client.post("/workspace/sites/new", data=texts, follow_redirects=False)

    assert answer.headers["location"] == "/workspace/sites/GVB-2183-001?theme=outline&saved=1"


def test_a_new_site_without_a_name_takes_no_number(databases: Databases, signed_in: SignIn) -> None:
    client = signed_in("editor")
    texts = open_form(client, "/workspace/sites/new")

    assert client.post("/workspace/sites/new", data=texts).status_code == 422
    assert a_site(databases, municipality="2183").reference == "GVB-2183-001"


def draw(client: TestClient, site: Site, text: str = "") -> str:
    address = f"/workspace/sites/{site.reference}"
    texts = open_form(client, f"{address}?theme=outline", f"{address}/outline")
    texts["outline-text"] = [text]
    return str(client.post(f"{address}/outline", data=texts).text)


def test_corners_may_be_written_line_by_line(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases, status="draft")

    page = draw(signed_in("editor"), site, "61,40 16,30\n61,41 16,30\n61,41 16,32\n61,40 16,32")

    outline = now(databases, site).outline
    assert outline is not None
    assert outline.area / 10_000 == pytest.approx(119, abs=1)
    assert "Den ritade ytan är 119" in page


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Det finns inget område än"),
        ("POLYGON((61.3 16.3,61.4 16.3,61.4 16.4,61.3 16.3))", "fel ordning"),
        ("POLYGON((16.3 61.3,16.4 61.4,16.4 61.3,16.3 61.4,16.3 61.3))", "korsar sig själv vid"),
        ("POLYGON((18 59,18.1 59,18.1 59.1,18 59))", "utanför länet"),
        ("<script>alert(1)</script>", "inte ett hörn i Sverige"),
        ("{", "inte giltig GeoJSON"),
        ("[" * 100_000, "inte giltig GeoJSON"),
    ],
)
def test_a_bad_outline_is_kept_and_explained(
    databases: Databases, signed_in: SignIn, text: str, told: str
) -> None:
    site = a_site(databases, status="draft")

    page = draw(signed_in("editor"), site, text)

    assert told in page
    assert now(databases, site).version == site.version


def test_the_stored_outline_saved_again_is_no_change(
    databases: Databases, signed_in: SignIn
) -> None:
    client, site = signed_in("editor"), a_site(databases)
    address = f"/workspace/sites/{site.reference}"
    stored = open_form(client, f"{address}?theme=outline", f"{address}/outline")["outline-text"]

    assert "Inget var ändrat" in draw(client, site, stored[0])


def move(client: TestClient, site: Site, to: str, reason: str = "") -> str:
    address = f"/workspace/sites/{site.reference}"
    texts = open_form(client, address, f"{address}/transitions")
    texts |= {"to": [to], "reason": [reason]}
    return str(client.post(f"{address}/transitions", data=texts).text)


def test_a_step_is_taken_with_its_reason(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases, status="in_review")

    page = move(signed_in("publisher"), site, "published", "Ser bra ut")

    assert now(databases, site).status == "published"
    assert "Ser bra ut" in page


def test_a_site_that_lacks_values_says_which_with_links(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, status="draft", sewage_m3_day=None)

    page = move(signed_in("editor"), site, "in_review")

    assert f'href="/workspace/sites/{site.reference}?theme=water#sewage_m3_day"' in page
    assert now(databases, site).status == "draft"


def test_an_editor_cannot_publish_even_by_hand(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases, status="in_review")

    assert "rollen publicerare" in move(signed_in("editor"), site, "published")
    assert now(databases, site).status == "in_review"


def test_the_history_says_who_changed_what(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases)
    save(signed_in("editor"), site, redundancy="n1", power_type="firm")

    with databases.writing(ADMIN) as session:
        newest = history.versions(session, site.reference)[0]

    assert newest.actor == "editor.2183@example.se"
    assert {"power_type", "redundancy"} <= set(newest.keys)


def test_a_version_gives_the_site_as_it_was(databases: Databases, signed_in: SignIn) -> None:
    site = a_site(databases, power_now_mw=10)
    save(signed_in("editor"), site, power_now_mw="15")

    with databases.writing(ADMIN) as session:
        before = history.at_version(session, site.reference, site.version)

    assert before is not None
    assert before.values == site.values
    assert before.provenance == site.provenance


def test_the_profile_is_saved_like_a_site(databases: Databases, signed_in: SignIn) -> None:
    client, address = signed_in("editor"), "/workspace/profile?theme=people"
    texts = open_form(client, address) | {"unemployment_pct": ["7,4"]}

    page = client.post(address, data=texts).text

    assert "Profilen är sparad" in page
    assert "7,4" in form_of(page, address)["unemployment_pct"]


def test_a_second_save_of_the_profile_is_told(databases: Databases, signed_in: SignIn) -> None:
    address = "/workspace/profile?theme=people"
    client, other = signed_in("editor"), signed_in("publisher")
    texts = open_form(client, address) | {"unemployment_pct": ["7,4"]}
    other.post(address, data=open_form(other, address) | {"tertiary_pct": ["30"]})

    answer = client.post(address, data=texts)

    assert answer.status_code == 412
    assert ", Publisher: " in answer.text


@pytest.mark.parametrize("theme", ["outline", "identity", "land", "plan", "power", "water",
                                   "transport", "permits"])  # fmt: skip
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_theme_opens_in_both_languages(
    databases: Databases, signed_in: SignIn, theme: str, language: str
) -> None:
    site = a_site(databases, outline=square())

    assert signed_in("editor").get(f"{language}{form_address(site, theme)}").status_code == 200


def test_provenance_of_a_field_may_be_seen_by_fewer(
    databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases)

    save(signed_in("editor"), site, "identity", contact_phone__visibility="registered")

    assert now(databases, site).provenance["contact_phone"] == Provenance(visibility="registered")
