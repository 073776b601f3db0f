"""What was in place in each municipality, as it was known when a day ended."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from catalogue.anchoring.parts import PARTS, Part, State
from catalogue.progress.days import parameters
from catalogue.progress.register_anchoring import IN_PLACE, SINCE, STANDING, TOWNS
from catalogue.provenance import ShelfLife


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One municipality at the end of a day."""

    day: date
    days: Mapping[Part, date] = field(default_factory=dict)
    """Since when, or when last; a part that there is nothing of is left out."""
    in_place: Collection[Part] = ()
    """The parts that are there and not old."""
    has_swot: bool = False
    """Whether the profile says anything of it, with or without a day."""

    def since(self, part: Part) -> date | None:
        """The day that stands in the matrix; None where there is nothing."""
        return self.days.get(part)

    def state(self, part: Part) -> State:
        if part in self.in_place:
            return "in_place"
        return "old" if part in self.days else "missing"


def town_standings(
    session: Session, day: date, codes: Collection[str], shelf_life: ShelfLife
) -> dict[str, Standing]:
    """By code, what the actor may read of these municipalities: the rows that figures count."""
    rows = session.execute(statement(), parameters([day], shelf_life, list(codes))).mappings()
    return {
        row["municipality"]: Standing(
            day=day,
            days={part: row[part] for part in PARTS if row[part]},
            in_place=[part for part in PARTS if row[f"is_{part}_in_place"]],
            has_swot=row["has_swot"],
        )
        for row in rows
    }


@cache
def statement() -> Select[Any]:
    """Any: columns differ in type."""
    columns: dict[str, ColumnElement[Any]] = {
        "municipality": TOWNS.c.municipality,
        "has_swot": TOWNS.c.has_swot,
        **{str(part): since for part, since in SINCE.items()},
        **{f"is_{part}_in_place": held for part, held in IN_PLACE.items()},
    }
    return STANDING.rows_with(columns, of_one=True)
