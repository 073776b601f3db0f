"""Requests as clients write them, each beside what it asks for, and how a reading compares."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.requests.places import Places
from catalogue.requests.requirements import Requirement

FOLDER = Path(__file__).parent / "requests"
SEED = Path(__file__).parents[1] / "seed" / "data"
Asked = tuple[str, str, str, int | None, bool, bool]
"""Key, operator, value as text, year, firm, must."""


def places() -> Places:
    """The county's municipalities and towns, as a new installation has them."""
    municipalities = json.loads((SEED / "municipalities.json").read_text())
    towns = json.loads((SEED / "places.geojson").read_text())["features"]
    return Places(
        {one["code"]: one["name"] for one in municipalities["municipalities"]},
        {
            one["properties"]["name"]: tuple(one["geometry"]["coordinates"])
            for one in reversed(towns)
        },
    )


@dataclass(frozen=True)
class RequestText:
    """A written request, and what a person reads in it."""

    name: str
    text: str
    asked: tuple[dict[str, Any], ...]
    """Requirements as JSON; Any: JSON."""
    not_understood: tuple[str, ...]
    """Words that must stand in some fragment that is told as not understood."""


def request_texts(folder: str = "") -> list[RequestText]:
    found = []
    for path in sorted((FOLDER / folder).glob("*.toml")):
        said = tomllib.loads(path.read_text())
        found.append(
            RequestText(
                path.stem, said["text"], tuple(said["requirement"]), tuple(said["not_understood"])
            )
        )
    return found


def as_asked(one: Requirement) -> Iterator[Asked]:
    """What a requirement asks for, without the words it came from; each avoided code by itself."""
    values = [one.value]
    if isinstance(one.value, tuple):
        several = sorted(one.value)
        values = list(several) if one.op == "none_of" else ["|".join(several)]
    for value in values:
        text = f"{value:.4g}" if isinstance(value, float | int) else str(value)
        yield one.key, one.op, text, one.year, one.firm, one.must


def resolved(given: dict[str, Any], known: Places) -> dict[str, Any]:
    """A requirement of a file; `near` names its town there. Any: JSON."""
    said = {key: value for key, value in given.items() if key != "question"}
    if said["key"] == "near":
        town, km = said["value"].split(",")
        longitude, latitude = known.towns[town]
        said["value"] = f"{longitude},{latitude},{km}"
    return said


def expected(one: RequestText, known: Places) -> list[Asked]:
    return [
        asked
        for given in one.asked
        for asked in as_asked(Requirement.model_validate(resolved(given, known)))
    ]
