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


@cache
def counted_fields() -> tuple[Field, ...]:
    """The fields that a person fills in and that carry provenance."""
    return tuple(field for field in SITE_FIELDS if field.factual and not field.computed)


def applies(field: Field, values: Mapping[str, Value | None]) -> bool:
    """Whether the field is asked for at all, given the other values."""
    if field.applies_when is None:
        return True
    key, accepted = field.applies_when
    value = values.get(key)
    return (str(value).lower() if isinstance(value, bool) else value) in accepted


def completeness(
    values: Mapping[str, Value | None],
    provenance: Mapping[str, Provenance],
    fields: Iterable[Field] | None = None,
) -> dict[tuple[Theme, int], Count]:
    """The counts per theme and level."""
    counts: dict[tuple[Theme, int], Count] = {}
    for field in counted_fields() if fields is None else fields:
        if not applies(field, values):
            continue
        count = counts.setdefault((field.theme, field.level), Count())
        count.applicable += 1
        behind = provenance.get(field.key)
        if behind is not None:
            if behind.state == "unknown":
                count.asked += 1
            else:
                count.filled += 1
    return counts


def total(counts: Mapping[tuple[Theme, int], Count]) -> Count:
    return sum(counts.values(), Count())


def by_theme(counts: Mapping[tuple[Theme, int], Count]) -> dict[Theme, Count]:
    found: dict[Theme, Count] = {}
    for (theme, _), count in counts.items():
        found[theme] = found.get(theme, Count()) + count
    return found
