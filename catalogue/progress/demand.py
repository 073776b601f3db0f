"""What is looked for, and what sites drop out on: the counts of searches over some days."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import orjson
from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault, NotAllowed
from catalogue.exports import cell
from catalogue.progress.progress import WHOLE_READERS, read_day
from catalogue.search.filters import PARAMETERS, SPECIAL
from catalogue.search.uses import EVERY_SEARCH
from catalogue.tables import search_use, search_use_site, site
from geo.texts import Language, Text

USUAL_DAYS = 90
MOST_SITES = 15
SAID: Mapping[str, Text] = {
    "municipality": Text("Kommun", "Municipality"),
    "status": Text("Status", "Status"),
    "text": Text("Sökord", "Words"),
    "box": Text("Kartutsnitt", "Part of the map"),
    "within": Text("Inom en yta", "Within an area"),
    "near": Text("Avstånd från en ort eller punkt, högst", "Distance from a place, at most"),
    "unknown": Text("Okända uppgifter döljs", "Unknown values hidden"),
}
DEFINITIONS: Mapping[str, tuple[Text, Text]] = {
    "searches": (
        Text("Sökningar", "Searches"),
        Text(
            "Svar på sökningar med minst ett villkor på den första sidan. Ett villkor som ändras "
            "medan man skriver ger ett nytt svar. Projektets egna konton räknas inte, och inte "
            "program som säger att de är program.",
            "Answers to searches with at least one condition on the first page. A condition that "
            "is changed as it is typed gives a new answer. The project's own accounts are not "
            "counted, nor programs that say they are programs.",
        ),
    ),
    "dropped": (
        Text("Föll bort", "Dropped out"),
        Text(
            "Hur många gånger en plats föll bort på det villkoret och inget annat, sammanlagt över "
            "sökningarna. En plats som föll på två villkor räknas inte.",
            "How many times a site dropped out on that condition and no other, over all searches. "
            "A site that failed on two conditions is not counted.",
        ),
    ),
    "sites": (
        Text("Platser som föll bort", "Sites that dropped out"),
        Text(
            "I hur många sökningar platsen hade passat om villkoret inte hade ställts. Högst 50 "
            "platser noteras för varje villkor i en sökning.",
            "In how many searches the site would have fitted, had the condition not been set. At "
            "most 50 sites are noted for each condition of a search.",
        ),
    ),
    "kept": (
        Text("Så sparas det", "What is kept"),
        Text(
            "Ett tal för varje dag, villkor och grovt intervall. Ingen sökning, inga ord, ingen "
            "adress och ingen besökare sparas.",
            "One number for each day, condition and coarse range. No search, no words, no address "
            "and no visitor is kept.",
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Days:
    """Both included."""

    since: date
    until: date


@dataclass
class Asked:
    """One condition: how often it was set, and how often a site dropped out on it alone."""

    parameter: str
    searches: int = 0
    dropped: int = 0
    ranges: dict[str, int] = field(default_factory=dict)
    """Searches by what was asked for, coarsely."""

    @property
    def label(self) -> Text:
        return label(self.parameter)


@dataclass(frozen=True)
class Dropout:
    """One site and the condition that it dropped out on."""

    reference: str
    name: Text
    parameter: str
    searches: int

    @property
    def label(self) -> Text:
        return label(self.parameter)


@dataclass(frozen=True)
class Demand:
    days: Days
    searches: int
    asked: Sequence[Asked]
    """The most used first."""
    dropouts: Sequence[Dropout]
    """The sites that dropped out most often first."""


def label(parameter: str) -> Text:
    """The parameter in a reader's words; those of the API are for those who write queries."""
    if parameter in PARAMETERS:
        return PARAMETERS[parameter].label
    return SAID.get(parameter, SPECIAL[parameter])


