"""What a requirement can be about: the filter's own parameters, by need and operator.

A need is a field of the registry that can be filtered, or one of the filter's special conditions.
"""

from dataclasses import dataclass
from typing import Literal

from catalogue.fields import SITE, Field
from catalogue.fields.field import PER_CENT
from catalogue.search.filters import PARAMETERS
from geo.texts import Text

Op = Literal["min", "max", "any_of", "none_of", "is"]
OPS: dict[Op, Text] = {
    "min": Text("minst", "at least"),
    "max": Text("högst", "at most"),
    "any_of": Text("någon av", "any of"),
    "none_of": Text("inget av", "none of"),
    "is": Text("är", "is"),
}
POWER_KEY = "power_mw"
MARGIN = 10
"""A client may ask for more than any site has, but not for this many times what a field can hold."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing a client can ask about, and how."""

    key: str
    label: Text
    ops: tuple[Op, ...]
    field: Field | None
    """The field that answers it; none for a place."""

    @property
    def unit(self) -> Text:
        return self.field.unit if self.field else Text("", "")

    @property
    def most(self) -> float | None:
        """The greatest number that can be meant; the least is always 0."""
        if self.field is None or self.field.maximum is None:
            return None
        has_scale = self.field.unit == PER_CENT or not self.field.unit.en
        return self.field.maximum if has_scale else self.field.maximum * MARGIN


def ops_of(key: str) -> tuple[Op, ...]:
    """The operators of a field: those of its parameters, in the order of `OPS`."""
    operators = {one.operator for one in PARAMETERS.values() if one.field.key == key}
    found: list[Op] = [op for op in ("min", "max") if op in operators]
    if "any" in operators:
        found.append("is" if SITE[key].kind == "flag" else "any_of")
    if "not" in operators:
        found.append("none_of")
    return tuple(found)


SPECIAL_NEEDS = (
    Need(
        key=POWER_KEY,
        label=Text("Effekt", "Power"),
        ops=("min", "max"),
        field=SITE["power_now_mw"],
    ),
    Need(key="municipality", label=Text("Kommun", "Municipality"), ops=("any_of",), field=None),
    Need(key="near", label=Text("Nära en ort", "Near a place"), ops=("is",), field=None),
    Need(key="within", label=Text("Inom en yta", "Within an area"), ops=("is",), field=None),
)
NEEDS: dict[str, Need] = {
    one.key: one
    for one in (
        *SPECIAL_NEEDS,
        *(
            Need(key=field.key, label=field.label, ops=ops_of(field.key), field=field)
            for field in dict.fromkeys(one.field for one in PARAMETERS.values())
        ),
    )
}
"""Every need by its key: the filter's special ones first, then the fields."""
