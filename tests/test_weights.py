"""How much each level of fields counts in completeness: the same everywhere, and by the day."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.administration import adjustments
from catalogue.completeness import Count, Counts, Weights, applies, counted_fields
from catalogue.database import Databases
from catalogue.jobs import defer_relisting, work
from catalogue.progress.progress import Span
from catalogue.progress.reports import report
from catalogue.rules import Rules, rules_of
from catalogue.settings import Settings
from tests.builders import ADMIN, RULES, a_site, an_actor, known_since
from tests.html_forms import form_of

SETTINGS = "/admin/settings"
COUNTS: Counts = {
    ("land", 1): Count(applicable=4, filled=4),
    ("land", 2): Count(applicable=2, filled=0),
    ("power", 2): Count(applicable=2, filled=1),
    ("power", 3): Count(applicable=2, filled=1, asked=1),
}


@pytest.mark.parametrize(
    ("weights", "whole", "land", "power"),
    [
        (Weights(), 60, 67, 50),  # 6 of 10, 4 of 6, 2 of 4
        (Weights(2, 1, 0), 75, 80, 50),  # 9 of 12, 8 of 10, 1 of 2
        (Weights(0, 1, 4), 42, 0, 50),  # 5 of 12, 0 of 2, 5 of 10
        (Weights(1, 0, 0), 100, 100, 100),  # of power nothing weighs
        (Weights(0.5, 0.25, 0.25), 71, 80, 50),  # 2.5 of 3.5, 2 of 2.5, 0.5 of 1
    ],
)
def test_a_level_counts_by_its_weight(weights: Weights, whole: int, land: int, power: int) -> None:
    found = (
        weights.percent(COUNTS),
        weights.percent(COUNTS, "land"),
        weights.percent(COUNTS, "power"),
    )

    assert found == (whole, land, power)


@pytest.fixture
def site(databases: Databases) -> str:
    """Every field of level 1 filled in, none of the others, since March."""
    reference = a_site(databases).reference
    known_since(databases, datetime(2026, 3, 1, 12, tzinfo=UTC))
    return reference


def weigh(databases: Databases, settings: Settings, on: str = "2026-10-15", **to: float) -> None:
    """Weights set on a day."""
    values = {f"weight_{level}": weight for level, weight in to.items()}
    with databases.writing(ADMIN) as session:
        adjustments.change(session, settings, values, (), "Vi publicerar först")
        defer_relisting(session, ADMIN)
    with databases.owner.begin() as connection:
        connection.execute(text("update setting_change set changed_at = :on"), {"on": on})


def only_level_1(databases: Databases, settings: Settings) -> None:
    weigh(databases, settings, level_2=0, level_3=0)


def figure(client: TestClient, key: str, day: str) -> Any:
    total = client.get(f"/api/v1/progress?as_of={day}&since=2026-04-01").json()["total"]["figures"]
    return total[key]


def test_the_list_behind_a_past_day_tells_the_weights_of_that_day(
    databases: Databases, settings: Settings, site: str, signed_in: Callable[..., TestClient]
) -> None:
    only_level_1(databases, settings)
    address = "/en/progress/behind?figure=completeness&as_of="

    client = signed_in("project")
    then, now = (client.get(f"{address}{day}").text for day in ("2026-10-14", "2026-10-16"))

    assert "1, 1 and 1. All sites" in then
    assert "1, 0 and 0. All sites" in now


def test_a_past_day_keeps_the_weights_of_that_day(
    databases: Databases, settings: Settings, site: str, with_token: Callable[..., TestClient]
) -> None:
    office = with_token("project", None)
    then = figure(office, "completeness", "2026-11-01")["value"]
    assert 20 < then < 60

    only_level_1(databases, settings)

    assert figure(office, "completeness", "2026-11-01")["value"] == 100
    assert figure(office, "completeness_land", "2026-11-01")["value"] == 100
    assert figure(office, "completeness", "2026-10-14")["value"] == then
    assert figure(office, "completeness", "2026-11-01")["change"] == round(100 - then, 2)


def test_weights_of_a_set_up_that_never_changed_them_are_its_own(
    databases: Databases, site: str
) -> None:
    own = Settings().model_copy(update={"weight_level_2": 0.0, "weight_level_3": 0.0})
    with databases.writing(an_actor("project")) as session:
        span = Span(date(2026, 11, 1), date(2026, 11, 1))
        found = report(session, an_actor("project"), span, own, RULES).progress

    assert found.total.numbers["completeness"] == 100
    assert [one.percent for one in found.sites] == [100]


def test_what_is_asked_weighs_as_what_is_filled_in(
    databases: Databases, settings: Settings, with_token: Callable[..., TestClient]
) -> None:
    asked = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-03-01"}
    a_site(databases, power_now_mw=asked, soil=asked)
    known_since(databases, datetime(2026, 3, 1, 12, tzinfo=UTC))
    office = with_token("project", None)
    values = {"detaljplan_status": "laga_kraft"}
    applicable = sum(one.level == 1 and applies(one, values) for one in counted_fields())

    only_level_1(databases, settings)

    expected = round(100 / applicable, 1)  # power_now_mw alone: soil is of level 2
    assert figure(office, "asked", "2026-11-01")["value"] == expected


def test_a_change_of_weights_shows_on_every_page_and_leaves_versions_as_they_were(
    databases: Databases,
    settings: Settings,
    site: str,
    client: TestClient,
    signed_in: Callable[..., TestClient],
) -> None:
    listed = f"/api/v1/sites/{site}"
    before = client.get(listed).json()["properties"]["completeness_pct"]
    only_level_1(databases, settings)

    work(settings, wait=False)

    told = client.get(listed).json()["properties"]
    assert (before < 60, told["completeness_pct"]) == (True, 100)
    assert told["completeness"]["land"]["percent"] == 100
    assert told["completeness"]["land"]["filled"] < told["completeness"]["land"]["applicable"]
    editor = signed_in("editor")
    assert "100 %" in editor.get("/workspace").text.replace("\N{NO-BREAK SPACE}", " ")
    with databases.owner.connect() as connection:
        kept = connection.execute(
            text(
                "select (state ->> 'completeness_pct')::int, reason from site_version order by version"
            )
        ).all()
    assert {one[0] for one in kept[:-1]} == {before}
    assert tuple(kept[-1]) == (100, "Inställningarna har ändrats")
    with databases.writing(ADMIN) as session:
        now = rules_of(adjustments.present(session, settings))
        assert sites.rebuild(session, Rules(clock=RULES.clock, weights=now.weights)) == 1
    assert client.get(listed).json()["properties"]["completeness_pct"] == 100


def test_a_snapshot_keeps_the_weights_it_was_taken_with(
    databases: Databases, settings: Settings, site: str, with_token: Callable[..., TestClient]
) -> None:
    office = with_token("project", None)
    weigh(databases, settings, level_1=2, level_2=0.5)
    office.post("/api/v1/snapshots", json={"name": "En", "as_of": "2026-10-31"})
    address = "/api/v1/snapshots/1/files/progress.json"
    frozen = office.get(address).content

    only_level_1(databases, settings)

    assert office.get(address).content == frozen
    said = orjson.loads(frozen)
    assert [said["settings"][f"weight_level_{level}"] for level in (1, 2, 3)] == [2, 0.5, 1]
    meaning = next(one for one in said["definitions"] if one["key"] == "completeness")
    assert "vikterna 2, 0,5 och 1" in meaning["definition_sv"]
    assert "weights 2, 0.5 and 1" in meaning["definition_en"]


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (("0", "0", "0"), "Minst en av vikterna ska vara mer än 0."),
        (("-1", "1", "1"), "Minst 0."),
        (("101", "1", "1"), "Högst 100."),
        (("tung", "1", "1"), "Skriv ett tal"),
    ],
)
def test_weights_that_cannot_be_are_refused_at_the_field(
    signed_in: Callable[..., TestClient], weights: tuple[str, str, str], said: str
) -> None:
    admin = signed_in("admin")
    sent = form_of(admin.get(SETTINGS).text, f"{SETTINGS}#group-weights")
    sent |= {f"weight_level_{level}": [one] for level, one in enumerate(weights, start=1)}

    page = admin.post(SETTINGS, data=sent)

    assert page.status_code == 422
    assert said in page.text
    assert 'id="weight_level_1-error"' in page.text
