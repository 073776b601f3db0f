"""Questions to the read side: a page of sites, one site, how many, and what stands on the map."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, func, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Text as TextType

from catalogue import conditions
from catalogue.errors import BadParameters, Fault, NoSuchSite
from catalogue.filters import PARAMETERS, SiteFilter
from catalogue.tables import NAME_KEYS
from geo.texts import Text

MAX_LIMIT = 1_000
DEFAULT_SORT = ("-readiness",)
SWEDISH = "sv-SE-x-icu"
SORT_KEYS: frozenset[str] = frozenset(
    {"reference", "municipality", "status", "updated_at", "published_at", *NAME_KEYS}
    | {parameter.field.key for parameter in PARAMETERS.values()}
)


@dataclass(frozen=True)
class Detail:
    """One site as finished GeoJSON text, and which version of it that is."""

    feature: str
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class Totals:
    """How many sites meet the filter, may fit it, and fail it."""

    meets: int
    may_fit: int
    fails: int


@dataclass(frozen=True)
class Page:
    """Which part of the matching sites, and in which order."""

    limit: int = 20
    offset: int = 0
    sort: tuple[str, ...] = ()
    """Keys of `SORT_KEYS`, `-` before one for falling; sites that meet always come first."""


def read_sort(given: str | None) -> tuple[str, ...]:
    """The sort keys of a query; raises `BadParameters` for one that does not exist."""
    keys = tuple(key.strip() for key in (given or "").split(",") if key.strip())
    for key in keys:
        if key.removeprefix("-") not in SORT_KEYS:
            raise BadParameters(
                [
                    Fault(
                        "sort",
                        Text("Går inte att sortera på ”{key}”.", "Cannot sort by “{key}”.").format(
                            key=key[:40]
                        ),
                        in_parameter=True,
                    )
                ]
            )
    return keys


def statement(
    wanted: SiteFilter, table: Table, page: Page | None, text: Column[str]
) -> tuple[Select[*tuple[Any, ...]], tuple[str, ...]]:
    """The sites that pass: the opened feature, then one flag for each key that may be unknown.

    The text is closed in Python: joined in SQL, PostgreSQL would fetch the stored feature of every
    match before it sorts. Any: the number of flags differs.
    """
    some = conditions.terms(wanted, table)
    uncertain = [term for term in some if term.key]
    found: Select[*tuple[Any, ...]] = select(
        text, *(term.holds.is_(None) for term in uncertain)
    ).where(conditions.accepted(some, wanted))
    if page is not None:
        found = (
            found.order_by(*order(wanted, some, table, page.sort))
            .limit(page.limit)
            .offset(page.offset)
        )
    else:
        found = found.order_by(table.c.reference)
    return found, tuple(term.key for term in uncertain)


def order(
    wanted: SiteFilter, some: list[conditions.Term], table: Table, sort: tuple[str, ...]
) -> list[ColumnElement[Any]]:
    """Sites that meet first, then as asked, then by reference so that pages never overlap.

    Any: the keys differ in type.
    """
    keys: list[ColumnElement[Any]] = []
    uncertain = [term for term in some if term.key]
    if uncertain and wanted.unknown == "include":
        keys.append(conditions.fit(uncertain).is_(None))
    for key in sort or DEFAULT_SORT:
        by = table.c[key.removeprefix("-")]
        ordered: ColumnElement[Any] = by.collate(SWEDISH) if isinstance(by.type, TextType) else by
        keys.append((ordered.desc() if key.startswith("-") else ordered.asc()).nulls_last())
    return [*keys, table.c.reference]


def features(session: Session, wanted: SiteFilter, table: Table, page: Page) -> list[str]:
    """A page of the sites that pass, each as finished GeoJSON text."""
    found, keys = statement(wanted, table, page, table.c.feature)
    return [row[0] + closing(keys, tuple(row[1:])) for row in session.execute(found)]


def all_details(session: Session, wanted: SiteFilter, table: Table) -> Iterator[str]:
    """Every site that passes, with all that the audience may know, streamed for a file."""
    found, keys = statement(wanted, table, None, table.c.detail)
    for row in session.execute(found.execution_options(yield_per=500)):
        yield row[0] + closing(keys, tuple(row[1:]))


@lru_cache(maxsize=1_000)
def closing(keys: tuple[str, ...], flags: tuple[bool, ...]) -> str:
    """What ends a feature: whether it meets the filter, and for which keys that is not known."""
    unknown = list(dict.fromkeys(key for key, flag in zip(keys, flags, strict=True) if flag))
    fit = "may_fit" if unknown else "meets"
    return f',"fit":"{fit}","unknown":{json.dumps(unknown)}}}}}'


def detail(session: Session, reference: str, table: Table) -> Detail:
    """One site with everything the audience may know; raises `NoSuchSite`."""
    row = session.execute(
        select(table.c.detail, table.c.version, table.c.updated_at).where(
            table.c.reference == reference
        )
    ).first()
    if row is None:
        raise NoSuchSite(reference)
    return Detail(row.detail + "}}", row.version, row.updated_at)


def totals(session: Session, wanted: SiteFilter, table: Table) -> Totals:
    """Counted in one scan; a site for which nothing is unknown meets."""
    met, passed, everything = session.execute(counted(wanted, table)).one()
    return Totals(met, passed - met, everything - passed)


def counted(wanted: SiteFilter, table: Table) -> Select[*tuple[Any, ...]]:
    """How many sites meet the filter, pass it, and are there at all."""
    some = conditions.terms(wanted, table)
    uncertain = [term for term in some if term.key]
    meets = func.count().filter(conditions.fit(uncertain)) if uncertain else func.count()
    whole = select(func.count()).select_from(table).scalar_subquery()
    return (
        select(meets, func.count(), whole)
        .select_from(table)
        .where(conditions.accepted(some, wanted))
    )
