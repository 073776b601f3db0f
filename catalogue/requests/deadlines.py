"""Years and days in a sentence: `by 2029`, `Q3 2029`, `senast sommaren 2028`, `31 December 2027`."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

LATEST_YEAR = 2060
MONTH_NAMES = (
    "january|januari|jan", "february|februari|feb", "march|mars|mar", "april|apr", "may|maj",
    "june|juni|jun", "july|juli|jul", "august|augusti|aug", "september|sept|sep",
    "october|oktober|oct|okt", "november|nov", "december|dec",
)  # fmt: skip
ANY_MONTH = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(MONTH_NAMES, 1))
SEASONS = {
    "spring": 5, "våren": 5, "vår": 5, "summer": 8, "sommaren": 8, "sommar": 8, "autumn": 11,
    "fall": 11, "hösten": 11, "höst": 11, "early": 3, "början av": 3, "mid": 6, "mitten av": 6,
    "halvårsskiftet": 6, "middle of": 6, "late": 12, "end of": 12, "slutet av": 12, "end": 12,
    "by year-end": 12, "årsskiftet": 12, "utgången av": 12, "h1": 6, "h2": 12,
    "första halvåret": 6, "andra halvåret": 12,
}  # fmt: skip
QUARTERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "första": 1, "andra": 2, "tredje": 3,
    "fjärde": 4,
}  # fmt: skip
JOIN = r"(?:[ .,/-]|of |av |the |år )*"
WHEN = re.compile(
    rf"(?<![\w.,])(?:"
    rf"(?P<iso>20\d\d-\d\d-\d\d)"
    rf"|(?:den )?(?P<day>[0-3]?\d)(?:st|nd|rd|th|:?e)?\.? (?:of )?(?:{ANY_MONTH})\.?(?:,? (?P<year1>20\d\d))?"
    rf"|(?P<quarter>(?:Q|kv(?:artal)?\.? ?)(?P<q1>[1-4])|(?P<q2>[1-4]) ?Q|(?P<q3>{'|'.join(QUARTERS)}) (?:quarter|kvartalet))"
    rf"{JOIN}(?P<year2>20\d\d)"
    rf"|(?P<season>{'|'.join(sorted(SEASONS, key=len, reverse=True))}){JOIN}(?P<year3>20\d\d)"
    rf"|(?:{ANY_MONTH.replace('(?P<m', '(?P<n')}){JOIN}(?P<year4>20\d\d)"
    rf"|(?P<number>0?[1-9]|1[0-2])/(?P<year6>20\d\d)"
    rf"|(?P<year5>20\d\d)(?:[ -]?Q(?P<q5>[1-4]))?"
    rf")(?![\w]|[.,]\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Deadline:
    """A day at the end of what was written; `is_day` where the text names the very day."""

    start: int
    end: int
    day: date
    is_day: bool


def deadlines(text: str, today: date) -> Iterator[Deadline]:
    """Years from this one on; a day without a year is next to come."""
    for hit in WHEN.finditer(text):
        found = read(hit, today)
        if found is not None and found.year <= LATEST_YEAR:
            is_day = bool(hit["iso"] or hit["day"])
            yield Deadline(hit.start(), hit.end(), found, is_day)


def read(hit: re.Match[str], today: date) -> date | None:
    if hit["iso"]:
        try:
            return date.fromisoformat(hit["iso"])
        except ValueError:
            return None
    year = int(next((hit[f"year{n}"] for n in range(1, 7) if hit[f"year{n}"]), today.year))
    if hit["day"]:
        month = month_of(hit, "m")
        day = min(int(hit["day"]), calendar.monthrange(year, month)[1])
        return date(year, month, day) if day else None
    if year < today.year:
        return None
    quarter = hit["q1"] or hit["q2"] or hit["q5"] or QUARTERS.get((hit["q3"] or "").casefold())
    if quarter:
        return last_day(year, int(quarter) * 3)
    if hit["season"]:
        return last_day(year, SEASONS[hit["season"].casefold()])
    return last_day(year, int(hit["number"] or 0) or month_of(hit, "n") or 12)


def month_of(hit: re.Match[str], letter: str) -> int:
    return next((n for n in range(1, 13) if hit[f"{letter}{n}"]), 0)


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
