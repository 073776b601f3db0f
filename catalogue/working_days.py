"""Working days in Sweden: Monday to Friday but for public holidays and the eves kept like them.

Source: lag (1989:253) om allmänna helgdagar; the eves are those that semesterlagen (1977:480) 3 a §
counts as Sundays.
"""

from datetime import date, timedelta
from functools import cache

FIXED = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
FROM_EASTER = (-2, 1, 39)
"""Days from Easter Sunday: Good Friday, Easter Monday, Ascension Day."""
FRIDAY = 4


def working_days(first: date, last: date) -> int:
    """How many working days come after one day, up to and with another; none on the same day."""
    days = ((first + timedelta(n)) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() <= FRIDAY and day not in holidays(day.year) for day in days)


def first_working_day(after: date) -> date:
    """The first working day after a day."""
    day = after + timedelta(days=1)
    while not working_days(day - timedelta(days=1), day):
        day += timedelta(days=1)
    return day


@cache
def holidays(year: int) -> frozenset[date]:
    """Those that can fall on a Monday to Friday; Midsummer Eve is the Friday of 19–25 June."""
    midsummer_eve = next(
        day for day in (date(year, 6, n) for n in range(19, 26)) if day.weekday() == FRIDAY
    )
    easter = easter_sunday(year)
    return frozenset(
        [
            midsummer_eve,
            *(date(year, month, day) for month, day in FIXED),
            *(easter + timedelta(days) for days in FROM_EASTER),
        ]
    )


def easter_sunday(year: int) -> date:
    """By the Gregorian calendar; the algorithm of Nature (1876), as Meeus gives it."""
    century, in_century = divmod(year, 100)
    moon = year % 19
    leap = century // 4
    epact = (19 * moon + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    shift = (moon + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
