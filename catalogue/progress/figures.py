"""Every figure of progress, declared once, in the order in which they are told.

The page, the JSON, the CSV file and the workbook all read these.
"""

from datetime import date

from catalogue.fields import Theme
from catalogue.power import CHOSEN_YEARS
from catalogue.progress import figure_definitions as means
from catalogue.progress.figure import (
    BIDDING_AREAS,
    POWER_TIMES,
    STATUSES,
    UNSAID,
    Figure,
    power_key,
    registered,
)
from catalogue.progress.figure_definitions import Definition
from catalogue.progress.figures_sites import (
    AREA_FIGURES,
    COMPLETENESS_FIGURES,
    EXPECTED_FIGURE,
    LAND_FIGURES,
    POWER_FIGURES,
    QUESTION_FIGURES,
    READINESS_FIGURES,
    READINESS_KEYS,
    SITES_FIGURE,
    STATUS_FIGURES,
    TRUST_FIGURES,
    WATER_FIGURES,
)
from catalogue.progress.register_anchoring import ANCHORING_FIGURES
from catalogue.progress.register_enquiries import ENQUIRY_FIGURES
from catalogue.progress.register_hours import PUT_IN, TARGET
from catalogue.progress.register_profiles import PROFILE_FIGURES
from catalogue.progress.register_questions import LETTER_FIGURES
from catalogue.progress.register_requests import REQUEST_FIGURES
from catalogue.progress.version_counts import AVAILABLE_STATUSES

__all__ = [
    "ANCHORING_FIGURES", "AVAILABLE_STATUSES", "BIDDING_AREAS", "CHOSEN_YEARS", "DEFINITIONS", "ENQUIRY_FIGURES",
    "FIGURE", "FIGURES", "FIRST_DAY", "LETTER_FIGURES", "POWER_TIMES", "PROFILE_FIGURES",
    "READINESS_FIGURES", "READINESS_KEYS", "REQUEST_FIGURES", "STATUSES", "STATUS_FIGURES", "UNSAID",
    "Figure", "figures_of", "power_key",
]  # fmt: skip

FIGURES: tuple[Figure, ...] = (
    SITES_FIGURE, *STATUS_FIGURES, *READINESS_FIGURES, EXPECTED_FIGURE,
    *COMPLETENESS_FIGURES, *PROFILE_FIGURES, *TRUST_FIGURES,
    *AREA_FIGURES, *LAND_FIGURES, *POWER_FIGURES, *WATER_FIGURES,
    registered(means.PUT_IN, PUT_IN), registered(means.TARGET, TARGET),
    *QUESTION_FIGURES, *LETTER_FIGURES, *ENQUIRY_FIGURES, *REQUEST_FIGURES,
    *ANCHORING_FIGURES,
)  # fmt: skip
FIGURE: dict[str, Figure] = {figure.key: figure for figure in FIGURES}
DEFINITIONS: tuple[Definition, ...] = tuple(dict.fromkeys(figure.definition for figure in FIGURES))


def figures_of(theme: Theme | None) -> tuple[Figure, ...]:
    """Those that are counted by theme, of one; every figure where none is named."""
    if theme is None:
        return FIGURES
    return tuple(one for one in COMPLETENESS_FIGURES if one.key.endswith(f"_{theme}"))


FIRST_DAY = date(2000, 1, 1)
"""The earliest day that progress can be asked for."""
