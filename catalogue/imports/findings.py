"""What is told of a file: what is wrong and how to mend it, and what would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from catalogue.fields import SITE, Field
from catalogue.imports.sheets import Place
from geo.texts import Text

Outcome = Literal["new", "changed", "unchanged", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("new", "changed", "unchanged", "refused")
LONGEST_GIVEN = 80
MOST_TOLD = 2_000
"""Of faults, of warnings and of changed fields: more than a person reads, and all are counted."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to mend, or to look at: where, what is wrong and why, and what to do."""

    text: Text
    mend: Text
    place: Place
    key: str = ""
    reference: str = ""
    given: str = ""
    stops: bool = True
    """Whether nothing can be saved until it is mended; else it is only told."""

    def to_json(self) -> dict[str, Any]:
        """Any: JSON."""
        return {
            "sheet": self.place.sheet,
            "row": self.place.row,
            "cell": self.place.cell,
            "field": self.key,
            "reference": self.reference,
            "given": self.given,
            "text": list(self.text),
            "mend": list(self.mend),
        }


@dataclass(frozen=True, kw_only=True)
class Change:
    """A field that would be saved: before and after, each with what stands behind it."""

    place: Place
    key: str
    old: Any
    new: Any
    """Any: values as JSON has them; None is no value."""
    old_behind: Mapping[str, str] | None
    new_behind: Mapping[str, str] | None

    def to_json(self) -> dict[str, Any]:
        """Any: JSON."""
        return {
            "field": self.key,
            "cell": self.place.cell,
            "sheet": self.place.sheet,
            "old": self.old,
            "new": self.new,
            "old_behind": self.old_behind,
            "new_behind": self.new_behind,
        }


@dataclass(kw_only=True)
class SiteResult:
    """What becomes of one site in the file."""

    place: Place
    reference: str
    name: str
    outcome: Outcome
    changes: list[Change] = field(default_factory=list)


@dataclass(kw_only=True)
class Report:
    """The whole answer to a file."""

    notes: list[Text] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sites: list[SiteResult] = field(default_factory=list)

    def refuse(self, place: Place, text: Text, mend: Text, given: object = None) -> None:
        """About the layout of the file; what is about a site's value is told by `comparison`."""
        said = given_text(given)
        self.findings.append(Finding(text=text, mend=mend, place=place, given=said))

    def warn(self, place: Place, text: Text, mend: Text) -> None:
        self.findings.append(Finding(text=text, mend=mend, place=place, stops=False))

    @property
    def is_refused(self) -> bool:
        return any(one.stops for one in self.findings)

    @property
    def has_changes(self) -> bool:
        return any(one.outcome in ("new", "changed") for one in self.sites)

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = dict.fromkeys(OUTCOMES, 0)
        for site in self.sites:
            found[site.outcome] += 1
        found["fields"] = sum(len(site.changes) for site in self.sites)
        found["faults"] = sum(one.stops for one in self.findings)
        found["warnings"] = len(self.findings) - found["faults"]
        return found

    def to_json(self) -> dict[str, Any]:
        """Sites that stay as they are are only counted. Any: JSON."""
        sites: list[dict[str, Any]] = []
        left = MOST_TOLD
        for site in self.sites:
            if site.outcome == "unchanged":
                continue
            sites.append(
                {
                    "sheet": site.place.sheet,
                    "row": site.place.row,
                    "reference": site.reference,
                    "name": site.name,
                    "outcome": site.outcome,
                    "changes": [one.to_json() for one in site.changes[: max(left, 0)]],
                    "changed_fields": len(site.changes),
                }
            )
            left -= len(site.changes)
        return {
            "counts": self.counts(),
            "notes": [list(note) for note in self.notes],
            "faults": told([one for one in self.findings if one.stops]),
            "warnings": told([one for one in self.findings if not one.stops]),
            "sites": sites[:MOST_TOLD],
        }


def told(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """In the order of the file. Any: JSON."""
    ordered = sorted(findings, key=lambda one: (one.place.sheet, one.place.row, one.place.column))
    return [one.to_json() for one in ordered[:MOST_TOLD]]


def given_text(raw: object) -> str:
    """What stood in a cell, short enough to be shown."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = "" if raw is None else " ".join(str(raw).split())
    return text if len(text) <= LONGEST_GIVEN else f"{text[:LONGEST_GIVEN]}…"


ACCEPTED: dict[str, Text] = {
    "text": Text("Text.", "Text."),
    "long_text": Text("Löpande text.", "Running text."),
    "link": Text("En adress som börjar med https://.", "An address that begins with https://."),
    "number": Text("Ett tal, till exempel 12,5.", "A number, for example 12.5."),
    "integer": Text("Ett heltal.", "A whole number."),
    "date": Text("Ett datum, till exempel 2026-10-03.", "A date, for example 2026-10-03."),
    "flag": Text("Ja eller Nej.", "Yes or No."),
    "list": Text("Ett eller flera, med semikolon mellan.", "One or more, with semicolons between."),
    "span": Text("Från och till, till exempel 12–24.", "From and to, for example 12–24."),
    "records": Text("Rader på ett eget blad.", "Rows on a sheet of their own."),
    "outline": Text("En yta i geodatafilen, eller WKT.", "An area in the geodata file, or WKT."),
}
MOST_CODES = 12


def accepted(one: Field) -> Text:
    """What a cell of the field may hold, for the template's help and for what to mend."""
    if one.codes:
        words = [entry.label for entry in one.codes[:MOST_CODES]]
        listed = Text("; ".join(word.sv for word in words), "; ".join(word.en for word in words))
        if one.kind == "codes":
            frame = Text(
                "Ett eller flera, med semikolon mellan: {words}.",
                "One or more, with semicolons between: {words}.",
            )
        else:
            frame = Text("Ett av: {words}.", "One of: {words}.")
        return frame.format(words=listed)
    if one.choices:
        return Text(
            "Ett eller flera, med semikolon mellan: {choices} {unit}.",
            "One or more, with semicolons between: {choices} {unit}.",
        ).format(choices="; ".join(map(str, one.choices)), unit=one.unit)
    said = ACCEPTED[one.kind]
    limits = limits_of(one)
    return Text(f"{said.sv} {limits.sv}".strip(), f"{said.en} {limits.en}".strip())


def limits_of(one: Field) -> Text:
    unit = one.unit
    if one.kind in ("text", "long_text"):
        unit = Text("tecken", "characters")
    elif one.kind == "list":
        unit = Text("värden", "values")
    low, high = one.minimum, one.maximum
    if low is not None and high is not None:
        text = Text("{low}–{high} {unit}.", "{low}–{high} {unit}.")
    elif high is not None:
        text = Text("Högst {high} {unit}.", "At most {high} {unit}.")
    elif low is not None:
        text = Text("Minst {low} {unit}.", "At least {low} {unit}.")
    else:
        return Text("", "")
    filled = text.format(low=low or 0, high=high or 0, unit=unit)
    return Text(filled.sv.replace(" .", "."), filled.en.replace(" .", "."))


def mending(key: str) -> Text:
    """What to do about a cell that cannot be read."""
    one = SITE.get(key)
    if one is None:
        return AT_ODDS
    return Text("Skriv så här: {accepted}", "Write it like this: {accepted}").format(
        accepted=accepted(one)
    )


AT_ODDS = Text(
    "Rätta cellen, eller det värde som den inte stämmer med.",
    "Correct the cell, or the value that it does not agree with.",
)
"""What to do about a value that can be read and yet cannot be right."""
