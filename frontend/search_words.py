"""The conditions of a search in words: as chips, and as reasons why a site may fit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.fields import SITE
from catalogue.provenance import BASIS_LABELS
from catalogue.readiness import LEVELS
from catalogue.search.filter_texts import Near
from catalogue.search.filters import Condition, PowerWanted, SiteFilter
from catalogue.search.places import Place, named
from catalogue.search.shorthand import VERIFIED
from frontend.formats import NO_BREAK_SPACE, date_text, number, value_text, with_unit
from geo.texts import Language, Text

POWER_NAMES = ("power_mw_min", "power_mw_max", "power_year", "power_firm")
ONLY_VERIFIED = Text("Endast verifierade uppgifter", "Verified values only")
ONE_DAY = Text(" (väntat {n} dag)", " (waiting {n} day)")
SIGNS = {"min": "≥", "max": "≤"}


@dataclass(frozen=True)
class Chip:
    """One condition in words, and the parameters that state it."""

    text: str
    names: tuple[str, ...]


def is_verified(wanted: SiteFilter) -> bool:
    """Whether the filter asks for what the form calls verified."""
    return wanted.fresh and wanted.basis_min == VERIFIED["basis_min"]


def chips(
    wanted: SiteFilter, names: Mapping[str, str], language: Language, known: Sequence[Place] = ()
) -> list[Chip]:
    """Every condition, in the order of the form; `names` are the municipalities' by code.

    A point is called by its name where it is one of the places known.
    """
    found = [
        Chip(text.in_language(language), (name,))
        for name, text in special(wanted, names, known)
        if text is not None and not (is_verified(wanted) and name in VERIFIED)
    ]
    if is_verified(wanted):
        found.append(Chip(ONLY_VERIFIED.in_language(language), tuple(VERIFIED)))
    if wanted.power:
        found.append(Chip(power_words(wanted.power, language), POWER_NAMES))
    found += [
        Chip(condition_words(one, language), (one.parameter.name,)) for one in wanted.conditions
    ]
    return found


def special(
    wanted: SiteFilter, names: Mapping[str, str], known: Sequence[Place]
) -> list[tuple[str, Text | None]]:
    """The conditions that are not one field's own."""
    near = wanted.near
    statuses = [SITE["status"].code_label(code) for code in wanted.status]
    basis = BASIS_LABELS[wanted.basis_min] if wanted.basis_min else None
    return [
        ("text", Text("”{it}”", "“{it}”").format(it=wanted.text) if wanted.text else None),
        ("municipality", same(", ".join(names[code] for code in wanted.municipality))),
        ("status", joined(statuses)),
        ("box", Text("I ett kartutsnitt", "In part of the map") if wanted.box else None),
        ("within", Text("Inom en ritad yta", "Within a drawn area") if wanted.within else None),
        (
            "near",
            Text("≤ {km} km från {place}", "≤ {km} km from {place}").format(
                km=near.km, place=place_words(near, known)
            )
            if near
            else None,
        ),
        ("basis_min", Text("Minst: {it}", "At least: {it}").format(it=basis) if basis else None),
        (
            "fresh",
            Text("Bara aktuella uppgifter", "Up-to-date values only") if wanted.fresh else None,
        ),
        (
            "unknown",
            Text("Inget får vara okänt", "Nothing unknown")
            if wanted.unknown == "exclude"
            else None,
        ),
    ]


def place_words(near: Near, known: Sequence[Place]) -> Text:
    name = named(near.longitude, near.latitude, known)
    return Text(name, name) if name else Text("en punkt", "a point")


def same(words: str) -> Text | None:
    return Text(words, words) if words else None


def joined(texts: list[Text]) -> Text | None:
    if not texts:
        return None
    return Text(", ".join(text.sv for text in texts), ", ".join(text.en for text in texts))


