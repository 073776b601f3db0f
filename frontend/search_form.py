"""The form of the search: the conditions most used first, then all others by theme.

The rest is made from the field registry, so a new field can be searched the day it exists.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from catalogue.database import Audience
from catalogue.fields import SITE, THEMES, Field, Theme
from catalogue.provenance import BASIS_LABELS
from catalogue.readiness import LEVELS
from catalogue.search.filters import PARAMETERS
from catalogue.site import LISTED_STATUSES
from geo.texts import Text

Option = tuple[str, Text]
Shape = Literal["number", "date", "text", "select", "choices", "check", "range", "near", "area"]
NEAR_PLACE = Text("Ort, eller latitud och longitud", "Place, or latitude and longitude")
NEAR_POINT = Text("Avstånd från en punkt", "Distance from a point")
NEAR_KM = Text("Högst så många kilometer bort", "At most so many kilometres away")
WITHIN = Text("Inom en yta, som GeoJSON eller WKT", "Within an area, as GeoJSON or WKT")

AT_LEAST = Text("{label}, minst", "{label}, at least")
AT_MOST = Text("{label}, högst", "{label}, at most")
YEARS_AHEAD = 15
WATER_KEYS = ("drinking_water_m3_day", "process_water_m3_day", "sewage_m3_day")
DISTANCE_KEYS = ("rail", "e_road", "port", "airport", "terminal", "substation")


@dataclass(frozen=True, kw_only=True)
class Control:
    """One control of the form, with what has been given for it."""

    shape: Shape
    name: str
    label: Text
    unit: Text = Text("", "")
    options: tuple[Option, ...] = ()
    empty: Text = Text("Alla", "Any")
    """What a choice of nothing is called."""
    given: tuple[str, ...] = ()
    error: Text | None = None
    ends: tuple["Control", ...] = ()
    """From and to, of a range."""

    @property
    def value(self) -> str:
        return ", ".join(self.given)

    @property
    def key(self) -> str:
        """The field that is counted beside it."""
        return self.name.removesuffix("_min").removesuffix("_max")

    @property
    def count(self) -> int:
        if self.shape == "near":
            return int(bool(self.ends[0].given))
        return sum(end.count for end in self.ends) if self.ends else int(bool(self.given))

    @property
    def is_wrong(self) -> bool:
        return self.error is not None or any(end.is_wrong for end in self.ends)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Controls under one heading, which opens in place."""

    title: Text
    controls: tuple[Control, ...]

    @property
    def count(self) -> int:
        """How many of its conditions are given."""
        return sum(control.count for control in self.controls)

    @property
    def is_wrong(self) -> bool:
        return any(control.is_wrong for control in self.controls)


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the query holds, as it was written, and what is wrong with it."""

    texts: Mapping[str, Sequence[str]]
    errors: Mapping[str, Text] = field(default_factory=dict)

    def control(
        self,
        shape: Shape,
        name: str,
        label: Text,
        unit: Text = Text("", ""),
        options: Sequence[Option] = (),
        empty: Text = Text("Alla", "Any"),
    ) -> Control:
        given = tuple(self.texts.get(name, ()))
        if shape == "choices":
            given = tuple(part.strip() for text in given for part in text.split(","))
        return Control(
            shape=shape, name=name, label=label, unit=unit, options=tuple(options), empty=empty,
            given=given, error=self.errors.get(name),
        )  # fmt: skip

    def limit(self, key: str, end: Literal["min", "max"]) -> Control:
        """One end of a number; the group says which."""
        return self.control("number", f"{key}_{end}", SITE[key].label, SITE[key].unit)

    def from_to(self, one: Field, shape: Shape = "number") -> Control:
        ends = tuple(
            self.control(shape, f"{one.key}_{end}", label.format(label=one.label), one.unit)
            for end, label in (("min", AT_LEAST), ("max", AT_MOST))
        )
        return Control(shape="range", name=one.key, label=one.label, unit=one.unit, ends=ends)

    def at_least(self, one: Field) -> Control:
        """The lowest code wanted, of a vocabulary with an order."""
        label = AT_LEAST.format(label=one.label)
        options = [(code.code, code.label) for code in one.codes if code.in_order]
        return self.control("select", f"{one.key}_min", label, options=options)


@dataclass(frozen=True, kw_only=True)
class SearchForm:
    """The whole form."""

    text: Control
    main: Sequence[Group]
    more: Sequence[Group]
    kept: Sequence[tuple[str, str]]
    """What is asked for and has no control: it stays in the query."""

    @property
    def names(self) -> set[str]:
        """The parameters that have a control."""
        return names_in([self.text, *controls_of([*self.main, *self.more])])


def form(
    given: Given,
    names: Mapping[str, str],
    words: Mapping[str, Sequence[str]],
    audience: Audience,
    this_year: int,
) -> SearchForm:
    """`names` are the municipalities' by code, `words` those in use by field."""
    text = given.control("text", "text", Text("Sök efter ord", "Search for words"))
    main = main_groups(given, names, this_year)
    asked = names_in([text, *controls_of(main)])
    more = more_groups(given, asked, words, audience)
    asked |= names_in(controls_of(more))
    kept = [(name, one) for name, some in given.texts.items() if name not in asked for one in some]
    return SearchForm(text=text, main=main, more=more, kept=kept)


