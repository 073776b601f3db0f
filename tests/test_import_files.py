"""Awkward files: handled where it is plain what is meant, else refused with what to do about it."""

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
import xlsxwriter
from openpyxl import Workbook

from catalogue import sites
from catalogue.database import Databases
from catalogue.errors import UnreadableFile
from catalogue.fields import SITE
from catalogue.imports import files
from catalogue.imports.headings import meanings, told
from catalogue.imports.workbooks import scan
from catalogue.site import Site
from tests.builders import ADMIN, a_site, square
from tests.import_files import (
    a_template,
    a_workbook,
    checked,
    edited,
    faults,
    report_of,
    saved,
    warnings,
    written,
)

HEADINGS = ["Referens", "Effekt i dag (MW)", "Redundans"]


def now(databases: Databases, reference: str = "GVB-2183-001") -> Site:
    with databases.writing(ADMIN) as session:
        return sites.find(session, reference)


def notes(databases: Databases, content: bytes, name: str = "platser.csv") -> list[str]:
    return [note[0] for note in report_of(checked(databases, content, name=name))["notes"]]


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        files.kind_of(content)
    return caught.value.text.sv


@pytest.mark.parametrize("key", SITE)
def test_a_heading_may_be_the_key_or_the_words_of_a_field(key: str) -> None:
    field = SITE[key]

    unit = f"{field.label.sv} ({field.unit.sv or 'x'})"
    said = {meanings()[told(word)] for word in (key, key.upper(), *field.label, unit)}

    assert said == {key}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (date(2027, 3, 1), date(2027, 3, 1)),
        (datetime.fromisoformat("2027-03-01T12:30"), date(2027, 3, 1)),
        ("2027-03-01", date(2027, 3, 1)),
        ("1 mars 2027", date(2027, 3, 1)),
        ("1/3 2027", date(2027, 3, 1)),
        (20270301, date(2027, 3, 1)),
        (46447, date(2027, 3, 1)),
    ],
)
def test_a_day_is_understood_however_it_is_written(
    databases: Databases, typed: object, day: date
) -> None:
    a_site(databases)

    saved(
        databases,
        checked(databases, edited(a_template(databases), written({"reserved_until": typed}))),
    )

    assert now(databases).values["reserved_until"] == day


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("power_now_mw", "12,5", 12.5),
        ("power_now_mw", "1 2.5", None),
        ("power_now_mw", "12.5 MW", 12.5),
        ("connection_lead_months", "13-25", [13, 25]),
        ("connection_lead_months", "13 till 25", [13, 25]),
        ("connection_lead_months", 18, [18, 18]),
        ("connection_voltage_kv", "130; 145", [130, 145]),
        ("connection_voltage_kv", 130, [130]),
        ("suitable_for", "Batterier, food; Logistics", ["battery", "logistics", "food"]),
        ("flood_risk", "100-ÅRSFLÖDE", "100_year"),
        ("divisible", "JA", True),
        ("property_designations", "BOLLNÄS HÄGGESTA 3:15, BOLLNÄS HÄGGESTA 3:16",
         ["BOLLNÄS HÄGGESTA 3:15", "BOLLNÄS HÄGGESTA 3:16"]),
        ("contact_phone", 46701740605, "46701740605"),
    ],
)  # fmt: skip
def test_a_value_is_understood_however_it_is_written(
    databases: Databases, key: str, typed: object, value: object
) -> None:
    a_site(databases)

    one = checked(databases, edited(a_template(databases), written({key: typed})))

    told = [change["new"] for site in report_of(one)["sites"] for change in site["changes"]]
    assert told == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("power_now_mw", "1.250", "”1.250” kan läsas på två sätt"),
        ("power_now_mw", date(2026, 12, 24), "Excel har gjort om det du skrev till ett datum"),
        ("power_now_mw", 9_000, "Ska vara mellan 0 och 800 MW"),
        ("power_now_mw", "–", "Ett streck kan betyda flera saker"),
        ("redundancy", "tre matningar", "”tre matningar” finns inte bland valen"),
        ("divisible", "kanske", "”kanske” är varken ja eller nej"),
        ("reserved_until", "i höst", "”i höst” är inte ett datum"),
        ("property_designations", "LULEÅ NOTVIKEN 4:45", "”LULEÅ NOTVIKEN 4:45” börjar inte"),
    ],
)
def test_a_value_that_cannot_be_right_is_told_with_its_cell(
    databases: Databases, key: str, typed: object, said: str
) -> None:
    a_site(databases)

    [fault] = report_of(checked(databases, edited(a_template(databases), written({key: typed}))))[
        "faults"
    ]

    assert fault["text"][0].startswith(said)
    assert (fault["field"], fault["row"], fault["reference"]) == (key, 5, "GVB-2183-001")
    assert fault["cell"]
    assert fault["mend"][0]


