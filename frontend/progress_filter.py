"""The filter of the progress page: what is chosen in words, and the address of each other choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from catalogue.fields import MEASURED_THEMES, THEMES
from catalogue.progress.progress_filter import BASELINE, PERIODS, ProgressFilter, named
from frontend.rendering import address
from geo.texts import Language, Text

ALL_THEMES = Text("Alla teman", "All themes")


@dataclass(frozen=True)
class Choice:
    """One thing to choose, and the page with it chosen."""

    text: Text
    href: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Toolbar:
    """What a page offers to choose among, and what it keeps when a form is sent."""

    places: Sequence[tuple[str, str, bool]]
    """Code, name, and whether it is chosen."""
    place_text: Text
    themes: Sequence[Choice]
    theme_text: Text
    periods: Sequence[Choice]
    period_text: Text
    """Empty for days of one's own."""
    chips: Sequence[Choice]
    """What narrows the page; each address is the page without it."""
    kept_by_places: Sequence[tuple[str, str]]
    kept_by_days: Sequence[tuple[str, str]]
    all_unfolded: str
    """The page with every section open."""


def toolbar(
    language: Language, chosen: ProgressFilter, names: Mapping[str, str], today: date
) -> Toolbar:
    def href(wanted: ProgressFilter, **more: object) -> str:
        return address(language, "/progress", **query(wanted, today), **more)

    given = query(chosen, today)
    return Toolbar(
        places=[(code, name, code in chosen.municipalities) for code, name in names.items()],
        place_text=named(chosen.municipalities, names),
        themes=[
            Choice(text, href(replace(chosen, theme=theme)), chosen.theme == theme)
            for theme, text in (
                (None, ALL_THEMES),
                *((one, THEMES[one]) for one in MEASURED_THEMES),
            )
        ],
        theme_text=THEMES[chosen.theme] if chosen.theme else ALL_THEMES,
        periods=[
            Choice(text, href(replace(chosen, period=period)), chosen.period == period)
            for period, text in PERIODS.items()
        ],
        period_text=PERIODS.get(chosen.period, Text("", "")),
        chips=[
            *(
                Choice(Text(names[code], names[code]), href(without(chosen, code)), True)
                for code in chosen.municipalities
            ),
            *(
                Choice(THEMES[theme], href(replace(chosen, theme=None)), True)
                for theme in ([chosen.theme] if chosen.theme else [])
            ),
        ],
        kept_by_places=pairs(given, "theme", "period", "as_of", "since"),
        kept_by_days=pairs(given, "municipality", "theme"),
        all_unfolded=href(chosen, unfold="true"),
    )


def query(chosen: ProgressFilter, today: date) -> dict[str, object]:
    """The filter as a URL's query; what goes without saying is None."""
    return {
        "municipality": list(chosen.municipalities) or None,
        "theme": chosen.theme,
        "period": None if chosen.period == BASELINE else chosen.period or None,
        "as_of": None if chosen.span.as_of == today else chosen.span.as_of,
        "since": None if chosen.period else chosen.span.since,
    }


def without(chosen: ProgressFilter, code: str) -> ProgressFilter:
    left = tuple(one for one in chosen.municipalities if one != code)
    return replace(chosen, municipalities=left)


def pairs(given: Mapping[str, object], *names: str) -> list[tuple[str, str]]:
    """What a form sends along unseen."""
    found = []
    for name in names:
        value = given[name]
        several = value if isinstance(value, list) else [value]
        found += [(name, str(one)) for one in several if one is not None]
    return found
