"""How visitors have searched for seven months: counts by day, and which examples dropped out."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from catalogue.copying import copy_rows
from catalogue.listing import LISTINGS
from catalogue.rules import Rules
from catalogue.search import saved_searches, uses
from catalogue.tables import search_use


class Habit(NamedTuple):
    """A search that visitors make over and over."""

    weight: int
    """How often, beside the others."""
    query: str
    since_days: int = 0
    """If not 0, only the last so many days: what has lately come into demand."""


HABITS: tuple[Habit, ...] = (
    Habit(16, "power_mw_min=50&power_year=2030"),
    Habit(14, "area_gross_ha_min=20"),
    Habit(12, "power_mw_min=100&power_year=2030&area_gross_ha_min=40"),
    Habit(10, "detaljplan_status_min=antagen&area_gross_ha_min=10"),
    Habit(10, "area_net_ha_min=25&distance_rail_km_max=5"),
    Habit(9, "suitable_for=data_centre&power_mw_min=60&power_year=2029&power_firm=true", 75),
    Habit(8, "bidding_area=SE2&power_mw_min=100&power_year=2031"),
    Habit(8, "detaljplan_status_min=laga_kraft&power_mw_min=20"),
    Habit(7, "suitable_for=battery&area_gross_ha_min=60&power_mw_min=80&power_year=2030"),
    Habit(7, "text=industrispår"),
    Habit(6, "municipality=2180,2181&area_gross_ha_min=15"),
    Habit(6, "suitable_for=logistics&distance_e_road_km_max=5&area_gross_ha_min=20"),
    Habit(6, "process_water_m3_day_min=2000&power_mw_min=100&power_year=2032"),
    Habit(5, "readiness_min=3&area_gross_ha_min=10"),
    Habit(5, "near=17.14,60.67,30&area_gross_ha_min=10"),
    Habit(5, "distance_port_km_max=20&area_gross_ha_min=30"),
    Habit(4, "municipality=2182,2184&distance_rail_km_max=3"),
    Habit(4, "suitable_for=hydrogen&power_mw_min=150&power_year=2032&unknown=exclude", 60),
    Habit(3, "readiness_min=4&power_mw_min=30&basis_min=utility_written"),
    Habit(3, "sewage_m3_day_min=1000&drinking_water_m3_day_min=500"),
    Habit(2, "bidding_area=SE3&fresh=true&power_mw_min=50"),
)
DAYS = 210
BUSY, QUIET = 9, 2
"""Searches on a usual working day, and on a day of rest."""
HOLIDAY_MONTHS = frozenset({7, 12})
GROWTH = 1.2
"""By how much the last day is busier than the first, as a share."""


def add_demand(session: Session, names: Mapping[str, str], rules: Rules) -> None:
    """Nothing where searches are counted already; today is left to those who search today."""
    if session.scalars(select(func.count()).select_from(search_use)).one():
        return
    table = LISTINGS["public"]
    wanted = [saved_searches.read_query(habit.query, names) for habit in HABITS]
    fallen = [uses.dropouts(session, one, table) for one in wanted]
    random = Random("demand")
    rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    for ago in range(DAYS, 0, -1):
        day = rules.today - timedelta(days=ago)
        counts = uses.Counts()
        for place in random.choices(
            range(len(HABITS)), weights_on(ago), k=visits(random, day, ago)
        ):
            counts.count(wanted[place], fallen[place], 1)
        for kept, some in uses.rows_of(counts, day).items():
            rows[kept] += some
    for kept, some in rows.items():
        copy_rows(session, kept, some)


def weights_on(ago: int) -> list[int]:
    return [0 if habit.since_days and ago > habit.since_days else habit.weight for habit in HABITS]


def visits(random: Random, day: date, ago: int) -> int:
    """Searches of one day: fewer at weekends and in holidays, more as the catalogue is known."""
    usual = QUIET if day.weekday() >= 5 else BUSY
    if day.month in HOLIDAY_MONTHS:
        usual = QUIET
    return round(usual * (1 + GROWTH * (DAYS - ago) / DAYS) * random.uniform(0.6, 1.4))
