"""What stands beside the conditions of the search form: counts, small bars, and power by year.

Each piece has a name that the form carries too, so that an answer to a changed search can renew
the pieces and leave the fields alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from catalogue.fields import SITE
from catalogue.search.counting import Counted, PowerByYear, Tally
from catalogue.search.counts import bars
from catalogue.search.filters import SiteFilter
from catalogue.search.tallied import POWER, edges, is_measured
from frontend.formats import NO_BREAK_SPACE, RANGE_DASH, number, with_unit
from frontend.rendering import environment
from frontend.search_form import Control, Group
from geo.texts import Language, Text

HEIGHT = 30
SHORTEST = 2
"""How high a bar is that stands for a single site among many."""
POWER_BY_YEAR = "power_by_year"
PLACE = re.compile("<!--tally:([^>]*?)-->")
UNKNOWN = Text("{n} okända", "{n} unknown")
MOST_YEARS = 12


@dataclass(frozen=True)
class Bar:
    """One bar of a histogram; across in per cent, heights in pixels."""

    x: float
    width: float
    y: float
    height: float
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Histogram:
    bars: tuple[Bar, ...]
    words: str
    """All of it in one sentence, for whoever does not see it."""
    first: str
    last: str
    unknown: str


def tallies(
    language: Language, counted: Counted, groups: Iterable[Group], wanted: SiteFilter
) -> dict[str, Markup]:
    """The pieces by their names, for every control whose field was counted."""
    found: dict[str, Markup] = {}
    for group in groups:
        for control in group.controls:
            tally = counted.besides.get(control.key)
            if tally is not None:
                found |= pieces(language, control, tally)
    if counted.power:
        found[POWER_BY_YEAR] = power_by_year(language, counted.power, wanted)
    return found


def pieces(language: Language, control: Control, tally: Tally) -> dict[str, Markup]:
    if control.shape == "choices":
        return {
            f"{control.name}:{value}": escape(number(tally.counts.get(value, 0), language, 0))
            for value, _ in control.options
        }
    if control.shape == "select":
        counts = option_counts(control, tally)
        return {
            f"{control.name}:{value}": escape(f" ({number(count, language, 0)})")
            for value, count in counts.items()
        }
    if control.shape in ("number", "range"):
        return {control.key: histogram_html(language, histogram(language, control, tally))}
    return {}


def option_counts(control: Control, tally: Tally) -> dict[str, int]:
    """Sites at each option, or from it and up where the least is asked for."""
    field = SITE[control.key]
    values: list[Any] = [value for value, _ in control.options]
    if field.kind == "flag":
        return {value: tally.counts.get(int(value == "true"), 0) for value in values}
    if not control.name.endswith("_min"):
        return {value: tally.counts.get(value, 0) for value in values}
    if field.codes:
        order = list(field.code_order)
        return {
            value: sum(tally.counts.get(code, 0) for code in order[order.index(value) :])
            for value in values
        }
    return {
        value: sum(count for at, count in tally.counts.items() if at >= int(value))
        for value in values
    }


def histogram(language: Language, control: Control, tally: Tally) -> Histogram:
    field = SITE["power_now_mw" if control.key == POWER else control.key]
    if is_measured(field):
        limits = edges(control.key)
        counts = bars(control.key, tally)
        names = [
            f"{number(low, language, 2)}{RANGE_DASH}{number(high, language, 2)}"
            for low, high in pairwise(limits)
        ]
        names.append(f"{number(limits[-1], language, 2)}{RANGE_DASH}")
        ends = (number(limits[0], language, 2), f"{number(limits[-1], language, 0)}+")
        spans = [*pairwise(limits), (limits[-1], None)]
    else:
        values = sorted(tally.counts)[-MOST_YEARS:]
        counts = [tally.counts[value] for value in values]
        names = [str(value) for value in values]
        ends = (names[0], names[-1]) if names else ("", "")
        spans = [(value, value) for value in values]
    unit = field.unit
    low, high = chosen(control)
    return Histogram(
        bars=drawn(language, counts, names, unit, [is_within(one, low, high) for one in spans]),
        words=", ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True)),
        first=ends[0],
        last=with_unit(ends[1], unit, language),
        unknown=UNKNOWN.format(n=tally.unknown).in_language(language) if tally.unknown else "",
    )


def chosen(control: Control) -> tuple[float | None, float | None]:
    """The least and the most that the control asks for; dates by their year."""
    by_end = {one.name.rpartition("_")[2]: one.value for one in (control.ends or (control,))}
    low, high = (limit(by_end.get(end, "")) for end in ("min", "max"))
    return low, high


def limit(text: str) -> float | None:
    date_year = text[:4] if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text
    try:
        return float(date_year)
    except ValueError:
        return None


def is_within(span: tuple[Any, Any], low: float | None, high: float | None) -> bool:
    """Whether anything of a bar is asked for; Any: its edges, the upper None where it has none."""
    from_, to = span
    return (low is None or to is None or to > low or from_ >= low) and (
        high is None or from_ <= high
    )


def drawn(
    language: Language,
    counts: Sequence[int],
    names: Sequence[str],
    unit: Text,
    inside: Sequence[bool],
) -> tuple[Bar, ...]:
    most = max(counts, default=0) or 1
    width = 100 / max(len(counts), 1)
    found = []
    for place, (count, name, is_chosen) in enumerate(zip(counts, names, inside, strict=True)):
        height = max(round(HEIGHT * count / most, 1), SHORTEST if count else 0)
        found.append(
            Bar(
                x=round(place * width, 2),
                width=round(width - 1, 2),
                y=round(HEIGHT - height, 1),
                height=height,
                words=f"{with_unit(name, unit, language)}: {number(count, language, 0)}",
                is_chosen=is_chosen,
            )
        )
    return tuple(found)


@lru_cache(maxsize=4_000)
def histogram_html(language: Language, shown: Histogram) -> Markup:
    """Kept, since most stay as they are from one search to the next."""
    return piece("histogram", language, histogram=shown, height=HEIGHT)


def power_by_year(language: Language, power: PowerByYear, wanted: SiteFilter) -> Markup:
    """A step for each year, with the year asked for."""
    years, counts = tuple(power.years), tuple(power.years.values())
    asked = wanted.power.year if wanted.power and wanted.power.year else years[0]
    return curve_html(language, power.mw, years, counts, min(max(asked, years[0]), years[-1]))


@lru_cache(maxsize=1_000)
def curve_html(
    language: Language, mw: float, years: tuple[int, ...], counts: tuple[int, ...], asked: int
) -> Markup:
    most = max(counts) or 1
    steps = [
        (place * 100 / len(years), (place + 1) * 100 / len(years), HEIGHT * (1 - count / most))
        for place, count in enumerate(counts)
    ]
    place = years.index(asked)
    size = f"{number(mw, language)}{NO_BREAK_SPACE}MW"
    return piece(
        "power_curve",
        language,
        line=" ".join(f"{one:.2f},{y + 1:.1f}" for from_, to, y in steps for one in (from_, to)),
        x=round(steps[place][0], 2),
        width=round(100 / len(years), 2),
        height=HEIGHT + 2,
        size=size,
        years=list(zip(years, counts, strict=True)),
        asked=asked,
        asked_count=counts[place],
    )


def piece(name: str, language: Language, **values: object) -> Markup:
    text = environment(language).get_template(f"search/{name}.html").render(values)
    return Markup(text.strip())  # noqa: S704  # our own template, escaped there


def filled(html: Markup, found: Mapping[str, Markup]) -> Markup:
    """The form with each piece in its place."""
    return Markup(PLACE.sub(lambda match: found.get(match[1], ""), html))  # noqa: S704  # both are HTML
