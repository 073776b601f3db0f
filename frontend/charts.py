"""Charts as plain numbers for a template to draw: bars by year, stacked bars, bars with a target, lines.

Positions across are per cent of the chart's width, so that it fits every screen without its text
growing or shrinking; heights are in pixels. Each chart stands beside a table of the same numbers.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

PLOT_TOP_PX = 24
PLOT_BOTTOM_PX = 204
BAR_SHARE = 0.56
"""How much of the space for a year its bar takes."""


@dataclass(frozen=True)
class YearPower:
    """One year's power in MW: each substation once, and site by site."""

    label: str
    firm: float
    total: float
    naive: float


@dataclass(frozen=True)
class YearBar:
    label: str
    x: float
    width: float
    middle: float
    """All three in per cent."""
    firm_top: float
    total_top: float
    naive_top: float
    total: float


@dataclass(frozen=True)
class GridLine:
    y: float
    value: float


@dataclass(frozen=True)
class YearChart:
    """Bars by year, firm below and flexible above, with a mark for the sum site by site."""

    bars: Sequence[YearBar]
    lines: Sequence[GridLine]
    bottom: int = PLOT_BOTTOM_PX
    height: int = PLOT_BOTTOM_PX + 52


@dataclass(frozen=True)
class Segment:
    """One part of a stacked bar, in per cent of its width."""

    key: str
    x: float
    width: float


def year_chart(years: Sequence[YearPower]) -> YearChart:
    most = round_up(max((max(year.total, year.naive) for year in years), default=0))
    space = 100 / max(len(years), 1)
    bars = [
        YearBar(
            label=year.label,
            x=round(space * (place + (1 - BAR_SHARE) / 2), 2),
            width=round(space * BAR_SHARE, 2),
            middle=round(space * (place + 0.5), 2),
            firm_top=height(year.firm, most),
            total_top=height(year.total, most),
            naive_top=height(year.naive, most),
            total=year.total,
        )
        for place, year in enumerate(years)
    ]
    return YearChart(bars, [GridLine(height(value, most), value) for value in (most / 2, most)])


def height(value: float, most: float) -> float:
    """Pixels from the top of the chart."""
    return round(PLOT_BOTTOM_PX - (PLOT_BOTTOM_PX - PLOT_TOP_PX) * value / most, 1)


def round_up(value: float) -> float:
    """The next number of the kind 1, 2, 4, 6, 8 × a power of ten, for the top of an axis."""
    if value <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= value)


def stacked(parts: Sequence[tuple[str, float]]) -> list[Segment]:
    """Parts of a whole beside each other, left to right; empty ones are left out."""
    whole = sum(value for _, value in parts)
    found, start = [], 0.0
    for key, value in parts:
        if value:
            width = 100 * value / whole
            found.append(Segment(key, round(start, 2), round(width, 2)))
            start += width
    return found


@dataclass(frozen=True)
class TargetBar:
    """How far a number reaches beside its target, in per cent of the longest of a table."""

    width: float
    target: float


def target_bars(pairs: Sequence[tuple[float, float]]) -> list[TargetBar]:
    """A bar for each pair of number and target, all to the same scale."""
    most = max((max(pair) for pair in pairs), default=0) or 1
    return [
        TargetBar(round(100 * max(value, 0) / most, 2), round(100 * target / most, 2))
        for value, target in pairs
    ]


@dataclass(frozen=True, kw_only=True)
class LineChart:
    """Lines over time in a square of 100 by 100, stretched to whatever room there is.

    Each piece is the points of an unbroken line, as SVG writes them; a number that is missing
    breaks the line. Lines begin at nothing, so that a small change never looks large.
    """

    pieces: Sequence[str]
    beside: Sequence[str]
    """What the line is held against, such as a plan."""
    end: tuple[float, float] | None
    """The last point; None for a line without any."""
    most: float
    """The value at the top."""


def line_chart(
    values: Sequence[float | None], beside: Sequence[float | None] = (), *, most: float = 0
) -> LineChart:
    """Values evenly spaced from left to right; `most` makes the top at least that."""
    known = [value for value in (*values, *beside) if value is not None]
    top = round_up(max((*known, most), default=0))
    ends = [place(number, value, len(values), top) for number, value in numbered(values)]
    return LineChart(
        pieces=pieces(values, top),
        beside=pieces(beside, top),
        end=ends[-1] if ends else None,
        most=top,
    )


def numbered(values: Sequence[float | None]) -> list[tuple[int, float]]:
    return [(number, value) for number, value in enumerate(values) if value is not None]


def pieces(values: Sequence[float | None], top: float) -> list[str]:
    found: list[list[str]] = [[]]
    for number, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            x, y = place(number, value, len(values), top)
            found[-1].append(f"{x},{y}")
    return [" ".join(points) for points in found if points]


def place(number: int, value: float, count: int, top: float) -> tuple[float, float]:
    return round(100 * number / max(count - 1, 1), 2), round(100 - 100 * max(value, 0) / top, 2)
