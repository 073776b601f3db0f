"""The requirements of a client as a form: what was read, to be confirmed, changed and added to.

One row a requirement, its controls named `r0-value`; a form that is sent is read back into
requirements, or shown again as it was sent with what is wrong at its field.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalogue.errors import Fault, Invalid
from catalogue.fields import THEMES
from catalogue.requests.needs import NEEDS, OPS, POWER_KEY, Need
from catalogue.requests.numbers import amount
from catalogue.requests.requirements import (
    MOST_REQUIREMENTS,
    Requirement,
    parameter_text,
    read_requirement,
)
from frontend.rendering import Page, render
from geo.texts import Language, Text

PARTS = ("key", "op", "value", "year", "firm", "must", "weight", "fragment", "question", "remove")
LISTED_KINDS = ("code", "codes", "integers")
WHOLE = re.compile(r"[\d ’'.,\N{NO-BREAK SPACE}]+")


@dataclass(frozen=True)
class Row:
    """One requirement as its controls show it."""

    name: str
    need: Need
    said: Mapping[str, Sequence[str]]
    """What each part holds, as text."""
    faults: Mapping[str, str] = field(default_factory=dict)

    def one(self, part: str) -> str:
        return next(iter(self.said.get(part, ())), "")

    @property
    def ops(self) -> list[tuple[str, Text]]:
        return [(op, OPS[op]) for op in self.need.ops]

    @property
    def options(self) -> list[tuple[str, Text]]:
        """The values to choose among; none where a value is written."""
        about = self.need.field
        if about is None:
            return []
        if about.kind == "flag":
            return [("true", Text("Ja", "Yes")), ("false", Text("Nej", "No"))]
        if about.kind == "integers":
            return [(str(one), Text(f"{one} kV", f"{one} kV")) for one in about.choices]
        return [(one.code, one.label) for one in about.codes]

    @property
    def has_year(self) -> bool:
        return self.need.key == POWER_KEY

    @property
    def takes_several(self) -> bool:
        return self.one("op") in ("any_of", "none_of")


def row_of(number: int, one: Requirement) -> Row:
    values = one.value if isinstance(one.value, tuple) else (parameter_text(one.value),)
    said = {
        "op": (one.op,), "value": values, "year": (str(one.year or ""),),
        "firm": ("true",) if one.firm else (), "must": ("true" if one.must else "false",),
        "weight": (f"{one.weight:g}",), "fragment": (one.fragment,), "question": (one.question,),
    }  # fmt: skip
    return Row(f"r{number}", one.need, said)


def empty_row(number: int, key: str, fragment: str = "") -> Row:
    need = NEEDS[key]
    said = {"op": need.ops[:1], "must": ("true",), "weight": ("1",), "fragment": (fragment,)}
    return Row(f"r{number}", need, said)


def sent_rows(pairs: Sequence[tuple[str, str]]) -> list[Row]:
    """The rows of a sent form in their order, without those to be removed; strange names are
    passed over."""
    given: dict[int, dict[str, list[str]]] = {}
    for name, text in pairs:
        hit = re.fullmatch(r"r(\d{1,3})-(\w{1,10})", name)
        if hit and hit[2] in PARTS:
            given.setdefault(int(hit[1]), {}).setdefault(hit[2], []).append(text[:2_000])
    rows: list[Row] = []
    for _, said in sorted(given.items())[:MOST_REQUIREMENTS]:
        key = next(iter(said.get("key", [])), "")
        if key in NEEDS and not said.get("remove"):
            rows.append(Row(f"r{len(rows)}", NEEDS[key], said))
    return rows


def requirements_of(rows: Sequence[Row], names: Mapping[str, str]) -> list[Requirement]:
    """Raises `Invalid` with each fault at its control, as `r0-value`."""
    faults: list[Fault] = []
    found = []
    for row in rows:
        try:
            found.append(read_requirement(as_json(row), names))
        except Invalid as error:
            faults += [Fault(f"{row.name}-{one.where}", one.text) for one in error.faults]
    if faults:
        raise Invalid(faults)
    return found


def as_json(row: Row) -> dict[str, Any]:
    """What the row says, as a program would send it. Any: JSON."""
    said: dict[str, Any] = {
        "key": row.need.key, "op": row.one("op"), "value": value_of(row),
        "must": row.one("must") != "false", "fragment": row.one("fragment"),
        "question": row.one("question"), "weight": read_number(row.one("weight") or "1"),
    }  # fmt: skip
    if row.has_year:
        said["firm"] = bool(row.one("firm"))
        if row.one("year"):
            said["year"] = read_number(row.one("year"))
    return said


def value_of(row: Row) -> Any:
    """Any: JSON."""
    texts = [text.strip() for text in row.said.get("value", ()) if text.strip()]
    about = row.need.field
    if row.takes_several:
        return [part.strip() for text in texts for part in text.split(",") if part.strip()]
    text = texts[0] if texts else ""
    if about is not None and about.kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    is_word = about is None or about.kind == "date" or (about.codes and about.kind == "code")
    return text if is_word else read_number(text)


def read_number(text: str) -> float | int | str:
    """As people write numbers; what is none stays text, to be refused at its control."""
    if not WHOLE.fullmatch(text.strip()) or not re.search(r"\d", text):
        return text
    found = amount(text.replace("\N{NO-BREAK SPACE}", " "))
    return int(found) if found == int(found) else found


def choices(language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every need by its theme, for the list to add from."""
    special = Text("Vanliga", "Common").in_language(language)
    found: dict[str, list[tuple[str, str]]] = {special: []}
    for key, need in NEEDS.items():
        theme = THEMES[need.field.theme] if need.field and key != POWER_KEY else None
        heading = theme.in_language(language) if theme else special
        found.setdefault(heading, []).append((key, need.label.in_language(language)))
    return list(found.items())


@dataclass(frozen=True)
class Left:
    """Words that were not understood, why, and the field they may be about."""

    fragment: str
    reason: Text
    key: str = ""


def requirement_form(
    page: Page, rows: Sequence[Row], left: Sequence[Left], faults: Sequence[Fault] = ()
) -> str:
    told = {fault.where: fault.text.in_language(page.language) for fault in faults}
    shown = [
        Row(row.name, row.need, row.said,
            {part: told[f"{row.name}-{part}"] for part in PARTS if f"{row.name}-{part}" in told})
        for row in rows
    ]  # fmt: skip
    return render(
        "match/requirements.html", page, rows=shown, left=left, choices=choices(page.language),
        errors=[{"field": where, "text": text} for where, text in told.items()],
    )  # fmt: skip
