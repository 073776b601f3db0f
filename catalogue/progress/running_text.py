"""Figures as they stand in running text: with units, counted things, and what has changed."""

from dataclasses import dataclass

from catalogue.progress.figures import FIGURE
from catalogue.progress.progress import Row
from geo.texts import Text

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Words:
    """The figures of one row as they stand in running text."""

    row: Row
    then: Text
    """The day compared with: `den 22 apr 2024`, or `då` where it has just been named."""

    def value(self, key: str) -> float:
        return self.row.numbers[key] or 0

    def says(self, *keys: str) -> bool:
        return all(self.row.numbers[key] is not None for key in keys)

    def amount(self, key: str) -> Text:
        """The figure with its unit."""
        unit = FIGURE[key].unit
        return with_unit(rounded(self.value(key), key), SPELLED.get(unit, unit))

    def change(self, key: str) -> Text:
        """`, 3 fler än den 22 apr 2024`; nothing where it cannot be said."""
        difference = self.row.change(key)
        if difference is None or not (difference or self.value(key)):
            return Text("", "")
        unit = FIGURE[key].unit
        less, same, more = MEASURED if unit.sv else COUNTED
        told = rounded(abs(difference), key)
        frame = same if not told else more if difference > 0 else less
        return frame.format(amount=with_unit(told, IN_CHANGE.get(unit.sv, unit)), then=self.then)


ON = Text("den {day}", "on {day}")
THEN = Text("då", "at that time")
POINTS = Text("procentenheter", "percentage points")
SPELLED: dict[Text, Text] = {
    Text("h", "h"): Text("timmar", "hours"),
    Text("ha", "ha"): Text("hektar", "hectares"),
}
"""Units as they stand in running text."""
OF_ONE: dict[Text, Text] = {
    POINTS: Text("procentenhet", "percentage point"),
    Text("timmar", "hours"): Text("timme", "hour"),
    Text("hektar", "hectares"): Text("hektar", "hectare"),
}
IN_CHANGE: dict[str, Text] = {"%": POINTS, **{unit.sv: word for unit, word in SPELLED.items()}}
COUNTED = (
    Text(", {amount} färre än {then}", ", {amount} fewer than {then}"),
    Text(", lika många som {then}", ", as many as {then}"),
    Text(", {amount} fler än {then}", ", {amount} more than {then}"),
)
MEASURED = (
    Text(", {amount} mindre än {then}", ", {amount} less than {then}"),
    Text(", lika mycket som {then}", ", as much as {then}"),
    Text(", {amount} mer än {then}", ", {amount} more than {then}"),
)
"""Less, the same, more."""


def with_unit(value: float, unit: Text) -> Text:
    """A number and its unit, which never stand on different lines."""
    frame = f"{{value}}{NO_BREAK_SPACE}{{unit}}" if unit.sv else "{value}"
    of_it = OF_ONE.get(unit, unit) if value == 1 else unit
    return Text(frame, frame).format(value=value, unit=of_it)


def rounded(value: float, key: str) -> float:
    """As exact as the figure is told; from a thousand on in whole numbers, which read easier."""
    return round(value, FIGURE[key].definition.decimals if abs(value) < WHOLE_FROM else 0)


WHOLE_FROM = 1_000

PUBLISHED = (
    Text("inga publicerade", "none published"),
    Text("en publicerad", "one published"),
    Text("{n} publicerade", "{n} published"),
)
RESERVED = (
    Text("ingen reserverad", "none reserved"),
    Text("en reserverad", "one reserved"),
    Text("{n} reserverade", "{n} reserved"),
)
ESTABLISHED = (
    Text("ingen etablerad", "none established"),
    Text("en etablerad", "one established"),
    Text("{n} etablerade", "{n} established"),
)
SITES = (
    Text("ingen plats", "no site"),
    Text("en plats", "one site"),
    Text("{n} platser", "{n} sites"),
)
"""None, one, several."""


def counted(n: float, words: tuple[Text, Text, Text]) -> Text:
    """A number with the word it counts: none and one spelled out."""
    return words[min(int(n), 2)].format(n=n)
