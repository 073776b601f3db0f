"""Power over the years on the progress page: as a chart, and as a table of the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.progress import figure_definitions as means
from catalogue.progress import figures
from catalogue.progress.figure_definitions import Definition
from catalogue.progress.progress import Row
from frontend.charts import YearChart, YearPower, year_chart
from geo.texts import Language


@dataclass(frozen=True)
class PowerLine:
    """One kind of power over the years."""

    definition: Definition
    area: str
    cells: Sequence[tuple[str, float | None]]
    """The key of each figure and its value."""


def power_chart(total: Row, language: Language) -> YearChart:
    return year_chart(
        [
            YearPower(
                figures.POWER_TIMES[str(year or "now")].in_language(language),
                firm=total.numbers[figures.power_key(means.FIRM, year)] or 0,
                total=total.numbers[figures.power_key(means.POWER, year)] or 0,
                naive=total.numbers[figures.power_key(means.NAIVE, year)] or 0,
            )
            for year in (None, *figures.CHOSEN_YEARS)
        ]
    )


def power_lines(total: Row) -> list[PowerLine]:
    """In all, site by site, then each bidding area that has a site."""
    kinds = [(means.FIRM, ""), (means.POWER, ""), (means.NAIVE_FIRM, ""), (means.NAIVE, "")]
    kinds += [
        (definition, area)
        for area in figures.BIDDING_AREAS
        for definition in (means.FIRM, means.POWER)
    ]
    lines = [
        PowerLine(
            definition,
            area,
            [(key, total.numbers[key]) for key in keys(definition, area)],
        )
        for definition, area in kinds
    ]
    return [line for line in lines if line.cells[0][1] is not None]


def keys(definition: Definition, area: str) -> list[str]:
    """Of its figures, today and in each chosen year."""
    return [figures.power_key(definition, year, area) for year in (None, *figures.CHOSEN_YEARS)]


def shared_mw(total: Row) -> float:
    """What counting site by site would have too much today."""
    naive, once = total.numbers["power_naive_mw_now"] or 0, total.numbers["power_mw_now"] or 0
    return round(naive - once, 1)