def read_days(since: str | None, until: str | None, today: date) -> Days:
    """Two days as somebody wrote them, the last 90 where left out; raises `BadParameters`."""
    faults: list[Fault] = []
    last = read_day("until", until, today, faults) or today
    first = read_day("since", since, today, faults) or last - timedelta(days=USUAL_DAYS - 1)
    if first > last and not faults:
        text = Text("Första dagen ligger efter den sista.", "The first day is after the last.")
        faults.append(Fault("since", text, in_parameter=True))
    if faults:
        raise BadParameters(faults)
    return Days(first, last)


def demand(session: Session, actor: Actor, days: Days) -> Demand:
    """Raises `NotAllowed` for whoever does not read the whole project."""
    if actor.role not in WHOLE_READERS:
        raise NotAllowed(
            Text("Efterfrågan visas för projektkontoret.", "Demand is shown to the project office.")
        )
    asked: dict[str, Asked] = {}
    rows = session.execute(
        select(
            search_use.c.parameter,
            search_use.c.range,
            func.sum(search_use.c.searches),
            func.sum(search_use.c.dropped),
        )
        .where(within(search_use, days))
        .group_by(search_use.c.parameter, search_use.c.range)
        .order_by(func.sum(search_use.c.searches).desc(), search_use.c.range)
    )
    for parameter, one, searches, dropped in rows:
        found = asked.setdefault(parameter, Asked(parameter))
        found.searches += int(searches)
        found.dropped += int(dropped)
        found.ranges[one] = int(searches)
    every = asked.pop(EVERY_SEARCH, Asked(EVERY_SEARCH))
    return Demand(
        days=days,
        searches=every.searches,
        asked=sorted(asked.values(), key=lambda one: (-one.searches, one.parameter)),
        dropouts=dropouts(session, days),
    )


def within(table: Table, days: Days) -> ColumnElement[bool]:
    return table.c.day.between(days.since, days.until)


def dropouts(session: Session, days: Days) -> list[Dropout]:
    times = func.sum(search_use_site.c.searches)
    key = (search_use_site.c.reference, search_use_site.c.parameter)
    rows = session.execute(
        select(*key, times, site.c.name_sv, site.c.name_en)
        .join(site, site.c.reference == search_use_site.c.reference)
        .where(within(search_use_site, days))
        .group_by(*key, site.c.name_sv, site.c.name_en)
        .order_by(times.desc(), *key)
        .limit(MOST_SITES)
    )
    return [
        Dropout(
            reference, Text(sv or en or reference, en or sv or reference), parameter, int(count)
        )
        for reference, parameter, count, sv, en in rows
    ]


def write_json(found: Demand) -> bytes:
    return orjson.dumps(
        {
            "since": found.days.since,
            "until": found.days.until,
            "searches": found.searches,
            "conditions": [
                {
                    "parameter": one.parameter,
                    "name_sv": one.label.sv,
                    "name_en": one.label.en,
                    "searches": one.searches,
                    "dropped": one.dropped,
                    "ranges": one.ranges,
                }
                for one in found.asked
            ],
            "sites": [
                {
                    "reference": one.reference,
                    "parameter": one.parameter,
                    "searches": one.searches,
                }
                for one in found.dropouts
            ],
            "definitions": [
                {"key": key, "name_sv": name.sv, "name_en": name.en,
                 "definition_sv": words.sv, "definition_en": words.en}
                for key, (name, words) in DEFINITIONS.items()
            ],
        }
    )  # fmt: skip


def write_csv(found: Demand, language: Language) -> bytes:
    """One row a condition and range, then one a site; comma, UTF-8."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow(
        ("parameter", "name", "range", "reference", "searches", "dropped", "since", "until")
    )
    span = (found.days.since.isoformat(), found.days.until.isoformat())
    for one in found.asked:
        name = cell(one.label.in_language(language))
        rows.writerow((one.parameter, name, "", "", one.searches, one.dropped, *span))
        for range_, count in one.ranges.items():
            if range_:
                rows.writerow((one.parameter, name, cell(range_), "", count, "", *span))
    for dropout in found.dropouts:
        name = cell(dropout.label.in_language(language))
        rows.writerow((dropout.parameter, name, "", dropout.reference, dropout.searches, "", *span))
    return buffer.getvalue().encode()
