"""What the read side tells of one site or one municipality, as facts ready to be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.fields import Field
from catalogue.listed_values import provenance_told, told_mark
from catalogue.provenance import Mark, Provenance
from frontend.figures import link_address, source_text
from frontend.formats import age_text, record_text, value_text
from geo.texts import LANGUAGES, Language

LONG_VALUE = 34
"""From so many characters on a value stands below its label instead of beside it."""


MARK_ORDER: tuple[Mark, ...] = (
    "verified", "municipality", "estimate", "stale", "unknown", "not_applicable"
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One value in words, with how sure and how old it is."""

    key: str
    label: str
    value: str
    mark: Mark
    source: str = ""
    age: str = ""
    lines: tuple[str, ...] = ()
    """The value's parts where it has several, such as a timeline."""
    href: str = ""
    is_prose: bool = False
    is_registered: bool = False
    """Shown to registered readers and not to the public."""

    @property
    def is_long(self) -> bool:
        return bool(self.lines) or len(self.value) > LONG_VALUE


@dataclass(frozen=True)
class Words:
    """A text and the language it is written in."""

    text: str
    language: Language


@dataclass(frozen=True)
class Told:
    """One site or one municipality as an audience may see it, asked key by key."""

    said: Mapping[str, Any]
    """Its properties; Any: JSON."""
    fields: Mapping[str, Field]
    language: Language
    today: date
    registered: frozenset[str] = frozenset()
    """The keys and the files' addresses that the public is not shown."""

    def value(self, key: str) -> Any:
        """Any: JSON; None where there is no value."""
        return self.said.get(key)

    def number(self, key: str) -> float | None:
        value = self.said.get(key)
        return float(value) if isinstance(value, int | float) else None

    def day(self, key: str) -> date | None:
        value = self.said.get(key)
        return date.fromisoformat(value) if isinstance(value, str) else None

    def behind(self, key: str) -> Provenance | None:
        said = self.said["provenance"].get(key)
        return provenance_told(said) if said is not None else None

    def mark(self, key: str) -> Mark:
        """The trust mark, by the last fresh day that the read side gives."""
        return told_mark(self.said["provenance"].get(key), self.fields[key], self.today)

    def marks(self, keys: Iterable[str]) -> list[Mark]:
        """Those that the keys are shown with, for a legend; none of what has not been given."""
        used = {self.mark(key) for key in keys}
        return [mark for mark in MARK_ORDER if mark in used]

    def text(self, key: str) -> str:
        return value_text(self.fields[key], self.said.get(key), self.language)

    def label(self, key: str) -> str:
        return self.fields[key].label.in_language(self.language)

    def fact(self, key: str) -> Fact:
        field, behind, value = self.fields[key], self.behind(key), self.said.get(key)
        day = behind.as_of if behind and behind.state == "known" else None
        return Fact(
            key=key,
            label=self.label(key),
            value=self.text(key),
            mark=self.mark(key),
            source=source_text(behind, self.language) if behind else "",
            age=age_text(day, self.today, self.language).removeprefix("för ") if day else "",
            lines=self.lines(key),
            href=link_address(field, value),
            is_prose=field.kind == "long_text",
            is_registered=key in self.registered,
        )

    def lines(self, key: str) -> tuple[str, ...]:
        """The parts of a value that has several, each for a line of its own."""
        field, value = self.fields[key], self.said.get(key)
        if field.kind == "records" and value:
            return tuple(record_text(field.columns, record, self.language) for record in value)
        if field.kind == "long_text" and value:
            return tuple(line.strip() for line in value.splitlines() if line.strip())
        is_wide = field.kind == "list" and len(self.text(key)) > LONG_VALUE
        return tuple(value or ()) if is_wide else ()

    def words(self, stem: str) -> Words | None:
        """`name` or `description` in the page's language, else in the one it is written in."""
        for language in (self.language, *LANGUAGES):
            text = self.said.get(f"{stem}_{language}")
            if text:
                return Words(str(text), language)
        return None
