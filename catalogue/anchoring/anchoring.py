"""What a municipality has said of its part in the project: the decision, and who is appointed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, func, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.anchoring.anchoring_input import Given
from catalogue.database import Actor
from catalogue.errors import Changed, NoSuchMunicipality, NotAllowed
from catalogue.tables import account
from catalogue.tables import anchoring as table
from catalogue.tables import anchoring_version as versions
from catalogue.tables.anchoring import SEATS
from geo.texts import Text

READERS = frozenset({"editor", "publisher", "project", "admin"})
OFFICE = frozenset({"project", "admin"})


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody appointed; nobody where there is no day since when."""

    role: str = ""
    name: str = ""
    email: str = ""
    since: date | None = None

    @property
    def is_taken(self) -> bool:
        return self.since is not None


@dataclass(frozen=True, kw_only=True)
class Anchoring:
    """One municipality's row; version 0 where it has said nothing yet."""

    municipality: str
    decided_on: date | None = None
    decided_by: str = ""
    decision_reference: str = ""
    decision_link: str = ""
    seats: Mapping[str, Seat]
    is_example: bool = False
    version: int = 0
    updated_at: datetime | None = None
    updated_by: str = ""

    @property
    def values(self) -> dict[str, object]:
        """By the name of each part, as a form or a body has them."""
        decision = ("decided_on", "decided_by", "decision_reference", "decision_link")
        return {name: getattr(self, name) for name in decision} | {
            f"{seat}_{part}": getattr(one, part)
            for seat, one in self.seats.items()
            for part in ("role", "name", "email", "since")
        }


@dataclass(frozen=True, kw_only=True)
class Version:
    """One change: when, by whom and of which parts."""

    version: int
    recorded_at: datetime
    who: str
    changed: Sequence[str]


def may_read(actor: Actor, code: str | None = None) -> None:
    """Raises `NotAllowed` outside the project, and for another municipality than one's own."""
    is_office = actor.role in OFFICE
    if actor.role not in READERS or (code and not is_office and actor.municipality != code):
        raise NotAllowed(
            Text(
                "Förankringen visas för kommunen själv och projektkontoret.",
                "Anchoring is shown to the municipality itself and the project office.",
            )
        )


def must_be_office(actor: Actor) -> None:
    """Raises `NotAllowed` for anybody but the project office and administrators."""
    if actor.role not in OFFICE:
        raise NotAllowed(Text("Det gör projektkontoret.", "That is for the project office to do."))


def everything(session: Session, until: datetime | None = None) -> dict[str, Anchoring]:
    """By code, as far as the actor may read; one for each municipality that has said anything.

    `until` gives them as they stood at that moment: with roles, without names and addresses.
    """
    if until is None:
        rows = session.execute(select(table)).mappings()
        return {row["municipality"]: from_row(dict(row)) for row in rows}
    states = session.scalars(
        select(versions.c.state)
        .ext(distinct_on(versions.c.municipality))
        .where(versions.c.recorded_at < until)
        .order_by(versions.c.municipality, versions.c.version.desc())
    )
    return {state["municipality"]: from_row(whole(state)) for state in states}


def whole(state: Mapping[str, Any]) -> dict[str, object]:
    """A row as a version tells it. Any: JSON, as the trigger wrote it."""
    read = {Date: date.fromisoformat, DateTime: datetime.fromisoformat}
    row: dict[str, object] = {}
    for one in table.columns:
        said = state.get(one.name)
        reader = read.get(type(one.type))
        row[one.name] = (
            (reader(said) if said else None) if reader else ("" if said is None else said)
        )
    return row


def nothing_said(code: str) -> Anchoring:
    return Anchoring(municipality=code, seats={seat: Seat() for seat in SEATS})


def find(session: Session, code: str) -> Anchoring:
    """Raises `NoSuchMunicipality`."""
    if code not in municipalities.names(session):
        raise NoSuchMunicipality(code)
    row = session.execute(select(table).where(table.c.municipality == code)).mappings().first()
    return from_row(dict(row)) if row else nothing_said(code)


def from_row(row: dict[str, object]) -> Anchoring:
    seats = {
        seat: Seat(
            **{part: row.pop(f"{seat}_{part}") for part in ("role", "name", "email", "since")}  # type: ignore[arg-type]  # columns differ in type
        )
        for seat in SEATS
    }
    return Anchoring(seats=seats, **row)  # type: ignore[arg-type]  # the same


def change(
    session: Session, actor: Actor, code: str, given: Given, expected_version: int
) -> Anchoring:
    """With the parts given in place of what stood there.

    Raises `NotAllowed`, `NoSuchMunicipality`, and `Changed` where somebody else was first.
    """
    may_read(actor, code)
    before = find(session, code)
    if expected_version == 0:
        statement = upsert(table).values(municipality=code, **given.values)
        written = session.execute(statement.on_conflict_do_nothing().returning(table))
    else:
        written = session.execute(
            update(table)
            .where(table.c.municipality == code, table.c.version == expected_version)
            .values(**given.values, is_example=False)
            .returning(table)
        )
    row = written.mappings().first()
    if row is None:
        names = municipalities.names(session)
        raise Changed(names[code], before.version, before.updated_by)
    return from_row(dict(row))


def history(session: Session, code: str, until: datetime) -> list[Version]:
    """What was changed before a moment, the latest change first."""
    rows = session.execute(
        select(
            versions.c.version,
            versions.c.recorded_at,
            func.coalesce(account.c.name, versions.c.actor).label("who"),
            versions.c.changed,
        )
        .outerjoin(account, account.c.email == versions.c.actor)
        .where(versions.c.municipality == code, versions.c.recorded_at < until)
        .order_by(versions.c.version.desc())
    )
    return [Version(**row) for row in rows.mappings()]