def power_words(wanted: PowerWanted, language: Language) -> str:
    """`≥ 100 MW 2030, fast`."""
    sized = [
        f"{sign}{NO_BREAK_SPACE}{number(mw, language)}{NO_BREAK_SPACE}MW"
        for sign, mw in (("≥", wanted.mw_min), ("≤", wanted.mw_max))
        if mw is not None
    ]
    words = [" ".join(sized) or Text("Effekt", "Power").in_language(language)]
    if wanted.year:
        words.append(str(wanted.year))
    firm = Text(", fast", ", firm").in_language(language) if wanted.firm else ""
    return " ".join(words) + firm


def condition_words(one: Condition, language: Language) -> str:
    """`Bruttoyta ≥ 50 ha`, `Detaljplan ≥ Granskning`, `Elområde: SE2, SE3`."""
    field, operator = one.parameter.field, one.parameter.operator
    label = field.label.in_language(language)
    limit = operand_words(one, language)
    if operator == "any":
        return f"{label}: {limit}"
    if operator == "not":
        frame = Text("{label}: inte {limit}", "{label}: not {limit}")
        return frame.format(label=label, limit=limit).in_language(language)
    return f"{label} {SIGNS[operator]}{NO_BREAK_SPACE}{limit}"


def operand_words(one: Condition, language: Language) -> str:
    """The operand with its unit; of codes in an order, the limit alone."""
    field, operand = one.parameter.field, one.operand
    if isinstance(operand, bool):
        return value_text(field, operand, language).lower()
    if isinstance(operand, tuple):
        limits = {"min": operand[:1], "max": operand[-1:]}
        shown = limits.get(one.parameter.operator, operand)
        return ", ".join(field.code_label(str(entry)).in_language(language) for entry in shown)
    if isinstance(operand, date):
        return date_text(operand, language)
    if field.key == "readiness":
        level = LEVELS[min(max(int(operand), 0), len(LEVELS) - 1)]
        return f"{operand}{NO_BREAK_SPACE}{level.in_language(language)}"
    if field.key == "earliest_full_power":
        return str(operand)
    return with_unit(number(operand, language, 2), field.unit, language)


def reasons(said: Mapping[str, Any], language: Language, today: date) -> list[str]:
    """Why a site only may fit: what is not known, and who has been asked; Any: JSON."""
    return [reason(key, said, language, today) for key in said["unknown"]]


def reason(key: str, said: Mapping[str, Any], language: Language, today: date | None = None) -> str:
    """`Avlopp: okänt – Helsinge Vatten tillfrågad 12 mars 2026 (väntat 40 dagar)`; Any: JSON.

    How long is left out where no day is given, as in what is printed.
    """
    label = SITE[key].label
    asked = said["asked"].get(key)
    if asked is None:
        frame = (
            Text("{label}: uppgiften är inte säker eller färsk nog",
                 "{label}: the value is not sure or fresh enough")
            if said.get(key) is not None
            else Text("{label}: ej angivet", "{label}: not given")
        )  # fmt: skip
        return frame.format(label=label).in_language(language)
    day = date.fromisoformat(asked["asked_on"]) if asked["asked_on"] else None
    return (
        Text("{label}: {it}", "{label}: {it}")
        .format(label=label, it=unknown_words(asked["asked"], day, today))
        .in_language(language)
    )


def unknown_words(asked: str | None, asked_on: date | None, today: date | None) -> Text:
    """An unknown value in words, with how long the answer has been waited for."""
    if not asked:
        return Text("okänt", "unknown")
    if asked_on is None:
        return Text("okänt – {who} tillfrågad", "unknown – {who} asked").format(who=asked)
    days = (today - asked_on).days if today else 0
    frame = Text("okänt – {who} tillfrågad {day}", "unknown – {who} asked {day}")
    waited = Text(" (väntat {n} dagar)", " (waiting {n} days)") if days != 1 else ONE_DAY
    told = frame.format(who=asked, day=asked_on)
    more = waited.format(n=days) if days > 0 else Text("", "")
    return Text(unbroken(told.sv + more.sv), unbroken(told.en + more.en))


def unbroken(words: str) -> str:
    """Numbers stay on one line with what they count."""
    return re.sub(r"(?<=\d) ", NO_BREAK_SPACE, words)
