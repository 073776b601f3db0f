"""How figures have developed month by month, as small lines with their numbers."""

from collections.abc import Sequence
from datetime import date

from catalogue.progress.figures import FIGURE
from catalogue.progress.reports import TrendPoint
from frontend.report_shapes import TrendLine
from frontend.report_speech import NOT_SAID, Speech
from geo.texts import Text

LINES = {
    "sites_published": Text("Publicerade platser", "Published sites"),
    "completeness": Text("Fullständighet", "Completeness"),
    "verified_pct": Text("Verifierad andel", "Verified share"),
    "hours": Text("Nedlagd tid", "Hours put in"),
}
TARGETS = {"hours": "hours_target"}
WHOLE_PER_CENT = 100


def trend(points: Sequence[TrendPoint], speech: Speech) -> list[TrendLine]:
    """A line each, all over the same days."""
    return [line(key, label, points, speech) for key, label in LINES.items()]


def line(key: str, label: Text, points: Sequence[TrendPoint], speech: Speech) -> TrendLine:
    figure = FIGURE[key]
    unit, decimals = figure.unit, figure.definition.decimals
    target = TARGETS.get(key, "")
    values = [(one.day, one.numbers[key]) for one in points]
    targets = [(one.day, one.numbers[target]) for one in points] if target else []
    most = top(unit, [value or 0 for _, value in (*values, *targets)])
    known = [(day, value) for day, value in values if value is not None]
    told = [(speech.day(day), speech.amount(value, unit, decimals)) for day, value in known]
    first, last = (told[0], told[-1]) if told else (("", NOT_SAID), ("", NOT_SAID))
    difference = known[-1][1] - known[0][1] if known else None
    summary = Text("{label}: {first} och {last}.", "{label}: {first} and {last}.").format(
        label=label, first=" ".join(reversed(first)), last=" ".join(reversed(last))
    )
    return TrendLine(
        key=key,
        label=speech.words(label),
        first=f"{first[1]} {first[0]}".strip(),
        last=last[1],
        change=speech.change(difference, 1 if unit.sv == "%" else decimals),
        points=placed(known, points, most),
        target=placed([(day, value or 0) for day, value in targets], points, most),
        summary=speech.words(summary),
        rows=told,
    )


def by_day(lines: Sequence[TrendLine]) -> list[tuple[str, list[str]]]:
    """Each day with the number of every line, the first day first."""
    days = dict.fromkeys(day for line in lines for day, _ in line.rows)
    known = [dict(line.rows) for line in lines]
    return [(day, [one.get(day, NOT_SAID) for one in known]) for day in days]


def top(unit: Text, values: Sequence[float]) -> float:
    return WHOLE_PER_CENT if unit.sv == "%" else max(values, default=0) or 1


def placed(
    values: Sequence[tuple[date, float]], points: Sequence[TrendPoint], most: float
) -> list[tuple[float, float]]:
    """In per cent of the time between the first and the last day, and of the chart's height."""
    first = points[0].day
    days = (points[-1].day - first).days or 1
    return [
        (round(100 * (day - first).days / days, 2), round(100 * value / most, 2))
        for day, value in values
    ]
