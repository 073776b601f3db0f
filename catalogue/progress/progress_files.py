"""Progress as files: JSON and CSV here, the workbook beside; each figure with its declaration.

Documents set in type need the frontend, which adds its own: whoever writes all files is given them.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from catalogue.exports import cell, tidy
from catalogue.fields.field import PER_CENT
from catalogue.indicators.standings import Standing, as_json
from catalogue.progress.figures import FIGURE
from catalogue.progress.progress import Progress, Row, told
from catalogue.progress.progress_moves import Move
from catalogue.progress.progress_themes import ThemeProgress
from catalogue.progress.progress_workbook import write_workbook
from catalogue.progress.reports import Report, described
from catalogue.progress.sentences import sentences
from geo.texts import Language, Text

COLUMNS = (
    "municipality", "municipality_code", "figure", "name", "value", "unit", "change", "since",
    "as_of",
)  # fmt: skip
TARGET = Text("målet", "target")
REACHED = Text("nått", "reached")
FIELD_PARTS: Mapping[str, tuple[Text, Text]] = {
    "filled_pct": (Text("ifyllt", "filled in"), PER_CENT),
    "verified_pct": (Text("verifierad andel", "verified share"), PER_CENT),
    "stale": (Text("inaktuella värden", "stale values"), Text("", "")),
    "asked": (Text("obesvarade frågor", "questions open"), Text("", "")),
}


@dataclass(frozen=True)
class ProgressFormat:
    media_type: str
    write: Callable[[Report, Language], bytes]
    is_file: bool = True
    has_trend: bool = False
    """Whether it shows how figures have developed."""


Formats = Mapping[str, ProgressFormat]
"""By the ending of their files."""


def write_json(report: Report, _: Language) -> bytes:
    """The figures by municipality and in all, with what each means in both languages."""
    progress = report.progress
    body = {
        "as_of": progress.as_of,
        "since": progress.since,
        "narrowed_to": {
            "municipalities": list(report.narrowed.municipalities),
            "theme": report.narrowed.theme,
        },
        "is_example": progress.has_examples,
        "project": {
            "start": progress.plan.start,
            "end": progress.plan.end,
            "hours_per_month": progress.plan.hours_per_month,
        },
        "settings": report.settings,
        "definitions_version": report.definitions_version,
        "definitions": described(progress, report.definitions),
        "figures": [
            {
                "key": figure.key,
                "name_sv": figure.name.sv,
                "name_en": figure.name.en,
                "definition": figure.definition.key,
                "unit_sv": figure.unit.sv,
                "unit_en": figure.unit.en,
            }
            for figure in report.figures
        ],
        "municipalities": [
            {"code": row.code, "name": row.name.sv, "figures": by_key(report, row)}
            for row in progress.rows
        ],
        "total": {"figures": by_key(report, progress.total)} if progress.is_several else None,
        **(of_theme(report.theme, progress) if report.theme else of_all_themes(report)),
    }
    return orjson.dumps(body)


def of_all_themes(report: Report) -> dict[str, Any]:
    """What is not told by theme. Any: JSON."""
    progress = report.progress
    return {
        "sentences": [
            {"text_sv": one.text.sv, "text_en": one.text.en, "figures": one.keys}
            for one in sentences(progress, report.row)
        ],
        "sites_expected": [expected(move) for move in progress.moves],
        "indicators": as_json(progress.indicators),
    }


def of_theme(theme: ThemeProgress, progress: Progress) -> dict[str, Any]:
    """Its fields, each in every municipality and in all. Any: JSON."""
    return {
        "fields": [
            {
                "key": field.key,
                "name_sv": field.label.sv,
                "name_en": field.label.en,
                "total": asdict(theme.count(key=field.key)),
                "municipalities": {
                    row.code: asdict(theme.count(row.code, field.key)) for row in progress.rows
                },
            }
            for field in theme.fields
        ]
    }


def expected(move: Move) -> dict[str, Any]:
    """A site expected at its next level, and why. Any: JSON."""
    return {
        "reference": move.reference,
        "name_sv": move.name.sv,
        "name_en": move.name.en,
        "municipality": move.municipality,
        "level": move.level,
        "next_level": move.next_level,
        "reasons": [
            {
                "requirement_sv": one.text.sv,
                "requirement_en": one.text.en,
                "because_sv": one.because.sv,
                "because_en": one.because.en,
            }
            for one in move.reasons
        ],
    }


def by_key(report: Report, row: Row) -> dict[str, dict[str, Any]]:
    """Any: whole numbers stay whole."""
    return {
        key: {"value": tidy(row.numbers[key]), "change": tidy(row.change(key))}
        for key in told(row, report.figures)
    }


def write_csv(report: Report, language: Language) -> bytes:
    """One row a figure and municipality; comma, UTF-8."""
    progress = report.progress
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for row in progress.all_rows:
        name = row.name if row.code else report.place
        for key in told(row, report.figures):
            figure = FIGURE[key]
            rows.writerow(
                [
                    cell(name.in_language(language)),
                    cell(row.code),
                    figure.key,
                    cell(figure.name.in_language(language)),
                    cell(tidy(row.numbers[key])),
                    cell(figure.unit.in_language(language)),
                    cell(tidy(row.change(key))),
                    progress.since.isoformat(),
                    progress.as_of.isoformat(),
                ]
            )
        if report.theme:
            rows.writerows(field_lines(progress, report.theme, row.code, name, language))
    for standing in () if report.theme else progress.indicators:
        rows.writerows(indicator_lines(progress, standing, language))
    return buffer.getvalue().encode()


def field_lines(
    progress: Progress, theme: ThemeProgress, code: str, place: Text, language: Language
) -> Iterator[list[object]]:
    """What is filled in of each field and how sure it is, a row each."""
    for field in theme.fields:
        now, before = theme.count(code, field.key), theme.earlier(code, field.key)
        for part, (name, unit) in FIELD_PARTS.items():
            value, earlier = getattr(now, part), getattr(before, part)
            if value is not None:
                label = f"{field.label.in_language(language)}: {name.in_language(language)}"
                yield [
                    cell(place.in_language(language)),
                    cell(code),
                    f"field_{field.key}_{part}",
                    cell(label),
                    cell(tidy(value)),
                    cell(unit.in_language(language)),
                    "" if earlier is None else cell(tidy(round(value - earlier, 2))),
                    progress.since.isoformat(),
                    progress.as_of.isoformat(),
                ]


def indicator_lines(
    progress: Progress, standing: Standing, language: Language
) -> Iterator[list[object]]:
    """Its value, its target and how far it has come, a row each."""
    one, key = standing.indicator, f"indicator_{standing.indicator.id}"
    place = next(row for row in progress.all_rows if row.code == (one.municipality or ""))
    said = (
        (key, one.name, standing.value, one.unit),
        (f"{key}_target", TARGET, one.target, one.unit),
        (f"{key}_reached_pct", REACHED, standing.share_pct, PER_CENT),
    )
    for ending, name, number, unit in said:
        words = name if name is one.name else Text(f"{one.name.sv}: {name.sv}",
                                                   f"{one.name.en}: {name.en}")  # fmt: skip
        yield [
            cell(place.name.in_language(language)),
            cell(place.code),
            ending,
            cell(words.in_language(language)),
            cell(tidy(number)),
            cell(unit.in_language(language)),
            "",
            progress.since.isoformat(),
            progress.as_of.isoformat(),
        ]


DATA_FORMATS: Formats = {
    "json": ProgressFormat("application/json", write_json, is_file=False),
    "csv": ProgressFormat("text/csv; charset=utf-8", write_csv),
    "xlsx": ProgressFormat(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_workbook,
        has_trend=True,
    ),
}


def file_name(report: Report, language: Language, ending: str) -> str:
    """Such as `sitefinder-laget-2026-05-01.xlsx` or `sitefinder-laget-2183-power-2026-05-01.csv`."""
    word = Text("laget", "progress").in_language(language)
    narrowed = report.narrowed
    parts = (
        "sitefinder",
        word,
        *narrowed.municipalities,
        *([narrowed.theme] if narrowed.theme else []),
    )
    return f"{'-'.join(parts)}-{report.progress.as_of}.{ending}"
