"""The page of what is looked for: conditions with bars, and the sites that drop out on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from catalogue.fields import SITE
from catalogue.progress.demand import DEFINITIONS, Asked, Demand
from catalogue.provenance import BASIS_LABELS
from catalogue.readiness import LEVELS
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
    dropped: int
    ranges: str


def demand_page(page: Page, found: Demand, today: date, names: Mapping[str, str]) -> str:
    """`names` are the municipalities' by code."""
    most = max((one.searches for one in found.asked), default=1)
    rows = [
        Row(
            label=one.label.in_language(page.language),
            searches=one.searches,
            share=100 * one.searches / most,
            dropped=one.dropped,
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
        today=today,
        query=urlencode({**span, "language": page.language}),
        definitions=DEFINITIONS.values(),
    )


def ranges_text(one: Asked, names: Mapping[str, str], language: Language) -> str:
    """`50–100 MW (12), 100–200 MW (4)`: what was asked for most."""
    said = [
        f"{names.get(range_) or range_words(one.parameter, range_, language)} ({number(count, language, 0)})"
        for range_, count in list(one.ranges.items())[:SHOWN_RANGES]
        if range_
    ]
    return ", ".join(said)


def range_words(parameter: str, range_: str, language: Language) -> str:
    key = parameter.removesuffix("_min").removesuffix("_max")
    if key == "readiness" and range_.isdigit() and int(range_) < len(LEVELS):
        return LEVELS[int(range_)].in_language(language)
    if parameter == "unknown" or range_ in ("true", "false"):
        return (YES if range_ != "false" else NO).in_language(language)
    if parameter == "basis_min":
        return BASIS_LABELS[range_].in_language(language)
    if key in SITE and SITE[key].codes:
        return SITE[key].code_label(range_).in_language(language)
    units = {"power_mw": MEGAWATTS, "near": KILOMETRES}
    unit = units.get(key) or (SITE[key].unit if key in SITE else Text("", ""))
    return with_unit(range_.replace("-", RANGE_DASH), unit, language)
