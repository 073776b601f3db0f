"""The formats a comparison is had in; each is a writer, sites side by side in, bytes out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import orjson

from catalogue.comparisons.comparison import Comparison
from catalogue.comparisons.comparison_tables import told, write_csv
from catalogue.comparisons.comparison_workbook import write_comparison
from catalogue.exports import FORMATS as SITE_FORMATS
from geo.texts import Language, Text


@dataclass(frozen=True)
class ComparisonFormat:
    media_type: str
    write: Callable[[Comparison, Language, date], bytes]


def write_json(comparison: Comparison, language: Language, today: date) -> bytes:
    return orjson.dumps(told(comparison))


FORMATS: dict[str, ComparisonFormat] = {
    "json": ComparisonFormat(SITE_FORMATS["json"].media_type, write_json),
    "csv": ComparisonFormat(SITE_FORMATS["csv"].media_type, write_csv),
    "xlsx": ComparisonFormat(SITE_FORMATS["xlsx"].media_type, write_comparison),
}


def file_name(chosen: str, language: Language, today: date) -> str:
    word = Text("jamforelse", "comparison").in_language(language)
    return f"sitefinder-{word}-{today}.{chosen}"
