"""The requirements read from a request, for the user to confirm: what is a must, and how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.errors import Fault, Invalid
from catalogue.requests.asked import Asked, packed
from catalogue.requests.needs import NEEDS, OPS
from catalogue.requests.requirements import Requirement, read_requirement
from catalogue.requests.wording import words
from frontend.match_words import Names
from frontend.rendering import Page, render
from geo.texts import Language, Text

PATH = "/match/requirements"
NEW_ROWS = 3
"""So many empty rows to add requirements in, each time."""
NONE_LEFT = Text("Behåll eller lägg till minst ett krav.", "Keep or add at least one requirement.")


@dataclass(frozen=True)
class Row:
    """One requirement as the form shows it."""

    words: str
    fragment: str
    value: str
    """What can be typed over; empty where the value is chosen otherwise."""
    kind: str
    """`number`, `date`, `code` or nothing."""
    codes: Sequence[tuple[str, str]]
    unit: str
    requirement: Requirement


def requirements_page(page: Page, asked: Asked, names: Names, faults: Sequence[Fault] = ()) -> str:
    language = page.language
    errors = [{"field": one.where, "text": one.text.in_language(language)} for one in faults]
    return render(
        "match/requirements.html",
        page,
        asked=asked,
        key=packed(asked),
        rows=[row_of(one, names, language) for one in asked.requirements],
        counts=counts(asked),
        new_rows=range(NEW_ROWS),
        choices=choices(language),
        errors=errors,
        faults={one["field"]: one["text"] for one in errors},
    )


def counts(asked: Asked) -> dict[str, int]:
    """How much was read as what, and how much was not."""
    musts = sum(one.must for one in asked.requirements)
    return {
        "must": musts,
        "should": len(asked.requirements) - musts,
        "unread": len(asked.unread),
    }


def row_of(one: Requirement, names: Names, language: Language) -> Row:
    field, kind, codes = one.need.field, "", []
    value = ""
    if field is not None and one.op in ("min", "max"):
        value = str(one.value)
        if field.codes:
            kind = "code"
            codes = [
                (code, field.code_label(code).in_language(language)) for code in field.code_order
            ]
        else:
            kind = "date" if isinstance(one.value, date) else "number"
    said = words(one, names).in_language(language)
    return Row(said, one.fragment, value, kind, codes, one.need.unit.in_language(language), one)


def choices(language: Language) -> list[tuple[str, str]]:
    """What can be added by its number: `area_net_ha min`, `Nettoyta, minst (ha)`."""
    found = []
    for need in NEEDS.values():
        if need.field is None or need.field.kind not in ("number", "integer", "span"):
            continue
        unit = need.unit.in_language(language)
        for op in ("min", "max"):
            if op in need.ops:
                label = f"{need.label.in_language(language)}, {OPS[op].in_language(language)}"
                found.append((f"{need.key} {op}", f"{label} ({unit})" if unit else label))
    return found


def confirmed(asked: Asked, texts: Mapping[str, str], names: Names) -> Asked:
    """The requirements as the form has them; raises `Invalid`, each fault at its control."""
    faults: list[Fault] = []
    kept: list[Requirement] = []
    rows = [
        (str(place), changed(one, texts, str(place)))
        for place, one in enumerate(asked.requirements)
        if texts.get(f"keep-{place}")
    ]
    rows += [
        (f"new-{number}", added(texts, number))
        for number in range(NEW_ROWS)
        if texts.get(f"key-new-{number}") and texts.get(f"value-new-{number}", "").strip()
    ]
    for place, raw in rows:
        try:
            kept.append(read_requirement(raw, names))
        except Invalid as refusal:
            part = refusal.faults[0].where.partition("/")[0]
            control = part if part in ("weight", "value") else "value"
            faults.append(Fault(f"{control}-{place}", refusal.faults[0].text))
    if not kept and not faults:
        faults.append(Fault("", NONE_LEFT))
    if faults:
        raise Invalid(faults)
    return Asked(tuple(kept), asked.unread)


def changed(one: Requirement, texts: Mapping[str, str], place: str) -> dict[str, Any]:
    """Any: JSON."""
    said = one.model_dump(mode="json")
    given = texts.get(f"value-{place}")
    if given is not None:
        said["value"] = number(given) if isinstance(one.value, int | float) else given.strip()
    said["must"] = texts.get(f"must-{place}") != "should"
    said["weight"] = number(texts.get(f"weight-{place}", "1"))
    return said


def added(texts: Mapping[str, str], place: int) -> dict[str, Any]:
    """Any: JSON."""
    key, _, op = texts[f"key-new-{place}"].partition(" ")
    said: dict[str, Any] = {
        "key": key,
        "op": op,
        "value": number(texts[f"value-new-{place}"]),
        "must": texts.get(f"must-new-{place}") != "should",
    }
    year = texts.get(f"year-new-{place}", "").strip()
    return said | ({"year": number(year)} if year and key == "power_mw" else {})


def number(text: str) -> float | str:
    """As somebody writes it, with a comma or a space; the text itself where it is no number."""
    plain = text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
    try:
        found = float(plain)
    except ValueError:
        return text
    return int(found) if found.is_integer() else found
