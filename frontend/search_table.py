"""The table of a search: a row for each site, chosen columns, units in the headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import shapely
from shapely.geometry import shape

from catalogue.database import Audience
from catalogue.fields import SITE, THEMES, Field
from catalogue.provenance import Mark
from catalogue.search.queries import SORT_KEYS
from catalogue.search.table_columns import TableView, offered
from frontend.figures import ASKED, ASKED_ON
from frontend.formats import value_text
from frontend.search_cards import name_of, status_word
from frontend.search_links import Found, Link, search_address
from frontend.search_words import reasons
from geo.texts import Language, Text

NAME = Text("Plats", "Site")
NO_UNIT = Text("", "")
NUMERIC = frozenset({"number", "integer", "span", "integers"})
FIXED = ("", "municipality")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A column; `href` sorts by it, the other way where it is sorted by already."""

    label: str
    unit: str
    href: str
    order: str
    """`ascending`, `descending` or empty, as ARIA has it."""
    is_numeric: bool


@dataclass(frozen=True)
class TableCell:
    """A value without its unit; `asked` says who has been asked where it is not known."""

    text: str
    mark: Mark | str
    asked: str
    is_numeric: bool


@dataclass(frozen=True, kw_only=True)
class TableRow:
    reference: str
    name: str
    municipality: str
    status: str
    cells: Sequence[TableCell]
    reasons: Sequence[str]
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Choice:
    """A field that can be a column."""

    key: str
    label: str
    is_chosen: bool


def table(
    language: Language, found: Found, view: TableView, audience: Audience, today: date
) -> dict[str, Any]:
    """What the template of the table needs; Any: values differ in type."""
    return {
        "headings": headings(language, found, view),
        "rows": [row(feature, found, view, language, today) for feature in found.features],
        "choices": choices(language, view, audience),
        "kept": [*found.wanted.pairs, *sorted_by(found), ("view", "table")],
    }


def view_links(language: Language, found: Found) -> list[Link]:
    """The list and the table, which show the same sites."""
    is_table = found.view is not None
    return [
        Link(
            text.in_language(language),
            search_address(language, found.wanted, found.part.sort, view=view),
            is_current=is_table == bool(view),
        )
        for text, view in (
            (Text("Lista", "List"), ()),
            (Text("Tabell", "Table"), (found.view or TableView()).pairs),
        )
    ]


def sorted_by(found: Found) -> list[tuple[str, str]]:
    return [("sort", ",".join(found.part.sort))] if found.part.sort else []


def headings(language: Language, found: Found, view: TableView) -> list[Heading]:
    named = heading(NAME, NO_UNIT, f"name_{language}", found, language)
    town = heading(SITE["municipality"].label, NO_UNIT, "municipality", found, language)
    rest = [heading(one.label, one.unit, one.key, found, language, one) for one in view.fields]
    return [named, town, *rest]


def heading(
    label: Text,
    unit: Text,
    key: str,
    found: Found,
    language: Language,
    field: Field | None = None,
) -> Heading:
    """The first click puts first what most would look for first."""
    falls_first = field is not None and field.better == "more"
    order = {key: "ascending", f"-{key}": "descending"}
    current = found.part.sort[0] if found.part.sort else ""
    first, second = (f"-{key}", key) if falls_first else (key, f"-{key}")
    href = ""
    if key in SORT_KEYS:
        to = second if current == first else first
        href = search_address(language, found.wanted, (to,), view=found.view_pairs)
    return Heading(
        label=label.in_language(language),
        unit=unit.in_language(language),
        href=href,
        order=order.get(current, ""),
        is_numeric=field is not None and field.kind in NUMERIC,
    )


def row(
    feature: Mapping[str, Any], found: Found, view: TableView, language: Language, today: date
) -> TableRow:
    """Any: GeoJSON."""
    said = feature["properties"]
    point = shapely.point_on_surface(shape(feature["geometry"]))
    marks = found.marks.get(said["reference"], {})
    return TableRow(
        reference=said["reference"],
        name=name_of(said, language),
        municipality=said["municipality_name"],
        status=status_word(said, language),
        cells=[table_cell(one, said, marks, language) for one in view.fields],
        reasons=reasons(said, language, today),
        longitude=round(point.x, 5),
        latitude=round(point.y, 5),
    )


def table_cell(
    field: Field, said: Mapping[str, Any], marks: Mapping[str, Mark], language: Language
) -> TableCell:
    """Any: JSON."""
    text = value_text(unitless(field.key), said.get(field.key), language)
    asked = said["asked"].get(field.key)
    mark = "unknown" if asked else marks.get(field.key, "") if text else ""
    return TableCell(
        text, mark, asked_words(asked, language) if asked else "", field.kind in NUMERIC
    )


def asked_words(asked: Mapping[str, str | None], language: Language) -> str:
    day = date.fromisoformat(asked["asked_on"]) if asked["asked_on"] else ""
    frame = ASKED_ON if day else ASKED
    return frame.format(asked=asked["asked"] or "", day=day).in_language(language)


@cache
def unitless(key: str) -> Field:
    """The field as its cells are written: the unit stands in the heading."""
    return replace(SITE[key], unit=NO_UNIT)


def choices(
    language: Language, view: TableView, audience: Audience
) -> list[tuple[str, list[Choice]]]:
    """What can be a column, by theme."""
    some = offered(audience)
    groups = [
        (
            title.in_language(language),
            [
                Choice(one.key, one.label.in_language(language), one.key in view.columns)
                for one in some
                if one.theme == theme
            ],
        )
        for theme, title in THEMES.items()
    ]
    return [(title, group) for title, group in groups if group]
