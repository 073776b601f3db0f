"""How the project is anchored, as figures: of one municipality, or of all of them together."""

from collections.abc import Sequence

from catalogue.anchoring.standing import Standing, days_since
from catalogue.progress.figure_definitions_anchoring import (
    APPOINTED,
    ATTENDED,
    DECISION,
    IDLE,
    IN_PLACE,
    SWOT_AGE,
    TRAINED,
    TRAININGS,
)
from catalogue.progress.progress_counts import Numbers


def anchoring_numbers(of: dict[str, Standing]) -> Numbers:
    """By the key of the figure; a meeting where several of them were counts once."""
    standings = list(of.values())
    return {
        DECISION.key: sum(one.decided_on is not None for one in standings),
        APPOINTED.key: sum(since is not None for one in standings for since in one.seats.values()),
        IN_PLACE.key: sum(one.in_place for one in standings),
        ATTENDED.key: len({held.id for one in standings for held in one.gatherings}),
        TRAININGS.key: len({held.id for one in standings for held in one.trainings}),
        TRAINED.key: sum(
            held.attended[code] or 0 for code, one in of.items() for held in one.trainings
        ),
        IDLE.key: longest([days_since(one.last_activity, one.day) for one in standings]),
        SWOT_AGE.key: longest([days_since(one.swot_on, one.day) for one in standings]),
    }


def longest(days: Sequence[int | None]) -> int | None:
    return max((one for one in days if one is not None), default=None)
