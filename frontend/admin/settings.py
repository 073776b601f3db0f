"""The page of settings: what holds, where it comes from, and what has been changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from catalogue.administration.adjustments import SettingChange, origin
from catalogue.errors import Fault
from catalogue.relisting import Relisting
from catalogue.settings import Settings
from frontend.admin.sections import admin_page
from frontend.admin.setting_words import GROUPS, WORDS, SettingWords
from frontend.formats import NO, YES, date_text, number, with_unit
from frontend.rendering import ROLES, Page, swedish_day
from geo.texts import Language, Text

PATH = "/admin/settings"


@dataclass(frozen=True, kw_only=True)
class Settled:
    """The settings as they stand, and how they came to be."""

    installed: Settings
    present: Settings
    adjusted: Mapping[str, object]
    latest: Mapping[str, SettingChange]
    history: Sequence[SettingChange]
    relisting: Relisting | None


@dataclass(frozen=True)
class SettingsForm:
    """What was sent and refused, or has just been saved."""

    group: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    saved: int | None = None
    """How many settings changed."""


@dataclass(frozen=True, kw_only=True)
class SettingRow:
    """One setting as it is shown and changed."""

    name: str
    words: SettingWords
    kind: str
    text: str
    error: str
    origin: Text
    may_give_back: bool
    installed: str


def settings_page(page: Page, settled: Settled, form: SettingsForm) -> str:
    faults = {fault.where: fault.text.in_language(page.language) for fault in form.faults}
    return admin_page(
        page,
        "settings.html",
        PATH,
        groups=[
            (
                group,
                [row(name, settled, form, faults, page.language) for name in group.names],
                form.texts.get("reason", "") if form.group == group.key else "",
            )
            for group in GROUPS
        ],
        errors=[
            {"field": where if where in WORDS else f"{form.group}-reason", "text": text}
            for where, text in faults.items()
        ],
        refused=form.group,
        reason_error=faults.get("reason", ""),
        saved=form.saved,
        relisting=settled.relisting,
        roles=list(ROLES.items()),
        history=[
            (one, WORDS[one.name].label, *(shown(one.name, value, page.language)
                                           for value in (one.before, one.after)))
            for one in settled.history
            if one.name in WORDS
        ],
    )  # fmt: skip


def row(
    name: str,
    settled: Settled,
    form: SettingsForm,
    faults: Mapping[str, str],
    language: Language,
) -> SettingRow:
    value = getattr(settled.present, name)
    where = origin(name, settled.installed, settled.adjusted)
    return SettingRow(
        name=name,
        words=WORDS[name],
        kind=kind(name, value),
        text=form.texts.get(name, typed(name, value, language)),
        error=faults.get(name, ""),
        origin=origin_text(where, name, settled.latest.get(name)),
        may_give_back=where == "set",
        installed=shown(name, getattr(settled.installed, name), language),
    )


def kind(name: str, value: object) -> str:
    """Which control a setting is changed with."""
    match value:
        case str() if name.endswith("_roles"):
            return "roles"
        case bool():
            return "flag"
        case int() | float():
            return "number"
        case date():
            return "date"
    return "text"


def typed(name: str, value: object, language: Language) -> str:
    """The value as somebody would type it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{value:g}".replace(".", "," if language == "sv" else ".")
        case date():
            return value.isoformat()
        case str() if name.endswith("_dates"):
            return value.replace(",", ", ")
    return str(value)


def shown(name: str, value: object, language: Language) -> str:
    """The value in words, with its unit; also as JSON has it."""
    match value:
        case bool():
            return (YES if value else NO).in_language(language)
        case int() | float():
            return with_unit(number(value, language), WORDS[name].unit, language)
        case date():
            return date_text(value, language)
        case str() if name.endswith("_roles"):
            roles = [ROLES[one].in_language(language).lower() for one in value.split(",") if one]
            return ", ".join(roles) or "–"
        case str() if name.endswith("_months"):
            return value.replace(",", ", ") or "–"
        case str() if name.endswith("_dates"):
            days = [date_text(date.fromisoformat(one), language) for one in value.split(",") if one]
            return ", ".join(days) or "–"
        case str() if name.endswith(("_start", "_end", "_date")):
            return date_text(date.fromisoformat(value), language)
    return str(value)


def origin_text(where: str, name: str, change: SettingChange | None) -> Text:
    if where == "set" and change is not None:
        return Text("Satt av {who} den {day}", "Set by {who} on {day}").format(
            who=change.changed_by, day=swedish_day(change.changed_at)
        )
    if where == "environment":
        return Text("Från driftmiljön, {name}", "From the environment, {name}").format(
            name=f"SITEFINDER_{name.upper()}"
        )
    return Text("Standardvärde", "Default")
