"""The headline figures at the end of each month since the baseline, for the charts of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.progress.figures import FIGURE
from catalogue.progress.readings import Reading, numbers_on
from catalogue.progress.series import month_ends

TREND_KEYS = (
    "sites_published", "completeness", "verified_pct", "stale_values",
    "area_net_ha", "power_firm_mw_now", "questions_open", "hours", "hours_target",
)  # fmt: skip


@dataclass(frozen=True)
class Trends:
    """Figures over time, of the municipalities read together."""

    days: Sequence[date]
    values: Mapping[str, Sequence[float | None]]
    """By key of the figure, a day each."""


def trends(reading: Reading, baseline: date, as_of: date) -> Trends:
    """From the baseline to the day shown, which is the last."""
    first = min(baseline, as_of)
    days = [day for day in month_ends(first, as_of, as_of) if day < as_of] + [as_of]
    found = numbers_on(reading, days, [FIGURE[key] for key in TREND_KEYS])
    place = next(iter(reading.names)) if len(reading.names) == 1 else ""
    return Trends(days, {key: [found[day, place][key] for day in days] for key in TREND_KEYS})
