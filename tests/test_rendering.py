"""What every page has in common, whatever it shows."""

import gzip
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catalogue.fields import SITE
from frontend import assets
from frontend.about import accessibility_page, data_page, privacy_page
from frontend.menus import menu, project_menu
from frontend.rendering import (
    TEMPLATES,
    Page,
    SignedIn,
    address,
    environment,
    render,
    swedish_day,
    switch_url,
    today,
)
from geo.texts import LANGUAGES, Language


def a_page(
    *,
    language: Language = "sv",
    path: str = "/",
    query: str = "",
    role: str = "",
    demo: bool = False,
) -> Page:
    account = SignedIn(name="Anna Lind", email="anna@example.org", role=role) if role else None
    return Page(language=language, path=path, query=query, account=account, demo=demo)


def error_page(page: Page, detail: str = "") -> str:
    return render(
        "error.html", page, status=404, title="Saknas", detail=detail, errors=[], back=None
    )


def test_english_addresses_start_with_en() -> None:
    assert address("en", "/sites/GVB-2182-003", year=2030) == "/en/sites/GVB-2182-003?year=2030"


def test_a_query_value_that_is_none_is_left_out() -> None:
    assert address("sv", "/", text=None, site_type=["greenfield", "brownfield"]) == (
        "/?site_type=greenfield&site_type=brownfield"
    )


def test_the_language_switch_keeps_the_page_and_its_query() -> None:
    assert switch_url(a_page(path="/progress", query="since=2026-07-01")) == (
        "/en/progress?since=2026-07-01"
    )
    assert switch_url(a_page(language="en", path="/progress")) == "/progress"


def test_a_moment_belongs_to_the_day_it_is_in_sweden() -> None:
    assert swedish_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)).day == 2


def test_a_visitor_is_not_offered_the_workspace() -> None:
    assert "/workspace" not in [entry.path for entry in menu("/", "")]


def test_an_editor_is_offered_the_workspace() -> None:
    assert "/workspace" in [entry.path for entry in menu("/", "editor")]


def test_the_project_s_pages_have_a_menu_of_their_own() -> None:
    project, editor = project_menu("/progress", "project"), project_menu("/progress", "editor")

    assert {"/progress", "/hours", "/requests"} <= {entry.path for entry in project}
    assert "/requests" not in [entry.path for entry in editor]
    assert project_menu("/municipalities", "project") == []


@pytest.mark.parametrize(
    ("path", "here", "currently"),
    [
        ("/progress", "/progress", "page"),
        ("/progress/sites", "/progress", "true"),
        ("/progress/snapshots/3", "/progress/snapshots", "true"),
        ("/requests/5", "/requests", "true"),
    ],
)
def test_the_menu_says_which_of_the_project_s_pages_one_is_on(
    path: str, here: str, currently: str
) -> None:
    said = [(one.path, one.current) for one in project_menu(path, "project") if one.current]

    assert said == [(here, currently)]
    assert [one.path for one in menu(path, "project") if one.current] == ["/progress"]


def test_what_a_person_wrote_is_escaped() -> None:
    assert "<script>alert" not in error_page(a_page(), detail="<script>alert(1)</script>")


def test_words_filled_in_are_escaped() -> None:
    template = environment("sv").from_string('{{ t("Hej {name}", "Hi {name}").format(name=name) }}')

    assert template.render(name="<b>") == "Hej &lt;b&gt;"


def test_templates_write_values_with_their_units() -> None:
    template = environment("sv").from_string("{{ 84 | value(field) }}")

    assert template.render(field=SITE["area_net_ha"]) == "84\N{NO-BREAK SPACE}ha"


def test_templates_tell_how_long_ago_a_day_was() -> None:
    template = environment("en").from_string("{{ day | age }}")

    assert template.render(day=today()) == "today"


def test_example_data_is_announced_on_the_page() -> None:
    assert "platserna är påhittade" in error_page(a_page(demo=True))
    assert "platserna är påhittade" not in error_page(a_page())


def test_whoever_is_signed_in_can_sign_out() -> None:
    assert 'action="/en/sign-out"' in error_page(a_page(language="en", role="project"))


def test_the_sign_in_form_remembers_where_to_go() -> None:
    html = render(
        "sign_in.html", a_page(), email="", next="/workspace", providers=[], error="Fel lösenord."
    )

    assert 'name="next" value="/workspace"' in html
    assert "Fel lösenord." in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_dictionary_lists_every_field(language: Language) -> None:
    html = data_page(a_page(language=language, path="/about/data"))

    for key in ("area_net_ha", "power_timeline", "detaljplan_status", "population"):
        assert f"<code>{key}</code>" in html


@pytest.mark.parametrize("page_of", [accessibility_page, privacy_page])
def test_the_statements_name_the_contact_where_there_is_one(page_of: Callable[..., str]) -> None:
    assert "mailto:hej@example.org" in page_of(a_page(), contact_email="hej@example.org")
    assert "mailto:" not in page_of(a_page())


def test_a_changed_file_gets_a_new_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    style = tmp_path / "page.css"
    style.write_text("a")
    before = assets.static_address("page.css")
    style.write_text("ab")

    assert assets.static_address("page.css") != before


def test_a_package_that_is_not_fetched_keeps_its_bare_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITEFINDER_PACKAGES", str(tmp_path))

    assert assets.static_address("packages/htmx/htmx.min.js") == "/static/packages/htmx/htmx.min.js"


@pytest.mark.parametrize("name", sorted(assets.BUNDLES))
def test_a_bundle_holds_files_that_are_there(name: str) -> None:
    assert all(assets.static_file(path).exists() for path in assets.BUNDLES[name])


def test_addresses_in_a_bundle_lead_where_they_led_in_its_files() -> None:
    styles = assets.bundle("map.css").decode()

    assert "url(/static/packages/leaflet/images/layers.png)" in styles
    assert "url('data:image/svg+xml" in styles


def test_whatever_pages_use_of_the_design_system_has_its_styles() -> None:
    used = {
        name
        for template in TEMPLATES.rglob("*.html")
        for names in re.findall(r'class="([^"]*)"', template.read_text())
        for name in re.findall(r"(?<![\w-])ds-[a-z-]+", names)
    }

    styles = assets.bundle("base.css").decode()
    assert used
    assert [name for name in used if f".{name}{{" not in styles] == []


def test_the_theme_is_overruled_by_the_design_system_and_that_by_us() -> None:
    styles = assets.bundle("base.css").decode()

    layers = re.findall(r"@layer ([\w., ]+?)\s*[;{]", styles)
    assert layers == ["ds.theme, ds.base, ds.components", "ds.base", "ds.components", "ds.theme"]


def test_a_bundle_of_scripts_is_served_as_they_are(client: TestClient) -> None:
    answer = client.get(assets.static_address("bundles/search.js"))

    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.text.endswith((assets.FOLDER / "scripts/search.js").read_text())


def test_a_file_whose_address_has_its_content_is_packed_as_tightly_as_can_be(
    client: TestClient,
) -> None:
    content = assets.static_file("packages/htmx/htmx.min.js").read_bytes()

    answer = client.get(assets.static_address("packages/htmx/htmx.min.js"))

    assert answer.content == content
    assert int(answer.headers["content-length"]) == len(gzip.compress(content))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_packages_are_looked_for_before_our_own_files() -> None:
    assert list(assets.static_folders())[-1] == "/static"
