"""Every figure of progress, declared once: its key, its name and what it means.

The page, the JSON, the CSV file and the workbook all read these.
"""

from dataclasses import dataclass
from datetime import date

from catalogue.enquiries.enquiries import SECTORS, SIZES
from catalogue.fields import MEASURED_THEMES, SITE, THEMES, Theme
from catalogue.profile_sections import SECTIONS
from catalogue.progress import figure_definitions as means
from catalogue.progress import figure_definitions_anchoring as anchoring
from catalogue.progress import figure_definitions_enquiries as asking
from catalogue.progress import figure_definitions_moves as moves
from catalogue.progress import figure_definitions_profile as profiles
from catalogue.progress import figure_definitions_questions as letters
from catalogue.progress import figure_definitions_requests as requests
from catalogue.progress.figure_definitions import Definition
from catalogue.readiness import LEVELS
from catalogue.requests.register_input import REASONS
from catalogue.site import LISTED_STATUSES
from geo.texts import Text

STATUSES: tuple[str, ...] = tuple(entry.code for entry in SITE["status"].codes)
AVAILABLE_STATUSES: frozenset[str] = frozenset(LISTED_STATUSES - {"established"})
"""What an investor can still have: hectares, power and water are summed over these."""
CHOSEN_YEARS: tuple[int, ...] = (2028, 2030, 2032, 2035, 2040)
"""The years, beside today, whose power is followed."""
BIDDING_AREAS: tuple[str, ...] = tuple(entry.code for entry in SITE["bidding_area"].codes)
READINESS_KEYS: tuple[str, ...] = (
    "readiness_none",
    *(f"readiness_{n}" for n in range(len(LEVELS))),
)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number per municipality and in all; several may share a definition."""

    key: str
    name: Text
    definition: Definition

    @property
    def unit(self) -> Text:
        return self.definition.unit


def plain(definition: Definition) -> Figure:
    """A definition with a single figure."""
    return Figure(key=definition.key, name=definition.name, definition=definition)


def part(definition: Definition, key: str, label: Text) -> Figure:
    """One figure of several under a definition, told apart by what stands last."""
    name = Text(f"{definition.name.sv}: {label.sv}", f"{definition.name.en}: {label.en}")
    return Figure(key=f"{definition.key}_{key}", name=name, definition=definition)


def theme_figures(definition: Definition) -> tuple[Figure, ...]:
    """All fields together, then each theme."""
    themes: tuple[Theme, ...] = MEASURED_THEMES
    return plain(definition), *(part(definition, theme, THEMES[theme]) for theme in themes)


def power_figures(definition: Definition, *, by_area: bool) -> tuple[Figure, ...]:
    """Today and each chosen year, in all and by bidding area."""
    found = [part(definition, key, label) for key, label in POWER_TIMES.items()]
    for area in BIDDING_AREAS if by_area else ():
        for key, label in POWER_TIMES.items():
            within = Text(f"{label.sv}, {area}", f"{label.en}, {area}")
            found.append(part(definition, f"{key}_{area.lower()}", within))
    return tuple(found)


def power_key(definition: Definition, year: int | None, area: str = "") -> str:
    """The key of a figure of power; no year is today, no area the whole."""
    end = f"_{area.lower()}" if area else ""
    return f"{definition.key}_{year or 'now'}{end}"


POWER_TIMES: dict[str, Text] = {
    "now": Text("i dag", "today"),
    **{str(year): Text(str(year), str(year)) for year in CHOSEN_YEARS},
}
STATUS_FIGURES: tuple[Figure, ...] = tuple(
    Figure(key=f"sites_{entry.code}", name=entry.label, definition=means.STATUS)
    for entry in SITE["status"].codes
)
READINESS_FIGURES: tuple[Figure, ...] = tuple(
    Figure(key=key, name=label, definition=means.READINESS)
    for key, label in zip(READINESS_KEYS, (Text("Ej bedömd", "Not assessed"), *LEVELS), strict=True)
)
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
    plain(means.SITES), *STATUS_FIGURES, *READINESS_FIGURES, plain(moves.EXPECTED),
    *theme_figures(means.COMPLETENESS), *theme_figures(means.ASKED), *PROFILE_FIGURES,
    plain(means.KNOWN), plain(means.VERIFIED), plain(means.STALE), plain(means.AGE),
    plain(means.GROSS), plain(means.NET),
    *power_figures(means.POWER, by_area=True), *power_figures(means.FIRM, by_area=True),
    *power_figures(means.NAIVE, by_area=False), *power_figures(means.NAIVE_FIRM, by_area=False),
    plain(means.NO_POWER),
    plain(means.DRINKING), plain(means.PROCESS), plain(means.SEWAGE), plain(means.NO_WATER),
    plain(means.PUT_IN), plain(means.TARGET),
    plain(means.QUESTIONS), plain(means.WAITED), plain(means.WAITED_LONGEST),
    *LETTER_FIGURES, *ENQUIRY_FIGURES, *REQUEST_FIGURES, *ANCHORING_FIGURES,
)  # fmt: skip
FIGURE: dict[str, Figure] = {figure.key: figure for figure in FIGURES}
DEFINITIONS: tuple[Definition, ...] = tuple(dict.fromkeys(figure.definition for figure in FIGURES))
FIRST_DAY = date(2000, 1, 1)
"""The earliest day that progress can be asked for."""
