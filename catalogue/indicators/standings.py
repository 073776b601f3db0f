"""How an indicator goes: what it is now, how far it has come, and against a straight line.

The straight line runs from the value at the start to the target on its day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.exports import tidy
from catalogue.indicators.indicators import Indicator, indicators_on
from catalogue.progress.figures import FIGURE
from geo.texts import Text

NEAR = 0.05
"""So close to the straight line, as a share of the whole way, is on it."""
VERDICTS: dict[str, Text] = {
    "reached": Text("Målet är nått", "The target is reached"),
    "ahead": Text("Före den raka linjen", "Ahead of the straight line"),
    "on_line": Text("I takt med den raka linjen", "In step with the straight line"),
    "behind": Text("Efter den raka linjen", "Behind the straight line"),
    "missed": Text("Målet nåddes inte i tid", "The target was not reached in time"),
    "not_begun": Text("Har inte börjat än", "Has not begun yet"),
    "no_value": Text("Inget värde än", "No value yet"),
}

FigureValue = Callable[[str, str, date | None], float | None]
"""A figure by key and municipality code, empty for all; since a day, how it has changed."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One indicator on a day."""

    indicator: Indicator
    day: date
    value: float | None
    """None where nothing can be said."""

    @property
    def share(self) -> float | None:
        """Of the way from the start to the target, 0–1; below 0 for a step back, above 1 past it."""
        start, target = self.indicator.starts_from, self.indicator.target
        if self.value is None or target == start:
            return None
        return (self.value - start) / (target - start)

    @property
    def line_share(self) -> float:
        """How far the straight line is, 0–1."""
        start, end = self.indicator.start_date, self.indicator.target_date
        return min(1.0, max(0.0, (self.day - start) / (end - start)))

    @property
    def line_value(self) -> float:
        start, target = self.indicator.starts_from, self.indicator.target
        return round(start + self.line_share * (target - start), 2)

    @property
    def verdict(self) -> str:
        """A key of `VERDICTS`."""
        if self.day < self.indicator.start_date:
            return "not_begun"
        share = self.share
        if share is None:
            return "no_value"
        if share >= 1:
            return "reached"
        if self.day > self.indicator.target_date:
            return "missed"
        if abs(share - self.line_share) <= NEAR:
            return "on_line"
        return "ahead" if share > self.line_share else "behind"

    @property
    def share_pct(self) -> float | None:
        return None if self.share is None else round(100 * self.share, 1)

    @property
    def line_pct(self) -> float:
        return round(100 * self.line_share, 1)


def standings(session: Session, day: date, figure_value: FigureValue) -> list[Standing]:
    """Every indicator that was followed on a day, in the order they were added."""
    return [
        Standing(indicator=one, day=day, value=value_of(one, day, figure_value))
        for one in indicators_on(session, day)
    ]


def value_of(one: Indicator, day: date, figure_value: FigureValue) -> float | None:
    """None where there is no reading, where a change has not begun, or where the catalogue no
    longer has the figure."""
    if one.follow_up == "reading":
        return one.last_reading.value if one.last_reading else None
    is_change = one.follow_up == "change"
    if one.figure not in FIGURE or (is_change and day < one.start_date):
        return None
    since = one.start_date if is_change else None
    return figure_value(one.figure, one.municipality or "", since)


def as_json(standings: Sequence[Standing]) -> list[dict[str, object]]:
    return [one_as_json(standing) for standing in standings]


def one_as_json(standing: Standing) -> dict[str, object]:
    one, reading = standing.indicator, standing.indicator.last_reading
    by_hand = one.follow_up == "reading"
    return {
        "id": one.id,
        "version": one.version,
        "name_sv": one.name_sv,
        "name_en": one.name_en,
        "unit_sv": one.unit.sv,
        "unit_en": one.unit.en,
        "target": tidy(one.target),
        "target_date": one.target_date,
        "start_value": tidy(one.starts_from),
        "start_date": one.start_date,
        "source": one.source,
        "follow_up": one.follow_up,
        "figure": one.figure or None,
        "municipality": one.municipality,
        "retired": one.retired,
        "is_example": one.is_example,
        "as_of": standing.day,
        "value": tidy(standing.value),
        "reached_pct": tidy(standing.share_pct),
        "straight_line_value": tidy(standing.line_value),
        "straight_line_pct": tidy(standing.line_pct),
        "verdict": standing.verdict,
        "verdict_sv": VERDICTS[standing.verdict].sv,
        "verdict_en": VERDICTS[standing.verdict].en,
        "reading": None
        if reading is None or not by_hand
        else {
            "value": tidy(reading.value),
            "read_on": reading.read_on,
            "source": reading.source,
            "note": reading.note,
        },
    }
