"""What an installation has decided about its catalogue, and what time it is there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from catalogue.completeness import Weights
from catalogue.provenance import ShelfLife
from catalogue.settings import Settings

SWEDEN = ZoneInfo("Europe/Stockholm")


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Rules:
    """Handed to whatever judges or writes; `clock` gives an aware time."""

    reference_prefix: str = "GVB"
    shelf_life: ShelfLife = ShelfLife()
    weights: Weights = Weights()
    """Of the levels of fields, in completeness."""
    four_eyes: bool = False
    """Whether another person than the one who changed a site last must publish it."""
    clock: Callable[[], datetime] = system_clock

    def now(self) -> datetime:
        return self.clock()

    @property
    def today(self) -> date:
        """The day it is in Sweden."""
        return self.clock().astimezone(SWEDEN).date()

    def under(self, settings: Settings) -> "Rules":
        """What these settings decide, by the same clock."""
        shelf_life = ShelfLife(settings.shelf_life_power_days, settings.shelf_life_days)
        return replace(
            self,
            reference_prefix=settings.reference_prefix,
            shelf_life=shelf_life,
            weights=weights_of(settings),
            four_eyes=settings.four_eyes,
        )


def weights_of(settings: Settings) -> Weights:
    return Weights(settings.weight_level_1, settings.weight_level_2, settings.weight_level_3)


def rules_of(settings: Settings) -> Rules:
    return Rules().under(settings)
