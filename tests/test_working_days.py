"""Working days in Sweden, counted by the calendar on the wall."""

from datetime import date

import pytest

from catalogue.working_days import easter_sunday, working_days


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)]
)
def test_easter_falls_as_the_almanac_says(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 11, 2), date(2026, 11, 2), 0),
        (date(2026, 10, 30), date(2026, 11, 2), 1),
        # Good Friday and Easter Monday apart.
        (date(2026, 4, 1), date(2026, 4, 8), 3),
        # Christmas Eve is a Thursday in 2026, New Year's Eve too; 1 January is a Friday.
        (date(2026, 12, 23), date(2027, 1, 4), 4),
        # Midsummer Eve 2026 is Friday 19 June.
        (date(2026, 6, 18), date(2026, 6, 22), 1),
    ],
)
def test_weekends_and_holidays_are_no_working_days(first: date, last: date, days: int) -> None:
    assert working_days(first, last) == days
