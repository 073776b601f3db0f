"""What a figure is: a number by municipality and in all, its name, and the SQL that counts it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement

from catalogue.fields import MEASURED_THEMES, SITE, THEMES, Theme
from catalogue.power import CHOSEN_YEARS
from catalogue.progress.figure_definitions import Definition
from catalogue.progress.relation import Relation
from geo.texts import Text

STATUSES: tuple[str, ...] = tuple(entry.code for entry in SITE["status"].codes)
BIDDING_AREAS: tuple[str, ...] = tuple(entry.code for entry in SITE["bidding_area"].codes)
UNSAID = Text("Ej angivet", "Not said")
POWER_TIMES: dict[str, Text] = {
    "now": Text("i dag", "today"),
    **{str(year): Text(str(year), str(year)) for year in CHOSEN_YEARS},
}


@dataclass(frozen=True)
class Counted:
    """A number as an aggregate over the rows of a relation: the one place that says it."""

    relation: Relation
    number: ColumnElement[Any]
    share: tuple[ColumnElement[Any], ColumnElement[Any]] | None = None
    """Of a share: how many count, and of how many."""

    @cached_property
    def has_spans(self) -> bool:
        return self.relation.has_spans(self.number)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number per municipality and in all; several may share a definition."""

    key: str
    name: Text
    definition: Definition
    source: Counted = field(compare=False)
    is_of_sites: bool = True
    """Or of a register: hours, letters, enquiries, requests, profiles, meetings."""

    @property
    def counted(self) -> Counted | None:
        """How it is counted of sites; None for a figure of a register."""
        return self.source if self.is_of_sites else None

    @property
    def unit(self) -> Text:
        return self.definition.unit


def plain(definition: Definition, counted: Counted) -> Figure:
    """A definition with a single figure."""
    return Figure(key=definition.key, name=definition.name, definition=definition, source=counted)


def part(definition: Definition, key: str, label: Text, counted: Counted) -> Figure:
    """One figure of several under a definition, told apart by what stands last."""
    name = Text(f"{definition.name.sv}: {label.sv}", f"{definition.name.en}: {label.en}")
    return Figure(key=f"{definition.key}_{key}", name=name, definition=definition, source=counted)


def registered(definition: Definition, number: Counted) -> Figure:
    """A definition with a single figure, counted of a register."""
    return replace(plain(definition, number), is_of_sites=False)


def registered_part(definition: Definition, key: str, label: Text, number: Counted) -> Figure:
    """One of several under a definition, counted of a register."""
    return replace(part(definition, key, label, number), is_of_sites=False)


def theme_figures(
    definition: Definition,
    counted: Callable[[tuple[Theme, ...]], Counted],
    every: tuple[Theme, ...],
) -> tuple[Figure, ...]:
    """All fields together, then each theme."""
    themes: tuple[Theme, ...] = MEASURED_THEMES
    return (
        plain(definition, counted(every)),
        *(part(definition, theme, THEMES[theme], counted((theme,))) for theme in themes),
    )


def power_figures(
    definition: Definition, counted: Callable[[str, str], Counted], *, by_area: bool
) -> tuple[Figure, ...]:
    """Today and each chosen year, in all and by bidding area; `counted` takes time and area."""
    found = [part(definition, key, label, counted(key, "")) for key, label in POWER_TIMES.items()]
    for area in BIDDING_AREAS if by_area else ():
        for key, label in POWER_TIMES.items():
            within = Text(f"{label.sv}, {area}", f"{label.en}, {area}")
            found.append(part(definition, f"{key}_{area.lower()}", within, counted(key, area)))
    return tuple(found)


def power_key(definition: Definition, year: int | None, area: str = "") -> str:
    """The key of a figure of power; no year is today, no area the whole."""
    end = f"_{area.lower()}" if area else ""
    return f"{definition.key}_{year or 'now'}{end}"
