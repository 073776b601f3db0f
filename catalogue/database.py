"""Connections to the database, each in the role that its work may use, and who is acting."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Engine, create_engine, func, make_url, select
from sqlalchemy.orm import Session

from catalogue.settings import Settings

Audience = Literal["public", "registered"]
AccountRole = Literal["editor", "publisher", "project", "investor", "admin"]

READER_ROLES: dict[Audience, str] = {
    "public": "sitefinder_reader",
    "registered": "sitefinder_registered",
}
WRITER_ROLE = "sitefinder_app"
SESSION_OPTIONS = (
    "-c jit=off -c parallel_setup_cost=50000 -c timezone=UTC "
    "-c pg_trgm.word_similarity_threshold=0.55"
)
"""Starting a process beside a question takes longer than the answer, up to some 400 000 sites. The
last says how alike a misspelt word must be: one letter left out of a name of eight passes."""


@dataclass(frozen=True)
class Actor:
    """Who acts: an account as the database's own rules need to know it."""

    account_id: int
    name: str
    email: str
    role: AccountRole
    municipality: str | None


OPERATOR = Actor(0, "sitefinder", "sitefinder", "admin", None)
"""Whom the history names where a command or a job, and no person, changed something."""


@dataclass(frozen=True)
class Databases:
    """One pool per role: `writer` is held by row-level security, readers by their grants."""

    owner: Engine
    writer: Engine
    readers: dict[Audience, Engine]

    def dispose(self) -> None:
        for engine in (self.owner, self.writer, *self.readers.values()):
            engine.dispose()

    @contextmanager
    def reading(self, audience: Audience) -> Iterator[Session]:
        """A session on the read side; sees only what that audience may see."""
        with Session(self.readers[audience]) as session:
            yield session

    @contextmanager
    def writing(self, actor: Actor | None, reason: str = "") -> Iterator[Session]:
        """A session on the write side; committed when its block ends without an error."""
        with Session(self.writer) as session, session.begin():
            act_as(session, actor, reason)
            yield session


def connect(settings: Settings) -> Databases:
    """The pools of one process; no connection is opened until it is needed."""
    reading = settings.read_database_url or settings.database_url
    timeout = f"-c statement_timeout={settings.statement_timeout_ms}"

    def engine(
        url: str, options: str, pool_size: int, *, checked: bool = False, reads: bool = False
    ) -> Engine:
        """Checked connections survive a restart of the database; a read is simply tried again.

        Every statement that reads stands alone: a transaction around it would show it nothing
        else, and cost two more rounds to the database.
        """
        return create_engine(
            make_url(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_pre_ping=checked,
            pool_recycle=1800,
            isolation_level="AUTOCOMMIT" if reads else "READ COMMITTED",
            echo=settings.sqlalchemy_echo,
            connect_args={"options": f"{options} {SESSION_OPTIONS}"},
        )

    return Databases(
        owner=engine(settings.database_url, "", 2),
        writer=engine(
            settings.database_url, f"-c role={WRITER_ROLE}", settings.pool_size, checked=True
        ),
        readers={
            audience: engine(reading, f"-c role={role} {timeout}", settings.pool_size, reads=True)
            for audience, role in READER_ROLES.items()
        },
    )


def tidy_listings(settings: Settings) -> None:
    """Tell PostgreSQL what the read side now holds, so that its indexes serve at once.

    It would find out by itself in a minute or two; after a bulk load nobody should have to wait.
    """
    owner = create_engine(make_url(settings.database_url), isolation_level="AUTOCOMMIT")

    def tidy(table: str) -> None:
        with owner.connect() as connection:
            # Thousands of rows tell enough of a hundred columns, for a quarter of the time.
            connection.exec_driver_sql("set default_statistics_target = 25")
            connection.exec_driver_sql(f"vacuum (analyze) {table}")

    with ThreadPoolExecutor() as side_by_side:
        list(side_by_side.map(tidy, ("listing_public", "listing_registered")))
    owner.dispose()


@contextmanager
def as_owner(settings: Settings) -> Iterator[Session]:
    """One transaction as the database's owner, whom no rule holds: for commands."""
    databases = connect(settings)
    try:
        with Session(databases.owner) as session, session.begin():
            yield session
    finally:
        databases.dispose()


def because(session: Session, reason: str) -> None:
    """Why the writes that follow in this transaction are made; it stands in the versions."""
    session.execute(select(func.set_config("sitefinder.reason", reason, True)))


def act_as(session: Session, actor: Actor | None, reason: str = "") -> None:
    """Tell the database who acts, for this transaction only.

    Transaction-local on purpose: set for the session, it would leak to the pool's next user.
    """
    context = {
        "sitefinder.account": str(actor.account_id) if actor else "",
        "sitefinder.actor": actor.email if actor else "",
        "sitefinder.role": actor.role if actor else "",
        "sitefinder.municipality": (actor.municipality or "") if actor else "",
        "sitefinder.reason": reason,
    }
    session.execute(select(*(func.set_config(key, value, True) for key, value in context.items())))
