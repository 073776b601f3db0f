"""The list behind a figure as files: JSON, and rows of lines and steps for CSV and the workbook."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from catalogue.behind.behind_workbook import write_workbook
from catalogue.behind.lines import Behind, Group, Line, LineKind, Part, Step
from catalogue.exports import cell
from catalogue.fields import PROFILE, SITE, Field
from catalogue.history.differences import Side
from catalogue.rules import SWEDEN
from catalogue.values import to_json
from geo.texts import Language, Text

FIELDS: Mapping[LineKind, Mapping[str, Field]] = {"site": SITE, "profile": PROFILE, "other": {}}
PERSONAL = frozenset(key for key in (*SITE, *PROFILE) if key.startswith("contact_"))
"""Fields that name people: that they changed is said, not from what to what."""
COLUMNS = (
    "row", "key", "name", "about", "municipality_code", "status", "substation", "counts", "is_new",
    "is_withdrawn", "before", "now", "change", "before_count", "before_of", "now_count", "now_of",
    "step", "field", "field_name", "old", "new", "old_basis", "new_basis", "old_as_of",
    "new_as_of", "saved_on", "role", "version", "figure", "since", "as_of",
)  # fmt: skip
Cells = dict[str, Any]


@dataclass(frozen=True)
class BehindFormat:
    media_type: str
    write: Callable[[Behind, Language], bytes]
    is_file: bool = True


def write_json(found: Behind, _: Language) -> bytes:
    """The figure on both days, and its lines with their steps; changed lines first."""
    figure = found.figure
    return orjson.dumps(
        {
            "figure": figure.key,
            "name_sv": figure.name.sv,
            "name_en": figure.name.en,
            "unit_sv": figure.unit.sv,
            "unit_en": figure.unit.en,
            "added_up_sv": found.definition.added_up.sv,
            "added_up_en": found.definition.added_up.en,
            "municipality": found.municipalities[0] if len(found.municipalities) == 1 else None,
            "municipalities": list(found.municipalities),
            "as_of": found.span.as_of,
            "since": found.span.since,
            "before": part_json(found.before),
            "now": part_json(found.now),
            "change": found.change,
            "is_example": any(line.is_example for line in lines_of(found)),
            "spread": [
                {"at_most_days": one.days, "before": one.before, "now": one.now}
                for one in found.spread
            ],
            "changed": [entry_json(entry) for entry in found.changed],
            "unchanged": [entry_json(entry) for entry in found.unchanged],
        }
    )


def lines_of(found: Behind) -> list[Line]:
    return [line for entry in (*found.changed, *found.unchanged) for line in entry.lines]


def part_json(part: Part) -> dict[str, Any]:
    """Any: JSON."""
    if part.share is None:
        return {"value": part.value}
    count, of = part.share
    return {"value": part.value, "count": count, "of": of}


def entry_json(entry: Line | Group) -> dict[str, Any]:
    """Any: JSON."""
    if isinstance(entry, Line):
        return line_json(entry)
    return {
        "substation": entry.name or None,
        "before": part_json(entry.before),
        "now": part_json(entry.now),
        "change": entry.change,
        "counts_before": entry.counts_before or None,
        "counts_now": entry.counts_now or None,
        "lines": [line_json(line) for line in entry.lines],
    }


def line_json(line: Line) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "key": line.key,
        "name_sv": line.name.sv,
        "name_en": line.name.en,
        "municipality": line.municipality,
        "status": line.status or None,
        "about_sv": line.about.sv if line.about else None,
        "about_en": line.about.en if line.about else None,
        "is_new": line.is_new,
        "is_withdrawn": line.is_withdrawn,
        "before": part_json(line.before),
        "now": part_json(line.now),
        "change": line.change,
        "steps": [step_json(step) for step in line.steps],
        "also_changed": list(line.also),
    }


def step_json(step: Step) -> dict[str, Any]:
    """Any: JSON."""
    return {
        "kind": step.kind,
        "field": step.key or None,
        "old": side_json(step.key, step.old),
        "new": side_json(step.key, step.new),
        "went_stale": list(step.aged),
        "before": part_json(step.before),
        "now": part_json(step.now),
        "change": step.change,
        "version": step.version,
        "recorded_at": step.recorded_at,
        "day": saved_on(step),
        "role": step.role or None,
    }


def saved_on(step: Step) -> str | None:
    if step.recorded_at is None:
        return None
    return step.recorded_at.astimezone(SWEDEN).date().isoformat()


def side_json(key: str, side: Side) -> dict[str, Any] | None:
    """The value, its state, basis and day; never who was asked or said so. Any: JSON."""
    if side.value is None and side.provenance is None:
        return None
    found: dict[str, Any] = {}
    if side.value is not None and key not in PERSONAL:
        found["value"] = to_json(side.value)
    behind = side.provenance
    if behind is not None:
        found |= {
            "state": behind.state,
            "basis": behind.basis,
            "as_of": behind.as_of,
            "asked_on": behind.asked_on,
        }
    return {name: value for name, value in found.items() if value is not None}


def rows(found: Behind, language: Language) -> Iterator[Cells]:
    """The figure, then each group, line and step under its line."""
    span = {"figure": found.figure.key, "since": found.span.since.isoformat()}
    span["as_of"] = found.span.as_of.isoformat()
    whole = {"row": "figure", "name": found.figure.name.in_language(language)}
    whole["municipality_code"] = ", ".join(found.municipalities)
    yield {**span, **whole, **parts(found.before, found.now), "change": found.change}
    for entry in (*found.changed, *found.unchanged):
        for one in entry_rows(entry, language):
            yield {**span, **one}


def entry_rows(entry: Line | Group, language: Language) -> Iterator[Cells]:
    if isinstance(entry, Group):
        yield {
            "row": "substation",
            "name": entry.name,
            "substation": entry.name,
            **parts(entry.before, entry.now),
            "change": entry.change,
        }
    for line in entry.lines:
        counts = entry.counts_now == line.key if isinstance(entry, Group) else None
        yield {**line_cells(line, language), "counts": counts}
        for step in line.steps:
            yield step_cells(line, step, language)


def parts(before: Part, now: Part) -> Cells:
    (before_count, before_of), (now_count, now_of) = (
        one.share or (None, None) for one in (before, now)
    )
    return {
        "before": before.value, "now": now.value,
        "before_count": before_count, "before_of": before_of,
        "now_count": now_count, "now_of": now_of,
    }  # fmt: skip


def changed_by(one: Line | Step) -> float | None:
    """None for a share, whose counts say it."""
    return None if isinstance(one.change, tuple) else one.change


def line_cells(line: Line, language: Language) -> Cells:
    return {
        "row": "line",
        "key": line.key,
        "name": line.name.in_language(language),
        "about": line.about.in_language(language) if line.about else None,
        "municipality_code": line.municipality,
        "status": line.status,
        "substation": line.node,
        "is_new": line.is_new,
        "is_withdrawn": line.is_withdrawn,
        **parts(line.before, line.now),
        "change": changed_by(line),
    }


def step_cells(line: Line, step: Step, language: Language) -> Cells:
    old, new = (side_json(step.key, one) or {} for one in (step.old, step.new))
    return {
        "row": "step",
        "key": line.key,
        "municipality_code": line.municipality,
        **parts(step.before, step.now),
        "change": changed_by(step),
        "step": step.kind,
        "field": step.key or "; ".join(step.aged),
        "field_name": named(line, step, language),
        "old": old.get("value", old.get("state")),
        "new": new.get("value", new.get("state")),
        "old_basis": old.get("basis"),
        "new_basis": new.get("basis"),
        "old_as_of": iso(old.get("as_of") or old.get("asked_on")),
        "new_as_of": iso(new.get("as_of") or new.get("asked_on")),
        "saved_on": saved_on(step),
        "role": step.role,
        "version": step.version,
    }


def iso(day: Any) -> str | None:
    """Any: a date of JSON's, or None."""
    return day.isoformat() if day else None


