"""When building can start and full power is there, each step with the day it rests on.

The days are those that `catalogue.site` works out `earliest_construction_start` from. Positions
across are per cent of the axis.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from babel.dates import format_date

from catalogue import power
from catalogue.provenance import Mark
from frontend.formats import number
from frontend.site_page_facts import Told
from geo.texts import LOCALES, Language, Text

MONTH_DAYS = 30.44
FEWEST_YEARS = 4
MANY_YEARS = 8
UNKNOWN = Text("Okänt", "Unknown")
DONE = Text("Klart", "Done")
Name = Literal["plan", "access", "permit", "start", "connection", "power"]
LABELS: dict[Name, Text] = {
    "plan": Text("Detaljplan i laga kraft", "Detailed plan in force"),
    "access": Text("Tillträde till marken", "Access to the land"),
    "permit": Text("Miljötillstånd", "Environmental permit"),
    "start": Text("Tidigaste byggstart", "Earliest construction start"),
    "connection": Text("Anslutning till elnätet", "Connection to the grid"),
    "power": Text("Full effekt", "Full power"),
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: what has to happen, when at the earliest, and why then."""

    name: Name
    text: Text
    key: str = ""
    """The field that says so."""
    day: date | None = None
    latest: date | None = None
    """The far end, where a span is all that is known."""
    when: str = ""
    mark: Mark | Literal[""] = ""
    bar: tuple[float, float] | None = None
    """From today to the day: where it begins, and how wide it is."""
    span: tuple[float, float] | None = None
    """From the day to the latest one, likewise."""
    point_x: float | None = None
    """Where the day is marked, unless a span shows that it is not one day."""

    @property
    def label(self) -> Text:
        return LABELS[self.name]

    @property
    def is_result(self) -> bool:
        return self.name in ("start", "power")


@dataclass(frozen=True)
class Tick:
    """A year on the axis; a minor one is left out where there is little room."""

    year: int
    x: float
    is_minor: bool


@dataclass(frozen=True)
class Timeline:
    steps: tuple[Step, ...]
    ticks: tuple[Tick, ...]
    today_x: float


def timeline(told: Told) -> Timeline:
    """Every step in the order it is read; those without a day stand without a bar."""
    before = (plan_step(told), access_step(told), permit_step(told))
    steps = (*before, start_step(told, before), connection_step(told), power_step(told))
    first = told.today.year
    days = [day for step in steps for day in (step.day, step.latest) if day]
    last = max([first + FEWEST_YEARS - 1, *(day.year for day in days)])
    axis = Axis(date(first, 1, 1), date(last + 1, 1, 1))
    return Timeline(
        tuple(placed(step, axis, told) for step in steps),
        tuple(ticks(axis, first, last)),
        axis.x(told.today),
    )


@dataclass(frozen=True)
class Axis:
    start: date
    end: date

    def x(self, day: date) -> float:
        share = (day - self.start) / (self.end - self.start)
        return round(100 * min(max(share, 0), 1), 2)


def ticks(axis: Axis, first: int, last: int) -> Iterator[Tick]:
    is_crowded = last - first >= MANY_YEARS
    for year in range(first, last + 1):
        yield Tick(year, axis.x(date(year, 1, 1)), is_crowded and (year - first) % 2 == 1)


def placed(step: Step, axis: Axis, told: Told) -> Step:
    named = replace(
        step,
        when=step.when or when(step, told),
        mark=told.mark(step.key) if step.key else "",
    )
    if step.day is None:
        return named
    today_x, x = axis.x(told.today), axis.x(step.day)
    return replace(
        named,
        bar=(today_x, round(x - today_x, 2)) if x > today_x else None,
        span=(x, round(axis.x(step.latest) - x, 2)) if step.latest else None,
        point_x=None if step.latest else max(x, today_x),
    )


def when(step: Step, told: Told) -> str:
    """The month, or the months; a step whose day has come is done."""
    if step.day is None:
        return UNKNOWN.in_language(told.language)
    if step.day <= told.today:
        return DONE.in_language(told.language)
    months = [month(day, told.language) for day in (step.day, step.latest) if day]
    return "\N{EN DASH}".join(dict.fromkeys(months))


def month(day: date, language: Language) -> str:
    """`juni 2028` or `Jun 2028`."""
    return format_date(day, "MMM\N{NO-BREAK SPACE}y", locale=LOCALES[language]).replace(".", "")


def plan_step(told: Told) -> Step:
    code, behind = told.value("detaljplan_status"), told.behind("detaljplan_status")
    if code == "laga_kraft":
        text = Text(
            "Detaljplanen gäller, enligt uppgift per {day}.",
            "The detailed plan is in force, as of {day}.",
        ).format(day=behind.as_of if behind and behind.as_of else "")
        day = behind.as_of if behind else None
        return Step(name="plan", key="detaljplan_status", day=day, text=text)
    expected = told.day("detaljplan_in_force_expected")
    if expected is None or code is None:
        return unknown_step(told, "plan", "detaljplan_in_force_expected")
    status = told.fields["detaljplan_status"].code_label(code)
    text = Text(
        "I dag: {status}. Laga kraft väntas {day}.", "Today: {status}. In force expected {day}."
    ).format(status=lower(status), day=expected)
    return Step(name="plan", key="detaljplan_in_force_expected", day=expected, text=text)


