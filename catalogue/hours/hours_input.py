"""An entry of the hours register as somebody sent it, read with every fault told at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.errors import Fault, Invalid
from catalogue.hours.activities import Activities, offered
from catalogue.hours.hours import KEYS, MOST_HOURS, HoursEntry, ProjectPlan
from catalogue.hours.month_names import read_month
from geo.texts import Text

LONGEST = {"role": 80, "person": 80, "note": 500}
MOST_SITES = 50
NOT_A_MONTH = Text("Ska vara en månad som 2026-05.", "Must be a month such as 2026-05.")
NOT_AN_ACTIVITY = Text(
    "Aktiviteten {code} finns inte. Välj bland: {codes}.",
    "There is no activity {code}. Choose among: {codes}.",
)
NOT_OFFERED = Text(
    "Aktiviteten {code} används inte längre. Välj bland: {codes}.",
    "The activity {code} is no longer in use. Choose among: {codes}.",
)
MISSING: dict[str, Text] = {
    "municipality": Text("Ange kommun.", "Give the municipality."),
    "role": Text("Ange din roll.", "Give your role."),
    "activity": Text("Välj vad tiden gällde.", "Choose what the time was spent on."),
}


def read_entry(
    raw: Mapping[str, Any], plan: ProjectPlan, *, activities: Activities, today: date
) -> HoursEntry:
    """A body or form as an entry; raises `Invalid` with every fault. Any: whatever was sent."""
    faults = [
        Fault(str(key)[:60], Text("Fältet finns inte.", "There is no such field."))
        for key in raw
        if key not in KEYS
    ]
    reading = EntryReader(raw, faults)
    entry = HoursEntry(
        municipality=reading.text("municipality", required=True),
        month=reading.month(plan, today),
        role=reading.text("role", required=True),
        person=reading.text("person"),
        hours=reading.hours(),
        activity=reading.activity(activities),
        sites=reading.sites(),
        note=reading.text("note"),
    )
    if entry.hours < 0 and not entry.note:
        reading.refuse(
            "note",
            Text(
                "En rättelse med minus behöver en anteckning om vad som rättas.",
                "A correction with negative hours needs a note on what it corrects.",
            ),
        )
    if faults:
        raise Invalid(faults)
    return entry


@dataclass(frozen=True)
class EntryReader:
    """Reads one part after the other and collects what is wrong. Any: whatever was sent."""

    raw: Mapping[str, Any]
    faults: list[Fault]

    def refuse(self, where: str, text: Text) -> None:
        self.faults.append(Fault(where, text))

    def text(self, key: str, *, required: bool = False) -> str:
        given = self.raw.get(key)
        if given is None or (isinstance(given, str) and not given.strip()):
            if required:
                self.refuse(key, MISSING[key])
            return ""
        longest = LONGEST.get(key, 80)
        text = " ".join(given.split()) if isinstance(given, str) else None
        if text is None or len(text) > longest or not text.isprintable():
            self.refuse(
                key,
                Text("Text, högst {longest} tecken.", "Text, at most {longest} characters.").format(
                    longest=longest
                ),
            )
            return ""
        return text

    def month(self, plan: ProjectPlan, today: date) -> date:
        month = read_month(self.raw.get("month"))
        if month is None:
            self.refuse("month", NOT_A_MONTH)
            return plan.start
        if month > today:
            self.refuse(
                "month",
                Text("Månaden har inte börjat än.", "The month has not begun yet."),
            )
        elif month not in plan.months:
            self.refuse(
                "month",
                Text(
                    "Månaden ligger utanför projektet, som går från {start} till {end}.",
                    "The month is outside the project, which runs from {start} to {end}.",
                ).format(start=plan.start, end=plan.end),
            )
        return month

    def hours(self) -> float:
        given = self.raw.get("hours")
        if isinstance(given, str):
            given = decimal(given)
        if isinstance(given, bool) or not isinstance(given, int | float):
            self.refuse("hours", Text("Ange timmar som ett tal.", "Give the hours as a number."))
            return 0
        if not 0 < abs(given) <= MOST_HOURS or given * 2 != int(given * 2):
            self.refuse(
                "hours",
                Text(
                    "Hela eller halva timmar, från 0,5 till {most}; med minus för en rättelse.",
                    "Whole or half hours, from 0.5 to {most}; negative for a correction.",
                ).format(most=MOST_HOURS),
            )
            return 0
        return float(given)

    def activity(self, activities: Activities) -> str:
        given = self.text("activity", required=True)
        choices = offered(activities)
        if given and given not in choices:
            text = NOT_OFFERED if given in activities else NOT_AN_ACTIVITY
            self.refuse("activity", text.format(code=given, codes=", ".join(choices)))
        return given

    def sites(self) -> tuple[str, ...]:
        given = self.raw.get("sites") or []
        is_list = isinstance(given, list) and len(given) <= MOST_SITES
        if not is_list or not all(
            isinstance(one, str) and len(one) <= 40 and one.isprintable() for one in given
        ):
            self.refuse(
                "sites",
                Text(
                    "En lista med platsernas beteckningar, högst {most}.",
                    "A list of the sites' references, at most {most}.",
                ).format(most=MOST_SITES),
            )
            return ()
        return tuple(dict.fromkeys(one.strip().upper() for one in given if one.strip()))


def decimal(text: str) -> float | None:
    """A number as people write it, with comma or point; None for anything else."""
    try:
        return float(text.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return None
