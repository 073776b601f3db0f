"""Questions to the read side: a page of sites, one site, how many, and what stands on the map."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    SelectBase,
    Table,
    and_,
    bindparam,
    false,
    func,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.types import Text as TextType

from catalogue.errors import BadParameters, Fault, NoSuchSite
from catalogue.search import conditions
from catalogue.search.filters import PARAMETERS, SiteFilter
from catalogue.tables import NAME_KEYS
from geo.texts import Text

MAX_LIMIT = 1_000
MOST_IN_SITEMAP = 20_000
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
    municipality: str
    status: str


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


class SortKey(NamedTuple):
    """One expression to sort by; what is not known comes last either way."""

    by: ColumnElement[Any]
    """Any: the keys differ in type."""
    falls: bool = False

    def ordered(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return (column.desc() if self.falls else column.asc()).nulls_last()


def order(
    wanted: SiteFilter, some: list[conditions.Term], table: Table, sort: tuple[str, ...]
) -> list[SortKey]:
    """Sites that meet first, then as asked, then by reference so that pages never overlap."""
    keys: list[SortKey] = []
    uncertain = [term for term in some if term.key]
    if uncertain and wanted.unknown == "include":
        keys.append(SortKey(conditions.fit(uncertain).is_(None)))
    for key in sort or DEFAULT_SORT:
        column = table.c[key.removeprefix("-")]
        is_text = isinstance(column.type, TextType)
        keys.append(SortKey(column.collate(SWEDISH) if is_text else column, key.startswith("-")))
    return [*keys, SortKey(table.c.reference)]


def passing(
    wanted: SiteFilter,
    table: Table,
    *columns: ColumnElement[Any],
    where: ColumnElement[bool] | None = None,
) -> SelectBase:
    """These columns of the sites that pass, in no order; Any: the columns differ in type."""
    accepted = conditions.accepted(conditions.terms(wanted, table), wanted)
    held = accepted if where is None else and_(accepted, where)
    some = [
        select(*columns).select_from(table).where(stretch, held)
        for stretch in conditions.stretches(wanted, table)
    ]
    return union_all(*some) if len(some) > 1 else some[0]


def page_statement(
    wanted: SiteFilter, table: Table, page: Page, *, counted: bool = False
) -> tuple[Select[*tuple[Any, ...]], tuple[str, ...]]:
    """A page of the sites that pass: the opened feature, then a flag for each key in doubt.

    `counted` puts before the flags how many sites meet the filter, and how many pass it; the page
    then has one row without a feature where it is empty. Sites are chosen, and counted, in one scan
    of columns that an index holds, and only then are the features fetched. Any: the number of flags
    differs.
    """
    some = conditions.terms(wanted, table)
    uncertain = [term for term in some if term.key]
    keys = order(wanted, some, table, page.sort)
    places = [key.by.label(f"place_{number}") for number, key in enumerate(keys)]
    flags = [
        term.holds.is_(None).label(f"unknown_{number}") for number, term in enumerate(uncertain)
    ]
    rows = passing(wanted, table, table.c.reference, *flags, *places).cte("passing")

    def sorting(columns: ReadOnlyColumnCollection[str, Any]) -> list[ColumnElement[Any]]:
        return [key.ordered(columns[place.name]) for key, place in zip(keys, places, strict=True)]

    chosen = (
        select(rows)
        .order_by(*sorting(rows.c))
        .limit(page.limit)
        .offset(page.offset)
        .subquery("chosen")
    )
    told: list[ColumnElement[Any]] = [chosen.c[flag.name] for flag in flags]
    source: FromClause = chosen.join(table, chosen.c.reference == table.c.reference)
    if counted:
        is_doubtful = or_(false(), *(rows.c[flag.name] for flag in flags))
        totals = (
            select(
                func.count().filter(not_(is_doubtful)).label("met"), func.count().label("passed")
            )
            .select_from(rows)
            .subquery("totals")
        )
        source = totals.outerjoin(source, true())
        told = [totals.c.met, totals.c.passed, *told]
    statement: Select[*tuple[Any, ...]] = (
        select(table.c.feature, *told).select_from(source).order_by(*sorting(chosen.c))
    )
    return statement, tuple(term.key for term in uncertain)


def whole_statement(
    wanted: SiteFilter, table: Table
) -> tuple[Select[*tuple[Any, ...]], tuple[str, ...]]:
    """Every site that passes, by reference, with all that the audience may know. Any: as above."""
    some = conditions.terms(wanted, table)
    uncertain = [term for term in some if term.key]
    statement: Select[*tuple[Any, ...]] = (
        select(whole(table), *(term.holds.is_(None) for term in uncertain))
        .where(conditions.accepted(some, wanted))
        .order_by(table.c.reference)
    )
    return statement, tuple(term.key for term in uncertain)


def found(
    session: Session, wanted: SiteFilter, table: Table, page: Page, listed: int
) -> tuple[Totals, list[str]]:
    """How many of the sites that are `listed`, and a page of those that pass, each as finished
    GeoJSON text."""
    if not conditions.terms(wanted, table):
        return Totals(listed, 0, 0), features(session, wanted, table, page)
    statement, keys = page_statement(wanted, table, page, counted=True)
    rows = session.execute(statement).all()
    met, passed = rows[0][1:3]
    totals = Totals(met, passed - met, listed - passed)
    return totals, [row[0] + closing(keys, tuple(row[3:])) for row in rows if row[0] is not None]


def features(session: Session, wanted: SiteFilter, table: Table, page: Page) -> list[str]:
    """A page of the sites that pass, each as finished GeoJSON text."""
    statement, keys = page_statement(wanted, table, page)
    return [row[0] + closing(keys, tuple(row[1:])) for row in session.execute(statement)]


def feature(session: Session, wanted: SiteFilter, table: Table, reference: str) -> str:
    """One site as the search sees it, whether or not it passes; raises `NoSuchSite`."""
    uncertain = [term for term in conditions.terms(wanted, table) if term.key]
    row = session.execute(
        select(table.c.feature, *(term.holds.is_(None) for term in uncertain)).where(
            table.c.reference == reference
        )
    ).first()
    if row is None:
        raise NoSuchSite(reference)
    return str(row[0]) + closing(tuple(term.key for term in uncertain), tuple(row[1:]))


def all_details(session: Session, wanted: SiteFilter, table: Table) -> Iterator[str]:
    """Every site that passes, with all that the audience may know, streamed for a file."""
    statement, keys = whole_statement(wanted, table)
    # A cursor lives within a transaction, which sessions that read have none of.
    session.commit()
    session.connection(execution_options={"isolation_level": "READ COMMITTED"})
    for row in session.execute(statement.execution_options(yield_per=500)):
        yield row[0] + closing(keys, tuple(row[1:]))


@lru_cache(maxsize=1_000)
def closing(keys: tuple[str, ...], flags: tuple[bool, ...]) -> str:
    """What ends a feature: whether it meets the filter, and for which keys that is not known."""
    unknown = list(dict.fromkeys(key for key, flag in zip(keys, flags, strict=True) if flag))
    fit = "may_fit" if unknown else "meets"
    return f',"fit":"{fit}","unknown":{json.dumps(unknown)}}}}}'


def references(session: Session, wanted: SiteFilter, table: Table) -> list[str]:
    """Every site that passes."""
    accepted = conditions.accepted(conditions.terms(wanted, table), wanted)
    statement = select(table.c.reference).where(accepted).order_by(table.c.reference)
    return list(session.scalars(statement))


def detail(session: Session, reference: str, table: Table) -> Detail:
    """One site with everything the audience may know; raises `NoSuchSite`."""
    row = session.execute(detail_statement(table), {"wanted": reference}).first()
    if row is None:
        raise NoSuchSite(reference)
    return Detail(row[0] + "}}", *row[1:])


@lru_cache
def detail_statement(table: Table) -> Select[str, int, datetime, str, str]:
    """Of the site whose reference is `wanted`; built once, since building costs as much as asking."""
    columns = table.c.version, table.c.updated_at, table.c.municipality, table.c.status
    return select(whole(table), *columns).where(table.c.reference == bindparam("wanted"))


def whole(table: Table) -> ColumnElement[str]:
    """The feature with all that the audience may know, its two closing braces left off."""
    return table.c.feature + table.c.detail


def last_changed(session: Session, table: Table) -> list[tuple[str, date]]:
    """References of listed sites with the day of the last change, the latest first; as many as
    one sitemap may hold in two languages."""
    rows = session.execute(
        select(table.c.reference, table.c.updated_at)
        .order_by(table.c.updated_at.desc(), table.c.reference)
        .limit(MOST_IN_SITEMAP)
    )
    return [(row.reference, row.updated_at.date()) for row in rows]


def everything(session: Session, table: Table) -> int:
    """How many sites are listed at all; worth keeping until the catalogue changes."""
    return session.scalars(select(func.count()).select_from(table)).one()


def totals(session: Session, wanted: SiteFilter, table: Table, listed: int) -> Totals:
    """Counted in one scan; `listed` is `everything`. A site with nothing unknown meets."""
    met, passed = session.execute(counted(wanted, table)).one()
    return Totals(met, passed - met, listed - passed)


def counted(wanted: SiteFilter, table: Table) -> Select[int, int]:
    """How many sites meet the filter, and how many pass it."""
    uncertain = [term for term in conditions.terms(wanted, table) if term.key]
    fits = conditions.fit(uncertain).label("fits") if uncertain else true().label("fits")
    rows = passing(wanted, table, fits).subquery("found")
    return select(func.count().filter(rows.c.fits), func.count()).select_from(rows)
