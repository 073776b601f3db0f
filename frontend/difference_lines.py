"""Differences in words: a field before and after, each with its trust mark and who says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalogue.fields import Field
from catalogue.history.differences import Difference, Side
from catalogue.provenance import STATE_LABELS, Mark, mark
from catalogue.rules import Rules
from frontend.figures import source_text
from frontend.formats import number, value_text, with_unit
from geo.outline_changes import OutlineChange
from geo.texts import Language, Text

HECTARES = Text("ha", "ha")


@dataclass(frozen=True, kw_only=True)
class Said:
    """One side of a difference as it is read."""

    text: str
    """Empty for a field that was never filled in."""
    source: str
    mark: Mark | None
    """None for a field that carries no mark, such as a name."""


@dataclass(frozen=True, kw_only=True)
class DifferenceLine:
    """One field, before and after."""

    key: str
    label: str
    old: Said
    new: Said


@dataclass(frozen=True, kw_only=True)
class OutlineLine:
    """An outline before and after, in hectares."""

    old: str
    new: str
    added: str
    removed: str


def difference_lines(
    found: Iterable[Difference], fields: Mapping[str, Field], rules: Rules, language: Language
) -> list[DifferenceLine]:
    return [
        DifferenceLine(
            key=one.key,
            label=fields[one.key].label.in_language(language),
            old=said(fields[one.key], one.old, rules, language),
            new=said(fields[one.key], one.new, rules, language),
        )
        for one in found
    ]


def said(field: Field, side: Side, rules: Rules, language: Language) -> Said:
    behind = side.provenance
    source = source_text(behind, language) if behind and field.factual else ""
    text = value_text(field, side.value, language)
    if side.value is None and behind is not None and behind.state != "known":
        words = STATE_LABELS[behind.state].in_language(language)
        text = words[:1].upper() + words[1:]
    shown = mark(behind, field, rules.shelf_life, rules.today) if field.factual else None
    return Said(text=text, source=source, mark=shown)


def outline_line(change: OutlineChange | None, language: Language) -> OutlineLine | None:
    if change is None:
        return None

    def area(hectares: float) -> str:
        return with_unit(number(hectares, language), HECTARES, language)

    return OutlineLine(
        old=area(change.old_ha) if change.old else "",
        new=area(change.new_ha) if change.new else "",
        added=area(change.added_ha) if change.added_ha >= 0.05 else "",
        removed=area(change.removed_ha) if change.removed_ha >= 0.05 else "",
    )
