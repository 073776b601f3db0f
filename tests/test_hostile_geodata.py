"""Files made to harm: each is refused with words, and reaches nothing outside itself."""

import sqlite3
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from shapely import box

from geo.errors import InvalidGeodata
from geo.geodata import UPLOAD
from geo.geodata_files import read_geodata
from geo.geodata_parsing import PROGRAM
from tests.geodata_builders import geodata, zipped

FIELD = box(574_000, 6_802_000, 574_500, 6_802_400)
ENDINGS = (".gpkg", ".geojson", ".kml", ".gml", ".dxf", ".zip", ".json", ".xml")


def a_virtual_source(file: Path) -> bytes:
    """What GDAL would follow to another file, whatever it is called."""
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{file}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    ).encode()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "a.geojson"
    file.write_bytes(geodata(".geojson", [box(16, 61, 16.1, 61.1)], crs="EPSG:4326"))
    return file


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_virtual_source_is_refused_under_every_name(ending: str, secret: Path) -> None:
    with pytest.raises(InvalidGeodata, match="cannot be read as geodata"):
        read_geodata(a_virtual_source(secret), f"plats{ending}")


@pytest.mark.parametrize("ending", [".gpkg", ".geojson", ".kml", ".gml", ".dxf", ".shp"])
def test_a_virtual_source_is_refused_within_a_zip(ending: str, secret: Path) -> None:
    packed = zipped({f"plats{ending}": a_virtual_source(secret)})

    with pytest.raises(InvalidGeodata, match="cannot be read as geodata"):
        read_geodata(packed, "plats.zip")


def test_a_virtual_source_dressed_as_gml_opens_nothing(secret: Path) -> None:
    dressed = b'<!-- http://www.opengis.net/gml --><kml xmlns="opengis.net/gml">'

    with pytest.raises(InvalidGeodata, match=r"damaged|no features"):
        read_geodata(dressed + a_virtual_source(secret) + b"</kml>", "plats.kml")


def test_a_chain_of_commands_dressed_as_geojson_runs_nothing(secret: Path) -> None:
    chain = (
        f'{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read {secret}"}}'
    )

    with pytest.raises(InvalidGeodata):
        read_geodata(chain.encode(), "plats.geojson")


def test_entities_of_xml_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>'

    with pytest.raises(InvalidGeodata, match="cannot be read as geodata"):
        read_geodata(bomb, "plats.kml")


def test_an_endless_view_ends_with_a_clear_message(tmp_path: Path) -> None:
    file = tmp_path / "plats.gpkg"
    file.write_bytes(geodata(".gpkg", [FIELD], layer="omraden"))
    with sqlite3.connect(file) as database:
        database.executescript("""
            create view evig as with recursive tal(n) as (select 1 union all select n + 1 from tal)
                select n as fid, geom from tal, omraden where n < 0;
            insert into gpkg_contents (table_name, data_type, identifier, srs_id)
                select 'evig', 'features', 'evig', srs_id from gpkg_contents;
            insert into gpkg_geometry_columns
                select 'evig', 'geom', 'POLYGON', srs_id, 0, 0 from gpkg_geometry_columns;
        """)
    database.close()

    with pytest.raises(InvalidGeodata, match="takes too long to read"):
        read_geodata(file.read_bytes(), "plats.gpkg", limits=replace(UPLOAD, cpu_s=2, wall_s=30))


def test_a_picture_with_another_name_is_called_a_picture() -> None:
    with pytest.raises(InvalidGeodata, match="is a picture"):
        read_geodata(b"\x89PNG\r\n\x1a\n" + bytes(100), "plats.gpkg")


def test_a_kind_under_the_name_of_another_is_refused() -> None:
    with pytest.raises(InvalidGeodata, match=r"holds GeoPackage.*Change its ending to \.gpkg"):
        read_geodata(geodata(".gpkg", [FIELD]), "plats.geojson")


def test_a_database_that_is_no_geopackage_is_refused(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "a.gpkg")
    database.execute("create table a (b)")
    database.commit()
    database.close()

    with pytest.raises(InvalidGeodata, match="is a database that is no GeoPackage"):
        read_geodata((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")


def test_a_damaged_geopackage_is_refused() -> None:
    content = geodata(".gpkg", [FIELD])

    with pytest.raises(InvalidGeodata, match="is damaged"):
        read_geodata(content[:8_000] + bytes(len(content) - 8_000), "plats.gpkg")


def test_a_bomb_in_a_zip_is_not_unpacked() -> None:
    with pytest.raises(InvalidGeodata, match="unreasonably large"):
        read_geodata(zipped({"plats.geojson": b" " * 150_000_000}), "plats.zip")


def test_a_zip_that_lies_about_a_size_is_stopped_while_it_is_unpacked() -> None:
    packed = zipped({"plats.geojson": b'{"a": "' + b"b" * 50_000 + b'"}'})
    lying = packed.replace((50_009).to_bytes(4, "little"), (40).to_bytes(4, "little"))

    with pytest.raises(InvalidGeodata, match="is damaged or locked"):
        read_geodata(lying, "plats.zip")


@pytest.mark.parametrize("name", ["../../etc/plats.geojson", "/etc/plats.geojson", "C:\\a.geojson"])
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    with pytest.raises(InvalidGeodata, match="points out of its folder"):
        read_geodata(zipped({name: b"{}"}), "plats.zip")


def test_a_link_in_a_zip_is_refused() -> None:
    packed, link = BytesIO(), zipfile.ZipInfo("plats.geojson")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(InvalidGeodata, match="holds a link"):
        read_geodata(packed.getvalue(), "plats.zip")


def test_a_zip_within_a_zip_is_refused() -> None:
    with pytest.raises(InvalidGeodata, match="a zip within the zip"):
        read_geodata(zipped({"a.zip": zipped({"b.geojson": b"{}"})}), "plats.zip")


def test_too_many_files_in_a_zip_are_refused() -> None:
    with pytest.raises(InvalidGeodata, match="more than 200 files"):
        read_geodata(zipped({f"{n}.txt": b"" for n in range(201)}), "plats.zip")


def test_more_features_than_accepted_are_refused() -> None:
    content = geodata(".gpkg", [FIELD] * 12)

    with pytest.raises(InvalidGeodata, match="more than 10 features"):
        read_geodata(content, "plats.gpkg", limits=replace(UPLOAD, features=10))


def test_a_file_that_is_too_large_is_not_opened() -> None:
    with pytest.raises(InvalidGeodata, match="at most 20 MB"):
        read_geodata(b"{" + bytes(20_000_000), "plats.geojson")


def test_the_process_that_reads_can_open_no_socket_and_start_no_program() -> None:
    attempt = (
        f"import runpy, socket, subprocess; runpy.run_path({str(PROGRAM)!r})['isolate']()\n"
        "for reach in (socket.socket, lambda: subprocess.run(['true'])):\n"
        "    try: reach()\n"
        "    except PermissionError: print('refused')\n"
    )

    done = subprocess.run([sys.executable, "-c", attempt], capture_output=True, check=True)

    assert done.stdout.split() == [b"refused", b"refused"]
