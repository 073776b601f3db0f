"""How much of what applies is filled in, per theme and level; "unknown, asked" is counted apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from catalogue.fields import SITE_FIELDS, Field, Theme, Value
from catalogue.provenance import Provenance


@dataclass
class Count:
    """Fields that apply, those with a value or `not_applicable`, and those only asked about."""

    applicable: int = 0
    filled: int = 0
    asked: int = 0

    @property
    def share(self) -> float:
        """Completeness, 0–1; nothing to fill in counts as complete."""
        return self.filled / self.applicable if self.applicable else 1.0

    @property
    def percent(self) -> int:
        return round(100 * self.share)

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.applicable + other.applicable,
            self.filled + other.filled,
            self.asked + other.asked,
        )


LEVELS = (1, 2, 3)
"""Of fields: before a site is published, ready for requests, in depth."""


@dataclass(frozen=True)
class Weights:
    """How much a field of each level counts in completeness; settings of the installation."""

    first: float = 1.0
    second: float = 1.0
    third: float = 1.0

    def of(self, level: int) -> float:
        return (self.first, self.second, self.third)[level - 1]

    def percent(self, counts: "Counts", theme: Theme | None = None) -> int:
        """Completeness of a theme, or of all; nothing that counts is complete."""
        some = [(level, one) for (of, level), one in counts.items() if theme in (None, of)]
        return share_percent(
            sum(self.of(level) * one.filled for level, one in some),
            sum(self.of(level) * one.applicable for level, one in some),
        )


def share_percent(filled: float, applicable: float) -> int:
    """In whole per cent; nothing to fill in counts as complete."""
    return round(100 * (filled / applicable if applicable else 1.0))


UPLOADED_KEYS = ("photos", "documents")
"""The fields that uploaded files fill in, as links typed there do."""


@cache
def counted_fields() -> tuple[Field, ...]:
    """The fields that a person fills in and that carry provenance, and those that files fill in."""
    return tuple(
        field
        for field in SITE_FIELDS
        if (field.factual and not field.computed) or field.key in UPLOADED_KEYS
    )


def applies(field: Field, values: Mapping[str, Value | None]) -> bool:
    """Whether the field is asked for at all, given the other values."""
    if field.applies_when is None:
        return True
    key, accepted = field.applies_when
    value = values.get(key)
    return (str(value).lower() if isinstance(value, bool) else value) in accepted


CONDITIONS = tuple(sorted({field.applies_when[0] for field in SITE_FIELDS if field.applies_when}))
"""The keys of the values, each one code or flag, that decide which other fields apply."""

Counts = dict[tuple[Theme, int], Count]
"""Per theme and level."""


def completeness(
    values: Mapping[str, Value | None],
    provenance: Mapping[str, Provenance],
    fields: Iterable[Field] | None = None,
) -> Counts:
    slots = counted_slots() if fields is None else by_slot(fields)
    counts = {slot: Count() for slot in slots}
    for slot, members in slots.items():
        count = counts[slot]
        for key, conditional in members:
            if conditional is not None and not applies(conditional, values):
                continue
            count.applicable += 1
            behind = provenance.get(key)
            if behind is not None:
                if behind.state == "unknown":
                    count.asked += 1
                else:
                    count.filled += 1
    return {slot: count for slot, count in counts.items() if count.applicable}


Slots = dict[tuple[Theme, int], list[tuple[str, Field | None]]]
"""The keys per theme and level; with the field itself where it applies only at times."""


@cache
def counted_slots() -> Slots:
    return by_slot(counted_fields())


def by_slot(fields: Iterable[Field]) -> Slots:
    slots: Slots = {}
    for field in fields:
        conditional = field if field.applies_when else None
        slots.setdefault((field.theme, field.level), []).append((field.key, conditional))
    return slots


def total(counts: Mapping[tuple[Theme, int], Count] | Mapping[Theme, Count]) -> Count:
    return sum(counts.values(), Count())


def by_theme(counts: Mapping[tuple[Theme, int], Count]) -> dict[Theme, Count]:
    found: dict[Theme, Count] = {}
    for (theme, _), count in counts.items():
        found[theme] = found.get(theme, Count()) + count
    return found