@pytest.mark.parametrize(
    ("encoding", "delimiter", "said"),
    [
        ("utf-8", ";", "Läst som text med UTF-8 och semikolon mellan kolumnerna."),
        ("utf-8-sig", ",", "Läst som text med UTF-8 och komma mellan kolumnerna."),
        ("cp1252", ";", "Läst som text med Windows-1252 och semikolon mellan kolumnerna."),
        ("utf-16", "\t", "Läst som text med UTF-16 och tabb mellan kolumnerna."),
    ],
)
def test_a_text_is_read_in_whatever_encoding_it_was_saved(
    databases: Databases, encoding: str, delimiter: str, said: str
) -> None:
    a_site(databases)
    rows = (("Referens", "Namn på svenska"), ("GVB-2183-001", "Åänäs ödegård"))
    content = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)

    assert said in notes(databases, content)
    saved(databases, checked(databases, content, name="platser.csv"))
    assert now(databases).values["name_sv"] == "Åänäs ödegård"


def test_a_decimal_point_counts_between_commas_and_a_decimal_comma_between_semicolons(
    databases: Databases,
) -> None:
    a_site(databases)
    a_site(databases)

    for content in (
        b"reference,power_now_mw\nGVB-2183-001,12.125\n",
        b"reference;power_now_mw\nGVB-2183-002;12,125\n",
    ):
        saved(databases, checked(databases, content, name="platser.csv"))

    for reference in ("GVB-2183-001", "GVB-2183-002"):
        assert now(databases, reference).values["power_now_mw"] == 12.125


def test_merged_cells_are_refused_where_values_stand(databases: Databases) -> None:
    def merge(book: Workbook) -> None:
        book["Platser"].merge_cells("B2:B3")

    rows = [HEADINGS, ["GVB-2183-001", 20, None], ["GVB-2183-002", None, None]]
    for _ in range(2):
        a_site(databases)

    one = checked(databases, a_workbook(rows, change=merge))

    assert faults(one) == [
        (
            "B2",
            "Cellerna B2:B3 är sammanslagna, så det går inte att se vilken rad värdet gäller.",
        )
    ]


def test_a_formula_counts_by_the_value_that_excel_worked_out(databases: Databases) -> None:
    a_site(databases)
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Platser")
        sheet.write_row(0, 0, HEADINGS[:2])
        sheet.write_string(1, 0, "GVB-2183-001")
        sheet.write_formula(1, 1, "=12*2", None, 24)

    one = checked(databases, held.getvalue())

    assert warnings(one) == ["Cellen är en formel. Det värde som Excel senast räknade fram läses."]
    saved(databases, one)
    assert now(databases).values["power_now_mw"] == 24


def test_an_error_of_excel_is_refused(databases: Databases) -> None:
    a_site(databases)

    one = checked(databases, a_workbook([HEADINGS, ["GVB-2183-001", "#DIV/0!", None]]))

    assert faults(one) == [("B2", "Cellen visar ett fel från Excel, som #DIV/0!.")]


def test_a_formula_without_a_value_is_refused(databases: Databases) -> None:
    a_site(databases)

    one = checked(databases, a_workbook([HEADINGS, ["GVB-2183-001", "=12*2", None]]))

    assert faults(one) == [("B2", "Cellen är en formel utan något uträknat värde.")]


def test_hidden_rows_are_read_and_said_to_be(databases: Databases) -> None:
    a_site(databases)

    def hide(book: Workbook) -> None:
        book["Platser"].row_dimensions[2].hidden = True

    content = a_workbook([HEADINGS, ["GVB-2183-001", 20, None]], change=hide)

    assert notes(databases, content, "platser.xlsx") == [
        "Bladet Platser har dolda rader (2). De läses som alla andra."
    ]
    assert report_of(checked(databases, content))["counts"]["changed"] == 1


