"""Numbers of the figures that are counted in SQL: any days, each municipality and all at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from catalogue.completeness import Weights
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.counted_versions import count_missing
from catalogue.progress.days import Places, parameters
from catalogue.progress.figure import Figure
from catalogue.progress.figure_statements import (
    Batch,
    batches,
    nothing,
    relation_of,
    statement,
    together,
)
from catalogue.progress.progress_counts import Numbers
from catalogue.provenance import ShelfLife

Place = tuple[date, str]
"""A day and a municipality's code; an empty code is all of them together."""
Found = dict[Place, Numbers]


def counted_numbers(
    session: Session,
    figures: Iterable[Figure],
    days: Sequence[date],
    codes: Iterable[str],
    shelf_life: ShelfLife,
    municipality: Places = None,
    plan: ProjectPlan | None = None,
    *,
    weights: Weights = Weights(),
) -> Found:
    """The figures that are counted in SQL, by day and municipality, and in all.

    A statement for each relation, however many days there are, and one for all of sites. With
    `municipality`, all is what that one has, or those.
    """
    every = batches(figures)
    found: Found = {(day, code): {} for day in days for code in ("", *codes)}
    if any(figure.is_of_sites for batch in every for figure in batch):
        count_missing(session, municipality if isinstance(municipality, str) else None)
    given = parameters(
        sorted(set(days)),
        shelf_life,
        municipality,
        plan,
        weights=plan.weights if plan else weights,
    )
    for batch in every:
        of_nothing = told(batch, session.execute(nothing(batch)).one())
        for numbers in found.values():
            numbers.update(of_nothing)
    for place, numbers in counted(session, every, given, of_one=municipality is not None):
        if place in found:
            found[place].update(numbers)
    return found


def counted(
    session: Session, every: Sequence[Batch], given: Mapping[str, Any], *, of_one: bool
) -> Iterator[tuple[Place, Numbers]]:
    """What is counted where there is anything. Any: parameters differ in type."""
    shared = [batch for batch in every if relation_of(batch).has_base]
    alone = [batch for batch in every if batch not in shared or len(shared) == 1]
    for batch in alone:
        for day, code, *values in session.execute(statement(batch, of_one=of_one), given):
            yield (day, code or ""), told(batch, values)
    if len(shared) < 2:
        return
    for day, code, *values in session.execute(together(tuple(shared), of_one=of_one), given):
        left = iter(values)
        for batch in shared:
            is_counted, *numbers = islice(left, len(batch) + 1)
            if is_counted is not None:
                yield (day, code), told(batch, numbers)


def told(batch: Batch, values: Iterable[Decimal | float | None]) -> Numbers:
    return tidied([figure.key for figure in batch], values)


def tidied(keys: Iterable[str], values: Iterable[Decimal | float | None]) -> Numbers:
    return {
        key: float(value) if isinstance(value, Decimal) else value
        for key, value in zip(keys, values, strict=True)
    }