def named(line: Line, step: Step, language: Language) -> str:
    fields = FIELDS[line.kind]
    keys = [key for key in (step.key, *step.aged) if key in fields]
    return "; ".join(fields[key].label.in_language(language) for key in keys)


def write_csv(found: Behind, language: Language) -> bytes:
    """One row for the figure, then one a substation, line and step; comma, UTF-8."""
    buffer = io.StringIO()
    written = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\r\n")
    written.writeheader()
    for row in rows(found, language):
        written.writerow({name: cell(value) for name, value in row.items()})
    return buffer.getvalue().encode()


def write_book(found: Behind, language: Language) -> bytes:
    return write_workbook(found, list(rows(found, language)), language)


FORMATS: dict[str, BehindFormat] = {
    "json": BehindFormat("application/json", write_json, is_file=False),
    "csv": BehindFormat("text/csv; charset=utf-8", write_csv),
    "xlsx": BehindFormat(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_book
    ),
}


def file_name(found: Behind, language: Language, ending: str) -> str:
    """Such as `sitefinder-bakom-area_net_ha-2183-2026-05-01.csv`."""
    word = Text("bakom", "behind").in_language(language)
    parts = ("sitefinder", word, found.figure.key, *found.municipalities, str(found.span.as_of))
    return f"{'-'.join(parts)}.{ending}"
