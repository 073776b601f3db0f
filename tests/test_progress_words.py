"""Progress in sentences, held against sentences written by hand from figures counted by hand."""

from datetime import UTC, date, datetime

import pytest

from catalogue.database import Databases
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.progress import Span, progress
from catalogue.progress.running_text import NO_BREAK_SPACE, POINTS, with_unit
from catalogue.provenance import ShelfLife
from frontend.progress_words import SECTIONS, LinkedSentence, sentences
from geo.texts import Language
from tests.builders import a_site, an_actor, known_since

PROJECT = an_actor("project")
BEFORE, AFTER = date(2026, 9, 1), date(2026, 11, 1)
UNKNOWN = {"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-10-22"}


def told(databases: Databases, language: Language) -> list[LinkedSentence]:
    with databases.writing(PROJECT) as session:
        found = progress(session, PROJECT, Span(AFTER, BEFORE), ProjectPlan(), ShelfLife())
    return sentences(found, found.total, language)


@pytest.fixture
def county(databases: Databases) -> Databases:
    """One site since spring; since October another, on the same substation, and a reserved one."""
    first = a_site(databases, substation="Kilafors", power_now_mw=80, area_net_ha=50)
    timeline = [{"year": 2026, "mw": 120, "firm": True}, {"year": 2030, "mw": 150, "firm": True}]
    a_site(
        databases, substation="Kilafors", power_now_mw=120, power_timeline=timeline,
        area_net_ha=40.5, sewage_m3_day=UNKNOWN,
    )  # fmt: skip
    a_site(databases, municipality="2184", status="reserved", area_net_ha=30, power_now_mw=10)
    known_since(databases, datetime(2026, 10, 5, 12, tzinfo=UTC))
    known_since(databases, datetime(2026, 4, 1, 12, tzinfo=UTC), f"site_id = {first.id}")
    return databases


def test_each_figure_is_put_into_words(county: Databases) -> None:
    said = [one.text.replace("\N{NO-BREAK SPACE}", " ") for one in told(county, "sv")]

    assert said[:2] == [
        "Den 1 nov 2026 fanns 3 platser i katalogen, 2 fler än den 1 sep 2026.",
        "Av dem var 2 publicerade, en reserverad och ingen etablerad.",
    ]
    assert (
        "Platserna som går att få omfattade 120,5 hektar byggbar mark, "
        "70,5 hektar mer än den 1 sep 2026." in said
    )
    # 120 MW once for Kilafors and 10 in Hudiksvall; in 2030 the larger of the two, and 120 there.
    assert (
        "Den fasta effekten var 130 MW och väntas bli 270 MW år 2030, "
        "med varje station räknad en gång." in said
    )
    assert "En uppgift hade väntat 10 dagar på svar." in said
    assert said[-1].startswith("Kommunerna hade lagt ned 0 timmar, 0 % av de 5 760 timmar")


def test_english_has_its_own_words(county: Databases) -> None:
    said = [one.text.replace("\N{NO-BREAK SPACE}", " ") for one in told(county, "en")]

    assert (
        said[0] == "On 1 Nov 2026 there were 3 sites in the catalogue, 2 more than on 1 Sept 2026."
    )
    assert (
        "The sites that can be had came to 120.5 hectares of developable land, "
        "70.5 hectares more than on 1 Sept 2026." in said
    )


def test_an_empty_catalogue_is_told_without_inventing(databases: Databases) -> None:
    said = [one.text.replace("\N{NO-BREAK SPACE}", " ") for one in told(databases, "sv")]

    assert said[0] == "Den 1 nov 2026 fanns ingen plats i katalogen."
    assert not any("verifierade" in one or "väntade" in one for one in said)


def test_every_sentence_leads_to_where_its_figure_stands(county: Databases) -> None:
    assert {one.href for one in told(county, "sv")} <= {f"#{name}" for name in SECTIONS.values()}


@pytest.mark.parametrize(
    ("value", "sv", "en"),
    [
        (1, "1 procentenhet", "1 percentage point"),
        (2, "2 procentenheter", "2 percentage points"),
        (0.5, "0,5 procentenheter", "0.5 percentage points"),
    ],
)
def test_one_of_something_is_said_in_the_singular(value: float, sv: str, en: str) -> None:
    said = with_unit(value, POINTS)

    assert (said.sv, said.en) == tuple(text.replace(" ", NO_BREAK_SPACE, 1) for text in (sv, en))


def test_a_change_too_small_to_be_written_is_none(databases: Databases) -> None:
    for _ in range(2):
        a_site(databases, geotech="desk")
    known_since(databases, datetime(2026, 4, 1, 12, tzinfo=UTC))
    a_site(databases)
    known_since(databases, datetime(2026, 10, 5, 12, tzinfo=UTC), "recorded_at > '2026-11-02'")

    text = next(one.text for one in told(databases, "sv") if "ifyllda" in one.text)

    assert text.endswith("ifyllda, lika mycket som den 1 sep 2026.")
