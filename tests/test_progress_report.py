"""The steering group's report: one sheet that says what the figures say, and its page."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pypdfium2
import pytest
from starlette.testclient import TestClient

from catalogue.database import Databases
from catalogue.progress.progress import Span
from catalogue.progress.progress_moves import Move, Reason
from catalogue.progress.reports import Report, report
from catalogue.settings import Settings
from frontend.progress_report import write_pdf
from frontend.progress_words import sentences
from geo.texts import Language, Text
from tests.builders import RULES, TODAY, a_site, an_actor, known_since

SignIn = Callable[..., TestClient]
PAGE, SHEET, API = "/progress/report", "/progress/report.pdf", "/api/v1/progress"
NBSP = "\N{NO-BREAK SPACE}"
WRITTEN = {"basis": "utility_written", "as_of": "2026-10-03", "source": "Brev"}
ASKED = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-10-03"}
LONG = "Norra och södra industriområdet vid den gamla järnvägsstationen i Kilafors samhälle"


@pytest.fixture
def county(databases: Databases) -> Databases:
    """In Bollnäs two sites on one substation; in Hudiksvall one that waits for its grid owner."""
    for mw in (80, 120):
        timeline = [{"year": 2026, "mw": mw, "firm": True}]
        a_site(databases, power_now_mw=mw, power_timeline=timeline, substation="Kilafors")
    a_site(
        databases,
        municipality="2184",
        name_sv="Hållsta",
        power_now_mw=ASKED,
        geotech="desk",
        drinking_water_m3_day={"value": 300, **WRITTEN},
    )
    known_since(databases, datetime(2026, 10, 5, 12, tzinfo=UTC))
    return databases


def pages_of(content: bytes) -> list[str]:
    """Each page's text, on one line."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    return [" ".join(page.replace(NBSP, " ").split()) for page in pages]


def the_report(databases: Databases, role: Any = "project") -> Report:
    actor = an_actor(role, "2183")
    with databases.writing(actor) as session:
        return report(session, actor, Span(TODAY, date(2026, 9, 1)), Settings(), RULES)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_report_is_one_tagged_page_in_its_language(
    county: Databases, language: Language
) -> None:
    content = write_pdf(the_report(county), language)

    assert len(pages_of(content)) == 1
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"/StructTreeRoot" in content
    assert f"/Lang({language})".encode() in content.replace(b"/Lang (", b"/Lang(")


def test_the_sheet_says_what_the_figures_say(county: Databases, with_token: SignIn) -> None:
    office = with_token("project")
    total = office.get(API, params={"since": "2026-09-01"}).json()["total"]["figures"]

    [text] = pages_of(
        office.get(API, params={"format": "pdf", "since": "2026-09-01", "language": "sv"}).content
    )

    assert total["power_firm_mw_now"]["value"] == 120
    assert total["sites_published"] == {"value": 3, "change": 3}
    assert "Fast effekt i dag 120 MW" in text
    assert "plats för plats 200 MW" in text
    assert "Publicerade platser 3 +3" in text
    assert "Nedlagd tid 0 h" in text
    assert "Omedelbart tillgängligt 0 ha" in text
    assert f"{total['completeness']['value']:.0f}" in text


def test_land_stands_by_plan_and_confirmed_water_by_utility(county: Databases) -> None:
    """Three sites of 50 ha with their plans in force; one has its drinking water in writing."""
    found = the_report(county)

    [text] = pages_of(write_pdf(found, "sv"))

    assert found.row.numbers["area_net_plan_laga_kraft_ha"] == 150
    assert "Laga kraft 150" in text
    assert "Helsinge Vatten 300 0 0 Tillsammans 300 0 0" in text


def test_the_trend_has_the_end_of_every_month_between_the_days(county: Databases) -> None:
    found = the_report(county)

    days = [(point.day, point.numbers["sites_published"]) for point in found.trend]

    assert days == [
        (date(2026, 9, 1), 0),
        (date(2026, 9, 30), 0),
        (date(2026, 10, 31), 3),
        (date(2026, 11, 2), 3),
    ]


def test_each_municipality_stands_in_the_matrix_in_alphabetical_order(county: Databases) -> None:
    [text] = pages_of(write_pdf(the_report(county), "sv"))
    matrix = text[text.index("Fullständighet per kommun") :]
    names = [
        "Bollnäs", "Gävle", "Hofors", "Hudiksvall", "Ljusdal", "Nordanstig", "Ockelbo", "Ovanåker",
        "Sandviken", "Söderhamn", "Alla kommuner",
    ]  # fmt: skip

    assert sorted(names, key=matrix.index) == names


def test_a_site_expected_to_move_stands_with_its_level_and_why(county: Databases) -> None:
    [text] = pages_of(write_pdf(the_report(county), "sv"))

    assert "Väntas nå nästa nivå senast 2 feb 2027: 1" in text
    assert "Hållsta Hudiksvall Planlagd Ellevio tillfrågad 3 okt 2026" in text


