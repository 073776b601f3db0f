"""Several entries from one form: a field for each activity and month, or a line for each entry."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from catalogue.errors import Fault, Invalid
from catalogue.hours.activities import Activities, offered
from catalogue.hours.hours import MOST_HOURS, HoursEntry, ProjectPlan
from catalogue.hours.hours_input import MISSING, decimal, read_entry
from geo.texts import Text

SHARED = ("municipality", "role", "person", "note", "sites")
"""What a form of fields says once, for all of its entries."""
ROW_KEYS = ("month", "hours", "activity", "role", "person", "note", "sites")
NOTHING = Text("Skriv timmar i minst en ruta.", "Write hours in one field at least.")
POSITIVE = Text(
    "Hela eller halva timmar, från 0,5 till {most}.", "Whole or half hours, from 0.5 to {most}."
).format(most=MOST_HOURS)
NEGATIVE = Text(
    "Timmarna kan inte vara färre än 0. Ska något tas tillbaka: öppna raden och rätta den.",
    "The hours cannot be below 0. To take something back, open the entry and correct it.",
)


def field_name(month: date, activity: str) -> str:
    """The name of the field for one activity in one month."""
    return f"h.{month:%Y-%m}.{activity}"


def read_fields(
    raw: Mapping[str, Any],
    months: Sequence[date],
    plan: ProjectPlan,
    *,
    activities: Activities,
    today: date,
) -> tuple[list[HoursEntry], list[str]]:
    """An entry for each field with hours, and the names of those fields.

    Raises `Invalid` with every fault, under the names of fields. Any: whatever was sent.
    """
    entries: list[HoursEntry] = []
    named: list[str] = []
    faults: dict[str, Fault] = {}
    shared = {key: raw.get(key) for key in SHARED}
    for month in months:
        for activity in offered(activities):
            name = field_name(month, activity)
            given = str(raw.get(name) or "").strip()
            if not given or decimal(given) == 0:
                continue
            said = {**shared, "month": f"{month:%Y-%m}", "activity": activity, "hours": given}
            try:
                entries.append(read_positive(said, plan, activities, today))
                named.append(name)
            except Invalid as refusal:
                for fault in refusal.faults:
                    where = fault.where if fault.where in SHARED else name
                    faults.setdefault(where, Fault(where, fault.text))
    if not entries and not faults:
        faults["hours"] = Fault("hours", NOTHING)
        if not str(raw.get("role") or "").strip():
            faults["role"] = Fault("role", MISSING["role"])
    if faults:
        raise Invalid(list(faults.values()))
    return entries, named


def read_rows(
    rows: Sequence[Mapping[str, Any]],
    plan: ProjectPlan,
    *,
    activities: Activities,
    today: date,
) -> list[HoursEntry]:
    """The lines as entries; raises `Invalid` with what is wrong in each, under `NUMBER/field`.

    Any: whatever was sent.
    """
    entries: list[HoursEntry] = []
    faults: list[Fault] = []
    for number, raw in enumerate(rows):
        try:
            entries.append(read_positive(raw, plan, activities, today))
        except Invalid as refusal:
            faults.extend(Fault(f"{number}/{one.where}", one.text) for one in refusal.faults)
    if faults:
        raise Invalid(faults)
    return entries


def read_positive(
    raw: Mapping[str, Any], plan: ProjectPlan, activities: Activities, today: date
) -> HoursEntry:
    """An entry that takes nothing back; raises `Invalid`. Any: whatever was sent."""
    given = raw.get("hours")
    number = decimal(given) if isinstance(given, str) else given
    if isinstance(number, int | float) and not isinstance(number, bool) and number < 0:
        raise Invalid([Fault("hours", NEGATIVE)])
    try:
        return read_entry(raw, plan, activities=activities, today=today)
    except Invalid as refusal:
        is_number = isinstance(number, int | float) and not isinstance(number, bool)
        raise Invalid(
            [
                Fault("hours", POSITIVE) if one.where == "hours" and is_number else one
                for one in refusal.faults
            ]
        ) from refusal
