"""The power of today and of the year that has begun say the same: where an answer speaks of one of
them only, the other follows. Otherwise neither could be saved before the other."""

from collections.abc import Mapping

from catalogue.changes import Entry
from catalogue.fields import Value
from catalogue.fields.field import Record
from catalogue.provenance import Provenance
from catalogue.questions.question_subjects import Subject

NOW, TIMELINE = "power_now_mw", "power_timeline"


def followed(about: Subject, entries: Mapping[str, Entry], year: int) -> dict[str, Entry]:
    """What must be saved with `entries` for both to agree; `year` is this one.

    The timeline keeps what stands behind it, since the rest of it is as it was.
    """
    if NOW in entries and TIMELINE not in entries:
        rows = records(about.values.get(TIMELINE))
        now = entries[NOW].value
        place = begun(rows, year)
        if place is not None and isinstance(now, int | float) and rows[place]["mw"] != now:
            changed: list[Record] = [*rows[:place], {**rows[place], "mw": now}, *rows[place + 1 :]]
            return {TIMELINE: Entry(changed, about.provenance.get(TIMELINE, Provenance()))}
    if TIMELINE in entries and NOW not in entries:
        rows = records(entries[TIMELINE].value)
        place = begun(rows, year)
        if place is not None and rows[place]["mw"] != about.values.get(NOW):
            return {NOW: Entry(rows[place]["mw"], entries[TIMELINE].provenance)}
    return {}


def records(timeline: Value | None) -> list[Record]:
    if not isinstance(timeline, list):
        return []
    return [row for row in timeline if isinstance(row, dict)]


def begun(rows: list[Record], year: int) -> int | None:
    """The place of the last row of a year that has begun."""
    places = [place for place, row in enumerate(rows) if int(str(row["year"])) <= year]
    return places[-1] if places else None
