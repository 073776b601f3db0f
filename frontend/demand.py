"""The page of what is looked for: conditions with bars, and the sites that drop out on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from catalogue.errors import Fault
from catalogue.fields import SITE
from catalogue.progress.demand import DEFINITIONS, Asked, Demand, is_in_months, label
from catalogue.provenance import BASIS_LABELS
from catalogue.readiness import LEVELS
from frontend.demand_chart import column_chart, each, headline
from frontend.formats import NO, RANGE_DASH, YES, number, with_unit
from frontend.rendering import Page, render
from geo.texts import Language, Text

SHOWN_RANGES = 4
KILOMETRES = Text("km", "km")
MEGAWATTS = Text("MW", "MW")


@dataclass(frozen=True)
class Row:
    """One condition, its bar as a share of the most used one's."""

    label: str
    searches: int
    share: float
    change: int
    """Searches more than in as many days before."""
    each: float
    """Sites that dropped out on it alone, on average over its searches."""
    ranges: str


@dataclass(frozen=True)
class Fallen:
    reference: str
    name: Text
    searches: int
    share: float
    """Of the searches with the condition, in per cent."""


@dataclass(frozen=True)
class Group:
    """One condition and the sites that dropped out on it most often."""

    label: str
    sites: Sequence[Fallen]


def demand_page(
    page: Page,
    found: Demand,
    today: date,
    names: Mapping[str, str],
    faults: Sequence[Fault] = (),
) -> str:
    """`names` are the municipalities' by code."""
    most = max((one.searches for one in found.asked), default=1)
    rows = [
        Row(
            label=one.label.in_language(page.language),
            searches=one.searches,
            share=100 * one.searches / most,
            change=one.searches - one.before,
            each=each(one),
            ranges=ranges_text(one, names, page.language),
        )
        for one in found.asked
    ]
    span = {"since": found.days.since, "until": found.days.until}
    return render(
        "progress/demand.html",
        page,
        demand=found,
        rows=rows,
        groups=groups(found, page.language),
        figures=headline(found, page.language),
        chart=column_chart(found.steps, page.language),
        errors=[
            {"field": fault.where, "text": fault.text.in_language(page.language)}
            for fault in faults
        ],
        has_before=found.before > 0,
        in_months=is_in_months(found.days),
        today=today,
        query=urlencode({**span, "language": page.language}),
        definitions=DEFINITIONS.values(),
    )


def groups(found: Demand, language: Language) -> list[Group]:
    searches = {one.parameter: one.searches for one in found.asked}
    return [
        Group(
            label=label(parameter).in_language(language),
            sites=[
                Fallen(
                    one.reference,
                    one.name,
                    one.searches,
                    100 * one.searches / max(searches.get(parameter, 0), one.searches),
                )
                for one in some
            ],
        )
        for parameter, some in groupby(found.dropouts, key=lambda one: one.parameter)
    ]


def ranges_text(one: Asked, names: Mapping[str, str], language: Language) -> str:
    """`50–100 MW (12), 100–200 MW (4)`: what was asked for most."""
    said = [
        f"{names.get(range_) or range_words(one.parameter, range_, language)} ({number(count, language, 0)})"
        for range_, count in list(one.ranges.items())[:SHOWN_RANGES]
    ]
    return ", ".join(said)


def range_words(parameter: str, range_: str, language: Language) -> str:
    key = parameter.removesuffix("_min").removesuffix("_max")
    if key == "readiness" and range_.isdigit() and int(range_) < len(LEVELS):
        return LEVELS[int(range_)].in_language(language)
    if parameter == "unknown" or range_ in ("true", "false"):
        return (YES if range_ != "false" else NO).in_language(language)
    if parameter == "basis_min":
        return first_large(BASIS_LABELS[range_].in_language(language))
    if key in SITE and SITE[key].codes:
        return SITE[key].code_label(range_).in_language(language)
    units = {"power_mw": MEGAWATTS, "near": KILOMETRES}
    unit = units.get(key) or (SITE[key].unit if key in SITE else Text("", ""))
    return with_unit(size_words(range_, language), unit, language)


def size_words(range_: str, language: Language) -> str:
    """`2 000–5 000`, or `400–` without an upper end; a year or a code as it is."""
    low, dash, high = range_.partition("-")
    if not dash or not low.replace(".", "").isdigit():
        return range_
    ends = [number(float(end), language) if end else "" for end in (low, high)]
    return RANGE_DASH.join(ends)


def first_large(text: str) -> str:
    return text[:1].upper() + text[1:]