def test_a_column_that_is_not_known_is_named_with_what_it_may_be(databases: Databases) -> None:
    a_site(databases)
    rows = [["Referens", "Redundanss", "Ansvarig"], ["GVB-2183-001", "N-1", "Anna"]]

    told = report_of(checked(databases, a_workbook(rows)))["warnings"]

    assert [(one["cell"], one["mend"][0]) for one in told] == [
        ("B1", "Menar du ”redundans”?"),
        ("C1", "Byt rubriken mot ett fälts namn eller nyckel om den ska läsas."),
    ]


def test_what_the_catalogue_works_out_is_not_read(databases: Databases) -> None:
    a_site(databases)
    rows = [["Referens", "Status", "Mognad"], ["GVB-2183-001", "Utkast", 5]]

    one = checked(databases, a_workbook(rows))

    assert "Läses inte, eftersom katalogen själv bestämmer dem" in report_of(one)["notes"][0][0]
    assert report_of(one)["counts"]["unchanged"] == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["GVB-2183-009", "Bollnäs"], "Det finns ingen plats med referensen GVB-2183-009."),
        (["GVB-2180-001", "Bollnäs"], "GVB-2180-001 hör till en annan kommun (Gävle)."),
        (["GVB-2183-001", "Gävle"], "Raden gäller Gävle, men filen laddades upp för Bollnäs."),
        (["GVB-2183-001", 2180], "Raden gäller 2180, men filen laddades upp för Bollnäs."),
    ],
)
def test_a_row_about_another_place_is_refused(
    databases: Databases, row: list[object], said: str
) -> None:
    a_site(databases, municipality="2183")
    a_site(databases, municipality="2180")

    one = checked(databases, a_workbook([["Referens", "Kommun"], row]))

    assert [text for _, text in faults(one)] == [said]


def test_a_reference_that_stands_twice_is_refused(databases: Databases) -> None:
    a_site(databases)
    rows = [HEADINGS, ["GVB-2183-001", 20, None], ["gvb-2183-001 ", 30, None]]

    assert faults(checked(databases, a_workbook(rows))) == [
        ("A3", "GVB-2183-001 står på fler än en rad.")
    ]


def test_rows_of_other_sheets_must_belong_to_a_site(databases: Databases) -> None:
    a_site(databases)

    def change(book: Workbook) -> None:
        book["Effekt år för år"].append(["NY-7", None, 2030, 40, "Ja", None])
        book["Källor"].append(["GVB-2183-001", None, "Månens fas", "känd"])

    one = checked(databases, edited(a_template(databases), change))

    assert [text for _, text in faults(one)] == [
        "Raden hör till NY-7, som inte står på bladet med platser.",
        "Fältet ”Månens fas” finns inte, eller bestäms av katalogen själv.",
    ]


def test_a_file_without_headings_is_refused(databases: Databases) -> None:
    one = checked(databases, a_workbook([["Hej", "på", "dig"]]))

    assert [text for _, text in faults(one)] == ["Filen har ingen rubrikrad som känns igen."]


def test_an_old_workbook_is_refused_whatever_it_is_called() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

    assert refusal(old).startswith("Filen är en äldre Excelfil (.xls)")


def test_a_workbook_behind_a_password_is_refused() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")

    assert refusal(locked).startswith("Filen är skyddad med lösenord.")


def test_a_workbook_with_macros_is_refused() -> None:
    with zipfile.ZipFile(held := io.BytesIO(), "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        file.writestr("xl/vbaProject.bin", "x")

    assert refusal(held.getvalue()).startswith("Filen innehåller makron")


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\0\0", b"<html><table></table></html>"]
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    assert refusal(content).startswith("Filens innehåll känns inte igen.")


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"  \n") == "Filen är tom."


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        with file.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(26):
                part.write(b"0" * 10_000_000)

    assert refusal(held.getvalue()).startswith("Filen blir för stor när den packas upp.")