def test_it_begins_with_three_to_five_sentences(county: Databases) -> None:
    [text] = pages_of(write_pdf(the_report(county), "sv"))

    assert "Den 2 nov 2026 fanns 3 platser i katalogen, 3 fler än den 1 sep 2026." in text
    assert "Ingen plats är omedelbart tillgänglig" in text
    assert "Den fasta effekten var 120 MW och väntas bli 240 MW år 2030" in text


def test_its_foot_has_the_sum_of_the_json_file_with_the_same_figures(
    county: Databases, with_token: SignIn
) -> None:
    client = with_token("project")
    query = "as_of=2026-10-31&since=2026-01-01"

    sheet = client.get(f"/api/v1/progress?{query}&format=pdf").content
    source = client.get(f"/api/v1/progress?{query}").content

    text = pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_bounded()
    assert hashlib.sha256(source).hexdigest() in "".join(text.split()).replace("\u200b", "")


def test_long_names_and_five_thousand_sites_are_still_one_page(county: Databases) -> None:
    found = the_report(county)
    reason = Reason(Text(LONG, LONG), None, LONG, date(2026, 10, 3))
    move = Move("GVB-2183-001", Text(LONG, LONG), "2183", 2, 3, [reason] * 3)
    rows = [replace(row, name=Text(LONG, LONG)) for row in found.progress.rows]
    crowded = replace(found, progress=replace(found.progress, rows=rows, moves=[move] * 5_000))

    [text] = pages_of(write_pdf(crowded, "sv"))

    assert "Ytterligare 4 994 står på webben." in text


def test_a_catalogue_without_sites_says_so(databases: Databases) -> None:
    [text] = pages_of(write_pdf(the_report(databases), "sv"))

    assert "fanns ingen plats i katalogen" in text
    assert "Ingen fast effekt är känd än." in text
    assert "Inget vatten är bekräftat än." in text
    assert "Ingen har frågat än." in text


def test_an_editor_gets_the_report_of_the_own_municipality(
    county: Databases, signed_in: SignIn
) -> None:
    editor = signed_in("editor", "2184")

    [text] = pages_of(editor.get(SHEET).content)

    assert "Lägesrapport till styrgruppen · Hudiksvall" in text
    assert "Bollnäs" not in text
    assert "Kommunen hade lagt ned" in text
    assert "Bollnäs" not in editor.get(PAGE).text


def test_the_page_shows_the_same_numbers_and_leads_to_the_sheet(
    county: Databases, signed_in: SignIn
) -> None:
    page = signed_in("project").get(f"{PAGE}?since=2026-09-01").text.replace(NBSP, " ")

    assert "120 MW" in page
    assert "plats för plats 200 MW" in page
    assert "Skriftligt besked om effekt: " in page
    assert "/progress/report.pdf?as_of=2026-11-02&amp;since=2026-09-01" in page
    assert "/progress?as_of=2026-11-02&amp;since=2026-09-01#supply" in page


def test_every_sentence_of_progress_leads_to_a_place_on_its_page(
    county: Databases, signed_in: SignIn
) -> None:
    found = the_report(county)
    page = signed_in("project").get("/progress").text

    links = {one.href for one in sentences(found.progress, found.row, "sv")}

    assert [link for link in links if f'id="{link[1:]}"' not in page] == []


@pytest.mark.parametrize("path", [PAGE, SHEET])
@pytest.mark.parametrize("query", ["as_of=2026-11-03", "as_of=1999-12-31", "since=i går", "x=1"])
def test_days_outside_and_words_unknown_are_refused(
    databases: Databases, signed_in: SignIn, path: str, query: str
) -> None:
    answer = signed_in("project").get(f"{path}?{query}")

    assert answer.status_code == 400


@pytest.mark.parametrize("path", [PAGE, SHEET])
def test_only_the_project_reads_it(
    client: TestClient, databases: Databases, signed_in: SignIn, path: str
) -> None:
    assert client.get(path, follow_redirects=False).headers["location"].startswith("/sign-in")
    assert signed_in("investor", None).get(path).status_code == 403


def test_json_holds_every_sentence_with_the_figures_in_it(
    county: Databases, with_token: SignIn
) -> None:
    found = with_token("project").get(API).json()
    keys = {figure["key"] for figure in found["figures"]}

    assert all(one["text_sv"] and one["text_en"] for one in found["sentences"])
    assert {key for one in found["sentences"] for key in one["figures"]} <= keys
    [site] = found["sites_expected"]
    assert (site["level"], site["next_level"]) == (2, 3)
    assert site["reasons"][0]["because_en"] == "Ellevio asked 3 Oct 2026"
