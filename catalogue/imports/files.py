"""What kind of file somebody sent, by its content and never by its name, and who reads it."""

import zipfile
from io import BytesIO
from typing import Literal

from catalogue.errors import UnreadableFile
from catalogue.imports.delimited import read_delimited
from catalogue.imports.geodata import read_areas, read_features
from catalogue.imports.sheets import Upload
from catalogue.imports.workbooks import opened, read_workbook
from geo.coordinate_readings import Place, Reading
from geo.geodata_kinds import HEAD
from geo.geodata_kinds import KINDS as KINDS_OF_GEODATA
from geo.texts import Text

Kind = Literal["xlsx", "csv", "geojson", "geodata"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
GEODATA = tuple(kind for kind in KINDS_OF_GEODATA if kind.name not in ("zip", "GeoJSON"))


def kind_of(content: bytes) -> Kind:
    """Raises `UnreadableFile` for a kind that is not accepted, saying what to do instead."""
    head = content[:HEAD]
    if not content.strip():
        raise UnreadableFile(Text("Filen är tom.", "The file is empty."))
    if content.startswith(OLE):
        raise protected() if ENCRYPTED in content else old_workbook()
    if content.startswith(b"PK\x03\x04"):
        return packed_kind(content)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv"
    if any(kind.looks_like(content[:HEAD]) for kind in GEODATA):
        return "geodata"
    if b"\0" in head or head.startswith(b"%PDF"):
        raise unknown()
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return "geojson"
    if text.startswith(b"<"):
        raise unknown()
    return "csv"


def packed_kind(content: bytes) -> Kind:
    """Of a zip file."""
    try:
        names = {name.lower() for name in zipfile.ZipFile(BytesIO(content)).namelist()}
    except zipfile.BadZipFile as error:
        raise unknown() from error
    if any(name.endswith(".shp") for name in names):
        return "geodata"
    if "xl/workbook.xml" not in names:
        raise unknown()
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(
            Text(
                "Filen innehåller makron (.xlsm) och tas inte emot. Spara den som Excel-arbetsbok "
                "(.xlsx) och ladda upp den.",
                "The file contains macros (.xlsm) and is not accepted. Save it as an Excel workbook "
                "(.xlsx) and upload that.",
            )
        )
    opened(content)
    return "xlsx"


def protected() -> UnreadableFile:
    return UnreadableFile(
        Text(
            "Filen är skyddad med lösenord. Spara en kopia utan lösenord och ladda upp den.",
            "The file is protected by a password. Save a copy without one and upload that.",
        )
    )


def old_workbook() -> UnreadableFile:
    return UnreadableFile(
        Text(
            "Filen är en äldre Excelfil (.xls), även om den heter något annat. Öppna den i Excel "
            "och spara den som Excel-arbetsbok (.xlsx).",
            "The file is an older Excel file (.xls), whatever it is called. Open it in Excel and "
            "save it as an Excel workbook (.xlsx).",
        )
    )


def unknown() -> UnreadableFile:
    return UnreadableFile(
        Text(
            "Filens innehåll känns inte igen. Skicka Excel (.xlsx), CSV, GeoJSON, GeoPackage, "
            "Shapefile i en zip, KML eller DXF.",
            "The content of the file is not recognised. Send Excel (.xlsx), CSV, GeoJSON, "
            "GeoPackage, a zipped Shapefile, KML or DXF.",
        )
    )


def read(
    content: bytes, kind: Kind, name: str, place: Place, reading: Reading | None = None
) -> Upload:
    """The file as sheets; raises `UnreadableFile`, and `UncertainPosition` without a `reading`.

    `place` is where the coordinates of geodata are expected.
    """
    if kind == "xlsx":
        return read_workbook(content)
    if kind == "geojson":
        return read_features(content, name, place, reading)
    if kind == "geodata":
        return read_areas(content, name, place, reading)
    return read_delimited(content, name)
