"""What is looked for, and what sites drop out on: the counts of searches over some days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Date, Table, cast, func, select
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import BadParameters, Fault, NotAllowed
from catalogue.progress.progress import WHOLE_READERS, read_day
from catalogue.search.filters import PARAMETERS, SPECIAL
from catalogue.search.uses import ANY, EVERY_SEARCH
from catalogue.tables import search_use, search_use_site, site
from geo.texts import Text

USUAL_DAYS = 90
SITES_EACH, CONDITIONS_NAMED = 4, 8
"""Sites named for one condition, and conditions that sites are named for."""
CHOSEN_AWAY = ("municipality", "status")
"""A site elsewhere does not drop out for anything that could be done about it."""
MOST_WEEKS = 26
"""Of more days than that, months are told apart."""
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
            "Hur många platser som i snitt föll bort på det villkoret och inget annat, i de "
            "sökningar som hade det. En plats som föll på två villkor räknas inte.",
            "How many sites dropped out on that condition and no other, on average over the "
            "searches that set it. A site that failed on two conditions is not counted.",
        ),
    ),
    "sites": (
        Text("Platser som föll bort", "Sites that dropped out"),
        Text(
            "I hur många sökningar platsen hade passat om villkoret inte hade ställts, och hur "
            "stor del det är av sökningarna med villkoret. Här står de platser som oftast föll "
            "bort. Val av kommun och status räknas inte.",
            "In how many searches the site would have fitted, had the condition not been set, and "
            "what share that is of the searches that set it. Those that dropped out most often "
            "are listed. Choices of municipality and status do not count.",
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

    @property
    def number(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def before(self) -> "Days":
        """As many days, right before these."""
        return Days(self.since - timedelta(days=self.number), self.since - timedelta(days=1))


@dataclass(frozen=True)
class Step:
    """A week or a month of the days, or what the days have of it."""

    since: date
    until: date
    searches: int


@dataclass
class Asked:
    """One condition: how often it was set, and how often a site dropped out on it alone."""

    parameter: str
    searches: int = 0
    dropped: int = 0
    ranges: dict[str, int] = field(default_factory=dict)
    """Searches by what was asked for, coarsely; one that asks for two values is in both."""
    before: int = 0
    """Searches in the days before."""

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
    before: int
    """Searches in as many days before."""
    steps: Sequence[Step]
    asked: Sequence[Asked]
    """The most used first."""
    dropouts: Sequence[Dropout]
    """By condition, that which most dropped out on first, and within it the most frequent first."""


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
    asked = by_condition(session, days)
    before = by_condition(session, days.before)
    for parameter, one in asked.items():
        one.before = before[parameter].searches if parameter in before else 0
    every = asked.pop(EVERY_SEARCH, Asked(EVERY_SEARCH))
    return Demand(
        days=days,
        searches=every.searches,
        before=before[EVERY_SEARCH].searches if EVERY_SEARCH in before else 0,
        steps=steps(session, days),
        asked=sorted(asked.values(), key=lambda one: (-one.searches, one.parameter)),
        dropouts=dropouts(session, days),
    )


def by_condition(session: Session, days: Days) -> dict[str, Asked]:
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
        if one == ANY:
            found.searches, found.dropped = int(searches), int(dropped)
        else:
            found.ranges[one] = int(searches)
    return asked


def steps(session: Session, days: Days) -> list[Step]:
    """Week by week, of many weeks month by month; the first and last may be cut short."""
    unit = "month" if is_in_months(days) else "week"
    began = cast(func.date_trunc(unit, search_use.c.day), Date)
    rows = session.execute(
        select(began, func.sum(search_use.c.searches))
        .where(within(search_use, days), search_use.c.parameter == EVERY_SEARCH)
        .group_by(began)
    )
    searches = {day: int(count) for day, count in rows}
    found, day = [], days.since
    while day <= days.until:
        start = day - timedelta(days=day.weekday() if unit == "week" else day.day - 1)
        after = start + timedelta(days=7) if unit == "week" else month_after(start)
        last = min(after - timedelta(days=1), days.until)
        found.append(Step(day, last, searches.get(start, 0)))
        day = after
    return found


def is_in_months(days: Days) -> bool:
    return days.number > 7 * MOST_WEEKS


def month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def within(table: Table, days: Days) -> ColumnElement[bool]:
    return table.c.day.between(days.since, days.until)


def dropouts(session: Session, days: Days) -> list[Dropout]:
    uses = search_use_site.c
    times = func.sum(uses.searches)
    place = func.row_number().over(
        partition_by=uses.parameter, order_by=(times.desc(), uses.reference)
    )
    counted = (
        select(
            uses.parameter,
            uses.reference,
            times.label("times"),
            place.label("place"),
            func.sum(times).over(partition_by=uses.parameter).label("whole"),
        )
        .where(within(search_use_site, days), uses.parameter.not_in(CHOSEN_AWAY))
        .group_by(uses.parameter, uses.reference)
        .subquery("counted")
    )
    rank = func.dense_rank().over(order_by=(counted.c.whole.desc(), counted.c.parameter))
    ranked = select(counted, rank.label("rank")).subquery("ranked")
    rows = session.execute(
        select(ranked.c.parameter, ranked.c.reference, ranked.c.times,
               site.c.name_sv, site.c.name_en)
        .join(site, site.c.reference == ranked.c.reference)
        .where(ranked.c.place <= SITES_EACH, ranked.c.rank <= CONDITIONS_NAMED)
        .order_by(ranked.c.rank, ranked.c.place)
    )  # fmt: skip
    return [
        Dropout(
            reference, Text(sv or en or reference, en or sv or reference), parameter, int(count)
        )
        for parameter, reference, count, sv, en in rows
    ]
