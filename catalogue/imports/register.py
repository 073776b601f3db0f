"""The imports of each municipality: what was sent, how far it has come, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import RowMapping, delete, func, insert, null, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.accounts import actor_of
from catalogue.database import OPERATOR, Actor, Databases
from catalogue.errors import NotAllowed, NotFound, NotPossible
from catalogue.imports.files import Kind
from catalogue.sites import may_write
from catalogue.tables import account, import_job
from geo.coordinate_readings import Reading
from geo.texts import Language, Text

State = Literal["waiting", "reading", "checked", "confirmed", "writing", "done", "refused"]
AT_WORK: frozenset[State] = frozenset({"waiting", "reading", "confirmed", "writing"})
"""While the worker has something left to do."""
LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class Import:
    """One file that somebody sent, without its content."""

    id: int
    municipality: str
    account_id: int
    file_name: str
    kind: Kind
    language: Language
    state: State
    writes_at_once: bool
    """Whether it was sent to be saved without a look at the report, if nothing stands against it."""
    rows_done: int
    rows_total: int
    report: Mapping[str, Any] | None
    """As `findings.Report.to_json` has it. Any: JSON."""
    versions: Mapping[str, int]
    """Of the sites that would change, as they were when the file was read."""
    refusal: Text | None
    reading: str
    """How a person said that the coordinates are meant; empty where nobody had to."""
    readings: Sequence[Mapping[str, Any]] | None
    """The ways offered where that is in doubt, as `readings.offered` has them. Any: JSON."""
    created_at: datetime
    ended_at: datetime | None

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def may_be_confirmed(self) -> bool:
        counts = (self.report or {}).get("counts", {})
        return self.state == "checked" and bool(counts.get("new", 0) + counts.get("changed", 0))


COLUMNS = [column for column in import_job.c if column.name != "content"]


def from_row(row: RowMapping) -> Import:
    parts = dict(row)
    refusal = parts.pop("refusal")
    return Import(**parts, refusal=Text(*refusal) if refusal else None)


def add(
    session: Session,
    actor: Actor,
    municipality: str,
    content: bytes,
    *,
    file_name: str,
    kind: Kind,
    language: Language,
    writes_at_once: bool,
) -> int:
    """The number of a new import that waits for the worker; raises `NotAllowed`."""
    may_write(actor, municipality)
    return int(
        session.scalars(
            insert(import_job)
            .values(
                municipality=municipality,
                account_id=actor.account_id,
                file_name=plain_name(file_name),
                kind=kind,
                language=language,
                content=content,
                writes_at_once=writes_at_once,
            )
            .returning(import_job.c.id)
        ).one()
    )


def plain_name(file_name: str) -> str:
    """A file's name as it may be shown: no folders, no control characters, not too long."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:LONGEST_NAME] or "import"


def find(session: Session, import_id: int) -> Import:
    """One import that the actor may see; raises `NotFound` for any other."""
    row = session.execute(select(*COLUMNS).where(import_job.c.id == import_id)).mappings().first()
    if row is None:
        raise NotFound(
            Text(
                "Det finns ingen import {id}. Gamla importer tas bort efter en tid.",
                "There is no import {id}. Old imports are removed after a while.",
            ).format(id=str(import_id))
        )
    return from_row(row)


def report_of(found: Import) -> Mapping[str, Any]:
    """Raises `NotFound` while the file has not been checked, or could not be read. Any: JSON."""
    if found.report is None:
        raise NotFound(
            Text(
                "Det finns ingen rapport för den här importen.",
                "There is no report for this import.",
            )
        )
    return found.report


def content(session: Session, import_id: int) -> bytes:
    return bytes(
        session.scalars(select(import_job.c.content).where(import_job.c.id == import_id)).one()
    )


def latest(session: Session, municipality: str, limit: int) -> list[Import]:
    """The newest first."""
    statement = (
        select(*COLUMNS)
        .where(import_job.c.municipality == municipality)
        .order_by(import_job.c.id.desc())
        .limit(limit)
    )
    return [from_row(row) for row in session.execute(statement).mappings()]


