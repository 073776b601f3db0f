"""What differs between two states of a site or a profile: field by field, values and sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.fields import Field, Value
from catalogue.forms.forms import Described
from catalogue.provenance import Provenance
from catalogue.values import to_json


@dataclass(frozen=True)
class Side:
    """One field as one of the two states has it; neither part where it was never filled in."""

    value: Value | None = None
    provenance: Provenance | None = None

    def to_json(self) -> dict[str, Any] | None:
        """The value object of the API, None for an empty field; Any: JSON."""
        if self.value is None and self.provenance is None:
            return None
        behind = self.provenance.to_json() if self.provenance else {}
        value = {} if self.value is None else {"value": to_json(self.value)}
        return {**value, **behind}


@dataclass(frozen=True)
class Difference:
    """One field in which two states differ."""

    key: str
    old: Side
    new: Side


def side(described: Described | None, key: str) -> Side:
    if described is None:
        return Side()
    return Side(described.values.get(key), described.provenance.get(key))


def differences(
    fields: Mapping[str, Field], old: Described | None, new: Described
) -> list[Difference]:
    """What people have written differently, in the registry's order; without an `old`, everything.

    Fields that the catalogue works out follow from the others and are left out.
    """
    found = (
        Difference(key, side(old, key), side(new, key))
        for key, field in fields.items()
        if not field.computed and not field.structural
    )
    return [one for one in found if one.old != one.new]
