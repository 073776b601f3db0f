"""What the parts of the steering group's report consist of, for its page and its sheet of paper.

Shares are per cent of the longest bar or of the height of a chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class KeyNumber:
    """One of the numbers that are read first."""

    key: str
    label: str
    value: str
    change: str
    note: str = ""


@dataclass(frozen=True)
class BarRow:
    key: str
    label: str
    value: str
    share: float


@dataclass(frozen=True)
class Bars:
    """Rows of a word, a bar and a number; without any, the note says why."""

    rows: Sequence[BarRow]
    unit: str
    note: str


@dataclass(frozen=True)
class AreaBar:
    """A bidding area's part of a column, in per cent of the chart's height."""

    place: int
    name: str
    start: float
    end: float
    value: str


@dataclass(frozen=True)
class PowerYear:
    label: str
    areas: Sequence[AreaBar]
    total: str
    naive: str
    naive_share: float


@dataclass(frozen=True)
class AreaName:
    place: int
    name: str


@dataclass(frozen=True)
class PowerPart:
    years: Sequence[PowerYear]
    areas: Sequence[AreaName]
    summary: str
    note: str


@dataclass(frozen=True)
class WaterRow:
    name: str
    values: Sequence[str]
    is_total: bool


@dataclass(frozen=True)
class WaterPart:
    rows: Sequence[WaterRow]
    unit: str
    note: str


@dataclass(frozen=True)
class HeatCell:
    key: str
    text: str
    change: str
    share: float | None

    @property
    def step(self) -> int | None:
        """Which of the six colours of heat: the lowest for nothing, the highest for all."""
        if self.share is None:
            return None
        return min(int(self.share // 20) + (0 < self.share < 100), 5)


@dataclass(frozen=True)
class MatrixRow:
    code: str
    name: str
    cells: Sequence[HeatCell]


@dataclass(frozen=True)
class Matrix:
    themes: Sequence[str]
    rows: Sequence[MatrixRow]
    note: str


@dataclass(frozen=True)
class TrendLine:
    """One figure month by month: places in per cent of the chart's width and height."""

    key: str
    label: str
    first: str
    last: str
    change: str
    points: Sequence[tuple[float, float]]
    target: Sequence[tuple[float, float]]
    summary: str
    rows: Sequence[tuple[str, str]]
    """Each day with its number."""


@dataclass(frozen=True)
class Demand:
    words: str
    sectors: Sequence[BarRow]
    sizes: Sequence[BarRow]


@dataclass(frozen=True)
class MoveRow:
    reference: str
    name: str
    place: str
    level: str
    reasons: Sequence[tuple[str, str]]
    """Each requirement that is missing, and why it is expected to hold."""

    @property
    def because(self) -> str:
        """In short."""
        return ", ".join(dict.fromkeys(why for _, why in self.reasons))


@dataclass(frozen=True)
class Moves:
    title: str
    rows: Sequence[MoveRow]
    note: str
