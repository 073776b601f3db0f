"""Figures worked out from the sites of a municipality, or of all: the same sums for both."""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from catalogue.completeness import Count
from catalogue.fields import MEASURED_THEMES
from catalogue.progress import figure_definitions as means
from catalogue.progress import figures
from catalogue.progress.figures import AVAILABLE_STATUSES, BIDDING_AREAS, CHOSEN_YEARS, STATUSES
from catalogue.progress.progress_sites import AMOUNT_KEYS, SiteCount, Year
from catalogue.readiness import LEVELS

Numbers = dict[str, float | None]
"""By the key of the figure; None where there is nothing to work it out from."""

TIMES: tuple[Year, ...] = (None, *CHOSEN_YEARS)


def numbers(sites: Sequence[SiteCount], day: date, hours: float, target: float) -> Numbers:
    """Every declared figure for these sites."""
    kept = [site for site in sites if site.status != "withdrawn"]
    available = [site for site in sites if site.status in AVAILABLE_STATUSES]
    return {
        **by_status(sites, len(kept)),
        **by_readiness(kept),
        **by_theme(kept),
        **trust(kept, day),
        **questions(kept, day),
        **supply(available),
        **power(available),
        means.PUT_IN.key: hours,
        means.TARGET.key: target,
    }


def by_status(sites: Sequence[SiteCount], kept: int) -> Numbers:
    found: Numbers = {means.SITES.key: kept}
    for status in STATUSES:
        found[f"sites_{status}"] = sum(site.status == status for site in sites)
    return found


def by_readiness(sites: Sequence[SiteCount]) -> Numbers:
    levels = (None, *range(len(LEVELS)))
    return {
        key: sum(site.level == level for site in sites)
        for key, level in zip(figures.READINESS_KEYS, levels, strict=True)
    }


def by_theme(sites: Sequence[SiteCount]) -> Numbers:
    found: Numbers = {}
    for theme in MEASURED_THEMES:
        add_shares(found, f"_{theme}", [site.themes[theme] for site in sites])
    add_shares(found, "", [count for site in sites for count in site.themes.values()])
    return found


def add_shares(found: Numbers, end: str, counts: Sequence[Count]) -> None:
    applicable = sum(count.applicable for count in counts)
    filled, asked = sum(count.filled for count in counts), sum(count.asked for count in counts)
    found[f"{means.COMPLETENESS.key}{end}"] = per_cent(filled, applicable)
    found[f"{means.ASKED.key}{end}"] = per_cent(asked, applicable)


def per_cent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def trust(sites: Sequence[SiteCount], day: date) -> Numbers:
    known = sum(site.known for site in sites)
    return {
        means.KNOWN.key: known,
        means.VERIFIED.key: per_cent(sum(site.verified for site in sites), known),
        means.STALE.key: sum(site.stale for site in sites),
        means.AGE.key: median_days((one for site in sites for one in site.dates), day),
    }


def questions(sites: Sequence[SiteCount], day: date) -> Numbers:
    asked_on = [one for site in sites for one in site.asked_on]
    first = min(filter(None, asked_on), default=None)
    return {
        means.QUESTIONS.key: len(asked_on),
        means.WAITED.key: median_days(asked_on, day),
        means.WAITED_LONGEST.key: None if first is None else days_since(first, day),
    }


def median_days(dates: Iterable[str], day: date) -> float | None:
    """The median age in days of ISO dates; those that are empty say nothing."""
    given = sorted(filter(None, dates))
    if not given:
        return None
    middle = {given[(len(given) - 1) // 2], given[len(given) // 2]}
    return median(days_since(one, day) for one in middle)


def days_since(one: str, day: date) -> int:
    return (day - date.fromisoformat(one)).days


def supply(sites: Sequence[SiteCount]) -> Numbers:
    """Land and water that can be had."""
    found: Numbers = {key: summed(site.amounts[key] for site in sites) for key in AMOUNT_KEYS}
    found[means.NO_WATER.key] = sum(site.amounts["drinking_water_m3_day"] is None for site in sites)
    found[means.NO_POWER.key] = sum(site.mw[None, False] is None for site in sites)
    return found


def summed(values: Iterable[float | None]) -> float:
    return round(sum(value for value in values if value is not None), 2)


def power(sites: Sequence[SiteCount]) -> Numbers:
    """MW by time: each substation once, in all and by bidding area, and site by site."""
    found: Numbers = {}
    for firm, once, naive in (
        (False, means.POWER, means.NAIVE),
        (True, means.FIRM, means.NAIVE_FIRM),
    ):
        for year in TIMES:
            found[figures.power_key(once, year)] = once_per_node(sites, year, firm=firm)
            found[figures.power_key(naive, year)] = summed(site.mw[year, firm] for site in sites)
            for area in BIDDING_AREAS:
                within = [site for site in sites if site.bidding_area == area]
                found[figures.power_key(once, year, area)] = (
                    once_per_node(within, year, firm=firm) if within else None
                )
    return found


def once_per_node(sites: Iterable[SiteCount], year: Year, *, firm: bool) -> float:
    """MW with each substation counted once, as the largest of its sites."""
    alone = 0.0
    nodes: dict[str, float] = {}
    for site in sites:
        mw = site.mw[year, firm] or 0.0
        if site.node:
            nodes[site.node] = max(mw, nodes.get(site.node, 0.0))
        else:
            alone += mw
    return round(alone + sum(nodes.values()), 2)
