"""A file of geodata becomes a site's outline: uploaded, understood, chosen from, saved."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import shapely
from shapely import Polygon, box
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.database import Databases
from catalogue.outlines import kept_geodata
from catalogue.site import Site
from catalogue.tables import geodata_upload
from geo.reference_systems import transformed
from tests.builders import ADMIN, a_site
from tests.geodata_builders import geodata
from tests.html_forms import Texts, form_of

SignIn = Callable[..., TestClient]
FIELD = box(574_000, 6_802_000, 574_500, 6_802_400)
"""Twenty hectares in Bollnäs; beside it ten."""
MEADOW = box(574_600, 6_802_000, 574_850, 6_802_400)


@pytest.fixture
def site(databases: Databases) -> Site:
    return a_site(databases, status="draft")


@pytest.fixture
def editor(signed_in: SignIn) -> TestClient:
    return signed_in("editor")


def upload(client: TestClient, site: Site, content: bytes, name: str = "mark.gpkg") -> str:
    """The address that the upload leads to, or the page with what is wrong."""
    address = f"/workspace/sites/{site.reference}"
    page = client.get(f"{address}?theme=outline").text
    texts = form_of(page, f"{address}/outline/file")
    answer = client.post(
        f"{address}/outline/file", data=texts, files={"file": (name, content)},
        follow_redirects=False,
    )  # fmt: skip
    return answer.headers.get("location", answer.text)


def choice_form(client: TestClient, address: str) -> Texts:
    """The form that saves, without those that only show the file in another way."""
    page = client.get(address).text
    return form_of(page[page.index('<form id="choose"') :], address.split("?", maxsplit=1)[0])


def use(client: TestClient, address: str, *areas: int, **more: str) -> str:
    texts = choice_form(client, address)
    texts |= {"area": [str(area) for area in areas], "save": ["yes"]}
    texts |= {name: [value] for name, value in more.items()}
    return client.post(address.split("?", maxsplit=1)[0], data=texts).text


def outline_ha(databases: Databases, site: Site) -> float:
    with databases.writing(ADMIN) as session:
        outline = sites.find(session, site.reference).outline
    assert outline is not None
    return outline.area / 10_000


def two_areas() -> bytes:
    return geodata(".gpkg", [FIELD, MEADOW], {"namn": ["Åkern", "Ängen"], "pris": [120, 80]})


def test_the_areas_of_a_file_are_listed_with_size_and_attributes(
    editor: TestClient, site: Site
) -> None:
    page = editor.get(upload(editor, site, two_areas())).text

    assert "Åkern" in page
    assert "20,0" in page or "20\u00a0ha" in page or "20 ha" in page
    assert "pris: 120" in page
    assert "SWEREF 99 TM (EPSG:3006)" in page


def test_several_chosen_areas_become_one_outline(
    databases: Databases, editor: TestClient, site: Site
) -> None:
    page = use(editor, upload(editor, site, two_areas()), 1, 2)

    assert outline_ha(databases, site) == pytest.approx(30)
    assert "data-saved" in page


def test_what_the_chosen_areas_make_is_shown_before_it_is_saved(
    databases: Databases, editor: TestClient, site: Site
) -> None:
    address = upload(editor, site, two_areas())
    texts = choice_form(editor, address) | {"area": ["2"], "look": ["yes"]}

    page = editor.post(address, data=texts).text

    assert "Så blir området" in page
    assert 'value="2" checked' in page
    assert outline_ha(databases, site) == pytest.approx(60, abs=2)


def test_nothing_chosen_is_said_and_keeps_the_file(editor: TestClient, site: Site) -> None:
    address = upload(editor, site, two_areas())

    assert "Välj minst en yta i listan." in use(editor, address)
    assert editor.get(address).status_code == 200


def test_swapped_axes_are_not_saved_before_they_are_confirmed(
    databases: Databases, editor: TestClient, site: Site
) -> None:
    turned = shapely.transform(FIELD, lambda xy: xy[:, ::-1])
    address = upload(editor, site, geodata(".gpkg", [turned]))

    page = editor.get(address).text
    refused = use(editor, address, 1)

    assert "om de är SWEREF 99 TM (EPSG:3006), med nord (latitud) först" in page
    assert "Spara som område" not in page
    assert "Området kan inte sparas än" in refused
    assert outline_ha(databases, site) == pytest.approx(60, abs=2)


def test_swapped_axes_are_mended_once_confirmed(
    databases: Databases, editor: TestClient, site: Site
) -> None:
    turned = shapely.transform(FIELD, lambda xy: xy[:, ::-1])
    address = upload(editor, site, geodata(".gpkg", [turned]))

    use(editor, f"{address}?reading=own-swapped", 1)

    assert outline_ha(databases, site) == pytest.approx(20)


def test_a_system_chosen_by_hand_is_used(
    databases: Databases, editor: TestClient, site: Site
) -> None:
    drawing = geodata(".dxf", [transformed(FIELD, 3006, 3010)], crs=None)
    address = upload(editor, site, drawing, "ritning.dxf")

    use(editor, f"{address}?system=3010", 1)

    assert outline_ha(databases, site) == pytest.approx(20, abs=0.01)


def test_an_area_is_found_by_its_attributes_and_the_chosen_stay(
    editor: TestClient, site: Site
) -> None:
    areas = [box(574_000 + 10 * n, 6_802_000, 574_008 + 10 * n, 6_802_008) for n in range(70)]
    names = [f"Ruta {n}" for n in range(1, 71)]
    address = upload(editor, site, geodata(".gpkg", areas, {"namn": names}))

    page = editor.get(f"{address}?text=ruta+67&area=3").text

    assert "2 av 70 ytor visas" in page
    assert "Ruta 67" in page
    assert 'value="3" checked' in page


def test_a_file_that_cannot_be_read_is_explained_where_it_was_chosen(
    editor: TestClient, site: Site
) -> None:
    page = upload(editor, site, b"\x89PNG\r\n\x1a\n", "mark.gpkg")

    assert "Filen ”mark.gpkg” är en bild." in page
    assert 'href="#outline-file"' in page


def test_no_file_is_said(editor: TestClient, site: Site) -> None:
    address = f"/workspace/sites/{site.reference}"
    texts = form_of(editor.get(f"{address}?theme=outline").text, f"{address}/outline/file")

    answer = editor.post(f"{address}/outline/file", data=texts, files={"file": ("", b"")})

    assert "Välj en fil först." in answer.text


def test_a_file_of_lines_alone_says_that_an_area_is_needed(editor: TestClient, site: Site) -> None:
    line = shapely.LineString([(574_000, 6_802_000), (574_500, 6_802_400)])

    page = editor.get(upload(editor, site, geodata(".gpkg", [line]))).text

    assert "Filen har inga ytor" in page


def test_an_upload_is_for_its_sender_alone(
    databases: Databases, editor: TestClient, signed_in: SignIn, site: Site
) -> None:
    address = upload(editor, site, two_areas())

    assert signed_in("publisher").get(address).status_code == 404
    with databases.writing(ADMIN) as session:
        assert session.scalar(select(func.count()).select_from(geodata_upload)) == 0


def test_an_editor_of_another_municipality_uploads_nothing(
    signed_in: SignIn, databases: Databases, editor: TestClient, site: Site
) -> None:
    other = a_site(databases, municipality="2180", status="draft")
    texts = form_of(
        editor.get(f"/workspace/sites/{site.reference}?theme=outline").text,
        f"/workspace/sites/{site.reference}/outline/file",
    )

    answer = editor.post(
        f"/workspace/sites/{other.reference}/outline/file",
        data=texts,
        files={"file": ("mark.gpkg", two_areas())},
    )

    assert answer.status_code == 403


def test_an_upload_is_removed_after_a_day(
    databases: Databases, editor: TestClient, site: Site
) -> None:
    address = upload(editor, site, two_areas())
    with databases.owner.begin() as connection:
        connection.execute(
            update(geodata_upload).values(created_at=func.now() - timedelta(hours=25))
        )

    assert "Den sparas i ett dygn" in editor.get(address).text
    with databases.writing(None) as session:
        kept_geodata.remove_expired(session)
    with databases.owner.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(geodata_upload)) == 0


def test_an_area_elsewhere_is_refused_with_where_it_lies(editor: TestClient, site: Site) -> None:
    gavle: Polygon = transformed(box(16.95, 60.72, 16.96, 60.73), 4326, 3006)

    page = use(editor, upload(editor, site, geodata(".gpkg", [gavle])), 1)

    assert "Gävle" in page
    assert "Området kan inte sparas än" in page


def test_whoever_was_second_chooses_between_both_outlines_on_a_map(
    editor: TestClient, site: Site, databases: Databases
) -> None:
    there = upload(editor, site, two_areas())
    texts = choice_form(editor, there) | {"area": ["1"], "save": ["yes"]}
    drawing = f"/workspace/sites/{site.reference}/outline"
    page = editor.get(f"/workspace/sites/{site.reference}?theme=outline").text
    meanwhile = "61.40 16.30\n61.40 16.31\n61.41 16.31\n61.41 16.30"
    editor.post(drawing, data=form_of(page, drawing) | {"outline-text": [meanwhile]})

    late = editor.post(there.split("?", maxsplit=1)[0], data=texts)
    editor.post(drawing, data=form_of(late.text, drawing) | {"outline-keep": ["mine"]})

    assert late.status_code == 412
    assert "Ni har båda ritat området" in late.text
    assert outline_ha(databases, site) == pytest.approx(20, abs=0.05)
