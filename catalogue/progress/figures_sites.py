"""The figures of sites, each with the aggregate over the sites known on a day that counts it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Numeric, cast, func

from catalogue.completeness import LEVELS as FIELD_LEVELS
from catalogue.fields import SITE, Theme
from catalogue.progress import figure_definitions as means
from catalogue.progress import figure_definitions_land as land
from catalogue.progress import figure_definitions_moves as moves
from catalogue.progress.expected_moves import MOVING
from catalogue.progress.figure import Counted, Figure, plain, power_figures, theme_figures
from catalogue.progress.known_sites import (
    AGES,
    IS_AVAILABLE,
    IS_KEPT,
    KNOWN,
    NODES,
    POWER,
    QUESTIONS,
    SITES,
    VALUES,
    WAITED,
)
from catalogue.readiness import LEVELS
from catalogue.tables.counted_versions import THEMES
from geo.texts import Text

Column = ColumnElement[Any]

READINESS_KEYS: tuple[str, ...] = (
    "readiness_none",
    *(f"readiness_{n}" for n in range(len(LEVELS))),
)


def number_of(held: ColumnElement[bool]) -> Counted:
    """How many sites."""
    return Counted(SITES, func.count().filter(held))


def sum_of(amount: Column, held: ColumnElement[bool]) -> Counted:
    """With two decimals; 0 where there is nothing to sum."""
    return Counted(SITES, rounded(func.sum(amount).filter(held)))


def rounded(amount: Column) -> Column:
    return func.coalesce(func.round(cast(amount, Numeric), 2), 0)


def count_of(counts: Column) -> Counted:
    return Counted(SITES, func.coalesce(func.sum(counts).filter(IS_KEPT), 0))


def share_of(some: Column, every: Column) -> Counted:
    """Per cent, with one decimal; nothing where there is nothing to be a share of."""
    counts, of = func.sum(some).filter(IS_KEPT), func.sum(every).filter(IS_KEPT)
    share = func.round(100 * cast(counts, Numeric) / func.nullif(of, 0), 1)
    return Counted(SITES, share, share=(counts, of))


def median_of(ages: Any) -> Column:
    """Any: the columns of `AGES` or `WAITED`."""
    lower = func.min(ages.age).filter(2 * ages.upto >= ages.every)
    upper = func.min(ages.age).filter(2 * ages.upto > ages.every)
    return (lower + upper) / 2.0


def together(kind: str, themes: Sequence[Theme], level: int) -> Column:
    """The fields of a level in some themes, of one site."""
    first, *others = [KNOWN.c[f"{kind}_{theme}_{level}"] for theme in themes]
    return sum(others, start=first)


def weighed(kind: str, themes: Sequence[Theme]) -> Column:
    """The fields of all kept sites, each level by its weight of that day.

    Whole numbers are summed first and weighed then: a day has one weight, and many sites.
    """
    first, *others = [
        func.max(KNOWN.c[f"weight_{level}"])
        * func.sum(together(kind, themes, level)).filter(IS_KEPT)
        for level in FIELD_LEVELS
    ]
    return sum(others, start=first)


def weighed_share(kind: str, themes: Sequence[Theme]) -> Counted:
    """Per cent, with one decimal; nothing where nothing applies, or nothing that weighs."""
    counts, of = weighed(kind, themes), weighed("applicable", themes)
    share = func.round(100 * cast(counts, Numeric) / func.nullif(of, 0), 1)
    return Counted(SITES, share, share=(counts, of))


def weighed_in_site(kind: str) -> Column:
    """The fields of one site, each level by its weight of that day."""
    first, *others = [
        KNOWN.c[f"weight_{level}"] * together(kind, THEMES, level) for level in FIELD_LEVELS
    ]
    return sum(others, start=first)


def stale(dates: str, last_stale: str) -> Column:
    """How many of a site's rising dates lie on the last stale day or before it."""
    return func.width_bucket(KNOWN.c[last_stale], KNOWN.c[dates])


def fresh(dates: str, last_stale: str) -> Column:
    return func.cardinality(KNOWN.c[dates]) - stale(dates, last_stale)


STALE = (
    KNOWN.c.undated
    + stale("power_dates", "power_stale_to")
    + stale("other_dates", "other_stale_to")
)
"""How many known values of a site were stale."""
VERIFIED = fresh("verified_power_dates", "power_stale_to") + fresh(
    "verified_other_dates", "other_stale_to"
)
"""How many known values of a site were in writing and not stale."""


def completeness(themes: Sequence[Theme]) -> Counted:
    return weighed_share("filled", themes)


def asked(themes: Sequence[Theme]) -> Counted:
    return weighed_share("asked", themes)


def once(kind: str, time: str, area: str) -> Counted:
    """MW with each substation counted once, as the largest of its sites."""
    mw, place = NODES.c[f"{kind}_mw_{time}"], NODES.c.bidding_area
    if area:
        within = func.sum(mw).filter(place == area)
        return Counted(POWER, func.round(cast(within, Numeric), 2))
    return Counted(POWER, rounded(func.sum(mw).filter(place.is_(None))))