def confirm(session: Session, actor: Actor, import_id: int) -> None:
    """The report is accepted by this person, who is the one that the worker then acts as.

    Raises `NotFound`, `NotAllowed`, and `NotPossible` when there is nothing to confirm.
    """
    found = find(session, import_id)
    may_write(actor, found.municipality)
    confirmed = session.execute(
        update(import_job)
        .where(import_job.c.id == import_id, import_job.c.state == "checked")
        .values(state="confirmed", account_id=actor.account_id, rows_done=0)
        .returning(import_job.c.id)
    ).first()
    if confirmed is None or not found.may_be_confirmed:
        raise NotPossible(
            Text(
                "Importen kan inte sparas: den är redan sparad, har fel eller ändrar ingenting.",
                "The import cannot be saved: it has been saved already, has faults or changes "
                "nothing.",
            )
        )


def read_as(session: Session, actor: Actor, import_id: int, code: str) -> None:
    """The file is to be checked anew, its coordinates read in this way, for this person.

    Raises `NotFound`, `NotAllowed`, and `NotPossible` where nothing was in doubt.
    """
    found = find(session, import_id)
    may_write(actor, found.municipality)
    waiting = session.execute(
        update(import_job)
        .where(import_job.c.id == import_id, import_job.c.readings.is_not(None))
        .values(
            state="waiting",
            account_id=actor.account_id,
            reading=Reading.from_code(code).code,
            readings=null(),
            refusal=null(),
            ended_at=None,
        )
        .returning(import_job.c.id)
    ).first()
    if waiting is None:
        raise NotPossible(
            Text(
                "Filens koordinater är inte längre i tvivel. Ladda upp den igen om de lästes fel.",
                "The file's coordinates are no longer in doubt. Upload it again if they were read "
                "wrongly.",
            )
        )


def note(databases: Databases, import_id: int, **parts: Any) -> None:
    """How far the import has come, seen at once by whoever waits for it. Any: columns differ."""
    with databases.writing(OPERATOR) as session:
        session.execute(update(import_job).where(import_job.c.id == import_id).values(parts))


def begin(
    databases: Databases, import_id: int, states: tuple[State, ...], to: State
) -> Import | None:
    """The import, now at work; None when it has been done already, or was removed."""
    with databases.writing(OPERATOR) as session:
        row = (
            session.execute(
                update(import_job)
                .where(import_job.c.id == import_id, import_job.c.state.in_(states))
                .values(state=to, rows_done=0)
                .returning(*COLUMNS)
            )
            .mappings()
            .first()
        )
        return from_row(row) if row else None


def person_of(databases: Databases, found: Import) -> Actor:
    """Whoever the worker acts as; raises `NotAllowed` when the account has been closed, or may no
    longer write for the municipality."""
    with databases.writing(None) as session:
        row = (
            session.execute(
                select(account).where(account.c.id == found.account_id, account.c.active)
            )
            .mappings()
            .first()
        )
    if row is None:
        raise NotAllowed(
            Text(
                "Kontot som skickade filen är stängt. Ingenting har ändrats.",
                "The account that sent the file is closed. Nothing was changed.",
            )
        )
    actor = actor_of(row)
    may_write(actor, found.municipality)
    return actor


def remove_old(databases: Databases, now: datetime, days: int) -> None:
    """Files and reports are kept as long as somebody may ask about them, and no longer."""
    with databases.writing(OPERATOR) as session:
        session.execute(
            delete(import_job).where(import_job.c.created_at < now - timedelta(days=days))
        )


def hold(session: Session, import_id: int) -> State:
    """Its state, and until the transaction ends nobody else who asks gets an answer."""
    session.execute(select(func.pg_advisory_xact_lock(HELD, import_id)))
    state: State = session.scalars(
        select(import_job.c.state).where(import_job.c.id == import_id)
    ).one()
    return state


HELD = 20_100
"""The first half of the advisory lock; the second is the import's number."""
