"""Files of sites: each format is a writer, features in, bytes out; the registry names columns."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from catalogue.fields import SITE, Field
from catalogue.sites_workbook import write_workbook
from geo.texts import Language

Writer = Callable[[Iterable[str], Language, date], Iterator[bytes]]
"""Features as GeoJSON text, the language of headings, and the day, to the file's bytes."""

IDENTITY = ("reference", "municipality", "municipality_name", "status")
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class FileFormat:
    media_type: str
    write: Writer
    most_sites: int | None = None
    """More than this does not fit into such a file."""


def exported_fields() -> list[Field]:
    """The fields of a row after its identity; geometry stands in geodata files only."""
    return [field for field in SITE.values() if not field.structural]


def write_geojson(features: Iterable[str], language: Language, today: date) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    for number, feature in enumerate(features):
        yield (("," if number else "") + "\n" + feature).encode()
    yield b"\n]}\n"


def write_json(features: Iterable[str], language: Language, today: date) -> Iterator[bytes]:
    yield b'{"sites":['
    for number, feature in enumerate(features):
        yield (b"," if number else b"") + b"\n" + orjson.dumps(plain(feature))
    yield b"\n]}\n"


def plain(feature: str) -> dict[str, Any]:
    """A site without its geometry; Any: JSON."""
    properties: dict[str, Any] = orjson.loads(feature)["properties"]
    return properties


def write_csv(features: Iterable[str], language: Language, today: date) -> Iterator[bytes]:
    """One row a site under the fields' keys; comma, UTF-8, lists joined by semicolons."""
    keys = [*IDENTITY, *(field.key for field in exported_fields()), "fit", "unknown", "asked"]
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow(keys)
    for feature in features:
        properties = plain(feature)
        rows.writerow([cell(properties.get(key)) for key in keys])
        yield emptied(buffer)
    yield emptied(buffer)


def emptied(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def cell(value: Any) -> str | int | float:
    """A value as one cell; a text that a spreadsheet would run as a formula is quoted. Any: JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list) and all(isinstance(part, str | int) for part in value):
        value = "; ".join(map(str, value))
    if not isinstance(value, str):
        value = orjson.dumps(value).decode() if value else ""
    return f"'{value}" if value.startswith(RISKY) else value


def tidy(number: float | None) -> float | None:
    """A whole number without decimals."""
    return int(number) if number is not None and number == int(number) else number


FORMATS: dict[str, FileFormat] = {
    "geojson": FileFormat("application/geo+json", write_geojson),
    "json": FileFormat("application/json", write_json),
    "csv": FileFormat("text/csv; charset=utf-8", write_csv),
    "xlsx": FileFormat(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_workbook,
        most_sites=15_000,
    ),
}
"""Excel holds 1 048 576 rows a sheet, and every site takes some sixty for its sources."""
