"""What is looked for as files: JSON for programs, CSV for spreadsheets."""

import csv
import io

import orjson

from catalogue.exports import cell
from catalogue.progress.demand import DEFINITIONS, Demand
from geo.texts import Language


def write_json(found: Demand) -> bytes:
    return orjson.dumps(
        {
            "since": found.days.since,
            "until": found.days.until,
            "searches": found.searches,
            "searches_before": found.before,
            "steps": [
                {"since": one.since, "until": one.until, "searches": one.searches}
                for one in found.steps
            ],
            "conditions": [
                {
                    "parameter": one.parameter,
                    "name_sv": one.label.sv,
                    "name_en": one.label.en,
                    "searches": one.searches,
                    "searches_before": one.before,
                    "dropped": one.dropped,
                    "ranges": one.ranges,
                }
                for one in found.asked
            ],
            "sites": [
                {
                    "reference": one.reference,
                    "parameter": one.parameter,
                    "searches": one.searches,
                }
                for one in found.dropouts
            ],
            "definitions": [
                {"key": key, "name_sv": name.sv, "name_en": name.en,
                 "definition_sv": words.sv, "definition_en": words.en}
                for key, (name, words) in DEFINITIONS.items()
            ],
        }
    )  # fmt: skip


def write_csv(found: Demand, language: Language) -> bytes:
    """One row a condition and range, then one a site; comma, UTF-8."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow(
        ("parameter", "name", "range", "reference", "searches", "dropped", "since", "until")
    )
    span = (found.days.since.isoformat(), found.days.until.isoformat())
    for one in found.asked:
        name = cell(one.label.in_language(language))
        rows.writerow((one.parameter, name, "", "", one.searches, one.dropped, *span))
        for range_, count in one.ranges.items():
            rows.writerow((one.parameter, name, cell(range_), "", count, "", *span))
    for dropout in found.dropouts:
        name = cell(dropout.label.in_language(language))
        rows.writerow((dropout.parameter, name, "", dropout.reference, dropout.searches, "", *span))
    return buffer.getvalue().encode()
