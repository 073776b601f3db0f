"""A text in both languages of the product; whoever speaks to a person chooses one."""

from datetime import date
from typing import Literal, NamedTuple, get_args

from babel.dates import format_date
from babel.numbers import format_decimal

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALES = {"sv": "sv_SE", "en": "en_GB"}


class Text(NamedTuple):
    """One text in Swedish and in British English; `{name}` marks what `format` fills in."""

    sv: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.en if language == "en" else self.sv

    def format(self, **values: "Fill") -> "Text":
        """Both texts filled in: numbers and dates as each language writes them."""
        return Text(
            self.sv.format(**{name: written(value, "sv") for name, value in values.items()}),
            self.en.format(**{name: written(value, "en") for name, value in values.items()}),
        )


Fill = Text | str | int | float | date


def written(value: Fill, language: Language) -> str:
    """A value as running text: `1 250,5`, `3 okt. 2026`; at most three decimals."""
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return format_date(value, "d MMM y", locale=LOCALES[language]).replace(".", "")
    return format_decimal(value, "#,##0.###", locale=LOCALES[language])
