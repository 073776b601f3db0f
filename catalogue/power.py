"""Power by year: what is available when, from the power now and the timeline."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from catalogue.fields import Value

FIRST_YEAR = 2020
LAST_YEAR = 2059
"""The years that stand on the read side; a later year is answered with the last."""
CHOSEN_YEARS: tuple[int, ...] = (2028, 2030, 2032, 2035, 2040)
"""The years, beside today, whose power is followed in the figures of progress."""


class Point(NamedTuple):
    """MW available from a year on, and whether it is firm."""

    year: int
    mw: float
    firm: bool


def points(timeline: Value | None) -> tuple[Point, ...]:
    """The timeline's points, rising in year."""
    if not isinstance(timeline, list):
        return ()
    return read_points(
        tuple([(row["year"], row["mw"], row["firm"]) for row in timeline if isinstance(row, dict)])
    )


@lru_cache(maxsize=2_000)
def read_points(rows: tuple[tuple[object, object, object], ...]) -> tuple[Point, ...]:
    """Read once: a timeline is asked about many times."""
    return tuple([Point(int(str(year)), float(str(mw)), bool(firm)) for year, mw, firm in rows])


Levels = tuple[float | None, ...]
"""MW for each year from `FIRST_YEAR` to `LAST_YEAR`."""


def by_year(values: Mapping[str, Value | None], *, firm_only: bool) -> Levels | None:
    """MW for each year; None without a timeline.

    Before the first point stands the power now, or nothing where that is unknown too.
    """
    if values.get("power_timeline") is None:
        return None
    now = values.get("power_now_mw")
    level = None if now is None else float(str(now))
    if firm_only and values.get("power_type") == "flexible":
        level = 0.0
    some = points(values["power_timeline"])
    return levels(tuple([one for one in some if one.firm]) if firm_only else some, level)


@lru_cache(maxsize=2_000)
def levels(timeline: tuple[Point, ...], level: float | None) -> Levels:
    """Worked out once for all audiences; `level` is the power before the first point."""
    years: list[float | None] = []
    for point in timeline:
        years.extend([level] * (point.year - FIRST_YEAR - len(years)))
        level = point.mw
    years.extend([level] * (LAST_YEAR - FIRST_YEAR + 1 - len(years)))
    return tuple(years[: LAST_YEAR - FIRST_YEAR + 1])


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
