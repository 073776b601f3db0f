"""Power by year of several sites in one chart: a step curve each, told apart by number and dash.

Positions across are per cent of the chart's width, heights are in pixels. The same numbers stand
in a table below it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from catalogue import power
from frontend.charts import GridLine, round_up
from frontend.formats import number
from geo.texts import Language

PLOT_TOP_PX = 16
PLOT_BOTTOM_PX = 232
PLOT_WIDTH_PCT = 92
"""What is left holds the numbers at the ends of the curves."""
YEARS_AFTER = 2
FEWEST_YEARS = 6
NUMBER_APART_PX = 20
MANY_YEARS = 8


@dataclass(frozen=True)
class Flat:
    """The same power for some years: a line across."""

    x: float
    end: float
    y: float


@dataclass(frozen=True)
class Rise:
    """A change of power: a line up or down."""

    x: float
    y: float
    end: float


@dataclass(frozen=True)
class Curve:
    """One site's; `number` is the one its column has, `label_y` where that is written."""

    number: int
    flats: Sequence[Flat]
    rises: Sequence[Rise]
    label_y: float
    end_y: float


@dataclass(frozen=True)
class Tick:
    year: int
    x: float
    is_minor: bool


@dataclass(frozen=True)
class YearRow:
    """MW of every site in a year, `?` where nobody knows."""

    year: int
    cells: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class PowerCurves:
    curves: Sequence[Curve]
    lines: Sequence[GridLine]
    ticks: Sequence[Tick]
    rows: Sequence[YearRow]
    width: float = PLOT_WIDTH_PCT
    bottom: int = PLOT_BOTTOM_PX
    height: int = PLOT_BOTTOM_PX + 36


def power_curves(
    sites: Sequence[Mapping[str, Any]], today: date, language: Language
) -> PowerCurves | None:
    """From this year on; None where no site tells its power by year. Any: JSON."""
    timelines = [power.points(site.get("power_timeline")) for site in sites]
    if not any(timelines):
        return None
    first = min(today.year, power.LAST_YEAR)
    last = max(line[-1].year for line in timelines if line) + YEARS_AFTER
    years = range(first, min(max(last, first + FEWEST_YEARS - 1), power.LAST_YEAR) + 1)
    levels = [[power.available(site, year, firm_only=False) for year in years] for site in sites]
    most = round_up(max((mw or 0 for one in levels for mw in one), default=0))
    curves = [
        curve(place, one, most) for place, one in enumerate(levels, start=1) if any_known(one)
    ]
    starts = changes(levels)
    return PowerCurves(
        curves=apart(curves),
        lines=[GridLine(height(value, most), value) for value in (0, most / 2, most)],
        ticks=list(ticks(years, starts)),
        rows=[
            YearRow(year, [said(one[place], language) for one in levels])
            for place, year in enumerate(years)
            if place in starts
        ],
    )


def any_known(levels: Sequence[float | None]) -> bool:
    return any(mw is not None for mw in levels)


def said(mw: float | None, language: Language) -> str:
    return "?" if mw is None else number(mw, language)


def changes(levels: Sequence[Sequence[float | None]]) -> set[int]:
    """The first year, and those in which any site's power is another than the year before."""
    together = list(zip(*levels, strict=True))
    return {0} | {
        place for place, (before, now) in enumerate(pairwise(together), start=1) if before != now
    }


def curve(place: int, levels: Sequence[float | None], most: float) -> Curve:
    """A step for each level; years that nobody knows are left open."""
    flats, rises = [], []
    start, before = 0, None
    for end in range(1, len(levels) + 1):
        if end < len(levels) and levels[end] == levels[start]:
            continue
        mw = levels[start]
        if mw is not None:
            flats.append(Flat(across(start, levels), across(end, levels), height(mw, most)))
            if before is not None:
                rises.append(Rise(across(start, levels), height(before, most), height(mw, most)))
        start, before = end, mw
    return Curve(place, flats, rises, flats[-1].y, flats[-1].y)


def across(place: int, levels: Sequence[float | None]) -> float:
    return round(PLOT_WIDTH_PCT * place / len(levels), 2)


def height(mw: float, most: float) -> float:
    """Pixels from the top of the chart."""
    return round(PLOT_BOTTOM_PX - (PLOT_BOTTOM_PX - PLOT_TOP_PX) * mw / most, 1)


def apart(curves: Sequence[Curve]) -> list[Curve]:
    """The numbers at the curves' ends, pushed upwards until none covers another."""
    found: list[Curve] = []
    limit = float(PLOT_BOTTOM_PX)
    for one in sorted(curves, key=lambda each: -each.end_y):
        y = min(one.end_y, limit)
        found.append(Curve(one.number, one.flats, one.rises, y, one.end_y))
        limit = y - NUMBER_APART_PX
    return sorted(found, key=lambda each: each.number)


def ticks(years: range, starts: set[int]) -> Iterator[Tick]:
    shown = years[0] - 2
    for place, year in enumerate(years):
        is_minor = len(years) > MANY_YEARS and (place not in starts or year - shown < 2)
        if not is_minor:
            shown = year
        yield Tick(year, round(PLOT_WIDTH_PCT * place / len(years), 2), is_minor)
