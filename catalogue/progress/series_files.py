"""A series as JSON and as a CSV file."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson

from catalogue.exports import cell, tidy
from catalogue.progress.series import Series
from geo.texts import Language


def write_json(found: Series, _: Language) -> bytes:
    """A list of numbers for each figure and place, in the order of the days."""
    body = {
        "days": found.days,
        "figures": [
            {
                "key": figure.key,
                "name_sv": figure.name.sv,
                "name_en": figure.name.en,
                "definition": figure.definition.key,
                "unit_sv": figure.unit.sv,
                "unit_en": figure.unit.en,
            }
            for figure in found.figures
        ],
        "municipalities": [
            {"code": code, "name": name.sv, "figures": lists(found, code)}
            for code, name in found.places.items()
            if code
        ],
        "total": {"figures": lists(found, "")} if "" in found.places else None,
    }
    return orjson.dumps(body)


def lists(found: Series, code: str) -> dict[str, list[float | None]]:
    return {
        figure.key: [tidy(number) for number in found.of(figure.key, code)]
        for figure in found.figures
    }


def write_csv(found: Series, language: Language) -> bytes:
    """One row a day, place and figure that says something; comma, UTF-8."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow(("day", "municipality", "municipality_code", "figure", "name", "value", "unit"))
    for code, place in found.places.items():
        for figure in found.figures:
            words = [cell(text.in_language(language)) for text in (figure.name, figure.unit)]
            rows.writerows(
                (
                    day.isoformat(), cell(place.in_language(language)), cell(code), figure.key,
                    words[0], cell(tidy(number)), words[1],
                )
                for day, number in zip(found.days, found.of(figure.key, code), strict=True)
                if number is not None
            )  # fmt: skip
    return buffer.getvalue().encode()


@dataclass(frozen=True)
class SeriesFormat:
    media_type: str
    write: Callable[[Series, Language], bytes]


FORMATS: Mapping[str, SeriesFormat] = {
    "json": SeriesFormat("application/json", write_json),
    "csv": SeriesFormat("text/csv; charset=utf-8", write_csv),
}
