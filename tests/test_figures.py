"""Values with who stands behind them."""

from datetime import date

from catalogue.fields import PROFILE, SITE
from catalogue.provenance import Provenance
from frontend.figures import figure, source_text

WRITTEN = Provenance(basis="utility_written", source="Ellevio", as_of=date(2026, 10, 3))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_source_says_who_how_and_when() -> None:
    assert plain(source_text(WRITTEN, "sv")) == "Ellevio, skriftligt, 3 okt 2026"


def test_a_source_without_a_name_opens_with_its_basis() -> None:
    assert source_text(Provenance(basis="estimate"), "en") == "Estimate"


def test_an_unknown_value_says_who_was_asked_and_when() -> None:
    asked = Provenance(state="unknown", asked="Helsinge Vatten", asked_on=date(2026, 3, 12))

    assert plain(source_text(asked, "sv")) == "Helsinge Vatten fick frågan 12 mars 2026"


def test_an_unknown_value_asked_without_a_date_still_says_whom() -> None:
    asked = Provenance(state="unknown", asked="Ellevio")

    assert source_text(asked, "en") == "Ellevio has been asked"


def test_a_figure_carries_its_mark_and_source() -> None:
    shown = figure(SITE["power_now_mw"], 40, WRITTEN, mark="verified", language="en")

    assert (shown.label, shown.value) == ("Power today", "40\N{NO-BREAK SPACE}MW")
    assert shown.mark == "verified"
    assert plain(shown.source) == "Ellevio, in writing, 3 Oct 2026"


def test_a_name_carries_no_mark() -> None:
    shown = figure(SITE["contact_name"], "Anna Lind", None, mark="empty", language="sv")

    assert shown.mark == ""


def test_only_ordinary_web_addresses_become_links() -> None:
    website = next(field for field in PROFILE.values() if field.kind == "link")

    good = figure(website, "https://www.bollnas.se", None, mark="empty", language="sv")
    bad = figure(website, "javascript:alert(1)", None, mark="empty", language="sv")

    assert (good.href, bad.href) == ("https://www.bollnas.se", "")
