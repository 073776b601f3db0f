"""Which sites: the one filter behind the page, list, map, counts, files and saved searches.

A condition left out is no condition; those given must all hold. What can be asked comes from the
field registry, so a new field can be filtered the day it exists.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal
from urllib.parse import urlencode

from shapely.geometry.base import BaseGeometry

from catalogue.errors import BadParameters, Fault
from catalogue.fields import SITE, Field
from catalogue.provenance import BASES, Basis
from catalogue.search.filter_texts import (
    LONGEST_TEXT,
    BadText,
    Box,
    Near,
    boolean,
    box,
    code,
    day,
    municipality,
    near,
    number,
    one_of,
    plain,
    single,
    split,
)
from catalogue.tables import LISTED_FIELDS, NAME_KEYS
from geo.areas import read_area
from geo.errors import GeoError
from geo.texts import Text

Operator = Literal["any", "not", "min", "max"]
Operand = tuple[str, ...] | tuple[int, ...] | bool | float | int | date


@dataclass(frozen=True)
class Parameter:
    """One query parameter made from a field."""

    name: str
    field: Field
    operator: Operator

    @property
    def label(self) -> Text:
        ends = {"any": Text("", ""), "not": Text(", inte", ", not"),
                "min": Text(", minst", ", at least"),
                "max": Text(", högst", ", at most")}  # fmt: skip
        end = ends[self.operator]
        return Text(self.field.label.sv + end.sv, self.field.label.en + end.en)


@dataclass(frozen=True)
class Condition:
    """One condition on one field; may be true, false, or unknown for a site."""

    parameter: Parameter
    operand: Operand

    @property
    def key(self) -> str:
        return self.parameter.field.key

    @property
    def text(self) -> str:
        """The operand as the URL has it: of codes in an order, the limit alone."""
        if isinstance(self.operand, tuple):
            limits = {"min": self.operand[:1], "max": self.operand[-1:]}
            return ",".join(map(str, limits.get(self.parameter.operator, self.operand)))
        if isinstance(self.operand, bool):
            return str(self.operand).lower()
        return plain(self.operand)


@dataclass(frozen=True)
class PowerWanted:
    """MW wanted, now or by a year."""

    mw_min: float | None = None
    mw_max: float | None = None
    year: int | None = None
    firm: bool = False


@dataclass(frozen=True)
class SiteFilter:
    """The conditions; `parse` reads them from a query, `query_string` writes them back."""

    conditions: tuple[Condition, ...] = ()
    municipality: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    text: str | None = None
    box: Box | None = None
    within: str | None = None
    near: Near | None = None
    power: PowerWanted | None = None
    basis_min: Basis | None = None
    fresh: bool = False
    unknown: Literal["include", "exclude"] = "include"
    area: BaseGeometry | None = field(default=None, compare=False)
    """The shape that `within` says, in WGS 84."""

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters with their values, in a fixed order; defaults are left out."""
        found: list[tuple[str, str]] = []
        for name in ("municipality", "status"):
            if getattr(self, name):
                found.append((name, ",".join(getattr(self, name))))
        found += [(one.parameter.name, one.text) for one in self.conditions]
        if self.power:
            wanted = self.power
            found += [
                (name, plain(number))
                for name, number in (
                    ("power_mw_min", wanted.mw_min),
                    ("power_mw_max", wanted.mw_max),
                    ("power_year", wanted.year),
                )
                if number is not None
            ]
            if wanted.firm:
                found.append(("power_firm", "true"))
        if self.text:
            found.append(("text", self.text))
        if self.box:
            found.append(("box", ",".join(map(plain, self.box))))
        if self.within:
            found.append(("within", self.within))
        if self.near:
            near = self.near
            found.append(("near", ",".join(map(plain, (near.longitude, near.latitude, near.km)))))
        if self.basis_min:
            found.append(("basis_min", self.basis_min))
        if self.fresh:
            found.append(("fresh", "true"))
        if self.unknown == "exclude":
            found.append(("unknown", "exclude"))
        return found

    def query_string(self) -> str:
        """The filter as a URL's query; reading it back gives an equal filter."""
        return urlencode(self.pairs)

    def without(self, *names: str) -> "SiteFilter":
        """The same filter less some parameters; an unknown name takes nothing away."""
        power = self.power
        if power and set(names) & {"power_mw_min", "power_mw_max", "power_year", "power_firm"}:
            power = None
        cleared: dict[str, object] = {
            "municipality": (), "status": (), "text": None, "box": None, "within": None,
            "near": None, "basis_min": None, "fresh": False, "unknown": "include",
        }  # fmt: skip
        chosen = {name: value for name, value in cleared.items() if name in names}
        return replace(
            self,
            power=power,
            conditions=tuple(one for one in self.conditions if one.parameter.name not in names),
            **chosen,  # type: ignore[arg-type]  # each name is set to its own default
        )


def parameters_of(one: Field) -> list[Parameter]:
    """The parameters of a field: any of its values, none of them where a site may have several,
    and from and to where they have an order."""
    operators: tuple[Operator, ...]
    if one.kind in ("number", "integer", "date", "span"):
        operators = ("min", "max")
    elif one.kind == "integers" or one.ordered:
        operators = ("any", "min", "max")
    else:
        operators = ("any", "not") if one.kind == "codes" else ("any",)
    return [
        Parameter(one.key if operator == "any" else f"{one.key}_{operator}", one, operator)
        for operator in operators
    ]


PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for one in LISTED_FIELDS
    if one.key not in NAME_KEYS
    for parameter in parameters_of(one)
}
SPECIAL: dict[str, Text] = {
    "municipality": Text("Kommunens kod eller namn", "The municipality's code or name"),
    "status": Text("Platsens status", "The site's status"),
    "text": Text(
        "Ord i namn, beskrivning eller beteckning", "Words in name, description, reference"
    ),
    "box": Text("väst,syd,öst,nord i grader", "west,south,east,north in degrees"),
    "within": Text("Inom en yta (GeoJSON eller WKT)", "Within an area (GeoJSON polygon or WKT)"),
    "near": Text("longitud,latitud,km", "longitude,latitude,km"),
    "power_mw_min": Text("Effekt i MW, minst", "Power in MW, at least"),
    "power_mw_max": Text("Effekt i MW, högst", "Power in MW, at most"),
    "power_year": Text("Effekten ska finnas detta år", "The power is there by this year"),
    "power_firm": Text("Bara fast effekt", "Firm power only"),
    "basis_min": Text("Uppgiftens grund, minst", "The values' basis, at least"),
    "fresh": Text("Bara aktuella uppgifter", "Only values that are not stale"),
    "unknown": Text(
        "Okända uppgifter: include eller exclude", "Unknown values: include or exclude"
    ),
}
"""Parameters that are not one field's own, with what they mean."""


def parse(pairs: Iterable[tuple[str, str]], municipality_names: Mapping[str, str]) -> SiteFilter:
    """The filter that a query asks for; raises `BadParameters` naming every fault.

    `municipality_names` are the catalogue's municipalities by code. Empty values are no condition,
    so that a plain HTML form can send all its fields.
    """
    given: dict[str, list[str]] = {}
    for name, text in pairs:
        if text.strip():
            given.setdefault(name, []).append(text.strip())
    faults: list[Fault] = []
    parts: dict[str, object] = {}
    conditions: list[Condition] = []
    for name, texts in given.items():
        try:
            if name in PARAMETERS:
                conditions.append(read_condition(PARAMETERS[name], texts))
            elif name in SPECIAL:
                parts |= read_special(name, texts, municipality_names)
            else:
                raise BadText(Text("Villkoret finns inte.", "There is no such parameter."))
        except BadText as refusal:
            faults.append(Fault(name[:60], refusal.text, in_parameter=True))
        except GeoError as refusal:
            faults.append(Fault(name, refusal.text, in_parameter=True))
    if faults:
        raise BadParameters(faults)
    names = list(PARAMETERS)
    conditions.sort(key=lambda condition: names.index(condition.parameter.name))
    power = {name.removeprefix("power_"): parts.pop(name) for name in list(parts) if name in POWER}
    return SiteFilter(
        conditions=tuple(conditions),
        power=PowerWanted(**power) if power else None,  # type: ignore[arg-type]  # read as such below
        **parts,  # type: ignore[arg-type]  # read as such below
    )


POWER = ("power_mw_min", "power_mw_max", "power_year", "power_firm")


def read_condition(parameter: Parameter, texts: list[str]) -> Condition:
    """Several values, repeated or between commas, mean any of them."""
    one, operator = parameter.field, parameter.operator
    if operator in ("any", "not"):
        parts = split(texts)
        if one.kind == "flag":
            return Condition(parameter, boolean(single(parts)))
        if one.kind == "integers":
            return Condition(parameter, tuple(sorted({int(number(part)) for part in parts})))
        if one.codes:
            parts = tuple(code(one, part) for part in parts)
        return Condition(parameter, tuple(dict.fromkeys(parts)))
    text = single(texts)
    if one.kind == "date":
        return Condition(parameter, day(text))
    if one.codes:
        return Condition(parameter, codes_from(one, code(one, text), operator))
    return Condition(parameter, number(text))


def codes_from(one: Field, limit: str, operator: Operator) -> tuple[str, ...]:
    """The codes at or past a limit in the vocabulary's order."""
    order = one.code_order
    if limit not in order:
        raise BadText(
            Text("”{code}” har ingen ordning.", "“{code}” has no order.").format(code=limit)
        )
    place = order.index(limit)
    return order[place:] if operator == "min" else order[: place + 1]


def read_special(
    name: str, texts: list[str], municipality_names: Mapping[str, str]
) -> dict[str, object]:
    if name == "municipality":
        return {name: tuple(dict.fromkeys(
            municipality(part, municipality_names) for part in split(texts)
        ))}  # fmt: skip
    if name == "status":
        return {name: tuple(dict.fromkeys(code(SITE["status"], part) for part in split(texts)))}
    text = single(texts)
    if name == "text":
        if len(text) > LONGEST_TEXT:
            raise BadText(
                Text("Högst {n} tecken.", "At most {n} characters.").format(n=LONGEST_TEXT)
            )
        return {name: text}
    if name == "box":
        return {name: box(text)}
    if name == "within":
        area = read_area(text)
        return {"within": text, "area": area}
    if name == "near":
        return {name: near(text)}
    if name == "power_year":
        year = number(text)
        if year != int(year) or not 2020 <= year <= 2100:
            raise BadText(Text("Ett år, som 2030.", "A year, such as 2030."))
        return {name: int(year)}
    if name in ("power_mw_min", "power_mw_max"):
        return {name: number(text)}
    if name in ("power_firm", "fresh"):
        return {name: boolean(text)}
    return {name: one_of(text, BASES if name == "basis_min" else ("include", "exclude"))}
