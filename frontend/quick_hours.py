"""Hours entered in one go where the work was done: half an hour proposed, and a way to undo."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from catalogue.fields import SITE, Theme
from catalogue.hours.activities import Activities, offered
from catalogue.hours.hours import ROLES, HoursEntry
from catalogue.hours.month_names import month_name
from frontend.formats import number
from geo.texts import Language, Text

QUICK_HOURS_PATH = "/workspace/hours"
STEPS = tuple(half / 2 for half in range(1, 17))
"""Half an hour to a working day."""
BY_THEME: dict[Theme, str] = {
    "power": "grid_contact",
    "water": "water_contact",
    "plan": "planning",
}
"""What work on a theme usually is; anything else is collecting data."""


@dataclass(frozen=True, kw_only=True)
class QuickHours:
    """What a page proposes to enter, and what has just been entered."""

    municipality: str
    month: date
    role: str
    """As the person gave it last; empty where they never did."""
    sites: Sequence[tuple[str, str]] = ()
    """Reference and name, where the person may choose."""
    reference: str = ""
    """The site it was about."""
    activities: Activities
    activity: str = "data_collection"
    """Proposed; the first on offer where the list no longer has it."""
    back: str
    """Where the person comes from, and is led back to."""
    logged: HoursEntry | None = None

    def about(self, reference: str, keys: Sequence[str]) -> "QuickHours":
        """Proposed for work on these fields of a site."""
        themes = {SITE[key].theme for key in keys if key in SITE and not SITE[key].computed}
        usual = {BY_THEME.get(theme, "data_collection") for theme in themes}
        activity = usual.pop() if len(usual) == 1 else "data_collection"
        return replace(self, reference=reference, activity=activity)

    @property
    def month_words(self) -> Text:
        return month_name(self.month)

    @property
    def offered(self) -> dict[str, Text]:
        return offered(self.activities)

    @property
    def suggested_role(self) -> Text:
        return Text(self.role, self.role) if self.role else ROLES[0]

    def choices(self, language: Language) -> list[tuple[str, str]]:
        """`30 min`, `1 h`, `1,5 h` …"""
        return [
            (f"{hours:g}", "30 min" if hours < 1 else f"{number(hours, language)} h")
            for hours in STEPS
        ]