def by_plan(code: str, label: Text, has_plan: ColumnElement[bool]) -> Figure:
    name = land.BY_PLAN.name
    return Figure(
        key=f"{land.BY_PLAN.key}_{code}_ha",
        name=Text(f"{name.sv}: {label.sv}", f"{name.en}: {label.en}"),
        definition=land.BY_PLAN,
        source=sum_of(KNOWN.c.area_net_ha, IS_AVAILABLE & has_plan),
    )


SITES_FIGURE = plain(means.SITES, number_of(IS_KEPT))
EXPECTED_FIGURE = plain(moves.EXPECTED, Counted(MOVING, func.count()))
STATUS_FIGURES: tuple[Figure, ...] = tuple(
    Figure(
        key=f"sites_{entry.code}",
        name=entry.label,
        definition=means.STATUS,
        source=number_of(KNOWN.c.status == entry.code),
    )
    for entry in SITE["status"].codes
)
READINESS_FIGURES: tuple[Figure, ...] = tuple(
    Figure(
        key=key,
        name=label,
        definition=means.READINESS,
        source=number_of(
            IS_KEPT & (KNOWN.c.level.is_(None) if level is None else KNOWN.c.level == level)
        ),
    )
    for key, label, level in zip(
        READINESS_KEYS,
        (Text("Ej bedömd", "Not assessed"), *LEVELS),
        (None, *range(len(LEVELS))),
        strict=True,
    )
)
TRUST_FIGURES: tuple[Figure, ...] = (
    plain(means.KNOWN, count_of(KNOWN.c.known)),
    plain(means.VERIFIED, share_of(VERIFIED, KNOWN.c.known)),
    plain(means.STALE, count_of(STALE)),
    plain(means.AGE, Counted(VALUES, median_of(AGES.c))),
)
AREA_FIGURES: tuple[Figure, ...] = (
    plain(means.GROSS, sum_of(KNOWN.c.area_gross_ha, IS_AVAILABLE)),
    plain(means.NET, sum_of(KNOWN.c.area_net_ha, IS_AVAILABLE)),
)
POWER_FIGURES: tuple[Figure, ...] = (
    *power_figures(means.POWER, lambda time, area: once("all", time, area), by_area=True),
    *power_figures(means.FIRM, lambda time, area: once("firm", time, area), by_area=True),
    *power_figures(
        means.NAIVE, lambda time, _: sum_of(KNOWN.c[f"all_mw_{time}"], IS_AVAILABLE), by_area=False
    ),
    *power_figures(
        means.NAIVE_FIRM,
        lambda time, _: sum_of(KNOWN.c[f"firm_mw_{time}"], IS_AVAILABLE),
        by_area=False,
    ),
    plain(means.NO_POWER, number_of(IS_AVAILABLE & KNOWN.c.all_mw_now.is_(None))),
)
WATER_FIGURES: tuple[Figure, ...] = (
    plain(means.DRINKING, sum_of(KNOWN.c.drinking_water_m3_day, IS_AVAILABLE)),
    plain(means.PROCESS, sum_of(KNOWN.c.process_water_m3_day, IS_AVAILABLE)),
    plain(means.SEWAGE, sum_of(KNOWN.c.sewage_m3_day, IS_AVAILABLE)),
    plain(means.NO_WATER, number_of(IS_AVAILABLE & KNOWN.c.drinking_water_m3_day.is_(None))),
)
QUESTION_FIGURES: tuple[Figure, ...] = (
    plain(means.QUESTIONS, count_of(KNOWN.c.questions)),
    plain(means.WAITED, Counted(QUESTIONS, median_of(WAITED.c))),
    plain(means.WAITED_LONGEST, Counted(QUESTIONS, func.max(WAITED.c.age))),
)
COMPLETENESS_FIGURES: tuple[Figure, ...] = (
    *theme_figures(means.COMPLETENESS, completeness, THEMES),
    *theme_figures(means.ASKED, asked, THEMES),
)

PLANS: tuple[tuple[str, Text], ...] = tuple(
    (entry.code, entry.label) for entry in SITE["detaljplan_status"].codes
)
IS_READY: ColumnElement[bool] = (
    IS_AVAILABLE & (KNOWN.c.plan == "laga_kraft") & KNOWN.c.has_control & KNOWN.c.has_written_power
)
"""What can be had at once: planned, controlled, and with its power in writing."""
CONFIRMED_FIGURES: tuple[Figure, ...] = (
    plain(land.DRINKING, sum_of(KNOWN.c.confirmed_drinking_water_m3_day, IS_AVAILABLE)),
    plain(land.PROCESS, sum_of(KNOWN.c.confirmed_process_water_m3_day, IS_AVAILABLE)),
    plain(land.SEWAGE, sum_of(KNOWN.c.confirmed_sewage_m3_day, IS_AVAILABLE)),
)
LAND_FIGURES: tuple[Figure, ...] = (
    *(by_plan(code, label, KNOWN.c.plan == code) for code, label in PLANS),
    by_plan("unknown", land.NOT_SAID, KNOWN.c.plan.is_(None)),
    plain(land.AVAILABLE_AREA, sum_of(KNOWN.c.area_net_ha, IS_READY)),
    plain(land.AVAILABLE_SITES, number_of(IS_READY)),
    *CONFIRMED_FIGURES,
)