def controls_of(groups: Iterable[Group]) -> list[Control]:
    return [control for group in groups for control in group.controls]


def group(title: Text, *controls: Control) -> Group:
    return Group(title=title, controls=controls)


def main_groups(given: Given, names: Mapping[str, str], this_year: int) -> list[Group]:
    """What most searches ask for; the first three stand open. `names` are municipalities'."""
    return [
        group(Text("Yta", "Area"), given.from_to(SITE["area_gross_ha"])),
        group(Text("Effekt", "Power"), *power_controls(given, this_year)),
        group(
            Text("Plan och mognad", "Planning and readiness"),
            given.at_least(SITE["detaljplan_status"]),
            readiness_control(given),
        ),
        group(Text("Kommun", "Municipality"), municipality_control(given, names)),
        group(Text("Läge på kartan", "Place on the map"), near_control(given), area_control(given)),
        group(SITE["suitable_for"].label, codes_control(given, "suitable_for")),
        group(
            Text("Anslutning till elnätet", "Grid connection"),
            voltage_control(given),
            codes_control(given, "bidding_area"),
        ),
        group(
            Text("Vatten och avlopp, minst", "Water and sewage, at least"),
            *(given.limit(key, "min") for key in WATER_KEYS),
        ),
        group(
            Text("Avstånd, högst", "Distance, at most"),
            *(given.limit(f"distance_{thing}_km", "max") for thing in DISTANCE_KEYS),
        ),
        group(
            Text("Status och typ av mark", "Status and type of land"),
            status_control(given),
            codes_control(given, "site_type"),
        ),
        group(Text("Hur säkra uppgifterna är", "How sure the values are"), *trust_controls(given)),
    ]


def municipality_control(given: Given, names: Mapping[str, str]) -> Control:
    options = [(code, Text(name, name)) for code, name in names.items()]
    return given.control("choices", "municipality", Text("Kommun", "Municipality"), options=options)


def near_control(given: Given) -> Control:
    """A place and a distance from it."""
    ends = (
        given.control("text", "near_place", NEAR_PLACE),
        given.control("number", "near_km", NEAR_KM, SITE["distance_rail_km"].unit),
    )
    label = Text("Nära en ort eller en punkt", "Near a place or a point")
    return Control(shape="near", name="near", label=label, ends=ends)


def area_control(given: Given) -> Control:
    return given.control("area", "within", WITHIN)


def power_controls(given: Given, this_year: int) -> list[Control]:
    years = [str(year) for year in range(this_year, this_year + YEARS_AHEAD + 1)]
    return [
        given.control("number", "power_mw_min", Text("Minst", "At least"), Text("MW", "MW")),
        given.control(
            "select", "power_year", Text("Senast år", "By the year"),
            options=[(year, Text(year, year)) for year in years], empty=Text("I dag", "Today"),
        ),
        given.control("check", "power_firm", Text("Bara fast effekt", "Firm power only"),
                      options=[("true", Text("", ""))]),
    ]  # fmt: skip


