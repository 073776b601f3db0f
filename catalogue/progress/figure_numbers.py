"""Numbers of the figures that are counted in SQL: any days, each municipality and all at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from catalogue.progress.counted_versions import count_missing
from catalogue.progress.figure import Figure
from catalogue.progress.known_sites import Days, Relation, days_of
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
    municipality: str | None = None,
) -> Found:
    """The figures that are counted in SQL, by day and municipality, and in all.

    A statement for each relation, however many days there are. With `municipality`, all is what
    that one has.
    """
    by_relation: dict[Relation, dict[str, ColumnElement[object]]] = {}
    for figure in figures:
        if figure.counted is not None:
            numbers = by_relation.setdefault(figure.counted.relation, {})
            numbers[figure.key] = figure.counted.number
    found: Found = {(day, code): {} for day in days for code in ("", *codes)}
    if by_relation:
        count_missing(session, municipality)
    for relation, numbers in by_relation.items():
        add(session, relation, numbers, days_of(shelf_life, municipality), found)
    return found


def add(
    session: Session,
    relation: Relation,
    numbers: Mapping[str, ColumnElement[object]],
    wanted: Days,
    found: Found,
) -> None:
    days = sorted({day for day, _ in found})
    rows = session.execute(relation.statement(wanted, numbers), {"days": days})
    nothing = tidied(numbers, session.execute(relation.nothing(numbers)).one())
    for numbers_of_place in found.values():
        numbers_of_place.update(nothing)
    for day, code, *values in rows:
        if (day, code or "") in found:
            found[day, code or ""].update(tidied(numbers, values))


def tidied(keys: Iterable[str], values: Iterable[Decimal | float | None]) -> Numbers:
    return {
        key: float(value) if isinstance(value, Decimal) else value
        for key, value in zip(keys, values, strict=True)
    }
