"""Which kind of geodata a file is: by its first bytes, which its name must agree with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from geo.errors import InvalidGeodata
from geo.texts import Text

HEAD = 8_192
"""Bytes that tell a kind."""
XML_PROLOGUE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>|<!--.*?-->|\s)*", re.DOTALL)
ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)[\s>/]")
DXF_START = re.compile(rb"^\s*(?:999[ \t]*\r?\n[^\n]*\n\s*)*0[ \t]*\r?\n\s*SECTION\b")
SQLITE_START = b"SQLite format 3\x00"
GEOPACKAGE_MARKS = (b"GPKG", b"GP10", b"GP11")
ZIP_START = b"PK\x03\x04"


@dataclass(frozen=True)
class Kind:
    """One kind of file; `driver` is GDAL's name for what reads it."""

    name: str
    endings: tuple[str, ...]
    driver: str
    looks_like: Callable[[bytes], bool]


def xml_root(head: bytes) -> bytes:
    """The name of the outermost element; empty where it is no XML, or declares its own entities."""
    found = ROOT.match(head[XML_PROLOGUE.match(head).end() :])  # type: ignore[union-attr]  # matches nothing at least
    return found.group(1) if found else b""


def is_geopackage(head: bytes) -> bool:
    return head.startswith(SQLITE_START) and head[68:72] in GEOPACKAGE_MARKS


def is_gml(head: bytes) -> bool:
    return xml_root(head) != b"" and b"opengis.net/gml" in head


ZIPPED = Kind("zip", (".zip", ".kmz"), "", lambda head: head.startswith(ZIP_START))
SHAPEFILE = Kind(
    "Shapefile", (".shp",), "ESRI Shapefile", lambda head: head.startswith(b"\x00\x00\x27\x0a")
)
KINDS = (
    ZIPPED,
    SHAPEFILE,
    Kind("GeoPackage", (".gpkg",), "GPKG", is_geopackage),
    Kind("GeoJSON", (".geojson", ".json"), "GeoJSON", lambda head: head.startswith(b"{")),
    Kind("KML", (".kml",), "LIBKML", lambda head: xml_root(head) == b"kml"),
    Kind("GML", (".gml", ".xml"), "GML", is_gml),
    Kind("DXF", (".dxf",), "DXF", lambda head: DXF_START.match(head) is not None),
)
READABLE = "GeoPackage, Shapefile (zip), GeoJSON, KML, GML, DXF"

OTHERS: tuple[tuple[bytes, Text], ...] = (
    (b"\x89PNG", Text("en bild", "a picture")),
    (b"\xff\xd8\xff", Text("en bild", "a picture")),
    (b"GIF8", Text("en bild", "a picture")),
    (b"II*\x00", Text("en bild", "a picture")),
    (b"MM\x00*", Text("en bild", "a picture")),
    (b"%PDF", Text("en PDF", "a PDF")),
    (b"AC10", Text("en DWG-ritning; spara den som DXF", "a DWG drawing; save it as DXF")),
    (
        b"AutoCAD Binary DXF",
        Text("en binär DXF; spara den som DXF i textform", "a binary DXF; save it as text DXF"),
    ),
    (SQLITE_START, Text("en databas som inte är GeoPackage", "a database that is no GeoPackage")),
)


def kind_of(content: bytes, name: str) -> Kind:
    """The kind that the first bytes show; raises `InvalidGeodata` where the name says another."""
    head = content[:HEAD].removeprefix(b"\xef\xbb\xbf")
    ending = PurePath(name).suffix.lower()
    if not content:
        raise refused(name, Text("är tom", "is empty"))
    found = next((kind for kind in KINDS if kind.looks_like(head.lstrip())), None) or next(
        (kind for kind in KINDS if kind.looks_like(head)), None
    )
    if found is None:
        other = next((words for start, words in OTHERS if head.startswith(start)), None)
        if other is None:
            raise refused(
                name,
                Text(
                    f"går inte att läsa som geodata. Spara den som något av {READABLE}",
                    f"cannot be read as geodata. Save it as one of {READABLE}",
                ),
            )
        raise refused(name, Text("är {what}", "is {what}").format(what=other))
    if ending not in found.endings:
        raise refused(
            name,
            Text(
                "innehåller {kind}, men namnet säger något annat. Byt filens ändelse till {ending}",
                "holds {kind}, but its name says otherwise. Change its ending to {ending}",
            ).format(kind=found.name, ending=found.endings[0]),
        )
    return found


def refused(name: str, why: Text) -> InvalidGeodata:
    return InvalidGeodata(
        Text("Filen ”{name}” {why}.", "The file “{name}” {why}.").format(name=name[:80], why=why)
    )
