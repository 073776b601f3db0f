"""Anchoring: what is missing told as sentences, and entered by those who may."""

from collections.abc import Callable
from datetime import date

import httpx
import pytest
from sqlalchemy import text, update
from starlette.testclient import TestClient

from catalogue.anchoring import anchoring
from catalogue.anchoring.overview import town
from catalogue.database import Databases
from catalogue.tables import account
from tests.anchoring_builders import OFFICE, hold, known_by_now, say
from tests.builders import ADMIN, RULES, TODAY, a_site, an_account
from tests.html_forms import form_of

PAGE = "/progress/anchoring/2183"


def gaps_of(databases: Databases, code: str = "2183") -> list[str]:
    with databases.writing(OFFICE) as session:
        return [gap.text.sv for gap in town(session, OFFICE, code, TODAY, RULES).gaps]


def save(client: TestClient, **texts: str) -> httpx.Response:
    """The form as it stands with these texts in it."""
    kept = {name: values[0] for name, values in form_of(client.get(PAGE).text, PAGE).items()}
    return client.post(PAGE, data={**kept, **texts})


def test_a_municipality_that_has_said_nothing_lacks_everything_in_order(
    databases: Databases,
) -> None:
    assert gaps_of(databases) == [
        "Det finns inget beslut om att kommunen deltar.",
        "Ingen är utsedd att göra arbetet.",
        "Kommunen har ingen ledamot i styrgruppen.",
        "Ingen har arbetat i katalogen än.",
        "Kommunen har inte varit med på något möte.",
        "Ingen ersättare är utsedd.",
        "Ingen från kommunen har gått någon utbildning.",
        "Profilen har ingen SWOT-analys med datum.",
    ]


def test_what_has_grown_old_says_since_when(databases: Databases) -> None:
    # 180 days before 2 November 2026 is 6 May.
    hold(databases, date(2026, 5, 5))

    assert "Kommunen har inte varit med på något möte sedan 5 maj 2026." in gaps_of(databases)


def test_a_meeting_of_half_a_year_ago_is_still_in_place(databases: Databases) -> None:
    hold(databases, date(2026, 5, 6))

    assert not [gap for gap in gaps_of(databases) if "möte" in gap]


def test_a_site_that_was_saved_is_activity(databases: Databases) -> None:
    a_site(databases, municipality="2183")
    known_by_now(databases)

    assert not [gap for gap in gaps_of(databases) if "katalogen" in gap]
    assert "Ingen har arbetat i katalogen än." in gaps_of(databases, "2180")


def test_somebody_appointed_whose_account_is_closed_is_a_gap(databases: Databases) -> None:
    email, _ = an_account(databases, "editor", "2183")
    say(databases, person_name="Anna Ek", person_email=email)
    assert not [gap for gap in gaps_of(databases) if "Anna Ek" in gap]

    with databases.writing(ADMIN) as session:
        session.execute(update(account).where(account.c.email == email).values(active=False))

    assert "Anna Ek är utsedd men har inget öppet konto i katalogen." in gaps_of(databases)