def readiness_control(given: Given) -> Control:
    label = AT_LEAST.format(label=SITE["readiness"].label)
    options = [
        (str(level), Text(f"{level} {text.sv}", f"{level} {text.en}"))
        for level, text in enumerate(LEVELS)
        if level
    ]
    return given.control("select", "readiness_min", label, options=options)


def voltage_control(given: Given) -> Control:
    one = SITE["connection_voltage_kv"]
    label = AT_LEAST.format(label=one.label)
    options = [(str(kv), Text(f"{kv} kV", f"{kv} kV")) for kv in one.choices]
    return given.control("select", "connection_voltage_kv_min", label, options=options)


def status_control(given: Given) -> Control:
    one = SITE["status"]
    options = [(code.code, code.label) for code in one.codes if code.code in LISTED_STATUSES]
    return given.control("choices", "status", one.label, options=options)


def codes_control(given: Given, key: str) -> Control:
    one = SITE[key]
    options = [(code.code, code.label) for code in one.codes]
    return given.control("choices", key, one.label, options=options)


def trust_controls(given: Given) -> list[Control]:
    bases = [
        (basis, Text(label.sv.capitalize(), label.en.capitalize()))
        for basis, label in BASIS_LABELS.items()
    ]
    return [
        given.control(
            "check", "unknown",
            Text("Dölj platser där något är okänt", "Hide sites where something is unknown"),
            options=[("exclude", Text("", ""))],
        ),
        given.control(
            "check", "verified", Text("Endast verifierade uppgifter", "Verified values only"),
            options=[("true", Text("", ""))],
        ),
        given.control("select", "basis_min", Text("Grund, minst", "Basis, at least"),
                      options=bases),
        given.control("check", "fresh", Text("Bara aktuella uppgifter", "Up-to-date values only"),
                      options=[("true", Text("", ""))]),
    ]  # fmt: skip


def more_groups(
    given: Given, asked: set[str], words: Mapping[str, Sequence[str]], audience: Audience
) -> list[Group]:
    """Every condition that is not asked for yet, by theme.

    A registered reader's fields are left out for others: nobody else's sites would have a value.
    """
    by_theme: dict[Theme, list[Control]] = {}
    for one, names in NAMES_BY_FIELD:
        may_see = one.visibility == "public" or audience == "registered"
        if may_see and not asked & names:
            control = control_for(given, one, words.get(one.key, ()))
            by_theme.setdefault(one.theme, []).append(control)
    return [group(label, *by_theme[theme]) for theme, label in THEMES.items() if theme in by_theme]


def names_by_field() -> list[tuple[Field, frozenset[str]]]:
    """The fields that can be asked for, each with its parameters."""
    found: dict[str, set[str]] = {}
    for parameter in PARAMETERS.values():
        found.setdefault(parameter.field.key, set()).add(parameter.name)
    return [(SITE[key], frozenset(names)) for key, names in found.items()]


NAMES_BY_FIELD = names_by_field()


def names_in(controls: Iterable[Control]) -> set[str]:
    """The parameters that controls stand for."""
    found: set[str] = set()
    for control in controls:
        found |= names_in(control.ends) or {control.name}
    return found


def control_for(given: Given, one: Field, words: Sequence[str]) -> Control:
    """The control that fits a field's kind."""
    if one.kind == "flag":
        options = [("true", Text("Ja", "Yes")), ("false", Text("Nej", "No"))]
        return given.control("select", one.key, one.label, options=options)
    if one.ordered:
        return given.at_least(one)
    if one.codes:
        return codes_control(given, one.key)
    if one.kind in ("text", "list"):
        options = [(word, Text(word, word)) for word in words]
        return given.control("select", one.key, one.label, options=options)
    return given.from_to(one, "date" if one.kind == "date" else "number")
