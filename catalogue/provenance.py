"""How sure a value is and how old: its state, basis, date and source, and the mark it earns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, get_args

from catalogue.fields import Field, Visibility
from geo.texts import Text

State = Literal["known", "unknown", "not_applicable"]
Basis = Literal[
    "estimate", "municipality", "utility_verbal", "utility_written", "authority", "signed_agreement"
]
Mark = Literal[
    "verified", "municipality", "estimate", "stale", "unknown", "not_applicable", "empty"
]

STATES: tuple[State, ...] = get_args(State)
BASES: tuple[Basis, ...] = get_args(Basis)
BASIS_RANK: dict[str, int] = {basis: rank for rank, basis in enumerate(BASES, start=1)}
VERIFIED_RANK = BASIS_RANK["utility_written"]
MEASURED: Basis = "estimate"
"""What a value rests on that was measured on maps or worked out from other values."""

STATE_LABELS: dict[State, Text] = {
    "known": Text("känd", "known"),
    "unknown": Text("okänd, tillfrågad", "unknown, asked"),
    "not_applicable": Text("ej tillämplig", "not applicable"),
}
BASIS_LABELS: dict[str, Text] = {
    "estimate": Text("uppskattning", "estimate"),
    "municipality": Text("kommunens uppgift", "the municipality's figure"),
    "utility_verbal": Text("muntligt från den som vet", "verbal, from the utility"),
    "utility_written": Text("skriftligt från den som vet", "in writing, from the utility"),
    "authority": Text("myndighetsuppgift", "authority"),
    "signed_agreement": Text("undertecknat avtal", "signed agreement"),
}
MARK_LABELS: dict[Mark, Text] = {
    "verified": Text("verifierad", "verified"),
    "municipality": Text("uppgift från kommunen", "the municipality's figure"),
    "estimate": Text("uppskattning", "estimate"),
    "stale": Text("inaktuell", "stale"),
    "unknown": Text("okänd, tillfrågad", "unknown, asked"),
    "not_applicable": Text("ej tillämplig", "not applicable"),
    "empty": Text("ej angiven", "not given"),
}


@dataclass(frozen=True)
class ShelfLife:
    """Days until a value counts as stale; settings of the installation."""

    power_days: int = 180
    other_days: int = 365

    def of(self, field: Field) -> timedelta:
        return timedelta(days=self.power_days if field.theme == "power" else self.other_days)


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What stands behind one value. A field that was never filled in has none."""

    state: State = "known"
    basis: Basis | None = None
    as_of: date | None = None
    source: str = ""
    asked: str = ""
    asked_on: date | None = None
    visibility: Visibility | None = None
    """Who may see the value, where that differs from what the field says."""
    verified_by: str = ""
    verified_on: date | None = None

    def to_json(self) -> dict[str, str]:
        """Only what is said, dates as ISO 8601."""
        said: dict[str, str] = {"state": self.state}
        for name in (
            "basis", "as_of", "source", "asked", "asked_on", "visibility", "verified_by",
            "verified_on",
        ):  # fmt: skip
            value = getattr(self, name)
            if value:
                said[name] = value.isoformat() if isinstance(value, date) else value
        return said

    @classmethod
    def from_json(cls, said: Mapping[str, str]) -> "Provenance":
        """The shape is the one `to_json` wrote."""
        return from_parts(tuple(said.items()))

    @property
    def rank(self) -> int:
        """The basis as a number, 1 for an estimate to 6 for a signed agreement; 0 for none."""
        return BASIS_RANK.get(self.basis or "", 0)

    def vouched_by(self, name: str, today: date) -> "Provenance":
        """A value in writing is noted with who entered it so, and when; one restored has that."""
        if self.state == "known" and self.rank >= VERIFIED_RANK and not self.verified_by:
            return replace(self, verified_by=name, verified_on=today)
        return self

    def fresh_until(self, field: Field, shelf_life: ShelfLife) -> date | None:
        """The last day on which the value is not stale; None for a value without a date."""
        return self.as_of + shelf_life.of(field) if self.as_of else None

    def is_stale(self, field: Field, shelf_life: ShelfLife, today: date) -> bool:
        """A known value past its shelf life; one without a date is stale at once."""
        if self.state != "known":
            return False
        last_day = self.fresh_until(field, shelf_life)
        return last_day is None or last_day < today

    def is_verified(self, field: Field, shelf_life: ShelfLife, today: date) -> bool:
        """In writing from a utility, or better, and not stale."""
        return (
            self.state == "known"
            and self.rank >= VERIFIED_RANK
            and not self.is_stale(field, shelf_life, today)
        )


@lru_cache(maxsize=20_000)
def from_parts(said: tuple[tuple[str, str], ...]) -> Provenance:
    """Made once for all values that share it: there are many values and few answers."""
    parts: dict[str, Any] = dict(said)
    for name in ("as_of", "asked_on", "verified_on"):
        if parts.get(name):
            parts[name] = date.fromisoformat(parts[name])
    return Provenance(**parts)


def mark(provenance: Provenance | None, field: Field, shelf_life: ShelfLife, today: date) -> Mark:
    """The one trust mark that a value is shown with."""
    if provenance is None:
        return "empty"
    if provenance.state != "known":
        return provenance.state
    if provenance.is_stale(field, shelf_life, today):
        return "stale"
    if provenance.rank >= VERIFIED_RANK:
        return "verified"
    return "estimate" if provenance.basis in (None, "estimate") else "municipality"
