"""What a condition could be loosened to: round values step by step, the nearest first."""

import math
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from catalogue.search.filters import Condition, SiteFilter

LOWER = (0.9, 0.8, 0.7, 0.5, 0.25)
HIGHER = (1.1, 1.25, 1.5, 2.0, 4.0)
FARTHER = (1.25, 1.5, 2.0)
"""The steps, as shares of the number that was asked for; distances on the ellipsoid cost most."""
SMALL_STEPS = (1, 2, 3, 5)
"""For years and levels."""
MONTHS = (6, 12, 24, 48)


def looser(wanted: SiteFilter, name: str) -> list[SiteFilter]:
    """The same filter with one condition, or the MW wanted, loosened a little, more, and much.

    Each lets through whatever the one before it does. Empty where there is nothing between the
    condition and none at all.
    """
    if name == "power_mw_min":
        return list(with_less_power(wanted))
    if name == "near" and wanted.near:
        near = wanted.near
        return [
            replace(wanted, near=replace(near, km=km))
            for km in numbers(near.km, FARTHER)
            if km <= 500
        ]
    for place, one in enumerate(wanted.conditions):
        if one.parameter.name == name:
            before, after = wanted.conditions[:place], wanted.conditions[place + 1 :]
            return [
                replace(wanted, conditions=(*before, loosened, *after)) for loosened in steps(one)
            ]
    return []


def later_power(wanted: SiteFilter, years: tuple[int, ...]) -> list[tuple[int, SiteFilter]]:
    """The same MW by each later year; the first of the years is this one."""
    power = wanted.power
    if power is None or power.mw_min is None:
        return []
    return [
        (year, replace(wanted, power=replace(power, year=year)))
        for year in years
        if year > (power.year or years[0])
    ]


def codes(wanted: SiteFilter, name: str) -> tuple[str, ...]:
    """The codes any of which is asked for under that name; empty for another kind of condition."""
    if name in ("municipality", "status"):
        found: tuple[str, ...] = getattr(wanted, name)
        return found
    for one in wanted.conditions:
        if one.parameter.name == name and one.parameter.field.kind in ("code", "codes"):
            return one.operand if isinstance(one.operand, tuple) else ()  # type: ignore[return-value]  # of codes
    return ()


def with_code(wanted: SiteFilter, name: str, code: str) -> SiteFilter:
    """The same filter with one code more under that name."""
    wider = (*codes(wanted, name), code)
    if name in ("municipality", "status"):
        return replace(wanted, **{name: wider})  # type: ignore[arg-type]  # both hold codes
    return replace(
        wanted,
        conditions=tuple(
            replace(one, operand=wider) if one.parameter.name == name else one
            for one in wanted.conditions
        ),
    )


def with_less_power(wanted: SiteFilter) -> Iterator[SiteFilter]:
    power = wanted.power
    if power and power.mw_min:
        for mw in numbers(power.mw_min, LOWER):
            yield replace(wanted, power=replace(power, mw_min=mw))


def steps(one: Condition) -> list[Condition]:
    operand, operator = one.operand, one.parameter.operator
    if operator in ("any", "not") or isinstance(operand, bool):
        return []
    down = operator == "min"
    found: list[object] = []
    if isinstance(operand, tuple):
        return [replace(one, operand=codes) for codes in wider_codes(one)]
    if isinstance(operand, date):
        found = [months_on(operand, -months if down else months) for months in MONTHS]
    elif one.parameter.field.is_year or one.key == "readiness":
        found = [operand - step if down else operand + step for step in SMALL_STEPS]
        found = [level for level in found if level > 0]  # type: ignore[operator]  # whole numbers
    else:
        found = list(numbers(operand, LOWER if down else HIGHER))
    return [replace(one, operand=step) for step in found]  # type: ignore[arg-type]  # as above


def wider_codes(one: Condition) -> list[tuple[str, ...]]:
    """Of codes in an order: one code further, two, and so on."""
    order, held = one.parameter.field.code_order, one.operand
    count = len(held) if isinstance(held, tuple) else 0
    if one.parameter.operator == "min":
        return [order[-more:] for more in range(count + 1, len(order) + 1)]
    return [order[:more] for more in range(count + 1, len(order) + 1)]


def numbers(limit: float, shares: tuple[float, ...]) -> list[float]:
    """Round numbers at about those shares of a limit; none where the limit is nothing."""
    found = [rounded(limit * share) for share in shares]
    return [
        step
        for step in dict.fromkeys(found)
        if step > 0 and (step < limit if shares[0] < 1 else step > limit)
    ]


def rounded(value: float) -> float:
    """To two figures."""
    if value == 0:
        return 0
    decimals = 1 - math.floor(math.log10(abs(value)))
    found = round(value, decimals)
    return int(found) if found == int(found) else found


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
