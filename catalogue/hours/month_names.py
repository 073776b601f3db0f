"""Months in words, and the months that people write."""

import re
from datetime import date, datetime

from geo.texts import Text

MONTHS = (
    Text("januari", "January"), Text("februari", "February"), Text("mars", "March"),
    Text("april", "April"), Text("maj", "May"), Text("juni", "June"),
    Text("juli", "July"), Text("augusti", "August"), Text("september", "September"),
    Text("oktober", "October"), Text("november", "November"), Text("december", "December"),
)  # fmt: skip
SHORT_MONTHS = tuple(Text(month.sv[:3], month.en[:3]) for month in MONTHS)
DIGITS = re.compile(r"^\d{4}-\d{2}(-\d{2})?$", re.ASCII)
WORDS = re.compile(r"^([a-zå]{3,9})\.? (\d{4})$")


def month_name(month: date) -> Text:
    """`maj 2026`, `May 2026`."""
    name = MONTHS[month.month - 1]
    return Text(f"{name.sv} {month.year}", f"{name.en} {month.year}")


def read_month(given: object) -> date | None:
    """The first day of a month such as 2026-05, 2026-05-17, `maj 2026` or any day of it."""
    if isinstance(given, datetime):
        return given.date().replace(day=1)
    if isinstance(given, date):
        return given.replace(day=1)
    text = " ".join(str(given or "").lower().split())
    if DIGITS.match(text):
        try:
            return date.fromisoformat(text if len(text) == 10 else f"{text}-01").replace(day=1)
        except ValueError:
            return None
    told = WORDS.match(text)
    if told is None:
        return None
    for number, names in enumerate(MONTHS, start=1):
        if told[1] in (names.sv, names.en.lower(), names.sv[:3], names.en[:3].lower()):
            return date(int(told[2]), number, 1) if int(told[2]) > 0 else None
    return None