def test_the_office_is_told_whom_to_ask(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    say(databases, person_name="Anna Ek", person_role="Näringslivsutvecklare")

    page = signed_in("project").get("/progress/anchoring").text

    assert "Ingen ersättare är utsedd." in page
    assert "Fråga Anna Ek, näringslivsutvecklare." in page


def test_the_workspace_says_how_many_gaps_there_are(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    assert "Förankring: 8 luckor" in signed_in("editor").get("/workspace").text


def test_an_editor_enters_the_own_municipality_s_decision(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    editor = signed_in("editor")

    page = save(
        editor, decided_on="2024-05-28", decided_by="Kommunstyrelsen", deputy_role="GIS-ingenjör"
    ).text

    assert "Sparat." in page
    known_by_now(databases)
    page = editor.get(PAGE).text
    assert "2 av 8 delar är på plats." in page
    with databases.writing(OFFICE) as session:
        kept = anchoring.find(session, "2183")
    assert (kept.decided_on, kept.decided_by) == (date(2024, 5, 28), "Kommunstyrelsen")
    assert (kept.seats["deputy"].role, kept.seats["deputy"].since) == ("GIS-ingenjör", TODAY)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"decided_on": "2026-11-03", "decided_by": "KS"}, "Dagen har inte varit än."),
        ({"decided_on": "1924-05-28", "decided_by": "KS"}, "Dagen ligger långt före projektet."),
        ({"decided_on": "2024-05-28"}, "Ange vem som beslutade"),
        ({"decision_reference": "KS 2024/118"}, "Ange dagen då beslutet togs."),
        ({"person_email": "anna"}, "Skriv en e-postadress"),
        ({"decided_on": "våren", "decided_by": "KS"}, "är inte ett datum"),
        (
            {"decided_on": "2024-05-28", "decided_by": "KS", "decision_link": "bollnas.se/x"},
            "En länk börjar med https://",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    signed_in: Callable[..., TestClient], sent: dict[str, str], said: str
) -> None:
    answer = save(signed_in("editor"), deputy_role="Vikarien", **sent)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Vikarien"' in answer.text


def test_a_decision_before_the_project_is_saved_and_asked_about(
    signed_in: Callable[..., TestClient],
) -> None:
    page = save(signed_in("editor"), decided_on="2023-06-14", decided_by="KS").text

    assert "14 juni 2023 är före projektet, som började 1 okt 2023. Stämmer det?" in page


def test_whoever_saves_second_sees_what_was_saved_meanwhile(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    editor = signed_in("editor")
    old = {name: values[0] for name, values in form_of(editor.get(PAGE).text, PAGE).items()}
    say(databases, deputy_role="Planarkitekt")

    refused = editor.post(PAGE, data={**old, "deputy_role": "VA-ingenjör"})

    assert refused.status_code == 412
    assert "Ersättare: roll: Planarkitekt" in refused.text
    assert 'value="VA-ingenjör"' in refused.text
    again = {name: values[0] for name, values in form_of(refused.text, PAGE).items()}
    assert "Sparat." in editor.post(PAGE, data=again).text


def test_a_name_is_gone_once_it_is_emptied(
    databases: Databases, signed_in: Callable[..., TestClient]
) -> None:
    say(databases, person_name="Anna Ek", person_role="Utvecklare")
    editor = signed_in("editor")

    save(editor, person_name="")

    assert "Anna Ek" not in editor.get(PAGE).text
    with databases.owner.connect() as connection:
        kept = connection.execute(text("select string_agg(state::text, '') from anchoring_version"))
        assert "Anna Ek" not in kept.scalar_one()


def test_an_editor_reads_no_other_municipality_s(signed_in: Callable[..., TestClient]) -> None:
    editor = signed_in("editor")

    assert editor.get("/progress/anchoring/2180").status_code == 403
    page = editor.get("/progress/anchoring").text
    assert "/progress/anchoring/2183" in page
    assert "/progress/anchoring/2180" not in page


def test_a_municipality_that_is_not_there_is_not_found(
    signed_in: Callable[..., TestClient],
) -> None:
    assert signed_in("project").get("/progress/anchoring/9999").status_code == 404


def test_the_api_gives_what_is_in_place_and_what_is_missing(
    databases: Databases, with_token: Callable[..., TestClient]
) -> None:
    say(databases, decided_on="2024-05-28", decided_by="Kommunstyrelsen")

    found = with_token("editor").get("/api/v1/anchoring").json()

    [own] = found["municipalities"]
    assert (own["municipality"], own["in_place"], own["decided_by"]) == (
        "2183",
        1,
        "Kommunstyrelsen",
    )
    assert own["parts"][0] == {"part": "decision", "state": "in_place", "since": "2024-05-28"}
    assert own["gaps"][0]["part"] == "person"


def test_the_csv_file_has_a_row_for_each_part(with_token: Callable[..., TestClient]) -> None:
    answer = with_token("project").get("/api/v1/anchoring?format=csv&language=sv")

    rows = answer.text.splitlines()
    assert len(rows) == 1 + 10 * 8
    assert rows[1] == (
        "Bollnäs,2183,decision,Beslut att delta,missing,,Det finns inget beslut om att kommunen "
        "deltar.,Ta upp frågan i kommunstyrelsen och skriv in beslutet här.,2026-11-02"
    )


def test_a_program_changes_by_the_version_it_read(with_token: Callable[..., TestClient]) -> None:
    program, address = with_token("editor"), "/api/v1/anchoring/2183"
    etag = program.get(address).headers["ETag"]
    said = {"deputy_role": "Planarkitekt"}

    assert program.patch(address, json=said).status_code == 428
    changed = program.patch(address, json=said, headers={"If-Match": etag})
    again = program.patch(address, json=said, headers={"If-Match": etag})

    assert (changed.status_code, changed.json()["deputy_since"]) == (200, "2026-11-02")
    assert changed.headers["ETag"] == '"1-anchoring"'
    assert again.status_code == 412


def test_an_unknown_part_is_refused(with_token: Callable[..., TestClient]) -> None:
    answer = with_token("project").patch(
        "/api/v1/anchoring/2183", json={"mayor": "x"}, headers={"If-Match": '"0-anchoring"'}
    )

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_investor_sees_nothing_of_it(with_token: Callable[..., TestClient]) -> None:
    investor = with_token("investor", None)

    assert investor.get("/api/v1/anchoring").status_code == 403
    assert investor.get("/api/v1/meetings").status_code == 403