@pytest.mark.parametrize(
    "xml",
    [
        b'<row r="1"><c r="A1"/></row><row r="900000"><c r="A900000"/></row>',
        b'<row r="1"><c r="XFD1"/></row>',
    ],
)
def test_a_sheet_with_a_cell_far_away_is_refused(xml: bytes) -> None:
    with pytest.raises(UnreadableFile, match="A sheet reaches"):
        scan(xml)


def test_a_sheet_that_declares_entities_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        scan(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><row r="1"/>')


def test_a_damaged_workbook_is_refused(databases: Databases) -> None:
    whole = a_workbook([HEADINGS])
    with zipfile.ZipFile(held := io.BytesIO(), "w") as file:
        for name in zipfile.ZipFile(io.BytesIO(whole)).namelist():
            part = zipfile.ZipFile(io.BytesIO(whole)).read(name)
            file.writestr(name, part[: len(part) // 2] if "sheet1" in name else part)

    one = checked(databases, held.getvalue())

    assert one.refusal is not None
    assert one.refusal.sv.startswith("Filen går inte att läsa som en Excelbok.")


def a_feature(**properties: object) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": properties, "geometry": square(16.32, 61.41)}
            ],
        }
    )


def test_a_geojson_changes_outline_and_values(databases: Databases) -> None:
    a_site(databases)
    content = a_feature(reference="GVB-2183-001", power_now_mw=22, layer="x").encode()

    one = checked(databases, content, name="omraden.geojson")

    [told] = report_of(one)["sites"]
    assert [change["field"] for change in told["changes"]] == ["power_now_mw", "outline"]
    saved(databases, one)
    outline = now(databases).outline
    assert outline is not None
    assert (round(outline.centroid.x, -3), round(outline.centroid.y, -3)) == (570_000, 6_809_000)


def test_a_feature_in_another_municipality_is_refused(databases: Databases) -> None:
    a_site(databases)
    content = a_feature(reference="GVB-2183-001").replace("16.3", "17.1").replace("61.4", "60.7")

    one = checked(databases, content.encode(), name="omraden.geojson")

    assert [fault["field"] for fault in report_of(one)["faults"]] == ["outline"]


def test_a_kml_makes_a_new_site_of_its_name_and_area(databases: Databases) -> None:
    corners = " ".join(f"{x},{y}" for x, y in square()["coordinates"][0])
    kml = (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        "<Document><Placemark><name>Nya marken</name><Polygon><outerBoundaryIs><LinearRing>"
        f"<coordinates>{corners}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark></Document></kml>"
    )

    saved(databases, checked(databases, kml.encode(), name="mark.kml"))

    site = now(databases)
    assert site.values["name_sv"] == "Nya marken"
    assert site.outline is not None


def a_layer(folder: Path, driver: str, name: str, **attributes: list[object]) -> Path:
    """A file of one area in Bollnäs, in SWEREF 99 TM, as a GIS program writes it."""
    path = folder / name
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(shapely.box(569_000, 6_807_000, 570_000, 6_808_000))]),
        field_data=[np.array(values, dtype=object) for values in attributes.values()],
        fields=list(attributes),
        geometry_type="Polygon",
        crs="EPSG:3006",
        driver=driver,
        layer=path.stem,
    )
    return path


def test_a_geopackage_changes_the_site_it_names(databases: Databases, tmp_path: Path) -> None:
    a_site(databases)
    path = a_layer(tmp_path, "GPKG", "omraden.gpkg", referens=["GVB-2183-001"], redundancy=["N-1"])

    one = saved(databases, checked(databases, path.read_bytes(), name=path.name))

    site = now(databases)
    assert one.state == "done"
    assert site.values["redundancy"] == "n1"
    assert site.outline is not None
    assert round(site.outline.area / 10_000) == 100


def test_a_shapefile_is_understood_by_its_shortened_headings(
    databases: Databases, tmp_path: Path
) -> None:
    a_site(databases)
    a_layer(tmp_path, "ESRI Shapefile", "mark.shp", reference=["GVB-2183-001"], area_gross=[100.0])
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for part in tmp_path.glob("mark.*"):
            file.write(part, part.name)

    one = checked(databases, held.getvalue(), name="mark.zip")

    [told] = report_of(one)["sites"]
    assert [change["field"] for change in told["changes"]] == ["area_gross_ha", "outline"]
