"""What a field of the catalogue is; the fields themselves are declared in the modules beside."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from geo.texts import Text

Theme = Literal["identity", "land", "plan", "power", "water", "transport", "permits", "profile"]
Visibility = Literal["public", "registered", "internal"]
Kind = Literal[
    "text", "long_text", "link", "number", "integer", "integers", "date", "flag", "code", "codes",
    "list", "span", "records", "outline",
]  # fmt: skip
Better = Literal["more", "less", ""]
Record = dict[str, str | float | int | bool | None]
Value = str | float | int | bool | date | list[str] | list[int] | list[Record]

FIRST_YEAR = 1900
"""A whole number that cannot be less than this, and has no unit, is a calendar year."""

THEMES: dict[Theme, Text] = {
    "identity": Text("Grunduppgifter", "Basics"),
    "land": Text("Mark", "Land"),
    "plan": Text("Plan", "Planning"),
    "power": Text("El", "Power"),
    "water": Text("Vatten och avlopp", "Water and sewage"),
    "transport": Text("Transport och digitalt", "Transport and digital"),
    "permits": Text("Tillstånd och tid", "Permits and time"),
    "profile": Text("Kommunens profil", "The municipality's profile"),
}
MEASURED_THEMES: tuple[Theme, ...] = ("land", "plan", "power", "water", "transport", "permits")
"""The themes whose completeness is followed per municipality."""


@dataclass(frozen=True, kw_only=True)
class Code:
    """One value of a vocabulary, as stored and as shown."""

    code: str
    label: Text
    in_order: bool = True
    """False for a code that stands outside the order of its vocabulary, such as `upphavd`."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One part of each record in a field of kind `records`."""

    key: str
    kind: Literal["text", "link", "number", "integer", "flag", "date"]
    label: Text
    unit: Text = Text("", "")
    required: bool = True
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing a site, or a municipality's profile, says about itself.

    Everything that shows, stores, checks, filters or exports a value reads this.

    How each `kind` looks in Python and JSON: `text`, `long_text`, `link` a string; `number` a
    float, `integer` an int, `integers` a sorted set of ints; `date` a date, ISO 8601 in JSON;
    `flag` true or false; `code` one of `codes`, `codes` several of them; `list` several strings;
    `span` two integers, from and to; `records` a list of small objects with the keys of
    `columns`, sorted by their first column; `outline` a geometry, kept apart from the values.
    """

    key: str
    theme: Theme
    kind: Kind
    label: Text
    help: Text
    unit: Text = Text("", "")
    codes: tuple[Code, ...] = ()
    ordered: bool = False
    """Whether the codes rise, so that `KEY_min` and `KEY_max` mean something."""
    better: Better = ""
    """Which end most establishments would choose when sites are compared; empty where it depends
    on the establishment. Of dates less is earlier, of ordered codes more is further on."""
    minimum: float | None = None
    maximum: float | None = None
    """Outside `minimum`–`maximum` a value is refused. For texts: characters; for lists: entries."""
    warn_above: float | None = None
    decimals: int = 1
    choices: tuple[int, ...] = ()
    """For `integers`: the numbers that may be chosen, lowest first."""
    reference_list: str = ""
    """For `text` and `list`: the administrator's list of words to choose from: `grid_owners`."""
    columns: tuple["Column", ...] = ()
    level: Literal[1, 2, 3] = 1
    """1 needed before publishing, 2 ready for a request for information, 3 due diligence."""
    visibility: Visibility = "public"
    factual: bool = True
    """Whether the value carries state, basis, date and source; names and contacts do not."""
    computed: bool = False
    """Worked out from geometry, layers or other fields; never typed."""
    structural: bool = False
    """Identity that has a column and rules of its own: reference, municipality, status, outline."""
    applies_when: tuple[str, tuple[str, ...]] | None = None
    """The field is asked for only where that other field holds one of those codes."""

    @property
    def is_year(self) -> bool:
        """A calendar year, which is written without a space for thousands."""
        return self.kind == "integer" and not self.unit.en and (self.minimum or 0) >= FIRST_YEAR

    @cached_property
    def code_order(self) -> tuple[str, ...]:
        """The codes that have an order, lowest first."""
        return tuple(entry.code for entry in self.codes if entry.in_order)

    def code_label(self, code: str) -> Text:
        """The words for one code; a code no longer in the vocabulary is shown as it stands."""
        return next((entry.label for entry in self.codes if entry.code == code), Text(code, code))


def codes(*entries: tuple[str, str, str]) -> tuple[Code, ...]:
    """A vocabulary from `(code, Swedish, English)`."""
    return tuple(Code(code=code, label=Text(sv, en)) for code, sv, en in entries)


HECTARES = Text("ha", "ha")
MEGAWATTS = Text("MW", "MW")
CUBIC_METRES_A_DAY = Text("m³/dygn", "m³/day")
KILOMETRES = Text("km", "km")
METRES = Text("m", "m")
MILLIMETRES = Text("mm", "mm")
MONTHS = Text("månader", "months")
WEEKS = Text("veckor", "weeks")
DAYS = Text("dagar", "days")
PER_CENT = Text("%", "%")
