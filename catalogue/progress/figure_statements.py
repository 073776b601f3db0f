"""The statements that count figures: one for each relation, or one for all that are over sites.

What is known of sites is read once for all of them: that takes as long as counting it.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, true, union_all
from sqlalchemy.sql.selectable import Join, Subquery

from catalogue.progress.days import days_cte
from catalogue.progress.figure import Figure
from catalogue.progress.known_sites import SPAN, held_cte
from catalogue.progress.relation import Relation
from catalogue.tables import municipality_area

Batch = tuple[Figure, ...]
"""Figures of one relation that are counted in one way."""


def batches(figures: Iterable[Figure]) -> list[Batch]:
    found: dict[tuple[Relation, bool], list[Figure]] = {}
    for figure in figures:
        found.setdefault((figure.source.relation, figure.source.has_spans), []).append(figure)
    return [tuple(some) for some in found.values()]


def relation_of(batch: Batch) -> Relation:
    return batch[0].source.relation


def numbers_of(batch: Batch) -> dict[str, ColumnElement[Any]]:
    return {figure.key: figure.source.number for figure in batch}


@lru_cache(maxsize=128)
def statement(batch: Batch, *, of_one: bool, is_shared: bool = False) -> Select[Any]:
    """Day, municipality (none for all of them) and the number of each figure.

    Kept, since making it takes longer than PostgreSQL takes for a few sites.
    """
    relation, numbers = relation_of(batch), numbers_of(batch)
    if relation.spans is not None and all(one.source.has_spans for one in batch):
        return relation.in_spans(numbers, relation.spans, of_one=of_one, is_shared=is_shared)
    make = relation.in_steps if relation.has_steps else relation.statement
    return make(numbers, of_one=of_one, is_shared=is_shared)


@lru_cache(maxsize=128)
def nothing(batch: Batch) -> Select[Any]:
    """The number of each figure where nothing is known."""
    return relation_of(batch).nothing(numbers_of(batch))


@lru_cache(maxsize=64)
def together(some: tuple[Batch, ...], *, of_one: bool) -> Select[Any]:
    """Day and code, empty for all municipalities together; then for each batch, all of which have
    the base, the day again where anything was counted, and its numbers."""
    days, needed = days_cte(), set[str]()
    code = municipality_area.c.code
    place = union_all(select(code.label("code")), select(literal(""))).subquery("place")
    rows: Join = days.join(place, true())
    columns: list[ColumnElement[Any]] = [days.c.day, place.c.code]
    for number, batch in enumerate(some):
        relation = relation_of(batch)
        base = relation.ctes(relation.used(numbers_of(batch).values()), of_one)[0]
        needed |= set(base.c.keys()) - set(SPAN)
        part = statement(batch, of_one=of_one, is_shared=True).subquery(f"batch_{number}")
        rows = rows.outerjoin(part, is_at(part, days.c.day, place.c.code))
        columns += [part.c.day, *[part.c[figure.key] for figure in batch]]
    return select(*columns).select_from(rows).add_cte(held_cte(needed, of_one=of_one))


def is_at(part: Subquery, day: ColumnElement[Any], code: ColumnElement[Any]) -> ColumnElement[bool]:
    return (part.c.day == day) & (func.coalesce(part.c.municipality, "") == code)
