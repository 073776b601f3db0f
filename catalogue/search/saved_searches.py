"""The searches that a signed-in reader keeps: the filter's own query under a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from sqlalchemy import RowMapping, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NoSuchSearch
from catalogue.search import filters
from catalogue.search.filters import SiteFilter
from catalogue.tables import saved_search as table
from geo.texts import Text

LONGEST_NAME = 80
LONGEST_QUERY = 2_000
"""So that PostgreSQL can hold it in an index."""
MOST = 100
"""So many searches an account may keep."""


@dataclass(frozen=True, kw_only=True)
class SavedSearch:
    id: int
    name: str
    query: str
    """As `SiteFilter.query_string` writes it."""
    created_at: datetime
    used_at: datetime


def from_row(row: RowMapping) -> SavedSearch:
    return SavedSearch(**{name: row[name] for name in SavedSearch.__dataclass_fields__})


def own(session: Session) -> list[SavedSearch]:
    """The actor's own, the one used last first; the database shows no other."""
    rows = session.execute(select(table).order_by(table.c.used_at.desc(), table.c.id.desc()))
    return [from_row(row) for row in rows.mappings()]


def find(session: Session, number: int) -> SavedSearch:
    """Raises `NoSuchSearch` also for somebody else's."""
    row = session.execute(select(table).where(table.c.id == number)).mappings().first()
    if row is None:
        raise NoSuchSearch
    return from_row(row)


def save(session: Session, actor: Actor, name: str, wanted: SiteFilter) -> SavedSearch:
    """Kept under the name; one that is kept already gets the new name. Raises `Invalid`."""
    query = wanted.query_string()
    if not query:
        raise Invalid([Fault("query", Text("Ange minst ett villkor.", "Give a condition."))])
    if len(query) > LONGEST_QUERY:
        raise Invalid([Fault("query", Text("Sökningen är för lång.", "The search is too long."))])
    values = {"account_id": actor.account_id, "name": checked(name), "query": query}
    kept = session.scalars(select(func.count()).select_from(table)).one()
    if kept >= MOST:
        raise Invalid(
            [
                Fault(
                    "query",
                    Text(
                        "Du har {most} sparade sökningar. Ta bort en först.",
                        "You have {most} saved searches. Remove one first.",
                    ).format(most=MOST),
                )
            ]
        )
    written = session.execute(
        insert(table)
        .values(values)
        .on_conflict_do_update(
            index_elements=[table.c.account_id, table.c.query],
            set_={"name": values["name"], "used_at": func.now()},
        )
        .returning(table)
    )
    return from_row(written.mappings().one())


def rename(session: Session, number: int, name: str) -> SavedSearch:
    """Raises `Invalid` and `NoSuchSearch`."""
    return changed(session, number, {"name": checked(name)})


def use(session: Session, number: int) -> SavedSearch:
    """The search, noted as used now; raises `NoSuchSearch`."""
    return changed(session, number, {"used_at": func.now()})


def changed(session: Session, number: int, values: Mapping[str, object]) -> SavedSearch:
    written = session.execute(
        update(table).where(table.c.id == number).values(values).returning(table)
    )
    row = written.mappings().first()
    if row is None:
        raise NoSuchSearch
    return from_row(row)


def remove(session: Session, number: int) -> None:
    """Raises `NoSuchSearch`."""
    gone = session.scalars(delete(table).where(table.c.id == number).returning(table.c.id)).first()
    if gone is None:
        raise NoSuchSearch


def checked(name: str) -> str:
    """A name on one line; raises `Invalid`."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        text = Text("Ett namn, högst {n} tecken.", "A name, at most {n} characters.")
        raise Invalid([Fault("name", text.format(n=LONGEST_NAME))])
    return name


def read_query(query: str, names: Mapping[str, str]) -> SiteFilter:
    """The filter that a query says; raises `BadParameters`. `names` are the municipalities'."""
    return filters.parse(parse_qsl(query.removeprefix("?")), names)
