"""Searches over time as columns, and the headline numbers above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.progress.demand import Asked, Demand, Step
from frontend.charts import GridLine, round_up
from frontend.figures import Figure
from frontend.formats import date_text, number
from geo.texts import Language, Text

TOP_PX, BOTTOM_PX = 20, 140
BAR_SHARE = 0.64
MOST_LABELS = 5
"""So that they have room on a phone."""
MORE = Text("{n} fler än {since}–{until}", "{n} more than {since} – {until}")
FEWER = Text("{n} färre än {since}–{until}", "{n} fewer than {since} – {until}")
SAME = Text("lika många som {since}–{until}", "as many as {since} – {until}")
NONE_BEFORE = Text("inga under lika lång tid före", "none in as many days before")
IN_SHARE = Text("i {share}\u00a0% av sökningarna", "in {share}\u00a0% of the searches")
SITES_EACH = Text("{n} platser i snitt per sökning", "{n} sites on average per search")


@dataclass(frozen=True)
class Column:
    """One week or month; across in per cent, down in pixels."""

    x: float
    width: float
    middle: float
    top: float
    label: str


@dataclass(frozen=True)
class ColumnChart:
    columns: Sequence[Column]
    lines: Sequence[GridLine]
    bottom: int = BOTTOM_PX
    height: int = BOTTOM_PX + 28


def column_chart(steps: Sequence[Step], language: Language) -> ColumnChart:
    most = round_up(max((one.searches for one in steps), default=0))
    space = 100 / max(len(steps), 1)
    every = -(-len(steps) // MOST_LABELS)
    columns = [
        Column(
            x=round(space * (place + (1 - BAR_SHARE) / 2), 2),
            width=round(space * BAR_SHARE, 2),
            middle=round(space * (place + 0.5), 2),
            top=height(one.searches, most),
            label=short_date(one.since, language) if place % every == every // 2 else "",
        )
        for place, one in enumerate(steps)
    ]
    lines = [GridLine(height(value, most), value) for value in (most / 2, most)]
    return ColumnChart(columns, lines)


def height(value: float, most: float) -> float:
    """Pixels from the top of the chart."""
    return round(BOTTOM_PX - (BOTTOM_PX - TOP_PX) * value / most, 1)


def short_date(day: date, language: Language) -> str:
    """`3 okt`, without the year."""
    return date_text(day, language).rpartition("\u00a0")[0]


def headline(found: Demand, language: Language) -> list[Figure]:
    """How many searches, what they ask for most, and what stops most sites."""
    figures = [
        Figure(
            label=Text("Sökningar", "Searches").in_language(language),
            value=number(found.searches, language, 0),
            source=compared(found).in_language(language),
        )
    ]
    if found.asked:
        first = found.asked[0]
        share = number(100 * first.searches / max(found.searches, 1), language, 0)
        figures.append(
            Figure(
                label=Text("Vanligaste villkoret", "Most used condition").in_language(language),
                value=first.label.in_language(language),
                source=IN_SHARE.format(share=share).in_language(language),
            )
        )
    hardest = max(found.asked, key=lambda one: one.dropped, default=None)
    if hardest and hardest.dropped:
        figures.append(
            Figure(
                label=Text("Fäller flest platser", "Stops most sites").in_language(language),
                value=hardest.label.in_language(language),
                source=SITES_EACH.format(n=round(each(hardest), 1)).in_language(language),
            )
        )
    return figures


def each(one: Asked) -> float:
    """Sites that dropped out on the condition alone, on average over its searches."""
    return one.dropped / max(one.searches, 1)


def compared(found: Demand) -> Text:
    if not found.before:
        return NONE_BEFORE
    difference = found.searches - found.before
    frame = MORE if difference > 0 else FEWER if difference < 0 else SAME
    return frame.format(
        n=abs(difference), since=found.days.before.since, until=found.days.before.until
    )
