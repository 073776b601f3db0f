"""Power by year: what is available when, from the power now and the timeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.fields import Value
from catalogue.fields.field import Record

FIRST_YEAR = 2020
LAST_YEAR = 2059
"""The years that stand on the read side; a later year is answered with the last."""


@dataclass(frozen=True)
class Point:
    """MW available from a year on, and whether it is firm."""

    year: int
    mw: float
    firm: bool


def points(timeline: Value | None) -> list[Point]:
    """The timeline's points, rising in year."""
    rows: Sequence[Record] = (
        [row for row in timeline if isinstance(row, dict)] if isinstance(timeline, list) else []
    )
    return [Point(int(str(row["year"])), float(str(row["mw"])), bool(row["firm"])) for row in rows]


def by_year(values: Mapping[str, Value | None], *, firm_only: bool) -> list[float | None] | None:
    """MW for each year from `FIRST_YEAR` to `LAST_YEAR`; None without a timeline.

    Before the first point stands the power now, or nothing where that is unknown too.
    """
    if values.get("power_timeline") is None:
        return None
    now = values.get("power_now_mw")
    level = None if now is None else float(str(now))
    if firm_only and values.get("power_type") == "flexible":
        level = 0.0
    years: list[float | None] = []
    for point in points(values["power_timeline"]):
        if point.firm or not firm_only:
            years.extend([level] * (point.year - FIRST_YEAR - len(years)))
            level = point.mw
    years.extend([level] * (LAST_YEAR - FIRST_YEAR + 1 - len(years)))
    return years[: LAST_YEAR - FIRST_YEAR + 1]


def available(values: Mapping[str, Value | None], year: int, *, firm_only: bool) -> float | None:
    """MW available in a year; the power now counts where there is no timeline."""
    years = by_year(values, firm_only=firm_only)
    if years is None:
        if firm_only and values.get("power_type") == "flexible":
            return 0.0
        now = values.get("power_now_mw")
        return None if now is None else float(str(now))
    return years[min(max(year, FIRST_YEAR), LAST_YEAR) - FIRST_YEAR]


def full_from(values: Mapping[str, Value | None]) -> int | None:
    """The first year with the most power the timeline gives."""
    timeline = points(values.get("power_timeline"))
    most = max((point.mw for point in timeline), default=None)
    return next((point.year for point in timeline if point.mw == most), None)
