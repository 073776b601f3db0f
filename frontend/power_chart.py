"""Power by year as a step curve: firm power solid, flexible power hatched, and the same as rows.

Positions across are per cent of the chart's width, so that it fits every screen without its
text growing or shrinking; heights are in pixels.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from catalogue import power
from catalogue.fields import Value
from frontend.formats import number
from geo.texts import Language, Text

PLOT_TOP_PX = 32
PLOT_BOTTOM_PX = 212
YEARS_AFTER = 2
"""How long the last level is drawn on, so that it is seen as a level."""
FEWEST_YEARS = 6
MANY_YEARS = 8
"""Beyond so many, a narrow screen shows only the years that mean something."""


@dataclass(frozen=True)
class Level:
    """The same power for some years on end."""

    year: int
    years: int
    mw: float | None
    """None while nobody knows."""
    firm_mw: float


@dataclass(frozen=True, kw_only=True)
class Step:
    """A level as it is drawn."""

    x: float
    width: float
    top: float
    firm_top: float
    rise_from: float
    """Where the level before lay, so that the riser can be drawn."""
    label: str

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class Tick:
    """A year on the axis; a minor one is left out where there is little room."""

    year: int
    x: float
    is_minor: bool


@dataclass(frozen=True)
class Row:
    """A level in words; `year` is None for the power available today."""

    year: int | None
    mw: str
    firm: str
    condition: str


@dataclass(frozen=True, kw_only=True)
class PowerChart:
    steps: tuple[Step, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    summary: str
    has_flexible: bool
    bottom: float = PLOT_BOTTOM_PX


def power_chart(
    values: Mapping[str, Value | None], today: date, language: Language
) -> PowerChart | None:
    """The curve from this year on; None without a timeline."""
    timeline = power.points(values.get("power_timeline"))
    if not timeline:
        return None
    first = min(today.year, power.LAST_YEAR)
    last = max(timeline[-1].year + YEARS_AFTER, first + FEWEST_YEARS - 1)
    levels = found_levels(values, first, min(last, power.LAST_YEAR))
    return PowerChart(
        steps=tuple(steps(levels, language)),
        ticks=tuple(ticks(levels)),
        rows=tuple(rows(values, timeline, today, language)),
        summary=summary(levels, language),
        has_flexible=any(level.mw is not None and level.firm_mw < level.mw for level in levels),
    )


def found_levels(values: Mapping[str, Value | None], first: int, last: int) -> list[Level]:
    """The years from first to last, those with the same power taken together."""
    every = power.by_year(values, firm_only=False) or ()
    firm = power.by_year(values, firm_only=True) or ()
    years = [
        (year, every[year - power.FIRST_YEAR], firm[year - power.FIRST_YEAR])
        for year in range(first, last + 1)
    ]
    found = []
    for (mw, firm_mw), some in groupby(years, key=lambda one: one[1:]):
        group = list(some)
        found.append(Level(group[0][0], len(group), mw, min(firm_mw or 0, mw or 0)))
    return found


def steps(levels: Sequence[Level], language: Language) -> Iterator[Step]:
    first, width = levels[0].year, sum(level.years for level in levels)
    most = max(level.mw or 0 for level in levels) or 1
    before = PLOT_BOTTOM_PX * 1.0
    for level in levels:
        top = height(level.mw or 0, most)
        yield Step(
            x=percent(level.year - first, width),
            width=percent(level.years, width),
            top=top,
            firm_top=height(level.firm_mw, most),
            rise_from=before if level.mw is not None and level.year > first else top,
            label="?" if level.mw is None else number(level.mw, language),
        )
        before = top


def height(mw: float, most: float) -> float:
    """Pixels from the top of the chart."""
    return round(PLOT_BOTTOM_PX - (PLOT_BOTTOM_PX - PLOT_TOP_PX) * mw / most, 1)


def percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2)


def ticks(levels: Sequence[Level]) -> Iterator[Tick]:
    first, count = levels[0].year, sum(level.years for level in levels)
    starts = {level.year for level in levels}
    shown = first - 2
    for year in range(first, first + count):
        is_minor = count > MANY_YEARS and (year not in starts or year - shown < 2)
        if not is_minor:
            shown = year
        yield Tick(year, percent(year - first, count), is_minor)


def rows(
    values: Mapping[str, Value | None],
    timeline: Sequence[power.Point],
    today: date,
    language: Language,
) -> Iterator[Row]:
    """Today's power, then every point of the timeline that lies ahead."""
    begun = [point.year for point in timeline if point.year <= today.year]
    if power.available(values, today.year, firm_only=False) is not None:
        condition = condition_of(values, begun[-1]) if begun else ""
        yield row(values, today.year, language, year=None, condition=condition)
    for point in timeline[len(begun) :]:
        condition = condition_of(values, point.year)
        yield row(values, point.year, language, year=point.year, condition=condition)


def row(
    values: Mapping[str, Value | None],
    at: int,
    language: Language,
    *,
    year: int | None,
    condition: str,
) -> Row:
    mw, firm = (power.available(values, at, firm_only=firm) or 0 for firm in (False, True))
    return Row(year, number(mw, language), number(min(firm, mw), language), condition)


def condition_of(values: Mapping[str, Value | None], year: int) -> str:
    timeline = values.get("power_timeline")
    records = timeline if isinstance(timeline, list) else []
    found = [row for row in records if isinstance(row, dict) and row["year"] == year]
    return str(found[0].get("condition") or "") if found else ""


def summary(levels: Sequence[Level], language: Language) -> str:
    """The curve in one sentence, for whoever cannot see it."""
    flexible = Text(
        "från {year} {mw} MW, varav {firm} MW fast", "from {year} {mw} MW, {firm} MW firm"
    )
    firm = Text("från {year} {mw} MW", "from {year} {mw} MW")
    unknown = Text("från {year} okänt", "from {year} unknown")
    parts = []
    for level in levels:
        known = firm if level.firm_mw == level.mw else flexible
        frame = unknown if level.mw is None else known
        filled = frame.format(year=str(level.year), mw=level.mw or 0, firm=level.firm_mw)
        parts.append(filled.in_language(language))
    return f"{Text('Effekt', 'Power').in_language(language)} {'; '.join(parts)}."
