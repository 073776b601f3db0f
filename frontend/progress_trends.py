"""Headline figures month by month: a small chart each, and one table of the same numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.progress.figures import FIGURE, Figure
from catalogue.progress.trends import Trends
from frontend.charts import LineChart, line_chart
from frontend.formats import date_text, number, with_unit
from geo.texts import Language, Text

HELD_AGAINST = {"hours": "hours_target"}
"""What a line is drawn beside."""


@dataclass(frozen=True, kw_only=True)
class TrendChart:
    """One figure over time."""

    figure: Figure
    name: Text
    chart: LineChart
    first: str
    last: str
    summary: Text
    """What the line shows, for whoever does not see it."""
    beside: Text | None


def trend_charts(
    trends: Trends, short_names: Mapping[str, Text], language: Language
) -> Sequence[TrendChart]:
    drawn = [key for key in trends.values if key not in HELD_AGAINST.values()]
    return [trend_chart(trends, key, short_names, language) for key in drawn]


def trend_chart(
    trends: Trends, key: str, short_names: Mapping[str, Text], language: Language
) -> TrendChart:
    figure, values = FIGURE[key], trends.values[key]
    against = HELD_AGAINST.get(key)
    first, last = (amount(figure, values[place], language) for place in (0, -1))
    start, end = (date_text(trends.days[place], language) for place in (0, -1))
    name = short_names.get(key, figure.name)
    return TrendChart(
        figure=figure,
        name=name,
        chart=line_chart(
            values,
            trends.values[against] if against else (),
            most=100 if figure.unit.en == "%" else 0,
        ),
        first=first,
        last=last,
        summary=Text(
            f"{name.sv}: från {first} den {start} till {last} den {end}",
            f"{name.en}: from {first} on {start} to {last} on {end}",
        ),
        beside=FIGURE[against].name if against else None,
    )


def amount(figure: Figure, value: float | None, language: Language) -> str:
    if value is None:
        return "–"
    return with_unit(number(value, language, figure.definition.decimals), figure.unit, language)
