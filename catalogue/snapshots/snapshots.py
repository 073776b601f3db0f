"""Snapshots: progress as it was known on a day, frozen whole with every file of it.

What is exported later is what was written then, byte for byte, whatever the catalogue, its
settings or this program have become since.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

from catalogue import state
from catalogue.database import Actor
from catalogue.errors import Fault, Invalid, NotAllowed, NotFound
from catalogue.progress.progress import Span
from catalogue.progress.progress_files import Formats
from catalogue.progress.reports import Report, report
from catalogue.rules import Rules
from catalogue.settings import Settings
from catalogue.snapshots.seals import FIRST, seal_of
from catalogue.snapshots.site_versions import write_site_versions
from catalogue.tables import snapshot as table
from catalogue.tables import snapshot_file
from geo.texts import LANGUAGES, Text

KEEPERS = frozenset({"project", "admin"})
LONGEST_NAME = 80
LONGEST_NOTE = 2_000
FIGURES_FILE = "progress.json"
ONE_AT_A_TIME = 7_307_311
"""Key of the lock that lets snapshots be taken one after the other: each seals the one before."""


class NoSuchSnapshot(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(
            Text(
                "Det finns ingen ögonblicksbild {number}.", "There is no snapshot {number}."
            ).format(number=str(number))
        )


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What is known of a snapshot without opening its files."""

    number: int
    name: str
    note: str
    as_of: date
    since: date
    taken_at: datetime
    taken_by: str
    """The role of whoever took it: `project`, `admin`, or `job` and `command`."""
    catalogue_version: int
    definitions_version: str
    before_seal: str
    seal: str

    @property
    def header(self) -> dict[str, str | int | date | datetime]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "seal"}


@dataclass(frozen=True)
class Wanted:
    """A snapshot about to be taken."""

    name: str
    span: Span
    note: str = ""


@dataclass(frozen=True)
class Broken:
    """A snapshot that is not what was sealed, or does not follow on the one before."""

    number: int
    said: Text


def may_keep(actor: Actor) -> None:
    """Raises `NotAllowed` for an account that does not follow the whole project."""
    if actor.role not in KEEPERS:
        raise NotAllowed(
            Text(
                "Ögonblicksbilder tas och läses av projektkontoret.",
                "Snapshots are taken and read by the project office.",
            )
        )


def take(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    settings: Settings,
    rules: Rules,
    *,
    formats: Formats,
    taken_by: str = "",
) -> Snapshot:
    """Freeze progress; raises `NotAllowed`, or `Invalid` with a fault for each part.

    A day that is not over yet is refused: more may become known of it.
    """
    may_keep(actor)
    session.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    wanted = checked(session, wanted, rules.today)
    found = report(session, actor, wanted.span, settings, rules)
    files = dict(written(session, found, formats))
    last = session.execute(select(table.c.number, table.c.seal).order_by(*LATEST).limit(1)).first()
    made = Snapshot(
        number=last.number + 1 if last else 1,
        name=wanted.name,
        note=wanted.note,
        as_of=wanted.span.as_of,
        since=wanted.span.since,
        taken_at=rules.now(),
        taken_by=taken_by or actor.role,
        catalogue_version=state.current(session).version,
        definitions_version=found.definitions_version,
        before_seal=last.seal if last else FIRST,
        seal="",
    )
    seal = seal_of(made.header, files.items())
    session.execute(insert(table).values({**made.header, "seal": seal}))
    session.execute(
        insert(snapshot_file),
        [
            {"snapshot": made.number, "name": name, "content": content}
            for name, content in files.items()
        ],
    )
    return find(session, made.number)


LATEST: tuple[ColumnElement[int], ...] = (table.c.number.desc(),)


