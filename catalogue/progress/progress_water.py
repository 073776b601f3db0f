"""Water and sewage that each water utility has confirmed, by the same sums as the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from catalogue.progress.counted_versions import count_missing
from catalogue.progress.days import Places, parameters
from catalogue.progress.figures_sites import CONFIRMED_FIGURES
from catalogue.progress.known_sites import IS_AVAILABLE, KNOWN, SITES
from catalogue.provenance import ShelfLife


@dataclass(frozen=True, kw_only=True)
class UtilityWater:
    """One utility's m³/day for published and reserved sites, each site by itself."""

    utility: str
    """Its name; empty for sites that name none."""
    drinking_water_confirmed_m3_day: float
    process_water_confirmed_m3_day: float
    sewage_confirmed_m3_day: float


def water_by_utility(
    session: Session, day: date, shelf_life: ShelfLife, places: Places = None
) -> Sequence[UtilityWater]:
    """As known at the end of a day, by name; the sites that name no utility last."""
    count_missing(session)
    rows = session.execute(
        statement(of_one=places is not None), parameters([day], shelf_life, places)
    )
    found = [
        UtilityWater(
            utility=row.pop("utility"), **{key: float(value) for key, value in row.items()}
        )
        for row in map(dict, rows.mappings())
    ]
    return sorted(found, key=lambda one: (not one.utility, one.utility))


@cache
def statement(*, of_one: bool) -> Select[Any]:
    """Any: columns differ in type."""
    numbers = {one.key: one.counted.number for one in CONFIRMED_FIGURES if one.counted}
    rows = SITES.rows_with({"utility": KNOWN.c.water_utility, **numbers}, of_one=of_one)
    return rows.where(IS_AVAILABLE).group_by(KNOWN.c.water_utility)
