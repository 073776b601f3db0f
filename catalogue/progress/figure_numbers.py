"""Numbers of the figures that are counted in SQL: any days, each municipality and all at once."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from catalogue.completeness import Weights
from catalogue.hours.hours import ProjectPlan
from catalogue.progress.counted_versions import count_missing
from catalogue.progress.days import Places, parameters
from catalogue.progress.figure import Figure
from catalogue.progress.progress_counts import Numbers
from catalogue.progress.relation import Relation
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

    A statement for each relation, however many days there are. With `municipality`, all is what
    that one has, or those.
    """
    by_relation: dict[tuple[Relation, bool], list[Figure]] = {}
    for figure in figures:
        key = figure.source.relation, figure.source.has_spans
        by_relation.setdefault(key, []).append(figure)
    found: Found = {(day, code): {} for day in days for code in ("", *codes)}
    if any(figure.is_of_sites for some in by_relation.values() for figure in some):
        count_missing(session, municipality if isinstance(municipality, str) else None)
    given = parameters(
        sorted(set(days)),
        shelf_life,
        municipality,
        plan,
        weights=plan.weights if plan else weights,
    )
    for some in by_relation.values():
        keys = [figure.key for figure in some]
        of_all, of_nothing = statements(tuple(some), of_one=municipality is not None)
        rows = session.execute(of_all, given).all()
        nothing = tidied(keys, session.execute(of_nothing).one())
        for numbers in found.values():
            numbers.update(nothing)
        for day, code, *values in rows:
            if (day, code or "") in found:
                found[day, code or ""].update(tidied(keys, values))
    return found


@lru_cache(maxsize=64)
def statements(figures: tuple[Figure, ...], *, of_one: bool) -> tuple[Select[Any], Select[Any]]:
    """Of some figures of one relation: their numbers, and what they are where nothing is known.

    Kept, since making them takes longer than PostgreSQL takes for a few sites.
    """
    sources = {figure.key: figure.source for figure in figures}
    numbers = {key: one.number for key, one in sources.items()}
    relation = next(iter(sources.values())).relation
    nothing = relation.nothing(numbers)
    if relation.spans is not None and all(one.has_spans for one in sources.values()):
        return relation.in_spans(numbers, relation.spans, of_one=of_one), nothing
    make = relation.in_steps if relation.has_steps else relation.statement
    return make(numbers, of_one=of_one), nothing


def tidied(keys: Iterable[str], values: Iterable[Decimal | float | None]) -> Numbers:
    return {
        key: float(value) if isinstance(value, Decimal) else value
        for key, value in zip(keys, values, strict=True)
    }
