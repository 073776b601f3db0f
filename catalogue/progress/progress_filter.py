"""What of progress is looked at: which municipalities, which theme, and between which days."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from catalogue.errors import BadParameters, Fault
from catalogue.fields import MEASURED_THEMES, THEMES, Theme
from catalogue.progress.progress import Span, read_span
from geo.texts import Text

BASELINE = "baseline"
ALL_PLACES = Text("Alla kommuner", "All municipalities")
MONTHS_BACK = {"quarter": 3, "month": 1}
PERIODS: dict[str, Text] = {
    BASELINE: Text("Sedan utgångsläget", "Since the baseline"),
    "year": Text("Sedan årsskiftet", "Since the new year"),
    "quarter": Text("Senaste tre månaderna", "The last three months"),
    "month": Text("Senaste månaden", "The last month"),
}
"""Each is counted back from the day shown, so that its address stays true tomorrow."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """The filter as somebody wrote it."""

    as_of: str = ""
    since: str = ""
    period: str = ""
    municipality: Sequence[str] = ()
    """Codes or names."""
    theme: str = ""


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """Which part of progress, whatever the days."""

    municipalities: tuple[str, ...] = ()
    """Their codes, in alphabetical order of the names; empty for all that may be seen."""
    theme: Theme | None = None

    @property
    def is_everything(self) -> bool:
        return not self.municipalities and self.theme is None

    def words(self, names: Mapping[str, str]) -> Text:
        """`Bollnäs och Gävle, tema El`; empty where it is everything."""
        parts = [named(self.municipalities, names)] if self.municipalities else []
        if self.theme:
            parts.append(Text("tema {theme}", "theme {theme}").format(theme=THEMES[self.theme]))
        return Text(", ".join(one.sv for one in parts), ", ".join(one.en for one in parts))


EVERYTHING = Narrowing()


@dataclass(frozen=True, kw_only=True)
class ProgressFilter:
    span: Span
    period: str
    """A key of `PERIODS`; empty for days of one's own."""
    municipalities: tuple[str, ...]
    """Their codes, in alphabetical order of the names; empty for all that may be seen."""
    theme: Theme | None

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing(municipalities=self.municipalities, theme=self.theme)


def read_filter(
    given: Given, names: Mapping[str, str], baseline: date, today: date
) -> ProgressFilter:
    """Raises `BadParameters`, naming what there is to choose among.

    `names`: those that the reader may choose, by code, in the order they are shown.
    """
    faults: list[Fault] = []
    period = read_period(given, faults)
    chosen = read_municipalities(given.municipality, names, faults)
    theme = read_theme(given.theme, faults)
    if faults:
        raise BadParameters(faults)
    span = read_span(given.as_of, given.since, baseline, today)
    if period:
        span = Span(span.as_of, first_day(period, span.as_of, baseline))
    return ProgressFilter(span=span, period=period, municipalities=chosen, theme=theme)


def read_narrowing(municipality: Iterable[str], theme: str, names: Mapping[str, str]) -> Narrowing:
    """Raises `BadParameters`, naming what there is to choose among."""
    faults: list[Fault] = []
    municipalities = read_municipalities(municipality, names, faults)
    chosen = read_theme(theme, faults)
    if faults:
        raise BadParameters(faults)
    return Narrowing(municipalities=municipalities, theme=chosen)


def read_period(given: Given, faults: list[Fault]) -> str:
    if given.period and given.since:
        text = Text(
            "Välj en period eller en dag att jämföra med, inte båda.",
            "Choose a period or a day to compare with, not both.",
        )
        faults.append(Fault("period", text, in_parameter=True))
    elif given.period and given.period not in PERIODS:
        faults.append(choose("period", PERIODS))
    return given.period or ("" if given.since else BASELINE)


def read_municipalities(
    given: Iterable[str], names: Mapping[str, str], faults: list[Fault]
) -> tuple[str, ...]:
    wanted = {one.strip().casefold() for text in given for one in text.split(",") if one.strip()}
    found = tuple(code for code, name in names.items() if {code, name.casefold()} & wanted)
    known = {said for code, name in names.items() for said in (code, name.casefold())}
    if wanted - known:
        faults.append(choose("municipality", names.values()))
    return () if len(found) == len(names) else found


def read_theme(given: str, faults: list[Fault]) -> Theme | None:
    found: dict[str, Theme] = {theme: theme for theme in get_args(Theme) if theme == given}
    if given and given not in MEASURED_THEMES:
        faults.append(choose("theme", MEASURED_THEMES))
    return found.get(given)


def choose(name: str, offered: Iterable[str]) -> Fault:
    text = Text("Välj bland: {names}.", "Choose among: {names}.")
    return Fault(name, text.format(names=", ".join(offered)), in_parameter=True)


def first_day(period: str, as_of: date, baseline: date) -> date:
    """The day compared with."""
    if period == BASELINE:
        return min(baseline, as_of)
    if period == "year":
        return date(as_of.year - 1, 12, 31)
    return months_before(as_of, MONTHS_BACK[period])


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last: 31 May is three months after 28 February."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def named(codes: Sequence[str], names: Mapping[str, str]) -> Text:
    """`Bollnäs, Gävle och Ljusdal`; none are all of them."""
    said = [names[code] for code in codes]
    if not said:
        return ALL_PLACES
    if len(said) == 1:
        return Text(said[0], said[0])
    most, last = ", ".join(said[:-1]), said[-1]
    return Text(f"{most} och {last}", f"{most} and {last}")
