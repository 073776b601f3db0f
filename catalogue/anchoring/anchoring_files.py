"""The anchoring of the municipalities as JSON and as a CSV file."""

import csv
import io
from typing import Any

import orjson

from catalogue.anchoring.anchoring_input import doubts
from catalogue.anchoring.overview import Overview, Town
from catalogue.anchoring.parts import LABELS, PARTS
from catalogue.exports import cell
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.figure_definitions_anchoring import ATTENDED, IN_PLACE, TRAININGS
from geo.texts import Language

COLUMNS = (
    "municipality", "municipality_code", "part", "name", "state", "since", "gap", "to_do", "as_of",
)  # fmt: skip


def as_json(town: Town, plan: ProjectPlan) -> dict[str, Any]:
    """Any: JSON."""
    said, standing = town.said, town.standing
    return {
        "municipality": said.municipality,
        "name": town.name,
        "version": said.version,
        "is_example": said.is_example,
        **said.values,
        "last_activity": standing.since("activity"),
        "swot_date": standing.since("swot"),
        "meetings_attended": town.numbers[ATTENDED.key],
        "trainings": town.numbers[TRAININGS.key],
        "in_place": town.numbers[IN_PLACE.key],
        "parts": [
            {"part": part, "state": standing.state(part), "since": standing.since(part)}
            for part in PARTS
        ],
        "gaps": [
            {
                "part": gap.part,
                "text_sv": gap.text.sv,
                "text_en": gap.text.en,
                "to_do_sv": gap.to_do.sv,
                "to_do_en": gap.to_do.en,
                "ask": gap.ask.sv if gap.ask else None,
            }
            for gap in town.gaps
        ],
        "doubts": [
            {"part": part, "text_sv": text.sv, "text_en": text.en}
            for part, text in doubts(said.values, plan).items()
        ],
    }


def write_json(found: Overview, plan: ProjectPlan) -> bytes:
    towns = [as_json(one, plan) for one in found.towns.values()]
    return orjson.dumps({"as_of": found.day, "parts": len(PARTS), "municipalities": towns})


def write_csv(found: Overview, language: Language) -> bytes:
    """One row a municipality and part; comma, UTF-8."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for code, town in found.towns.items():
        for part in PARTS:
            since = town.standing.since(part)
            gap = next((one for one in town.gaps if one.part == part), None)
            rows.writerow(
                [
                    cell(town.name),
                    cell(code),
                    part,
                    cell(LABELS[part].in_language(language)),
                    town.standing.state(part),
                    since.isoformat() if since else "",
                    cell(gap.text.in_language(language)) if gap else "",
                    cell(gap.to_do.in_language(language)) if gap else "",
                    found.day.isoformat(),
                ]
            )
    return buffer.getvalue().encode()
