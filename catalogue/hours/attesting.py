"""Attesting: somebody with the right to it answers for hours that others have entered.

Nobody attests their own: what they entered themselves, or what stands in their own name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from catalogue.database import Actor
from catalogue.errors import NotAllowed, NotPossible
from catalogue.tables import account
from catalogue.tables import hours_entry as table
from geo.texts import Text


@dataclass(frozen=True)
class Attested:
    """What has just been attested, and how many entries of one's own had to be left."""

    entries: int
    hours: float
    own_left: int


class NoAttestRight(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "Ditt konto får inte attestera tid i den kommunen. Det gör kommunens "
                "näringslivschef, som får rätten av en administratör.",
                "Your account may not attest hours in that municipality. Its head of business "
                "development does, who is given the right by an administrator.",
            )
        )


class OwnHours(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "Ingen attesterar sin egen tid: det som du själv har skrivit in, eller som står i "
                "ditt namn, attesteras av någon annan med rätt till det.",
                "Nobody attests their own hours: what you have entered yourself, or what stands in "
                "your name, is attested by somebody else with the right to it.",
            )
        )


def may_attest(session: Session, actor: Actor, municipality: str) -> bool:
    return (
        session.scalars(
            select(account.c.id).where(
                account.c.id == actor.account_id,
                account.c.active,
                account.c.attests_hours,
                account.c.municipality == municipality,
            )
        ).first()
        is not None
    )


def attesters(session: Session) -> dict[str, list[str]]:
    """The names of those with the right, by municipality."""
    rows = session.execute(
        select(account.c.municipality, account.c.name)
        .where(account.c.active, account.c.attests_hours)
        .order_by(account.c.name)
    )
    found: dict[str, list[str]] = {}
    for code, name in rows:
        found.setdefault(code, []).append(name)
    return found


def is_own(actor: Actor) -> ColumnElement[bool]:
    """As the database holds to it by itself."""
    return or_(
        func.lower(table.c.entered_by) == actor.email.lower(),
        func.lower(table.c.person) == actor.name.lower(),
    )


def attest(
    session: Session,
    actor: Actor,
    municipality: str,
    month: date,
    numbers: Sequence[int] | None = None,
) -> Attested:
    """A month's entries, or some of them; of a whole month, one's own are left to somebody else.

    Raises `NoAttestRight`, `OwnHours`, and `NotPossible` where nothing waits.
    """
    if not may_attest(session, actor, municipality):
        raise NoAttestRight
    waiting = and_(
        table.c.municipality == municipality,
        table.c.month == month,
        table.c.attested_by.is_(None),
        table.c.id.in_(numbers) if numbers is not None else table.c.id > 0,
    )
    own = session.scalars(
        select(func.count()).select_from(table).where(waiting, is_own(actor))
    ).one()
    if own and numbers is not None:
        raise OwnHours
    hours = session.scalars(
        update(table)
        .where(waiting, ~is_own(actor))
        .values(attested_by=actor.email)
        .returning(table.c.hours)
    ).all()
    if not hours:
        raise OwnHours() if own else nothing_waits()
    return Attested(len(hours), sum(hours), own)


def nothing_waits() -> NotPossible:
    return NotPossible(
        Text(
            "Inget av det väntar på attest. Det är redan attesterat, eller finns inte i månaden.",
            "None of it waits to be attested. It is attested already, or is not in that month.",
        )
    )
