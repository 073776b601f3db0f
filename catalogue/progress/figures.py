"""Every figure of progress, declared once, in the order in which they are told.

The page, the JSON, the CSV file and the workbook all read these.
"""

from datetime import date

from catalogue.enquiries.enquiries import SECTORS, SIZES
from catalogue.power import CHOSEN_YEARS
from catalogue.profile_sections import SECTIONS
from catalogue.progress import figure_definitions as means
from catalogue.progress import figure_definitions_anchoring as anchoring
from catalogue.progress import figure_definitions_enquiries as asking
from catalogue.progress import figure_definitions_moves as moves
from catalogue.progress import figure_definitions_profile as profiles
from catalogue.progress import figure_definitions_questions as letters
from catalogue.progress import figure_definitions_requests as requests
from catalogue.progress.figure import (
    AVAILABLE_STATUSES,
    BIDDING_AREAS,
    POWER_TIMES,
    STATUSES,
    Figure,
    part,
    plain,
    power_key,
)
from catalogue.progress.figure_definitions import Definition
from catalogue.progress.figures_sites import (
    AREA_FIGURES,
    COMPLETENESS_FIGURES,
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
from catalogue.requests.register_input import REASONS
from geo.texts import Text

__all__ = [
    "AVAILABLE_STATUSES", "BIDDING_AREAS", "CHOSEN_YEARS", "DEFINITIONS", "ENQUIRY_FIGURES",
    "FIGURE", "FIGURES", "FIRST_DAY", "LETTER_FIGURES", "POWER_TIMES", "PROFILE_FIGURES",
    "READINESS_FIGURES", "READINESS_KEYS", "REQUEST_FIGURES", "STATUSES", "STATUS_FIGURES",
    "Figure", "power_key",
]  # fmt: skip

PROFILE_FIGURES: tuple[Figure, ...] = (
    *(part(profiles.COMPLETENESS, section, label) for section, (label, _) in SECTIONS.items()),
    *(plain(one) for one in (profiles.COMPLETENESS, profiles.ASKED, profiles.VERIFIED)),
)
"""Each section, then the profile as a whole."""
LETTER_FIGURES: tuple[Figure, ...] = tuple(
    plain(one)
    for one in (
        letters.OPEN,
        letters.WAITED,
        letters.WAITED_LONGEST,
        letters.ANSWERED,
        letters.TAKEN,
    )
)
UNSAID = Text("Ej angivet", "Not said")
ENQUIRY_FIGURES: tuple[Figure, ...] = (
    *(plain(one) for one in (asking.RECEIVED, asking.ANSWERED, asking.TAKEN)),
    *(part(asking.SECTOR, code, label) for code, label in SECTORS.items()),
    part(asking.SECTOR, "unsaid", UNSAID),
    *(part(asking.SIZE, code, label) for code, label in SIZES.items()),
    part(asking.SIZE, "unsaid", UNSAID),
)
REQUEST_FIGURES: tuple[Figure, ...] = (
    *(plain(one) for one in requests.MEANT),
    *(part(requests.LOST_BECAUSE, code, label) for code, label in REASONS.items()),
    part(requests.LOST_BECAUSE, "unsaid", UNSAID),
)
ANCHORING_FIGURES: tuple[Figure, ...] = tuple(plain(one) for one in anchoring.MEANT)
FIGURES: tuple[Figure, ...] = (
    SITES_FIGURE, *STATUS_FIGURES, *READINESS_FIGURES, plain(moves.EXPECTED),
    *COMPLETENESS_FIGURES, *PROFILE_FIGURES, *TRUST_FIGURES,
    *AREA_FIGURES, *LAND_FIGURES, *POWER_FIGURES, *WATER_FIGURES,
    plain(means.PUT_IN), plain(means.TARGET),
    *QUESTION_FIGURES, *LETTER_FIGURES, *ENQUIRY_FIGURES, *REQUEST_FIGURES,
    *ANCHORING_FIGURES,
)  # fmt: skip
FIGURE: dict[str, Figure] = {figure.key: figure for figure in FIGURES}
DEFINITIONS: tuple[Definition, ...] = tuple(dict.fromkeys(figure.definition for figure in FIGURES))
FIRST_DAY = date(2000, 1, 1)
"""The earliest day that progress can be asked for."""
