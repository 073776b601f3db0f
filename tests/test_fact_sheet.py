"""The fact sheet: what it says, to whom, and that it can be listened to."""

from collections.abc import Callable
from itertools import cycle
from typing import Any

import pypdfium2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from catalogue.database import Databases
from tests.builders import a_site
from tests.file_builders import a_photo
from tests.test_same_numbers import BESIDES, NUMBERS

SignIn = Callable[..., TestClient]
NBSP = "\N{NO-BREAK SPACE}"
WRITTEN = {"basis": "utility_written", "as_of": "2026-10-03", "source": "Ellevio"}
ASKED = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-10-03"}
SOURCE = "Skriftligt besked från handläggaren efter möte och telefonsamtal, bilaga"
CODES = {
    "soil": "till",
    "geotech": "full",
    "earthworks": "pad_ready",
    "control": "owned",
    "power_type": "firm",
    "redundancy": "n1",
    "water_permit": "granted",
    "road_class": "BK4",
    "dark_fibre": True,
    "district_heating": "available",
    "gas": "lng_truck",
    "capacity_application": "applied",
}
COLOURS = {"Från söder": "#88aa99", "Från norr": "#aa8855"}


def text_of(content: bytes) -> str:
    """Every page's text, on one line."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    return " ".join(" ".join(pages).replace(NBSP, " ").split())


def sheet(client: TestClient, reference: str, language: str = "sv") -> str:
    return text_of(client.get(f"/sites/{reference}.pdf", params={"lang": language}).content)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_sheet_is_a_tagged_pdf_in_its_language(
    client: TestClient, databases: Databases, language: str
) -> None:
    site = a_site(databases)

    answer = client.get(f"/sites/{site.reference}.pdf", params={"lang": language})

    assert answer.headers["content-type"] == "application/pdf"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in answer.content
    assert b"/StructTreeRoot" in answer.content
    assert f"/Lang({language})".encode() in answer.content.replace(b"/Lang (", b"/Lang(")


def test_the_sheet_is_two_to_four_pages(client: TestClient, databases: Databases) -> None:
    site = a_site(databases)

    content = client.get(f"/sites/{site.reference}.pdf").content

    assert 2 <= len(pypdfium2.PdfDocument(content)) <= 4


def test_a_sheet_with_much_behind_its_values_tells_each_source_once_on_four_pages(
    client: TestClient, databases: Databases
) -> None:
    sources = [f"{SOURCE} {number}" for number in range(20)]
    values = {key: value for key, (value, _, _) in NUMBERS.items()} | BESIDES | CODES
    backed = {
        key: {"value": value, "basis": "municipality", "as_of": "2026-09-01", "source": source}
        for (key, value), source in zip(values.items(), cycle(sources), strict=False)
    }
    backed["power_timeline"]["value"] = [
        {"year": 2026 + step, "mw": 17.5 + step, "firm": True, "condition": "Ny ledning byggs"}
        for step in range(12)
    ]
    site = a_site(databases, description_sv="En lång text om platsen. " * 79, **backed)

    content = client.get(f"/sites/{site.reference}.pdf").content

    assert len(pypdfium2.PdfDocument(content)) <= 4
    assert [one for one in sources if f"{one}, kommunens" not in text_of(content)] == []


def test_a_value_stands_with_its_mark_who_says_so_and_when(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases, power_now_mw={"value": 10, **WRITTEN})

    text = sheet(client, site.reference)

    assert "10 MW verifierad Ellevio, skriftligt, 3 okt 2026" in text


def test_what_is_unknown_says_who_has_been_asked(client: TestClient, databases: Databases) -> None:
    unknown = {"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-10-03"}
    site = a_site(databases, sewage_m3_day=unknown)

    text = sheet(client, site.reference, "en")

    assert "Helsinge Vatten 3 Oct 2026, waited 30 days" in text


def test_the_sheet_names_whom_to_call_and_where_the_page_is(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases)

    text = sheet(client, site.reference)

    assert "Anna Prov" in text
    assert "070-174 06 05" in text
    assert f"/sites/{site.reference}" in text


def test_a_value_for_registered_readers_stands_only_in_their_sheet(
    client: TestClient, databases: Databases, signed_in: SignIn
) -> None:
    site = a_site(databases, property_designations=["BOLLNÄS HÄGGESTA 7:2"])

    assert "HÄGGESTA" not in sheet(client, site.reference)
    assert "HÄGGESTA" in sheet(signed_in("investor", None), site.reference)


def test_what_a_person_wrote_is_never_read_as_markup(
    client: TestClient, databases: Databases
) -> None:
    name = '#panic("x") *fet* $x$ [a] \\ "b'
    site = a_site(databases, name_sv=name)

    assert name in sheet(client, site.reference)


def test_a_name_in_letters_that_the_typeface_lacks_is_no_reason_to_refuse(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases, name_sv="Östra 工业区 park")

    answer = client.get(f"/sites/{site.reference}.pdf")

    assert answer.status_code == 200
    assert b"/StructTreeRoot" in answer.content


@pytest.mark.parametrize(
    "values",
    [
        {"power_timeline": ASKED, "power_now_mw": ASKED, "connection_lead_months": ASKED},
        {"outline_precision": "point_only"},
        {"name_sv": "Norra och södra industriområdet vid den gamla järnvägsstationen i Kilafors"},
        {"description_sv": "En lång text om platsen. " * 75},
    ],
)
def test_awkward_sites_have_a_sheet_too(
    client: TestClient, databases: Databases, values: dict[str, Any]
) -> None:
    site = a_site(databases, **values)

    answer = client.get(f"/sites/{site.reference}.pdf")

    assert b"<pdfuaid:part>1</pdfuaid:part>" in answer.content


def test_public_photos_stand_in_the_sheet_with_their_captions(
    client: TestClient, with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    for visibility, caption in (("public", "Från söder"), ("registered", "Från norr")):
        described = {"alt_sv": "Flygbild", "caption_sv": caption, "visibility": visibility}
        editor.post(
            f"/api/v1/sites/{site.reference}/files",
            files={"file": ("flygbild.jpg", a_photo(colour=COLOURS[caption]))},
            data=described,
        )

    text = sheet(client, site.reference)

    assert "Från söder" in text
    assert "Från norr" not in text
    captions = (
        with_token("investor", None).get(f"/sites/{site.reference}").text.split("<figcaption")
    )
    kept = [one for one in captions if "Bara för registrerade" in one.partition("</figcaption>")[0]]
    assert ["Från norr" in one for one in kept] == [True]


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
def test_a_site_that_is_not_listed_has_no_sheet(
    client: TestClient, databases: Databases, status: Any
) -> None:
    site = a_site(databases, status=status)

    assert client.get(f"/sites/{site.reference}.pdf").status_code == 404


def test_a_language_that_is_not_ours_is_refused(client: TestClient, databases: Databases) -> None:
    site = a_site(databases)

    answer = client.get(f"/sites/{site.reference}.pdf?lang=de")

    assert answer.status_code == 400
    assert "lang" in answer.text


def test_the_api_says_where_the_sheets_of_a_site_are(
    client: TestClient, databases: Databases
) -> None:
    site = a_site(databases)

    link = client.get(f"/api/v1/sites/{site.reference}").headers["link"]

    assert f'</sites/{site.reference}.pdf?lang=en>; rel="alternate"' in link


def test_a_sheet_made_twice_on_one_day_is_the_same_to_the_byte(
    app: FastAPI, client: TestClient, databases: Databases
) -> None:
    site = a_site(databases)
    first = client.get(f"/sites/{site.reference}.pdf").content
    app.state.services.documents.answers.clear()

    assert client.get(f"/sites/{site.reference}.pdf").content == first
