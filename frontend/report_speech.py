"""Numbers, days and names of the steering group's report as one language writes them."""

from dataclasses import dataclass
from datetime import date

from catalogue.progress.figures import FIGURE
from catalogue.progress.progress import Row
from frontend.formats import date_text, number, with_unit
from geo.texts import Language, Text

MINUS = "\N{MINUS SIGN}"
NOT_SAID = "–"
LONGEST_NAME = 40


@dataclass(frozen=True)
class Speech:
    """Numbers as one language writes them."""

    language: Language

    def words(self, text: Text) -> str:
        return text.in_language(self.language)

    def number(self, value: float | None, decimals: int = 0) -> str:
        return NOT_SAID if value is None else number(value, self.language, decimals)

    def figure(self, row: Row, key: str) -> str:
        """The figure with its unit."""
        figure, value = FIGURE[key], row.numbers[key]
        if value is None:
            return NOT_SAID
        return self.amount(value, figure.unit, figure.definition.decimals)

    def amount(self, value: float, unit: Text, decimals: int) -> str:
        return with_unit(self.number(value, decimals), unit, self.language)

    def change(self, value: float | None, decimals: int = 0) -> str:
        """`+12` or `−3`; nothing where nothing has changed or it cannot be said."""
        rounded = None if value is None else round(value, decimals)
        if not rounded:
            return ""
        return f"{'+' if rounded > 0 else MINUS}{self.number(abs(rounded), decimals)}"

    def day(self, day: date) -> str:
        return date_text(day, self.language)


def shortened(name: str, longest: int = LONGEST_NAME) -> str:
    """So much of a name as there is room for."""
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