def checked(session: Session, wanted: Wanted, today: date) -> Wanted:
    """The same with its texts on one line; raises `Invalid`."""
    name, note = " ".join(wanted.name.split()), wanted.note.strip()
    faults: list[Fault] = []
    if not 1 <= len(name) <= LONGEST_NAME:
        text = Text("Ge den ett namn på 1–{most} tecken.", "Give it a name of 1–{most} characters.")
        faults.append(Fault("name", text.format(most=LONGEST_NAME)))
    elif session.scalar(select(table.c.number).where(table.c.name == name)):
        text = Text(
            "Det finns redan en ögonblicksbild som heter {name}. Välj ett annat namn.",
            "There is already a snapshot called {name}. Choose another name.",
        )
        faults.append(Fault("name", text.format(name=name)))
    if len(note) > LONGEST_NOTE:
        text = Text("Högst {most} tecken.", "At most {most} characters.")
        faults.append(Fault("note", text.format(most=LONGEST_NOTE)))
    if wanted.span.as_of >= today:
        text = Text(
            "Välj en dag som är slut, i går eller tidigare: dagens siffror kan ändras ännu.",
            "Choose a day that is over, yesterday or before: today's figures may still change.",
        )
        faults.append(Fault("as_of", text))
    if faults:
        raise Invalid(faults)
    return Wanted(name, wanted.span, note)


def written(session: Session, found: Report, formats: Formats) -> Iterator[tuple[str, bytes]]:
    """Each file of a snapshot by its name: every format in every language it has."""
    yield "sites.csv", write_site_versions(session, found.progress)
    for ending, kind in formats.items():
        if kind.is_file:
            for language in LANGUAGES:
                yield f"progress-{language}.{ending}", kind.write(found, language)
        else:
            yield f"progress.{ending}", kind.write(found, "sv")


def all_of(session: Session) -> list[Snapshot]:
    """Those the actor may read, the latest first."""
    rows = session.execute(select(table).order_by(*LATEST)).mappings()
    return [Snapshot(**row) for row in rows]


def find(session: Session, number: int) -> Snapshot:
    """Raises `NoSuchSnapshot`."""
    row = session.execute(select(table).where(table.c.number == number)).mappings().first()
    if row is None:
        raise NoSuchSnapshot(number)
    return Snapshot(**row)


def file_sizes(session: Session, number: int) -> dict[str, int]:
    """Bytes by name, in the order of their names."""
    content = snapshot_file.c.content
    statement = (
        select(snapshot_file.c.name, func.octet_length(content))
        .where(snapshot_file.c.snapshot == number)
        .order_by(snapshot_file.c.name)
    )
    return {name: size for name, size in session.execute(statement)}


def file(session: Session, number: int, name: str) -> bytes:
    """The bytes as they were written; raises `NoSuchSnapshot` or `NotFound`."""
    find(session, number)
    content = session.scalar(
        select(snapshot_file.c.content).where(
            snapshot_file.c.snapshot == number, snapshot_file.c.name == name
        )
    )
    if content is None:
        text = Text("Ögonblicksbilden har ingen fil {name}.", "The snapshot has no file {name}.")
        raise NotFound(text.format(name=name[:40]))
    return bytes(content)


def with_seal(session: Session, seal: str) -> Snapshot | None:
    """The snapshot that was sealed so; None where the chain has no such seal.

    Whoever wrote the seal down elsewhere learns so that the chain up to it is the one it was.
    """
    row = session.execute(select(table).where(table.c.seal == seal.strip().lower())).mappings()
    found = row.first()
    return Snapshot(**found) if found else None


def broken(session: Session) -> list[Broken]:
    """Whatever does not hold in the chain; empty where all of it does."""
    found: list[Broken] = []
    before, expected = FIRST, 1
    for row in session.execute(select(table).order_by(table.c.number)).mappings():
        one = Snapshot(**row)
        if one.number != expected or one.before_seal != before:
            text = Text(
                "följer inte på den före: en är borttagen eller utbytt",
                "does not follow on the one before: one has been removed or replaced",
            )
            found.append(Broken(one.number, text))
        files = session.execute(
            select(snapshot_file.c.name, snapshot_file.c.content).where(
                snapshot_file.c.snapshot == one.number
            )
        )
        if seal_of(one.header, ((name, bytes(content)) for name, content in files)) != one.seal:
            text = Text("är ändrad efter att den togs", "has been changed since it was taken")
            found.append(Broken(one.number, text))
        before, expected = one.seal, one.number + 1
    return found
