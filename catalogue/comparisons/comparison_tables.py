"""A comparison as JSON and as CSV: a row for each field, a column for each site."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from catalogue.comparisons.comparison import Comparison, Row
from catalogue.exports import cell
from geo.texts import Language

SITE_KEYS = ("reference", "name_sv", "name_en", "municipality", "municipality_name", "status")


def told(comparison: Comparison) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "sites": [
            {key: site[key] for key in SITE_KEYS if key in site} for site in comparison.sites
        ],
        "rows": [
            told_row(part.key, row, comparison.profiles if part.is_profile else comparison.sites)
            for part in comparison.parts
            for row in part.rows
        ],
    }


def told_row(theme: str, row: Row, sites: Any) -> dict[str, Any]:
    """A field with each site's value, how it stands, and what is behind it. Any: JSON."""
    field = row.field
    return {
        "key": field.key,
        "theme": theme,
        "label_sv": field.label.sv,
        "label_en": field.label.en,
        "unit": field.unit.en,
        "better": field.better or None,
        "differs": row.differs,
        "values": [
            {
                "value": value,
                "standing": standing or None,
                **behind(site["provenance"].get(field.key)),
            }
            for value, standing, site in zip(row.values, row.standings, sites, strict=True)
        ],
    }


def behind(said: Mapping[str, str] | None) -> Mapping[str, str]:
    return said or {}


def write_csv(comparison: Comparison, language: Language, today: date) -> bytes:
    """UTF-8 with commas; the first line holds the references."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow(["theme", "key", "label", "unit", *comparison.references])
    for part in comparison.parts:
        for row in part.rows:
            label, unit = row.field.label, row.field.unit
            rows.writerow(
                [
                    part.key, row.field.key, label.in_language(language),
                    unit.in_language(language), *(cell(value) for value in row.values),
                ]
            )  # fmt: skip
    return buffer.getvalue().encode()