def access_step(told: Told) -> Step:
    months, behind = told.number("land_access_months"), told.behind("land_access_months")
    if months is None or behind is None or behind.as_of is None:
        return unknown_step(told, "access", "land_access_months")
    day = behind.as_of + timedelta(days=round(months * MONTH_DAYS))
    text = Text(
        "{months} månader från avtal, räknat från {day} då uppgiften lämnades.",
        "{months} months from agreement, counted from {day} when this was stated.",
    )
    if not months:
        text = Text("Marken kan tillträdas genast.", "The land can be handed over at once.")
    return Step(
        name="access",
        key="land_access_months",
        day=day,
        text=text.format(months=months, day=behind.as_of),
    )


def permit_step(told: Told) -> Step:
    behind = told.behind("env_permit")
    if told.value("env_permit") in ("granted", "transferable") and behind:
        text = Text(
            "Tillstånd finns, enligt uppgift per {day}.", "There is a permit, as of {day}."
        ).format(day=behind.as_of or "")
        return Step(name="permit", key="env_permit", day=behind.as_of, text=text)
    days, behind = told.number("env_lead_days"), told.behind("env_lead_days")
    if days is None or behind is None or behind.as_of is None:
        return unknown_step(told, "permit", "env_lead_days")
    text = Text(
        "Omkring {days} dagar från komplett ansökan till beslut, räknat från {day}.",
        "About {days} days from a complete application to a decision, counted from {day}.",
    ).format(days=days, day=behind.as_of)
    day = behind.as_of + timedelta(days=days)
    return Step(name="permit", key="env_lead_days", day=day, text=text)


def start_step(told: Told, before: Sequence[Step]) -> Step:
    """The latest of the steps before it; unknown while one of them is."""
    day = told.day("earliest_construction_start")
    if day is None:
        text = Text(
            "Kan inte räknas ut förrän det finns en tid för: {missing}.",
            "Cannot be worked out until there is a time for: {missing}.",
        ).format(missing=listed([step.label for step in before if step.day is None]))
        return Step(name="start", text=text)
    last = max(before, key=lambda step: step.day or date.min)
    text = Text("Avgörs av det som blir klart sist: {last}.", "Set by what is ready last: {last}.")
    if last.day != day:
        text = Text("Räknas ut av platsens uppgifter.", "Worked out from what the site says.")
    text = text.format(last=lower(last.label))
    if last.day == day:
        text = joined(text, *(dated(step) for step in before))
    return Step(name="start", day=day, text=text)


def dated(step: Step) -> Text:
    """`detaljplan i laga kraft 3 okt 2026`."""
    frame = Text("{label} {day}", "{label} {day}")
    return frame.format(label=lower(step.label), day=step.day or "")


def joined(text: Text, *parts: Text) -> Text:
    """A sentence, then the dates that it rests on."""
    return Text(
        f"{text.sv} Räknat på: {', '.join(part.sv for part in parts)}.",
        f"{text.en} Worked out from: {', '.join(part.en for part in parts)}.",
    )


def connection_step(told: Told) -> Step:
    span = told.value("connection_lead_months")
    if span is None:
        return unknown_step(told, "connection", "connection_lead_months")
    low, high = (told.today + timedelta(days=round(months * MONTH_DAYS)) for months in span)
    months = told.text("connection_lead_months")
    text = Text(
        "{months} från beställning. Så här blir det om anslutningen beställs i dag.",
        "{months} from order. This is how it turns out if it is ordered today.",
    ).format(months=months)
    return Step(
        name="connection",
        key="connection_lead_months",
        day=low,
        latest=high if high > low else None,
        text=text,
    )


def power_step(told: Told) -> Step:
    points = power.points(told.value("power_timeline"))
    year = power.full_from({"power_timeline": told.value("power_timeline")})
    if year is None:
        return unknown_step(told, "power", "power_timeline")
    most = number(max(point.mw for point in points), told.language)
    now = told.text("power_now_mw")
    text = Text("{most} MW från {year}.", "{most} MW from {year}.")
    if now:
        text = Text("{now} i dag, {most} MW från {year}.", "{now} today, {most} MW from {year}.")
    return Step(
        name="power",
        key="power_timeline",
        day=date(year, 1, 1),
        when=str(year) if year > told.today.year else "",
        text=text.format(now=now, most=most, year=str(year)),
    )


def unknown_step(told: Told, name: Name, key: str) -> Step:
    """A step without a time: who has been asked, or that nothing has been given."""
    source = told.fact(key).source
    plain = Text("Ingen tid är angiven.", "No time has been given.")
    asked = Text("{source}.", "{source}.").format(source=source)
    return Step(name=name, key=key, text=asked if source else plain)


def listed(labels: Sequence[Text]) -> Text:
    return Text(
        ", ".join(label.sv.lower() for label in labels),
        ", ".join(label.en.lower() for label in labels),
    )


def lower(label: Text) -> Text:
    """A label in the middle of a sentence."""
    return Text(*(word[:1].lower() + word[1:] for word in label))
